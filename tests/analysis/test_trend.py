"""The exact trend test against plain enumeration, and the words that it gives."""

from __future__ import annotations

import itertools
import math
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thinned import thinned

from proforient.analysis.trend import ExactCount, Point, Trend, nearly, trend

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
    assert ExactCount.of(points).chance() == enumerated(points)


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
    assert word((5, 100), (20, 100), periods=2).word == word((5, 100), (20, 100), periods=1).word == "present"
    assert word((5, 100), periods=1).word == "too_early"


def test_nobody_or_everybody_is_no_trend():
    assert word((0, 10), (0, 10), (0, 10)).word == "not_seen"
    assert word((10, 10), (10, 10), (10, 10)).word == "not_seen"
    assert word((0, 1000), (0, 1000), (0, 1000)).word == "not_seen"


def test_a_chance_of_exactly_alpha_is_a_trend():
    points = [Point(0, 0, 2), Point(1, 0, 2), Point(2, 1, 1)]
    assert ExactCount.of(points).chance() == Fraction(1, 5)
    assert trend(points, periods=3, alpha=Decimal("0.2"), direction="less").word == "present"
    assert trend(points, periods=3, alpha=Decimal("0.19"), direction="less").word == "not_seen"


# ------------------------------------------------------------------------------- exact, and beyond that the curve


def near(seed: int, *, persons: tuple[int, int], alpha: Decimal = ALPHA) -> Iterator[list[Point]]:
    """Chains without end whose chance of a rise is between half of alpha and twice alpha; one period to another 1:3."""
    rng = random.Random(seed)
    while True:
        share, rise = math.exp(rng.uniform(math.log(0.03), math.log(0.9))), rng.uniform(-0.1, 0.5)
        everyone, periods = rng.randint(*persons), rng.choice((3, 4, 5, 5, 6, 8))
        points = []
        for score in range(periods):
            size = max(2, round(everyone / periods * rng.uniform(0.5, 1.5)))
            mean = min(share * (1 + rise * score / periods), 1) * size
            count = round(rng.gauss(mean, math.sqrt(mean * max(1 - mean / size, 0))))
            points.append(Point(score, min(max(count, 0), size), size))
        counted = sum(p.numerator for p in points)
        if 0 < counted < sum(p.denominator for p in points) and alpha / 2 < nearly(points) < 2 * alpha:
            yield points


SIDES = {False: (60, 260), True: (120, 200)}  # in the persons that these chains have


@pytest.mark.parametrize("approximate", thinned(SIDES, first=1))
def test_on_both_sides_of_the_switch_the_word_is_that_of_the_exact_chance(approximate):
    """Of the words near alpha at most one in a hundred differs, and only where the chance is next to alpha.

    Under the normal curve without correction, one in seven differs.
    """
    tried = itertools.islice(near(5, persons=SIDES[approximate]), 600)
    chains = [points for points in tried if said(points).approximate is approximate][:150]
    assert len(chains) == 150
    differ = 0
    for points in chains:
        exact = ExactCount.of(points).chance()
        assert not approximate or nearly(points) == pytest.approx(float(exact), abs=0.002), points
        word = "present" if exact <= Fraction(ALPHA) else "not_seen"
        if said(points).word != word:
            assert approximate and abs(exact - Fraction(ALPHA)) < Fraction(1, 1000), points
            differ += 1
    assert differ <= 1


@pytest.mark.parametrize(
    ("shares", "approximate"),
    [
        (((11, 199), (2, 168), (50, 63)), False),  # the work is a million to the byte
        (((37, 203), (10, 272), (10, 61)), True),  # fifty bytes more
    ],
)
def test_the_switch_is_at_a_million_bytes(shares, approximate):
    assert word(*shares).approximate is approximate


def said(points: list[Point]):
    return trend(points, periods=3, alpha=ALPHA, direction="less")


