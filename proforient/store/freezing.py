"""Frozen results: kept whole, each with the text of the catalogue that they go by; they never change."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from proforient.errors import StoreDamaged
from proforient.store.connect import RESTORE
from proforient.store.journal import JournalReader
from proforient.store.rows import Frozen

if TYPE_CHECKING:
    from proforient.store.writing import Writer

SAME = dt.timedelta(minutes=10)  # the same results asked for again so soon are the same snapshot
TOKEN_BYTES = 16


class FrozenReader(JournalReader):
    """The part of Reader that answers what was frozen."""

    def frozen(self, token: str) -> Frozen | None:
        """The snapshot with that token, None where there is none; StoreDamaged where its text has changed."""
        found = next(iter(self._frozen(token=token)), None)
        if found is not None and digest(found.body) != found.sha256:
            raise StoreDamaged(f"Снимок результатов изменён в обход программы. {RESTORE}")
        return found

    def _frozen(
        self, *, token: str | None = None, sha: str | None = None, catalogue: str | None = None
    ) -> list[Frozen]:
        rows = self.ask("snapshots", token=token, sha=sha, catalogue=catalogue, limit=1)
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


def freeze(
    writer: Writer, *, period: str, territory: str, cohort: str, body: str, catalogue: str, at: dt.datetime
) -> Frozen:
    """Keeps the results; the same ones asked for a moment ago are not kept twice."""
    sha256, text = digest(body), digest(catalogue)
    last = next(iter(writer._frozen(sha=sha256, catalogue=text)), None)
    if last is not None and at - last.at < SAME and digest(last.body) == sha256:
        return last
    number, token = writer.ids.take(), new_token()
    kept = writer.ask("catalogue_text", sha=text)
    if kept and digest(str(kept[0][0])) != text:
        # Changed past the program: what is frozen from now on must not suffer from it, and the log knows for ever.
        writer.run("UPDATE catalogue_text SET body = $body WHERE sha256 = $sha", {"sha": text, "body": catalogue})
    if not kept:
        writer.run("INSERT INTO catalogue_text (sha256, body) VALUES ($sha, $body)", {"sha": text, "body": catalogue})
    names = ("id", "token", "period", "territory", "cohort", "catalogue", "sha", "body", "at", "author")
    row = (number, token, period, territory, cohort, text, sha256, body, at, writer.actor)
    writer.run(_INSERT, dict(zip(names, row, strict=True)))
    about = {"period": period, "territory": territory, "cohort": cohort, "sha256": sha256}
    writer.log("snapshot.made", f"snapshot/{number}", about, at=at)
    return Frozen(
        id=str(number),
        token=token,
        period=period,
        territory=territory,
        cohort=cohort,
        sha256=sha256,
        body=body,
        catalogue=catalogue,
        at=at,
        by=writer.actor,
    )


_INSERT = """
INSERT INTO snapshot
  (snapshot_id, token, period, territory, cohort, catalogue, sha256, body, made_at, made_by)
VALUES ($id, $token, $period, $territory, $cohort, $catalogue, $sha, $body, $at, $author)
"""
