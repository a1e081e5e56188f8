"""Taking a snapshot: everything that it holds, read in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from proforient.advice.actions import Advice, advice_in
from proforient.advice.problems import Found, problems
from proforient.analysis.changes import changes
from proforient.analysis.coverage import Coverage, coverages
from proforient.catalogue.entries import Catalogue
from proforient.monitoring import Verdict
from proforient.snapshot.record import SentFile, Snapshot

if TYPE_CHECKING:
    from proforient.store.reading import Reader


def take(reader: Reader, catalogue: Catalogue, period: str, *, territory: str, cohort: str) -> Snapshot:
    """The results as they are now, all of one moment. WrongCall where the territory or the period is not there."""
    asked = headline_levels(reader, catalogue, period, territory=territory, cohort=cohort)
    opened = reader.period(period, territory=territory)
    found = problems(reader, catalogue, period, territory=territory)
    register = reader.organisations(on=opened.ends, territory=territory)
    here = {o.code for o in register}
    return Snapshot(
        territory=territory,
        cohort=cohort,
        period=opened,
        levels=asked,
        changes=tuple(changes(reader, catalogue, asked)) if asked else (),
        problems=tuple(f if f.coverage in asked else _bare(f) for f in found),
        advice=_answering(advice_in(reader, period, territory), {f.code for f in found if not f.unreliable}),
        # order: by code, as in the files: a renaming must not change the hash of the same results
        organisations=tuple(sorted(register, key=lambda o: o.code)),
        files=tuple(
            # order: by code, see above
            SentFile(file=s.file, sha256=s.sha256, at=s.at, organisations=tuple(sorted(s.organisations)))
            for s in reader.submissions(period=period)
            if not s.withdrawn and here.intersection(s.organisations)
        ),
    )


def headline_levels(
    reader: Reader, catalogue: Catalogue, period: str, *, territory: str, cohort: str | None
) -> tuple[Coverage, ...]:
    """The levels of the headline chart in its order, those that are asked here; none without a headline."""
    headline = catalogue.headline
    if headline is None:
        return ()
    rows = coverages(reader, catalogue, period, territory=territory, indicator=headline.code, cohort=cohort, named=True)
    order = {level.code: n for n, level in enumerate(catalogue.chart_levels)}
    placed = sorted((c for c in rows if c.level in order), key=lambda c: order[c.level])
    return tuple(c for c in placed if c.verdict is not Verdict.NOT_ASKED)


def _answering(advice: Advice, codes: set[str]) -> Advice:
    """Of what is on only what answers one of these problems."""
    return Advice(tuple(a for a in advice.shown if codes.intersection(a.answers)))


def _bare(found: Found) -> Found:
    """A problem without who makes it: there may be hundreds of organisations behind each."""
    return replace(found, gap=None, organisations=(), judged=())


def gaps(snapshot: Snapshot) -> Sequence[Found]:
    """The levels that are below plan with who makes it, in the order of the chart."""
    found = {f.coverage: f for f in reversed(snapshot.problems) if f.gap is not None and f.when == "not_met"}
    return [found[c] for c in snapshot.levels if c in found]
