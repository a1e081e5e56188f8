"""A printed total beside the rows that it may sum: which of its figures could be compared, and which do not agree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from proforient.intake.case import Case, Given, Record
from proforient.intake.numbers import parse_count, text_of
from proforient.intake.rows import mark_of

_MANY = 200  # totals above which each is compared with the rows since the one before only
_row = attrgetter("row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One figure of a total. ``expected`` is None where it agrees or could not be compared."""

    column: int
    text: str
    compared: bool
    expected: int | None = None


def comparisons(case: Case, total: Record) -> Sequence[Compared]:
    """Every figure of the total's row; worked out once a file."""
    key = f"total {total.row}"
    if key not in case.memo:
        case.memo[key] = tuple(_comparisons(case, total))
    found = case.memo[key]
    assert isinstance(found, tuple)
    return found


def reason_set_aside(case: Case, total: Record) -> str:
    """Why the total's row is set aside, and whether its figures were compared."""
    found = comparisons(case, total)
    if not found:
        return "строка итога без чисел"
    if all(figure.compared for figure in found):
        return "строка итога: сверена с суммой, не загружена"
    if any(figure.compared for figure in found):
        return "строка итога: с суммой сверена не вся, не загружена"
    return "строка итога: с суммой не сверена, не загружена"


def _comparisons(case: Case, total: Record) -> Iterator[Compared]:
    assert case.table is not None
    row = case.table.sheet.rows[total.row - 1]
    given = {given.column: given for given in total.givens}
    groups = _groups(case, total)
    for column in sorted(case.table.figure_columns):  # order: numbers of columns
        cell = case.table.cell(row, column)
        text, mark = text_of(cell), mark_of(case.table, row, column)
        if not text and not mark:
            continue
        parsed = parse_count(cell)
        if not isinstance(parsed, int) or mark:
            yield Compared(column=column, text=text, compared=False)
            continue
        sure, sums = _sums(case, given.get(column), column, groups)
        if parsed in sums or (sums and sure):
            expected = None if parsed in sums else sums[0]
            yield Compared(column=column, text=text, compared=True, expected=expected)
        else:
            yield Compared(column=column, text=text, compared=False)


def _groups(case: Case, total: Record) -> list[list[Record]]:
    """A total may close the rows since the one before it, or all above; the first row may total what follows."""
    records, place = case.records, bisect_left(case.totals, total.row, key=_row)
    here = bisect_left(records, total.row, key=_row)
    before = bisect_left(records, case.totals[place - 1].row, key=_row) if place else 0
    groups = [records[before:here]]
    if len(case.totals) <= _MANY:
        groups += [records[:here], records]
    return [_once(group) for group in groups if group]


def _sums(case: Case, total: Given | None, column: int, groups: Sequence[Sequence[Record]]) -> tuple[bool, list[int]]:
    """The sums that the figure may mean, and whether it must be one of them: it must not over different counts."""
    sums, sure = [], True
    for group in groups:
        figures = [given for record in group for given in record.givens if given.column == column]
        if total is not None:
            figures = [given for given in figures if given.count == total.count]
        sure = sure and len({given.count for given in figures}) <= 1
        if not any(not isinstance(given.parsed, int) and given.mark for given in figures):
            sums += [
                sum(g.parsed for g in chosen if isinstance(g.parsed, int)) for chosen in _chosen(case, total, figures)
            ]
    return sure, sums


def _chosen(case: Case, total: Given | None, figures: Sequence[Given]) -> Iterator[Sequence[Given]]:
    """Figures of the total's own level and category, of the category that is everybody, of the whole column."""
    level, cohort = (total.level, total.cohort) if total else (None, None)
    exact = [g for g in figures if (g.level, g.cohort) == (level, cohort)]
    everybody = [g for g in figures if case.names and g.cohort == case.names.everybody]
    if level is None:
        yield from (chosen for chosen in (exact, everybody, figures) if chosen)
    elif exact:
        yield exact


def _once(group: Sequence[Record]) -> list[Record]:
    """The records without repeats of the same figures."""
    found = {
        tuple((g.organisation, g.cell, g.column, g.row if g.cell is None else 0) for g in r.givens): r for r in group
    }
    return list(found.values())
