"""Reading what was frozen: results with the text of the catalogue that they go by."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import NamedTuple

from proforient.errors import StoreDamaged
from proforient.store.connect import RESTORE
from proforient.store.rows import Frozen
from proforient.store.transaction import Question, Transaction

TOKEN_BYTES = 16  # random bytes of a link


class SnapshotRow(NamedTuple):
    snapshot_id: int
    token: str
    period: str
    territory: str
    cohort: str
    sha256: str
    body: str
    catalogue: str | None
    made_at: dt.datetime
    made_by: str


class CatalogueRow(NamedTuple):
    body: str


SNAPSHOTS = Question("snapshots", SnapshotRow)
CATALOGUE_TEXT = Question("catalogue_text", CatalogueRow)


def frozen(session: Transaction, token: str) -> Frozen | None:
    """The snapshot with that token, None where there is none; StoreDamaged where its text has changed."""
    found = next(iter(newest(session, token=token)), None)
    if found is not None and digest(found.body) != found.sha256:
        raise StoreDamaged(f"Снимок результатов изменён в обход программы. {RESTORE}")
    return found


def newest(
    session: Transaction, *, token: str | None = None, sha: str | None = None, catalogue: str | None = None
) -> list[Frozen]:
    """The newest one of a token, or of a text and its catalogue (SHA-256); as it is stored, unchecked."""
    rows = session.ask(SNAPSHOTS, token=token, sha=sha, catalogue=catalogue, limit=1)
    return [
        Frozen(
            id=str(row.snapshot_id),
            token=row.token,
            period=row.period,
            territory=row.territory,
            cohort=row.cohort,
            sha256=row.sha256,
            body=row.body,
            catalogue=row.catalogue or "",
            at=row.made_at,
            by=row.made_by,
        )
        for row in rows
    ]


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_token() -> str:
    """128 random bits for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)
