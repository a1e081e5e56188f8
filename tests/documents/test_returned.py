"""The refused file given back: the same cells, the faults marked, nothing a formula, and read again once mended."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.catalogue.read import read_catalogue
from proforient.documents import form
from proforient.documents.returned import FINDINGS, FIXED, file_name, returned
from proforient.intake.model import Known
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Organisation, Period
from proforient.settings import ROOT

CATALOGUE = read_catalogue(ROOT / "indicators.toml")
SCHOOL = Organisation(
    code="s5", name="Школа № 5", kind="school", levels=("primary", "basic", "secondary", "whole"),
    territory="Край / Район",
)  # fmt: skip
PERIOD = Period(
    code="2024", kind="year", starts=dt.date(2024, 1, 1), ends=dt.date(2024, 12, 31), closes=dt.date(2025, 2, 1),
    state="open", territory=None, catalogue=CATALOGUE.code, version=CATALOGUE.version,
)  # fmt: skip
KNOWN = Known(period=PERIOD, organisations={"s5": SCHOOL})
HEAD = "Организация;Показатель;Уровень;Числитель;Знаменатель\n"


def checked(name, data):
    reading = read_bytes(name, data)
    return reading, screen(reading, CATALOGUE, KNOWN)


def opened(name, data):
    reading, screening = checked(name, data)
    return openpyxl.load_workbook(io.BytesIO(returned(reading, screening))), screening


def test_faulty_cells_are_coloured_and_say_what_to_do():
    text = HEAD + "Школа № 5;Охват мероприятиями;Начальное;65;60\nШкола № 5;Охват мероприятиями;Основное;ок. 18;70\n"
    book, screening = opened("отчёт.csv", text.encode("cp1251"))
    sheet = book["Таблица"]
    places = {"D2": "numerator-above-denominator", "D3": "not-a-number"}
    for place, code in places.items():
        kind = next(f for f in screening.findings if f.code == code)
        assert kind.message in sheet[place].comment.text and kind.to_do in sheet[place].comment.text
        assert sheet[place].fill.fgColor.rgb != sheet["E2"].fill.fgColor.rgb
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == set(places)
    listed = [[cell.value for cell in row] for row in book[FINDINGS].iter_rows(min_row=2)]
    assert {(row[1], row[2]) for row in listed} >= {(2, "Числитель"), (3, "Числитель")}
    assert len(listed) == len(screening.findings)


def test_mended_it_is_taken_without_a_word():
    text = HEAD + "Школа № 5;Охват мероприятиями;Начальное;65;60\n"
    book, _ = opened("отчёт.csv", text.encode())
    book["Таблица"]["D2"] = 56
    out = io.BytesIO()
    book.save(out)
    _, again = checked("отчёт, с замечаниями.xlsx", out.getvalue())
    assert again.acceptable, again.findings
    assert {v.cell.count: v.number for v in again.values} == {"covered": 56, "pupils": 60}


def test_our_own_form_comes_back_as_a_form():
    book = openpyxl.load_workbook(io.BytesIO(form.form(CATALOGUE, SCHOOL, PERIOD)))
    sheet = book.active
    cell = next(c for row in sheet.iter_rows(min_row=6, min_col=3) for c in row if not c.protection.locked)
    cell.value = "около 40"
    out = io.BytesIO()
    book.save(out)
    back, screening = opened("бланк.xlsx", out.getvalue())
    assert screening.layout == "form" and not screening.acceptable
    back[sheet.title][cell.coordinate] = 40
    out = io.BytesIO()
    back.save(out)
    _, again = checked("бланк.xlsx", out.getvalue())
    assert again.layout == "form" and again.acceptable and [v.number for v in again.values] == [40]


def test_what_was_understood_by_itself_is_listed():
    text = HEAD + "Итоги мониторинга\nШкола № 5;Охват мероприятиями;Начальное;1 056;1 060,0\nИтого;;;1056;1060\n"
    book, _ = opened("отчёт.csv", text.encode())
    rows = [[cell.value for cell in row] for row in book[FIXED].iter_rows(min_row=2)]
    assert [row[2] for row in rows if row[1]] == ["1 056", "1 060,0"]
    assert any("строка не взята" in row[3] for row in rows)


HOSTILE = ["=1+1", "+79", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "{=1}", "=cmd|'/c calc'!A1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_never_becomes_a_formula(text):
    data = HEAD + f"Школа № 5;Охват мероприятиями;Начальное;{text};60\n{text};Охват мероприятиями;Основное;5;70\n"
    book, _ = opened("отчёт.csv", data.encode())
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_table_can_be_given_back(rows):
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    reading, screening = checked("любой.csv", ("﻿" + HEAD + "\n".join(lines)).encode("utf-8", "replace"))
    if reading.sheets:
        book = openpyxl.load_workbook(io.BytesIO(returned(reading, screening)))
        assert FINDINGS in book.sheetnames


def test_a_name_is_found_for_what_comes_back():
    assert file_name("отчёт школы.csv") == "отчёт школы, с замечаниями.xlsx"
    assert file_name("без конца") == "без конца, с замечаниями.xlsx"
