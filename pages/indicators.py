"""Показатели: every indicator by group, and one of them by level, period and organisation."""

import streamlit as st

from proforient.charts import sentences
from proforient.web import widgets
from proforient.web.sections import indicators, method, past, scenario, territories
from proforient.web.sections.trace import origin
from proforient.web.session import current

here = current()
widgets.scope_bar()
widgets.stop_without_period()
if here.view.indicator is None or here.view.level is None or here.view.period is None:
    widgets.message("В каталоге нет показателей или не открыт ни один период.", heading="Показатели")
    st.stop()
if here.view.territory is None:
    below = territories.read(here, here.view.indicator)
    widgets.finding(below.title)
    widgets.lead(indicators.places_lead(here))
    indicators.choose(here)
    territories.show(here, below, levels=indicators.level_words(here), titled=False)
    st.stop()
shown = indicators.read(here)
left, right = st.columns([1, 3], gap="large")
with left:
    indicators.catalogue_list(here, shown)
with right:
    if shown.chosen is None:
        widgets.finding(indicators.NOT_ASKED)
        widgets.caption(indicators.CHOOSE)
        st.stop()
    widgets.finding(sentences.indicator_finding(shown.chosen, here.catalogue, shown.series))
    widgets.lead(sentences.indicator_lead(shown.chosen, here.catalogue))
    indicators.levels_switch(here, shown)
    widgets.show_html(indicators.formula(shown.chosen))
    widgets.show_html(indicators.to_source())
    origin.source(here, shown.chosen)
    one, other = past.two_places(shown.series, indicators.ROOM)
    if indicators.several_levels(shown):
        with one:
            indicators.levels(here, shown)
        one = other
    with one:
        indicators.periods(here, shown)
    territories.show(here, shown.below)
    indicators.organisations(here, shown)
    method.show(here, shown.chosen)
    scenario.offer(here, shown.chosen, shown.organisations, shown.names)
    indicators.tables(here, shown)
