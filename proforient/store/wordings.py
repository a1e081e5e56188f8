"""Reading a territory's own words: amendments of recommendations, and the events that they name."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from proforient.catalogue.entries import Deadline, DeadlineForm
from proforient.monitoring import OWN, Amendment, parent_territory
from proforient.store import period_rows
from proforient.store.transaction import Question, Transaction, asked_once


class AmendmentRow(NamedTuple):
    period_id: int
    territory: str
    action: str
    words: str | None
    addressee: str | None
    responsible: str | None
    due: DeadlineForm | None
    due_date: dt.date | None
    due_day: str | None
    place: int | None
    shown: bool | None
    answers: str | None
    author: str
    happened_at: dt.datetime


class EventNamesRow(NamedTuple):
    territory: str
    names: str
    author: str
    happened_at: dt.datetime


AMENDMENTS = Question("amendments", AmendmentRow)
EVENT_NAMES = Question("event_names", EventNamesRow)


def amendments(session: Transaction, period: str, *, territory: str | None) -> list[Amendment]:
    """Those in force in the territory (None: nobody's): of each recommendation the nearest territory's upwards."""
    if territory is None:
        return []
    number = period_rows.opening(session, period).number
    newest: dict[tuple[str, str], Amendment] = {}
    for row in _rows(session, number, territory):
        newest.setdefault((row.action, row.territory), _amendment(period, row))
    nearest: dict[str, Amendment] = {}
    for amendment in newest.values():
        known = nearest.setdefault(amendment.action, amendment)
        if len(amendment.territory) > len(known.territory):
            nearest[amendment.action] = amendment
    return sorted(nearest.values(), key=lambda a: a.action)  # order: codes


@asked_once
def _rows(session: Transaction, period: int, territory: str) -> list[AmendmentRow]:
    return session.ask(AMENDMENTS, period=period, territory=territory, action=None)


def own_actions(session: Transaction) -> list[str]:
    """The codes of all recommendations that territories have added themselves."""
    return [str(code) for (code,) in session.run(_OWN, {"own": OWN})]


def amendment_history(session: Transaction, period: str, action: str, territory: str) -> list[Amendment]:
    """Everything that was ever set of the recommendation for exactly this territory, newest first."""
    number = period_rows.opening(session, period).number
    rows = session.ask(AMENDMENTS, period=number, territory=territory, action=action)
    return [_amendment(period, row) for row in rows if row.territory == territory]


@asked_once
def event_names(session: Transaction, territory: str | None) -> tuple[str, ...] | None:
    """The events that the territory or the nearest above it has named; None where none has said anything."""
    newest: dict[str, str] = {}
    for row in session.ask(EVENT_NAMES):
        newest.setdefault(row.territory, row.names)
    while territory:
        if territory in newest:
            return tuple(newest[territory].splitlines())
        territory = parent_territory(territory)
    return None


def _amendment(period: str, row: AmendmentRow) -> Amendment:
    due = None if row.due is None else Deadline(form=row.due, date=row.due_date, day=row.due_day or "")
    return Amendment(
        period=period,
        territory=row.territory,
        action=row.action,
        text=row.words,
        addressee=row.addressee,
        responsible=row.responsible,
        deadline=due,
        place=row.place,
        shown=row.shown,
        answers=tuple(row.answers.split(",")) if row.answers else (),
        author=row.author,
        at=row.happened_at,
    )


_OWN = "SELECT DISTINCT action FROM amendment WHERE starts_with(action, $own) ORDER BY action"  # order: codes
