"""Rows of a CSV with more or fewer cells than the header: a separator was lost or added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.layout import Table
from proforient.intake.model import Finding, Sheet, SheetRow
from proforient.intake.numbers import parse_answer, text_of
from proforient.intake.rows import NOTE_BELOW
from proforient.intake.text_rows import SEPARATORS
from proforient.monitoring import Reason

RAISES = ("ragged-row", "last-line-cut")
_FEWEST = 4  # cells that are no list of things in a sentence
_LONGEST_NAME = 30  # words
_FEWER = 3  # cells, likewise, where one of them names an organisation or a count


def check(case: Case) -> Iterator[Finding]:
    if not case.is_csv or case.sheet is None:
        return
    if case.table is None:
        yield from _without_a_table(case.sheet)
        return
    sheet, table = case.table.sheet, case.table
    header = sheet.odd_widths.get(table.header[-1], sheet.width)
    aside = {aside.row: aside.reason for aside in case.aside}
    for row in table.below():
        width = sheet.odd_widths.get(row.number, sheet.width)
        if row.number in aside and holds_a_row(case, table, row, header):
            yield finding("ragged-row", row=row.number, words={"found": 1, "expected": header})
        elif width != header and _is_ragged(case, table, row, aside.get(row.number, "")):
            yield finding("ragged-row", row=row.number, words={"found": width, "expected": header})
    yield from _cut_number(case, table)


def _without_a_table(sheet: Sheet) -> Iterator[Finding]:
    for row in sheet.rows:
        if row.number in sheet.odd_widths and sum(bool(text_of(cell)) for cell in row.cells) > 1:
            words = {"found": sheet.odd_widths[row.number], "expected": sheet.width}
            yield finding("ragged-row", row=row.number, words=words)


def _is_ragged(case: Case, table: Table, row: SheetRow, aside: str) -> bool:
    """Whether a row of another width is one of the table's: no title of a section and no note under the table."""
    filled = [(at, text) for at, cell in enumerate(row.cells, start=1) if (text := text_of(cell))]
    last = row.number == table.sheet.rows[-1].number
    if len(filled) > 1 and aside != NOTE_BELOW:
        return True
    if len(filled) == 1 and _is_key_alone(case, table, *filled[0]):
        return True
    if len(filled) < 2 and not last:
        return False
    seen = _texts(case, table)
    for at, text in filled:
        if text in seen.get(at, ()) or (case.names and case.names.organisation(text)):
            return True
    at, text = filled[-1] if filled else (0, "")
    if not (text and last and table.sheet.unfinished):
        return False
    whole = (*seen.get(at, ()), *(organisation.name for organisation in case.known.organisations.values()))
    return any(name.startswith(text) for name in whole)


def _is_key_alone(case: Case, table: Table, at: int, text: str) -> bool:
    """Whether nothing of the row is left but its number or its organisation: no title of a section is so narrow."""
    column = table.column("organisation") or table.column("inn")
    whose = case.names.organisation(text) if case.names and column and column.index == at else ()
    return text.isdigit() or bool(whose)


def _texts(case: Case, table: Table) -> dict[int, set[str]]:
    """What stands in each column of the rows with figures, figures apart."""
    texts = case.memo.setdefault("texts of columns", {})
    assert isinstance(texts, dict)
    found: dict[int, set[str]] = texts
    if not found:
        used = {record.row for record in case.records}
        columns = [c.index for c in table.columns if not c.is_figure and c.index not in table.figure_columns]
        for row in table.below():
            if row.number in used:
                for at in columns:
                    if text := text_of(table.cell(row, at)):
                        found.setdefault(at, set()).add(text)
    return found


def _cut_number(case: Case, table: Table) -> Iterator[Finding]:
    """A number with which a file ends whose other lines have an end; a last row of fewer cells is told already."""
    last = table.sheet.rows[-1]
    at = len(last.cells)
    if last.number in table.sheet.odd_widths:
        return
    text = text_of(last.cells[-1]) if last.cells else ""
    if table.sheet.unfinished and text.isdigit() and at in table.figure_columns and last.number > table.header[-1]:
        yield finding("last-line-cut", row=last.number, column=case.column_name(at), value=text)


def holds_a_row(case: Case, table: Table, row: SheetRow, width: int) -> bool:
    """Whether a cell of a row that gives no figures is a whole row with another separator: no title, no footnote."""
    return any(_is_row(case, table, cell, width) for cell in row.cells if isinstance(cell, str))


def _is_row(case: Case, table: Table, cell: str, width: int) -> bool:
    for separator in SEPARATORS:
        parts = [part.strip() for part in cell.split(separator)]
        figures = sum(part.isdigit() for part in parts)
        if len(parts) >= max(_FEWEST, width - 2) and figures >= 2:
            return True
        if len(parts) >= max(_FEWER, width - 2) and _is_figure(parts) and any(_is_named(case, p) for p in parts):
            return True
    words = text_of(cell).split(" ")
    if len(words) >= width - 1 and any(a.isdigit() and b.isdigit() for a, b in pairwise(words)):
        return True
    if not _is_figure(words[-1:]):
        return False
    begins = {" ".join(words[:many]) for many in range(1, min(len(words), _LONGEST_NAME))}
    return any(begins & texts for texts in _texts(case, table).values())


def _is_figure(parts: Sequence[str]) -> bool:
    return any(part.isdigit() or isinstance(parse_answer(part), (int, Reason)) for part in parts if part)


def _is_named(case: Case, text: str) -> bool:
    names = case.names
    return names is not None and bool(names.organisation(text) or names.counts(text) or names.indicators(text))
