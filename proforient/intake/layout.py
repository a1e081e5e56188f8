"""A sheet -> the table on it: which rows are its header, what each column holds, and whether it is long or wide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from proforient.intake.describing import KEYS, described
from proforient.intake.fields import field_of, is_number_field, names_an_ordinal, says_nothing
from proforient.intake.headings import Column, answered_column, read_heading
from proforient.intake.model import CellValue, Sheet, SheetRow
from proforient.intake.numbers import begins_with_figure, is_numeric, squeeze, text_of
from proforient.intake.positions import words_over
from proforient.intake.resolve import Resolver

HEADER_ROWS = 15  # rows at the top of a sheet within which the header is sought
_ENOUGH = 4  # field names down the first column that show a table turned on its side


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table found on a sheet; rows are numbered as in the file."""

    layout: str  # long | wide | form
    sheet: Sheet
    columns: tuple[Column, ...]
    header: tuple[int, ...]  # numbers of the header's rows
    spread: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # merged cell -> its first cell
    described: Mapping[int, str] = field(default_factory=dict)  # rows that describe columns, with the reason

    def column(self, role: str) -> Column | None:
        """The first column of a role."""
        return self._by_role.get(role)

    @cached_property
    def _by_role(self) -> Mapping[str, Column]:
        return {column.role: column for column in reversed(self.columns)}

    @cached_property
    def figure_columns(self) -> frozenset[int]:
        """Where figures are expected."""
        return frozenset(c.index for c in self.columns if c.is_figure or is_number_field(c.role))

    @cached_property
    def every_column(self) -> frozenset[int]:
        """Where anything is expected."""
        return frozenset(c.index for c in self.columns)

    @cached_property
    def told_apart(self) -> bool:
        """Whether cells of the same words may mean different things: by a merged range, a mark, or what they show."""
        keys = self.every_column - self.figure_columns
        odd = (column for _, column in (*self.sheet.marks, *self.sheet.shown))
        return bool(self.spread) or any(column in keys for column in odd)

    @cached_property
    def headings(self) -> Mapping[int, str]:
        """The headings as a person sees them, by column; of a form the words over its codes."""
        heads = {column.index: column.heading for column in self.columns if column.heading}
        if self.layout == "form":
            named = self.columns[0].index + 1
            heads[named] = words_over(self.sheet, self.header[0], named)[1]
        return heads

    @property
    def heading_row(self) -> int:
        """The row in which a person sees the headings, of two the lower one."""
        if self.layout != "form":
            return self.header[-1]
        return words_over(self.sheet, self.header[0], self.columns[0].index + 1)[0]

    def below(self) -> Iterator[SheetRow]:
        """The rows under the header."""
        return (row for row in self.sheet.rows if row.number > self.header[-1])

    def figured(self) -> Iterator[SheetRow]:
        """The rows under the header without those that describe columns."""
        return (row for row in self.below() if row.number not in self.described)

    def cell(self, row: SheetRow, column: int) -> CellValue:
        """A cell, empty where the row is shorter."""
        return row.cells[column - 1] if column <= len(row.cells) else None

    def cells(self, row: SheetRow, columns: Sequence[int]) -> tuple[CellValue, ...]:
        """Cells by which rows of the same words are known: a truth value is never taken for a 1."""
        found = (self.cell(row, column) for column in columns)
        return tuple(str(cell) if isinstance(cell, bool) else cell for cell in found)

    def key_text(self, row: SheetRow, column: int) -> str:
        """The text of a key cell; inside a merged range that of the range's first cell."""
        cell = self.cell(row, column)
        # A number is read as its format shows it: «007», «2024/2025»; a text whatever its colour.
        seen = None if isinstance(cell, str) else self.sheet.shown.get((row.number, column))
        text = squeeze(seen) if seen else text_of(cell)
        if text or (first := self.spread.get((row.number, column))) is None:
            return text
        top = self.sheet.rows[first[0] - 1]
        return text_of(top.cells[first[1] - 1]) if first[1] <= len(top.cells) else ""


def spread_of(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Every cell of every merged range, within the sheet's rows, with the range's first cell."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    last, widest = len(sheet.rows), max((len(row.cells) for row in sheet.rows), default=0)
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom, last) + 1):
            for column in range(left, min(right, widest) + 1):
                found[row, column] = (top, left)
    return found


