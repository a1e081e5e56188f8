"""The list of counts: what we hand out comes back without a question, whatever the organisation is called."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from excel_ru import opened, shown
from openpyxl import load_workbook

from proforient.catalogue.read import read_catalogue
from proforient.demo.districts import organisations
from proforient.documents.form import counts_csv, file_name, form
from proforient.documents.form_beside import notes_for
from proforient.documents.reply_workbook import returned
from proforient.intake.checks.missing_counts import asked_of
from proforient.intake.limits import letters
from proforient.intake.model import Known
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.intake.sums import needed_of
from proforient.monitoring import Cell, Contingent, Organisation, Period
from proforient.settings import ROOT
from proforient.wording import NB

PERIOD = Period(
    code="2023", kind="year", starts=dt.date(2023, 1, 1), ends=dt.date(2023, 12, 31), closes=dt.date(2024, 3, 1),
    state="open", territory=None, catalogue="proforient", version="1",
)  # fmt: skip
_OFFICE = shutil.which("soffice")
CALC = bool(_OFFICE) and (Path(_OFFICE).resolve().parent / "libsclo.so").exists()  # its other parts may stand alone


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(ROOT / "indicators.toml")


def known(*whose):
    return Known(period=PERIOD, organisations={o.code: o for o in whose})


def named(name, **more):
    fields = {"code": "s1", "kind": "school", "levels": ("primary", "basic", "whole"), "territory": "Край / Район"}
    return Organisation(name=name, **{**fields, **more})


def errors(screening):
    return [f for f in screening.findings if f.severity == "error"]


@pytest.mark.parametrize("organisation", organisations(), ids=lambda o: o.code)
def test_every_asked_cell_has_one_row_in_the_csv_and_an_empty_list_asks_nothing(catalogue, organisation):
    data = counts_csv(catalogue, organisation, PERIOD)
    assert data.startswith(b"\xef\xbb\xbf")
    found = screen(read_bytes("list.csv", data), catalogue, known(organisation), organisation=organisation.code)
    assert len(data.decode("utf-8-sig").splitlines()) - 1 == len(list(asked_of(catalogue, organisation, PERIOD)))
    assert found.unanswered == ()
    assert found.values == ()


def tips(catalogue, organisation):
    """What a spreadsheet shows beside each cell, by the codes of its row and column."""
    (page,) = load_workbook(io.BytesIO(form(catalogue, organisation, PERIOD))).worksheets
    found = {}
    for rule in page.data_validations.dataValidation:
        for cell in (page[str(area)] for area in rule.sqref.ranges):
            level = page.cell(5, cell.column).value.partition("/")[0]
            found[page.cell(cell.row, 1).value, level] = (rule.prompt or "").replace(NB, " ")
    return found


def test_a_cell_says_on_which_day_by_which_form_and_whom_once(catalogue):
    school = tips(catalogue, named("Школа", levels=("preschool", "primary", "whole")))
    garden = tips(catalogue, named("Сад", kind="preschool", levels=("preschool", "whole")))
    assert school["pupils", "primary"].startswith("На 20 сентября. ФСН ОО-1")
    # The groups of a kindergarten that a school runs stand in the kindergartens' form.
    days = [tip.partition(".")[0] for tip in (school["pupils", "preschool"], garden["pupils", "preschool"])]
    assert days == ["На 31 декабря"] * 2
    assert school["teachers", "whole"].startswith("На 20") and garden["teachers", "whole"].startswith("На 31")
    assert "учитывается один раз" in school["covered", "primary"] and "На" not in school["covered", "primary"]
    assert max(map(len, (school | garden).values())) <= 255


def filled_csv(data):
    """The list with a 7 or «да» in every cell."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(rows[0])
    writer.writerows([*row[:-1], "0"] for row in rows[1:])
    return out.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("name", ["Школа «Речная»", "=СУММ(1;2)", "МБОУ «СОШ № 5; им. А. Б. Вгдеева»", "<b>&"])
def test_a_filled_csv_gives_exactly_the_asked_cells(catalogue, name):
    organisation = named(name)
    data = filled_csv(counts_csv(catalogue, organisation, PERIOD))
    found = screen(read_bytes("list.csv", data), catalogue, known(organisation))
    assert {v.cell for v in found.values} == set(needed_of(catalogue, organisation, PERIOD))
    assert {v.organisation for v in found.values} == {"s1"}
    assert not any(line.startswith(("=", "+", "-", "@")) for line in data.decode("utf-8-sig").splitlines())


