"""An XLS book (Excel 97–2003) -> its sheets, by xlrd: calamine takes number formats of 1C for dates."""

from __future__ import annotations

import datetime as dt
import io
import math
import struct
from collections.abc import Iterator, Mapping, Sequence

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from proforient.intake import limits
from proforient.intake.archive import Damaged, Protected
from proforient.intake.extras import of_xls, records_of_xls
from proforient.intake.grid import Facts, sheet_of, with_names
from proforient.intake.looks import Font, Look, draws_pictures, look_of
from proforient.intake.model import BesideText, Sheet
from proforient.intake.number_format import changes_text, is_general
from proforient.intake.xls_conditional import read_rules
from proforient.intake.xlsx_conditional import ConditionalFormat, note_rule

_BROKEN = (
    *(XLRDError, CompDocError, struct.error, AssertionError, LookupError, ValueError, TypeError, AttributeError),
    *(OverflowError, EOFError, NotImplementedError, RecursionError, MemoryError),
)
_BIFF8 = 80  # version of the records of Excel 97 and later
_LOW = 40  # twentieths of a point: a lower row shows nothing
_FILL = 4  # alignment by which a number fills the width of its cell
_NARROW = 253  # 256ths of a character: a narrower column shows nothing


def read_xls(data: bytes) -> tuple[tuple[Sheet, ...], tuple[BesideText, ...], str, bool]:
    """The sheets in their order, texts beside them, the first thing that is no table (or «»), idle links to books.

    Raises ``Damaged``, ``Protected`` and ``limits.TooLarge``.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        tally = limits.Tally()
        names, looks = _names(book), XlsLooks(book)
        rules = read_rules(records_of_xls(data), book.colour_map) if book.biff_version >= _BIFF8 else []
        rules += [()] * (book.nsheets - len(rules))
        sheets = tuple(
            with_names(_sheet(book, sheet, looks, tally, ruled), names)
            for sheet, ruled in zip(book.sheets(), rules, strict=False)
        )
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


def _sheet(
    book: xlrd.Book,
    sheet: xlrd.sheet.Sheet,
    looks: XlsLooks,
    tally: limits.Tally,
    rules: Sequence[ConditionalFormat],
) -> Sheet:
    facts = Facts(name=sheet.name, hidden=sheet.visibility != 0)
    zeros = bool(sheet.show_zero_values)
    facts.hidden_rows.update(_hidden_rows(sheet))
    facts.hidden_columns.update(_hidden_columns(sheet))
    facts.merged.extend((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        if mark := _mark_of_runs(looks, sheet.cell(row, column), runs):
            facts.marks[row + 1, column + 1] = mark
    rows = [
        [_value(book, facts, cell, row, column, looks, zeros=zeros) for column, cell in enumerate(sheet.row(row))]
        for row in range(sheet.nrows)
    ]
    _note_rules(facts, rows, rules)
    return sheet_of(facts, rows, tally)


def _note_rules(facts: Facts, rows: Sequence[Sequence[object]], rules: Sequence[ConditionalFormat]) -> None:
    """What conditional formats hide or strike."""
    for rule in rules:
        for top, left, bottom, right in rule.areas:
            for row in range(top, min(bottom, len(rows)) + 1):
                for column, value in enumerate(rows[row - 1][left - 1 : right], start=left):
                    if isinstance(value, (float, str)) and value != "":
                        note_rule(facts, (row, column), rule, math.inf if isinstance(value, str) else value)


def _hidden_rows(sheet: xlrd.sheet.Sheet) -> Iterator[int]:
    """Rows, from 1, that are hidden or have no height."""
    low = bool(sheet.default_row_hidden) or sheet.default_row_height == 0
    for row in range(sheet.nrows):
        info = sheet.rowinfo_map.get(row)
        if info is None:
            if low:
                yield row + 1
        elif info.hidden or (not info.has_default_height and info.height < _LOW):
            yield row + 1


def _hidden_columns(sheet: xlrd.sheet.Sheet) -> Iterator[int]:
    """Columns, from 1, that are hidden or have no width."""
    narrow = sheet.standardwidth == 0 if sheet.standardwidth is not None else sheet.defcolwidth == 0
    for column in range(sheet.ncols):
        info = sheet.colinfo_map.get(column)
        if info is None:
            if narrow:
                yield column + 1
        elif info.hidden or info.width < _NARROW:
            yield column + 1


class XlsLooks:
    """The looks of a book's styles and fonts, by their numbers."""

    def __init__(self, book: xlrd.Book) -> None:
        self._colours = book.colour_map
        self.fonts = [self._font(font) for font in book.font_list]
        codes = {key: form.format_str or "" for key, form in book.format_map.items()}
        self.styles = [self._look(style, codes) for style in book.xf_list]

    def _font(self, font: object) -> Font:
        return Font(
            struck=bool(getattr(font, "struck_out", 0)),
            raised=bool(getattr(font, "escapement", 0)),
            points=getattr(font, "height", 200) / 20,
            colour=self._colours.get(getattr(font, "colour_index", 0)),
            pictures=draws_pictures(str(getattr(font, "name", ""))),
        )

    def _look(self, style: xlrd.formatting.XF, codes: Mapping[int, str]) -> Look:
        code = codes.get(style.format_key, "")
        solid = style.background.fill_pattern == 1
        fill = self._colours.get(style.background.pattern_colour_index) if solid else None
        font = self.fonts[style.font_index] if style.font_index < len(self.fonts) else Font()
        crossed = bool(style.border.diag_up or style.border.diag_down)
        repeated = style.alignment.hor_align == _FILL
        return look_of("" if is_general(code) else code, font, fill, crossed=crossed, repeated=repeated)


