"""Reading figures: what organisations gave, totals of territories, values with their places."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyarrow as pa

from proforient.catalogue.order import count_order
from proforient.monitoring import Cell, Reason, ReportState, Value
from proforient.store import register
from proforient.store.rows import PairRow
from proforient.store.session import Row, Session
from proforient.wording.order import path_order


def pairs_table(
    session: Session,
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
    session: Session,
    periods: Sequence[str],
    *,
    territory: str | None = None,
    organisation: str | None = None,
    indicators: Collection[str] | None = None,
    level: str | None = None,
    cohort: str | None = None,
) -> pa.Table:
    """The same over several periods at once, with the code of the period in the column ``period``."""
    return session.table(
        "pairs",
        **_numbers_of(session, periods),
        territory=territory,
        organisation=organisation,
        indicators=None if indicators is None else list(indicators),
        level=level,
        cohort=cohort,
    )


def _numbers_of(session: Session, periods: Sequence[str]) -> dict[str, object]:
    return {"periods": [register.opening(session, period).number for period in periods], "codes": list(periods)}


def pairs(session: Session, period: str, **where: str | None) -> list[PairRow]:
    """The rows of ``pairs_table``, for whoever reads them one by one."""
    rows = pairs_table(session, period, **where).to_pylist()
    return [PairRow(**{**row, "state": ReportState(row["state"])}) for row in rows]


def totals_table(
    session: Session,
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
    session: Session,
    periods: Sequence[str],
    *,
    territory: str | None = None,
    indicators: Collection[str] | None = None,
    level: str | None = None,
    cohort: str | None = None,
    children: bool = False,
) -> pa.Table:
    """The same over several periods at once, with the code of the period in the column ``period``."""
    return session.table(
        "totals",
        **_numbers_of(session, periods),
        whole=None if children else territory,
        territory=territory,
        indicators=None if indicators is None else list(indicators),
        level=level,
        cohort=cohort,
    )


def both(
    session: Session,
    now: str,
    before: str,
    indicators: Collection[str],
    *,
    territory: str | None = None,
    level: str | None = None,
    cohort: str | None = None,
) -> pa.Table:
    """Who gave a figure now, before and both times, by the municipalities in which they were; sums of the latter.

    Columns: indicator, level, cohort; now_in, then_in, empty where they did not give; organisations; numerator,
    denominator, past_numerator, past_denominator.
    """
    return session.table(
        "both",
        now=register.opening(session, now).number,
        before=register.opening(session, before).number,
        indicators=list(indicators),
        territory=territory,
        level=level,
        cohort=cohort,
    )


def homes(session: Session, period: str, *, territory: str | None = None) -> list[str]:
    """The territories to which organisations belong that were open on the period's last day."""
    opening = register.opening(session, period)
    rows = session.ask("homes", period=opening.number, on=opening.period.ends, territory=territory)
    return sorted((row[0] for row in rows), key=path_order)


def values(
    session: Session,
    period: str,
    *,
    territory: str | None = None,
    organisation: str | None = None,
    counts: Collection[str] | None = None,
    level: str | None = None,
    cohort: str | None = None,
) -> list[Value]:
    """Current values with the places they came from, as the register and the catalogue order them."""
    opening = register.opening(session, period)
    rows = session.ask(
        "values",
        period=opening.number,
        territory=territory,
        organisation=organisation,
        counts=None if counts is None else list(counts),
        level=level,
        cohort=cohort,
    )
    places = register.register_order(session, opening.period.ends) if organisation is None else {}
    figure = count_order(session.catalogue)
    # order: of register and catalogue; the codes only where those know nothing
    rows.sort(key=lambda row: (places.get(row[3], len(places)), figure(*row[4:7]), row[3:7]))
    return [_value(period, row) for row in rows]


def history(session: Session, period: str, organisation: str, cell: Cell) -> list[Value]:
    """Every value ever accepted for the cell, newest first; withdrawn ones too."""
    rows = session.ask(
        "history",
        period=register.opening(session, period).number,
        organisation=organisation,
        count=cell.count,
        level=cell.level,
        cohort=cell.cohort,
    )
    return [_value(period, row) for row in rows]


def _value(period: str, row: Row) -> Value:
    number, part, submission, organisation, count, level, cohort, amount, reason, file, sheet, line, column = row
    return Value(
        id=str(number),
        part=str(part),
        submission=str(submission),
        organisation=organisation,
        period=period,
        cell=Cell(count, level, cohort),
        number=amount,
        reason=Reason(reason) if reason else None,
        file=file,
        sheet=sheet,
        row=line,
        column=column,
    )
