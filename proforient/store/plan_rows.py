"""Reading what results are measured by: plan values, what experts said, known counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar

from proforient.catalogue.entries import Origin
from proforient.catalogue.order import indicator_order
from proforient.monitoring import (
    Cell,
    Contingent,
    Judgement,
    PlanValue,
)
from proforient.store import period_rows
from proforient.store.transaction import Question, Transaction, asked_once, one_or_several
from proforient.wording.order import path_order


class PlanRow(NamedTuple):
    indicator: str
    level: str
    cohort: str
    territory: str
    percent: Decimal | None
    number: Decimal | None
    origin: Origin
    ground: str
    author: str
    happened_at: dt.datetime
    period_id: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Of the plan values with one key the newest is in force."""
        return self.indicator, self.level, self.cohort, self.territory


class JudgementRow(NamedTuple):
    judgement_id: int
    indicator: str
    level: str
    cohort: str
    territory: str | None
    organisation: str | None
    outcome: Literal["shortcoming", "good", "noted"]
    words: str
    source: str
    office: str
    dated: dt.date | None
    percent: Decimal | None
    happened_at: dt.datetime
    period_id: int


class KnownCountRow(NamedTuple):
    organisation: str
    counted: str
    level: str
    cohort: str
    number: int
    source: str


PLANS = Question("plans", PlanRow)
JUDGEMENTS = Question("judgements", JudgementRow)
CONTINGENT = Question("contingent", KnownCountRow)
OfPeriod = TypeVar("OfPeriod", PlanRow, JudgementRow)


def plans(session: Transaction, period: str, *, territory: str | None = None) -> list[PlanValue]:
    """Plan values in force. With a territory: its own, those above it (None too) and those below it."""
    newest: dict[tuple[str, ...], PlanValue] = {}
    for row in _of_period(session, PLANS, period, territory=territory, indicator=None, level=None, cohort=None):
        newest.setdefault(row.key, _plan(period, row))
    place = indicator_order(session.catalogue)
    return sorted(newest.values(), key=lambda p: (path_order(p.territory or ""), place(p.indicator, p.level, p.cohort)))


def _of_period(session: Transaction, question: Question[OfPeriod], period: str, **values: str | None) -> list[OfPeriod]:
    """The rows of one period; as periods are looked at together, all of them are asked for at once."""
    number = period_rows.opening(session, period).number
    return [row for row in _of_every_period(session, question, **values) if row.period_id == number]


@asked_once
def _of_every_period(session: Transaction, question: Question[OfPeriod], **values: str | None) -> list[OfPeriod]:
    return session.ask(question, period=None, **values)


def plan_history(
    session: Transaction, period: str, indicator: str, level: str, cohort: str, territory: str | None
) -> list[PlanValue]:
    """Every plan value ever set for exactly this territory (None: for all), newest first."""
    key = (indicator, level, cohort, territory or "")
    return [_plan(period, row) for row in _of_indicator(session, period, indicator) if row.key == key]


@asked_once
def _of_indicator(session: Transaction, period: str, indicator: str) -> list[PlanRow]:
    """All of an indicator's at once: a page tells the history of every level."""
    number = period_rows.opening(session, period).number
    return session.ask(PLANS, period=number, territory=None, indicator=indicator, level=None, cohort=None)


def judgements(
    session: Transaction, period: str, *, territory: str | None = None, organisation: str | None = None
) -> list[Judgement]:
    """Newest first; of a territory: its own and those of everything within it."""
    rows = _of_period(session, JUDGEMENTS, period, territory=territory, organisation=organisation)
    return [_judgement(period, row) for row in rows]


def contingent(
    session: Transaction, period: str, *, territory: str | None = None, organisations: Sequence[str] | None = None
) -> list[Contingent]:
    """Known counts; they enter no share by themselves: only with a file of the organisation."""
    number = period_rows.opening(session, period).number
    rows = session.ask(CONTINGENT, period=number, territory=territory, **one_or_several(organisations))
    return [
        Contingent(
            period=period,
            organisation=row.organisation,
            cell=Cell(row.counted, row.level, row.cohort),
            number=row.number,
            source=row.source,
        )
        for row in rows
    ]


def _plan(period: str, row: PlanRow) -> PlanValue:
    return PlanValue(
        period=period,
        indicator=row.indicator,
        level=row.level,
        cohort=row.cohort,
        territory=row.territory or None,
        percent=row.percent,
        number=row.number,
        origin=row.origin,
        ground=row.ground,
        author=row.author,
        at=row.happened_at,
    )


def _judgement(period: str, row: JudgementRow) -> Judgement:
    return Judgement(
        id=str(row.judgement_id),
        period=period,
        indicator=row.indicator,
        level=row.level,
        cohort=row.cohort,
        territory=row.territory,
        organisation=row.organisation,
        outcome=row.outcome,
        text=row.words,
        source=row.source,
        office=row.office,
        date=row.dated,
        percent=row.percent,
        at=row.happened_at,
    )
