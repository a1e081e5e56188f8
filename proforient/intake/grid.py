"""Cells that a workbook's reader gave and facts that they do not tell -> sheets of the model."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from proforient.intake import limits
from proforient.intake.model import CellValue, Sheet, SheetRow
from proforient.intake.number_format import shown_text
from proforient.intake.numbers import text_of

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
# A defined name's single cell, as Excel writes it («'Лист 1'!$B$2») and as LibreOffice does («$'Лист 1'.$B$2»).
_REFERENCE = re.compile(
    r"\$?(?:'((?:[^']|'')+)'|([^'!.$]+))[!.](\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::[.]?(\$?[A-Z]{1,3}\$?[0-9]{1,7}))?"
)
_EXCEL_ERRORS = {
    "#DIV/0!": "#ДЕЛ/0!",
    "#N/A": "#Н/Д",
    "#NAME?": "#ИМЯ?",
    "#NULL!": "#ПУСТО!",
    "#NUM!": "#ЧИСЛО!",
    "#REF!": "#ССЫЛКА!",
    "#VALUE!": "#ЗНАЧ!",
}


@dataclass(slots=True, kw_only=True)
class Facts:
    """What a sheet's cells alone do not tell; rows and columns from 1."""

    name: str
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)  # instead of what the reader gave
    shown: dict[tuple[int, int], str] = field(default_factory=dict)  # what a person sees, where it is something else
    text_codes: dict[tuple[int, int], str] = field(default_factory=dict)  # formats that change the text of a cell
    last_row: int = 0
    last_column: int = 0

    def content_at(self, row: int, column: int) -> None:
        """Notes a filled cell; raises ``limits.TooLarge`` beyond the limits."""
        if row <= self.last_row and column <= self.last_column:
            return
        limits.check_place(row, column)
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def check_area(self) -> None:
        """Raises ``limits.TooLarge`` when a reader would have to hold too large a rectangle."""
        if self.last_row * self.last_column > limits.AREA:
            place = f"{limits.letters(self.last_column)}{self.last_row}"
            raise limits.TooLarge(f"Лист «{self.name}»: таблица до ячейки {place} слишком велика", "до 8 млн ячеек")

    def error(self, row: int, column: int, text: str) -> None:
        """Notes a cell that shows an error; the text is the Russian Excel's."""
        self.marks[row, column] = "error-cell"
        self.texts[row, column] = _EXCEL_ERRORS.get(text, text or "#ОШИБКА")


def column_number(name: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def place(reference: str) -> tuple[int, int] | None:
    """Row and column of «B12» or «$B$12», or None."""
    found = _PLACE.fullmatch(reference)
    return (int(found[2]), column_number(found[1])) if found else None


def area(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of «B2:C9», or None."""
    first, _, last = reference.partition(":")
    start, end = place(first), place(last or first)
    return (*start, *end) if start and end else None


def sheet_of(facts: Facts, rows: Iterable[Sequence[object]], tally: limits.Tally) -> Sheet:
    """The sheet of these cells (rows from 1, cells from column A), cut after the last filled row."""
    found = list(_rows(facts, rows, tally))
    while found and not found[-1].cells:
        found.pop()
    last = len(found)
    return Sheet(
        name=facts.name,
        rows=tuple(found),
        merged=tuple(facts.merged),
        hidden=facts.hidden,
        hidden_columns=frozenset(facts.hidden_columns),
        marks={key: mark for key, mark in facts.marks.items() if key[0] <= last},
        shown={key: text for key, text in facts.shown.items() if key[0] <= last},
    )


def _rows(facts: Facts, rows: Iterable[Sequence[object]], tally: limits.Tally) -> Iterator[SheetRow]:
    texts = _by_row(facts.texts)
    for number, row in enumerate(rows, start=1):
        cells = [_cell(facts, number, column, value) for column, value in enumerate(row, start=1)]
        for column, text in texts.get(number, ()):
            cells += [None] * (column - len(cells))
            cells[column - 1] = text
        while cells and _is_empty(cells[-1]):
            cells.pop()
        if cells:
            limits.check_place(number, len(cells))
            limits.check_length(number, cells)
            tally.add(len(cells), sum(len(c) for c in cells if isinstance(c, str)))
        yield SheetRow(number=number, cells=tuple(cells), hidden=number in facts.hidden_rows)


def _by_row(texts: Mapping[tuple[int, int], str]) -> dict[int, list[tuple[int, str]]]:
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in sorted(texts.items()):  # order: rows and columns
        by_row.setdefault(row, []).append((column, text))
    return by_row


def _is_empty(cell: CellValue) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _cell(facts: Facts, row: int, column: int, value: object) -> CellValue:
    """The reader's value as a cell: whole floats as int, times of day as text with the mark of a date."""
    if isinstance(value, str):
        if value and (code := facts.text_codes.get((row, column))):
            text = shown_text(code, value)
            facts.shown[row, column] = f"формат {code}" if text is None else text
        return value or None
    if isinstance(value, dt.date):
        facts.shown.pop((row, column), None)  # a date is no count, however it is shown
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if value is None or isinstance(value, (bool, int)):
        return value
    facts.marks[row, column] = "date-in-count"
    return str(value)


def with_names(sheet: Sheet, references: Mapping[str, str]) -> Sheet:
    """The sheet with those defined names that mean one cell of it, each with that cell's text."""
    names: dict[str, str] = {}
    for name, reference in references.items():
        found = _REFERENCE.fullmatch(reference.removeprefix("="))
        if not found or (found[1] or found[2]).replace("''", "'") != sheet.name:
            continue
        cell = place(found[3])
        if cell and found[4] in (None, found[3]):
            names[name] = _text_at(sheet, *cell)
    return replace(sheet, names=names)


def _text_at(sheet: Sheet, row: int, column: int) -> str:
    if row > len(sheet.rows) or column > len(sheet.rows[row - 1].cells):
        return ""
    return text_of(sheet.rows[row - 1].cells[column - 1])