@pytest.mark.parametrize("shares", [(0.1, 0.108, 0.12), (0.5, 0.515, 0.53), (0.92, 0.935, 0.94), (0.06, 0.065, 0.08)])
@pytest.mark.parametrize("gap", [1, 3])
def test_far_beyond_the_switch_the_chance_is_still_the_exact_one(shares, gap):
    sizes = (450, 400, 350)
    points = [
        Point(gap * n, round(share * size), size) for n, (share, size) in enumerate(zip(shares, sizes, strict=True))
    ]
    assert said(points).approximate
    assert nearly(points) == pytest.approx(float(ExactCount.of(points).chance()), abs=0.002)


def test_what_is_said_of_a_large_chain():
    assert word((150, 1000), (180, 1000), (210, 1000)) == Trend(word="present", approximate=True)
    assert word((210, 1000), (180, 1000), (150, 1000)) == Trend(word="not_seen", approximate=True)
    assert word((210, 1000), (180, 1000), (150, 1000), direction="more") == Trend(word="present", approximate=True)
    assert word((500, 1000), (500, 1000), (500, 1000)) == Trend(word="not_seen", approximate=True)
    millions = [(n * 400_000, 2_000_000) for n in (1, 2, 3)]
    assert word(*millions) == Trend(word="present", approximate=True)


def test_a_count_of_few_is_exact_among_any_number_of_persons():
    assert word((0, 90_000), (1, 90_000), (6, 90_000)) == Trend(word="present", approximate=False)
    assert word((90_000, 90_000), (89_999, 90_000), (89_994, 90_000)) == Trend(word="not_seen", approximate=False)
    assert word((0, 90_000), (0, 90_000), (0, 90_000)) == Trend(word="not_seen", approximate=False)


def test_few_are_exact_where_the_curve_would_say_another_word():
    shares, few = ((44, 47), (21, 21), (36, 36)), Decimal("0.08")
    points = [Point(n, *share) for n, share in enumerate(shares)]
    assert nearly(points) < few < ExactCount.of(points).chance()
    assert word(*shares, alpha=few) == Trend(word="not_seen", approximate=False)


def test_places_without_a_period_in_the_chain_change_neither_the_form_nor_the_chance():
    close = [Point(n, count, 60) for n, count in enumerate((4, 6, 11))]
    wide = [Point(7 + 5 * n, count, 60) for n, count in enumerate((4, 6, 11))]
    assert ExactCount.of(close).chance() == ExactCount.of(wide).chance()
    assert nearly(close) == pytest.approx(nearly(wide), rel=1e-9)
    assert not said(close).approximate and not said(wide).approximate


def cpu(points: list[Point]) -> float:
    """Of one trend, in seconds: the least of several, for others use the machine, too."""
    spent = []
    for _ in range(7):
        before = time.thread_time()
        said(points)
        spent.append(time.thread_time() - before)
    return min(spent)


@pytest.mark.parametrize("periods", [3, 5, 8])
def test_more_persons_never_cost_more_than_the_dearest_exact_trend_and_that_little(periods):
    ladder = [[Point(n, round(0.2 * size) + n % 2, round(size)) for n in range(periods)] for size in SIZES]
    cpu(ladder[-1])  # what is loaded once is not the cost of a trend
    costs = {False: [0.0], True: [0.0]}
    for points in ladder:
        costs[said(points).approximate].append(cpu(points))
    exact, approximate = max(costs[False]), max(costs[True])
    assert len(costs[False]) > 1 and len(costs[True]) > 10
    assert exact <= 12 * approximate  # 2 to 4: five times the work would be seen
    assert approximate <= 2.5 * exact


SIZES = [4 * 2 ** (n / 4) for n in range(70)]  # of a period: up to half a million persons


def test_a_page_or_command_without_a_large_trend_loads_no_library_for_it():
    asked = """
import sys
import proforient.analysis.coverage, proforient.charts, proforient.commands
from decimal import Decimal
from proforient.analysis.trend import Point, trend
for size, loaded in ((20, False), (2000, True)):
    trend([Point(n, size // 4 + n, size) for n in range(3)], periods=3, alpha=Decimal("0.05"), direction="less")
    assert ("scipy" in sys.modules) is loaded, size
"""
    subprocess.run([sys.executable, "-c", asked], check=True)
