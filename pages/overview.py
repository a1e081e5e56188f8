"""Обзор: the levels of the headline indicator beside their plans, and what to do first."""

import streamlit as st

from proforient.charts import sentences
from proforient.web import widgets
from proforient.web.sections import overview, trace
from proforient.web.session import current

here = current()
widgets.scope_bar()
widgets.stop_without_period()
if here.catalogue.headline is None or here.view.territory is None:
    widgets.message("Выберите муниципалитет: доли разных муниципалитетов не складываются.", heading="Обзор")
    st.stop()
shown = overview.read(here)
widgets.finding(sentences.overview_finding(shown.levels, here.catalogue))
lead = sentences.overview_lead(shown.levels, here.catalogue)
if lead:
    widgets.lead(lead)
left, right = st.columns([2, 1], gap="large")
with left:
    overview.picture(here, shown)
with right:
    overview.what_first(here, shown)
overview.numbers(here, shown)
widgets.take_away("Уровни", shown.levels, {})
trace.source(here, next((c for c in shown.levels if c.level == here.view.level), None))
overview.moved(here, shown)
overview.completeness(here, shown.levels)
