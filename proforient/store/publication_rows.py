"""Reading what is shown to others: publications, how often they were opened, and the codes of a hall."""

from __future__ import annotations

import datetime as dt

from proforient.errors import StoreDamaged
from proforient.store.connect import RESTORE
from proforient.store.rows import Publication
from proforient.store.snapshots import CATALOGUE_TEXT, digest
from proforient.store.transaction import Question, Transaction

PUBLICATIONS = Question("publications", Publication)


def publications(
    session: Transaction, *, territory: str | None = None, period: str | None = None, token: str | None = None
) -> list[Publication]:
    """Newest first. One whose text was changed past the program is not ``whole``; asked for alone: StoreDamaged."""
    found = session.ask(PUBLICATIONS, territory=territory, period=period, token=token)
    if token is not None:
        for one in found:
            refuse_damaged(one)
    return found


def publication_tokens(session: Transaction) -> frozenset[str]:
    """The secret parts of all links, those that are over included."""
    return frozenset(str(token) for (token,) in session.run("SELECT token FROM publication"))


def catalogue_text(session: Transaction, sha256: str) -> str:
    """The catalogue that a snapshot goes by; StoreDamaged where it is missing."""
    rows = session.ask(CATALOGUE_TEXT, sha=sha256)
    if not rows or digest(rows[0].body) != sha256:
        raise StoreDamaged(f"Каталог, по которому сделан снимок, пропал или изменён. {RESTORE}")
    return rows[0].body


def opened_times(session: Transaction) -> dict[str, int]:
    """How often each token was opened."""
    return {str(token): int(count) for token, count in session.run("SELECT token, openings FROM opening_count")}


def hall_codes(session: Transaction, at: dt.datetime) -> dict[str, tuple[str, dt.datetime]]:
    """Codes that still hold: the token each leads to and when it ends."""
    rows = session.run("SELECT code, token, ends_at FROM hall_code WHERE ends_at > $at", {"at": at})
    return {str(code): (str(token), ends) for code, token, ends in rows}


def refuse_damaged(publication: Publication) -> None:
    """StoreDamaged where its text is no longer the one that was published."""
    if not publication.whole:
        raise StoreDamaged(f"Снимок № {publication.number} изменён в обход программы. {RESTORE}")
