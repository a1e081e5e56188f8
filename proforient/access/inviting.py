"""Invitations for many organisations at once: each gets an account of its own and a link to set its password."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from proforient.access import accounts
from proforient.access.roles import Role
from proforient.intake.roll.codes import code_for
from proforient.monitoring import Organisation
from proforient.store import accounts as rows

if TYPE_CHECKING:
    from proforient.store.writing import Writer


class Invited(NamedTuple):
    """``token``: the secret part of the link; it is kept nowhere else."""

    organisation: str
    login: str
    token: str


def invite_all(
    writer: Writer, organisations: Sequence[Organisation], at: dt.datetime, *, by_mail: bool = False
) -> list[Invited]:
    """New accounts for those without one, and a new link for each: an older link no longer holds.

    ``by_mail``: an account without an address is given that of its organisation, by which a provider lets it in; not
    one that several organisations or another account have.
    """
    known = writer.reader.accounts()
    own = {account.organisation: account for account in known if account.active and account.role == Role.ORGANISATION}
    taken = {account.login for account in known}
    addresses = _addresses(writer) if by_mail else {}
    found: list[Invited] = []
    for organisation in organisations:
        account, email = own.get(organisation.code), addresses.get(organisation.code, "")
        if account is None:
            login = _login(organisation, taken)
            taken.add(login)
            account = accounts.new(
                writer.reader, login=login, role=Role.ORGANISATION, organisation=organisation.code, email=email, at=at
            )
            rows.add(writer, account)
        elif email and not account.email:
            rows.change(writer, replace(account, email=email), at)
        found.append(Invited(organisation.code, account.login, accounts.invite(writer, account.login, at)))
    return found


def _addresses(writer: Writer) -> dict[str, str]:
    """By organisation the address of its office, where it leads to this organisation alone."""
    held = writer.reader.mailboxes()
    times = Counter([*held.values(), *(account.email for account in writer.reader.accounts())])
    return {code: email for code, email in held.items() if times[email] == 1}


def _login(organisation: Organisation, taken: Container[str]) -> str:
    """The code where it can be one and is free; else one is made of the name."""
    code = organisation.code.lower()
    fits = accounts.LOGIN.fullmatch(code) and not code.startswith(accounts.DEMONSTRATION)
    return code if fits and code not in taken else code_for(organisation.name, organisation.kind, taken)
