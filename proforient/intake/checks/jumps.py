"""Figures far from the organisation's own last period, judged by exact binomial limits and not by a fixed per cent.

Two periods of one organisation are compared as two rates: of all the covered of both, those of this period would be
binomial with its part of all the children. The same is asked of the rest, so that 100 % is not a special case.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from proforient.intake.case import Case
from proforient.intake.checks.levels import cohort_name, level_name
from proforient.intake.checks.shares import Share, shares_touched
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.monitoring import Cell
from proforient.wording import share as in_percent

RAISES = ("jump-share", "jump-count")
LIMIT = 1e-6  # chance of a change below which it wants a sentence: one in a million
_NEAR = 3.0  # standard deviations within which no tail can be that small


def check(case: Case) -> Iterator[Finding]:
    if not case.known.past:
        return
    counted: set[tuple[str, Cell]] = set()
    for share in shares_touched(case):
        yield from _share(case, share)
        for count in share.denominator:
            cell = Cell(count=count, level=share.level, cohort=share.cohort)
            if (share.organisation, cell) not in counted:
                counted.add((share.organisation, cell))
                yield from _count(case, share.organisation, cell)


def outside(now: int, size: int, before: int, size_before: int) -> bool:
    """Whether ``now`` of ``size`` is beyond the limits that ``before`` of ``size_before`` sets."""
    every = now + before
    if not every or not size or not size_before:
        return False
    part = size / (size + size_before)
    spread = math.sqrt(every * part * (1 - part))
    if abs(now - every * part) < _NEAR * spread:
        return False
    return min(_tail(every, part, range(now + 1)), _tail(every, part, range(every, now - 1, -1))) < LIMIT / 2


def _tail(every: int, part: float, counted: range) -> float:
    """The probability of the numbers in ``counted``, which run from an end towards the middle."""
    of = math.lgamma(every + 1)
    yes, no = math.log(part), math.log(1 - part)
    logs = (of - math.lgamma(k + 1) - math.lgamma(every - k + 1) + k * yes + (every - k) * no for k in counted)
    return math.fsum(math.exp(found) for found in logs)


def _share(case: Case, share: Share) -> Iterator[Finding]:
    now, before = share.numbers(case, share.cohort), _before(case, share)
    if now is None or before is None or not 0 <= now[0] <= now[1] or not before[0] <= before[1]:
        return
    rests = now[1] - now[0], before[1] - before[0]
    if not (outside(now[0], now[1], *before) or outside(rests[0], now[1], rests[1], before[1])):
        return
    words = {
        "what": share.title(case, share.cohort),
        "pair": f"{now[0]} из {now[1]} — {in_percent(Fraction(100 * now[0], now[1]))}",
        "past": f"{before[0]} из {before[1]} — {in_percent(Fraction(100 * before[0], before[1]))}",
    }
    yield finding("jump-share", **share.place(case)._asdict(), value=str(now[0]), words=words)


def _before(case: Case, share: Share) -> tuple[int, int] | None:
    sums = []
    for counts in (share.numerator, share.denominator):
        cells = [Cell(count=count, level=share.level, cohort=share.cohort) for count in counts]
        found = [case.known.past.get((share.organisation, cell)) for cell in cells]
        if any(number is None for number in found):
            return None
        sums.append(sum(number for number in found if number is not None))
    return sums[0], sums[1]


def _count(case: Case, organisation: str, cell: Cell) -> Iterator[Finding]:
    given, before = case.carried.get((organisation, cell)), case.known.past.get((organisation, cell))
    # What nobody was asked needs no sentence: the numbers that it follows from are looked at themselves.
    if given is None or given.number is None or given.follows:
        return
    if not before or not outside(given.number, 1, before, 1):
        return
    what = case.catalogue.count_name(cell.count, cell.level)
    words = {
        "what": f"«{what}», {level_name(case, cell.level)}, {cohort_name(case, cell.cohort)}",
        "number": given.number,
        "past": before,
    }
    yield finding("jump-count", **given.place._asdict(), value=given.text, words=words)
