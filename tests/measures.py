"""Shortfall, need and verdict of one figure, by the functions that work out whole columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from proforient.analysis.arithmetic import (
    PARTS,
    VERDICTS,
    hundredths,
    need_of,
    short_parts,
    sign_of,
    verdicts,
)
from proforient.analysis.coverage import Coverage
from proforient.analysis.shortfall import Measured
from proforient.catalogue.entries import Direction, IndicatorKind
from proforient.catalogue.figures import FigureKey
from proforient.monitoring import Verdict

WHOLE = 100  # a plan in units, in hundredths, is measured by as many


def whole_need(short: Fraction) -> int:
    """The whole units that an exact shortfall asks for; 0 for what is above the plan."""
    return int(need_of(math.ceil(short * PARTS)))


def shortfall(numerator: int, denominator: int, plan: Decimal, direction: Direction) -> Fraction:
    """How far a share is from its plan in percent, in the count's unit; exact and signed, positive where not met."""
    return Fraction(short_parts(numerator, denominator, hundredths(plan), sign_of(direction)), PARTS)


def needed(numerator: int, denominator: int, plan: Decimal, direction: Direction) -> int:
    """The fewest units more (or fewer, where less is better) with which the share meets its plan; 0 when it does."""
    return int(need_of(short_parts(numerator, denominator, hundredths(plan), sign_of(direction))))


def count_needed(value: int, plan: Decimal, direction: Direction) -> int:
    """The fewest units with which the count meets its plan; 0 when it does."""
    return needed(value, WHOLE, plan, direction)


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
    above, below = (value, WHOLE) if kind == "count" else (numerator, denominator)
    below = below and below * (WHOLE if kind == "ratio" else 1)
    return None if above is None or not below else shortfall(above, below, plan, direction)


def verdict(*, asked: bool, given: bool, nobody: bool, short: Fraction | None, judged: bool) -> Verdict:
    """The verdict of one figure, as ``verdicts``; ``short`` is None without a plan."""
    told = {"asked": asked, "given": given, "nobody": nobody, "planned": short is not None, "judged": judged}
    columns = {name: np.array([answer]) for name, answer in told.items()}
    return VERDICTS[int(verdicts(**columns, short=np.array([short or 0], dtype=object))[0])]


def measured(every: Sequence[Coverage], key: FigureKey) -> Measured:
    """Rows of one figure as the columns that ``gap`` takes; those of others are left out."""
    rows = [c for c in every if c.key == key]
    return Measured(
        numerator=np.array([c.numerator or 0 for c in rows], dtype=np.int64),
        denominator=np.array([c.denominator or 0 for c in rows], dtype=np.int64),
        given=np.array([c.numerator is not None for c in rows], dtype=bool),
        organisation=lambda at: rows[at].organisation or "",
        record=rows.__getitem__,
    )
