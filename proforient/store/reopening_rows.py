"""Reading for whom a closed period takes files again: one late organisation, until a day of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from proforient.monitoring import Reopening, last_day
from proforient.store import organisation_rows, period_rows
from proforient.store.transaction import Question, Transaction, asked_once


class ReopeningRow(NamedTuple):
    organisation: str
    last_day: dt.date
    reason: str
    author: str
    happened_at: dt.datetime


REOPENINGS = Question("reopenings", ReopeningRow)


@asked_once
def reopenings(session: Transaction, period: str) -> dict[str, Reopening]:
    """By organisation the newest one, whether its day is over or not."""
    rows = session.ask(REOPENINGS, period=period_rows.opening(session, period).number)
    return {
        row.organisation: Reopening(
            period=period,
            organisation=row.organisation,
            last_day=row.last_day,
            reason=row.reason,
            author=row.author,
            at=row.happened_at,
        )
        for row in rows
    }


def reopening(
    session: Transaction, period: str, organisation: str, home: str, day: dt.date | None = None
) -> Reopening | None:
    """The one that lets the organisation hand in on the ``day`` (None: today there) although the period is closed."""
    found = reopenings(session, period).get(organisation)
    campaign = period_rows.nearest_opening(session, period, home)
    if found is None or campaign is None or campaign.period.state == "open":
        return None
    return found if (day or organisation_rows.today(session, home)) <= found.last_day else None


def takes_from(session: Transaction, period: str, organisation: str, home: str, day: dt.date | None = None) -> bool:
    """Whether the period takes files of the organisation: open for everybody, or again for this one."""
    campaign = period_rows.nearest_opening(session, period, home)
    if campaign is None:
        return False
    return campaign.period.state == "open" or reopening(session, period, organisation, home, day) is not None


def last_days(session: Transaction, period: str, homes: Mapping[str, str]) -> dict[str, dt.date]:
    """By organisation, until when its files are taken; without those of whom none are taken today.

    ``homes``: the territory of each. The one home of the rule for many; ``last_day`` is it for one.
    """
    campaigns = {home: period_rows.nearest_opening(session, period, home) for home in set(homes.values())}
    found = {}
    for code, home in homes.items():
        campaign, again = campaigns[home], reopening(session, period, code, home)
        if campaign is not None and (again is not None or campaign.period.state == "open"):
            found[code] = last_day(campaign.period, again)
    return found
