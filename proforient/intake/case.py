"""Everything understood of one file, as plain records: the checks look at it and at nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from proforient.catalogue.entries import Catalogue, CountValue
from proforient.intake.form_stops import Stop
from proforient.intake.layout import Table
from proforient.intake.limits import letters
from proforient.intake.model import Answers, CellValue, Known, Place, Reading, ReadValue, SetAside, Sheet
from proforient.intake.numbers import Parsed
from proforient.intake.personal import Hit
from proforient.intake.resolve import Kind, Resolver
from proforient.intake.rows import Section
from proforient.monitoring import Cell, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingCell:
    """A cell that names something: its text and what that text may mean. Exactly one code: it is understood."""

    kind: Kind
    text: str
    column: int
    codes: tuple[str, ...]
    unsure: bool = False  # a footnote is set in the cell, or the codes alone do not settle it

    @property
    def code(self) -> str | None:
        return self.codes[0] if len(self.codes) == 1 and not self.unsure else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong with the make-up of a row; ``words`` fill the finding's text."""

    code: str
    column: int
    value: str | None = None
    words: Mapping[str, object] = field(default_factory=dict)


@lru_cache(maxsize=8192)
def cell_of(count: str, level: str, cohort: str) -> Cell:
    """One object for one cell: a long file names each many times."""
    return Cell(count=count, level=level, cohort=cohort)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One cell where a figure is expected: what stood there and what it says."""

    row: int
    column: int
    organisation: str | None
    count: str
    level: str | None
    cohort: str | None
    kind: CountValue
    raw: CellValue
    parsed: Parsed
    mark: str = ""
    shown: str | None = None  # what a person sees in the cell, where it is something else
    merged: bool = False
    subject: str = ""  # what the row or the heading called it

    @property
    def cell(self) -> Cell | None:
        if self.level is None or self.cohort is None:
            return None
        return cell_of(self.count, self.level, self.cohort)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of figures: the keys it names, the figures it gives, what is wrong with its make-up."""

    row: int
    keys: tuple[NamingCell, ...] = ()
    period: tuple[str, int, CellValue] | None = None  # text, column, cell
    subject: str = ""
    givens: tuple[Given, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    total: bool = False

    @property
    def says_nothing(self) -> bool:
        return not self.givens and not self.troubles and not self.keys


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file being checked, or (in ``recheck``) only the values that were understood of it."""

    catalogue: Catalogue
    known: Known
    answers: Answers
    values: tuple[ReadValue, ...]
    reading: Reading | None = None
    names: Resolver | None = None
    organisation: str | None = None  # for whom the file is sent
    sheet: Sheet | None = None
    table: Table | None = None
    records: tuple[Record, ...] = ()
    totals: tuple[Record, ...] = ()
    aside: tuple[SetAside, ...] = ()
    second_headers: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()  # rows of words between the rows of figures
    notes: tuple[Section, ...] = ()  # rows of words under them
    stops: tuple[Stop, ...] = ()  # why a form was not read
    tables: tuple[Table, ...] = ()  # of all visible sheets
    hits: tuple[Hit, ...] = ()
    contacts: tuple[tuple[str, int], ...] = ()  # rows (sheet, row) that say who filled the table in; they were not read
    memo: dict[str, object] = field(
        default_factory=dict, compare=False, init=False
    )  # what several checks work out alike

    @cached_property
    def standing(self) -> Mapping[tuple[str, Cell], int | Reason]:
        """The values as they would stand after this file replaced what it carries."""
        current = dict(self.known.current)
        for value in reversed(self.values):
            current[value.organisation, value.cell] = _answer_of(value)
        return current

    @cached_property
    def carried(self) -> Mapping[tuple[str, Cell], ReadValue]:
        """The file's own values; of a cell given twice, the first."""
        found: dict[tuple[str, Cell], ReadValue] = {}
        for value in self.values:
            found.setdefault((value.organisation, value.cell), value)
        return found

    @cached_property
    def touched(self) -> Mapping[str, Sequence[ReadValue]]:
        """The file's values by organisation."""
        found: dict[str, list[ReadValue]] = {}
        for value in self.carried.values():
            found.setdefault(value.organisation, []).append(value)
        return found

    def number(self, organisation: str, cell: Cell) -> int | None:
        """The number that stands in a cell; None for a reason and for nothing."""
        value = self.standing.get((organisation, cell))
        return None if value is None or isinstance(value, Reason) else value

    def shown(self, organisation: str, *cells: Cell) -> str:
        """The sum of numbers in cells as it would stand, with what of it was handed in earlier and by whom."""
        numbers = {cell: self.number(organisation, cell) or 0 for cell in cells}
        before = [number for cell, number in numbers.items() if (organisation, cell) not in self.carried]
        if not before:
            return str(sum(numbers.values()))
        entry = self.known.organisations.get(organisation)
        part = "" if len(before) == len(cells) else f"из них {sum(before)} "
        return f"{sum(numbers.values())} ({part}сдано раньше, {entry.name if entry else organisation})"

    @property
    def is_csv(self) -> bool:
        return self.reading is not None and self.reading.kind == "csv"

    def column_name(self, index: int) -> str:
        """A column as the user calls it: its letter in a workbook, its heading in a CSV."""
        return self._headings.get(index) or letters(index)

    @cached_property
    def _headings(self) -> Mapping[int, str]:
        if self.table is None or not self.is_csv:
            return {}
        return {**self.table.headings, **{c.index: c.heading for c in self.table.columns}}

    def place(self, row: int, column: int) -> Place:
        return Place(self.sheet.name if self.sheet else "", row, self.column_name(column))


def _answer_of(value: ReadValue) -> int | Reason:
    if value.number is not None:
        return value.number
    assert value.reason is not None
    return value.reason