def find_table(sheet: Sheet, names: Resolver) -> Table | None:
    """The long or wide table of the sheet, or None when no row is a header."""
    spread = spread_of(sheet)
    first = [row for row in sheet.rows if row.number <= HEADER_ROWS and row.cells]
    best: tuple[int, Table] | None = None
    for place, row in enumerate(first):
        tables: list[Table | None] = [_one_row(sheet, row, names, spread)]
        if place + 1 < len(first) and first[place + 1].number == row.number + 1:
            tables.append(_two_rows(sheet, row, first[place + 1], names, spread))
        for table in filter(None, tables):
            score = _score(table)
            if score and (best is None or score > best[0]):
                best = (score, table)
    found = best[1] if best else asked_about(sheet, first, names, spread)
    return _settled(found, names) if found else None


def _one_row(sheet: Sheet, row: SheetRow, names: Resolver, spread: Mapping[tuple[int, int], tuple[int, int]]) -> Table:
    columns = [
        read_heading(names, at, (text,), marked=(row.number, at) in sheet.marks)
        for at, cell in enumerate(row.cells, start=1)
        if (text := text_of(cell))
    ]
    return _table(sheet, columns, (row.number,), spread)


def _two_rows(
    sheet: Sheet,
    upper: SheetRow,
    lower: SheetRow,
    names: Resolver,
    spread: Mapping[tuple[int, int], tuple[int, int]],
    *,
    asking: bool = False,
) -> Table | None:
    """The table with two header rows, when each filled cell of the lower one is a heading and no figure.

    ``asking``: unknown words under a heading are a heading too, and one without a merged range stands over the blank
    cells right of it; what such columns hold is left open.
    """
    width = max(len(upper.cells), len(lower.cells))
    above = _filled_right(sheet, upper, lower, width, spread)
    filled = list(above)
    for at in range(1, width if asking else 1):
        under = text_of(lower.cells[at]) if at < len(lower.cells) else ""
        if not above[at] and under and text_of(lower.cells[at - 1]) and (upper.number, at + 1) not in spread:
            filled[at] = filled[at - 1]
    columns = []
    for at in range(1, width + 1):
        under = text_of(lower.cells[at - 1]) if at <= len(lower.cells) else ""
        parts = tuple(dict.fromkeys(part for part in (filled[at - 1], under) if part))
        if not parts:
            continue
        marked = (upper.number, at) in sheet.marks or (lower.number, at) in sheet.marks
        marked = marked or filled[at - 1] != above[at - 1]
        column = read_heading(names, at, parts, marked=marked)
        unknown = bool(under) and column.role == "unknown" and not _is_part_of_heading(names, under)
        if is_numeric(under) or (unknown and not (asking and len(parts) > 1)):
            return None
        columns.append(column)
    return _table(sheet, columns, (upper.number, lower.number), spread)


def _is_part_of_heading(names: Resolver, text: str) -> bool:
    """Whether a lower heading alone is a level, a category or a side: never a cell of data."""
    return bool(field_of(text) or names.lookup.levels(text) or names.lookup.cohorts(text))


def _filled_right(
    sheet: Sheet, upper: SheetRow, lower: SheetRow, width: int, spread: Mapping[tuple[int, int], tuple[int, int]]
) -> list[str]:
    """The upper headings, each over all its columns: inside a merged range, or over «Числитель» and «Знаменатель»."""
    texts = [text_of(upper.cells[at]) if at < len(upper.cells) else "" for at in range(width)]
    for at in range(1, width):
        if texts[at]:
            continue
        first = spread.get((upper.number, at + 1))
        under = text_of(lower.cells[at]) if at < len(lower.cells) else ""
        if first is not None:
            texts[at] = texts[first[1] - 1] if first[0] == upper.number else ""
        elif field_of(under) == "denominator" and field_of(text_of(lower.cells[at - 1])) == "numerator":
            texts[at] = texts[at - 1]
    return texts


def _table(
    sheet: Sheet,
    columns: Sequence[Column],
    header: tuple[int, ...],
    spread: Mapping[tuple[int, int], tuple[int, int]],
) -> Table:
    long = any(is_number_field(c.role) or c.role in ("indicator", "code") for c in columns)
    return Table(layout="long" if long else "wide", sheet=sheet, columns=tuple(columns), header=header, spread=spread)


def _score(table: Table) -> int:
    """How many different things the header names; 0 when it is no header."""
    fields = {c.role for c in table.columns if c.role not in ("unknown", "ignored", "count", "part")}
    figures = {(c.figures, c.side, c.level, c.cohort) for c in table.columns if c.is_figure}
    if table.layout == "long":
        return len(fields) if len(fields) >= 2 else 0
    worded = any(c.is_figure and any(letter.isalpha() for letter in c.heading) for c in table.columns)
    keyed = bool(fields & {"organisation", "inn"})
    if not figures or not (keyed or worded) or len(fields) + len(figures) < 2:
        return 0
    return len(fields) + len(figures)


