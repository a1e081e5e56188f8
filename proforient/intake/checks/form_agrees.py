"""The form: whose and of which period it is, and whether its visible words mean what its hidden codes mean."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.name_keys import normalise
from proforient.intake import form_codes
from proforient.intake.case import Case, Record
from proforient.intake.findings import finding
from proforient.intake.form_rows import end_column
from proforient.intake.form_stops import cell_text
from proforient.intake.headings import Column
from proforient.intake.layout import Table
from proforient.intake.model import Finding
from proforient.intake.numbers import text_of
from proforient.intake.periods import read_period
from proforient.intake.positions import words_over
from proforient.wording import period_name

RAISES = ("form-other", "form-of-other", "form-of-other-period", "form-words-differ", "form-cells-shifted")
_BARE = "пусто"


def check(case: Case) -> Iterator[Finding]:
    table = case.table
    if table is None or table.layout != "form":
        return
    for stop in case.stops:
        yield finding(stop.code, sheet=table.sheet.name, value=stop.value, words=stop.words)
    given = {figure.column for record in case.records for figure in record.givens}
    for column in table.columns[1:]:
        if column.index in given:
            yield from _heading(case, table, column)
    for record in case.records:
        if record.givens:
            yield from _row(case, table, record)
    if not case.stops:
        yield from _title(case, table)
        yield from _shifted(case, table) if end_column(table) else _perhaps_shifted(case, table)


def _shifted(case: Case, table: Table) -> Iterator[Finding]:
    """Rows and columns at whose end their code does not stand again: a cell of theirs was inserted or deleted."""
    corner, end = table.columns[0].index, end_column(table) or 0
    codes = table.sheet.rows[table.header[0] - 1]
    last = next((row for row in table.below() if text_of(table.cell(row, corner)) == form_codes.END), None)
    for row in table.below():
        code = text_of(table.cell(row, corner))
        if code in case.catalogue.counts and text_of(table.cell(row, end)) != code:
            what = {"what": "код в конце строки стоит не на своём месте"}
            yield finding("form-cells-shifted", sheet=table.sheet.name, row=row.number, words=what)
    for column in table.columns[1:]:
        if last is not None and text_of(table.cell(last, column.index)) != text_of(table.cell(codes, column.index)):
            what = {"what": "код под столбцом стоит не на своём месте"}
            place = case.place(table.heading_row, column.index)
            yield finding("form-cells-shifted", **place._asdict(), words=what)


def _perhaps_shifted(case: Case, table: Table) -> Iterator[Finding]:
    """Of a form of the earlier sample: rows with numbers whose last cell is blank, as a cell deleted leaves it."""
    own = case.known.organisations.get(cell_text(table.sheet, form_codes.NAME_ORGANISATION) or case.organisation or "")
    for record in case.records:
        count = case.catalogue.counts.get(record.subject)
        if count is None or own is None or not record.givens:
            continue
        asked = [
            c.index
            for c in table.columns[1:]
            if c.level in count.levels and c.level in own.levels and c.cohort in count.cohorts
        ]
        if asked and asked[-1] not in {given.column for given in record.givens}:
            place = case.place(record.row, asked[-1])
            words = {"what": "последняя клетка строки пуста"}
            yield finding("form-cells-shifted", severity="warning", **place._asdict(), words=words)


def _title(case: Case, table: Table) -> Iterator[Finding]:
    """The title shows organisation and period: those of the hidden cells, or those chosen where these are wiped."""
    for row in table.sheet.rows[: table.header[0]]:
        for at, cell in enumerate(row.cells, start=1):
            name, found, tail = text_of(cell).partition(form_codes.TITLE_TAIL)
            if not found:
                continue
            own = case.known.organisations.get(
                cell_text(table.sheet, form_codes.NAME_ORGANISATION) or case.organisation or ""
            )
            hidden = cell_text(table.sheet, form_codes.NAME_PERIOD)
            period = read_period(hidden) if hidden else case.known.period and case.known.period.code
            coded = own.name if own else name
            whose = {normalise(coded), normalise(own.full_name if own else coded)}
            when = period_name(period) if period else tail
            if normalise(name) not in whose or normalise(tail) != normalise(when):
                words = {"shown": text_of(cell), "coded": f"{coded}{form_codes.TITLE_TAIL}{when}"}
                place = case.place(row.number, at)
                yield finding("form-words-differ", **place._asdict(), words=words)


def _heading(case: Case, table: Table, column: Column) -> Iterator[Finding]:
    assert column.level is not None and column.cohort is not None
    row, shown = words_over(table.sheet, table.header[0], column.index)
    if _means(case, shown, column.level, column.cohort):
        return
    part = case.catalogue.cohorts[column.cohort]
    coded = case.catalogue.levels[column.level].name + ("" if part.part_of is None else f"{form_codes.PART}{part.name}")
    words = {"shown": shown or _BARE, "coded": coded}
    yield finding("form-words-differ", **case.place(row, column.index)._asdict(), words=words)


def _means(case: Case, shown: str, level: str, cohort: str) -> bool:
    """Whether the heading names this level and this category."""
    lookup, parts = case.catalogue, normalise(form_codes.PART)
    place, found, part = normalise(shown).partition(f" {parts} ")
    levels = {normalise(text) for text in (lookup.levels[level].name, lookup.levels[level].short)}
    if part or found:
        named = lookup.cohorts[cohort]
        return place in levels and normalise(named.name) == part
    return place in levels and lookup.cohorts[cohort].part_of is None


def _row(case: Case, table: Table, record: Record) -> Iterator[Finding]:
    corner = table.columns[0].index
    shown = text_of(table.cell(table.sheet.rows[record.row - 1], corner + 1))
    code = record.subject
    levels = (None, *case.catalogue.counts[code].levels)
    names = [case.catalogue.count_name(code, level) for level in levels]
    if normalise(shown) in {normalise(name) for name in names}:
        return
    words = {"shown": shown or _BARE, "coded": names[0]}
    yield finding("form-words-differ", **case.place(record.row, corner + 1)._asdict(), words=words)
