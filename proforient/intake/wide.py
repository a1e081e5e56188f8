"""A wide table: a row an organisation (or organisation x level x category), a column a count or half of a pair."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.intake.case import Given, NamingCell, Record, Trouble
from proforient.intake.headings import Column
from proforient.intake.model import SheetRow
from proforient.intake.numbers import BLANK
from proforient.intake.records import TableReader


def read_wide(reader: TableReader, row: SheetRow, *, total: bool = False) -> Record:
    """The record of one row; a row whose figures are all blank says nothing."""
    return _WideRow(reader, row, total=total).record()


class _WideRow:
    def __init__(self, reader: TableReader, row: SheetRow, *, total: bool) -> None:
        self._reader = reader
        self._row = row
        self._total = total
        self._keys: dict[tuple[str, str], NamingCell] = {}
        self._troubles: dict[tuple[str, int], Trouble] = {}
        self._columns = [column for column in reader.table.columns if column.is_figure]

    def record(self) -> Record:
        organisation = None
        keys: tuple[NamingCell, ...] = ()
        troubles: tuple[Trouble, ...] = ()
        if not self._total:
            keys, organisation, troubles = self._reader.organisation_of(self._row)
        found = [(column, given) for column in self._columns for given in self._given(column, organisation)]
        said = [(column, given) for column, given in found if given.parsed is not BLANK or given.mark]
        if not said:
            return Record(row=self._row.number, total=self._total)
        self._note_half_pairs(said)
        return Record(
            row=self._row.number,
            keys=(*keys, *self._keys.values()),
            period=self._reader.period(self._row),
            subject="",
            givens=tuple(given for _, given in said),
            troubles=(*troubles, *self._troubles.values()),
            total=self._total,
        )

    def _given(self, column: Column, organisation: str | None) -> Sequence[Given]:
        """The column's figure, none when the cell is blank: only a filled one needs a level and a category."""
        count = self._count(column)
        if count is None:
            return ()
        given = self._reader.given(self._row, column.index, organisation, count, None, None, column.heading)
        if given.parsed is BLANK and not given.mark:
            return ()
        level, cohort = self._level(column, count), self._cohort(column, count)
        return (self._reader.given(self._row, column.index, organisation, count, level, cohort, column.heading),)

    def _count(self, column: Column) -> str | None:
        if column.role == "count":
            return column.code
        entry = self._reader.names.catalogue.indicators[column.code]
        if not entry.pairable:
            return None
        return (entry.numerator if column.side == "numerator" else entry.denominator)[0]

    def _asked(self, column: Column, count: str) -> tuple[str, ...]:
        catalogue = self._reader.names.catalogue
        return catalogue.counts[count].levels if column.role == "count" else catalogue.indicators[column.code].levels

    def _level(self, column: Column, count: str) -> str | None:
        named = {level for _, level in column.figures}
        fixed = column.level or (next(iter(named)) if len(named) == 1 else None)
        if fixed:
            return fixed
        asked = self._asked(column, count)
        text, at = self._reader.key(self._row, "level")
        if not at and len(asked) == 1:
            return asked[0]  # the table asks for no level and the figure has only one
        codes = self._reader.names.levels(text, asked)
        if not text:
            if len(codes) == 1:
                return codes[0]
            code = "key-empty" if at else "missing-column"
            self._troubles.setdefault((code, at), Trouble(code=code, column=at, words={"name": "Уровень"}))
            return None
        key = NamingCell(kind="level", text=text, column=at, codes=codes, unsure=self._reader.marked(self._row, at))
        self._keys.setdefault(("level", text if key.code else f"{text} {column.index}"), key)
        return key.code

    def _cohort(self, column: Column, count: str) -> str | None:
        if column.cohort:
            return column.cohort
        code, key, trouble = self._reader.cohort_of(self._row, self._reader.names.catalogue.counts[count].cohorts)
        if key:
            self._keys.setdefault(("cohort", key.text), key)
        if trouble:
            self._troubles.setdefault((trouble.code, trouble.column), trouble)
        return code

    def _note_half_pairs(self, said: Sequence[tuple[Column, Given]]) -> None:
        """One number of an indicator's pair beside a blank."""
        filled = {column.index for column, _ in said}
        for column, _ in said:
            if column.role != "part":
                continue
            for other in self._columns:
                same = (other.figures, other.level, other.cohort) == (column.figures, column.level, column.cohort)
                if same and other.role == "part" and other.side != column.side and other.index not in filled:
                    words = {"name": other.heading}
                    trouble = Trouble(code="half-pair", column=other.index, words=words)
                    self._troubles.setdefault(("half-pair", other.index), trouble)
