"""Реестр организаций: a list is brought and looked at, or the register is read and changed."""

import streamlit as st

from proforient.access.roles import Deed
from proforient.web import widgets
from proforient.web.sections import dialog, notice
from proforient.web.sections.registry import bring, roster
from proforient.web.sections.registry.desk import roll_desk
from proforient.web.sections.registry.editing import organisation_dialog
from proforient.web.sections.registry.joining import merge_dialog
from proforient.web.sections.registry.mailboxes import mailboxes_dialog
from proforient.web.session import current

here = current()
widgets.print_heading()
desk = roll_desk()
roll = bring.beside_register(here, desk) if desk.rows else None
if roll is not None:
    widgets.finding(bring.roll_finding(roll))
    notice.show()
    bring.preview(here, desk, roll)
else:
    register = roster.read_roster(here)
    widgets.finding(roster.roster_finding(here, register))
    notice.show()
    if here.acts(Deed.REGISTER) and not len(register):
        bring.chooser(here, desk)
    elif here.acts(Deed.REGISTER):
        with st.expander("Внести список"):
            bring.chooser(here, desk)
    if len(register):
        roster.way_on(here)
        roster.roster_list(here, register)
    dialog.draw(here, {"organisation": organisation_dialog, "merge": merge_dialog, "mailboxes": mailboxes_dialog})
