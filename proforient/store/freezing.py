"""Frozen results: kept whole, each with the text of the catalogue that they go by; they never change."""

from __future__ import annotations

import datetime as dt

from proforient.monitoring import now
from proforient.store.rows import Frozen
from proforient.store.snapshots import CATALOGUE_TEXT, digest, new_token, newest
from proforient.store.writing import Writer

SAME = dt.timedelta(minutes=10)  # time within which the same results asked for again are the same snapshot


def freeze(
    writer: Writer,
    *,
    period: str,
    territory: str,
    cohort: str,
    body: str,
    catalogue: str,
    at: dt.datetime | None = None,
    since: dt.datetime | None = None,
) -> Frozen:
    """Keeps results (canonical JSON) and the text of the catalogue that they go by, under a token of 128 bits.

    The same ones asked for a moment ago are not kept twice, unless what is shown beside them has changed ``since``.
    """
    at = at or now()
    sha256, text = digest(body), digest(catalogue)
    last = next(iter(newest(writer.reader, sha=sha256, catalogue=text)), None)
    fresh = last is not None and at - last.at < SAME and (since is None or last.at > since)
    if last is not None and fresh and digest(last.body) == sha256:
        return last
    number, token = writer.new_id(), new_token()
    texts = writer.ask(CATALOGUE_TEXT, sha=text)
    if texts and digest(texts[0].body) != text:
        # Changed past the program: what is frozen from now on must not suffer from it, and the log knows for ever.
        writer.run("UPDATE catalogue_text SET body = $body WHERE sha256 = $sha", {"sha": text, "body": catalogue})
    if not texts:
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
