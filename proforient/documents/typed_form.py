"""The form as it is typed on a page: its cells, what is known beside them, what follows from others, what is wrong.

In: texts by cell. Out: texts with the sums that follow, findings by cell, and the workbook that is handed in: what was
typed is the same file as one filled in by hand, so the same checks read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from proforient.catalogue.entries import Catalogue
from proforient.documents import form
from proforient.intake.known_values import spareable
from proforient.intake.model import CellValue, Finding, Known, Reading, Screening, SheetRow
from proforient.intake.numbers import parse_answer, parse_count
from proforient.intake.positions import index_of
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.intake.sums import needed_of, sums_among, total
from proforient.monitoring import Cell, Organisation, Period, Reason

WORDS = {Reason.NO_DATA: "н/д", Reason.NOT_APPLICABLE: "х"}
Texts = Mapping[Cell, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedForm:
    """One organisation's form of one period. ``sums``: cells that follow from others, ``spared``: those whose number is
    known and that may be left empty; neither are asked.
    """

    catalogue: Catalogue
    organisation: Organisation
    period: Period
    known: Known
    cells: tuple[Cell, ...]
    places: Mapping[Cell, tuple[int, int]]
    sums: Mapping[Cell, tuple[Cell, ...]]
    spared: Mapping[Cell, int]
    blank: Reading  # the workbook as it would be read, without answers

    @property
    def fields(self) -> list[Cell]:
        """The cells that can be filled."""
        return [cell for cell in self.cells if cell not in self.sums]

    @property
    def asked(self) -> list[Cell]:
        """Those of them whose number is not known already."""
        return [cell for cell in self.fields if cell not in self.spared]

    def before(self, cell: Cell) -> int | None:
        """The number of the period with which this one is compared."""
        return self.known.past.get((self.organisation.code, cell))

    def start(self, cell: Cell) -> str:
        """What stands in a cell in which nobody has typed: what was handed in."""
        given = self.known.current.get((self.organisation.code, cell))
        if given is None:
            return ""
        if isinstance(given, Reason):
            return WORDS[given]
        return ("да" if given else "нет") if self.is_answer(cell) else str(given)

    def is_answer(self, cell: Cell) -> bool:
        """Whether it is answered with «да» or «нет»."""
        return self.catalogue.counts[cell.count].value == "yes_no"

    def texts(self, typed: Texts) -> dict[Cell, str]:
        """What stands in every cell, the sums among them; ``typed`` wins over what stood there before."""
        found = {cell: typed.get(cell, self.start(cell)) for cell in self.cells}
        return found | {cell: self._sum(found, parts) or found[cell] for cell, parts in self.sums.items()}

    def _sum(self, texts: Texts, parts: tuple[Cell, ...]) -> str:
        """Empty until every part says something that can be read."""
        said = [parse_count(texts[part] or self.spared.get(part)) for part in parts]
        comes = total(one if isinstance(one, (int, Reason)) else None for one in said)
        return WORDS[comes] if isinstance(comes, Reason) else "" if comes is None else str(comes)

    def answers(self, texts: Texts) -> dict[Cell, int | str]:
        """The texts as a workbook holds them: a number as a number, what is none as it was typed; what is known where
        nothing was.
        """
        found: dict[Cell, int | str] = {cell: known for cell, known in self.spared.items() if not texts[cell]}
        for cell, text in texts.items():
            parsed = parse_answer(text) if self.is_answer(cell) else parse_count(text)
            if text:
                found[cell] = parsed if isinstance(parsed, int) and not self.is_answer(cell) else text
        return found

    def workbook(self, texts: Texts) -> bytes:
        """What is handed in."""
        return form.form(self.catalogue, self.organisation, self.period, self.answers(texts))

    def screened(self, texts: Texts) -> Screening:
        """What the checks of a file say of the texts as they stand; nothing is written for it."""
        at = {self.places[cell]: answer for cell, answer in self.answers(texts).items()}
        (sheet,) = self.blank.sheets
        rows = tuple(_filled(row, at) for row in sheet.rows)
        reading = replace(self.blank, sheets=(replace(sheet, rows=rows),))
        return screen(reading, self.catalogue, self.known, organisation=self.organisation.code)

    def found(self, screening: Screening) -> dict[Cell, list[Finding]]:
        """Errors and warnings by the cell in which they stand."""
        cells = {place: cell for cell, place in self.places.items()}
        found: dict[Cell, list[Finding]] = {}
        for finding in screening.findings:
            cell = cells.get((finding.row or 0, index_of(finding.column) or 0))
            if cell is not None and finding.severity != "note":
                found.setdefault(cell, []).append(finding)
        return found


def _filled(row: SheetRow, at: Mapping[tuple[int, int], CellValue]) -> SheetRow:
    mine = {column: answer for (number, column), answer in at.items() if number == row.number}
    if not mine:
        return row
    cells = [*row.cells, *[None] * (max(mine) - len(row.cells))]  # order: of numbers
    for column, answer in mine.items():
        cells[column - 1] = answer
    return replace(row, cells=tuple(cells))


def typed_form(catalogue: Catalogue, organisation: Organisation, period: Period, known: Known) -> TypedForm:
    """``known``: what the checks of a file of this organisation must know."""
    cells = tuple(needed_of(catalogue, organisation, period))
    data = form.form(catalogue, organisation, period)
    free = spareable(catalogue, organisation, period)
    known_counts = [k for k in known.contingent if k.organisation == organisation.code and k.cell in free]
    return TypedForm(
        catalogue=catalogue,
        organisation=organisation,
        period=period,
        known=known,
        cells=cells,
        places=form.places(catalogue, organisation, period),
        sums=sums_among(catalogue, organisation.levels, cells),
        spared={one.cell: one.number for one in known_counts},
        blank=read_bytes(form.file_name(organisation, period, "xlsx"), data),
    )
