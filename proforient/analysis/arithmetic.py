"""What is needed, what is short and what the verdict is: whole counts and a plan in, exact numbers out.

The first functions take single whole numbers and numpy columns of them alike. A plan is in hundredths (of a percent, of
a unit), a shortfall in ``PARTS`` of a unit: both are whole, and nothing rounds but the need, which counts people.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from proforient.catalogue.entries import Direction, IndicatorKind
from proforient.catalogue.kinds import kind_of
from proforient.monitoring import PlanValue, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS = 10_000  # parts of a unit in which a shortfall is counted: hundredths of a percent of whole persons
SAFE = 9 * 10**14  # largest count whose product with a plan still fits into 64 bits
VERDICTS = tuple(Verdict)  # verdicts in the order by which a column of verdicts numbers them

Numbers = Any  # a whole number, or a numpy column of them; the answer is of the same form


def short_parts(numerator: Numbers, denominator: Numbers, plan: Numbers, sign: Numbers) -> Any:
    """How far a share is from its plan, in ``PARTS`` of a unit; positive where the plan is not met.

    ``sign`` is 1 where more is better, -1 where less is. What has its plan in units, not in percent, comes with a
    denominator of ``times`` (``catalogue.kinds``), a plain number with that alone.
    """
    return sign * (plan * denominator - PARTS * numerator)


def need_of(short: Numbers) -> Any:
    """The whole units that a shortfall in ``PARTS`` asks for; 0 for what is above the plan."""
    return (short > 0) * -(-short // PARTS)


def exact(numbers: NDArray[Any], plan: NDArray[Any] | int = PARTS) -> NDArray[Any]:
    """The same whole numbers in 64 bits, or, where a product with a plan would not fit, as Python's own."""
    largest = max(int(np.abs(plan).max(initial=0)), PARTS)  # order: of numbers
    return numbers.astype(object) if (np.abs(numbers) > SAFE * PARTS // largest).any() else numbers


def verdicts(
    *,
    asked: NDArray[np.bool_],
    given: NDArray[np.bool_],
    nobody: NDArray[np.bool_],
    planned: NDArray[np.bool_],
    short: NDArray[Any],
    judged: NDArray[np.bool_],
) -> NDArray[np.int8]:
    """For each row the place in ``VERDICTS`` of the first verdict that fits.

    ``given``: there is a pair, ``nobody``: its denominator is 0, ``planned``: there is a shortfall.
    A judgement stands in place of «no data» and «no plan» only: a computed verdict is never changed by it.
    """
    at = {verdict: np.int8(n) for n, verdict in enumerate(VERDICTS)}
    without = np.where(judged, at[Verdict.JUDGED], at[Verdict.NO_DATA])
    unplanned = np.where(judged, at[Verdict.JUDGED], at[Verdict.NO_PLAN])
    measured = np.where(short <= 0, at[Verdict.MET], at[Verdict.NOT_MET])
    cases = [~asked, ~given, nobody, ~planned]
    return np.select(cases, [at[Verdict.NOT_ASKED], without, at[Verdict.NOBODY], unplanned], measured).astype(np.int8)


def hundredths(plan: Decimal) -> int:
    """A plan's amount in hundredths; no plan is more exact than that."""
    return int(plan * 100)


def sign_of(direction: Direction) -> int:
    return 1 if direction == "more" else -1


def fitting_amount(plan: PlanValue | None, kind: IndicatorKind) -> Decimal | None:
    """The plan's amount in the measure of the kind of indicator: percent or number.

    None where there is no plan, where it is in the other measure, and for a kind that has none.
    """
    measure = kind_of(kind).plan_in
    if plan is None or measure is None:
        return None
    return plan.number if measure == "number" else plan.percent
