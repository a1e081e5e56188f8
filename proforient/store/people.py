"""Reading who may come in: accounts, invitations, ended sessions."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from proforient.errors import WrongCall
from proforient.store.rows import AccountRow
from proforient.store.transaction import Question, Row, Transaction
from proforient.wording.order import name_order


class SignInRow(NamedTuple):
    login: str
    happened_at: dt.datetime


LAST_SIGN_INS = Question("last_sign_ins", SignInRow)
COLUMNS = "login, role, territory, organisation, email, password, version, active, made_at"


def accounts(session: Transaction) -> list[AccountRow]:
    """Everybody, disabled ones too, by login."""
    found = [_account(row) for row in session.run(f"SELECT {COLUMNS} FROM account")]  # noqa: S608
    return sorted(found, key=lambda account: name_order(account.login))


def account(session: Transaction, login: str) -> AccountRow:
    """WrongCall where there is none of that login."""
    found = next((a for a in accounts(session) if a.login == login), None)
    if found is None:
        raise WrongCall(f"Учётной записи «{login}» нет. Список: account list.")
    return found


def last_sign_ins(session: Transaction) -> dict[str, dt.datetime]:
    """By login, when it was last signed in; those that never were are not there."""
    return {row.login: row.happened_at for row in session.ask(LAST_SIGN_INS)}


def ended_sessions(session: Transaction) -> frozenset[str]:
    """Sessions that were signed out and whose cookie would still be young enough."""
    return frozenset(str(row[0]) for row in session.run("SELECT session FROM ended_session"))


def invited(session: Transaction, digest: str, at: dt.datetime) -> str | None:
    """The login that an unused invitation of this SHA-256 is for, while it holds."""
    rows = session.run(
        "SELECT login FROM invitation WHERE token = $token AND used_at IS NULL AND ends_at > $at",
        {"token": digest, "at": at},
    )
    return str(rows[0][0]) if rows else None


def _account(row: Row) -> AccountRow:
    names = [name.strip() for name in COLUMNS.split(",")]
    return AccountRow(**dict(zip(names, row, strict=True)))
