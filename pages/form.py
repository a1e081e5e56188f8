"""Бланк: the numbers of one organisation, typed on the page and kept as they are typed."""

import streamlit as st

from proforient.web import widgets
from proforient.web.sections.form import page as form
from proforient.web.sections.form.desk import read_form, settle
from proforient.web.sections.form.fields import fields
from proforient.web.sections.upload.sender import first_finding, not_taken, read_sender, scope
from proforient.web.session import current

here = current()
scope(here)
campaign = read_sender(here)
if not campaign.takes_files:
    widgets.finding(first_finding(campaign))
    not_taken(campaign)
elif campaign.organisation is None:
    widgets.finding("Бланк у каждой организации свой: выберите её вверху")
elif here.settings.read_only:
    widgets.finding(first_finding(campaign))
    widgets.message("Здесь только смотрят: вписать и сохранить ничего нельзя.")
else:
    shown = read_form(here, campaign)
    widgets.finding(form.title(shown))
    widgets.lead(form.lead_words(campaign))
    form.notices(here, campaign, shown)
    if settle(here, shown, fields(shown)):
        st.rerun()
    form.hand_over(here, campaign, shown)
