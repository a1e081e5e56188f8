"""What is possible but unlikely: jumps, known counts, everything at 100 %; and what was not checked."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import GOOD, SINGLE, check, codes, found, good, numbers, text

from proforient.intake.checks.jumps import outside
from proforient.monitoring import Cell, Contingent

PUPILS, COVERED = (Cell(count=c, level="basic", cohort="all") for c in ("pupils", "covered"))


def past(covered, pupils):
    return {("s5", COVERED): covered, ("s5", PUPILS): pupils}


@pytest.mark.parametrize(
    ("covered", "pupils", "jumps"),
    [
        (45, 240, []),
        (60, 250, []),  # a better year
        (30, 180, []),
        (0, 0, []),  # nobody then
        (180, 240, ["jump-share"]),
        (240, 240, ["jump-share"]),
        (45, 2400, ["jump-share", "jump-count"]),
        (450, 2400, ["jump-count"]),  # a digit is missing, the share is the same
        # the last that chance makes more often than once in a million, and the first that it does not
        *((27, 143, ["jump-count"]), (27, 144, []), (67, 360, []), (68, 361, ["jump-count"])),
        *((105, 240, []), (106, 240, ["jump-share"])),
    ],
)
def test_a_jump_against_the_own_past_wants_a_sentence(covered, pupils, jumps):
    screening = check(text(GOOD), past=past(covered, pupils))
    assert codes(screening, "warning") == jumps
    assert screening.acceptable and len(screening.unexplained) == len(jumps)


@pytest.mark.parametrize(("covered", "jumps"), [(220, []), (219, ["jump-share"])])
def test_of_a_hundred_per_cent_those_who_were_left_are_compared(covered, jumps):
    assert codes(check(text(good(numerator=240)), past=past(covered, 240)), "warning") == jumps


def test_a_jump_is_told_with_both_figures_and_its_place():
    jump = found(check(text(GOOD), past=past(180, 240)), "jump-share")[0]
    assert (jump.row, jump.column, jump.value) == (2, "Числитель", "45")
    assert "45 из 240" in jump.message and "180 из 240" in jump.message and "75" in jump.message


def test_the_same_change_of_a_small_group_is_no_jump():
    assert codes(check(text(good(numerator=1, denominator=4)), past=past(3, 4)), "warning") == []


def test_of_a_pair_that_cannot_be_no_jump_is_told():
    assert codes(check(text(good(numerator=250)), past=past(45, 240)), "warning") == []
    assert codes(check(text(GOOD), past=past(250, 240)), "warning") == []


def exact(now, size, before, size_before):
    """The two-sided limits from binomial coefficients in whole numbers."""
    every, base = now + before, size + size_before
    ways = [math.comb(every, k) * size**k * size_before ** (every - k) for k in range(every + 1)]
    whole = base**every
    return min(sum(ways[: now + 1]), sum(ways[now:])) < whole * Fraction(1, 2_000_000)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_the_limits_are_those_of_whole_numbers(now, size, before, size_before):
    assert outside(now, size, before, size_before) == exact(now, size, before, size_before)


@pytest.mark.parametrize(
    ("pupils", "known", "said"),
    [
        *((240, known, said) for known, said in ((240, False), (243, False), (250, False), (300, True), (0, True))),
        # three children, or five of a hundred
        *((20, known, said) for known, said in ((16, True), (17, False), (23, False), (24, True))),
        *((240, known, said) for known, said in ((228, True), (229, False), (252, False), (253, True))),
    ],
)
def test_a_denominator_far_from_the_known_count_wants_a_sentence(pupils, known, said):
    form = Contingent(period="2024", organisation="s5", cell=PUPILS, number=known, source="ОО-1")
    screening = check(text(good(numerator=4, denominator=pupils)), contingent=(form,))
    assert codes(screening, "warning") == (["known-differs"] if said else [])
    if said:
        assert "ОО-1" in found(screening, "known-differs")[0].message


def test_a_known_number_is_taken_where_the_file_is_silent_and_where_nothing_else_was_handed_in():
    form = Contingent(period="2024", organisation="s5", cell=PUPILS, number=240, source="ОО-1")
    denominator = ("s5", "pupils", "basic", "all")

    def silent(covered, **more):
        return check(text((GOOD[0], "covered", "Основное", "все", covered), header=SINGLE), contingent=(form,), **more)

    assert not codes(silent(45, past={("s5", PUPILS): 2400}), "warning"), "the department has told the number itself"
    screening = silent(45)
    assert screening.acceptable and (screening.said, numbers(screening)[denominator]) == (1, 240)
    assert [v.place.column for v in screening.values if v.follows] == [""]
    assert denominator not in numbers(silent(45, current={("s5", PUPILS): 238}))
    assert [f.message for f in found(silent(241), "numerator-above-denominator")]
    assert silent("").values == ()


def test_what_is_not_read_is_said_not_to_be_checked():
    note = found(check("a;b\n1;2\n"), "not-checked")[0]
    assert note.severity == "note" and "таблица не прочитана" in note.message


@pytest.mark.parametrize("unit", ["чел.", "чел", "человек", " чел."])
def test_people_counted_with_their_unit_are_a_number(unit):
    screening = check(text(good(numerator=f"45 {unit}".replace("  ", " "))))
    assert screening.acceptable and codes(screening) == []
