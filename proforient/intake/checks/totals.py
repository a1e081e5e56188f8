"""Printed totals: not stored, but each must be the sum of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proforient.intake.case import Case, Given, Record
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.numbers import text_of

RAISES = ("total-disagrees",)


def check(case: Case) -> Iterator[Finding]:
    above = 0
    for total in case.totals:
        # A total may close the rows since the one before it, or all; the first row may total what follows.
        groups = [
            [record for record in case.records if above < record.row < total.row],
            [record for record in case.records if record.row < total.row],
            list(case.records),
        ]
        above = total.row
        for given in total.givens:
            if isinstance(given.parsed, int) and not given.mark and given.kind == "whole":
                yield from _compared(case, given, groups)


def _compared(case: Case, total: Given, groups: Sequence[Sequence[Record]]) -> Iterator[Finding]:
    sums = [found for group in groups for found in _sums(case, total, group)]
    if sums and total.parsed not in sums:
        place = case.place(total.row, total.column)
        yield finding("total-disagrees", **place._asdict(), value=text_of(total.raw), words={"expected": sums[0]})


def _sums(case: Case, total: Given, group: Sequence[Record]) -> Iterator[int]:
    """The sums that the total may mean: of its own level and category, of one category, of the whole column."""
    column = [given for record in _once(group) for given in record.givens if given.column == total.column]
    column = [given for given in column if given.count == total.count]
    if any(not isinstance(given.parsed, int) and given.mark for given in column) or not column:
        return
    whole = case.names.everybody if case.names else ""
    exact = [g for g in column if (g.level, g.cohort) == (total.level, total.cohort)]
    for chosen in (exact, [g for g in column if g.cohort == whole], column):
        if chosen and (total.level is None or chosen is exact):
            yield sum(given.parsed for given in chosen if isinstance(given.parsed, int))


def _once(group: Sequence[Record]) -> list[Record]:
    """The records without repeats of the same figures."""
    found = {
        tuple((g.organisation, g.cell, g.column, g.row if g.cell is None else 0) for g in r.givens): r for r in group
    }
    return list(found.values())
