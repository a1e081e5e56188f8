"""The frozen results of a moment: what a deck, a document or a public page is made from.

``take`` reads everything in one transaction, ``text_of`` writes it as canonical JSON (sorted keys, no spaces, numbers
as text), ``read`` makes the same objects again. The hash of the text is the snapshot's.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import cattrs

from proforient.advice.problems import Found, problems
from proforient.analysis.changes import Change, changes
from proforient.analysis.coverage import Coverage, coverages
from proforient.catalogue.entries import Catalogue
from proforient.errors import StoreDamaged
from proforient.monitoring import Organisation, Period, Verdict

if TYPE_CHECKING:
    from proforient.store.reading import Reader

FORM = 1  # of the text; a later program still reads earlier ones


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """An accepted file behind the figures."""

    file: str
    sha256: str
    at: dt.datetime  # UTC
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The headline's levels of one territory, period and cohort, and what follows from them.

    ``problems`` are those of the territory in the whole period; who makes a gap stands only in those of ``levels``.
    """

    form: int
    territory: str
    cohort: str
    period: Period
    levels: tuple[Coverage, ...]
    changes: tuple[Change, ...]
    problems: tuple[Found, ...]
    organisations: tuple[Organisation, ...]
    files: tuple[SentFile, ...]


def take(reader: Reader, catalogue: Catalogue, period: str, *, territory: str, cohort: str) -> Snapshot:
    """The results as they are now, all of one moment. WrongCall where the territory or the period is not there."""
    asked = headline_levels(reader, catalogue, period, territory=territory, cohort=cohort)
    opened = reader.period(period, territory=territory)
    found = problems(reader, catalogue, period, territory=territory)
    register = reader.organisations(on=opened.ends, territory=territory)
    here = {o.code for o in register}
    return Snapshot(
        form=FORM,
        territory=territory,
        cohort=cohort,
        period=opened,
        levels=asked,
        changes=tuple(changes(reader, catalogue, asked)) if asked else (),
        problems=tuple(f if f.coverage in asked else _bare(f) for f in found),
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


def _bare(found: Found) -> Found:
    """A problem without who makes it: there may be hundreds of organisations behind each."""
    return replace(found, gap=None, organisations=(), judged=())


def text_of(snapshot: Snapshot) -> str:
    """The snapshot as canonical JSON."""
    return json.dumps(_WRITER.unstructure(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Snapshot:
    """The snapshot that ``text_of`` wrote; StoreDamaged where it is not one."""
    try:
        return _WRITER.structure(json.loads(text), Snapshot)
    except (ValueError, cattrs.BaseValidationError) as error:
        raise StoreDamaged("Снимок результатов не читается: его записала другая версия программы.") from error


def gaps(snapshot: Snapshot) -> Sequence[Found]:
    """The levels that are below plan with who makes it, in the order of the chart."""
    found = {f.coverage: f for f in reversed(snapshot.problems) if f.gap is not None and f.when == "not_met"}
    return [found[c] for c in snapshot.levels if c in found]


def json_writer() -> cattrs.Converter:
    """Writes numbers as text and moments as ISO text, and reads them back."""
    writer = cattrs.Converter()
    for number in (int, Decimal, Fraction):
        writer.register_unstructure_hook(number, str)
        writer.register_structure_hook(number, lambda text, kind: kind(text))
    writer.register_unstructure_hook(bool, lambda answer: answer)
    writer.register_structure_hook(bool, lambda answer, _: bool(answer))
    for moment in (dt.date, dt.datetime):
        writer.register_unstructure_hook(moment, lambda when: when.isoformat())
        writer.register_structure_hook(moment, lambda text, kind: kind.fromisoformat(text))
    return writer


_WRITER = json_writer()
