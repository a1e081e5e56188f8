"""Reading what was frozen: results with the text of the catalogue that they go by."""

from __future__ import annotations

import hashlib
import secrets

from proforient.errors import StoreDamaged
from proforient.store.connect import RESTORE
from proforient.store.rows import Frozen
from proforient.store.session import Session

TOKEN_BYTES = 16


def frozen(session: Session, token: str) -> Frozen | None:
    """The snapshot with that token, None where there is none; StoreDamaged where its text has changed."""
    found = next(iter(newest(session, token=token)), None)
    if found is not None and digest(found.body) != found.sha256:
        raise StoreDamaged(f"Снимок результатов изменён в обход программы. {RESTORE}")
    return found


def newest(
    session: Session, *, token: str | None = None, sha: str | None = None, catalogue: str | None = None
) -> list[Frozen]:
    """The newest one of a token, or of a text and its catalogue (SHA-256); as it is stored, unchecked."""
    rows = session.ask("snapshots", token=token, sha=sha, catalogue=catalogue, limit=1)
    return [
        Frozen(
            id=str(number),
            token=token,
            period=period,
            territory=territory,
            cohort=cohort,
            sha256=sha256,
            body=body,
            catalogue=text or "",
            at=at,
            by=by,
        )
        for number, token, period, territory, cohort, sha256, body, text, at, by in rows
    ]


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_token() -> str:
    """128 random bits for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)