def fill(workbook, answers):
    """The workbook with answers typed into its empty cells; keys: code of the count, code of the column."""
    (sheet,) = read_bytes("form.xlsx", workbook).sheets
    codes = {cell: column for column, cell in enumerate(sheet.rows[4].cells, 1) if cell}
    rows = {row.cells[0]: row.number for row in sheet.rows[5:] if row.cells}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            if entry.endswith("sheet1.xml"):
                for (count, column), value in answers.items():
                    where = f"{letters(codes[column])}{rows[count]}"
                    typed = f'<c r="{where}" t="str"><v>{value}</v></c>'
                    text, times = re.subn(rf'<c r="{where}" s="\d+"/>'.encode(), typed.encode(), text)
                    assert times == 1, where
            new.writestr(entry, text)
    return out.getvalue()


def test_an_empty_form_is_recognised_and_says_nothing(catalogue):
    organisation = named("Школа «Речная»")
    found = screen(read_bytes("form.xlsx", form(catalogue, organisation, PERIOD)), catalogue, known(organisation))
    assert found.layout == "form"
    assert found.values == ()
    assert found.unanswered == ()


def test_the_form_names_organisation_period_and_sample_in_three_cells(catalogue):
    reading = read_bytes("form.xlsx", form(catalogue, named("Школа"), PERIOD))
    (sheet,) = reading.sheets
    assert dict(sheet.names) == {"pf_organisation": "s1", "pf_period": "2023", "pf_form": "1"}


def test_a_filled_form_gives_the_numbers_at_their_places(catalogue):
    organisation = named("Школа «Речная»")
    answers = {("pupils", "primary/all"): 60, ("covered", "primary/all"): 55, ("page", "whole/all"): "да"}
    data = fill(form(catalogue, organisation, PERIOD), answers)
    found = screen(read_bytes("form.xlsx", data), catalogue, known(organisation), organisation="s1")
    assert errors(found) == []
    assert {v.cell: v.number for v in found.values} == {
        Cell("pupils", "primary", "all"): 60,
        Cell("covered", "primary", "all"): 55,
        Cell("page", "whole", "all"): 1,
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Школа «Речная»", "Бланк, Школа Речная, Район, 2023.xlsx"),
        ('МБОУ "СОШ № 5"', "Бланк, МБОУ СОШ N 5, Район, 2023.xlsx"),
        ("../../etc/passwd", "Бланк, etc passwd, Район, 2023.xlsx"),
        ("???", "Бланк, s1, Район, 2023.xlsx"),
        ("Школа " * 80, "Бланк, " + " ".join(["Школа"] * 6) + " Школ, Район, 2023.xlsx"),
    ],
)
def test_a_file_name_is_one_that_windows_takes(name, expected):
    assert file_name(named(name), PERIOD, "xlsx") == expected


HALVES = {
    "2024-1": (dt.date(2024, 1, 1), dt.date(2024, 6, 30)),
    "2024-2": (dt.date(2024, 7, 1), dt.date(2024, 12, 31)),
}


@pytest.mark.parametrize("code", ["2023", "2024-1", "2024-2", "2021/2022", "2024-03-15"])
def test_the_csv_saved_again_by_excel_is_of_the_same_period(catalogue, code):
    period = replace(PERIOD, code=code)
    if code in HALVES:
        starts, ends = HALVES[code]
        period = replace(period, kind="half_year", starts=starts, ends=ends)
    organisation = named("1.1")
    rows = list(csv.reader(io.StringIO(counts_csv(catalogue, organisation, period).decode("utf-8-sig")), delimiter=";"))
    saved = "\r\n".join(";".join(_saved(cell) for cell in [*row[:-1], row[-1] or "0"]) for row in rows)
    whose = Known(period=period, organisations={organisation.code: organisation})
    found = screen(read_bytes("list.csv", saved.encode("cp1251")), catalogue, whose)
    assert found.period == code and {v.organisation for v in found.values} == {"s1"} and not errors(found)
    typed, _ = typed_by_hand(form(catalogue, GRADES, period), STAGES)
    whose = Known(period=period, organisations={"s1": GRADES})
    found = screen(read_bytes("form.xlsx", typed), catalogue, whose, organisation="s1")
    assert found.period == code and len(found.values) == len(STAGES) + 1 and not errors(found)
    assert code in texts_of(typed)
    unsaid = ";".join(rows[0]) + f"\r\n1.1;{code};Нет такого;;;5\r\n"
    reading = read_bytes("list.csv", unsaid.encode())
    given_back = returned(reading, screen(reading, catalogue, whose), unsaid.encode())
    assert code in texts_of(given_back), "a file that is given back with its faults marked"


def texts_of(data):
    """The texts of a workbook; none of its cells is a day."""
    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.is_date]
    return [cell.value for cell in cells if cell.data_type == "s"]


def _saved(cell):
    """What Excel writes back: what it shows, in quotation marks where it must."""
    text = cell if opened(cell)[0] == "text" else shown(cell)
    return f'"{text}"' if ";" in text else text


