"""Accounts, invitations and ended sessions: rows in and out; what a password or a role means is said in ``access``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from proforient.errors import Refused, WrongCall
from proforient.store import basis
from proforient.store.freezing import FrozenReader
from proforient.store.rows import AccountRow
from proforient.store.session import Row
from proforient.wording.order import name_order

if TYPE_CHECKING:
    from proforient.store.writing import Writer


class AccountReader(FrozenReader):
    """The part of Reader that answers who may come in."""

    def accounts(self) -> list[AccountRow]:
        """Everybody, disabled ones too, by login."""
        found = [_account(row) for row in self.run(f"SELECT {_COLUMNS} FROM account")]  # noqa: S608
        return sorted(found, key=lambda account: name_order(account.login))

    def account(self, login: str) -> AccountRow:
        """WrongCall where there is none of that login."""
        found = next((a for a in self.accounts() if a.login == login), None)
        if found is None:
            raise WrongCall(f"Учётной записи «{login}» нет. Список: account list.")
        return found

    def ended_sessions(self) -> frozenset[str]:
        """Sessions that were signed out and whose cookie would still be young enough."""
        return frozenset(str(row[0]) for row in self.run("SELECT session FROM ended_session"))

    def invited(self, digest: str, at: dt.datetime) -> str | None:
        """The login that an unused invitation of this SHA-256 is for, while it holds."""
        rows = self.run(
            "SELECT login FROM invitation WHERE token = $token AND used_at IS NULL AND ends_at > $at",
            {"token": digest, "at": at},
        )
        return str(rows[0][0]) if rows else None


def add(writer: Writer, account: AccountRow) -> None:
    """A new account; Refused where the login or the address is taken."""
    writer.unless_moved(basis.account(account.login))
    for other in writer.accounts():
        if other.login == account.login:
            raise Refused(f"Учётная запись «{account.login}» уже есть. Выберите другой логин.")
        if account.email and other.email == account.email:
            raise Refused(f"Адрес уже записан у «{other.login}». Один адрес — одна учётная запись.")
    names = [name.strip() for name in _COLUMNS.split(",")]
    bound = ", ".join(f"${name}" for name in names)
    writer.run(
        f"INSERT INTO account ({_COLUMNS}) VALUES ({bound})",  # noqa: S608  # names of our own columns
        {name: getattr(account, name) for name in names},
    )
    about = {"role": account.role, "territory": account.territory, "organisation": account.organisation}
    writer.log("account.made", f"account/{account.login}", about)


def set_password(writer: Writer, login: str, hashed: str, at: dt.datetime) -> None:
    """Ends every session of the account and uses up its invitations."""
    writer.unless_moved(basis.account(login))
    writer.run(
        "UPDATE account SET password = $hashed, version = version + 1 WHERE login = $login",
        {"hashed": hashed, "login": login},
    )
    _use_up(writer, login, at)
    writer.log("account.password", f"account/{login}", {})


def set_active(writer: Writer, login: str, *, active: bool, at: dt.datetime) -> None:
    """Closing an account ends its sessions and invitations."""
    writer.unless_moved(basis.account(login))
    before = writer.account(login).active
    writer.run(
        "UPDATE account SET active = $active, version = version + 1 WHERE login = $login",
        {"active": active, "login": login},
    )
    _use_up(writer, login, at)
    writer.log("account.opened" if active else "account.closed", f"account/{login}", {"before": before})


def end_sessions(writer: Writer, login: str) -> None:
    """Signs the account out wherever it is signed in."""
    writer.unless_moved(basis.account(login))
    writer.run("UPDATE account SET version = version + 1 WHERE login = $login", {"login": login})
    writer.log("account.signed_out_everywhere", f"account/{login}", {})


def end_session(writer: Writer, login: str, session: str, *, ends_at: dt.datetime, at: dt.datetime) -> None:
    """Signs one session out."""
    writer.run("DELETE FROM ended_session WHERE ends_at < $at", {"at": at})
    writer.run("INSERT INTO ended_session VALUES ($session, $ends)", {"session": session, "ends": ends_at})
    writer.log("account.signed_out", f"account/{login}", {})


def invite(writer: Writer, login: str, digest: str, *, ends_at: dt.datetime, at: dt.datetime) -> None:
    """One invitation an account holds: an older one no longer does."""
    writer.unless_moved(basis.account(login))
    _use_up(writer, writer.account(login).login, at)
    writer.run(
        "INSERT INTO invitation VALUES ($token, $login, $ends, NULL)",
        {"token": digest, "login": login, "ends": ends_at},
    )
    writer.log("account.invited", f"account/{login}", {"until": ends_at.isoformat(timespec="minutes")})


def _use_up(writer: Writer, login: str, at: dt.datetime) -> None:
    writer.run(
        "UPDATE invitation SET used_at = $at WHERE login = $login AND used_at IS NULL", {"at": at, "login": login}
    )


_COLUMNS = "login, role, territory, organisation, email, password, version, active, made_at"


def _account(row: Row) -> AccountRow:
    names = [name.strip() for name in _COLUMNS.split(",")]
    return AccountRow(**dict(zip(names, row, strict=True)))
