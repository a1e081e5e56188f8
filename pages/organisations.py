"""Организации: the list of those who report, and the sheet of one of them."""

import streamlit as st

from proforient.charts import sentences
from proforient.web import crumbs, widgets
from proforient.web.sections import memory, mergers, notice, own_organisation, past, spread
from proforient.web.sections.organisations import card, listing
from proforient.web.sections.trace import origin
from proforient.web.session import address, current

here = current()
widgets.scope_bar()
notice.show()
widgets.stop_without_period()
known = here.reader.organisations(code=here.view.organisation) if here.view.organisation else []
chosen = next(iter(known), None)
if chosen is not None and not here.person.reaches_organisation(chosen):
    chosen = None
if chosen is None and listing.are_too_many(here):
    listing.choose_territory(here)
    st.stop()
if chosen is None:
    register = listing.read_register(here)
    widgets.finding(listing.register_finding(register))
    widgets.lead("Название открывает лист: расчёт долей, файлы, рекомендации.")
    listing.choose(here, register.organisations)
    listing.register_table(here, register)
    listing.take_register(register)
    memory.show(here)
    st.stop()

sheet = card.read_sheet(here, chosen)
levels = card.headline_of(here, sheet)
if here.person.organisation is None:
    widgets.show_link("← Все организации", address(organisation=None, trace=False))
    widgets.show_html(crumbs.line(here, card.chart_level(here), chosen))
widgets.finding(sentences.organisation_finding(chosen, levels, here.catalogue))
lead = sentences.organisation_lead(levels, here.catalogue)
if lead:
    widgets.lead(lead)
if chosen.full_name and chosen.full_name != chosen.name:
    widgets.caption(chosen.full_name)
for line in mergers.merger_lines(here, chosen.code):
    widgets.caption(line)
own_organisation.report(here)
card.shares_table(here, sheet)
spread.show(here, levels, sheet.others)
widgets.take_away("Лист организации", sheet.own, {chosen.code: chosen.name})
picked = [c for c in sheet.own if (c.indicator, c.level) == (here.view.indicator, here.view.level)]
origin.source(here, picked[0] if picked else None)
periods = card.periods_of(here, sheet)
left, right = past.two_places(periods, card.ROOM)
with left:
    card.history(here, periods)
with right:
    card.recommendations(here, sheet)
    own_organisation.measures(here, chosen)
card.answers_table(here, sheet)
card.files(here, sheet)
memory.show(here, chosen)
