"""Ссылки: snapshots for guests, their links, codes for a hall, and taking them back."""

from collections.abc import Callable, Mapping

import streamlit as st

from proforient.access.roles import Deed
from proforient.web import widgets
from proforient.web.sections import dialog, links, notice
from proforient.web.session import current

DIALOGS: Mapping[str, Callable[..., None]] = {"code": links.code_dialog, "revoke": links.revoke_dialog}

here = current()
widgets.scope_bar()
found = links.in_reach(here)
widgets.finding(links.finding(found))
notice.show()
links.no_address(here)
if found and here.acts(Deed.SHARE):
    widgets.down_to("Сделать новый снимок", "new")
left, right = st.columns([3, 2], gap="large")
with left:
    if found:
        links.snapshot_list(here, found)
    else:
        widgets.lead(links.WHAT)
with right:
    widgets.section("Новый снимок", place="new")
    links.begin(here)
dialog.draw(here, DIALOGS)
