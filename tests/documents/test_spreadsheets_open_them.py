"""What Russian Excel makes of every cell that the program writes, by a model of it."""

from __future__ import annotations

import csv
import io

import pytest
from excel_ru import alike, opened, shown
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proforient.documents.tables import csv_text
from proforient.wording import from_text

TURNED = [
    *("1.1", "1.12", "31.12", "12.2024", "2024-1", "1-2", "1/2", "3 1/2", "01.02.2024", "1.2.3", "мар.24", "5 мая"),
    *("май 2024", "Sep 5", "1E5", "2е3", "007", "0274000001", "123456789012", "12345678901234567", "12:30", "(5)"),
    *("=1+1", "+7", "-5", "@SUM(A1)", "\t=1", " =1+1", "ИСТИНА", "true", "#Н/Д", "#REF!", "5 ₽", "5р.", "$5", "1 - 2"),
    *("-", "'1.1", "''=1", "−5", "1,5E3", "12-05", "10–11", "1 000 000 000 000"),
]
LEFT = [
    *("Школа № 5", "№ 1.1", "первое полугодие 2024 года", "2021/2022", "2023", "1 056", "45,3", "45,3 %", "70 %"),
    *("15 марта 2024 года", "СОШ 12", "д. Мартовка, 5", "МБОУ «Лицей № 1»", "нет", "2024-03-15", "", "н/д", "7б класс"),
]


def cell_of(text):
    line = csv_text(["a"], [[text]]).partition("\r\n")[2]
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=";"), [""])[0]


@pytest.mark.parametrize("text", TURNED)
def test_a_text_that_excel_would_turn_into_something_stays_a_text(text):
    cell = cell_of(text)
    assert alike(text, cell), (cell, opened(cell))
    assert from_text(cell) == text


@pytest.mark.parametrize("text", LEFT)
def test_a_text_that_excel_leaves_alone_is_written_as_it_is(text):
    assert cell_of(text) == text and alike(text, text)


FIGURES = st.text(alphabet="0123456789.,-/: %()+eEрг'=майянв№#", max_size=12)
PRINTED = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20)


@example("0,0")
@example("12,50 %")
@settings(max_examples=1500, deadline=None)
@given(st.one_of(FIGURES, PRINTED))
def test_any_text_is_shown_as_it_stood_and_read_back(text):
    cell = cell_of(text)
    assert alike(text, cell), (cell, shown(cell))
    assert from_text(cell) == text


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\x0b", "\x85", "\u2028"])
def test_a_line_end_of_any_kind_stays_inside_its_cell(end):
    assert cell_of(f"a{end}=1{end}b") == "a\n=1\nb"
    assert cell_of(f"a\x00\x1ab{end}").startswith("ab")
