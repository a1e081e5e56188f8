"""Axes of one's own choice: sums over sums, levels are never added, three kinds of nothing stay three."""

from __future__ import annotations

from dataclasses import replace

from analysis.memory import INDICATORS, NORTH, REGION, SOUTH, Memory, level, make_catalogue, organisation, year
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.analysis.coverage import coverages
from proforient.analysis.pivot import ALL, AXES, PivotQuestion, pivot
from proforient.charts.sentences import quantity_words
from proforient.monitoring import Reason

STAGES = ("primary", "basic", "additional")
LEVELS = [
    replace(level("primary", chart=1), overlaps=("additional",)),
    replace(level("basic", chart=2), overlaps=("additional",)),
    replace(level("additional", chart=3), overlaps=("primary", "basic")),
    level("whole", "whole"),
]
ASKED = PivotQuestion(
    rows="organisation", columns="level", territory=REGION, period="2024", periods=("2023", "2024"), cohort="all",
    indicator="coverage", level="basic",
)  # fmt: skip


def memory() -> Memory:
    whole = [replace(i, levels=STAGES) if i.code == "coverage" else i for i in INDICATORS]
    catalogue = make_catalogue(levels=LEVELS, indicators=whole)
    return Memory(
        catalogue=catalogue,
        register=[
            organisation("n1", levels=STAGES),
            organisation("n2", levels=("primary", "basic")),
            organisation("s1", SOUTH, levels=STAGES, kind="preschool"),
        ],
        calendar=[year("2023"), year("2024", "2023")],
    )


pairs = st.none() | st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: (min(p), max(p)))
GIVEN = st.fixed_dictionaries({(who, v): pairs for who in ("n1", "n2", "s1") for v in ("primary", "basic")} | {
    (who, "additional"): pairs for who in ("n1", "s1")})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(GIVEN, st.sampled_from([(r, c) for r in ("organisation", "kind", "territory", "level")
                               for c in ("level", "organisation", "kind", "territory", None) if r != c]))  # fmt: skip
def test_each_sum_is_a_sum_over_a_sum_and_of_levels_there_is_none(numbers, axes):
    filled = memory()
    for (who, stage), told in numbers.items():
        if told:
            filled.give(who, "coverage", stage, *told)
    asked = replace(ASKED, rows=axes[0], columns=axes[1])
    found = pivot(filled, filled.catalogue, asked)
    people = {o.code: o for o in filled.register}
    for (row, column), cell in found.cells.items():
        where = dict(zip(axes, (row, column), strict=True))
        assert where.get("level") != ALL, "stages are added only where an indicator declares it"

        def inside(who, stage, where=where):
            own = {"organisation": who, "kind": people[who].kind, "territory": people[who].territory, "level": stage}
            fits = all(code in (ALL, own[axis]) for axis, code in where.items() if axis)
            if "level" not in axes:
                return fits and stage == "basic"
            return fits and where["level"] == stage

        told = [p for (who, stage), p in numbers.items() if p and inside(who, stage)]
        pair = (sum(p[0] for p in told), sum(p[1] for p in told)) if told else (None, None)
        assert (cell.numerator, cell.denominator, cell.submitted) == (*pair, len(told)), (where, numbers)


def test_cells_are_the_figures_of_all_other_pages():
    filled = memory().give("n1", "coverage", "basic", 60, 100).give("s1", "coverage", "basic", 20, 100)
    filled.plan("coverage", "basic", "50").plan("coverage", "basic", "70", territory=NORTH)
    found = pivot(filled, filled.catalogue, replace(ASKED, rows="territory", columns=None))
    by_place = {c.territory: c for c in coverages(filled, filled.catalogue, "2024", territory=REGION, by="territory",
                                                  indicator="coverage", level="basic", cohort="all")}  # fmt: skip
    for (place, _), cell in found.cells.items():
        if place:
            real = by_place[place]
            assert (cell.verdict, cell.needed, cell.share, cell.plan) == (
                real.verdict, real.needed, real.share, real.plan,
            )  # fmt: skip
    whole = found.cells[ALL, ALL]
    assert (whole.numerator, whole.denominator, whole.needed) == (80, 200, 20), "the region has a plan of its own"


def test_nothing_given_not_applicable_not_asked_and_nought_stay_four_things():
    filled = memory().give("n1", "coverage", "basic", 0, 10).give("n1", "coverage", "primary", 0, 0)
    filled.give("n1", "coverage", "additional", Reason.NOT_APPLICABLE, 5)
    found = pivot(filled, filled.catalogue, ASKED)
    said = {column: quantity_words(found.cells.get(("n1", column)), "share") for column in STAGES}
    assert said == {"basic": "0\u00a0%", "primary": "0\u00a0из\u00a00", "additional": "не применимо"}
    assert quantity_words(found.cells["s1", "basic"], "share") == "нет данных"
    assert quantity_words(found.cells.get(("n2", "additional")), "share") == "—"
    assert quantity_words(found.cells["n1", "basic"], "numerator") == "0"
    assert quantity_words(found.cells["s1", "basic"], "completeness") == "0\u00a0из\u00a01"


def test_levels_periods_cohorts_indicators_and_territories_of_no_region_have_no_sum():
    filled = memory().give("n1", "coverage", "basic", 1, 2).give("n1", "coverage", "basic", 1, 2, period="2023")
    for axis in AXES:
        found = pivot(filled, filled.catalogue, replace(ASKED, rows=axis, columns=None))
        assert ((ALL, ALL) in found.cells) is (axis in ("organisation", "kind", "territory")), axis
    apart = pivot(filled, filled.catalogue, replace(ASKED, rows="territory", columns=None, territory=None))
    assert ALL not in {row for row, _ in apart.cells}
