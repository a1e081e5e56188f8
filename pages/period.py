"""Период и планы: the campaign and who needs attention, plan values with their history, judgements, what was sent."""

from collections.abc import Callable, Mapping

import streamlit as st

from proforient.web import widgets
from proforient.web.sections import notice, period_dialog
from proforient.web.sections.period_campaign import (
    campaign_finding,
    campaign_lead,
    overview_of_all,
    read_campaign,
    state,
)
from proforient.web.sections.period_forms import buttons, close_dialog, open_dialog, reopen_dialog
from proforient.web.sections.period_judgements import judgement_dialog, judgements
from proforient.web.sections.period_plans import plan_dialog, plans
from proforient.web.sections.period_reports import attention, return_dialog
from proforient.web.sections.period_sent import sent, withdraw_dialog
from proforient.web.sections.period_zone import zone_dialog
from proforient.web.session import current

DIALOGS: Mapping[str, Callable[..., None]] = {
    "return": return_dialog,
    "close": close_dialog,
    "reopen": reopen_dialog,
    "open": open_dialog,
    "plan": plan_dialog,
    "judgement": judgement_dialog,
    "withdraw": withdraw_dialog,
    "zone": zone_dialog,
}

here = current()
widgets.scope_bar(cohorts=False)
campaign = read_campaign(here)
widgets.finding(campaign_finding(campaign))
notice.show()
if lead := campaign_lead(campaign):
    widgets.lead(lead)
left, right = st.columns(2, gap="large")
with left:
    widgets.section("Приём")
    if campaign is None:
        overview_of_all(here)
    else:
        state(here, campaign)
    buttons(here, campaign)
    if campaign is not None:
        attention(here, campaign)
with right:
    judgements(here)
    if campaign is not None and campaign.period is not None:
        sent(here, campaign)
plans(here)
period_dialog.draw(here, DIALOGS)
