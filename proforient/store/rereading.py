"""The kept files read again, each in a process of its own, and compared cell by cell with what is stored of them.

A value's place says where it stood: what the file says there must be the number that is stored. So it is whatever the
rules of reading are today; a file or place that these rules no longer reach is counted as not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from proforient.catalogue.entries import Catalogue
from proforient.intake.model import CellValue, Sheet
from proforient.intake.numbers import parse_answer, parse_count, text_of
from proforient.intake.own_process import read_isolated
from proforient.intake.positions import index_of
from proforient.intake.sums import NO_COLUMN, Sums, sums_among
from proforient.monitoring import Cell
from proforient.store.connect import RESTORE
from proforient.store.rows import Damage
from proforient.store.store import Store
from proforient.store.transaction import Question


class StoredRow(NamedTuple):
    organisation: str
    counted: str
    level: str
    cohort: str
    number: int
    sheet: str
    row_no: int
    column_name: str


class KeptRow(NamedTuple):
    submission_id: int
    sha256: str
    file_name: str


KEPT_SUBMISSIONS = Question("kept_submissions", KeptRow)
VALUES_OF_FILE = Question("values_of_file", StoredRow)


class Reread:
    """What came of it: the damages one by one, and how many files and values were compared or could not be."""

    def __init__(self) -> None:
        self.files = self.values = self.other_files = self.other_values = 0

    def look(self, store: Store) -> Iterator[Damage]:
        """Every stored value of every kept file."""
        with store.read() as reader:
            submissions = reader.ask(KEPT_SUBMISSIONS)
        read: dict[str, Mapping[str, Sheet]] = {}
        for submission in submissions:
            sha256, name = submission.sha256, submission.file_name
            path = store.files_folder / sha256
            if not path.is_file():
                continue  # told already
            if sha256 not in read:
                read = {sha256: {s.name: s for s in read_isolated(name, path.read_bytes()).sheets}}
            sheets = read[sha256]
            if not sheets:
                self.other_files += 1
                continue
            self.files += 1
            with store.read() as reader:
                rows = reader.ask(VALUES_OF_FILE, submission=submission.submission_id)
            yield from self._differences(rows, sheets, name, _sums(store.catalogue))

    def _differences(
        self, rows: list[StoredRow], sheets: Mapping[str, Sheet], name: str, store_sums: Sums
    ) -> Iterator[Damage]:
        lines = {sheet.name: {row.number: row.cells for row in sheet.rows} for sheet in sheets.values()}
        for stored in rows:
            cells = lines.get(stored.sheet, {}).get(stored.row_no)
            in_a_cell = cells is not None and stored.column_name != NO_COLUMN
            said = (
                _numbers_in_file(sheets[stored.sheet], stored.row_no, cells, stored.column_name)
                if in_a_cell and cells
                else None
            )
            if not said and stored.number == _sum_of_parts(store_sums, rows, stored):
                self.values += 1  # it follows from numbers of the file that are compared themselves
                continue
            if not said:
                self.other_values += 1
                continue
            self.values += 1
            if stored.number not in said:
                numbers = " или ".join(map(str, sorted(said)))  # order: numbers
                yield Damage(
                    code="value-not-in-file",
                    what=f"Число «{stored.counted}», {stored.level}, {stored.cohort} организации "
                    f"«{stored.organisation}»: хранится {stored.number}, а в файле «{name}», "
                    f"строка {stored.row_no}, столбец «{stored.column_name}», стоит {numbers}.",
                    where="value",
                    to_do=f"Кто-то изменил файл данных в обход программы. {RESTORE}",
                )


def _sums(catalogue: Catalogue) -> Sums:
    """Every cell that may follow from others, with these."""
    cells = [
        Cell(c.code, level, cohort) for c in catalogue.counts.values() for level in c.levels for cohort in c.cohorts
    ]
    return sums_among(catalogue, list(catalogue.levels), cells)


def _sum_of_parts(sums: Sums, rows: list[StoredRow], whole: StoredRow) -> int | None:
    """What the file's own numbers of the organisation come to for a cell that follows from them; None for any other."""
    parts = sums.get(Cell(whole.counted, whole.level, whole.cohort))
    if parts is None:
        return None
    own = {
        Cell(row.counted, row.level, row.cohort): row.number for row in rows if row.organisation == whole.organisation
    }
    return sum(own.get(part, 0) for part in parts)


def _numbers_in_file(sheet: Sheet, row: int, cells: tuple[CellValue, ...], column: str) -> set[int]:
    """The numbers that the file gives for the place; a heading that stands over several columns names them all."""
    at = {
        place
        for above in sheet.rows
        if above.number < row
        for place, cell in enumerate(above.cells)
        if text_of(cell) == column
    } or {index_of(column) - 1}
    found: set[int] = set()
    for place in at:
        cell = cells[place] if 0 <= place < len(cells) else None
        for parsed in (parse_count(cell), parse_answer(cell)):
            if isinstance(parsed, int):
                found.add(parsed)
    return found
