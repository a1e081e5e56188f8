"""Accounts, invitations and ended sessions: rows in and out; what a password or a role means is said in ``access``."""

from __future__ import annotations

import datetime as dt

from proforient.errors import Refused
from proforient.store import basis
from proforient.store.people import COLUMNS
from proforient.store.rows import AccountRow
from proforient.store.writing import Writer


def add(writer: Writer, account: AccountRow) -> None:
    """A new account; Refused where the login or the address is taken."""
    writer.unless_moved(_concern(writer, account.login))
    if any(other.login == account.login for other in writer.reader.accounts()):
        raise Refused(f"Учётная запись «{account.login}» уже есть. Выберите другой логин.")
    _refuse_same_address(writer, account)
    names = [name.strip() for name in COLUMNS.split(",")]
    bound = ", ".join(f"${name}" for name in names)
    writer.run(
        f"INSERT INTO account ({COLUMNS}) VALUES ({bound})",  # noqa: S608  # names of our own columns
        {name: getattr(account, name) for name in names},
    )
    about = {"role": account.role, "territory": account.territory, "organisation": account.organisation}
    writer.log("account.made", f"account/{account.login}", about)


def _concern(writer: Writer, login: str) -> basis.Concern:
    """The account, and the right of whoever touches it."""
    return basis.any_of(basis.account(login), basis.rights(writer.actor))


def _refuse_same_address(writer: Writer, account: AccountRow) -> None:
    for other in writer.reader.accounts():
        if account.email and other.email == account.email and other.login != account.login:
            raise Refused(f"Адрес уже записан у «{other.login}». Один адрес — одна учётная запись.")


def change(writer: Writer, account: AccountRow, at: dt.datetime) -> None:
    """Another role, place or address of an account that there is: ends its sessions, and its invitation unless only
    the address is another. Refused where the address is another's.
    """
    writer.unless_moved(_concern(writer, account.login))
    before = writer.reader.account(account.login)
    _refuse_same_address(writer, account)
    writer.run(
        "UPDATE account SET role = $role, territory = $territory, organisation = $organisation, email = $email, "
        "version = version + 1 WHERE login = $login",
        {name: getattr(account, name) for name in ("role", "territory", "organisation", "email", "login")},
    )
    now, was = (
        {"role": row.role, "territory": row.territory, "organisation": row.organisation} for row in (account, before)
    )
    if now != was:
        _use_up(writer, account.login, at)
    about = {**now, "before": was, "email": account.email != before.email}
    writer.log("account.changed", f"account/{account.login}", about)


def set_password(writer: Writer, login: str, hashed: str, at: dt.datetime) -> None:
    """Ends every session of the account and uses up its invitations."""
    writer.unless_moved(_concern(writer, login))
    writer.run(
        "UPDATE account SET password = $hashed, version = version + 1 WHERE login = $login",
        {"hashed": hashed, "login": login},
    )
    _use_up(writer, login, at)
    writer.log("account.password", f"account/{login}", {})


def set_active(writer: Writer, login: str, *, active: bool, at: dt.datetime) -> None:
    """Closing an account ends its sessions and invitations."""
    writer.unless_moved(_concern(writer, login))
    before = writer.reader.account(login).active
    writer.run(
        "UPDATE account SET active = $active, version = version + 1 WHERE login = $login",
        {"active": active, "login": login},
    )
    _use_up(writer, login, at)
    writer.log("account.opened" if active else "account.closed", f"account/{login}", {"before": before})


def end_sessions(writer: Writer, login: str) -> None:
    """Signs the account out wherever it is signed in."""
    writer.unless_moved(_concern(writer, login))
    writer.run("UPDATE account SET version = version + 1 WHERE login = $login", {"login": login})
    writer.log("account.signed_out_everywhere", f"account/{login}", {})


def end_session(writer: Writer, login: str, session: str, *, ends_at: dt.datetime, at: dt.datetime) -> None:
    """Signs one session out."""
    writer.run("DELETE FROM ended_session WHERE ends_at < $at", {"at": at})
    writer.run("INSERT INTO ended_session VALUES ($session, $ends)", {"session": session, "ends": ends_at})
    writer.log("account.signed_out", f"account/{login}", {})


def invite(writer: Writer, login: str, digest: str, *, ends_at: dt.datetime, at: dt.datetime) -> None:
    """One invitation an account holds: an older one no longer does."""
    writer.unless_moved(_concern(writer, login))
    _use_up(writer, writer.reader.account(login).login, at)
    writer.run(
        "INSERT INTO invitation VALUES ($token, $login, $ends, NULL)",
        {"token": digest, "login": login, "ends": ends_at},
    )
    writer.log("account.invited", f"account/{login}", {"until": ends_at.isoformat(timespec="minutes")})


def _use_up(writer: Writer, login: str, at: dt.datetime) -> None:
    writer.run(
        "UPDATE invitation SET used_at = $at WHERE login = $login AND used_at IS NULL", {"at": at, "login": login}
    )
