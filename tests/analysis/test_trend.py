"""The exact trend test against plain enumeration, and the words that it gives."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.analysis.trend import EXACT_UP_TO, Point, rise_probability, trend

ALPHA = Decimal("0.05")


def enumerated(points: list[Point]) -> Fraction:
    """The same chance by going through every table with these margins."""
    chosen = sum(p.numerator for p in points)
    seen = sum(p.score * p.numerator for p in points)
    steep = every = 0
    for counts in itertools.product(*(range(p.denominator + 1) for p in points)):
        if sum(counts) == chosen:
            ways = math.prod(math.comb(p.denominator, x) for p, x in zip(points, counts, strict=True))
            every += ways
            steep += ways if sum(p.score * x for p, x in zip(points, counts, strict=True)) >= seen else 0
    return Fraction(steep, every)


@st.composite
def chains(draw):
    scores = sorted(draw(st.sets(st.integers(0, 5), min_size=2, max_size=4)))
    sizes = [draw(st.integers(1, 6)) for _ in scores]
    return [Point(s, draw(st.integers(0, n)), n) for s, n in zip(scores, sizes, strict=True)]


@settings(max_examples=150)
@given(chains())
def test_the_exact_chance_is_that_of_enumeration(points):
    assert rise_probability(points) == enumerated(points)


def word(*shares: tuple[int, int], direction: str = "less", periods: int = 3, alpha: Decimal = ALPHA):
    points = [Point(n, numerator, denominator) for n, (numerator, denominator) in enumerate(shares)]
    return trend(points, periods=periods, alpha=alpha, direction=direction)


def test_a_steady_rise_of_what_should_be_less_is_a_trend():
    assert word((5, 100), (12, 100), (20, 100)).word == "present"


def test_the_same_rise_is_no_bad_trend_where_more_is_better():
    assert word((5, 100), (12, 100), (20, 100), direction="more").word == "not_seen"
    assert word((20, 100), (12, 100), (5, 100), direction="more").word == "present"


def test_few_persons_show_nothing_even_where_shares_rise():
    assert word((1, 10), (2, 10), (3, 10)).word == "not_seen"


def test_fewer_periods_than_asked_are_too_early_and_empty_ones_do_not_count():
    assert word((5, 100), (20, 100)).word == "too_early"
    assert word((5, 100), (0, 0), (20, 100)).word == "too_early"
    assert word((5, 100), (12, 100), (20, 100), periods=4).word == "too_early"


def test_nobody_or_everybody_is_no_trend():
    assert word((0, 10), (0, 10), (0, 10)).word == "not_seen"
    assert word((10, 10), (10, 10), (10, 10)).word == "not_seen"
    assert word((0, 1000), (0, 1000), (0, 1000)).word == "not_seen"


def test_a_chance_of_exactly_alpha_is_a_trend():
    points = [Point(0, 0, 2), Point(1, 0, 2), Point(2, 1, 1)]
    assert rise_probability(points) == Fraction(1, 5)
    assert trend(points, periods=3, alpha=Decimal("0.2"), direction="less").word == "present"
    assert trend(points, periods=3, alpha=Decimal("0.19"), direction="less").word == "not_seen"


def test_above_the_bound_the_usual_approximation_is_used_and_said():
    third = EXACT_UP_TO // 3
    assert not word((10, third), (20, third), (40, third)).approximate
    assert word((10, third), (20, third), (40, third + 3)).approximate
    large = word((150, 1000), (180, 1000), (210, 1000))
    assert large.approximate and large.word == "present"
    assert word((210, 1000), (180, 1000), (150, 1000)).word == "not_seen"
