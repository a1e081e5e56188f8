"""Период и планы: the campaign and who needs attention, plan values with their history, judgements, what was sent."""

from collections.abc import Callable, Mapping

import streamlit as st

from proforient.web import widgets
from proforient.web.sections import dialog, notice
from proforient.web.sections.period.asking import asked_dialog
from proforient.web.sections.period.bundle import forms_dialog
from proforient.web.sections.period.collection import (
    collection_finding,
    collection_lead,
    overview_of_all,
    read_collection,
    state,
)
from proforient.web.sections.period.earlier import earlier_dialog
from proforient.web.sections.period.forms import buttons, close_dialog, open_dialog, reopen_dialog
from proforient.web.sections.period.judgement_table import judgement_table_dialog
from proforient.web.sections.period.judgements import judgement_dialog, judgements
from proforient.web.sections.period.known_counts import known_counts_dialog
from proforient.web.sections.period.late import late, late_dialog
from proforient.web.sections.period.ledger import ledger_dialog
from proforient.web.sections.period.plan_table import plan_table_dialog
from proforient.web.sections.period.plans import plan_dialog, plans
from proforient.web.sections.period.reminders import reminders_dialog
from proforient.web.sections.period.reports import attention
from proforient.web.sections.period.returning import return_dialog
from proforient.web.sections.period.submissions import list_submissions, withdraw_dialog
from proforient.web.sections.period.zone import zone_dialog
from proforient.web.session import current

DIALOGS: Mapping[str, Callable[..., None]] = {
    "return": return_dialog,
    "close": close_dialog,
    "reopen": reopen_dialog,
    "late": late_dialog,
    "open": open_dialog,
    "plan": plan_dialog,
    "plans": plan_table_dialog,
    "judgement": judgement_dialog,
    "judgements": judgement_table_dialog,
    "withdraw": withdraw_dialog,
    "zone": zone_dialog,
    "asked": asked_dialog,
    "forms": forms_dialog,
    "remind": reminders_dialog,
    "ledger": ledger_dialog,
    "earlier": earlier_dialog,
    "known": known_counts_dialog,
}

here = current()
widgets.scope_bar(cohorts=False)
campaign = read_collection(here)
widgets.finding(collection_finding(campaign, here.choices.periods))
notice.show()
if lead := collection_lead(campaign):
    widgets.lead(lead)
left, right = st.columns(2, gap="large")
with left:
    widgets.section("Приём")
    if campaign is None and here.choices.periods:
        overview_of_all(here)
    elif campaign is not None:
        state(here, campaign)
    buttons(here, campaign)
    if campaign is not None:
        late(here, campaign)
        attention(here, campaign)
with right:
    if here.choices.periods:
        judgements(here)
    if campaign is not None and campaign.period is not None:
        list_submissions(here, campaign)
plans(here)
dialog.draw(here, DIALOGS)
