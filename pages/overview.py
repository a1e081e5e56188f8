"""Обзор: the levels of the headline indicator beside their plans, and what to do first."""

import streamlit as st

from proforient.charts import sentences
from proforient.web import widgets
from proforient.web.sections import inside, overview, territories
from proforient.web.sections.trace import origin
from proforient.web.session import current

here = current()
widgets.scope_bar()
widgets.stop_without_period()
headline = here.catalogue.headline
if headline is None or here.view.period is None:
    widgets.message("В каталоге нет главного показателя или не открыт ни один период.", heading="Обзор")
    st.stop()
below = territories.read(here, headline.code)
if here.view.territory is None:
    widgets.finding(below.title)
    widgets.lead(overview.PLACES)
    territories.show(here, below, levels=overview.level_words(here), titled=False)
    st.stop()
shown = overview.read(here)
widgets.finding(sentences.overview_finding(shown.levels, here.catalogue))
lead = sentences.overview_lead(shown.levels, here.catalogue)
if lead:
    widgets.lead(lead)
left, right = st.columns([2, 1], gap="large")
with left:
    if here.view.down is None:
        overview.picture(here, shown)
    elif below.rows:
        inside.municipalities(here, below)
    else:
        inside.show(here)
    overview.further(here, shown)
with right:
    overview.what_first(here, shown)
if here.view.down is None:
    territories.show(here, below, levels=overview.level_words(here))
overview.numbers(here, shown)
widgets.take_away("Уровни", shown.levels, {})
origin.source(here, next((c for c in shown.levels if c.level == here.view.level), None))
overview.moved(here, shown)
overview.completeness(here, shown.levels)
