"""Rows that are set aside though a number stands in them, and rows that name an organisation without any number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proforient.catalogue.entries import Severity
from proforient.intake.case import Case
from proforient.intake.checks.ragged_rows import holds_a_row
from proforient.intake.describing import KEYS, names_something
from proforient.intake.findings import finding
from proforient.intake.layout import Table
from proforient.intake.model import Finding, SheetRow
from proforient.intake.numbers import is_numeric, text_of
from proforient.intake.rows import NOTE_BELOW, REPEATED, SECTION, UNFILLED
from proforient.wording import number

RAISES = ("rows-unfilled", "row-above-header", "row-not-read")
_WORDS = (UNFILLED, SECTION, NOTE_BELOW, REPEATED)  # said of rows that hold no number
_NAMED = 3  # organisations that are called by name; the rest are counted
_ELSEWHERE = ("ignored", "unknown", "period")  # such columns are told of or asked about themselves


def check(case: Case) -> Iterator[Finding]:
    table = case.table
    if table is None or table.layout == "form" or case.names is None:
        return
    for row in table.sheet.rows[: table.header[0] - 1]:
        if _is_of_table(case, table, row):
            words = {"header": table.header[0]}
            yield finding("row-above-header", sheet=table.sheet.name, row=row.number, words=words)
    second = min(case.second_headers, default=len(table.sheet.rows) + 1)  # what stands below it is told as a whole
    for aside in case.aside:
        if aside.reason in _WORDS and aside.row < second:
            yield from _unread(case, table, table.sheet.rows[aside.row - 1], aside.reason)
    unfilled = [table.sheet.rows[aside.row - 1] for aside in case.aside if aside.reason == UNFILLED]
    yield from _organisations(case, table, unfilled)
    yield from _numbered(table, unfilled)


def _is_of_table(case: Case, table: Table, row: SheetRow) -> bool:
    """Whether figures stand where the table has them, two or more or beside a name that is known."""
    many = sum(is_numeric(table.cell(row, at)) for at in table.figure_columns)
    keys = [column for column in table.columns if column.role in KEYS and column.role != "period"]
    return many > 1 or (many == 1 and any(_is_known(case, table, row, c.index, c.role) for c in keys))


def _unread(case: Case, table: Table, row: SheetRow, reason: str) -> Iterator[Finding]:
    """A number in a row that was taken for one without: its cells are shifted, or glued into one."""
    columns = {column.index: column for column in table.columns}
    for at, cell in enumerate(row.cells, start=1):
        role = columns[at].role if at in columns else ""
        if is_numeric(cell) and role not in _ELSEWHERE and not _is_known(case, table, row, at, role):
            severity: Severity = "error" if reason == UNFILLED or _names_anything(case, row) else "warning"
            where = case.place(row.number, at)._asdict()
            yield finding("row-not-read", **where, value=text_of(cell), severity=severity, words={"reason": reason})
            return
    if not case.is_csv and holds_a_row(case, table, row, len(table.columns)):
        place = case.place(row.number, 1)
        yield finding("row-not-read", **place._asdict(), value=text_of(row.cells[0]), words={"reason": reason})


def _names_anything(case: Case, row: SheetRow) -> bool:
    return case.names is not None and any(case.names.knows(cell) for cell in row.cells if isinstance(cell, str))


def _is_known(case: Case, table: Table, row: SheetRow, at: int, role: str) -> bool:
    text = table.key_text(row, at)
    return bool(text) and role in KEYS and case.names is not None and names_something(case.names, role, text)


def _organisations(case: Case, table: Table, unfilled: Sequence[SheetRow]) -> Iterator[Finding]:
    """Organisations of which the file gives no number at all; of one that gives some ``missing-counts`` tells."""
    assert case.names is not None
    column = table.column("inn") or table.column("organisation")
    silent: dict[str, int] = {}
    for row in unfilled if column else ():
        assert column is not None
        for code in case.names.organisation(table.key_text(row, column.index)):
            if code not in case.touched:
                silent.setdefault(code, row.number)
    if silent:
        names = [case.known.organisations[code].name for code in silent]
        more = "" if len(names) <= _NAMED else f" и ещё {number(len(names) - _NAMED)}"
        what = f"названа организация, а чисел её в файле нет: {', '.join(names[:_NAMED])}{more}"
        yield finding("rows-unfilled", sheet=table.sheet.name, row=next(iter(silent.values())), words={"what": what})


def _numbered(table: Table, unfilled: Sequence[SheetRow]) -> Iterator[Finding]:
    """Rows of which nothing but their number is left."""
    bare = [row.number for row in unfilled if row.cells and all(is_numeric(c) for c in row.cells if text_of(c))]
    if bare:
        what = f"стоит только её номер (таких строк {number(len(bare))})"
        yield finding("rows-unfilled", sheet=table.sheet.name, row=bare[0], words={"what": what})
