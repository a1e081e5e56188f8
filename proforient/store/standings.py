"""How reports stand for people: state, contents and last day in one word. The one home of the rule."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.monitoring import Period, ReportStanding, ReportState, parent_territory
from proforient.store import journal, organisation_rows, period_rows, reopening_rows
from proforient.store.contents import ReportContents, report_contents
from proforient.store.transaction import Transaction, asked_once

_SAME = {state: ReportStanding(state.value) for state in ReportState}


def standing(state: ReportState, held: ReportContents | None, *, over: bool) -> ReportStanding:
    """``held``: what the report holds of what is asked (None: not looked into); ``over``: the last day is gone.

    Who is asked nothing is late with nothing.
    """
    if over and not state.reported and (held is None or held.asked):
        return ReportStanding.OVERDUE
    if state is ReportState.SUBMITTED and held is not None and not held.whole:
        return ReportStanding.INCOMPLETE
    return _SAME[state]


@asked_once
def report_standings(
    session: Transaction, period: str, *, territory: str | None = None, organisation: str | None = None
) -> Mapping[str, ReportStanding]:
    """By organisation of the territory's register, as ``reports``, today."""
    reports = journal.reports(session, period, territory=territory, organisation=organisation)
    held = report_contents(session, period, territory=territory, organisation=organisation)
    campaigns = {o.territory: o.period for o in period_rows.openings(session) if o.period.code == period}
    over = {home: _is_over(session, _nearest(campaigns, home), home) for home in set(reports.homes.values())}
    homes = reports.homes
    again = {
        c for c in reopening_rows.reopenings(session, period) if c in homes and _again(session, period, c, homes[c])
    }
    return {
        code: standing(state, held.get(code), over=over[homes[code]] and code not in again)
        for code, state in reports.states.items()
    }


def _again(session: Transaction, period: str, organisation: str, home: str) -> bool:
    return reopening_rows.reopening(session, period, organisation, home) is not None


def _nearest(campaigns: Mapping[str, Period], home: str) -> Period | None:
    step: str | None = home
    while step:
        if step in campaigns:
            return campaigns[step]
        step = parent_territory(step)
    return campaigns.get("")


def _is_over(session: Transaction, campaign: Period | None, home: str) -> bool:
    """Whether no report is awaited in time any more; where the period was not opened none ever was."""
    return campaign is not None and (
        campaign.state == "closed" or organisation_rows.today(session, home) > campaign.closes
    )
