"""Who has not answered yet, and whether the missing ones could still turn the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from proforient.analysis.arithmetic import short_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from proforient.store.reading import Reader


def turns(
    *,
    numerator: NDArray[Any],
    denominator: NDArray[Any],
    plan: NDArray[Any],
    sign: NDArray[Any],
    possible: NDArray[Any],
    grows: NDArray[Any],
    bounded: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """For each row with a verdict, whether it would turn if all of the missing reported none, or all they can.

    ``possible``: the sum of what the missing can give at most, ``grows`` by what their denominators make the figure's
    larger. Where nothing bounds the numerator (not ``bounded``) they can give any number, if they have anybody at all.
    Plan and sign as in ``short_parts``.
    """
    met = short_parts(numerator, denominator, plan, sign) <= 0
    grown = denominator + grows
    least = short_parts(numerator, grown, plan, sign) <= 0
    most = short_parts(numerator + possible, grown, plan, sign) <= 0
    most = np.where(bounded | (possible == 0), most, sign > 0)
    return np.asarray((least != met) | (most != met), dtype=bool)


def reports_sent(reader: Reader, period: str, territory: str | None) -> tuple[int, int]:
    """How many organisations of a territory have sent their report, and of how many; without one, of all."""
    return reader.reports_sent(period, territory=territory)


def usual_period(reader: Reader, periods: Sequence[str], territory: str | None) -> str | None:
    """Of periods, newest first, the one to open with: half of the organisations have sent their report for it.

    Where that is none, the newest for which anybody has, else the newest; None without any.
    """
    best = None
    for code in periods:
        sent, every = reports_sent(reader, code, territory)
        if every and 2 * sent >= every:
            return code
        if sent and best is None:
            best = code
    return best or next(iter(periods), None)
