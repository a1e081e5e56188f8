"""The rows of a table -> those that hold figures, those that hold totals, and all others with the reason.

Every row of the sheet ends in exactly one of the three: used + set aside = read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from proforient.catalogue.names import normalise
from proforient.intake.fields import field_of, is_number_field
from proforient.intake.layout import Table
from proforient.intake.model import CellValue, SetAside, SheetRow
from proforient.intake.numbers import begins_with_figure, is_numeric, text_of

_TOTALS = ("итог", "итого", "итоги", "всего", "сумма")
_TOTAL_PHRASES = ("в целом по", "в среднем по", "среднее по", "общий итог", "итого по", "всего по")
_MACHINE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.@/-]{2,}")
_ORDINALS = 3
_SENTENCE = 4  # words


class Sorted(NamedTuple):
    """The rows under the header by their use."""

    figures: tuple[SheetRow, ...]
    totals: tuple[SheetRow, ...]
    aside: tuple[SetAside, ...]
    second_headers: tuple[SheetRow, ...]


def is_total(text: str) -> bool:
    """Whether a key cell says that its row is a total."""
    key = normalise(text)
    return key.split(" ")[0] in _TOTALS or key.startswith(_TOTAL_PHRASES)


def sort_rows(table: Table) -> Sorted:
    """Every row of the table's sheet with its use."""
    aside = list(_above(table))
    body = list(table.below())
    figures, totals, second = [], [], []
    end = _last_of_table(table, body)
    header = _key_of(table.sheet.rows[table.header[-1] - 1]) if table.header else ()
    fresh = True  # nothing but blank rows stood between the header and this row
    for place, row in enumerate(body):
        reason = _reason(table, row, header, fresh=fresh, below=place >= end)
        fresh = fresh and not row.cells
        if reason:
            aside.append(SetAside(row=row.number, reason=reason))
        elif _is_header(table, row):
            second.append(row)
        elif is_total(_first_key(table, row)):
            totals.append(row)
        else:
            figures.append(row)
    aside += [SetAside(row=row.number, reason="строка итога: сверена с суммой, не загружена") for row in totals]
    aside += [SetAside(row=row.number, reason="начало второй таблицы") for row in second]
    return Sorted(tuple(figures), tuple(totals), tuple(aside), tuple(second))


def _above(table: Table) -> Iterator[SetAside]:
    for row in table.sheet.rows:
        if row.number in table.header:
            yield SetAside(row=row.number, reason="заголовок таблицы")
        elif row.number < table.header[0]:
            yield SetAside(row=row.number, reason="строка над таблицей" if row.cells else "пустая строка")


def _reason(table: Table, row: SheetRow, header: tuple[str, ...], *, fresh: bool, below: bool) -> str:
    """Why a row under the header holds no figures; empty when it may."""
    if not fresh and not below and _gives_figure(table, row):
        return ""
    filled = [at for at, cell in enumerate(row.cells, start=1) if text_of(cell)]
    if not filled:
        return "пустая строка"
    if below:
        return "примечание под таблицей"
    if len(row.cells) == len(header) and normalise(text_of(row.cells[0])) == header[0] and _key_of(row) == header:
        return "повтор заголовка"
    if fresh and _is_column_numbers(row):
        return "номера столбцов"
    if fresh and _is_machine_names(table, row):
        return "служебные имена столбцов"
    if len(filled) == 1 and not _holds_figure(table, row) and len(table.columns) > 2:
        return "в строке заполнена одна ячейка без чисел"
    return ""


def _gives_figure(table: Table, row: SheetRow) -> bool:
    """Whether a plain number stands where one is expected: what most rows of a long file show at once."""
    cells = row.cells
    found = (cells[at - 1] for at in table.figure_columns if at <= len(cells))
    return any(cell.isdigit() if isinstance(cell, str) else isinstance(cell, (int, float)) for cell in found)


def _key_of(row: SheetRow) -> tuple[str, ...]:
    return tuple(normalise(text_of(cell)) for cell in row.cells)


def _first_key(table: Table, row: SheetRow) -> str:
    """The text of the organisation cell; without such a column that of the first filled cell."""
    column = table.column("organisation") or table.column("inn")
    if column is not None and (text := text_of(table.cell(row, column.index))):
        return text
    named = next((text for cell in row.cells if (text := text_of(cell))), "")
    return named if column is None or not is_numeric(named) else ""


def _holds_figure(table: Table, row: SheetRow) -> bool:
    """Whether any cell where a figure is expected says something, or a key-less cell is a number."""
    expected, columns = table.figure_columns, table.every_column
    return any(
        bool(text_of(cell)) if at in expected else at not in columns and is_numeric(cell)
        for at, cell in enumerate(row.cells, start=1)
    )


def _last_of_table(table: Table, body: list[SheetRow]) -> int:
    """The place after the last row with a figure; what stands lower and is narrow is a footnote."""
    widest = max(3, len(table.columns) // 2)
    end = len(body)
    while end and _is_footnote(table, body[end - 1], widest):
        end -= 1
    return end


def _is_footnote(table: Table, row: SheetRow, widest: int) -> bool:
    filled = [(at, cell) for at, cell in enumerate(row.cells, start=1) if text_of(cell)]
    if len(filled) == 1 and isinstance(filled[0][1], str) and _is_sentence(text_of(filled[0][1])):
        return True
    if len(filled) > widest or _holds_figure(table, row):
        return False
    return not any(begins_with_figure(cell) for _, cell in filled[1:])


def _is_sentence(text: str) -> bool:
    """Words alone in a row, be it in a column of figures: no number would be written like that."""
    return text[0] == "*" or (not text[0].isdigit() and len(text.split(" ")) >= _SENTENCE)


def _is_column_numbers(row: SheetRow) -> bool:
    """«1, 2, 3, …» or «А, Б, 1, 2, …» from the first column on."""
    texts = [text_of(cell).strip("()") for cell in row.cells]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
    words = [text for text in texts if text and not (text.isascii() and text.isdigit())]
    if len(numbers) < _ORDINALS or any(len(word) > 1 for word in words):
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (1, 2, len(words) + 1)


def _is_machine_names(table: Table, row: SheetRow) -> bool:
    """Names for a program in every cell, those of the figures too: «organisation; period; numerator»."""
    cells = [(at, text) for at, cell in enumerate(row.cells, start=1) if (text := text_of(cell))]
    expected = {c.index for c in table.columns if c.is_figure or is_number_field(c.role)}
    named = [at for at, text in cells if _MACHINE_NAME.fullmatch(text)]
    return len(named) == len(cells) and bool(expected & set(named)) and len(cells) >= min(3, len(table.columns))


def _is_header(table: Table, row: SheetRow) -> bool:
    """Whether the row is the header of another table: field names, and no figure at all."""
    if any(cell.isdigit() if isinstance(cell, str) else cell is not None for cell in row.cells):
        return False
    named = {field for cell in row.cells if isinstance(cell, str) and (field := field_of(text_of(cell)))}
    return len(named) >= 3 and not any(is_numeric(cell) for cell in row.cells)


def mark_of(table: Table, row: SheetRow, column: int) -> str:
    """What the cell's value alone does not tell: the code of a finding, or nothing."""
    return table.sheet.marks.get((row.number, column), "")


def is_blank(cell: CellValue, mark: str) -> bool:
    """Whether the cell says nothing at all."""
    return not mark and not text_of(cell)
