"""How the chosen indicator is computed: its numbers with form and day, who is counted once, source, goal, tasks."""

from __future__ import annotations

import streamlit as st

from proforient.analysis.coverage import Coverage
from proforient.charts import sentences
from proforient.charts.marks import joined, tag
from proforient.web import widgets
from proforient.web.session import Session, address

HEADING = "Как считается и для чего"


def show(here: Session, chosen: Coverage) -> None:
    """A list that is closed until somebody asks; with the way to the tree of goals."""
    catalogue = here.catalogue
    indicator = catalogue.indicators[chosen.indicator]
    with st.expander(HEADING):
        year = here.reader.period(chosen.period, territory=chosen.territory).year
        rows = sentences.method_rows(catalogue, indicator, chosen.level, territory=chosen.territory, year=year)
        entries = (
            joined([tag("dt", label), tag("dd", joined(tag("p", line) for line in lines))]) for label, lines in rows
        )
        widgets.show_html(tag("dl", joined(entries), "pf-entries"))
        if catalogue.goals:
            widgets.show_link("Все цели и задачи", address("help", topic="goals"))