def test_earlier_and_known_numbers_stand_in_grey_and_are_never_read_back(catalogue, tmp_path):
    organisation = named("Школа «Речная»")
    pupils, covered = Cell("pupils", "primary", "all"), Cell("covered", "primary", "all")
    told = Known(
        period=replace(PERIOD, previous="2022"),
        organisations={"s1": organisation},
        past={("s1", pupils): 54, ("s1", covered): 38, ("other", covered): 7},
        contingent=(Contingent(period="2023", organisation="s1", cell=pupils, number=60, source="ОО-1"),),
    )
    data = form(catalogue, organisation, PERIOD, beside=notes_for(told, "s1", None, "https://pf.example.ru"))
    empty = screen(read_bytes("form.xlsx", data), catalogue, known(organisation), organisation="s1")
    assert empty.layout == "form" and empty.values == () and empty.unanswered == ()
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, explained = book["Бланк"], book["Как заполнить"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=6) if row[0].value != "pf-beside"}
    grey = [[cell.value for cell in row if cell.value] for row in sheet.iter_rows() if row[0].value == "pf-beside"]
    assert grey == [["pf-beside", "было 54; известно 60", "pf-beside"], ["pf-beside", "было 38", "pf-beside"]]
    said = " ".join(str(row[0].value) for row in explained.iter_rows())
    assert "Сдать до 1 марта 2024 года" in said.replace("\u00a0", " ") and "https://pf.example.ru" in said
    rules = [r.formula[0] for some in sheet.conditional_formatting for r in some.rules]
    where = f"${rows['covered'][2].coordinate[0]}${rows['covered'][2].row}>$C${rows['pupils'][2].row}"
    assert any(where in rule for rule in rules)
    rows["pupils"][2].value, rows["covered"][2].value = 60, 55
    book.save(tmp_path / "form.xlsx")
    found = screen(
        read_bytes("form.xlsx", (tmp_path / "form.xlsx").read_bytes()),
        catalogue,
        known(organisation),
        organisation="s1",
    )
    assert {v.cell: v.number for v in found.values} == {pupils: 60, covered: 55}
    assert [f.code for f in found.findings if f.severity != "note"] == []


STAGES = dict(zip(("primary", "basic", "secondary"), (40, 50, 12), strict=True))
GRADES = named("Школа", levels=(*STAGES, "grades-1-11", "whole"))
WHOLE = Cell("pupils", "grades-1-11", "all")


def typed_by_hand(data, numbers, called="Бланк"):
    """The pupils of the stages typed in, saved by a program that computes no formula; ``called``: the sheet."""
    book = load_workbook(io.BytesIO(data))
    sheet = book["Бланк"]
    columns = {cell.value: cell.column for cell in sheet[5]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=6) if row[0].value == "pupils")
    for level, number in numbers.items():
        sheet.cell(row, columns[f"{level}/all"]).value = number
    sheet.title = called
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), sheet.cell(row, columns["grades-1-11/all"])


def saved_by_libreoffice(data, folder, ending):
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "form.xlsx").write_bytes(data)
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    call = ["soffice", "--headless", home, "--convert-to", ending, "--outdir", folder, folder / "in" / "form.xlsx"]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    return (folder / f"form.{ending}").read_bytes()


@pytest.mark.skipif(not CALC, reason="LibreOffice with its Calc is not installed")
def test_limits_and_red_cells_are_what_libreoffice_computes_them_to_be(catalogue, tmp_path):
    book = load_workbook(io.BytesIO(form(catalogue, GRADES, PERIOD)))
    sheet = book["Бланк"]
    columns = {cell.value: cell.column for cell in sheet[5]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=6)}

    def at(count, level):
        return sheet.cell(rows[count], columns[f"{level}/all"])

    for level, pupils, covered in (("primary", 40, 50), ("basic", 50, 45), ("secondary", None, 3)):
        at("pupils", level).value, at("covered", level).value = pupils, covered
    red = [(str(some.sqref), rule.formula[0]) for some in sheet.conditional_formatting for rule in some.rules]
    limits = {str(one.sqref): one for one in sheet.data_validations.dataValidation if one.type in ("custom", "list")}
    ruled = {where for where, _ in red}
    free = [where for where, one in limits.items() if one.type == "custom" and where not in ruled]
    typed = dict(zip(free, (0, 12.5, -3, "н/д", "х", "много", "12"), strict=False))
    for where, text in typed.items():
        sheet[where].value = text
    asked = [*red, *((where, limits[where].formula1) for where in (*typed, at("pupils", "basic").coordinate))]
    for line, (_, formula) in enumerate(asked, start=1):
        sheet.cell(300 + line, 2).value = f"={formula.removeprefix('=')}"
    out = io.BytesIO()
    book.save(out)
    told = load_workbook(io.BytesIO(saved_by_libreoffice(out.getvalue(), tmp_path, "xlsx")), data_only=True)["Бланк"]
    found = [(where, told.cell(300 + line, 2).value is True) for line, (where, _) in enumerate(asked, start=1)]
    wrong = {where for where, broken in found[: len(red)] if broken}
    assert wrong == {at("covered", "primary").coordinate, at("pupils", "primary").coordinate}
    allowed = [right for _, right in found[len(red) :]]
    assert dict(zip(typed.values(), allowed, strict=False)) == {
        0: True, 12.5: False, -3: False, "н/д": True, "х": True, "много": False, "12": False
    }  # fmt: skip
    assert len(allowed) == 8 and allowed[-1]
    answers = [one for one in limits.values() if one.type == "list"]
    assert answers and all(
        one.formula1 == '"да,нет,н/д,х"' and one.showErrorMessage for one in limits.values() if one in answers
    )


