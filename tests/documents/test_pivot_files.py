"""A table to take away: numbers are numbers, nothing is empty, and no text is a formula."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl

from proforient.documents.pivot import pivot_csv, pivot_xlsx

HEAD = ["Организации", "2022 год", "=1+1"]
ROWS = [["=cmd|' /C calc'!A0", Decimal("70.5"), None], ["2024-1", 0, "не применимо"]]


def test_cells_stay_what_they_are():
    sheet = openpyxl.load_workbook(io.BytesIO(pivot_xlsx("Охват", HEAD, ROWS))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [["Охват", None, None], HEAD, [ROWS[0][0], 70.5, None], ["2024-1", 0, "не применимо"]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    text = pivot_csv(HEAD, ROWS).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["'=cmd|' /C calc'!A0;70,5;", "'2024-1;0;не применимо"]
