"""The workbook that we hand out, filled and sent back -> records. Its codes, not its words, say what each cell is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from proforient.intake import form_codes
from proforient.intake.case import Given, NamingCell, Record, Trouble
from proforient.intake.form_stops import cell_text
from proforient.intake.headings import Column
from proforient.intake.layout import Table, spread_of
from proforient.intake.model import SetAside, Sheet, SheetRow
from proforient.intake.numbers import BLANK, is_numeric, parse_answer, text_of
from proforient.intake.positions import words_over
from proforient.intake.records import TableReader
from proforient.intake.resolve import Resolver
from proforient.intake.sums import needed_of, sums_among
from proforient.monitoring import Cell, Reason

_CODE = re.compile(r"[\w.-]+")
_SERVICE = "служебные коды бланка"
UNCOMPUTED = "formula-without-value"


def find_form(sheet: Sheet) -> Table | None:
    """The sheet as a form, or None when it has no corner of codes."""
    corner = next(
        ((row, at) for row in sheet.rows for at, cell in enumerate(row.cells, 1) if cell == form_codes.CORNER), None
    )
    if corner is None:
        return None
    row, at = corner
    columns = [Column(index=at, heading="", role="code")]
    for index, cell in enumerate(row.cells[at:], start=at + 1):
        if code := form_codes.split_column_code(text_of(cell)):
            level, cohort = code
            _, heading = words_over(sheet, row.number, index)
            columns.append(Column(index=index, heading=heading, role="count", level=level, cohort=cohort))
    return Table(layout="form", sheet=sheet, columns=tuple(columns), header=(row.number,), spread=spread_of(sheet))


def end_column(table: Table) -> int | None:
    """The column that repeats the codes of the rows; a form of the earlier sample has none."""
    row = table.sheet.rows[table.header[0] - 1]
    return next((at for at, cell in enumerate(row.cells, start=1) if cell == form_codes.END), None)


def read_form(reader: TableReader, names: Resolver) -> tuple[tuple[Record, ...], tuple[SetAside, ...]]:
    """The records of the rows that have a code, and every other row with the reason."""
    table = reader.table
    corner = table.columns[0].index
    records, aside = [], []
    organisation = _organisation(reader, table)
    named = next((row.number for row in table.sheet.rows if row.cells), 0)  # the three cells stand in the first row
    for row in table.sheet.rows:
        code = text_of(table.cell(row, corner))
        if row.number in table.header or code == form_codes.BESIDE:
            aside.append(SetAside(row=row.number, reason=_SERVICE))
        elif row.number <= named or not (code or _has_figure(table, row)):
            aside.append(SetAside(row=row.number, reason="строка бланка без чисел" if row.cells else "пустая строка"))
        elif record := _record(reader, names, row, code, organisation):
            records.append(record)
        else:
            aside.append(SetAside(row=row.number, reason=_SERVICE if code == form_codes.END else "числа не заполнены"))
    return tuple(records), tuple(aside)


def _organisation(reader: TableReader, table: Table) -> tuple[NamingCell | None, str | None]:
    text = cell_text(table.sheet, form_codes.NAME_ORGANISATION)
    if not text:
        return None, reader.organisation
    key = NamingCell(
        kind="organisation", text=text, column=table.columns[0].index + 1, codes=reader.names.organisation(text)
    )
    return key, key.code


def _has_figure(table: Table, row: SheetRow) -> bool:
    """Whether a number stands right of the row's name, be it in a column whose code is gone."""
    after = table.columns[0].index + 1
    return any(is_numeric(cell) for cell in row.cells[after:])


def _has_answer(table: Table, row: SheetRow) -> bool:
    """Whether a cell under a column's code says anything."""
    return any(text_of(table.cell(row, column.index)) for column in table.columns[1:])


def _begins_with_code(names: Resolver, text: str) -> bool:
    """Whether a row of the form was glued together: its code is there, and more."""
    word = _CODE.match(text)
    return word is not None and word[0] != text and word[0] in names.catalogue.counts


def _record(
    reader: TableReader, names: Resolver, row: SheetRow, code: str, organisation: tuple[NamingCell | None, str | None]
) -> Record | None:
    key, organisation_code = organisation
    keys = [key] if key else []
    period = cell_text(reader.table.sheet, form_codes.NAME_PERIOD)
    corner = reader.table.columns[0].index
    named = corner + 1  # where a person sees what the row is; the codes are hidden
    place = (period, named, period) if period else None
    if code == form_codes.END:
        strange = tuple(_uncoded(reader.table, row))
        return Record(row=row.number, keys=tuple(keys), period=place, troubles=strange) if strange else None
    if code not in names.catalogue.counts:
        if _begins_with_code(names, code):
            trouble = Trouble(code="form-codes-lost", column=named, value=code, words={"what": "код строки"})
            return Record(row=row.number, keys=tuple(keys), period=place, troubles=(trouble,))
        if not _has_figure(reader.table, row) and not _has_answer(reader.table, row):
            return None
        if code:
            keys.append(NamingCell(kind="indicator", text=code, column=named, codes=()))
            return Record(row=row.number, keys=tuple(keys), period=place, subject=code)
        trouble = Trouble(code="form-codes-lost", column=named, words={"what": "код строки"})
        return Record(row=row.number, keys=tuple(keys), period=place, troubles=(trouble,))
    givens = tuple(_givens(reader, names, row, code, organisation_code))
    troubles = tuple(_uncoded(reader.table, row))
    if not givens and not troubles:
        return None
    return Record(row=row.number, keys=tuple(keys), period=place, subject=code, givens=givens, troubles=troubles)


def _uncoded(table: Table, row: SheetRow) -> Iterator[Trouble]:
    """Answers in columns of figures whose code is gone."""
    coded, end = {column.index for column in table.columns}, end_column(table)
    for at, cell in enumerate(row.cells, start=1):
        if at <= table.columns[0].index + 1 or at in coded or at == end:
            continue
        if is_numeric(cell) or isinstance(parse_answer(cell), (int, Reason)):
            yield Trouble(code="form-codes-lost", column=at, value=text_of(cell), words={"what": "код столбца"})


def _sums(names: Resolver, organisation: str | None) -> Collection[Cell]:
    """What the form computes itself for the organisation."""
    own = names.known.organisations.get(organisation or "")
    needed = needed_of(names.catalogue, own, names.known.period) if own else []
    return sums_among(names.catalogue, own.levels, needed) if own else ()


def _givens(
    reader: TableReader, names: Resolver, row: SheetRow, code: str, organisation: str | None
) -> Iterator[Given]:
    shown = text_of(reader.table.cell(row, reader.table.columns[0].index + 1)) or code
    for column in reader.table.columns[1:]:
        given = reader.given(row, column.index, organisation, code, column.level, column.cohort, shown)
        if given.mark == UNCOMPUTED and given.cell in _sums(names, organisation):
            continue  # our own formula, saved by a program that computes none
        if given.parsed is not BLANK or given.mark:
            yield given
