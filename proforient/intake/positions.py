"""Where a finding or a value stands: in a CSV a column is called by its heading, elsewhere by its letters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from proforient.intake.model import Sheet
from proforient.intake.numbers import text_of

_KEY = re.compile(r"(?P<code>[a-z-]+)@(?P<sheet>.*)!(?P<row>\d*):(?P<column>[^!]*)", re.DOTALL)


def concerns(key: str, sheet: str, row: int) -> bool:
    """Whether a finding's key (``Finding.key``) speaks of that row, or of the file as a whole."""
    found = _KEY.fullmatch(key)
    if found is None:
        return False
    return not found["row"] or (found["sheet"] == sheet and int(found["row"]) == row)


def heads_of(sheet: Sheet, header_row: int | None) -> dict[int, str]:
    """The headings by column, from 1; empty without a header. Two rows of headings are joined where a merged range
    of the upper one stands over several columns, but not over all of them, as a title does."""
    above = {row.number: row for row in sheet.rows if header_row and header_row - 1 <= row.number <= header_row}
    row, upper = above.get(header_row or 0), above.get((header_row or 0) - 1)
    heads = {at: text for at, cell in enumerate(row.cells, 1) if (text := text_of(cell))} if row else {}
    if upper is None:
        return heads
    for top, left, bottom, right in sheet.merged:
        over = range(left, right + 1)
        text = text_of(upper.cells[left - 1]) if left <= len(upper.cells) else ""
        if not text or top != upper.number or set(heads) <= set(over):
            continue
        if left == right and bottom == header_row:
            heads.setdefault(left, text)
        elif left < right and bottom == top:
            heads |= {at: f"{text} / {heads[at]}" for at in over if at in heads}
    return heads


def words_over(sheet: Sheet, row: int, column: int) -> tuple[int, str]:
    """Where a form shows what a column of codes means: the nearest words over ``row``, the hidden first row apart."""
    for above in reversed([r for r in sheet.rows if 1 < r.number < row and not r.hidden]):
        if column <= len(above.cells) and (text := text_of(above.cells[column - 1])):
            return above.number, text
    return row, ""


def index_of(column: str) -> int:
    """The number of a column's letters; 0 where it is none."""
    if not (column.isascii() and column.isalpha() and len(column) <= 3):
        return 0
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_of(name: str, heads: Mapping[int, str]) -> int:
    """The column, from 1, that a finding or a value calls so; 0: none, the row as a whole."""
    by_name = {text: at for at, text in sorted(heads.items(), reverse=True)}  # order: numbers of columns
    return by_name.get(name) or index_of(name)
