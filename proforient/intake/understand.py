"""A reading, the catalogue and what is known -> a ``Case``: the table chosen, its rows read, its values gathered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from proforient.catalogue.entries import Catalogue
from proforient.intake.case import Case, Given, Record
from proforient.intake.contacts import Place, contact_rows, without
from proforient.intake.form_rows import find_form, read_form
from proforient.intake.form_stops import Stop, stops
from proforient.intake.known_values import with_known
from proforient.intake.layout import Table, find_table
from proforient.intake.long import read_long
from proforient.intake.model import Answers, Known, Reading, ReadValue, Remembered, SetAside
from proforient.intake.numbers import is_numeric, text_of
from proforient.intake.personal import Hit, find_hits, masked
from proforient.intake.printed_totals import reason_set_aside
from proforient.intake.records import TableReader
from proforient.intake.resolve import Resolver
from proforient.intake.rows import UNFILLED, Section, sort_rows
from proforient.intake.sums import with_sums
from proforient.intake.wide import read_wide
from proforient.monitoring import Cell, Reason, within

_WHO = "подпись или контакты того, кто заполнил"
_STEP = 1_000  # rows between two words about how far the reading is


def understand(
    reading: Reading,
    catalogue: Catalogue,
    known: Known,
    *,
    organisation: str | None,
    answers: Answers,
    say: Callable[[float], None] = lambda done: None,
) -> Case:
    """Everything that the file says, with nothing judged yet; ``say`` is told how much is done, from 0 to 1."""
    knows = Resolver(catalogue, known, answers, organisation).knows
    hits = find_hits(reading, knows)
    contacts = contact_rows(reading, hits, knows)
    unbound: frozenset[Remembered] = frozenset()
    while True:
        names = Resolver(catalogue, known, answers, organisation, unbound)
        left = tuple(hit for hit in hits if hit[:2] not in contacts)
        seen = masked(without(reading, contacts), left)
        case = _understood(seen, names, known, organisation, answers, left, say)
        case = replace(case, contacts=contacts, aside=tuple(_rows_set_aside(case, contacts)))
        elsewhere, inside = _elsewhere(case, names), _inside(case)
        if not elsewhere and not inside:
            return case
        unbound |= elsewhere
        contacts = tuple(place for place in contacts if place not in inside)


def _rows_set_aside(case: Case, contacts: Collection[Place]) -> Iterator[SetAside]:
    """Why each row is not used, those that say who filled the table in among them."""
    name = case.sheet.name if case.sheet else ""
    for row in case.aside:
        yield replace(row, reason=_WHO) if (name, row.row) in contacts else row


def _inside(case: Case) -> frozenset[Place]:
    """Rows that stand between the rows of the table after all, or of which it cannot be known: they are read."""
    if case.table is None:
        return frozenset() if case.tables else frozenset(case.contacts)
    rows = [record.row for record in (*case.records, *case.totals)]
    last = max(rows, default=case.table.header[-1])  # order: numbers of rows
    name, first = case.table.sheet.name, case.table.header[0]
    return frozenset((sheet, row) for sheet, row in case.contacts if sheet == name and first <= row <= last)


def _elsewhere(case: Case, names: Resolver) -> frozenset[Remembered]:
    """Remembered answers by which the file was read, though it speaks of organisations outside their territory."""
    codes = {given.organisation for record in case.records for given in record.givens} | {case.organisation}
    register = case.known.organisations
    places = {register[code].territory for code in codes if code is not None and code in register}
    return frozenset(
        answer
        for answer in names.used.values()
        if answer.territory and not all(within(place, answer.territory) for place in places)
    )


def _understood(
    reading: Reading,
    names: Resolver,
    known: Known,
    organisation: str | None,
    answers: Answers,
    hits: tuple[Hit, ...],
    say: Callable[[float], None],
) -> Case:
    tables = tuple(
        table
        for sheet in reading.sheets
        if not sheet.hidden and sheet.rows and (table := find_form(sheet) or find_table(sheet, names))
    )
    case = Case(
        catalogue=names.catalogue,
        known=known,
        answers=answers,
        values=(),
        reading=reading,
        names=names,
        organisation=organisation,
        tables=tables,
        hits=hits,
    )
    chosen = _chosen(tables, answers)
    return _read(case, chosen, names, say) if chosen else _unread(case, hits)


def _chosen(tables: Sequence[Table], answers: Answers) -> Table | None:
    """The one table, or the one on the sheet that a person picked."""
    if len(tables) == 1:
        return tables[0]
    return next((table for table in tables if answers.sheet and table.sheet.name == answers.sheet), None)


def _unread(case: Case, hits: Sequence[Hit]) -> Case:
    """Nothing can be loaded: the rows of the first visible sheet are all set aside."""
    assert case.reading is not None
    sheet = next((sheet for sheet in case.reading.sheets if not sheet.hidden and sheet.rows), None)
    rows = sheet.rows if sheet else ()
    aside = tuple(
        SetAside(row=row.number, reason="таблица не прочитана" if row.cells else "пустая строка") for row in rows
    )
    return replace(case, sheet=sheet, aside=aside)


def _read(case: Case, table: Table, names: Resolver, say: Callable[[float], None]) -> Case:
    for column in table.columns:
        if column.answered:
            understood = column.role != "unknown"
            names.answered("column", column.answered, (lambda _: True) if understood else (lambda _: False))
    reader = TableReader(table, names, case.answers, case.organisation)
    totals: tuple[Record, ...] = ()
    second: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Section, ...] = ()
    stopped: tuple[Stop, ...] = ()
    if table.layout == "form":
        stopped = tuple(stops(table, case.catalogue, case.known, case.organisation))
        records, aside = ((), _not_read(table)) if stopped else read_form(reader, names)
    else:
        read = read_long if table.layout == "long" else read_wide
        found = sort_rows(table, names)
        many = len(found.figures)
        read_rows = []
        for place, row in enumerate(found.figures):
            read_rows.append(read(reader, row))
            if place % _STEP == 0:
                say(place / many)
        records = tuple(read_rows)
        totals = tuple(read(reader, row, total=True) for row in found.totals)
        second = tuple(row.number for row in found.second_headers)
        sections, notes = found.sections, found.notes
        waiting = [column.index for column in table.columns if column.role == "unknown"]
        silent = tuple(SetAside(row=record.row, reason=UNFILLED) for record in records if record.says_nothing)
        records = tuple(record for record in records if not record.says_nothing)
        aside = tuple(_waiting(table, waiting, row) for row in (*found.aside, *silent))
    case = replace(
        case,
        sheet=table.sheet,
        table=table,
        records=records,
        totals=totals,
        second_headers=second,
        sections=sections,
        notes=notes,
        stops=stopped,
    )
    aside = (*aside, *(SetAside(row=total.row, reason=reason_set_aside(case, total)) for total in totals))
    case = replace(case, aside=tuple(sorted(aside, key=lambda row: row.row)), values=tuple(_values(case)))
    case = replace(case, values=with_known(case))
    return replace(case, values=with_sums(case))


def _waiting(table: Table, columns: Sequence[int], row: SetAside) -> SetAside:
    """A row whose numbers stand in columns that wait for an answer is not called one without numbers."""
    here = table.sheet.rows[row.row - 1]
    holds = row.reason == UNFILLED and any(is_numeric(table.cell(here, at)) for at in columns)
    return replace(row, reason="что стоит в столбцах её чисел, ещё не отвечено") if holds else row


def _not_read(table: Table) -> tuple[SetAside, ...]:
    rows = table.sheet.rows
    return tuple(SetAside(row=r.number, reason="бланк не прочитан" if r.cells else "пустая строка") for r in rows)


def _values(case: Case) -> list[ReadValue]:
    """The values of the file; of one given twice, the first."""
    found: dict[tuple[str, Cell], ReadValue] = {}
    for record in case.records:
        for given in record.givens:
            value = value_of(case, given)
            if value:
                found.setdefault((value.organisation, value.cell), value)
    return list(found.values())


def is_understood(given: Given) -> bool:
    """Whether everything about a given cell is known, so that it makes a value."""
    known = given.organisation is not None and given.level is not None and given.cohort is not None
    return known and not given.mark and not given.merged and isinstance(given.parsed, (int, Reason))


def value_of(case: Case, given: Given) -> ReadValue | None:
    """The value that a given cell makes, when everything about it is understood."""
    if not is_understood(given):
        return None
    cell, parsed = given.cell, given.parsed
    assert given.organisation is not None and cell is not None
    number = parsed if isinstance(parsed, int) else None
    return ReadValue(
        organisation=given.organisation,
        cell=cell,
        number=number,
        reason=parsed if isinstance(parsed, Reason) else None,
        place=case.place(given.row, given.column),
        text=text_of(given.raw),
    )
