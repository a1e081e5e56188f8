"""Wrong tries of passwords and codes that all servers of a shared store have counted: a table beside the lake's own.

Hashes of keys and moments only, for a quarter of an hour: neither a login nor an address can be read from it. Moments
are PostgreSQL's, so that clocks of servers may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb

from proforient.store.connect import DATABASE
from proforient.store.lake import Lake
from proforient.store.rows import WrongTries

MOST = 10_000  # keys that are given back, those of the newest tries
_NAME = re.compile(r"[a-z-]{1,40}")
_HASH = re.compile(r"[0-9a-f]{32}")


def exchange(
    lake: Lake, wrong: Iterable[WrongTries], forgiven: Iterable[tuple[str, str]], seconds: float
) -> list[WrongTries]:
    """Notes what one server has counted and forgiven (counter and key); gives what all have counted for ``seconds``.

    Raises StoreAway where PostgreSQL does not answer.
    """
    keys = [_checked(counter, key) for counter, key in forgiven]
    rows = [(*_checked(one.counter, one.key), float(age)) for one in wrong for age in one.ages]
    steps = [_FORGIVE.format(keys=", ".join(f"('{counter}', '{key}')" for counter, key in keys))] if keys else []
    if rows:
        said = ", ".join(f"('{counter}', '{key}', {_MOMENT.format(age)})" for counter, key, age in rows)
        steps += [_EXPIRE.format(seconds=float(seconds)), _NOTE.format(rows=said)]
    with lake.beside() as cursor:
        if steps:
            cursor.execute(_DO.format(steps="".join(steps)))
        try:
            found = cursor.execute(_ASK.format(seconds=float(seconds), most=MOST)).fetchall()
        except duckdb.Error as error:
            if "does not exist" not in str(error):
                raise
            return []  # nobody has counted anything yet
    return [WrongTries(counter, key, tuple(map(float, ages.split()))) for counter, key, ages in found]


def _checked(counter: str, key: str) -> tuple[str, str]:
    """They are written into a statement: PostgreSQL's own takes no parameters here."""
    assert _NAME.fullmatch(counter) and _HASH.fullmatch(key), (counter, key)
    return counter, key


_TABLE = f"{DATABASE}.wrong_try"
_MOMENT = "clock_timestamp() - interval '{:.3f} seconds'"
_DO = f"""
CALL postgres_execute('turnstile', $$
  CREATE TABLE IF NOT EXISTS {_TABLE} (counter TEXT NOT NULL, key TEXT NOT NULL, at TIMESTAMPTZ NOT NULL);
  {{steps}}$$)
"""
_FORGIVE = f"DELETE FROM {_TABLE} WHERE (counter, key) IN ({{keys}});"  # noqa: S608  # checked names
_EXPIRE = f"DELETE FROM {_TABLE} WHERE at < clock_timestamp() - interval '{{seconds}} seconds';"  # noqa: S608
_NOTE = f"INSERT INTO {_TABLE} VALUES {{rows}};"  # noqa: S608
_ASK = f"""
SELECT * FROM postgres_query('turnstile', $$
  SELECT counter, key, string_agg(extract(epoch FROM clock_timestamp() - at)::text, ' ')
  FROM {_TABLE} WHERE at > clock_timestamp() - interval '{{seconds}} seconds'
  GROUP BY counter, key
  -- order: the newest first
  ORDER BY max(at) DESC LIMIT {{most}}$$)
"""  # noqa: S608
