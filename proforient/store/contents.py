"""How much of what it is asked a report holds: a cell counts that has a number or a reason, an empty one does not.

A number that is known from a statistical form is not asked; taken with a file, it counts on neither side. A sum is
asked of nobody, but a report that has its parts and not the sum, as those taken before sums followed by themselves, is
not whole: the figures of the sum lack it until the form is handed in once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from proforient.catalogue.applicability import CountAt, counts_asked, counts_needed, sums_of
from proforient.catalogue.entries import Catalogue
from proforient.monitoring import Period, ReportState
from proforient.store import journal, organisation_rows, period_rows
from proforient.store.period_rows import Opening
from proforient.store.transaction import Question, Transaction, asked_once


class CellsGivenRow(NamedTuple):
    organisation: str
    cells: int


class SumsLackingRow(NamedTuple):
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
SUMS_LACKING = Question("sums_lacking", SumsLackingRow)
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
    lacking = _sums_lacking(session, opening, asked, territory=territory, organisation=organisation)
    return {
        code: ReportContents(given.get(code, 0) - held, every[kinds[code], levels[code]] - free + lacking.get(code, 0))
        for code in codes
        for held, free in [spared.get(code, (0, 0))]
    }


def _sums_lacking(
    session: Transaction, opening: Opening, alike: Iterable[Alike], *, territory: str | None, organisation: str | None
) -> Mapping[str, int]:
    """By organisation, how many sums its report lacks of which it has every part."""
    rows = [
        (*who, number, len(parts), cell == whole, *cell)
        for who in alike
        for number, (whole, parts) in enumerate(_sums(session.catalogue, opening.period, who))
        for cell in (whole, *parts)
    ]
    if not rows:
        return {}
    names = ("kinds", "levels_of", "sums", "parts", "itself", "counts", "cell_levels", "cohorts")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    found = session.ask(SUMS_LACKING, period=opening.number, territory=territory, organisation=organisation, **columns)
    return {row.organisation: row.cells for row in found}


def _sums(catalogue: Catalogue, period: Period, alike: Alike) -> Iterable[tuple[CountAt, tuple[CountAt, ...]]]:
    kind, levels = alike[0], alike[1].split(",")
    needed = counts_needed(catalogue, kind=kind, levels=levels, year=period.year, indicators=period.asked)
    return sums_of(catalogue, levels, list(needed)).items()
