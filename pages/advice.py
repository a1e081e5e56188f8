"""Рекомендации: what is suggested here and in whose words, and the forms in which a district makes them its own."""

from collections.abc import Callable, Mapping

import streamlit as st

from proforient.charts import sentences
from proforient.web import widgets
from proforient.web.sections import dialog, notice
from proforient.web.sections.advice import page as advice
from proforient.web.sections.advice.forms import carry_dialog, edit_dialog, events_dialog, own_dialog
from proforient.web.session import current

DIALOGS: Mapping[str, Callable[..., None]] = {
    "edit": edit_dialog,
    "own": own_dialog,
    "carry": carry_dialog,
    "events": events_dialog,
}

here = current()
widgets.scope_bar(cohorts=False)
widgets.stop_without_period()
if here.view.territory is None or here.view.period is None:
    widgets.message("Выберите муниципалитет: рекомендации у каждого свои.", heading="Рекомендации")
    st.stop()
shown = advice.read(here)
widgets.finding(sentences.advice_finding(shown.advice))
notice.show()
widgets.lead(sentences.advice_lead(shown.advice))
advice.events_line(here, shown)
advice.whole_buttons(here, shown)
left, right = st.columns([1, 2], gap="large")
with left:
    advice.choose(shown)
with right:
    advice.one(here, shown)
dialog.draw(here, DIALOGS)
