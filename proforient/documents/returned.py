"""A refused file given back: the same table with the faulty cells coloured and commented, and what was found as a list.

In: the reading and its screening. Out: an XLSX that the intake reads again once the cells are mended. Texts of the
file are written as texts, never as formulas; of personal data nothing is left, for such a reading is not kept.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.utility import xl_rowcol_to_cell

from proforient.intake.model import CellValue, Finding, Reading, Screening, Sheet, SheetRow
from proforient.intake.places import column_of, heads_of
from proforient.palette import LIGHT
from proforient.wording import number

FINDINGS, FIXED = "Замечания", "Понято само"
WORDS = {"error": "ошибка", "warning": "предупреждение", "note": "замечание"}
_RANK = {"error": 0, "warning": 1, "note": 2}
_LONGEST = 30_000  # characters of a cell
_LINES = 20_000  # of a list
_COMMENTS = 2_000  # a workbook with more opens slowly
_Place = tuple[int, int]


def file_name(name: str) -> str:
    """«отчёт.csv» comes back as «отчёт, с замечаниями.xlsx»."""
    return f"{name.rpartition('.')[0] or name}, с замечаниями.xlsx"


def returned(reading: Reading, screening: Screening) -> bytes:
    """The workbook; raises ValueError for a reading without a sheet, which has nothing to give back."""
    if not reading.sheets:
        raise ValueError("nothing was read of this file")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Файл с замечаниями", "author": "Профориент"})
    looks = _looks(book)
    taken: set[str] = set()
    for sheet in reading.sheets:
        _sheet(book, sheet, screening, looks, _title(sheet.name or "Таблица", taken))
    _findings(book.add_worksheet(_title(FINDINGS, taken)), screening, looks)
    _fixed(book.add_worksheet(_title(FIXED, taken)), screening, looks)
    book.close()
    return out.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    wrong = {"bg_color": LIGHT.not_met_wash, "border": 2, "border_color": LIGHT.not_met}
    doubtful = {"bg_color": LIGHT.wash, "border": 2, "border_color": LIGHT.secondary}
    kinds = {"": {}, "error": wrong, "warning": doubtful, "note": {}}
    made = {
        f"{kind}{form}": book.add_format({**look, **_FORMS[form]}) for kind, look in kinds.items() for form in _FORMS
    }
    return {
        **made,
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 2, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }


_FORMS: dict[str, dict[str, object]] = {"": {}, "%": {"num_format": "0%"}, "d": {"num_format": "dd.mm.yyyy"}}


def _title(name: str, taken: set[str]) -> str:
    """A sheet's name as Excel takes it, used by no other sheet."""
    clean = "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:28].strip("'") or "Лист"
    found, again = clean, 1
    while found.lower() in taken:
        again += 1
        found = f"{clean} {again}"
    taken.add(found.lower())
    return found


def _sheet(book: Any, sheet: Sheet, screening: Screening, looks: dict[str, Any], title: str) -> None:
    page = book.add_worksheet(title)
    if sheet.hidden:
        page.hide()
    marked = _marked(sheet, screening)
    for row in sheet.rows:
        for at, cell in enumerate(row.cells, start=1):
            _write(page, sheet, row, at, cell, looks, _gravest(marked.get((row.number, at), ())))
    for (row_number, column), found in list(marked.items())[:_COMMENTS]:
        place = row_number - 1, max(column, 1) - 1
        if not _is_filled(sheet, row_number, column):
            page.write_blank(*place, None, looks[_gravest(found)])
        page.write_comment(*place, _comment(found), {"author": "Профориент", "x_scale": 2.5, "y_scale": 1.5})
    _merge(page, sheet, marked, looks)
    _names(book, sheet, title)
    page.set_column(0, 0, 28)
    page.set_column(1, max((len(row.cells) for row in sheet.rows), default=1), 16)


def _marked(sheet: Sheet, screening: Screening) -> dict[_Place, tuple[Finding, ...]]:
    """The findings of each cell of the sheet; column 0 is the row as a whole."""
    heads = heads_of(sheet, screening.header_row if sheet.name == screening.sheet else None)
    found: dict[_Place, tuple[Finding, ...]] = {}
    for finding in screening.findings:
        if finding.row and finding.sheet == sheet.name and finding.severity != "note":
            place = finding.row, column_of(finding.column, heads)
            found[place] = (*found.get(place, ()), finding)
    return found


