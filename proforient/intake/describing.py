"""Rows under the header that describe its columns: numbers of columns, units, names for a program, the header again.

In: a table. Out: the numbers of such rows with the reason, which is what a person is told of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from proforient.catalogue.name_keys import normalise
from proforient.intake.fields import is_number_field
from proforient.intake.model import SheetRow
from proforient.intake.numbers import text_of
from proforient.intake.periods import read_period
from proforient.intake.resolve import Resolver

if TYPE_CHECKING:
    from proforient.intake.layout import Table

HEADER_AGAIN = "повтор заголовка"
UNITS = "единицы измерения"
_MACHINE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.@/-]{2,}")
_ORDINALS = 3  # numbers in turn that make a column one of row numbers
_WORDS_OF_UNITS = frozenset(
    normalise(text)
    for text in (
        *("чел.", "человек", "ед.", "единиц", "единица", "шт.", "штук", "час.", "часов", "ч.", "да/нет", "да или нет"),
        *("%", "процент", "процентов", "в процентах", "доля", "кол-во", "руб.", "рублей", "балл", "баллов"),
        *("тыс.", "тыс. чел.", "тысяч", "тысяч человек", "тыс. человек", "тыс. ед.", "млн", "сотен", "десятков"),
        *("ед. изм.", "единица измерения", "единицы измерения", "целое число", "число", "текст", "код", "год"),
    )
)


def described(table: Table, names: Resolver) -> dict[int, str]:
    """Numbers of the rows that describe columns, with the reason why each holds no figures."""
    headers = [key for at in table.header if (key := _key_of(table.sheet.rows[at - 1]))]
    return dict(_found(table, names, headers))


def _found(table: Table, names: Resolver, headers: list[tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    fresh = True  # nothing but blank and describing rows stood between a header and this row
    firsts = {key[0] for key in headers}
    for row in table.below():
        if not row.cells:
            continue
        first = row.cells[0]
        if (
            (first is None or isinstance(first, str))
            and normalise(text_of(first)) in firsts
            and _key_of(row) in headers
        ):
            fresh = True
            yield row.number, HEADER_AGAIN
        elif fresh:
            reason = _reason(table, names, row)
            fresh = bool(reason) or not any(text_of(cell) for cell in row.cells)
            if reason:
                yield row.number, reason


def _reason(table: Table, names: Resolver, row: SheetRow) -> str:
    if _is_column_numbers(table, names, row):
        return "номера столбцов"
    if _is_machine_names(table, row):
        return "служебные имена столбцов"
    return UNITS if _is_units(table, row) else ""


def _key_of(row: SheetRow) -> tuple[str, ...]:
    return tuple(normalise(text_of(cell)) for cell in row.cells)


def _is_column_numbers(table: Table, names: Resolver, row: SheetRow) -> bool:
    """«1, 2, 3, …» or «А, Б, 1, 2, …» from the first column on, where no number is the code of what a column names."""
    texts = [text_of(cell).strip("()") for cell in row.cells]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 3]
    words = [text for text in texts if text and not (text.isascii() and text.isdigit() and len(text) <= 3)]
    if len(numbers) < _ORDINALS or any(len(word) > 1 for word in words):
        return False
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] not in (1, 2, len(words) + 1):
        return False
    keys = [column for column in table.columns if column.role in KEYS and text_of(table.cell(row, column.index))]
    return not keys or not all(names_something(names, c.role, text_of(table.cell(row, c.index))) for c in keys)


def _is_machine_names(table: Table, row: SheetRow) -> bool:
    """Names for a program in every cell, those of the figures too: «organisation; period; numerator»."""
    cells = [(at, text) for at, cell in enumerate(row.cells, start=1) if (text := text_of(cell))]
    expected = _figure_columns(table)
    named = [at for at, text in cells if _MACHINE_NAME.fullmatch(text)]
    return len(named) == len(cells) and bool(expected & set(named)) and len(cells) >= min(3, len(table.columns))


def _is_units(table: Table, row: SheetRow) -> bool:
    """Units in the columns of figures («чел.»), units or nothing in the others."""
    cells = [(at, text) for at, cell in enumerate(row.cells, start=1) if (text := text_of(cell))]
    telling = [at for at, text in cells if normalise(text) in _WORDS_OF_UNITS]
    silent = [at for at, text in cells if not normalise(text) and not text.isdigit() and "%" not in text]
    return bool(_figure_columns(table) & set(telling)) and len(telling) + len(silent) == len(cells)


def _figure_columns(table: Table) -> set[int]:
    return {c.index for c in table.columns if c.is_figure or is_number_field(c.role) or c.role == "unknown"}


KEYS = ("organisation", "inn", "indicator", "code", "level", "cohort", "period")


def names_something(names: Resolver, role: str, text: str) -> bool:
    """Whether the text of a key cell names anything known of that kind."""
    match role:
        case "organisation" | "inn":
            return bool(names.organisation(text))
        case "indicator" | "code":
            return bool(names.counts(text) or names.indicators(text))
        case "level":
            return bool(names.levels(text, tuple(names.catalogue.levels)))
        case "cohort":
            return bool(names.cohorts(text))
    return read_period(text) is not None
