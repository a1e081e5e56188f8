"""Whether a share has changed by more than chance allows for so many, in whole numbers.

Two shares differ where chi-square of their four counts, with Yates' correction for small ones, is above what chance
alone exceeds once in twenty times. A share that has come over its plan or fallen below it has changed in any case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from proforient.monitoring import Verdict

if TYPE_CHECKING:
    from proforient.analysis.coverage import Coverage

CRITICAL = (3841, 1000)  # chi-square of one degree of freedom that chance exceeds in 5 % of cases, as a fraction
AGAINST_PLAN = {Verdict.MET, Verdict.NOT_MET}


class OfMany(NamedTuple):
    """So many of so many."""

    numerator: int
    denominator: int


def by_chance(now: OfMany, before: OfMany) -> bool:
    """Whether chance alone may have made the difference; also where there is none."""
    (a, n), (b, m) = now, before
    every, those = n + m, a + b
    others = every - those
    if min(n, m) <= 0 or min(those, others) <= 0:
        return True
    twice = max(0, 2 * abs(a * m - b * n) - every)  # twice the difference, less the correction
    number, parts = CRITICAL
    return every * twice * twice * parts <= 4 * number * n * m * those * others


def within_chance(now: Coverage, before: Coverage) -> bool:
    """The same of two figures; False for what is no share of persons, and where the verdict is another one."""
    pairs = [pair_of(c) for c in (now, before)]
    if pairs[0] is None or pairs[1] is None or crossed(now, before):
        return False
    return by_chance(pairs[0], pairs[1])


def crossed(now: Coverage, before: Coverage) -> bool:
    """Whether the plan was met in one of the periods only."""
    return {now.verdict, before.verdict} == AGAINST_PLAN


def pair_of(c: Coverage) -> OfMany | None:
    """The counts of a share of persons; None without them."""
    if not c.formula.small or c.numerator is None or not c.denominator:
        return None
    return OfMany(c.numerator, c.denominator)
