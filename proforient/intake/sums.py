"""What follows from other numbers and is never asked: which cells, what they come to, and that a file need not hold it.

A sum that stands in a file is taken as it stands there: one that contradicts its parts is told by the rule's own check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from proforient.catalogue.applicability import counts_needed, sums_of
from proforient.catalogue.entries import Catalogue
from proforient.intake import form_codes
from proforient.intake.case import Case
from proforient.intake.model import Place, ReadValue
from proforient.intake.numbers import text_of
from proforient.monitoring import Cell, Organisation, Period, Reason

Sums = Mapping[Cell, tuple[Cell, ...]]
NO_COLUMN = ""  # of a sum that stands in no cell of its file


def needed_of(catalogue: Catalogue, organisation: Organisation, period: Period | None) -> list[Cell]:
    """The cells that are asked of an organisation and those that follow; without a period, of every year."""
    year, chosen = (period.year, period.asked) if period else (None, None)
    own = organisation
    return [
        Cell(*one) for one in counts_needed(catalogue, kind=own.kind, levels=own.levels, year=year, indicators=chosen)
    ]


def sums_among(catalogue: Catalogue, levels: Collection[str], cells: Iterable[Cell]) -> dict[Cell, tuple[Cell, ...]]:
    """By cell that follows, the cells that it is the sum of, for an organisation of these levels."""
    found = sums_of(catalogue, levels, [(cell.count, cell.level, cell.cohort) for cell in cells])
    return {Cell(*whole): tuple(Cell(*part) for part in parts) for whole, parts in found.items()}


def total(parts: Iterable[int | Reason | None]) -> int | Reason | None:
    """What the parts come to: nothing until each says something; a part that does not apply adds nothing."""
    said = list(parts)
    if None in said:
        return None
    if Reason.NO_DATA in said:
        return Reason.NO_DATA
    numbers = [one for one in said if isinstance(one, int)]
    return sum(numbers) if numbers else Reason.NOT_APPLICABLE


def with_sums(case: Case) -> tuple[ReadValue, ...]:
    """The values of the file, and the sums of which it says a part and not the whole, beside what stands already."""
    alike: dict[tuple[str, tuple[str, ...]], Sums] = {}
    agree, made = set[tuple[str, Cell]](), list[ReadValue]()
    for code in case.touched:
        own = case.known.organisations.get(code)
        if own is None:
            continue
        if (own.kind, own.levels) not in alike:
            needed = needed_of(case.catalogue, own, case.known.period)
            alike[own.kind, own.levels] = sums_among(case.catalogue, own.levels, needed)
        for whole, parts in alike[own.kind, own.levels].items():
            said = [value for part in parts if (value := case.carried.get((code, part)))]
            comes = total(case.standing.get((code, part)) for part in parts) if said else None
            if comes is None:
                continue
            if (code, whole) not in case.carried:
                made.append(_sum(code, whole, comes, _place(case, whole) or said[0].place._replace(column=NO_COLUMN)))
            elif case.standing[code, whole] == comes and case.table and case.table.layout == "form":
                agree.add((code, whole))  # our own formula has said it
    values = (replace(v, follows=True) if (v.organisation, v.cell) in agree else v for v in case.values)
    return (*values, *made)


def _sum(organisation: str, whole: Cell, comes: int | Reason, place: Place) -> ReadValue:
    number, reason = (None, comes) if isinstance(comes, Reason) else (comes, None)
    return ReadValue(organisation=organisation, cell=whole, number=number, reason=reason, place=place, follows=True)


def _place(case: Case, cell: Cell) -> Place | None:
    """Where a form has the cell; in other tables a sum that is not given has no place of its own."""
    table = case.table
    if table is None or table.layout != "form":
        return None
    corner = table.columns[0].index
    rows = (row.number for row in table.below() if text_of(table.cell(row, corner)) == cell.count)
    codes = form_codes.column_code(cell.level, cell.cohort)
    columns = (c.index for c in table.columns[1:] if form_codes.column_code(c.level or "", c.cohort or "") == codes)
    row, column = next(rows, None), next(columns, None)
    return case.place(row, column) if row and column else None
