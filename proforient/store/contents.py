"""How much of what it is asked a report holds: a cell counts that has a number or a reason, an empty one does not.

A number that is known from a statistical form is not asked; taken with a file, it counts on neither side.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from proforient.catalogue.applicability import CountAt, counts_asked
from proforient.monitoring import ReportState
from proforient.store import journal, organisation_rows, period_rows
from proforient.store.transaction import Question, Transaction, asked_once


class CellsGivenRow(NamedTuple):
    organisation: str
    cells: int


class CellsSparedRow(NamedTuple):
    organisation: str
    cells: int
    given: int


class ReportContents(NamedTuple):
    """``given`` of the cells ``asked``."""

    given: int
    asked: int

    @property
    def whole(self) -> bool:
        return self.given >= self.asked


CELLS_GIVEN = Question("cells_given", CellsGivenRow)
CELLS_SPARED = Question("cells_spared", CellsSparedRow)
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
    rows = [(number, *alike, *cell) for number, (alike, cells) in enumerate(asked.items()) for cell in cells]
    names = ("alike", "kinds", "levels_of", "counts", "levels", "cohorts")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    found = session.ask(CELLS_GIVEN, period=opening.number, territory=territory, organisation=organisation, **columns)
    given = {row.organisation: row.cells for row in found}
    counts = session.catalogue.counts
    whole = [place for place, row in enumerate(rows) if counts[row[3]].value == "whole"]
    columns = {name: [rows[place][at] for place in whole] for at, name in enumerate(names) if name != "alike"}
    known = session.ask(CELLS_SPARED, period=opening.number, territory=territory, organisation=organisation, **columns)
    spared = {row.organisation: (row.given, row.given if row.organisation in given else row.cells) for row in known}
    every = {alike: len(cells) for alike, cells in asked.items()}
    return {
        code: ReportContents(given.get(code, 0) - held, every[kinds[code], levels[code]] - free)
        for code in codes
        for held, free in [spared.get(code, (0, 0))]
    }
