"""How much of what it is asked a report holds: a cell counts that has a number or a reason, an empty one does not.

A number that is known from a statistical form is not asked; taken with a file, it counts on neither side. A sum is
asked of nobody, but a report that has its parts and not the sum, as those taken before sums followed by themselves, is
not whole: the figures of the sum lack it until the form is handed in once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from proforient.catalogue.applicability import CountAt, counts_asked, counts_needed, sums_of
from proforient.catalogue.entries import Catalogue
from proforient.monitoring import Period, ReportState
from proforient.store import journal, organisation_rows, period_rows
from proforient.store.transaction import Question, Transaction, asked_once


class ReportCellsRow(NamedTuple):
    organisation: str
    given: int
    known: int
    known_given: int
    sums: int


class ReportContents(NamedTuple):
    """``given`` of the cells ``asked``."""

    given: int
    asked: int

    @property
    def whole(self) -> bool:
        return self.given >= self.asked


REPORT_CELLS = Question("report_cells", ReportCellsRow)
Alike = tuple[str, str]  # kind and levels: organisations of one kind and the same levels are asked the same


@asked_once
def report_contents(
    session: Transaction, period: str, *, territory: str | None = None, organisation: str | None = None
) -> Mapping[str, ReportContents]:
    """By organisation of the territory's register on the period's last day; ``organisation``: of this one alone.

    Of a territory those whose report is accepted are left out: nobody waits for more of them.
    """
    opening = period_rows.opening(session, period, territory)
    roster = organisation_rows.roster(session, on=opening.period.ends, territory=territory)
    kinds, levels = roster.by_code("kind"), roster.by_code("levels")
    asked: dict[Alike, list[CountAt]] = {}
    codes = [code for code in roster.codes if organisation in (None, code)]
    if organisation is None:
        states = journal.reports(session, period, territory=territory).states
        codes = [code for code in codes if states.get(code) is not ReportState.ACCEPTED]
    for code in codes:
        alike = kinds[code], levels[code]
        if alike not in asked:
            asked[alike] = counts_asked(
                session.catalogue,
                kind=alike[0],
                levels=alike[1].split(","),
                year=opening.period.year,
                indicators=opening.period.asked,
            )
    found = session.ask(
        REPORT_CELLS,
        period=opening.number,
        territory=territory,
        organisation=organisation,
        **_cell_columns(session.catalogue, opening.period, asked),
    )
    rows = {row.organisation: row for row in found}
    every = {alike: len(cells) for alike, cells in asked.items()}
    return {code: _contents(rows.get(code), every[kinds[code], levels[code]]) for code in codes}


def _contents(row: ReportCellsRow | None, asked: int) -> ReportContents:
    """What is known and given counts on neither side; what is known and not given is asked of who gave anything."""
    if row is None:
        return ReportContents(0, asked)
    free = row.known_given if row.given else row.known
    return ReportContents(row.given - row.known_given, asked - free + row.sums)


def _cell_columns(
    catalogue: Catalogue, period: Period, asked: Mapping[Alike, Sequence[CountAt]]
) -> dict[str, list[object]]:
    """Who is alike, their cells with a number each, and in which sums these stand, as the question's columns."""
    numbers: dict[tuple[int, CountAt], int] = {}
    sums: list[tuple[object, ...]] = []
    for number, (who, cells) in enumerate(asked.items()):
        for cell in cells:
            numbers.setdefault((number, cell), len(numbers))
        for whole, parts in _sums(catalogue, period, who):
            mine = [numbers.setdefault((number, cell), len(numbers)) for cell in (whole, *parts)]
            sums += [(cell, mine[0], len(parts), cell == mine[0]) for cell in mine]
    given = [set(cells) for cells in asked.values()]
    rows = [
        (cell, who, *at, at in given[who], at in given[who] and catalogue.counts[at[0]].value == "whole")
        for (who, at), cell in numbers.items()
    ]
    return (
        _columns(("alike", "kinds", "levels_of"), [(number, *who) for number, who in enumerate(asked)])
        | _columns(("cells", "cells_alike", "counts", "levels", "cohorts", "askeds", "wholes"), rows)
        | _columns(("sum_cells", "sum_numbers", "sum_parts", "sum_itself"), sums)
    )


def _columns(names: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, list[object]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _sums(catalogue: Catalogue, period: Period, alike: Alike) -> Iterable[tuple[CountAt, tuple[CountAt, ...]]]:
    kind, levels = alike[0], alike[1].split(",")
    needed = counts_needed(catalogue, kind=kind, levels=levels, year=period.year, indicators=period.asked)
    return sums_of(catalogue, levels, list(needed)).items()
