"""The rows of a table, sorted: figures, totals, headings of sections, and all others with the reason to leave them out.

Every row of the sheet ends in exactly one of them: used + set aside = read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from proforient.catalogue.name_keys import normalise
from proforient.intake.describing import KEYS, names_something
from proforient.intake.fields import field_of, names_an_ordinal
from proforient.intake.layout import Table
from proforient.intake.model import CellValue, SetAside, SheetRow
from proforient.intake.numbers import begins_with_figure, is_numeric, text_of
from proforient.intake.resolve import Resolver

NOTE_BELOW = "примечание под таблицей"
SECTION = "заголовок раздела, чисел в строке нет"
UNFILLED = "числа не заполнены"
REPEATED = "повтор строки над таблицей"
_BLANK = "пустая строка"
_TOTALS = ("итого", "всего")  # the first word of a total; the others are nothing else than a total
_TOTAL_WORDS = ("итог", "итоги", "сумма", "общий итог", "общая сумма")
_TOTAL_PHRASES = ("в целом по ", "общий итог по ", "итог по ", "итоги по ", "сумма по ")
_MEANS = ("в среднем", "среднее по", "среднее значение")
_CALLING = ("organisation", "inn", "level")  # the columns that may call their row a total
_DECIDING = (frozenset({"organisation", "inn"}), frozenset({"indicator", "code"}))  # without them a row is nobody's
_SENTENCE = 4  # words from which on a cell is a sentence


class Section(NamedTuple):
    """A row of words without figures inside the table: it says something of the rows below it."""

    row: int
    column: int  # of the first of its words
    text: str


class Sorted(NamedTuple):
    """The rows under the header by their use; ``totals`` are not yet compared with anything."""

    figures: tuple[SheetRow, ...]
    totals: tuple[SheetRow, ...]
    aside: tuple[SetAside, ...]
    second_headers: tuple[SheetRow, ...]
    sections: tuple[Section, ...]
    notes: tuple[Section, ...]  # under the table


def sort_rows(table: Table, names: Resolver) -> Sorted:
    """Every row of the table's sheet with its use."""
    aside = list(_above(table))
    body = list(table.below())
    figures: list[SheetRow] = []
    totals: list[SheetRow] = []
    means: list[SheetRow] = []
    second: list[SheetRow] = []
    sections: list[Section] = []
    notes: list[Section] = []
    above = {text for row in table.sheet.rows if row.number < table.header[0] for text in _words(row)}
    end = _last_of_table(table, body, names)
    for place, row in enumerate(body):
        if reason := table.described.get(row.number):
            aside.append(SetAside(row=row.number, reason=reason))
        elif _gives_figure(table, row):
            {"total": totals, "mean": means}.get(total_kind(table, names, row), figures).append(row)
        elif not any(text_of(cell) for cell in row.cells):
            aside.append(SetAside(row=row.number, reason=_BLANK))
        elif place >= end:
            aside.append(SetAside(row=row.number, reason=NOTE_BELOW))
            notes += _sections(table, row)
        elif _is_header(table, row):
            second.append(row)
        elif total_kind(table, names, row) == "total":
            totals.append(row)
        elif _holds_figure(table, row):
            figures.append(row)
        elif _names_its_row(table, names, row):
            aside.append(SetAside(row=row.number, reason=UNFILLED))
        elif all(text in above for text in _words(row)):
            aside.append(SetAside(row=row.number, reason=REPEATED))
        else:
            aside.append(SetAside(row=row.number, reason=SECTION))
            sections += _sections(table, row)
    aside += [SetAside(row=row.number, reason="строка среднего: это не числа организации") for row in means]
    aside += [SetAside(row=row.number, reason="начало второй таблицы") for row in second]
    return Sorted(tuple(figures), tuple(totals), tuple(aside), tuple(second), tuple(sections), tuple(notes))


def _above(table: Table) -> Iterator[SetAside]:
    for row in table.sheet.rows:
        if row.number in table.header:
            yield SetAside(row=row.number, reason="заголовок таблицы")
        elif row.number < table.header[0]:
            yield SetAside(row=row.number, reason="строка над таблицей" if row.cells else _BLANK)


