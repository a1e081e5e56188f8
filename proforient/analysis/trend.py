"""Whether a share gets worse over periods by more than chance: numerators and denominators in order in, a word out.

The test is Cochran–Armitage, one-sided, with the periods' numbers as scores, conditional on all the margins. The chance
of a rise is counted exactly while the count takes no more work than ``EXACT_WORK``, about a millisecond; beyond that it
is read from the Pearson type III curve that has the mean, the variance and the skewness of the exact distribution.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from proforient.catalogue.entries import Direction

EXACT_WORK = 1_000_000  # bytes of long integers that the exact form may go through; one takes 0.5 to 0.9 ns
_STEP = 750  # bytes that cost as much time as one step does beside its own bytes

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
    measured = [p for p in points if p.denominator > 0]
    if len(measured) < max(periods, 2):
        return Trend(word="too_early")
    rising = (
        measured
        if direction == "less"
        else [Point(p.score, p.denominator - p.numerator, p.denominator) for p in measured]
    )
    count = ExactCount.of(rising)
    approximate = count.work() > EXACT_WORK
    present = nearly(rising) <= float(alpha) if approximate else count.chance() <= Fraction(alpha)
    return Trend(word="present" if present else "not_seen", approximate=approximate)


def nearly(points: Sequence[Point]) -> float:
    """The chance of ``ExactCount`` by the curve, at once for three persons or any more, some counted and some not.

    The sum of the counted persons' scores moves by whole steps: half a step belongs to the sum that was seen.
    """
    from scipy.special import gammainc, gammaincc, ndtr  # takes a quarter of a second, which few processes need

    persons, chosen = sum(p.denominator for p in points), sum(p.numerator for p in points)
    mean = Fraction(sum(p.score * p.denominator for p in points), persons)
    squares, cubes = (sum(p.denominator * (p.score - mean) ** power for p in points) for power in (2, 3))
    mixed = Fraction(chosen * (persons - chosen), persons * (persons - 1))
    deviation = math.sqrt(mixed * squares)
    skewness = float(mixed * Fraction(persons - 2 * chosen, persons - 2) * cubes) / deviation**3
    step = math.gcd(*(p.score - points[0].score for p in points))
    rise = float(sum(p.score * p.numerator for p in points) - chosen * mean - Fraction(step, 2)) / deviation
    if abs(skewness) < 1e-6:
        return float(ndtr(-rise))
    shape = 4 / skewness**2
    reached = max(shape + 2 * rise / skewness, 0.0)
    return float(gammaincc(shape, reached) if skewness > 0 else gammainc(shape, reached))


@dataclass(frozen=True, slots=True)
class ExactCount:
    """What the exact form counts: choices of ``chosen`` persons out of groups of ``sizes``, of scores up to ``limit``.

    The choices are those with a rise as steep as the one seen, or with ``complement`` all the others.
    """

    scores: list[int]
    sizes: list[int]
    chosen: int
    limit: int
    complement: bool

    @classmethod
    def of(cls, points: Sequence[Point]) -> ExactCount:
        """The shortest of four ways to the same chance."""
        lowest, highest = min(p.score for p in points), max(p.score for p in points)
        unit = math.gcd(*(p.score - lowest for p in points)) or 1
        late, early = ([abs(p.score - end) // unit for p in points] for end in (lowest, highest))
        sizes, taken = [p.denominator for p in points], [p.numerator for p in points]
        if 2 * sum(taken) > sum(sizes):  # those who are not counted are fewer: a rise of one is a fall of the other
            taken, late, early = [n - x for n, x in zip(sizes, taken, strict=True)], early, late
        above = sum(s * x for s, x in zip(early, taken, strict=True))
        below = sum(s * x for s, x in zip(late, taken, strict=True)) - 1
        if above <= below:
            return cls(early, sizes, sum(taken), above, complement=False)
        return cls(late, sizes, sum(taken), below, complement=True)

    def chance(self) -> Fraction:
        """Of a rise at least as steep as the one seen if the share had not changed, given all the margins."""
        among = Fraction(self._choices(), math.comb(sum(self.sizes), self.chosen))
        return 1 - among if self.complement else among

    def work(self) -> int:
        """How many bytes ``chance`` goes through, its steps counted as bytes; itself it takes some microseconds."""
        groups, steps = len(self.scores), 3 * self.chosen
        ordered = sorted(self.scores)  # order: of numbers
        for n in range(1, min(groups, self.chosen) + 1):
            sums = sum(ordered[-n:]) - sum(ordered[:n]) + 1
            steps += min(sums, math.comb(groups, n)) * (self.chosen - n + 1)
        return steps * (self._width() * (self.limit + 1) + _STEP)

    def _width(self) -> int:
        """Bytes wide enough for (chosen + 1) times any number of choices, with up to two to spare."""
        persons, chosen = sum(self.sizes), self.chosen
        ways = math.lgamma(persons + 1) - math.lgamma(chosen + 1) - math.lgamma(persons - chosen + 1)
        return int((ways + math.log(chosen + 1)) / math.log(256)) + 2

    def _choices(self) -> int:
        """How many there are.

        The answer is in the coefficient of z^chosen of F(z) = prod (1 + z w^score)^size, a polynomial in w. Since
        F prod (1 + z w^score) and F' differ by known factors, each coefficient follows from the few before it, over
        the subsets of groups. One integer holds a polynomial, w = 2^bits.
        """
        if self.limit < 0:
            return 0
        width = self._width()
        bits, length = 8 * width, width * (self.limit + 1)
        mask = (1 << 8 * length) - 1
        subsets = self._subsets()
        last = [1]  # the coefficients of z^k, z^(k-1), …
        for k in range(self.chosen):
            total = 0
            for j, coefficient in enumerate(last):
                for score, times, size in subsets[j]:
                    total += ((size - (k - j) * times) * coefficient) << (bits * score)
            last = [(total & mask) // (k + 1), *last][: len(self.scores)]
        packed = last[0].to_bytes(length, "little")
        return sum(int.from_bytes(packed[at : at + width], "little") for at in range(0, length, width))

    def _subsets(self) -> list[list[tuple[int, int, int]]]:
        """By the number of groups less one, for each sum of scores: it, how many sets have it, their persons."""
        found: list[dict[int, tuple[int, int]]] = [{0: (1, 0)}, *({} for _ in self.scores[: self.chosen])]
        for score, size in zip(self.scores, self.sizes, strict=True):
            for fewer, more in reversed(list(itertools.pairwise(found))):
                for reached, (times, persons) in fewer.items():
                    before = more.get(reached + score, (0, 0))
                    more[reached + score] = (before[0] + times, before[1] + persons + times * size)
        return [[(score, *of) for score, of in sums.items() if score <= self.limit] for sums in found[1:]]