def _mark_of_runs(looks: XlsLooks, cell: xlrd.sheet.Cell, runs: Sequence[tuple[int, int]]) -> str:
    """The finding of the first piece of a text that misleads; a run is (first character, number of font)."""
    text, fill = str(cell.value), looks.styles[cell.xf_index].fill
    ends = [start for start, _ in runs[1:]] + [len(text)]
    for (start, number), end in zip(runs, ends, strict=True):
        if text[start:end].strip() and number < len(looks.fonts) and (mark := looks.fonts[number].mark(fill)):
            return mark
    return ""


def _value(
    book: xlrd.Book, facts: Facts, cell: xlrd.sheet.Cell, row: int, column: int, looks: XlsLooks, *, zeros: bool
) -> object:
    """One cell's value; row and column from 0. Notes what the value alone does not tell."""
    place = (row + 1, column + 1)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    look = looks.styles[cell.xf_index]
    if look.mark:
        facts.marks.setdefault(place, look.mark)
    if look.unseen:
        facts.shown[place] = ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        if cell.value == "":
            # A label is never empty: this is a formula whose result was not stored or is an empty text.
            facts.marks[place] = "formula-without-value"
            return "=…"
        if changes_text(look.code) and not look.unseen:
            facts.text_codes[place] = look.code
        return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        _note_number(facts, place, look, cell.value, zeros=zeros)
        return cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        facts.error(*place, xlrd.error_text_from_code.get(cell.value, ""))
    return None


def _note_number(facts: Facts, place: tuple[int, int], look: Look, number: float, *, zeros: bool) -> None:
    text = "" if number == 0 and not zeros else look.unlike(number)
    if text is not None:
        facts.shown.setdefault(place, text)
    if look.crossed:
        facts.marks.setdefault(place, "struck-out")


def _date(number: float, mode: int) -> dt.date | dt.time | str:
    """A date as date, a moment as datetime, a time of day as time; a number beyond the calendar as its text."""
    try:
        moment: dt.datetime = xlrd.xldate_as_datetime(number, mode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return f"дата {number:g}"
    if number < 1:
        return moment.time()
    return moment.date() if moment.time() == dt.time() else moment
