"""A snapshot for guests of a territory's results: each figure by the rule, alone; nothing published before counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proforient.analysis.asked import measured
from proforient.analysis.changes import changes
from proforient.analysis.coverage import Coverage, coverages
from proforient.analysis.rounded import Rounded
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.keys_figures import PERSONS
from proforient.public.record import FORM, Hidden, PublicFigure, PublicSnapshot
from proforient.public.rule import RULE, rounded
from proforient.snapshot import headline_levels

if TYPE_CHECKING:
    from proforient.store.reading import Reader


def publish(
    reader: Reader, catalogue: Catalogue, period: str, *, territory: str, cohort: str, reported: tuple[int, int]
) -> PublicSnapshot:
    """What may be shown to anybody; ``reported``: how many organisations sent a report, and of how many."""
    shown = headline_levels(reader, catalogue, period, territory=territory, cohort=cohort)
    return PublicSnapshot(
        form=FORM,
        territory=territory,
        cohort=cohort,
        period=reader.period(period, territory=territory),
        figures=tuple(_figure(reader, catalogue, c) for c in shown),
        submitted=reported[0],
        expected=reported[1],
        rule=RULE,
    )


def _figure(reader: Reader, catalogue: Catalogue, c: Coverage) -> PublicFigure:
    coverage, hidden = _rounded(reader, catalogue, c)
    return PublicFigure(coverage=coverage, hidden=hidden, before=None if hidden else _before(reader, catalogue, c))


def _before(reader: Reader, catalogue: Catalogue, c: Coverage) -> Rounded | None:
    previous = changes(reader, catalogue, [c])[0].previous
    if previous is None or previous.share is None:
        return None
    found, hidden = _rounded(reader, catalogue, previous)
    return None if hidden else found


def _rounded(reader: Reader, catalogue: Catalogue, c: Coverage) -> tuple[Rounded, Hidden]:
    """The rule applied to a total; who gave it is looked up only where persons are counted."""
    source = measured(catalogue, catalogue.indicators[c.indicator])
    counts = [*source.numerator, *source.denominator, *([source.count] if source.count else [])]
    persons = c.kind != "yes_no" and any(catalogue.counts[code].unit in PERSONS for code in counts)
    rows = [] if not persons else coverages(
        reader, catalogue, c.period, territory=c.territory, by="organisation",
        indicator=c.indicator, level=c.level, cohort=c.cohort,
    )  # fmt: skip
    above_zero = sum(bool(row.denominator if c.kind != "count" else row.value) for row in rows)
    return rounded(c, persons=persons, organisations=above_zero)
