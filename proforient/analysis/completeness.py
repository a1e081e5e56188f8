"""Who has not answered yet, and whether the missing ones could still turn the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from proforient.analysis.arithmetic import short_of
from proforient.catalogue.entries import Direction, Indicator, IndicatorKind
from proforient.monitoring import Cell, Contingent, ReportState

if TYPE_CHECKING:
    from proforient.store.reading import Reader

REPORTED = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.RETURNED})


class Contingents:
    """Known counts of organisations: how many a missing organisation could have reported at most."""

    def __init__(self, known: Iterable[Contingent]) -> None:
        self._numbers: Mapping[tuple[str, Cell], int] = {(c.organisation, c.cell): c.number for c in known}

    def of(self, indicator: Indicator, organisation: str, level: str, cohort: str) -> int | None:
        """The largest numerator possible; a yes/no is one answer; None where a count behind it is unknown."""
        if indicator.kind == "yes_no":
            return 1
        counts = [indicator.count] if indicator.count else indicator.denominator
        numbers = [self._numbers.get((organisation, Cell(count, level, cohort))) for count in counts]
        known = [n for n in numbers if n is not None]
        return sum(known) if len(known) == len(numbers) else None


def can_change(
    kind: IndicatorKind,
    direction: Direction,
    plan: Decimal,
    numerator: int | None,
    denominator: int | None,
    value: int | None,
    *,
    missing: Sequence[int | None],
) -> bool | None:
    """Whether the verdict would turn if all of the missing reported none, or all, of their known contingent.

    ``missing`` holds the contingent of each missing organisation, None where it is unknown: then nobody can tell.
    """
    if not missing:
        return False
    known = [m for m in missing if m is not None]
    if len(known) < len(missing):
        return None
    cases: list[tuple[int | None, int | None, int | None]]
    if kind == "count":
        cases = [(None, None, (value or 0) + more) for more in (0, sum(known))]
    else:
        cases = [((numerator or 0) + more, (denominator or 0) + sum(known), None) for more in (0, sum(known))]
    now, *then = [short_of(kind, direction, plan, *case) for case in ((numerator, denominator, value), *cases)]
    assert now is not None, "a verdict has been computed"
    return any(short is not None and (short <= 0) != (now <= 0) for short in then)


def newest_reported(reader: Reader, *, territory: str | None = None) -> str | None:
    """The newest period for which at least half of the organisations reported, else the newest; None without any."""
    periods = reader.periods(territory=territory)
    for period in periods:
        asked = {
            o.code
            for o in reader.organisations(on=period.ends, territory=territory)
            if o.levels and o.open_on(period.ends)
        }
        reports = reader.reports(period.code, territory=territory)
        reported = {code for code, report in reports.items() if report.state in REPORTED}
        if reported and 2 * len(reported) >= len(asked | reported):
            return period.code
    return periods[0].code if periods else None


def reports_sent(reader: Reader, period: str, territory: str) -> tuple[int, int]:
    """How many organisations of the territory have sent a report, and of how many."""
    states = [report.state for report in reader.reports(period, territory=territory).values()]
    return sum(state in REPORTED for state in states), len(states)
