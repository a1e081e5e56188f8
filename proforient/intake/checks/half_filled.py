"""One of an indicator's two numbers is blank where most rows of a wide table or of the form give both: a cell is lost.

A workbook's row has no width that would tell; what is blank in most rows is nobody's mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proforient.catalogue.applicability import asked_in
from proforient.catalogue.entries import Catalogue, Indicator
from proforient.intake.case import Case, Given
from proforient.intake.findings import finding
from proforient.intake.headings import Column
from proforient.intake.model import Finding
from proforient.monitoring import Period

RAISES = ("half-pair",)
_Where = tuple[str | None, str | None, str | None]  # organisation, level, category


def check(case: Case) -> Iterator[Finding]:
    if case.table is None or case.table.layout == "long":
        return
    period = case.known.period
    for indicator in case.catalogue.indicators.values():
        if not indicator.pairable or (period and not _asked(case.catalogue, indicator, period)):
            continue
        pair = (indicator.numerator[0], indicator.denominator[0])
        given: dict[_Where, dict[str, Given]] = {}
        for record in case.records:
            for one in record.givens:
                if one.count in pair:
                    given.setdefault((one.organisation, one.level, one.cohort), {})[one.count] = one
        halves = [one for counts in given.values() if len(counts) == 1 for one in counts.values()]
        halves = [one for one in halves if not _follows(case, one, pair[one.count == pair[0]])]
        if len(halves) < len(given) - len(halves):
            for one in halves:
                yield from _missing(case, one, pair[one.count == pair[0]])


def _follows(case: Case, one: Given, other: str) -> bool:
    """Whether the half that is not there is a sum of what is."""
    whole = replace(one, count=other)
    return one.organisation is not None and whole.cell is not None and (one.organisation, whole.cell) in case.carried


def _asked(catalogue: Catalogue, indicator: Indicator, period: Period) -> bool:
    return period.asks(indicator.code) and asked_in(catalogue, indicator, period.year)


def _missing(case: Case, one: Given, other: str) -> Iterator[Finding]:
    """The half that is not there, if the catalogue asks for it and the table has a place for it."""
    assert case.table is not None
    entry = case.catalogue.counts[other]
    if one.level not in entry.levels or one.cohort not in entry.cohorts:
        return
    if case.table.layout == "form":
        place, name = case.place(one.row, one.column), entry.short or entry.name
    else:
        columns = (c for c in case.table.columns if c.role == "count" and c.code == other)
        column = next((c for c in columns if _holds(c, one.level, one.cohort)), None)
        if column is None:
            return
        place, name = case.place(one.row, column.index), column.heading
    yield finding("half-pair", severity="warning", **place._asdict(), words={"name": name})


def _holds(column: Column, level: str | None, cohort: str | None) -> bool:
    levels = {column.level, *(named for _, named in column.figures)} - {None}
    return (not levels or level in levels) and column.cohort in (None, cohort)
