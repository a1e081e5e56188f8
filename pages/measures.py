"""Исполнение: what was decided, by when, how far it has come; the department sees all, an organisation its own."""

from collections.abc import Callable, Mapping

import streamlit as st

from proforient.access.roles import Role
from proforient.web import widgets
from proforient.web.sections import dialog, notice
from proforient.web.sections.measures import page as measures
from proforient.web.sections.measures.answer import answer_dialog
from proforient.web.session import current

DIALOGS: Mapping[str, Callable[..., None]] = {"answer": answer_dialog}

here = current()
if here.person.role is Role.ORGANISATION:
    widgets.print_heading()
else:
    widgets.scope_bar(cohorts=False)
shown = measures.read(here)
widgets.finding(measures.finding(shown))
notice.show()
widgets.lead(measures.lead(shown))
measures.filters(here, shown)
if shown.every:
    left, right = st.columns([2, 3], gap="large")
    with left:
        measures.choose(shown)
    with right:
        measures.one(here, shown)
dialog.draw(here, DIALOGS)
