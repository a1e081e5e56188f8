"""Доступ: accounts and their links."""

import streamlit as st

from proforient.access.roles import Deed
from proforient.web import widgets
from proforient.web.sections import accounts, dialog, inviting, notice
from proforient.web.sections.account_dialog import change_dialog
from proforient.web.session import current
from proforient.wording import capital, counted

here = current()
widgets.print_heading()
found = accounts.in_reach(here)
widgets.finding(capital(counted(len(found), "accounts")) if found else "Учётных записей ещё нет")
notice.show()
accounts.link()
uninvited = inviting.read_uninvited(here, found)
inviting.offer(here, uninvited)
inviting.invited(here)
if found and here.acts(Deed.ACCOUNTS):
    widgets.down_to("Завести учётную запись", "new")
if not here.settings.signs_in:
    widgets.message(
        "Это демонстрация: входят без пароля под одной из четырёх ролей. Учётные записи, заведённые здесь, начнут "
        "действовать в рабочем режиме."
    )
with st.container(key="accounts-rest"):  # not printed beside links
    left, right = st.columns([7, 3], gap="large")
    with left:
        accounts.account_list(here, found)
        accounts.roles()
    with right:
        widgets.section("Новая учётная запись", place="new")
        accounts.new(here)
dialog.draw(here, {"change": change_dialog})
