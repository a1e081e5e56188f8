"""An XLS book (Excel 97–2003) -> its sheets, by xlrd: calamine takes number formats of 1C for dates."""

from __future__ import annotations

import datetime as dt
import io
import struct

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from proforient.intake import limits
from proforient.intake.archive import Damaged, Protected
from proforient.intake.beside import of_xls
from proforient.intake.grid import Facts, sheet_of, shows_percent, with_names
from proforient.intake.model import BesideText, Sheet

_BROKEN = (
    *(XLRDError, CompDocError, struct.error, AssertionError, LookupError, ValueError, TypeError, AttributeError),
    *(OverflowError, EOFError, NotImplementedError, RecursionError, MemoryError),
)


def read_xls(data: bytes) -> tuple[tuple[Sheet, ...], tuple[BesideText, ...], str]:
    """The sheets in their order, texts beside them, the first thing that is no table (or «»).

    Raises ``Damaged``, ``Protected`` and ``limits.TooLarge``.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        tally = limits.Tally()
        names = _names(book)
        sheets = tuple(with_names(_sheet(book, sheet, tally), names) for sheet in book.sheets())
        return sheets, *of_xls(data, book)
    except limits.TooLarge:
        raise
    except _BROKEN as error:
        if "encrypted" in str(error).lower():
            raise Protected from None
        raise Damaged("книга не читается") from None


def _names(book: xlrd.Book) -> dict[str, str]:
    """Defined names of single cells as «'Лист'!$B$2»."""
    names = {}
    for entry in book.name_obj_list:
        try:
            sheet, top, bottom, left, right = entry.area2d()
        except (XLRDError, AttributeError, TypeError, ValueError, AssertionError):
            continue
        if bottom - top == right - left == 1:
            title = sheet.name.replace("'", "''")
            names[entry.name] = f"'{title}'!${limits.letters(left + 1)}${top + 1}"
    return names


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, tally: limits.Tally) -> Sheet:
    facts = Facts(name=sheet.name, hidden=sheet.visibility != 0)
    facts.hidden_rows.update(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    facts.hidden_columns.update(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden)
    facts.merged.extend((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    percent = {key for key, form in book.format_map.items() if shows_percent(form.format_str or "")}
    percent_styles = {number for number, style in enumerate(book.xf_list) if style.format_key in percent}
    raised = {number for number, font in enumerate(book.font_list) if getattr(font, "escapement", 0)}
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        if any(font in raised for _, font in runs):
            facts.marks[row + 1, column + 1] = "footnote-glued"
    rows = [
        [_value(book, facts, cell, row, column, percent_styles) for column, cell in enumerate(sheet.row(row))]
        for row in range(sheet.nrows)
    ]
    return sheet_of(facts, rows, tally)


def _value(book: xlrd.Book, facts: Facts, cell: xlrd.sheet.Cell, row: int, column: int, percent: set[int]) -> object:
    """One cell's value; row and column from 0. Marks what the value alone does not tell."""
    place = (row + 1, column + 1)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        if cell.value == "":
            # A label is never empty: this is a formula whose result was not stored or is an empty text.
            facts.marks[place] = "formula-without-value"
            return "=…"
        return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        if cell.xf_index in percent:
            facts.marks[place] = "percent-in-count"
        return cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        facts.error(*place, xlrd.error_text_from_code.get(cell.value, ""))
    return None


def _date(number: float, mode: int) -> dt.date | dt.time | str:
    """A date as date, a moment as datetime, a time of day as time; a number beyond the calendar as its text."""
    try:
        moment: dt.datetime = xlrd.xldate_as_datetime(number, mode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return f"дата {number:g}"
    if number < 1:
        return moment.time()
    return moment.date() if moment.time() == dt.time() else moment
