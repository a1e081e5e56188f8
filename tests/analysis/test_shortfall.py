"""Who makes up a gap: exact contributions, the 80 %, the closing set, what others give back."""

from __future__ import annotations

import itertools
from fractions import Fraction

from analysis.memory import NORTH, Memory, organisation
from hypothesis import given, settings
from hypothesis import strategies as st
from measures import measured

from proforient.analysis.coverage import coverages
from proforient.analysis.shortfall import Gap, gap


def make_gap(
    pairs: dict[str, tuple[int, int]],
    plan: str,
    indicator: str = "coverage",
    names: dict[str, str] | None = None,
    **more: object,
) -> Gap:
    memory = Memory(register=[organisation(code, name=(names or {}).get(code, code)) for code in pairs], **more)
    for code, pair in pairs.items():
        memory.give(code, indicator, "basic" if indicator != "page" else "whole", *pair)
    level = "whole" if indicator in ("page", "events") else "basic"
    memory.plan(indicator, level, plan)
    asked = {"territory": NORTH, "indicator": indicator, "level": level, "cohort": "all"}
    total = coverages(memory, memory.catalogue, "2024", **asked)[0]
    return gap(total, measured(coverages(memory, memory.catalogue, "2024", by="organisation", **asked), total.key))


def test_equal_shortfalls_stand_in_the_order_of_names_and_the_first_of_them_closes():
    names = {"a": "Школа № 10", "b": "Школа № 9", "c": "Ёлкинская школа", "d": "Железная школа"}
    found = make_gap(dict.fromkeys("dcba", (8, 12)) | {"e": (70, 70)}, "80", names=names)
    assert [c.organisation for c in found.contributions] == ["c", "d", "b", "a"]
    found = make_gap(dict.fromkeys("dcba", (8, 12)) | {"e": (30, 30)}, "80", names=names)
    assert 0 < len(found.closing) < 4
    assert [who for who, _ in found.closing] == list("cdba")[: len(found.closing)]


def test_contributions_are_exact_largest_first_with_ties_by_name():
    found = make_gap({"d": (10, 20), "a": (10, 20), "c": (1, 51), "b": (50, 50)}, "80")
    assert [(c.organisation, c.shortfall, c.needed) for c in found.contributions] == [
        ("c", Fraction("39.8"), 40),
        ("a", Fraction(6), 6),
        ("d", Fraction(6), 6),
    ]
    assert found.given_back == 10
    assert found.below - found.given_back == found.total.shortfall


def test_the_fewest_that_hold_eighty_percent_are_marked():
    found = make_gap({"a": (0, 50), "b": (0, 30), "c": (0, 20)}, "100")
    assert [c.in_80_percent for c in found.contributions] == [True, True, False], "50 and 30 of 100 are exactly 80 %"


def test_the_closing_set_takes_the_largest_own_needs_until_the_territory_s_need_is_covered():
    found = make_gap({"a": (20, 50), "b": (25, 40), "c": (30, 40), "d": (90, 90)}, "80")
    assert found.total.needed == 11
    assert list(found.closing) == [("a", 20)]
    assert found.closing_sum == 20


def test_of_equal_needs_the_first_names_close_the_gap_though_exact_shortfalls_differ():
    found = make_gap({"a": (8, 12), "b": (8, 13), "c": (0, 0), "d": (30, 31)}, "90")
    assert [(c.organisation, c.shortfall, c.needed) for c in found.contributions] == [
        ("b", Fraction("3.7"), 4),
        ("a", Fraction("2.8"), 3),
    ]
    tie = make_gap({"a": (0, 13), "b": (0, 14), "c": (8, 8)}, "20")
    assert [(c.organisation, c.shortfall, c.needed) for c in tie.contributions] == [
        ("b", Fraction("2.8"), 3),
        ("a", Fraction("2.6"), 3),
    ]
    assert (tie.total.needed, tuple(tie.closing)) == (0, ())
    close = make_gap({"a": (0, 13), "b": (0, 14), "c": (4, 8)}, "20")
    assert close.total.needed == 3
    assert [who for who, _ in close.closing] == ["a"]


def test_organisations_without_a_pair_or_with_nobody_make_no_gap():
    found = make_gap({"a": (1, 10), "b": (0, 0)}, "80")
    assert [c.organisation for c in found.contributions] == ["a"]


def test_where_less_is_better_those_above_the_plan_make_the_gap():
    found = make_gap({"a": (30, 70), "b": (5, 95)}, "10", indicator="away")
    assert [(c.organisation, c.shortfall, c.needed) for c in found.contributions] == [("a", Fraction(20), 20)]
    assert found.given_back == 5


def test_a_yes_no_with_a_plan_is_short_by_those_who_said_no():
    found = make_gap({"a": (1,), "b": (0,), "c": (0,)}, "60", indicator="page")
    assert [(c.organisation, c.shortfall) for c in found.contributions] == [
        ("b", Fraction("0.6")),
        ("c", Fraction("0.6")),
    ]
    assert [who for who, _ in found.closing] == ["b"]


def test_rows_of_another_figure_are_left_out():
    memory = Memory(register=[organisation("a")]).give("a", "coverage", "basic", 1, 20)
    memory.give("a", "coverage", "primary", 1, 30).plan("coverage", "basic", "80").plan("coverage", "primary", "80")
    rows = coverages(memory, memory.catalogue, "2024", by="organisation")
    total = coverages(memory, memory.catalogue, "2024", territory=NORTH, indicator="coverage", level="basic")[0]
    (only,) = gap(total, measured(rows, total.key)).contributions
    assert (only.coverage.level, only.shortfall) == ("basic", 15)


pairs = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: (min(p), max(p)))


@settings(max_examples=60)
@given(st.lists(pairs, min_size=1, max_size=6), st.sampled_from(["33.33", "50", "80", "99.7", "100"]))
def test_the_closing_set_is_the_fewest_that_can_cover_the_need(rows, plan):
    found = make_gap({f"o{n}": row for n, row in enumerate(rows)}, plan)
    wanted = found.total.needed or 0
    needs = [c.needed for c in found.contributions]
    assert found.closing_sum >= wanted
    fewest = min(n for n in range(len(needs) + 1) for some in itertools.combinations(needs, n) if sum(some) >= wanted)
    assert len(found.closing) == fewest
    if found.total.shortfall is not None:
        assert found.below - found.given_back == found.total.shortfall
