"""The refused file given back: the same cells, the faults marked, nothing a formula, and read again once mended."""

from __future__ import annotations

import datetime as dt
import io
import pickle
import zipfile

import openpyxl
import pytest
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from thinned import thinned

from proforient.catalogue.read import read_catalogue
from proforient.documents import form
from proforient.documents.losses import losses_of
from proforient.documents.marking import OURS, work
from proforient.documents.reply_workbook import FINDINGS, FIXED, file_name, returned
from proforient.errors import Refused
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
    return openpyxl.load_workbook(io.BytesIO(returned(reading, screening, data))), screening


def marked(sheet):
    """The cells over which a format of ours lies, by the colour that it gives."""
    found = {}
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if rule.formula == [OURS]:
                found |= dict.fromkeys(str(area.sqref).split(), rule.dxf.fill.bgColor.rgb)
    return found


def test_faulty_cells_are_coloured_and_say_what_to_do():
    text = HEAD + "Школа № 5;Охват мероприятиями;Начальное;65;60\nШкола № 5;Охват мероприятиями;Основное;ок. 18;70\n"
    book, screening = opened("отчёт.csv", text.encode("cp1251"))
    sheet = book["Таблица"]
    places = {"D2": "numerator-above-denominator", "D3": "not-a-number"}
    for place, code in places.items():
        kind = next(f for f in screening.findings if f.code == code)
        assert kind.message in sheet[place].comment.text and kind.to_do in sheet[place].comment.text
    assert marked(sheet).keys() == places.keys()
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


@pytest.mark.parametrize("text", thinned(HOSTILE))
def test_a_text_never_becomes_a_formula(text):
    data = HEAD + f"Школа № 5;Охват мероприятиями;Начальное;{text};60\n{text};Охват мероприятиями;Основное;5;70\n"
    book, _ = opened("отчёт.csv", data.encode())
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@example([["\ufffe\uffff"]])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_table_can_be_given_back(rows):
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    data = ("\ufeff" + HEAD + "\n".join(lines)).encode("utf-8", "replace")
    reading, screening = checked("любой.csv", data)
    if reading.sheets:
        with pytest.MonkeyPatch.context() as patch:  # sixty processes would take a minute
            patch.setattr(
                "proforient.documents.reply_workbook.made_apart", lambda job: work(pickle.loads(pickle.dumps(job)))
            )
            book = openpyxl.load_workbook(io.BytesIO(returned(reading, screening, data)))
        assert FINDINGS in book.sheetnames


def test_a_name_is_found_for_what_comes_back():
    assert file_name("отчёт школы.csv") == "отчёт школы, с замечаниями.xlsx"
    assert file_name("без конца") == "без конца, с замечаниями.xlsx"


def as_xls(rows):
    book, out = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("Лист1")
    for line, row in enumerate(rows):
        for at, cell in enumerate(row):
            page.write(line, at, cell)
    book.save(out)
    return out.getvalue()


def as_ods(rows):
    book, out = OpenDocumentSpreadsheet(), io.BytesIO()
    table = Table(name="Лист1")
    for row in rows:
        line = TableRow()
        for cell in row:
            numeric = isinstance(cell, int)
            kind = {"valuetype": "float", "value": cell} if numeric else {"valuetype": "string"}
            place = TableCell(**kind)
            place.addElement(P(text=str(cell)))
            line.addElement(place)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(out)
    return out.getvalue()


