"""Reading which organisations were joined to which, and what stands in the way of joining one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from proforient.monitoring import Merger, ReportState
from proforient.store import contents, form_draft_rows, journal, organisation_rows, people, period_rows, reopening_rows
from proforient.store.transaction import Question, Transaction, asked_once


class MergerRow(NamedTuple):
    organisation: str
    successor: str
    day: dt.date
    closed_before: dt.date | None
    logins: str
    author: str
    happened_at: dt.datetime


MERGERS = Question("mergers", MergerRow)


@asked_once
def mergers(session: Transaction) -> dict[str, Merger]:
    """By the code of the organisation that was joined."""
    return {
        row.organisation: Merger(
            organisation=row.organisation,
            successor=row.successor,
            day=row.day,
            closed_before=row.closed_before,
            logins=tuple(row.logins.split(",")) if row.logins else (),
            author=row.author,
            at=row.happened_at,
        )
        for row in session.ask(MERGERS)
    }


def successors(session: Transaction, day: dt.date) -> dict[str, Merger]:
    """By code of each organisation that is joined to another on the ``day``: the merger with who reports for it then.

    Where that one was joined to a third by the day, it is the third.
    """
    there = {code: merger for code, merger in mergers(session).items() if merger.day <= day}
    found: dict[str, Merger] = {}
    for code, merger in there.items():
        last = merger
        while last.successor in there:  # whoever is joined is closed by then: there is no circle
            last = there[last.successor]
        found[code] = replace(merger, successor=last.successor)
    return found


def reported_from(session: Transaction, code: str, day: dt.date) -> list[str]:
    """Codes of the periods that end on the ``day`` or later and for which the organisation has sent numbers."""
    ends = {o.period.code: o.period.ends for o in period_rows.openings(session)}
    found = [period for period, last in ends.items() if last >= day]
    return [p for p in found if journal.report_states(session, p, organisations=[code]).get(code, _NONE).reported]


def reported_since(session: Transaction, merger: Merger) -> list[str]:
    """The same of the successor's files that have come since it took the other over: they count both."""
    found = reported_from(session, merger.successor, merger.day)
    return [p for p in found if any(
        sent.at > merger.at and not sent.withdrawn
        for sent in journal.submissions(session, period=p, organisation=merger.successor)
    )]  # fmt: skip


def awaited_before(session: Transaction, code: str, day: dt.date) -> list[str]:
    """Codes of the periods that end before the ``day`` and still take the organisation's report, which is not there."""
    ends = {o.period.code: o.period.ends for o in period_rows.openings(session)}
    return [period for period, last in ends.items() if last < day and _is_awaited(session, code, period, last)]


def _is_awaited(session: Transaction, code: str, period: str, last: dt.date) -> bool:
    who = organisation_rows.organisation(session, code, on=last)
    if not who.open_on(last) or not reopening_rows.takes_from(session, period, code, who.territory):
        return False
    if journal.report_states(session, period, organisations=[code]).get(code, _NONE) in _HANDED_IN:
        return False
    held = contents.report_contents(session, period, territory=who.territory, organisation=code).get(code)
    return held is not None and held.asked > 0


def logins_of(session: Transaction, code: str) -> tuple[str, ...]:
    """The accounts of an organisation by which somebody may come in."""
    return tuple(a.login for a in people.accounts(session) if a.organisation == code and a.active)


def typed_of(session: Transaction, code: str, day: dt.date) -> dict[str, int]:
    """By period that ends on the ``day`` or later, how many numbers stand typed and not handed in in its form."""
    ends = {o.period.code: o.period.ends for o in period_rows.openings(session)}
    typed = {period: form_draft_rows.typed_cells(session, period, code) for period, last in ends.items() if last >= day}
    return {period: many for period, cells in typed.items() if (many := sum(bool(c.words) for c in cells.values()))}


_NONE = ReportState.NOT_SUBMITTED
_HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)
