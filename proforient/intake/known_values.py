"""What is known from a statistical form and need not be typed: it is taken where a file of the organisation is silent.

Only with a file: of an organisation that has sent nothing no number is known to the figures.
"""

from __future__ import annotations

from dataclasses import replace

from proforient.catalogue.entries import Catalogue
from proforient.intake.case import Case
from proforient.intake.model import ReadValue
from proforient.intake.sums import NO_COLUMN, needed_of, sums_among
from proforient.monitoring import Cell, Organisation, Period


def spareable(catalogue: Catalogue, organisation: Organisation, period: Period | None) -> frozenset[Cell]:
    """The cells that need not be typed where their number is known: no sum, and no answer of «да» or «нет»."""
    needed = needed_of(catalogue, organisation, period)
    sums = sums_among(catalogue, organisation.levels, needed)
    return frozenset(cell for cell in needed if cell not in sums and catalogue.counts[cell.count].value == "whole")


def with_known(case: Case) -> tuple[ReadValue, ...]:
    """The values of the file, and the known numbers of its organisations of which it is silent.

    Where another number was handed in before, that one stays; the same one is handed in again with its level.
    """
    levels = {(code, cell.level) for code, cell in case.carried}
    alike: dict[tuple[str, tuple[str, ...]], frozenset[Cell]] = {}
    agree, made = set[tuple[str, Cell]](), list[ReadValue]()
    for one in case.known.contingent:
        code, own = one.organisation, case.known.organisations.get(one.organisation)
        if own is None or code not in case.touched:
            continue
        if (own.kind, own.levels) not in alike:
            alike[own.kind, own.levels] = spareable(case.catalogue, own, case.known.period)
        if one.cell not in alike[own.kind, own.levels]:
            continue
        there = case.carried.get((code, one.cell))
        stands = case.standing.get((code, one.cell))
        again = stands == one.number and (code, one.cell.level) in levels
        if there is None and (stands is None or again):
            place = case.touched[code][0].place._replace(column=NO_COLUMN)
            made.append(
                ReadValue(organisation=code, cell=one.cell, number=one.number, reason=None, place=place, follows=True)
            )
        elif there is not None and there.number == one.number and case.table and case.table.layout == "form":
            agree.add((code, one.cell))  # our own form has said it
    values = (replace(v, follows=True) if (v.organisation, v.cell) in agree else v for v in case.values)
    return (*values, *made)
