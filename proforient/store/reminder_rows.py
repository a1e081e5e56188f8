"""Reading where organisations are written to and what was sent there."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from proforient.store import period_rows
from proforient.store.transaction import Question, Transaction, asked_once

Delivery = Literal["begun", "sent", "failed"]


class MailboxRow(NamedTuple):
    organisation: str
    email: str


class Reminder(NamedTuple):
    """How a message to an organisation stands on its day; of one that was begun nobody knows whether it left."""

    organisation: str
    email: str
    day: dt.date
    state: Delivery
    reason: str
    author: str
    happened_at: dt.datetime  # UTC


MAILBOXES = Question("mailboxes", MailboxRow)
REMINDERS = Question("reminders", Reminder)


@asked_once
def mailboxes(session: Transaction) -> dict[str, str]:
    """By organisation, the address of its office; those without one are not there."""
    held = {row.organisation: row.email for row in session.ask(MAILBOXES)}
    return {code: email for code, email in held.items() if email}


@asked_once
def reminders(session: Transaction, period: str) -> list[Reminder]:
    """What was sent for the period: of each organisation and day the newest step, oldest first."""
    rows = session.ask(REMINDERS, period=period_rows.opening(session, period).number, day=None)
    return list({(row.organisation, row.day): row for row in rows}.values())


@asked_once
def reminded(session: Transaction, day: dt.date) -> dict[str, Reminder]:
    """By organisation the newest step of its message of that day, of whatever period."""
    return {row.organisation: row for row in session.ask(REMINDERS, period=None, day=day)}
