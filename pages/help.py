"""Справка: what the figures mean, what to do about a finding, how a file looks, three tours."""

import streamlit as st

from proforient.web import widgets
from proforient.web.sections.help import page as help_page
from proforient.web.session import current

here = current()
widgets.scope_bar(cohorts=False)
left, right = st.columns([1, 3], gap="large")
with left, st.container(key="topics"):
    help_page.topics(here)
with right:
    help_page.topic(here)