def _gravest(found: Iterable[Finding]) -> str:
    return min((f.severity for f in found), key=lambda severity: _RANK[severity], default="")


def _comment(found: Iterable[Finding]) -> str:
    return "\n\n".join(f"{WORDS[f.severity].capitalize()}: {f.message}.\nЧто сделать: {f.to_do}." for f in found)


def _is_filled(sheet: Sheet, row_number: int, column: int) -> bool:
    row = next((row for row in sheet.rows if row.number == row_number), None)
    return row is not None and 0 < column <= len(row.cells) and row.cells[column - 1] is not None


def _write(
    page: Any, sheet: Sheet, row: SheetRow, at: int, cell: CellValue, looks: dict[str, Any], severity: str
) -> None:
    place, look = (row.number - 1, at - 1), looks[severity]
    if isinstance(cell, bool):
        page.write_boolean(*place, cell, look)
    elif isinstance(cell, (int, float)):
        percent = sheet.marks.get((row.number, at)) == "percent-in-count"
        page.write_number(*place, cell, looks[f"{severity}%"] if percent else look)
    elif isinstance(cell, dt.date):
        page.write_datetime(*place, cell, looks[f"{severity}d"])
    elif cell is not None:
        page.write_string(*place, cell[:_LONGEST], look)


def _merge(page: Any, sheet: Sheet, marked: dict[_Place, tuple[Finding, ...]], looks: dict[str, Any]) -> None:
    rows = {row.number: row for row in sheet.rows}
    for top, left, bottom, right in sheet.merged:
        row = rows.get(top)
        if row is None or bottom > max(rows):
            continue
        try:
            page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        except OverlappingRange:
            continue
        if left <= len(row.cells):
            _write(page, sheet, row, left, row.cells[left - 1], looks, _gravest(marked.get((top, left), ())))


def _names(book: Any, sheet: Sheet, title: str) -> None:
    """The named cells of our own form, found by their text: without them it is not read as a form again."""
    for name, text in sheet.names.items():
        for row in sheet.rows[:3]:
            for at, cell in enumerate(row.cells):
                if name.startswith("pf_") and cell == text:
                    where = xl_rowcol_to_cell(row.number - 1, at, row_abs=True, col_abs=True)
                    book.define_name(name, f"='{title}'!{where}")


def _findings(page: Any, screening: Screening, looks: dict[str, Any]) -> None:
    head = ("Лист", "Строка", "Столбец", "Насколько важно", "Стояло", "Что не так", "Что сделать")
    ordered = sorted(screening.findings, key=lambda f: (_RANK[f.severity], f.row or 0))
    rows = ((f.sheet, f.row or "", f.column, WORDS[f.severity], f.value or "", f.message, f.to_do) for f in ordered)
    _table(page, head, rows, looks, (14, 8, 18, 16, 20, 60, 60))


def _fixed(page: Any, screening: Screening, looks: dict[str, Any]) -> None:
    """Cells that were taken for another writing of a number, and rows that were set aside."""
    head = ("Строка", "Столбец", "Стояло", "Понято как")
    read = (
        (v.place.row, v.place.column, v.text, number(v.number))
        for v in screening.values
        if v.number is not None and v.text != str(v.number)
    )
    aside = ((row.row, "", "", f"строка не взята: {row.reason}") for row in screening.set_aside)
    _table(page, head, [*read, *aside], looks, (8, 24, 30, 60))


def _table(
    page: Any, head: Sequence[str], rows: Iterable[Sequence[object]], looks: dict[str, Any], widths: Sequence[int]
) -> None:
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    for at, word in enumerate(head):
        page.write_string(0, at, word, looks["head"])
    for line, cells in enumerate(islice(rows, _LINES), start=1):
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(line, at, cell, looks["text"])
            else:
                page.write_string(line, at, str(cell)[:_LONGEST], looks["text"])
    page.freeze_panes(1, 0)


__all__ = ["FINDINGS", "FIXED", "file_name", "returned"]
