"""Проблемы: what is unmet or was named by experts, who stands behind it, what is suggested to whom."""

import streamlit as st

from proforient.charts import sentences
from proforient.web import widgets
from proforient.web.sections import problems, takeaway
from proforient.web.session import current

here = current()
widgets.scope_bar(cohorts=False)
widgets.stop_without_period()
if here.view.territory is None:
    widgets.message("Выберите муниципалитет: у каждого свои проблемы и свой план.", heading="Проблемы")
    st.stop()
shown = problems.read(here)
finding = sentences.problems_finding(
    shown.found, submitted=shown.submitted, levels=shown.levels, catalogue=here.catalogue
)
widgets.finding(finding)
lead = sentences.problems_lead(shown.found)
if lead:
    widgets.lead(lead)
if shown.chosen is not None:
    left, right = st.columns([1, 2], gap="large")
    with left:
        widgets.show_html(problems.problem_list(shown))
    with right:
        problems.one(here, shown)
        if shown.chosen.when == "judged":
            widgets.caption(problems.dated(shown))
problems.unanswered(shown)
problems.general_advice(shown)
takeaway.everything(here)
