"""Квитанции: what was handed in and when, found by number; one receipt to a page, as it is printed."""

import streamlit as st

from proforient.access.roles import Deed, Role
from proforient.web import widgets
from proforient.web.sections import notice
from proforient.web.sections.receipts import page as receipts
from proforient.web.session import current

here = current()
if here.person.role is Role.ORGANISATION or here.view.item:
    widgets.print_heading()
else:
    widgets.scope_bar(cohorts=False)
notice.show()
widgets.stop_without_period()
sheet = receipts.read(here)
if sheet is not None:
    widgets.finding(receipts.receipt_finding(sheet))
    widgets.lead(receipts.receipt_lead(sheet))
    receipts.receipt(here, sheet)
    st.stop()
if here.view.item:
    widgets.message("Такой квитанции нет, или она не вашей организации и территории. Проверьте номер.")
found = receipts.accepted(here)
widgets.finding(receipts.finding(here, found))
if found:
    widgets.lead("Номер открывает квитанцию: когда принят файл, чей он, отпечаток и что из него действует.")
elif here.acts(Deed.SUBMIT):
    receipts.nothing_yet()
receipts.receipt_list(here, found)
