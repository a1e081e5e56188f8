"""Who has not answered yet, and whether the missing ones could still turn the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from proforient.analysis.arithmetic import short_parts
from proforient.monitoring import ReportState

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from proforient.store.reading import Reader

REPORTED = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.RETURNED})


def turns(
    *,
    numerator: NDArray[Any],
    denominator: NDArray[Any],
    plan: NDArray[Any],
    sign: NDArray[Any],
    possible: NDArray[Any],
    counted: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """For each row with a verdict, whether it would turn if all of the missing reported none, or all they can.

    ``possible``: the sum of what the missing can give at most; ``counted``: a plain number, of which no denominator
    grows. Plan and sign as in ``short_parts``.
    """
    met = short_parts(numerator, denominator, plan, sign) <= 0
    grown = denominator + np.where(counted, 0, possible)
    least = short_parts(numerator, grown, plan, sign) <= 0
    most = short_parts(numerator + possible, grown, plan, sign) <= 0
    return np.asarray((least != met) | (most != met), dtype=bool)


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
