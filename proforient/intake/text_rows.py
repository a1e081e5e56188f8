"""Text of a CSV -> one sheet of rows; the separator is voted for by known headings and by equal widths.

Quotes are read strictly: a text that they do not divide cleanly raises ``BrokenQuotes`` with the record's number.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from proforient.intake import limits
from proforient.intake.fields import field_of
from proforient.intake.model import Sheet, SheetRow

SEPARATORS = (";", "\t", ",", "|")
_HEAD = 300  # records that vote
_HEADING_ROWS = 15  # rows at the top in which the headings are sought
_SEP_LINE = re.compile(r"sep=(?P<separator>[^\r\n])(?:\r\n|\r|\n|$)", re.IGNORECASE)


class BrokenQuotes(Exception):
    """A quote opens and does not close where a cell ends; ``row`` is the record's number."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


class Vote(NamedTuple):
    """How well a separator divides the beginning of the text; the greatest wins."""

    headings: int
    agreement: float
    width: int
    preference: int


def read_separated(text: str) -> tuple[str, Sheet]:
    """The separator («» when there is one column) and the sheet; raises ``BrokenQuotes`` and ``limits.TooLarge``."""
    text = text.removeprefix("\ufeff")
    named = _SEP_LINE.match(text)
    body = text[named.end() :] if named else text
    separator = named["separator"] if named else _voted(body)
    first = 2 if named else 1
    records = list(_records(body, separator or ";", first))
    filled = [_filled(record) for record in records]
    rows = _rows(records, filled, first)
    if named:
        rows.insert(0, SheetRow(number=1, cells=(named[0].strip(),)))
    widths = Counter(len(r) for r, many in zip(records, filled, strict=True) if many > 1)
    width = max(widths, key=lambda w: (widths[w], w), default=1)
    odd = {
        n: len(r) for n, (r, many) in enumerate(zip(records, filled, strict=True), first) if len(r) != width and many
    }
    cut = "\n" in body.strip() and body[-1:] not in '\r\n"' if body else False
    return separator, Sheet(name="", rows=tuple(rows), width=width, odd_widths=odd, unfinished=cut)


def _filled(record: list[str]) -> int:
    return sum(1 for cell in record if cell and not cell.isspace())


def _records(text: str, separator: str, first: int = 1) -> Iterator[list[str]]:
    """The records, an empty line as an empty one; raises ``BrokenQuotes``."""
    csv.field_size_limit(limits.BYTES)  # a long cell is no open quote: it is told by its length
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = first
    quoted = '"' in text  # only inside quotes can a cell hold a line break
    try:
        for record in reader:
            if quoted:
                _refuse_swallowed(record, separator, number)
            yield record
            number += 1
    except csv.Error:
        raise BrokenQuotes(number) from None


def _refuse_swallowed(record: list[str], separator: str, number: int) -> None:
    """Refuses a quoted cell that has whole records inside: two stray quotes have swallowed what is between."""
    for cell in record:
        if "\n" in cell or "\r" in cell:
            inside = re.split(r"[\r\n]+", cell)
            if any(line.count(separator) + 1 >= max(4, len(record)) for line in inside):
                raise BrokenQuotes(number)


def _head(text: str, separator: str) -> tuple[list[list[str]], bool]:
    """The first records and whether their quotes held."""
    records: list[list[str]] = []
    try:
        records.extend(islice(_records(text, separator), _HEAD))
    except BrokenQuotes:
        return records, False
    return records, True


def _voted(text: str) -> str:
    """The separator that divides the text best; «» when none gives two columns.

    A separator whose quotes break takes part with what came before the break, so that a stray quote is reported
    as such and does not hand the file to another separator.
    """
    best: tuple[Vote, str] | None = None
    for preference, separator in enumerate(SEPARATORS):
        records, _ = _head(text, separator)
        body = [r for r in records if _filled(r) > 1 or len(r) > 1]
        if not body:
            continue
        counts = Counter(len(r) for r in body)
        width = max(counts, key=lambda w: (counts[w], w))
        lines = sum(1 for r in records if _filled(r))
        headings = max(_known_headings(r) for r in records[:_HEADING_ROWS])
        vote = Vote(headings, round(counts[width] / max(lines, 1), 3), width, -preference)
        if best is None or vote > best[0]:
            best = (vote, separator)
    return best[1] if best else ""


def _check_length(records: list[list[str]], at: int, number: int) -> None:
    """Raises ``limits.CellTooLong`` with the heading over the cell, as places of a CSV are named."""
    try:
        limits.check_length(number, records[at])
    except limits.CellTooLong as long:
        above = next((row for row in records[_heading_row(records) : at] if _filled(row) > 1), [])
        heading = above[long.column - 1] if long.column <= len(above) else ""
        named = heading if any(map(str.isalpha, heading)) else ""
        raise limits.CellTooLong(long.row, long.column, long.characters, named) from None


def _heading_row(records: list[list[str]]) -> int:
    """The place of the row among the first with the most known headings; of several the first."""
    known = [_known_headings(row) for row in records[:_HEADING_ROWS]]
    return known.index(max(known))


def _known_headings(record: list[str]) -> int:
    return sum(field_of(cell) is not None for cell in record)


def _rows(records: list[list[str]], filled: list[int], first: int) -> list[SheetRow]:
    """The rows down to the last filled one; raises ``limits.TooLarge``."""
    tally = limits.Tally()
    last = max((i for i, many in enumerate(filled) if many), default=-1)
    rows = []
    for number, record in enumerate(records[: last + 1], first):
        cells = [cell or None for cell in record]
        while cells and (cells[-1] is None or cells[-1].isspace()):
            cells.pop()
        if cells:
            limits.check_place(number, len(cells))
            characters = sum(map(len, record))
            if characters > limits.CELL:
                _check_length(records, number - first, number)
            tally.add(len(cells), characters)
        rows.append(SheetRow(number=number, cells=tuple(cells)))
    return rows