def asked_about(
    sheet: Sheet, first: Sequence[SheetRow], names: Resolver, spread: Mapping[tuple[int, int], tuple[int, int]]
) -> Table | None:
    """The table of whose figures nothing is understood, but whose headings speak of levels or counts beside other
    words («Численность 1–4»): each of its columns is asked about. Two such headings, or one beside organisations;
    beside two kinds of keys any words will do."""
    best: tuple[int, Table] | None = None
    for place, row in enumerate(first):
        tables: list[Table | None] = [_one_row(sheet, row, names, spread)]
        if place + 1 < len(first) and first[place + 1].number == row.number + 1:
            tables.append(_two_rows(sheet, row, first[place + 1], names, spread, asking=True))
        for table in filter(None, tables):
            speaking = _speaking(table, names)
            if speaking and (best is None or speaking > best[0]):
                best = (speaking, table)
    return best[1] if best else None


def _speaking(table: Table, names: Resolver) -> int:
    """How many columns of figures have headings that speak of something known; 0 when it is no header."""
    texts = [text_of(cell) for at in table.header for cell in table.sheet.rows[at - 1].cells]
    if table.layout != "wide" or any(is_numeric(text) for text in texts):
        return 0
    below = [row for row in table.below() if row.cells][:HEADER_ROWS]
    keys = {column.role for column in table.columns if column.role in KEYS}
    found = 0
    for column in table.columns:
        figures = sum(is_numeric(table.cell(row, column.index)) for row in below)
        if column.role == "unknown" and figures and any(letter.isalpha() for letter in column.heading):
            within = names.lookup.within(column.heading)
            part = set(within.cohorts) - {names.everybody}
            found += bool(len(keys) > 1 or within.counts or within.levels or part)
        elif column.is_figure and figures:
            found += 1
    return found if found >= (1 if keys & {"organisation", "inn"} else 2) else 0


def _settled(table: Table, names: Resolver) -> Table:
    """The table with its unknown columns told apart: text is ignored, numbers are asked about where they may matter."""
    table = replace(table, described=described(table, names))
    complete = table.layout == "long" and (
        table.column("value") is not None or (table.column("numerator") and table.column("denominator"))
    )
    columns = []
    for column in table.columns:
        if table.layout == "long" and column.is_figure:
            column = answered_column(names, replace(column, role="unknown", figures=()))
        if column.role == "unknown":
            column = _told_apart(table, column, complete=bool(complete))
        columns.append(column)
    return replace(table, columns=tuple(columns))


def _told_apart(table: Table, column: Column, *, complete: bool) -> Column:
    cells = [cell for row in table.figured() if (cell := table.cell(row, column.index)) is not None]
    filled = [cell for cell in cells if text_of(cell)]
    if not filled:
        return replace(column, role="ignored", reason="он пуст")
    if names_an_ordinal(column.heading) and (not says_nothing(column.heading) or _are_ordinals(filled)):
        return replace(column, role="ignored", reason="это номера строк")
    if says_nothing(column.heading):
        return column
    if not any(begins_with_figure(cell) for cell in filled):
        return replace(column, role="ignored", reason="это текст, для показателей он не нужен")
    return replace(column, role="ignored", reason="у показателя такого поля нет") if complete else column


def _are_ordinals(cells: Sequence[CellValue]) -> bool:
    """Whether most of the cells number the rows: «1», «2.», «1.1», each once, but for words like «Итого»."""
    texts = [text_of(cell).rstrip(".)") for cell in cells]
    numbers = [text for text in texts if text.replace(".", "").replace(",", "").isdigit()]
    whole = [int(text) for text in numbers if text.isascii() and text.isdigit() and len(text) < 7]
    return 0 < len(set(numbers)) == len(numbers) and all(n <= 2 * len(cells) + 1 for n in whole)


def is_transposed(sheet: Sheet) -> bool:
    """Whether the names of fields run down the first column."""
    texts = {field_of(text_of(row.cells[0])) for row in sheet.rows[: 2 * HEADER_ROWS] if row.cells}
    return len(texts - {None}) >= _ENOUGH


def unheaded(table: Table) -> list[int]:
    """Columns without a heading that nevertheless hold something under the header."""
    headed = {column.index for column in table.columns}
    rows = table.figured()
    found = {at for row in rows for at, cell in enumerate(row.cells, 1) if at not in headed and text_of(cell)}
    return sorted(found)


__all__ = ["HEADER_ROWS", "Table", "find_table", "is_transposed", "spread_of", "unheaded"]
