"""What is said to have changed: only what chance does not make of so many children, or what has crossed the plan."""

from __future__ import annotations

import pytest
from analysis.memory import NORTH, Memory, organisation, year
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from proforient.analysis.chance import OfMany, by_chance
from proforient.analysis.changes import changes
from proforient.analysis.coverage import coverages

pairs = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(pairs, pairs)
def test_it_is_the_statistician_s_chi_square(now, before):
    (a, n), (b, m) = now, before
    assume(0 < a + b < n + m)  # else nobody is told apart
    found = chi2_contingency([[a, n - a], [b, m - b]], correction=True)
    assume(abs(found.statistic - 3.841) > 1e-6)
    assert by_chance(OfMany(a, n), OfMany(b, m)) == (found.statistic < 3.841)


def test_the_bound_is_exact_to_the_thousandth():
    assert not by_chance(OfMany(8, 20), OfMany(44, 65))  # 3.84101


@pytest.mark.parametrize("of", [(0, 0), (0, 10), (10, 10)])
def test_where_all_are_alike_nothing_has_changed(of):
    assert by_chance(OfMany(*of), OfMany(*of))


def change(plan, now, before, *, also=None):
    """The total's change between two years; ``also``: the pair of a school that reported in the second only."""
    memory = Memory(
        register=[organisation("a"), organisation("b")], calendar=[year("2023"), year("2024", "2023")]
    ).plan("coverage", "basic", plan, period="2023")
    memory.plan("coverage", "basic", plan, period="2024")
    memory.give("a", "coverage", "basic", *before, period="2023").give("a", "coverage", "basic", *now, period="2024")
    if also:
        memory.give("b", "coverage", "basic", *also, period="2024")
    figures = coverages(
        memory, memory.catalogue, "2024", territory=NORTH, indicator="coverage", level="basic", cohort="all"
    )
    return changes(memory, memory.catalogue, figures)[0]


@pytest.mark.parametrize(
    ("plan", "now", "before", "by_chance"),
    [
        ("90", (580, 830), (597, 830), True),  # two points of 830 children
        ("90", (530, 830), (597, 830), False),  # eight
        ("71", (580, 830), (597, 830), False),  # two points, and the plan is met no more
        ("95", (9, 10), (5, 10), True),  # forty points of ten children
    ],
)
def test_a_total_has_changed_by_more_than_chance_or_across_the_plan(plan, now, before, by_chance):
    assert change(plan, now, before).by_chance is by_chance


def test_what_is_spoken_of_is_judged_by_those_that_reported_both_times():
    found = change("99", (72, 100), (70, 100), also=(4, 900))
    assert (found.points is not None and found.points < -50, found.same_points, found.by_chance) == (True, 2, True)
