"""The workbook that we hand out, filled and sent back -> records. Its codes, not its words, say what each cell is."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake import form
from proforient.intake.case import Given, Key, Record, Trouble
from proforient.intake.headings import Column
from proforient.intake.layout import Table, spread_of
from proforient.intake.model import SetAside, Sheet, SheetRow
from proforient.intake.numbers import BLANK, is_numeric, text_of
from proforient.intake.records import Reader
from proforient.intake.resolve import Names


def find_form(sheet: Sheet) -> Table | None:
    """The sheet as a form, or None when it has no corner of codes."""
    corner = next(
        ((row, at) for row in sheet.rows for at, cell in enumerate(row.cells, 1) if cell == form.CORNER), None
    )
    if corner is None:
        return None
    row, at = corner
    columns = [Column(index=at, heading=form.CORNER, role="code")]
    for index, cell in enumerate(row.cells[at:], start=at + 1):
        if code := form.split_column_code(text_of(cell)):
            level, cohort = code
            columns.append(Column(index=index, heading=text_of(cell), role="count", level=level, cohort=cohort))
    return Table(layout="form", sheet=sheet, columns=tuple(columns), header=(row.number,), spread=spread_of(sheet))


def read_form(reader: Reader, names: Names) -> tuple[tuple[Record, ...], tuple[SetAside, ...]]:
    """The records of the rows that have a code, and every other row with the reason."""
    table = reader.table
    corner = table.columns[0].index
    records, aside = [], []
    organisation = _organisation(reader, table)
    for row in table.sheet.rows:
        code = text_of(table.cell(row, corner))
        if row.number in table.header:
            aside.append(SetAside(row=row.number, reason="служебные коды бланка"))
        elif row.number < table.header[0] or not (code or _has_figure(table, row)):
            aside.append(SetAside(row=row.number, reason="строка бланка без чисел" if row.cells else "пустая строка"))
        elif record := _record(reader, names, row, code, organisation):
            records.append(record)
        else:
            aside.append(SetAside(row=row.number, reason="числа не заполнены"))
    return tuple(records), tuple(aside)


def _organisation(reader: Reader, table: Table) -> tuple[Key | None, str | None]:
    text = table.sheet.names.get(form.NAME_ORGANISATION, "")
    if not text:
        return None, reader.organisation
    key = Key(kind="organisation", text=text, column=table.columns[0].index, codes=reader.names.organisation(text))
    return key, key.code


def _has_figure(table: Table, row: SheetRow) -> bool:
    return any(is_numeric(table.cell(row, column.index)) for column in table.columns[1:])


def _record(
    reader: Reader, names: Names, row: SheetRow, code: str, organisation: tuple[Key | None, str | None]
) -> Record | None:
    key, organisation_code = organisation
    keys = [key] if key else []
    period = reader.table.sheet.names.get(form.NAME_PERIOD, "")
    place = (period, reader.table.columns[0].index, period) if period else None
    corner = reader.table.columns[0].index
    if code not in names.catalogue.counts:
        if not _has_figure(reader.table, row):
            return None
        if code:
            keys.append(Key(kind="indicator", text=code, column=corner, codes=()))
            return Record(row=row.number, keys=tuple(keys), period=place, subject=code)
        trouble = Trouble(code="key-empty", column=corner, words={"name": "код строки бланка"})
        return Record(row=row.number, keys=tuple(keys), period=place, troubles=(trouble,))
    givens = tuple(_givens(reader, row, code, organisation_code))
    return Record(row=row.number, keys=tuple(keys), period=place, subject=code, givens=givens) if givens else None


def _givens(reader: Reader, row: SheetRow, code: str, organisation: str | None) -> Iterator[Given]:
    for column in reader.table.columns[1:]:
        given = reader.given(row, column.index, organisation, code, column.level, column.cohort, code)
        if given.parsed is not BLANK or given.mark:
            yield given
