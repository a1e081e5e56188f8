"""Reading figures: what organisations gave, totals of territories, values with their places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import pyarrow as pa

from proforient.catalogue.order import count_order
from proforient.monitoring import Cell, Reason, ReportState, Value, within
from proforient.store import organisation_rows, period_rows
from proforient.store.transaction import Question, Transaction, asked_once
from proforient.wording.order import path_order


class PairRow(NamedTuple):
    """What one organisation gave for an indicator; there is a row only if it gave all of it.

    A share has ``numerator`` and ``denominator``; a yes/no has 1 or 0 of 1, and the answer itself (yes is 1) in
    ``value``; a count has ``value`` only. ``state`` is that of the organisation's report.
    """

    period: str
    organisation: str
    territory: str
    indicator: str
    level: str
    cohort: str
    numerator: int | None
    denominator: int | None
    value: int | None
    state: ReportState


class TotalRow(NamedTuple):
    """Sums over the organisations of a territory that gave the whole pair; ``value`` is the sum of a count.

    ``on_review`` and ``late`` are of those that gave; ``missing`` are asked and did not, ``possible`` is what these can
    give at most as far as it is known, ``unknown`` how many of them it is not known of.
    """

    period: str
    territory: str
    indicator: str
    level: str
    cohort: str
    numerator: int | None
    denominator: int | None
    value: int | None
    submitted: int
    on_review: int
    late: int
    missing: int
    possible: int
    unknown: int


class ComparablePairsRow(NamedTuple):
    """Who gave a figure now, before, or both times, by the municipalities in which they were.

    ``now_in`` and ``then_in`` are empty where they did not give; the sums are of use for those that gave both times.
    """

    indicator: str
    level: str
    cohort: str
    now_in: str | None
    then_in: str | None
    organisations: int
    numerator: int | None
    denominator: int | None
    past_numerator: int | None
    past_denominator: int | None


class HomeRow(NamedTuple):
    territory: str


class ValueRow(NamedTuple):
    value_id: int
    part_id: int
    submission_id: int
    organisation: str
    counted: str
    level: str
    cohort: str
    number: int | None
    reason: str | None
    file_name: str
    sheet: str
    row_no: int
    column_name: str


PAIRS = Question("pairs", PairRow)
TOTALS = Question("totals", TotalRow)
COMPARABLE_PAIRS = Question("comparable_pairs", ComparablePairsRow)
HOMES = Question("homes", HomeRow)
VALUES = Question("values", ValueRow)
HISTORY = Question("history", ValueRow)


def pairs_table(
    session: Transaction,
    period: str,
    *,
    territory: str | None = None,
    organisation: str | None = None,
    indicator: str | None = None,
    level: str | None = None,
    cohort: str | None = None,
) -> pa.Table:
    """What each organisation gave; only who gave the whole pair, the yes/no or the count. By territory and code.

    Columns as the fields of ``PairRow``.
    """
    indicators = None if indicator is None else [indicator]
    found = pairs_over(
        session,
        [period],
        territory=territory,
        organisation=organisation,
        indicators=indicators,
        level=level,
        cohort=cohort,
    )
    return found.drop_columns(["period"])


def pairs_over(
    session: Transaction,
    periods: Sequence[str],
    *,
    territory: str | None = None,
    organisation: str | None = None,
    indicators: Collection[str] | None = None,
    level: str | None = None,
    cohort: str | None = None,
) -> pa.Table:
    """The same over several periods at once, with the code of the period in the column ``period``."""
    named = None if indicators is None else frozenset(indicators)
    return _pairs(session, tuple(periods), territory, organisation, named, level, cohort)


@asked_once
def _pairs(
    session: Transaction,
    periods: Sequence[str],
    territory: str | None,
    organisation: str | None,
    indicators: Collection[str] | None,
    level: str | None,
    cohort: str | None,
) -> pa.Table:
    return session.table(
        PAIRS,
        **_numbers_of(session, periods),
        **_inside(session, territory),
        organisation=organisation,
        indicators=None if indicators is None else list(indicators),
        level=level,
        cohort=cohort,
    )


def _numbers_of(session: Transaction, periods: Sequence[str]) -> dict[str, object]:
    return {"periods": [period_rows.opening(session, period).number for period in periods], "codes": list(periods)}


def _inside(session: Transaction, territory: str | None) -> dict[str, object]:
    """A territory as the one that rows must name, which is found sooner, or as the one that holds theirs."""
    holds = any(path != territory and within(path, territory) for path in organisation_rows.territories(session))
    return {"municipality": None if holds else territory, "region": territory if holds else None}


def pairs(session: Transaction, period: str, **where: str | None) -> list[PairRow]:
    """The rows of ``pairs_table``, for whoever reads them one by one."""
    rows = pairs_table(session, period, **where).to_pylist()
    return [PairRow(**{**row, "period": period, "state": ReportState(row["state"])}) for row in rows]


def totals_table(
    session: Transaction,
    period: str,
    *,
    territory: str | None = None,
    indicator: str | None = None,
    level: str | None = None,
    cohort: str | None = None,
    children: bool = False,
) -> pa.Table:
    """Sums: of one territory, of each municipality within it (``children``), or of every municipality (None).

    Columns as the fields of ``TotalRow``.
    """
    indicators = None if indicator is None else [indicator]
    found = totals_over(
        session, [period], territory=territory, children=children, indicators=indicators, level=level, cohort=cohort
    )
    return found.drop_columns(["period"])


def totals_over(
    session: Transaction,
    periods: Sequence[str],
    *,
    territory: str | None = None,
    indicators: Collection[str] | None = None,
    level: str | None = None,
    cohort: str | None = None,
    children: bool = False,
) -> pa.Table:
    """The same over several periods at once, with the code of the period in the column ``period``."""
    named = None if indicators is None else frozenset(indicators)
    return _totals(session, tuple(periods), territory, named, level, cohort, children)


@asked_once
def _totals(
    session: Transaction,
    periods: Sequence[str],
    territory: str | None,
    indicators: Collection[str] | None,
    level: str | None,
    cohort: str | None,
    children: bool,
) -> pa.Table:
    return session.table(
        TOTALS,
        **_numbers_of(session, periods),
        **_inside(session, territory),
        whole=None if children else territory,
        indicators=None if indicators is None else list(indicators),
        level=level,
        cohort=cohort,
    )


def comparable_pairs(
    session: Transaction,
    now: str,
    before: str,
    indicators: Collection[str],
    *,
    territory: str | None = None,
    level: str | None = None,
    cohort: str | None = None,
) -> pa.Table:
    """Who gave a figure now, before and both times, by the municipalities in which they were; sums of the latter.

    Columns as the fields of ``ComparablePairsRow``.
    """
    return session.table(
        COMPARABLE_PAIRS,
        now=period_rows.opening(session, now).number,
        before=period_rows.opening(session, before).number,
        **_inside(session, territory),
        indicators=list(indicators),
        level=level,
        cohort=cohort,
    )


def homes(session: Transaction, period: str, *, territory: str | None = None) -> list[str]:
    """The territories to which organisations belong that were open on the period's last day."""
    opening = period_rows.opening(session, period)
    rows = session.ask(HOMES, period=opening.number, on=opening.period.ends, territory=territory)
    return sorted((row.territory for row in rows), key=path_order)


