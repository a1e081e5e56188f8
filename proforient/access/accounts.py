"""Accounts: who they are, how one is made, invited, signed in, closed. Events keep the login, never a password."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from proforient.access.passwords import hashed
from proforient.access.roles import POLICY, ROLES, Deed, Person, Role, demand
from proforient.errors import Refused, WrongCall
from proforient.monitoring import Organisation, territory_name, within
from proforient.store import accounts as rows
from proforient.store.rows import AccountRow
from proforient.store.snapshots import digest

if TYPE_CHECKING:
    from proforient.store.reading import Reader
    from proforient.store.writing import Writer

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,24}")
INVITATION = dt.timedelta(days=14)
INVITATION_BYTES = 24  # random bytes in the address of an invitation
MAKEABLE = tuple(role for role in Role if role is not Role.GUEST)

# The four of the demonstration: they are in no store.
DEMONSTRATION = "demo-"


def person_of(account: AccountRow, session: str = "") -> Person:
    return Person(
        login=account.login,
        role=Role(account.role),
        territory=account.territory,
        organisation=account.organisation,
        session=session,
    )


def new(
    reader: Reader,
    *,
    login: str,
    role: str,
    territory: str = "",
    organisation: str | None = None,
    email: str = "",
    at: dt.datetime,
) -> AccountRow:
    """An account as it would be kept; WrongCall or Refused with what does not fit together."""
    login, email = login.strip().lower(), email.strip().lower()
    if not LOGIN.fullmatch(login) or login.startswith(DEMONSTRATION):
        raise Refused(
            f"Логин «{login[:40]}» не подходит. Нужно от 3 до 40 знаков: латинские буквы, цифры, точка, дефис. "
            "Например: school-5."
        )
    if email and not EMAIL.fullmatch(email):
        raise Refused(f"«{email[:60]}» — не адрес почты. Например: school5@edu.example.ru.")
    if role not in MAKEABLE:
        raise WrongCall(f"Роли «{role}» нет. Есть: {', '.join(MAKEABLE)}.")
    if role == Role.ORGANISATION:
        home = _home(reader, organisation)
        return _row(login, role, home.territory, home.code, email, at)
    if organisation:
        raise WrongCall("Организацию указывают только роли organisation. Уберите --organisation.")
    if territory and territory not in reader.territories():
        raise WrongCall(f"Территории «{territory}» нет в реестре. Пишите как в реестре: «Регион / Муниципалитет».")
    if not territory and role != Role.ADMINISTRATOR:
        raise WrongCall("Укажите территорию: без неё учётная запись видела бы все муниципалитеты.")
    return _row(login, role, territory, None, email, at)


def grantable(person: Person) -> tuple[Role, ...]:
    """The roles that somebody may give: none that may do what he may not."""
    return tuple(role for role in MAKEABLE if all(person.may(deed) for deed in Deed if role in POLICY[deed]))


def change(
    writer: Writer,
    by: Person,
    login: str,
    *,
    role: str,
    territory: str = "",
    organisation: str | None = None,
    email: str = "",
    at: dt.datetime,
) -> bool:
    """Another role, place or address; whether anything is other than it was.

    Refused where it is ``by``'s own, where before or after it is more than his, and of the last administrator.
    """
    before = writer.reader.account(login)
    wanted = new(
        writer.reader, login=login, role=role, territory=territory, organisation=organisation, email=email, at=at
    )
    wanted = replace(
        wanted, password=before.password, version=before.version, active=before.active, made_at=before.made_at
    )
    if wanted == before:
        return False
    if by.login == login:
        raise Refused("Свою роль и территорию не меняют: попросите другого администратора.")
    if role not in grantable(by):
        raise Refused(f"Роль «{ROLES[Role(role)]}» может больше, чем ваша: дать её нельзя.")
    for whose in dict.fromkeys((before.territory, wanted.territory)):
        demand(by, Deed.ACCOUNTS, whose or None)
    stays_administrator = wanted.role == Role.ADMINISTRATOR and _covers(wanted.territory, before.territory)
    if not stays_administrator:
        _refuse_last(writer.reader, before)
    rows.change(writer, wanted, at)
    return True


def switch(writer: Writer, login: str, *, active: bool, at: dt.datetime) -> None:
    """Opens an account again or closes it, unless it is the last administrator's."""
    if not active:
        _refuse_last(writer.reader, writer.reader.account(login))
    rows.set_active(writer, login, active=active, at=at)


def _refuse_last(reader: Reader, account: AccountRow) -> None:
    """Somebody who can come in must be left who gives access wherever this administrator gave it."""
    if account.role != Role.ADMINISTRATOR or not account.active:
        return
    came = reader.last_sign_ins()
    if not any(
        other.login != account.login
        and (other.password or other.login in came)
        and _covers(other.territory, account.territory)
        for other in administrators(reader)
    ):
        where = territory_name(account.territory) if account.territory else "все территории"
        raise Refused(
            f"«{account.login}» — последний администратор, который может войти ({where}). Сначала заведите другого, "
            "и пусть он задаст пароль."
        )


def _covers(territory: str, other: str) -> bool:
    return not territory or (bool(other) and within(other, territory))


def administrators(reader: Reader) -> list[AccountRow]:
    """Those who may make accounts."""
    return [account for account in reader.accounts() if account.active and account.role == Role.ADMINISTRATOR]


def _home(reader: Reader, organisation: str | None) -> Organisation:
    found = reader.organisations(code=organisation) if organisation else []
    if not found:
        raise WrongCall(f"Организации «{organisation or ''}» нет в реестре. Укажите её код.")
    return found[0]


def _row(login: str, role: str, territory: str, organisation: str | None, email: str, at: dt.datetime) -> AccountRow:
    return AccountRow(
        login=login,
        role=role,
        territory=territory,
        organisation=organisation,
        email=email,
        password="",
        version=1,
        active=True,
        made_at=at,
    )


def set_password(writer: Writer, login: str, password: str, at: dt.datetime) -> None:
    """A new password; whoever was signed in with the old one no longer is."""
    account = writer.reader.account(login)
    rows.set_password(writer, account.login, hashed(password, account.login), at)


def invite(writer: Writer, login: str, at: dt.datetime) -> str:
    """The secret part of a link by which a password is set once within two weeks; only its hash is kept."""
    if not writer.reader.account(login).active:
        raise Refused(f"Учётная запись «{login}» закрыта. Сначала откройте её.")
    token = secrets.token_urlsafe(INVITATION_BYTES)
    rows.invite(writer, login, digest(token), ends_at=at + INVITATION, at=at)
    return token


def invited(reader: Reader, token: str, at: dt.datetime) -> str | None:
    """Whom the link is for, while it holds."""
    return reader.invited(digest(token), at) if len(token) < 100 else None


def demonstration(organisations: Sequence[Organisation], territory: str | None, at: dt.datetime) -> list[AccountRow]:
    """The four accounts from which one is chosen without a password; those of the office reach every district."""
    here = [o for o in organisations if o.territory == territory and o.levels] or list(organisations)
    found = [
        _row(f"{DEMONSTRATION}{role}", role, "", None, "", at)
        for role in (Role.DEPARTMENT, Role.HEAD, Role.ADMINISTRATOR)
    ]
    if here:
        school = next((o for o in here if o.kind == "school"), here[0])
        found.insert(2, _row(f"{DEMONSTRATION}organisation", Role.ORGANISATION, school.territory, school.code, "", at))
    return found
