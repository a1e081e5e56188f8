"""``account``: who may come in. A password comes from a prompt or standard input, never as an argument."""

from __future__ import annotations

import argparse

from proforient.access import accounts
from proforient.access.roles import ROLES, Person, Role
from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.monitoring import now
from proforient.store import accounts as rows
from proforient.store.rows import AccountRow

COLUMNS = ("login", "role", "territory", "organisation", "email", "active", "password_set", "made_at")
LOGIN = argument("login", metavar="LOGIN", help="логин: латинские буквы, цифры, точка, дефис")
INVITE = argument("--invite", action="store_true", help="вместо пароля напечатать ссылку, по которой его зададут")


def add(desk: Desk, given: argparse.Namespace) -> Outcome:
    """With a password, or with a link by which it is set once."""
    moment = now()
    with desk.write(given, figures=False) as writer:
        account = accounts.new(
            writer.reader,
            login=given.login,
            role=given.role,
            territory=(territory_of(writer.reader, given.territory) or "") if given.territory else "",
            organisation=given.organisation,
            email=given.email,
            at=moment,
        )
        rows.add(writer, account)
        if not given.invite:
            accounts.set_password(writer, account.login, desk.call.password, moment)
            return Outcome(said=f"Учётная запись «{account.login}» создана ({ROLES[Role(account.role)]}).")
        token = accounts.invite(writer, account.login, moment)
    return Outcome(out=_link(desk, token), said=f"Учётная запись «{account.login}» создана. {ONCE}")


ROLE_NAMES = ", ".join(accounts.MAKEABLE)
ONCE = "По ссылке один раз за 14 дней задают пароль; передайте её лично или по телефону, не в общей переписке."


def _link(desk: Desk, token: str) -> str:
    settings = desk.settings
    return f"{settings.address or f'http://{settings.host}:{settings.port}'}/invitation/{token}\n"


def change(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Another role, territory, organisation or address; what is not given stays, a place only with its role."""
    with desk.write(given, figures=False) as writer:
        before = writer.reader.account(given.login)
        same = given.role in (None, before.role)
        territory = territory_of(writer.reader, given.territory) if given.territory else None
        changed = accounts.change(
            writer,
            Person(login="", role=Role.ADMINISTRATOR),
            before.login,
            role=given.role or before.role,
            territory=territory or (before.territory if same and before.organisation is None else ""),
            organisation=given.organisation or (before.organisation if same else None),
            email=before.email if given.email is None else given.email,
            at=now(),
        )
    if not changed:
        return Outcome(said="Всё так и было: ничего не изменено.")
    return Outcome(said=f"Учётная запись «{given.login}» изменена, её сеансы окончены.")


def password(desk: Desk, given: argparse.Namespace) -> Outcome:
    """A new password, or a new link to set one; either ends what is signed in, the link when it is used."""
    moment = now()
    with desk.write(given, figures=False) as writer:
        if not given.invite:
            accounts.set_password(writer, given.login, desk.call.password, moment)
            return Outcome(said=f"Пароль учётной записи «{given.login}» сменён; кто был с ней в программе, вышел.")
        token = accounts.invite(writer, given.login, moment)
    return Outcome(out=_link(desk, token), said=ONCE)


def switch(active: bool, desk: Desk, given: argparse.Namespace) -> Outcome:
    """Closes an account at once wherever it is signed in, or opens it again."""
    with desk.write(given, figures=False) as writer:
        accounts.switch(writer, given.login, active=active, at=now())
    return Outcome(said=f"Учётная запись «{given.login}» {'открыта' if active else 'закрыта, её сеансы окончены'}.")


def disable(desk: Desk, given: argparse.Namespace) -> Outcome:
    return switch(False, desk, given)


def enable(desk: Desk, given: argparse.Namespace) -> Outcome:
    return switch(True, desk, given)


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Everybody, without anything of a password."""
    with desk.store.read() as reader:
        found = [account_json(account) for account in reader.accounts()]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def account_json(account: AccountRow) -> dict[str, object]:
    return {
        "login": account.login,
        "role": account.role,
        "territory": account.territory or None,
        "organisation": account.organisation,
        "email": account.email or None,
        "active": account.active,
        "password_set": bool(account.password),
        "made_at": account.made_at.isoformat(timespec="seconds"),
    }


COMMANDS = (
    changing(
        name="account add",
        does="завести учётную запись",
        run=add,
        arguments=(
            LOGIN,
            argument(
                "--role", required=True, choices=accounts.MAKEABLE, metavar="R", help=", ".join(accounts.MAKEABLE)
            ),
            argument("--territory", metavar="T", help="территория роли department или head"),
            argument("--organisation", metavar="CODE", help="код организации роли organisation"),
            argument("--email", default="", metavar="MAIL", help="адрес для входа через провайдера"),
            INVITE,
        ),
        asks_unless="invite",
    ),
    changing(
        name="account change",
        does="изменить роль, территорию, организацию или почту учётной записи",
        run=change,
        arguments=(
            LOGIN,
            argument("--role", choices=accounts.MAKEABLE, metavar="R", help=ROLE_NAMES),
            argument("--territory", metavar="T", help="территория роли department или head"),
            argument("--organisation", metavar="CODE", help="код организации роли organisation"),
            argument("--email", metavar="MAIL", help="адрес для входа через провайдера; пустой убирает"),
        ),
    ),
    Command(name="account list", does="показать учётные записи", run=show_list, arguments=(JSON,)),
    changing(
        name="account password",
        does="задать пароль или дать ссылку",
        run=password,
        arguments=(LOGIN, INVITE),
        asks_unless="invite",
    ),
    changing(name="account disable", does="закрыть учётную запись", run=disable, arguments=(LOGIN,)),
    changing(name="account enable", does="снова открыть учётную запись", run=enable, arguments=(LOGIN,)),
)