def values(
    session: Transaction,
    period: str,
    *,
    territory: str | None = None,
    organisation: str | None = None,
    counts: Collection[str] | None = None,
    level: str | None = None,
    cohort: str | None = None,
) -> list[Value]:
    """Current values with the places they came from, as the register and the catalogue order them."""
    opening = period_rows.opening(session, period)
    rows = session.ask(
        VALUES,
        period=opening.number,
        territory=territory,
        organisation=organisation,
        counts=None if counts is None else list(counts),
        level=level,
        cohort=cohort,
    )
    codes = {row.organisation for row in rows} if organisation is None else set()
    places = organisation_rows.register_order(session, codes, opening.period.ends)
    figure = count_order(session.catalogue)
    # order: of register and catalogue; the codes only where those know nothing
    rows.sort(
        key=lambda row: (
            places.get(row.organisation, len(places)),
            figure(row.counted, row.level, row.cohort),
            row[3:7],
        )
    )
    return [_value(period, row) for row in rows]


def history(session: Transaction, period: str, organisation: str, cell: Cell) -> list[Value]:
    """Every value ever accepted for the cell, newest first; withdrawn ones too."""
    rows = session.ask(
        HISTORY,
        period=period_rows.opening(session, period).number,
        organisation=organisation,
        count=cell.count,
        level=cell.level,
        cohort=cell.cohort,
    )
    return [_value(period, row) for row in rows]


def _value(period: str, row: ValueRow) -> Value:
    return Value(
        id=str(row.value_id),
        part=str(row.part_id),
        submission=str(row.submission_id),
        organisation=row.organisation,
        period=period,
        cell=Cell(row.counted, row.level, row.cohort),
        number=row.number,
        reason=Reason(row.reason) if row.reason else None,
        file=row.file_name,
        sheet=row.sheet,
        row=row.row_no,
        column=row.column_name,
    )
