"""«Доступ»: who may come in; a new account with a link to set its password, closing one, signing it out everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from proforient.access import accounts
from proforient.access.roles import ABILITIES, ROLES, Deed, Person, Role
from proforient.charts import marks
from proforient.monitoring import now, territory_name
from proforient.store import accounts as rows
from proforient.store.roster import Roster
from proforient.store.rows import AccountRow
from proforient.store.writing import Writer
from proforient.web import lists, widgets
from proforient.web.cache import cached
from proforient.web.choices import ACCOUNT_SORTS, within_reach
from proforient.web.clock import day_ru, today
from proforient.web.sections import dialog, notice
from proforient.web.sections.inviting import invitation_address
from proforient.web.session import Session, current, keep_mark, pressed_mark
from proforient.wording import capital, typo
from proforient.wording.order import name_order

LINK = "proforient.accounts.link"
SORTED_FROM = 10  # accounts from which on their order can be chosen
LATEST = "proforient.accounts.latest"
# Key of the number of accounts made: each form is a new one, a refused one keeps what was typed
MADE = "proforient.accounts.made"


def in_reach(here: Session) -> list[AccountRow]:
    return [a for a in here.reader.accounts() if here.person.reaches(a.territory)]


def act(
    here: Session, do: Callable[[Writer], object], territory: str, *, mark: int, click: tuple[str, ...] = ()
) -> str:
    """Gives why it was refused, empty when it was done."""
    return dialog.act(here, Deed.ACCOUNTS, do, territory or None, mark=mark, click=click, figures=False)


def account_list(here: Session, found: Sequence[AccountRow]) -> None:
    """One row an account, with what can be done with it; many are searched and shown page by page."""
    names = _register(here, today(here.zone)).names
    last = here.reader.last_sign_ins()
    wanted = sorted(found, key=lambda a: name_order(a.login))
    if len(found) >= SORTED_FROM:
        with st.container(horizontal=True, vertical_alignment="center", key="list-choose"):
            if len(found) > lists.PAGE:
                lists.search_field("Логин, организация, почта, роль")
            widgets.switch("sort", "Порядок", ACCOUNT_SORTS)
        wanted = _ordered(here, wanted, last)
    if len(found) > lists.PAGE:
        wanted = lists.matching(
            wanted, lambda a: (a.login, _place(a, names), a.email, ROLES[Role(a.role)], " ".join(_state(a, last)))
        )
        lists.head(len(wanted), len(found), by=("find",))
    for account in lists.page_of(wanted):
        place = _place(account, names)
        state, waiting = _state(account, last)
        said = [ROLES[Role(account.role)], place, account.email, f"с {day_ru(account.made_at, here.zone)}"]
        said += [] if waiting else [_came(here, account, last)]
        with st.container(horizontal=True, vertical_alignment="center", key=f"accounts-row-{account.login}"):
            # A line of its own: in one line it would push the buttons down.
            lines = (" · ".join(part for part in said if part), state or waiting)
            small = [marks.tag("small", line, "pf-quiet pf-line") for line in lines if line]
            widgets.show_html(marks.joined([marks.tag("b", account.login), *small]))
            if not here.may(Deed.ACCOUNTS, account.territory or None) or account.login == here.person.login:
                continue
            login = account.login
            st.button(
                "Изменить…", key=f"accounts-change-{login}", on_click=dialog.ask, args=(here.mark, "change", login)
            )
            if account.active:
                st.button("Новая ссылка", key=f"accounts-invite-{login}", on_click=_invite, args=(here.mark, account))
                st.button("Выйти всюду", key=f"accounts-out-{login}", on_click=_sign_out, args=(here.mark, account))
                st.button("Закрыть", key=f"accounts-close-{login}", on_click=_switch, args=(here.mark, account, False))
            else:
                st.button("Открыть", key=f"accounts-open-{login}", on_click=_switch, args=(here.mark, account, True))

    lists.pages(len(wanted))


def _ordered(here: Session, found: list[AccountRow], last: Mapping[str, dt.datetime]) -> list[AccountRow]:
    """By what was chosen; where it is equal, as they stand."""
    if here.view.sort == "state":
        return sorted(found, key=lambda a: (a.active, bool(a.password)))  # order: closed and waiting ones first
    if here.view.sort == "latest":
        return sorted(found, key=lambda a: last.get(a.login, dt.datetime.min))  # order: longest away first
    return found


def _came(here: Session, account: AccountRow, last: Mapping[str, dt.datetime]) -> str:
    """When it was last signed in."""
    return f"последний вход {day_ru(last[account.login], here.zone)}" if account.login in last else "ещё не входили"


def _place(account: AccountRow, names: Mapping[str, str]) -> str:
    known = names.get(account.organisation or "")
    return known or (territory_name(account.territory) if account.territory else "все территории")


def _state(account: AccountRow, last: Mapping[str, dt.datetime]) -> tuple[str, str]:
    """What is to be known of it: whether it is closed, whether it still waits for its password.

    Who comes in through a provider needs none.
    """
    waits = account.active and not account.password and account.login not in last
    return "" if account.active else "закрыта", "пароль ещё не задан" if waits else ""


def roles() -> None:
    """What each role may do: whoever makes an account chooses by it."""
    rows_ = [[marks.tag("b", capital(ROLES[role])), ABILITIES[role]] for role in Role]
    widgets.show_html(marks.table(["Роль", "Что можно"], rows_, "Роли"))


def _invite(mark: int, account: AccountRow) -> None:
    made: list[str] = []
    here, click = current(), ("invite", account.login)
    refused = act(
        here,
        lambda w: made.append(accounts.invite(w, account.login, now())),
        account.territory,
        mark=mark,
        click=click,
    )
    if refused:
        notice.say(refused)
        return
    if made:
        st.session_state[LATEST] = account.login, invitation_address(here, made[0])
    st.session_state[LINK] = st.session_state[LATEST]  # a second click shows the same link, not none


def _sign_out(mark: int, account: AccountRow) -> None:
    click = ("sign-out", account.login)
    refused = act(current(), lambda w: rows.end_sessions(w, account.login), account.territory, mark=mark, click=click)
    notice.say(refused or typo(f"Сеансы «{account.login}» окончены."))


def _switch(mark: int, account: AccountRow, active: bool) -> None:
    def do(writer: Writer) -> None:
        accounts.switch(writer, account.login, active=active, at=now())

    click = ("open" if active else "close", account.login)
    refused = act(current(), do, account.territory, mark=mark, click=click)
    notice.say(refused or typo(f"Учётная запись «{account.login}» {'открыта' if active else 'закрыта'}."))


def link() -> None:
    """The link that was just made, once: it is kept nowhere."""
    found = st.session_state.pop(LINK, None)
    if found is None:
        return
    login, address = found
    text = (
        f"Ссылка для «{login}»: по ней один раз за 14 дней задают пароль. Она показана один раз; передайте её лично, "
        "по телефону или в личном сообщении."
    )
    widgets.message(text, heading="Скопируйте сейчас")
    st.code(address, language=None, wrap_lines=True)


def new(here: Session) -> None:
    """The form of a new account."""
    if not here.acts(Deed.ACCOUNTS):
        return
    nth = st.session_state.get(MADE, 0)
    roles = [Role.ORGANISATION, Role.DEPARTMENT, Role.HEAD, Role.ADMINISTRATOR]
    role = st.selectbox("Роль", roles, format_func=lambda r: capital(ROLES[r]), key="accounts-role")
    mine, places = _offered(here, role, nth)  # a field to search in stands before the form: in it nothing is found
    with st.form(f"accounts-new-{nth}", border=False):
        organisation: str | None = None
        place: str | None = None
        if role is Role.ORGANISATION:
            organisation = st.selectbox(
                "Организация",
                list(mine),
                index=None,
                format_func=lambda c: mine[c],
                placeholder="Выберите организацию",
                key=f"accounts-organisation-{nth}",
            )
        else:
            place = st.selectbox(
                "Территория",
                list(places),
                index=None,
                format_func=lambda p: places[p],
                placeholder="Выберите территорию",
                key=f"accounts-territory-{nth}",
            )
        login = st.text_input("Логин", placeholder="school-5", max_chars=40)
        email = st.text_input("Электронная почта (для входа через провайдера, можно пусто)", max_chars=255)
        pressed = st.form_submit_button(
            "Завести и получить ссылку", type="primary", on_click=keep_mark, args=(here.mark,)
        )
    if not pressed:
        return
    mark = pressed_mark()
    if (organisation if role is Role.ORGANISATION else place) is None:
        what = "организацию" if role is Role.ORGANISATION else "территорию"
        widgets.message(f"Выберите {what}: без этого неизвестно, чьи числа откроет вход.", heading="Не заведена")
        return
    _add(here, login, role, place or "", organisation, email, mark)


def _offered(here: Session, role: Role, nth: int) -> tuple[dict[str, str], dict[str, str]]:
    """The organisations or the territories that an account of the role may be for."""
    if role is Role.ORGANISATION:
        return _organisations(here, f"accounts-organisation-{nth}"), {}
    names = territories_within(here, role)
    key = f"accounts-territory-{nth}"
    return {}, widgets.offered(key, names, st.session_state.get(key), "Найти территорию")


def territories_within(here: Session, role: Role) -> dict[str, str]:
    """Those in reach by path, for an administrator of everything all of them together, too."""
    names = {p: territory_name(p) for p in here.reader.territories() if here.person.reaches(p)}
    every = role is Role.ADMINISTRATOR and here.person.reaches(None)
    return {"": "Все территории", **names} if every else names


def _organisations(here: Session, key: str) -> dict[str, str]:
    """Those in reach by code; with the territory where there are several, for equal names stand in many of them."""
    found, labels = labelled(here, today(here.zone), here.person)
    full, inn = map(found.by_code, ("full_name", "inn"))
    return widgets.offered(key, labels, st.session_state.get(key), "Найти организацию",
                           lambda code: (full[code], inn[code]))  # fmt: skip


@cached()
def _register(here: Session, day: dt.date) -> Roster:
    return here.reader.roster(on=day)


@cached()
def labelled(here: Session, day: dt.date, person: Person) -> tuple[Roster, dict[str, str]]:
    """Who is in reach on that day, and by code what a line of the select box says, in the order of names."""
    found = within_reach(_register(here, day), person)
    names = found.names
    several = len(set(found.homes.values())) > 1
    labels = {c: f"{names[c]}, {territory_name(home)}" if several else names[c] for c, home in found.homes.items()}
    return found, widgets.as_labelled(labels)


def _add(
    here: Session, login: str, role: Role, territory: str, organisation: str | None, email: str, mark: int
) -> None:
    made: list[str] = []
    if organisation is not None:
        territory = here.reader.organisation(organisation).territory

    def do(writer: Writer) -> None:
        account = accounts.new(
            writer.reader,
            login=login,
            role=role,
            territory="" if organisation else territory,
            organisation=organisation,
            email=email,
            at=now(),
        )
        rows.add(writer, account)
        made.extend((account.login, accounts.invite(writer, account.login, now())))

    refused = act(here, do, territory, mark=mark)
    if refused:
        widgets.message(refused, heading="Не заведена")
        return
    st.session_state[LINK] = made[0], invitation_address(here, made[1])
    st.session_state[MADE] = st.session_state.get(MADE, 0) + 1
    st.rerun()
