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
    """The headings by column, from 1; empty without a header."""
    row = next((r for r in sheet.rows if r.number == header_row), None)
    return {at: text for at, cell in enumerate(row.cells, 1) if (text := text_of(cell))} if row else {}


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
    by_name = {text: at for at, text in sorted(heads.items(), reverse=True)}
    return by_name.get(name) or index_of(name)
