"""Inviting all organisations at once: who has no password yet gets a link; the links are shown and taken away once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from proforient.access.accounts import INVITATION
from proforient.access.inviting import Invited, invite_all
from proforient.access.roles import Deed, Person, Role
from proforient.charts import marks
from proforient.documents.file_names import file_name
from proforient.documents.tables import csv_bytes
from proforient.errors import Refused
from proforient.monitoring import common_territory, local_day, now, territory_name
from proforient.store.rows import AccountRow
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.choices import within_reach
from proforient.web.clock import today
from proforient.web.entrance import provider
from proforient.web.fonts import base
from proforient.web.sections import dialog, notice
from proforient.web.session import Session, current
from proforient.wording import counted, date_ru, number, typo

MADE = "proforient.accounts.invited"
BY_MAIL = "accounts-by-mail"
HEAD = ("Организация", "Муниципалитет", "Логин", "Ссылка", "Действует до", "Почта")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninvited:
    """Codes of organisations that work and cannot come in: ``new`` have no account, ``waiting`` set no password yet."""

    new: tuple[str, ...]
    waiting: tuple[str, ...]


def read_uninvited(here: Session, accounts: Sequence[AccountRow]) -> Uninvited:
    own = {a.organisation: a for a in accounts if a.active and a.role == Role.ORGANISATION}
    there = _reporting(here, today(here.zone), here.person)
    came = here.reader.last_sign_ins()  # through a provider one comes in without a password
    return Uninvited(
        new=tuple(code for code in there if code not in own),
        waiting=tuple(code for code in there if code in own and not (own[code].password or own[code].login in came)),
    )


@cached()
def _reporting(here: Session, day: dt.date, person: Person) -> Sequence[str]:
    """Who works on that day and is asked something, in the person's reach."""
    register = within_reach(here.reader.roster(on=day), person)
    levels, works = register.by_code("levels"), dict(zip(register.codes, register.open_on(day), strict=True))
    return [code for code in register if works[code] and levels[code]]


def offer(here: Session, found: Uninvited) -> None:
    """One button for all that lack an account, another for links that were lost."""
    if not here.acts(Deed.ACCOUNTS) or not (found.new or found.waiting):
        return
    if _knows_provider(here) and here.reader.mailboxes():
        st.toggle(
            "Записать адреса приёмных: по ним входят через провайдера, без пароля",
            key=BY_MAIL,
        )
    with st.container(horizontal=True, vertical_alignment="center", key="accounts-all"):
        if found.new:
            label = f"Пригласить всех: {counted(len(found.new), 'organisations', 'acc')}"
            args = (here.mark, found.new)
            st.button(typo(label), type="primary", key="accounts-invite-all", on_click=_invite, args=args)
        if found.waiting:
            label = f"Новые ссылки тем, кто не задал пароль: {number(len(found.waiting))}"
            args = (here.mark, found.waiting)
            st.button(typo(label), key="accounts-renew-all", on_click=_invite, args=args)


def _knows_provider(here: Session) -> bool:
    """Whether one can come in through a provider; a broken file of it is told at the sign-in."""
    try:
        return provider.provider_of(here.settings) is not None
    except Refused:
        return False


def _invite(mark: int, codes: Sequence[str]) -> None:
    """A callback: everybody in one transaction."""
    here, made, by_mail = current(), list[Invited](), bool(st.session_state.get(BY_MAIL))
    with here.store.read() as reader:
        organisations = reader.organisations(codes=codes)
    place = common_territory([o.territory for o in organisations])
    refused = dialog.act(
        here,
        Deed.ACCOUNTS,
        lambda writer: made.extend(invite_all(writer, organisations, now(), by_mail=by_mail)),
        place,
        mark=mark,
        click=("invite-all", *codes),
        figures=False,
    )
    if refused:
        notice.say(refused)
    elif made:
        st.session_state[MADE] = made


def invited(here: Session) -> None:
    """The links that were made a moment ago, until they are put away; they are kept nowhere else."""
    made: list[Invited] = st.session_state.get(MADE, [])
    if not made:
        return
    rows = _rows(here, made)
    until = rows[0][4]
    widgets.section(f"Ссылки: {number(len(rows))}")
    widgets.message(
        f"По ссылке один раз до {until} задают пароль. Раздайте их лично, по телефону или рассылкой и закройте: больше "
        "программа их не покажет, но новую даст в любой момент.",
        heading="Сохраните сейчас",
    )
    with st.container(horizontal=True):
        st.download_button(
            "Скачать для рассылки (CSV)",
            csv_bytes(HEAD, rows),
            file_name=file_name("Ссылки для входа", territory=here.person.territory or "", ending="csv"),
            icon=":material/download:",
            key="accounts-links-csv",
            on_click="ignore",
        )
        st.button("Закрыть ссылки", key="accounts-links-done", on_click=_put_away)
    shown = [
        [marks.tag("b", name), marks.tag("span", login, "pf-login"), marks.tag("span", address, "pf-address")]
        for name, _, login, address, _, _ in rows
    ]
    widgets.show_html(marks.table(["Организация", "Логин", "Ссылка"], shown, css="pf-links"))


def _put_away() -> None:
    st.session_state.pop(MADE, None)


def _rows(here: Session, made: Sequence[Invited]) -> list[tuple[str, str, str, str, str, str]]:
    register, emails = here.reader.roster(), here.reader.mailboxes()
    until = date_ru(local_day(now() + INVITATION, here.zone), "digits")
    return [
        (
            register.names.get(one.organisation, one.organisation),
            territory_name(register.homes.get(one.organisation, "")),
            one.login,
            invitation_address(here, one.token),
            until,
            emails.get(one.organisation, ""),
        )
        for one in made
    ]


def invitation_address(here: Session, token: str) -> str:
    """The whole link, as whoever is invited opens it."""
    settings = here.settings
    return f"{settings.address or f'http://{settings.host}:{settings.port}{base()}'}/invitation/{token}"
