"""Figures taken away as CSV and XLSX: the same cells, exact, empty where nobody gave anything, no formula."""

from __future__ import annotations

import csv
import io
import shutil
from decimal import Decimal

import openpyxl
import pytest
from excel_ru import opened

from proforient.analysis.coverage import coverages
from proforient.analysis.data_frame import of_records
from proforient.demo.districts import NYAZEPETROVSK
from proforient.documents.figures import HEAD, as_csv, as_xlsx, rows_of
from proforient.intake.periods import read_period
from proforient.store.store import Store


@pytest.fixture(scope="module")
def figures(filled, catalogue, tmp_path_factory):
    folder = shutil.copytree(filled, tmp_path_factory.mktemp("figures") / "data")
    store = Store.open(folder, catalogue)
    with store.read() as reader:
        one = {"territory": NYAZEPETROVSK, "indicator": "coverage", "cohort": "all"}
        found = coverages(reader, catalogue, "2022", **one)
        found += coverages(reader, catalogue, "2022", by="organisation", **one)
        names = {o.code: o.name for o in reader.organisations()}
    store.close()
    return of_records(found), catalogue, names


def cells(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_a_row_a_figure_with_whole_numbers_and_words(figures):
    data = as_csv(rows_of(*figures))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = cells(data)
    basic = next(r for r in rows if r["Уровень"] == "Основное" and not r["Организация"])
    assert (basic["Числитель"], basic["Знаменатель"], basic["Доля, %"], basic["План"]) == ("581", "830", "70", "80")
    assert (basic["Вердикт"], basic["Не хватает"]) == ("план не достигнут", "83")
    assert basic["Происхождение плана"] == "выдуман для демонстрации"
    nobody = next(r for r in rows if r["Уровень"] == "Дополнительное" and not r["Организация"])
    assert (nobody["Числитель"], nobody["Доля, %"]) == ("", ""), "what nobody gave is not 0"


def test_a_workbook_has_the_same_cells_as_numbers(figures):
    rows = rows_of(*figures)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows))).active
    written = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert tuple(written[0]) == HEAD and len(written) == len(rows) + 1
    for made, row in zip(written[1:], rows, strict=True):
        for cell, wanted in zip(made, row, strict=True):
            if isinstance(wanted, Decimal):
                assert cell == pytest.approx(float(wanted))
            else:
                assert cell == (wanted if wanted != "" else None)


@pytest.mark.parametrize("name", ["=1+1", "+7", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_name_becomes_a_formula(figures, name):
    found, catalogue, _ = figures
    own = found[(found["organisation"] != "") & found["share"].notna()].head(1).assign(organisation="x")
    rows = rows_of(own, catalogue, {"x": name})
    assert cells(as_csv(rows))[0]["Организация"].startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows)))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


@pytest.mark.parametrize("code", ["2024-1", "2024-2"])
def test_a_half_year_is_a_text_and_understood_again(figures, code):
    found, catalogue, names = figures
    rows = rows_of(found.head(3).assign(period=code), catalogue, names)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows)))
    for cell, written in zip(book.active["A"][1:], cells(as_csv(rows)), strict=True):
        assert cell.data_type == "s" and read_period(cell.value) == code
        assert opened(written["Период"])[0] == "text" and read_period(written["Период"]) == code