def own_workbook():
    """A school's own workbook with all that a clerk has put into it over the years."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Наш отчёт"
    page.append(["Организация", "Показатель", "Уровень", "Числитель", "Знаменатель", "Всего"])
    page.append(["Школа № 5", "Охват мероприятиями", "Начальное", 65, 60, "=D2+E2"])
    page.append(["Школа № 5", "Охват мероприятиями", "Основное", 18, 70, "=D3+E3"])
    page["B2"].fill = PatternFill(fgColor="FFFFCC00", fill_type="solid")
    page["E3"].number_format = "# ##0"
    page["E2"].comment = Comment("сверить с журналом", "Завуч")
    page.column_dimensions["B"].width = 44
    page.row_dimensions[2].height = 31
    page.freeze_panes = "B2"
    page.conditional_formatting.add("D2:D9", CellIsRule(operator="greaterThan", formula=["100"], font=Font(bold=True)))
    choice = DataValidation(type="list", formula1='"Начальное,Основное"')
    choice.add("C2:C9")
    page.add_data_validation(choice)
    notes = book.create_sheet("Для себя")
    notes["A1"] = "=SUM('Наш отчёт'!D2:D3)"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_schools_own_workbook_keeps_its_look():
    book, screening = opened("наш.xlsx", own_workbook())
    assert any(f.code == "numerator-above-denominator" for f in screening.findings)
    page = book["Наш отчёт"]
    assert "D2" in marked(page) and "Что сделать" in page["D2"].comment.text
    assert page["B2"].fill.fgColor.rgb == "FFFFCC00" and page["E3"].number_format == "# ##0"
    assert page["E2"].comment.text.startswith("сверить с журналом")
    assert (page.column_dimensions["B"].width, page.row_dimensions[2].height, page.freeze_panes) == (44, 31, "B2")
    assert page["F2"].value == "=D2+E2" and book["Для себя"]["A1"].value == "=SUM('Наш отчёт'!D2:D3)"
    assert [(str(v.sqref), v.formula1) for v in page.data_validations.dataValidation] == [
        ("C2:C9", '"Начальное,Основное"')
    ]
    own = [rule for area in page.conditional_formatting for rule in area.rules if rule.formula == ["100"]]
    assert len(own) == 1 and own[0].dxf.font.b
    last = [cell.value for cell in list(book[FINDINGS].rows)[-1]]
    assert not any("не сохранилось" in str(cell) for cell in last)


def test_returned_again_it_carries_only_the_newest_marks():
    book, _ = opened("наш.xlsx", own_workbook())
    book["Наш отчёт"]["D2"] = 56
    book["Наш отчёт"]["D3"] = 71
    out = io.BytesIO()
    book.save(out)
    again, _ = opened("наш, с замечаниями.xlsx", out.getvalue())
    page = again["Наш отчёт"]
    assert "D3" in marked(page) and "D2" not in marked(page) and page["D2"].comment is None
    assert page["E2"].comment.text == "сверить с журналом"
    assert again.sheetnames == ["Наш отчёт", "Для себя", FINDINGS, FIXED]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_another_kind_of_workbook_says_that_its_look_stayed_behind(ending):
    rows = [["Организация", "Показатель", "Уровень", "Числитель", "Знаменатель"]]
    rows += [["Школа № 5", "Охват мероприятиями", "Начальное", 65, 60]]
    book, _ = opened(f"наш.{ending}", {"xls": as_xls, "ods": as_ods}[ending](rows))
    said = [str(cell.value) for row in book[FINDINGS].rows for cell in row]
    assert any(f"Файл {ending.upper()} переложен" in cell for cell in said)
    csv_book, _ = opened("наш.csv", "\n".join(";".join(map(str, row)) for row in rows).encode())
    assert not any("переложен" in str(cell.value) for row in csv_book[FINDINGS].rows for cell in row)


NEWER_LIST = (
    b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557-97BC-4b89-'
    b'ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1"><x14:dataValidation type="list"/></x14:dataValidations></ext>'
    b"</extLst></worksheet>"
)


def test_what_could_not_be_kept_is_named():
    source = own_workbook()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(name, inside.replace(b"</worksheet>", NEWER_LIST) if name.endswith("sheet1.xml") else inside)
    book, _ = opened("наш.xlsx", out.getvalue())
    said = [str(cell.value) for cell in list(book[FINDINGS].rows)[-1]]
    assert any("не сохранилось: выпадающие списки новых видов. " in f"{cell} " for cell in said), said
    with zipfile.ZipFile(out, "a") as more:
        more.writestr("xl/media/image1.png", b"x")
        more.writestr("xl/charts/chart1.xml", b"<c/>")
    assert losses_of(out.getvalue(), source) == ["рисунки", "диаграммы", "выпадающие списки новых видов"]


def test_a_workbook_that_cannot_be_written_again_comes_back_as_its_table(monkeypatch):
    """The openpyxl of the child refuses what Excel and the intake read."""
    source = own_workbook()
    reading, screening = checked("наш.xlsx", source)
    broken = source.replace(b"[Content_Types].xml", b"[Content_Typos].xml")
    book = openpyxl.load_workbook(io.BytesIO(returned(reading, screening, broken)))
    assert "D2" in marked(book["Наш отчёт"])
    assert any("не удалось записать заново" in str(cell.value) for row in book[FINDINGS].rows for cell in row)
    monkeypatch.setattr("proforient.documents.reply_workbook.SECONDS", 0.01)
    with pytest.raises(Refused, match="слишком велик"):
        returned(reading, screening, source)


def test_a_protected_form_lets_its_faulty_cells_be_mended():
    book = openpyxl.load_workbook(io.BytesIO(form.form(CATALOGUE, SCHOOL, PERIOD)))
    sheet = book.active
    row = next(row for row in sheet.iter_rows(min_row=6) if any(not c.protection.locked for c in row))
    closed = next(c for c in row if c.column > 2 and c.protection.locked)
    closed.value = 12
    out = io.BytesIO()
    book.save(out)
    back, _ = opened("бланк.xlsx", out.getvalue())
    page = back[sheet.title]
    assert page.protection.sheet and not page[closed.coordinate].protection.locked
    assert closed.coordinate in marked(page)


def test_wrapped_texts_have_the_room_that_they_need():
    """Asked of our form and of the lists: a row without a height of its own is cut by some programs."""
    blank = openpyxl.load_workbook(io.BytesIO(form.form(CATALOGUE, SCHOOL, PERIOD)))
    back, _ = opened("отчёт.csv", (HEAD + "Школа № 5;Охват мероприятиями;Начальное;65;60\n").encode())
    for page in (blank.active, back[FINDINGS]):
        wrapped = 0
        for cell in (cell for row in page.iter_rows() for cell in row):
            if isinstance(cell.value, str) and cell.alignment.wrap_text:
                room = page.column_dimensions[cell.column_letter].width or 15
                needed = 14 * -(-len(cell.value) // int(room))
                assert (page.row_dimensions[cell.row].height or 15) >= needed, (page.title, cell.coordinate)
                wrapped += needed > 14
        assert wrapped >= 2
