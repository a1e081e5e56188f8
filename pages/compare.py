"""Сравнение: up to six territories, organisations, cohorts or periods beside each other, and a slide of it."""

import streamlit as st

from proforient.web import widgets
from proforient.web.sections import scenario
from proforient.web.sections.compare import choice, panels, slide
from proforient.web.session import current

here = current()
widgets.scope_bar()
if here.view.indicator is None or here.view.level is None or here.view.period is None:
    widgets.message("В каталоге нет показателей или не открыт ни один период.", heading="Сравнение")
    st.stop()
compared = panels.read(here)
widgets.finding(panels.finding(here, compared))
widgets.lead(panels.lead(here, compared))
choice.figure(here)
choice.sides(here)
if compared.sides:
    with st.container(horizontal=True, vertical_alignment="center", key="compare-order"):
        choice.order()
        slide.add(here, compared)
    panels.show(here, compared)
    scenario.offer_here(here)
slide.added(here)
