"""Reading what the checks of a file must know of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from proforient.intake.model import DEPARTMENT, Giver, Known
from proforient.monitoring import Cell, Organisation, Period, Reason
from proforient.store import journal, merger_rows, organisation_rows, period_rows, plan_rows, reopening_rows
from proforient.store.transaction import Question, Transaction, one_or_several


class NumberRow(NamedTuple):
    organisation: str
    counted: str
    level: str
    cohort: str
    number: int | None
    reason: str | None

    @property
    def answer(self) -> int | Reason:
        return Reason(str(self.reason)) if self.number is None else self.number


class EarlierFileRow(NamedTuple):
    sha256: str
    received_at: dt.datetime
    replaced: int


class SentBeforeRow(NamedTuple):
    submission_id: int


CURRENT_NUMBERS = Question("current_numbers", NumberRow)
EARLIER_FILES = Question("earlier_files", EarlierFileRow)
SENT_BEFORE = Question("sent_before", SentBeforeRow)


def known_of(
    session: Transaction,
    period: str | None,
    *,
    territory: str | None = None,
    organisations: Sequence[str] | None = None,
    sha256: str | None = None,
    giver: Giver = DEPARTMENT,
    own_account: bool = False,
) -> Known:
    """What the checks of a file must know of the store.

    ``organisations`` narrows the current values and known counts; ``sha256``: of the file that is checked, without it
    nothing is told of earlier ones. Without a period: the register of today, remembered answers and the file only.
    ``giver`` is who sends the file: his answers bind it, others' are proposed.
    """
    opening = period_rows.opening(session, period, territory) if period else None
    day = opening.period.ends if opening else None
    earlier, newer_cells = _files(session, opening.number if opening else None, sha256, territory)
    there = _register(session, day, territory, organisations)
    bound, proposed = journal.answers(session, giver, territory)
    return Known(
        period=opening.period if opening else None,
        organisations=there,
        former=organisation_rows.other_names(session, day or organisation_rows.today(session, territory), there),
        giver=giver,
        own_account=own_account,
        current=_numbers(session, opening.number, territory, organisations) if opening else {},
        past=_past(session, opening.period, territory, organisations) if opening else {},
        aliases=bound,
        proposed=proposed,
        contingent=tuple(
            plan_rows.contingent(session, opening.period.code, territory=territory, organisations=organisations)
            if opening
            else ()
        ),
        reopened=_reopened(session, opening.period, there) if opening else {},
        successors=merger_rows.successors(session, day) if day else {},
        earlier=earlier,
        newer_cells=newer_cells,
    )


def _reopened(session: Transaction, period: Period, there: Mapping[str, Organisation]) -> Mapping[str, dt.date]:
    """Those of the organisations whose files the closed period takes again today, and until when."""
    if period.state == "open":
        return {}
    again = reopening_rows.reopenings(session, period.code)
    homes = {code: there[code].territory for code in again if code in there}
    return reopening_rows.last_days(session, period.code, homes)


def _register(
    session: Transaction, day: dt.date | None, territory: str | None, organisations: Sequence[str] | None
) -> Mapping[str, Organisation]:
    found = organisation_rows.organisations(
        session, on=day or organisation_rows.today(session, territory), territory=territory, codes=organisations
    )
    return {o.code: o for o in found}


def _numbers(
    session: Transaction, number: int, territory: str | None, organisations: Sequence[str] | None
) -> dict[tuple[str, Cell], int | Reason]:
    rows = session.ask(CURRENT_NUMBERS, period=number, territory=territory, **one_or_several(organisations))
    return {(row.organisation, Cell(row.counted, row.level, row.cohort)): row.answer for row in rows}


def _past(
    session: Transaction, period: Period, territory: str | None, organisations: Sequence[str] | None
) -> dict[tuple[str, Cell], int]:
    """The numbers of the period with which this one is compared; empty without one."""
    before = period_rows.concerning(session, period.previous, territory) if period.previous else None
    if before is None:
        return {}
    found = _numbers(session, before.number, territory, organisations)
    return {key: value for key, value in found.items() if not isinstance(value, Reason)}


def _files(
    session: Transaction, number: int | None, sha256: str | None, territory: str | None
) -> tuple[dict[str, dt.date], dict[str, int]]:
    """The file where it came before, with its last day by the territory's clocks; cells that newer ones replaced."""
    # A new file, as almost every one is: what others have replaced need not be counted in all of a country's values.
    if sha256 is None or not session.ask(SENT_BEFORE, period=number, sha256=sha256):
        return {}, {}
    rows = session.ask(EARLIER_FILES, period=number, sha256=sha256)
    zone = organisation_rows.zone(session, territory)
    days = {row.sha256: row.received_at.replace(tzinfo=dt.UTC).astimezone(zone).date() for row in rows}
    return days, {row.sha256: row.replaced for row in rows if row.replaced}
