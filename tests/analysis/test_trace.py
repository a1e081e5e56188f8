"""From a figure back to its cells."""

from __future__ import annotations

from analysis.memory import NORTH, Memory, organisation
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.analysis.coverage import coverages
from proforient.analysis.trace import trace
from proforient.monitoring import Reason

numbers = st.one_of(st.integers(0, 30), st.just(Reason.NO_DATA), st.none())


@settings(max_examples=50)
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6), st.sampled_from(["coverage", "away"]))
def test_the_cells_add_up_to_exactly_the_figure(rows, indicator):
    memory = Memory(register=[organisation(f"o{n}") for n in range(len(rows))])
    for n, row in enumerate(rows):
        memory.give(f"o{n}", indicator, "basic", *row).give(f"o{n}", indicator, "basic", *row, period="2023")
    figure = coverages(
        memory, memory.catalogue, "2024", territory=NORTH, indicator=indicator, level="basic", cohort="all"
    )[0]
    cells = trace(memory, memory.catalogue, figure)
    for role in ("numerator", "denominator"):
        found = sum(c.value.number for c in cells if c.role == role)
        assert found == (getattr(figure, role) or 0), role
    assert len({c.value.organisation for c in cells}) == figure.submitted


def figure_and_cells(memory: Memory, indicator: str, level: str, **scope: object):
    scope = scope or {"territory": NORTH}
    figure = coverages(memory, memory.catalogue, "2024", indicator=indicator, level=level, cohort="all", **scope)[0]
    return figure, [(c.value.organisation, c.role, c.value.cell.count) for c in trace(memory, memory.catalogue, figure)]


def test_a_count_on_both_sides_of_a_share_comes_once_for_each_role():
    memory = Memory(register=[organisation("a")]).give("a", "away", "basic", 3, 7)
    expected = [("a", "numerator", "left"), ("a", "denominator", "left"), ("a", "denominator", "stayed")]
    assert figure_and_cells(memory, "away", "basic")[1] == expected
    assert figure_and_cells(memory, "away-trend", "basic")[1] == expected, "a trend's figure is its share's"


def test_yes_no_and_counts_have_one_cell_with_the_role_value():
    memory = Memory(register=[organisation("a"), organisation("b")]).give("a", "page", "whole", 0)
    memory.give("b", "page", "whole", 1).give("a", "events", "whole", 4)
    assert figure_and_cells(memory, "page", "whole")[1] == [("a", "value", "page"), ("b", "value", "page")]
    assert figure_and_cells(memory, "page", "whole", organisation="b")[1] == [("b", "value", "page")]
    assert figure_and_cells(memory, "events", "whole")[1] == [("a", "value", "events")]


def test_a_kind_that_is_not_asked_leaves_no_cell():
    memory = Memory(register=[organisation("a"), organisation("garden", kind="preschool")])
    memory.give("a", "page", "whole", 1).give("garden", "page", "whole", 1)
    figure, cells = figure_and_cells(memory, "page", "whole")
    assert (figure.denominator, cells) == (1, [("a", "value", "page")])
