"""What is needed, what is short and what the verdict is: whole counts and a plan in, exact numbers out.

Plans of shares are percent, plans of counts are numbers. Nothing here rounds but ``needed``, which counts people.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from proforient.catalogue.entries import Direction, IndicatorKind
from proforient.monitoring import PlanValue, Verdict


def whole_need(short: Fraction) -> int:
    """The whole units that an exact shortfall asks for; 0 for what is above the plan."""
    return max(0, math.ceil(short))


def shortfall(numerator: int, denominator: int, plan: Decimal, direction: Direction) -> Fraction:
    """How far a share is from its plan, in the count's unit; exact and signed, positive where the plan is not met."""
    below = Fraction(plan) * denominator / 100 - numerator
    return below if direction == "more" else -below


def needed(numerator: int, denominator: int, plan: Decimal, direction: Direction) -> int:
    """The fewest units more (or fewer, where less is better) with which the share meets its plan; 0 when it does."""
    return whole_need(shortfall(numerator, denominator, plan, direction))


def count_shortfall(value: int, plan: Decimal, direction: Direction) -> Fraction:
    """How far a count is from its plan; exact and signed, positive where the plan is not met."""
    below = Fraction(plan) - value
    return below if direction == "more" else -below


def count_needed(value: int, plan: Decimal, direction: Direction) -> int:
    """The fewest units with which the count meets its plan; 0 when it does."""
    return whole_need(count_shortfall(value, plan, direction))


def fitting_amount(plan: PlanValue | None, kind: IndicatorKind) -> Decimal | None:
    """The plan's amount in the measure of the indicator: percent for shares and yes/no, a number for counts.

    None where there is no plan, where it is in the other measure, and for a trend, which has none.
    """
    if plan is None or kind == "trend":
        return None
    return plan.number if kind == "count" else plan.percent


def short_of(
    kind: IndicatorKind,
    direction: Direction,
    plan: Decimal | None,
    numerator: int | None,
    denominator: int | None,
    value: int | None,
) -> Fraction | None:
    """The exact shortfall of a figure of any kind; None without a plan or anything to measure by it."""
    if plan is None or kind == "trend":
        return None
    if kind == "count":
        return None if value is None else count_shortfall(value, plan, direction)
    return None if numerator is None or not denominator else shortfall(numerator, denominator, plan, direction)


def verdict(*, asked: bool, given: bool, nobody: bool, short: Fraction | None, judged: bool) -> Verdict:
    """The first verdict that fits.

    ``given``: there is a pair, ``nobody``: its denominator is 0, ``short``: the shortfall, None without a plan.
    A judgement stands in place of «no data» and «no plan» only: a computed verdict is never changed by it.
    """
    if not asked:
        return Verdict.NOT_ASKED
    if not given:
        return Verdict.JUDGED if judged else Verdict.NO_DATA
    if nobody:
        return Verdict.NOBODY
    if short is None:
        return Verdict.JUDGED if judged else Verdict.NO_PLAN
    return Verdict.MET if short <= 0 else Verdict.NOT_MET
