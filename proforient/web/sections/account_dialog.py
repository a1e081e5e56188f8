"""«Изменить…» of an account: its role, its territory or organisation, the address by which a provider knows it."""

from __future__ import annotations

import streamlit as st

from proforient.access import accounts
from proforient.access.roles import ABILITIES, ROLES, Deed, Role
from proforient.charts import marks
from proforient.monitoring import now, territory_name
from proforient.store.rows import AccountRow
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.clock import today
from proforient.web.sections import notice
from proforient.web.sections.accounts import labelled, territories_within
from proforient.web.sections.dialog import finish, forget, leave, reading
from proforient.web.session import Session, current
from proforient.wording import capital, quoted, typo

_Place = tuple[str, str | None]  # territory, organisation


@st.dialog("Учётная запись", on_dismiss=forget)
def change_dialog(login: str) -> None:
    here = current()
    with reading(here):
        before = here.reader.account(login)
        key = f"accounts-change-{login}"
        widgets.show_html(marks.tag("p", marks.tag("b", login)))
        offered = [role for role in accounts.grantable(here.person) if role in ROLES]
        role = st.selectbox(
            "Роль",
            offered,
            index=offered.index(Role(before.role)) if before.role in offered else 0,
            format_func=lambda r: capital(ROLES[r]),
            key=f"{key}-role",
        )
        widgets.caption(capital(ABILITIES[role]) + ".")
        place = _place(here, before, role, key)
        email = st.text_input(
            "Электронная почта (для входа через провайдера, можно пусто)",
            value=before.email,
            max_chars=255,
            key=f"{key}-email",
        )
        widgets.caption(
            "Открытые у неё страницы закроются, войти надо будет снова. Если меняется роль или место, прежняя ссылка "
            "перестаёт действовать; пароль остаётся."
        )
        if st.button("Сохранить", type="primary", key="accounts-change-do"):
            _save(here, before, role, place, email)


def _place(here: Session, before: AccountRow, role: Role, key: str) -> _Place | None:
    """Which organisation or territory was chosen; None where none was."""
    if role is Role.ORGANISATION:
        names, own, label = labelled(here, today(here.zone), here.person)[1], before.organisation, "организацию"
    else:
        names, own, label = territories_within(here, role), before.territory, "территорию"
    named = f"{key}-{'organisation' if role is Role.ORGANISATION else 'territory'}"
    place = widgets.offered(named, names, st.session_state.get(named, own), f"Найти {label}")
    chosen = st.selectbox(
        "Организация" if role is Role.ORGANISATION else "Территория",
        list(place),
        index=list(place).index(own) if own in place else None,
        format_func=lambda code: place[code],
        placeholder=f"Выберите {label}",
        key=named,
    )
    if chosen is None:
        return None
    return ("", chosen) if role is Role.ORGANISATION else (chosen, None)


def _save(here: Session, before: AccountRow, role: Role, place: _Place | None, email: str) -> None:
    if place is None:
        what = "организацию" if role is Role.ORGANISATION else "территорию"
        widgets.message(f"Выберите {what}: без этого неизвестно, чьи числа откроет вход.")
        return
    territory, organisation = place
    changed: list[bool] = []

    def do(writer: Writer) -> None:
        changed.append(
            accounts.change(
                writer, here.person, before.login, role=role, territory=territory, organisation=organisation,
                email=email, at=now(),
            )
        )  # fmt: skip

    where = here.reader.organisation(organisation).name if organisation else territory_name(territory)
    rights = f"{ROLES[role]}, {quoted(where) if organisation else where or 'все территории'}"
    said = typo(f"Учётная запись «{before.login}» — {rights}. Её сеансы окончены.")
    if _same(before, role, territory, organisation, email):
        notice.say("Ничего не изменено.")
        leave()
    finish(here, Deed.ACCOUNTS, do, said, before.territory or None, figures=False)


def _same(before: AccountRow, role: Role, territory: str, organisation: str | None, email: str) -> bool:
    where = (before.organisation if organisation else before.territory) == (organisation or territory)
    return role == before.role and where and email.strip().lower() == before.email
