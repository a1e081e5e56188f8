"""Need, shortfall and verdict from whole counts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures import count_needed, needed, shortfall, verdict

from proforient.monitoring import Verdict

plans = st.decimals(min_value=0, max_value=100, places=2)


@st.composite
def shares(draw):
    denominator = draw(st.integers(1, 100_000))
    return draw(st.integers(0, denominator)), denominator


def meets(numerator: int, denominator: int, plan: Decimal, direction: str) -> bool:
    share = Fraction(100 * numerator, denominator)
    return share >= Fraction(plan) if direction == "more" else share <= Fraction(plan)


@settings(max_examples=200)
@given(shares(), plans, st.sampled_from(["more", "less"]))
def test_adding_what_is_needed_meets_the_plan_and_one_fewer_does_not(share, plan, direction):
    numerator, denominator = share
    step = 1 if direction == "more" else -1
    need = needed(numerator, denominator, plan, direction)
    assert meets(numerator + step * need, denominator, plan, direction)
    assert need == 0 or not meets(numerator + step * (need - 1), denominator, plan, direction)
    assert need == 0 or 0 <= numerator + step * need <= denominator, "the plan can be reached by whole persons"


@settings(max_examples=100)
@given(st.lists(shares(), min_size=1, max_size=8), plans, st.sampled_from(["more", "less"]))
def test_shortfalls_of_organisations_add_up_to_the_territory_s_before_rounding(parts, plan, direction):
    whole = shortfall(sum(n for n, _ in parts), sum(d for _, d in parts), plan, direction)
    assert sum(shortfall(n, d, plan, direction) for n, d in parts) == whole


@pytest.mark.parametrize(
    ("numerator", "denominator", "plan", "direction", "need", "short"),
    [
        (578, 826, "80", "more", 83, "82.8"),  # 660.8 are needed: 661 children
        (80, 100, "80", "more", 0, "0"),
        (7996, 10000, "80", "more", 4, "4"),
        (1999, 2000, "100", "more", 1, "1"),
        (299, 300, "99.7", "more", 1, "0.1"),
        (0, 50, "0", "more", 0, "0"),
        (31, 100, "30.5", "less", 1, "0.5"),
        (30, 100, "30.5", "less", 0, "-0.5"),
        (5, 10, "0", "less", 5, "5"),
    ],
)
def test_need_and_shortfall_are_exact_at_the_edges(numerator, denominator, plan, direction, need, short):
    assert needed(numerator, denominator, Decimal(plan), direction) == need
    assert shortfall(numerator, denominator, Decimal(plan), direction) == Fraction(short)


@pytest.mark.parametrize(
    ("value", "plan", "direction", "need"),
    [(3, "5", "more", 2), (5, "5", "more", 0), (3, "4.5", "more", 2), (7, "5", "less", 2), (6, "5.5", "less", 1)],
)
def test_a_count_needs_what_is_missing_to_its_plan(value, plan, direction, need):
    assert count_needed(value, Decimal(plan), direction) == need


@pytest.mark.parametrize(
    ("asked", "given", "nobody", "short", "judged", "expected"),
    [
        (False, True, True, Fraction(1), True, Verdict.NOT_ASKED),
        (True, False, False, None, False, Verdict.NO_DATA),
        (True, False, False, None, True, Verdict.JUDGED),
        (True, True, True, None, True, Verdict.NOBODY),
        (True, True, False, None, False, Verdict.NO_PLAN),
        (True, True, False, None, True, Verdict.JUDGED),
        (True, True, False, Fraction(0), True, Verdict.MET),
        (True, True, False, Fraction(1, 100), True, Verdict.NOT_MET),
    ],
)
def test_the_first_verdict_that_fits_stands(asked, given, nobody, short, judged, expected):
    assert verdict(asked=asked, given=given, nobody=nobody, short=short, judged=judged) is expected
