"""Whether a share goes the bad way over periods: numerators and denominators in order of time in, one word out.

The test is Cochran–Armitage, one-sided, with the periods' numbers as scores: exact and conditional on the margins
up to ``EXACT_UP_TO`` persons, the usual normal approximation above that.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist
from typing import Literal

from proforient.catalogue.entries import Direction

EXACT_UP_TO = 2000

TrendWord = Literal["present", "not_seen", "too_early"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    word: TrendWord
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A period's share of persons: its place in the chain of periods (0 is the oldest) and the two counts."""

    score: int
    numerator: int
    denominator: int


def trend(points: Sequence[Point], *, periods: int, alpha: Decimal, direction: Direction) -> Trend:
    """The word for a chain of shares; points without persons are left out, they say nothing of a share.

    ``direction`` is that of the share: where more is better, a fall is looked for, otherwise a rise.
    """
    told = [p for p in points if p.denominator > 0]
    if len(told) < max(periods, 2):
        return Trend(word="too_early")
    rising = told if direction == "less" else [Point(p.score, p.denominator - p.numerator, p.denominator) for p in told]
    approximate = sum(p.denominator for p in rising) > EXACT_UP_TO
    present = _rises_approximately(rising, alpha) if approximate else rise_probability(rising) <= Fraction(alpha)
    return Trend(word="present" if present else "not_seen", approximate=approximate)


def rise_probability(points: Sequence[Point]) -> Fraction:
    """The chance of a rise at least as steep as the one seen if the share had not changed, given all the margins."""
    persons, chosen = sum(p.denominator for p in points), sum(p.numerator for p in points)
    highest = max(p.score for p in points)
    sizes = [p.denominator for p in points]
    late = [p.score - min(q.score for q in points) for p in points]
    early = [highest - p.score for p in points]
    everyone = math.comb(persons, chosen)
    if 2 * chosen > persons:  # those who are not counted are fewer: a rise of one is a fall of the other
        left_out = sum(s * (p.denominator - p.numerator) for s, p in zip(late, points, strict=True))
        return Fraction(_choices(late, sizes, persons - chosen, left_out), everyone)
    above = sum(s * p.numerator for s, p in zip(early, points, strict=True))
    below = sum(s * p.numerator for s, p in zip(late, points, strict=True)) - 1
    if above <= below:
        return Fraction(_choices(early, sizes, chosen, above), everyone)
    return 1 - Fraction(_choices(late, sizes, chosen, below), everyone)


def _choices(scores: Sequence[int], sizes: Sequence[int], chosen: int, limit: int) -> int:
    """In how many ways ``chosen`` persons can be taken out of groups of ``sizes`` with scores of at most ``limit``.

    The answer is in the coefficient of z^chosen of F(z) = prod (1 + z w^score)^size, a polynomial in w. Since
    F prod (1 + z w^score) and F' differ by known factors, each coefficient follows from the few before it, over the
    subsets of groups. One integer holds a polynomial, w = 2^bits: wide enough for (chosen + 1) times any choice.
    """
    if limit < 0:
        return 0
    width = (math.comb(sum(sizes), chosen) * (chosen + 1)).bit_length() // 8 + 1  # of a coefficient, in bytes
    bits = 8 * width
    mask = (1 << bits * (limit + 1)) - 1
    subsets = [_subsets(scores, sizes, n) for n in range(1, len(scores) + 1)]
    last = [1]  # the coefficients of z^k, z^(k-1), …
    for k in range(chosen):
        total = 0
        for j, coefficient in enumerate(last):
            for score, times, size in subsets[j]:
                total += ((size - (k - j) * times) * coefficient) << (bits * score)
        last = [(total & mask) // (k + 1), *last][: len(scores)]
    packed = last[0].to_bytes(width * (limit + 1), "little")
    return sum(int.from_bytes(packed[at : at + width], "little") for at in range(0, len(packed), width))


def _subsets(scores: Sequence[int], sizes: Sequence[int], n: int) -> list[tuple[int, int, int]]:
    """For each sum of ``n`` different scores: the sum, how many sets of groups have it, and their sizes together."""
    found: dict[int, tuple[int, int]] = {}
    for groups in itertools.combinations(range(len(scores)), n):
        score = sum(scores[g] for g in groups)
        times, size = found.get(score, (0, 0))
        found[score] = (times + 1, size + sum(sizes[g] for g in groups))
    return [(score, times, size) for score, (times, size) in found.items()]


def _rises_approximately(points: Sequence[Point], alpha: Decimal) -> bool:
    """Whether the normal deviate of the rise exceeds its one-sided bound; the bound alone is not rational."""
    persons, chosen = sum(p.denominator for p in points), sum(p.numerator for p in points)
    if chosen in (0, persons):
        return False
    share = Fraction(chosen, persons)
    weighted = sum(p.score * p.denominator for p in points)
    squares = sum(p.score**2 * p.denominator for p in points)
    excess = sum(p.score * p.numerator for p in points) - share * weighted
    variance = share * (1 - share) * (squares - Fraction(weighted**2, persons))
    bound = Fraction(NormalDist().inv_cdf(1 - float(alpha)))
    return excess > 0 and excess**2 >= bound**2 * variance
