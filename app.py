"""Builds the one Streamlit application: its script, routes, middleware, start and end.

The script lies in proforient/web/, not beside pages/: there Streamlit would run a page alone, without its frame, when
the first request after the start is a link to that page.
"""

from __future__ import annotations

import streamlit as st

from proforient.web.server import SCRIPT, guard, lifespan, middleware, on_script_error, routes

guard()
app = st.App(
    SCRIPT,
    routes=routes(),
    middleware=middleware(),
    lifespan=lifespan,
    on_script_error=on_script_error,
)
