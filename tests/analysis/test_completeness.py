"""Which period a page opens with."""

from __future__ import annotations

from analysis.memory import NORTH, Memory, organisation, year

from proforient.analysis.completeness import newest_reported


def test_the_newest_period_with_half_of_the_reports_is_shown():
    memory = Memory(register=[organisation(c) for c in "abcd"], calendar=[year("2022"), year("2023"), year("2024")])
    for code in "ab":
        memory.give(code, "coverage", "basic", 1, 2, period="2023")
    memory.give("a", "coverage", "basic", 1, 2, period="2024")
    assert newest_reported(memory, territory=NORTH) == "2023"
    memory.give("b", "coverage", "basic", 1, 2, period="2024")
    assert newest_reported(memory, territory=NORTH) == "2024"


def test_without_enough_reports_the_newest_is_shown_and_without_periods_none():
    memory = Memory(register=[organisation("a"), organisation("b")], calendar=[year("2022"), year("2023")])
    assert newest_reported(memory, territory=NORTH) == "2023"
    assert newest_reported(Memory(calendar=[])) is None