def understood(catalogue, name, data):
    return screen(read_bytes(name, data), catalogue, known(GRADES), organisation="s1")


def test_a_sum_is_not_asked_whichever_program_saved_the_form(catalogue, tmp_path):
    handed_out = form(catalogue, GRADES, PERIOD)
    assert understood(catalogue, "form.xlsx", handed_out).values == ()
    typed, cell = typed_by_hand(handed_out, STAGES)
    assert cell.protection.locked and cell.value.startswith("=IF(") and WHOLE not in asked_of(catalogue, GRADES, PERIOD)
    saved = {"form.xlsx": typed}
    if CALC:
        saved |= {f"form.{ending}": saved_by_libreoffice(typed, tmp_path, ending) for ending in ("ods", "xlsx")}
    for name, data in saved.items():
        found = understood(catalogue, name, data)
        assert errors(found) == [] and "half-pair" not in {f.code for f in found.findings}
        told = {v.cell: (v.number, v.place[1:]) for v in found.values}
        assert told[WHOLE] == (102, (cell.row, cell.column_letter)) and len(told) == 4
    (lacking,) = (f for f in found.findings if f.code == "missing-counts")
    asked = list(asked_of(catalogue, GRADES, PERIOD))
    assert f"нет {len(asked) - 3} чисел из {len(asked)}" in lacking.message.replace("\u00a0", " ")


def test_a_sum_that_stands_in_a_file_is_believed_unless_it_contradicts(catalogue):
    handed_out = form(catalogue, GRADES, PERIOD)
    older, _ = typed_by_hand(handed_out, STAGES | {"grades-1-11": 102})
    assert errors(understood(catalogue, "form.xlsx", older)) == []
    wrong, _ = typed_by_hand(handed_out, STAGES | {"grades-1-11": 100})
    (told,) = errors(understood(catalogue, "form.xlsx", wrong))
    assert told.code == "rule-error" and "40 + 50 + 12 = 102, а должно быть равно 100" in told.message
    renamed, _ = typed_by_hand(handed_out, STAGES, called="Школа 2023 (2)")
    assert errors(understood(catalogue, "form.xlsx", renamed)) == []
    assert len(understood(catalogue, "form.xlsx", renamed).values) == 4
    alone, _ = typed_by_hand(handed_out, {"grades-1-11": 100})  # as a table has it that knows no stages
    assert [v.number for v in understood(catalogue, "form.xlsx", alone).values] == [100]


@pytest.mark.parametrize(
    ("numbers", "comes"),
    [
        (STAGES, [102]),
        (STAGES | {"secondary": "х"}, [90]),  # what does not apply adds nothing
        (STAGES | {"secondary": "н/д"}, ["no_data"]),
        (dict.fromkeys(STAGES, "х"), ["not_applicable"]),
        ({"primary": 40, "basic": 50}, []),
    ],
)
def test_a_sum_comes_from_all_its_parts_or_not_at_all(catalogue, numbers, comes):
    data, _ = typed_by_hand(form(catalogue, GRADES, PERIOD), numbers)
    values = [v for v in understood(catalogue, "form.xlsx", data).values if v.cell == WHOLE]
    assert [v.reason.value if v.reason else v.number for v in values] == comes


def test_one_part_corrected_in_a_table_moves_the_sum_with_what_stands_already(catalogue):
    data = (
        "Организация;Период;Показатель;Уровень;Категория;Значение\nШкола;2023;Всего обучающихся;Начальное;Все дети;45\n"
    )
    before = {Cell("pupils", level, "all"): number for level, number in STAGES.items()} | {WHOLE: 102}
    whose = Known(period=PERIOD, organisations={"s1": GRADES}, current={("s1", k): n for k, n in before.items()})
    found = screen(read_bytes("list.csv", data.encode()), catalogue, whose, organisation="s1")
    assert {v.cell.level: (v.number, v.place.column) for v in found.values} == {
        "primary": (45, "Значение"),
        "grades-1-11": (107, ""),
    }
    assert errors(found) == []
