"""Who acts: the cookie of a request or of a page's run comes in, a ``Person`` or nobody goes out.

Accounts are read again after every change of the store, so that a closed one ends with the next look at it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import streamlit as st

from proforient.access.accounts import demonstration, person_of
from proforient.access.cookies import NAME, Cookies, Ticket, key_of
from proforient.access.roles import Person
from proforient.monitoring import now
from proforient.settings import Settings
from proforient.store.rows import AccountRow
from proforient.web.choices import usual_territory
from proforient.web.running import OpenApplication

MOST_ENDED = 10_000  # sessions ended here that are remembered


@dataclass(frozen=True, slots=True)
class _Known:
    opened: OpenApplication
    version: int
    accounts: dict[str, AccountRow]
    ended: frozenset[str]


_lock = threading.Lock()
_known: _Known | None = None
_ended_here: set[str] = set()  # of a server that only reads
_cookies: dict[str, Cookies] = {}


def cookies(settings: Settings) -> Cookies:
    """The one maker and reader of cookies; Refused where its key cannot be read."""
    with _lock:
        place = str(settings.secrets)
        if place not in _cookies:
            _cookies[place] = Cookies(key_of(settings.secrets))
        return _cookies[place]


def accounts(opened: OpenApplication) -> dict[str, AccountRow]:
    """Who may come in, by login: in the demonstration the four to choose from, else those of the store."""
    return _now(opened).accounts


def person_by(opened: OpenApplication, cookie: str | None) -> Person | None:
    """Whose session the cookie is, if it still holds."""
    ticket = cookies(opened.settings).read(cookie)
    return None if ticket is None else person_with(opened, ticket)


def person_with(opened: OpenApplication, ticket: Ticket) -> Person | None:
    """The same for a cookie that was read already."""
    known = _now(opened)
    account = known.accounts.get(ticket.login)
    if account is None or not account.active or account.version != ticket.version:
        return None
    if ticket.session in known.ended or ticket.session in _ended_here:
        return None
    return person_of(account, ticket.session)


def end_here(session: str) -> None:
    """Signs out where the store only reads."""
    with _lock:
        if len(_ended_here) >= MOST_ENDED:
            _ended_here.clear()
        _ended_here.add(session)


def present(opened: OpenApplication) -> Person | None:
    """Who runs this page; the cookie is that of the page's own connection."""
    return person_by(opened, st.context.cookies.get(NAME))


def _now(opened: OpenApplication) -> _Known:
    global _known
    with _lock:
        version = opened.store.commits
        if _known is None or _known.opened is not opened or _known.version != version:
            _known = _read(opened, version)
        return _known


def _read(opened: OpenApplication, version: int) -> _Known:
    with opened.store.read() as reader:
        if opened.settings.signs_in:
            found = [account for account in reader.accounts() if account.active]
        else:
            organisations = reader.organisations()
            found = demonstration(organisations, usual_territory(o.territory for o in organisations), now())
        return _Known(opened, version, {a.login: a for a in found}, reader.ended_sessions())
