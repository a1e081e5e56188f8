"""A snapshot for guests of a territory's results: each figure by the rule, alone; nothing published before counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from proforient.analysis.changes import changes
from proforient.analysis.coverage import Coverage, coverages
from proforient.analysis.rounding import Rounded
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.figures import FigureKey, measured
from proforient.catalogue.keys_figures import PERSONS
from proforient.public.record import Hidden, PublicFigure, PublicSnapshot
from proforient.public.rounding import THERE
from proforient.public.rule import RULE, rounded
from proforient.public.stored_text import rule_now
from proforient.snapshot import headline_levels

if TYPE_CHECKING:
    from proforient.store.reading import Reader


def publish(
    reader: Reader, catalogue: Catalogue, period: str, *, territory: str, cohort: str, reported: tuple[int, int]
) -> PublicSnapshot:
    """What may be shown to anybody; ``reported``: how many organisations sent a report, and of how many."""
    shown, there = (
        headline_levels(reader, catalogue, period, territory=territory, cohort=cohort),
        _There(reader, catalogue),
    )
    return PublicSnapshot(
        territory=territory,
        cohort=cohort,
        period=reader.period(period, territory=territory),
        figures=tuple(_figure(there, c) for c in shown),
        submitted=reported[0],
        expected=reported[1],
        rule=rule_now(RULE),
    )


def rounded_figures(
    reader: Reader, catalogue: Catalogue, figures: Mapping[FigureKey, Coverage]
) -> dict[FigureKey, tuple[Rounded, Hidden]]:
    """Any totals by the same rule, each alone; ``figures`` are those of one territory and period."""
    there = _There(reader, catalogue)
    return {key: _rounded(there, c) for key, c in figures.items()}


@dataclass(slots=True)
class _There:
    """In how many organisations there are such children: asked once for all levels of an indicator."""

    reader: Reader
    catalogue: Catalogue
    known: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)

    def counts_persons(self, c: Coverage) -> bool:
        source = measured(self.catalogue, self.catalogue.indicators[c.indicator])
        counts = [*source.numerator, *source.denominator, *([source.count] if source.count else [])]
        return not c.formula.answers and any(self.catalogue.counts[code].unit in PERSONS for code in counts)

    def organisations(self, c: Coverage) -> int:
        asked = (c.period, c.territory, c.indicator, c.cohort)
        if asked not in self.known:
            rows = coverages(
                self.reader, self.catalogue, c.period, territory=c.territory, by="organisation",
                indicator=c.indicator, cohort=c.cohort,
            )  # fmt: skip
            given = ((row.level, row.value if row.formula.plain else row.denominator) for row in rows)
            self.known[asked] = Counter(level for level, number in given if (number or 0) >= THERE)
        return self.known[asked][c.level]


def _figure(there: _There, c: Coverage) -> PublicFigure:
    coverage, hidden = _rounded(there, c)
    return PublicFigure(coverage=coverage, hidden=hidden, before=None if hidden else _before(there, c))


def _before(there: _There, c: Coverage) -> Rounded | None:
    previous = changes(there.reader, there.catalogue, [c])[0].previous
    if previous is None or previous.measure is None or previous.formula.plain:
        return None
    found, hidden = _rounded(there, previous)
    return None if hidden else found


def _rounded(there: _There, c: Coverage) -> tuple[Rounded, Hidden]:
    """The rule applied to a total; who gave it is looked up only where persons are counted."""
    persons, part = there.counts_persons(c), bool(there.catalogue.cohorts[c.cohort].part_of)
    return rounded(c, persons=persons, organisations=there.organisations(c) if persons else 0, part=part)