def total_kind(table: Table, names: Resolver, row: SheetRow) -> str:
    """«total» or «mean» when a column of organisations or levels calls the row so; empty: it is one of values.

    Words that name an organisation, a level or a count («Всего обучающихся») call nothing a total.
    """
    silent = True
    for column in table.columns:
        if column.role in _CALLING and (text := table.key_text(row, column.index)):
            silent = False
            kind = _kind(text)
            if kind and not names_something(names, column.role, text) and not names.counts(text):
                return kind
    if silent:
        ordinals = (c.index for c in table.columns if c.role == "ignored" and names_an_ordinal(c.heading))
        return next((kind for at in ordinals if (kind := _kind(text_of(table.cell(row, at))))), "")
    return ""


def _kind(text: str) -> str:
    key = normalise(text)
    if key.startswith(_MEANS):
        return "mean"
    named = key.split(" ")[0] in _TOTALS or key in _TOTAL_WORDS or key.startswith(_TOTAL_PHRASES)
    return "total" if named else ""


def _gives_figure(table: Table, row: SheetRow) -> bool:
    """Whether a plain number stands where one is expected: what most rows of a long file show at once."""
    cells = row.cells
    found = (cells[at - 1] for at in table.figure_columns if at <= len(cells))
    return any(cell.isdigit() if isinstance(cell, str) else isinstance(cell, (int, float)) for cell in found)


def _words(row: SheetRow) -> list[str]:
    return [normalise(text) for cell in row.cells if (text := text_of(cell))]


def _holds_figure(table: Table, row: SheetRow) -> bool:
    """Whether any cell where a figure is expected says something, or a key-less cell is a number."""
    expected, columns = table.figure_columns, table.every_column
    return any(
        bool(text_of(cell)) if at in expected else at not in columns and is_numeric(cell)
        for at, cell in enumerate(row.cells, start=1)
    )


def _names_its_row(table: Table, names: Resolver, row: SheetRow) -> bool:
    """Whether the words of a row without figures are its keys, all of them known, or a line number alone."""
    strange = _strange(table, names, row)
    keys = [column for column in table.columns if column.role in KEYS]
    texts = {column.index: table.key_text(row, column.index) for column in keys}
    known = {c.role for c in keys if texts[c.index] and names_something(names, c.role, texts[c.index])}
    wanted = [roles for roles in _DECIDING if roles & {column.role for column in keys}]
    if not all(roles & known for roles in wanted):
        return not any(normalise(text_of(cell)) and not is_numeric(cell) for cell in row.cells)
    return not strange or (bool(known) and not strange & set(texts))


def _strange(table: Table, names: Resolver, row: SheetRow) -> set[int]:
    """The columns of a row whose words are neither a known key nor a line number."""
    roles = {column.index: column.role for column in table.columns}
    found = set()
    for at, cell in enumerate(row.cells, start=1):
        text, role = text_of(cell), roles.get(at, "")
        if normalise(text) and not is_numeric(cell) and not (role in KEYS and names_something(names, role, text)):
            found.add(at)
    return found


def _sections(table: Table, row: SheetRow) -> Iterator[Section]:
    """The words of a row, joined: one heading may be spread over several cells."""
    cells = [(at, text) for at, cell in enumerate(row.cells, start=1) if normalise(text := text_of(cell))]
    if cells:
        yield Section(row.number, cells[0][0], " ".join(text for _, text in cells))


def _last_of_table(table: Table, body: list[SheetRow], names: Resolver) -> int:
    """The place after the last row with a figure or a known key; what stands lower and is narrow is a footnote."""
    widest = max(3, len(table.columns) // 2)
    end = len(body)
    while end and _is_footnote(table, body[end - 1], widest, names):
        end -= 1
    return end


def _is_footnote(table: Table, row: SheetRow, widest: int, names: Resolver) -> bool:
    filled = [(at, cell) for at, cell in enumerate(row.cells, start=1) if text_of(cell)]
    if len(filled) == 1 and isinstance(filled[0][1], str) and _is_sentence(text_of(filled[0][1])):
        return not _is_of_table(table, names, row)
    if len(filled) > widest or _holds_figure(table, row) or (filled and _is_of_table(table, names, row)):
        return False
    return not any(begins_with_figure(cell) for _, cell in filled[1:])


def _is_of_table(table: Table, names: Resolver, row: SheetRow) -> bool:
    return _names_its_row(table, names, row) or bool(total_kind(table, names, row))


def _is_sentence(text: str) -> bool:
    """Words alone in a row, be it in a column of figures: no number would be written like that."""
    return text[0] == "*" or (not text[0].isdigit() and len(text.split(" ")) >= _SENTENCE)


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
