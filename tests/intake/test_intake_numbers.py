"""The grammar of a count and of a yes/no, cell by cell."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.intake.numbers import (
    BLANK,
    DASH,
    LARGEST,
    Fault,
    begins_with_figure,
    is_numeric,
    parse_answer,
    parse_count,
    text_of,
)
from proforient.monitoring import Reason

SPACES = ["", " ", "\u00a0", "\u202f", "\u2009", "  "]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("120,0", 120),
        ("0,000", 0),
        ("0.000", 0),
        ("1234,000", 1234),
        ("5 000,0", 5000),
        ("5\u2009000", 5000),
        ("14.0", 14),
        ("14.00", 14),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234\u202f567", 1234567),
        ("1 234,0", 1234),
        ("007", 7),
        (120, 120),
        (120.0, 120),
        (119.99999999999999, 120),
        ("12\n", 12),
    ],
)
def test_reads_a_whole_number(cell, number):
    assert parse_count(cell) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.234", "ambiguous-number"),
        ("1.000", "ambiguous-number"),
        ("1.234.567", "ambiguous-number"),
        ("1.234,0", "ambiguous-number"),
        ("1,234", "ambiguous-number"),
        ("5,000", "ambiguous-number"),
        ("120,000", "ambiguous-number"),
        ("5 000,000", "ambiguous-number"),
        ("12,345,678", "ambiguous-number"),
        ("5,000.0", "ambiguous-number"),
        ("5.000,0", "ambiguous-number"),
        ("5'000", "ambiguous-number"),
        ("5’000", "ambiguous-number"),
        ("5,000 чел.", "ambiguous-number"),
        ("0,125", "not-whole"),
        ("5，000", "not-a-number"),
        ("１２", "not-a-number"),
        ("5–6", "not-a-number"),
        ("~80", "not-a-number"),
        (">80", "not-a-number"),
        ("12,5", "not-whole"),
        ("12.5", "not-whole"),
        (12.5, "not-whole"),
        ("1/5", "not-whole"),
        ("½", "not-whole"),
        ("-12", "negative"),
        ("−12", "negative"),
        ("– 12", "negative"),
        (-12, "negative"),
        ("45 %", "percent-in-count"),
        ("45%", "percent-in-count"),
        ("45,5 %", "percent-in-count"),
        ("01.05.2024", "date-in-count"),
        ("2024-05-01", "date-in-count"),
        ("01.май", "date-in-count"),
        ("май.24", "date-in-count"),
        ("12:30", "date-in-count"),
        (dt.date(2024, 5, 1), "date-in-count"),
        (dt.datetime(2024, 5, 1, 12), "date-in-count"),
        ("2022 2", "footnote-glued"),
        ("1 2345", "footnote-glued"),
        ("1 23", "footnote-glued"),
        ("0 123", "footnote-glued"),
        ("345¹", "footnote-glued"),
        ("345*", "footnote-glued"),
        ("345 1)", "footnote-glued"),
        ("1\n234", "footnote-glued"),
        ("около 40", "not-a-number"),
        ("+5", "not-a-number"),
        ("12e3", "not-a-number"),
        ("нет", "not-a-number"),
        ("١٢", "not-a-number"),
        (True, "not-a-number"),
        (float("nan"), "not-a-number"),
        ("0105012345", "number-too-large"),
        (LARGEST + 1, "number-too-large"),
        ("9" * 30, "number-too-large"),
        ("9" * 5000, "number-too-large"),
    ],
)
def test_refuses_what_is_no_count(cell, code):
    assert parse_count(cell) == Fault(code)


@pytest.mark.parametrize("cell", [None, "", " ", "\u00a0", "\u200b", "\n"])
def test_a_cell_without_anything_to_see_is_blank(cell):
    assert parse_count(cell) is BLANK
    assert parse_answer(cell) is BLANK


@pytest.mark.parametrize("cell", ["-", "–", "—", "−", " - ", "--"])
def test_a_lone_dash_is_not_decided(cell):
    assert parse_count(cell) is DASH
    assert parse_answer(cell) is DASH


@pytest.mark.parametrize("cell", ["н/д", "Н/Д", "нет данных", "…", "...", "не представлены", "НЕТ  ДАННЫХ"])
def test_no_data_is_a_reason(cell):
    assert parse_count(cell) is Reason.NO_DATA
    assert parse_answer(cell) is Reason.NO_DATA


@pytest.mark.parametrize("cell", ["х", "Х", "x", "X", "н/п", "не применимо", "Не применимо"])
def test_not_applicable_is_a_reason_in_either_alphabet(cell):
    assert parse_count(cell) is Reason.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("да", 1),
        ("Да", 1),
        ("ДА ", 1),
        ("нет", 0),
        ("Нет", 0),
        (1, 1),
        (0, 0),
        (1.0, 1),
        ("1", 1),
        (True, 1),
        (False, 0),
    ],
)
def test_reads_a_yes_or_no(cell, answer):
    assert parse_answer(cell) == answer


@pytest.mark.parametrize("cell", ["частично", 2, "2", "488", -1, 0.5, "да/нет", "есть", dt.date(2024, 1, 1), "45 %"])
def test_refuses_any_other_answer(cell):
    assert parse_answer(cell) == Fault("not-yes-no")


@settings(max_examples=200)
@given(
    st.integers(0, LARGEST), st.sampled_from(SPACES), st.sampled_from(SPACES), st.sampled_from(["", ",0", ".0", ",00"])
)
def test_every_usual_writing_of_a_count_is_that_count(number, before, after, tail):
    assert parse_count(f"{before}{number}{tail}{after}") == number
    assert parse_count(number) == parse_count(float(number)) == number


@settings(max_examples=200)
@given(st.integers(1000, LARGEST), st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"]))
def test_groups_of_three_are_one_number(number, space):
    assert parse_count(f"{number:,}".replace(",", space)) == number


@settings(max_examples=200)
@given(st.integers(0, 9999), st.integers(0, 9999))
def test_two_numbers_in_a_cell_are_never_joined_unless_they_are_groups(first, second):
    parsed = parse_count(f"{first} {second}")
    groups = 1 <= first <= 999 and len(str(second)) == 3
    assert parsed == (first * 1000 + second if groups else Fault("footnote-glued"))


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.dates(), st.none()))
def test_any_cell_gets_one_meaning_and_never_a_negative_or_huge_one(cell):
    for parse in (parse_count, parse_answer):
        parsed = parse(cell)
        assert isinstance(parsed, (int, Reason, Fault)) or parsed in (BLANK, DASH)
        assert not isinstance(parsed, bool)
        if isinstance(parsed, int):
            assert 0 <= parsed <= LARGEST
    assert isinstance(text_of(cell), str)


def test_tells_numbers_from_words_that_begin_as_one():
    assert is_numeric("12,5") and is_numeric(12) and is_numeric("45 %")
    assert not is_numeric("5–9 классы") and not is_numeric("н/д") and not is_numeric(None) and not is_numeric(True)
    assert begins_with_figure("10 чел.") and begins_with_figure("~40") and not begins_with_figure("сорок")
