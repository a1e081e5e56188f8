"""The shared store as a whole: all rows of now or of a day, digests of them, and what keeps it small."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import duckdb
import pyarrow as pa

from proforient.errors import Refused, StoreDamaged
from proforient.store.connect import DATABASE
from proforient.store.fingerprint import digest_question
from proforient.store.lake import Lake
from proforient.store.lake_steps import Turn
from proforient.store.lake_tables import CARRIED, forms, turn_of

UPLOAD = 200_000  # rows that are handed over at once
KEEP_DAYS = 400  # days for which earlier states are remembered, where nothing else is said
NOTES_KEPT = dt.timedelta(days=3)  # a server that was away for longer copies everything anew
FORGOTTEN = (
    "Что было {:%d.%m.%Y}, общее хранилище не помнит: его ещё не было, или давние состояния забыты (store tidy)."
)
HandOver = Callable[[str, pa.RecordBatchReader], None]  # a table's name and all its rows


def stands(lake: Lake) -> Turn | None:
    """None where the lake has no tables yet."""
    with lake.reading() as cursor:
        return turn_of(cursor)


def everything(lake: Lake, tables: Sequence[str], hand_over: HandOver) -> tuple[Turn, int]:
    """Hands over all rows of all tables as of one moment; gives where the lake stood then, and its snapshot."""
    with lake.reading() as cursor:
        turn = turn_of(cursor)
        if turn is None:
            raise StoreDamaged("В общем хранилище нет таблиц этой программы. Сверьте PROFORIENT_STORE.")
        for table in tables:
            hand_over(table, cursor.execute(f"SELECT * FROM {table}").to_arrow_reader(UPLOAD))  # noqa: S608  # own names
        return turn, int(cursor.execute(_NOW).fetchall()[0][0])


def earlier(lake: Lake, moment: dt.datetime, hand_over: HandOver) -> Iterator[int]:
    """The schema as it was at ``moment`` (UTC); whoever goes on is handed all rows of all tables of then.

    Raises Refused where nothing is known of that time.
    """
    with lake.reading() as cursor:
        number = cursor.execute(_EARLIER.format(moment=f"{moment:%Y-%m-%d %H:%M:%S.%f}+00")).fetchall()[0][0]
        at = f"AT (VERSION => {int(number or 0)})"
        try:
            rows = cursor.execute(f"SELECT schema FROM turn {at}").fetchall() if number else []  # noqa: S608
        except (duckdb.CatalogException, duckdb.InvalidInputException):
            rows = []
        if not rows:
            raise Refused(FORGOTTEN.format(moment))
        yield int(rows[0][0])
        for table in CARRIED:
            with contextlib.suppress(duckdb.CatalogException):  # of a later schema
                table_rows = cursor.execute(f"SELECT * FROM {table} {at}")  # noqa: S608
                hand_over(table, table_rows.to_arrow_reader(UPLOAD))


def digests(lake: Lake) -> dict[str, tuple[object, ...]]:
    """By table: how many rows it has, and a digest of them. Every byte of every file is read."""
    with lake.reading() as cursor:
        tables = [table for table in CARRIED if table in forms(cursor)]
        return {table: cursor.execute(digest_question(table)).fetchall()[0] for table in tables}


def tidied_at(lake: Lake) -> dt.datetime | None:
    """When any server tidied last (UTC)."""
    with lake.working() as cursor:
        try:
            found = cursor.execute(_TIDIED_AT).fetchall()
        except duckdb.Error as error:
            if "does not exist" in str(error):
                return None
            raise
    return dt.datetime.fromisoformat(found[0][0]) if found and found[0][0] else None


def tidy(lake: Lake, expire_before: dt.datetime, now: dt.datetime) -> tuple[int, int]:
    """Moves rows out of PostgreSQL into Parquet, merges small files, forgets states before ``expire_before`` (UTC).

    Gives the number of files before and after. A server whose copy is older than what is forgotten makes it anew.
    """
    with lake.working() as cursor:
        before = int(cursor.execute(_FILES).fetchall()[0][0])
        for step in _TIDY:
            cursor.execute(step.format(moment=f"{expire_before:%Y-%m-%d %H:%M:%S}"))
        cursor.execute(_TIDIED.format(moment=f"{now:%Y-%m-%d %H:%M:%S}"))
        cursor.execute(_FORGET_NOTES.format(moment=f"{now - NOTES_KEPT:%Y-%m-%d %H:%M:%S}+00"))
        return before, int(cursor.execute(_FILES).fetchall()[0][0])


_NOW = f"SELECT * FROM ducklake_current_snapshot('{DATABASE}')"  # noqa: S608
_EARLIER = f"""
SELECT * FROM postgres_query('turnstile',
  $$SELECT max(snapshot_id) FROM {DATABASE}.ducklake_snapshot WHERE snapshot_time <= '{{moment}}'$$)
"""  # noqa: S608
_FILES = f"SELECT coalesce(sum(file_count), 0) FROM ducklake_table_info('{DATABASE}')"  # noqa: S608
_TIDY = (
    f"CALL ducklake_flush_inlined_data('{DATABASE}')",
    f"CALL ducklake_expire_snapshots('{DATABASE}', older_than => TIMESTAMP '{{moment}}')",
    f"CALL ducklake_rewrite_data_files('{DATABASE}')",
    f"CALL ducklake_merge_adjacent_files('{DATABASE}')",
    f"CALL ducklake_cleanup_old_files('{DATABASE}', older_than => TIMESTAMP '{{moment}}')",
)
_TIDIED = f"""
CALL postgres_execute('turnstile', $$
  CREATE TABLE IF NOT EXISTS {DATABASE}.tidied (at TIMESTAMP NOT NULL);
  DELETE FROM {DATABASE}.tidied;
  INSERT INTO {DATABASE}.tidied VALUES ('{{moment}}')$$)
"""  # noqa: S608
_TIDIED_AT = f"SELECT * FROM postgres_query('turnstile', 'SELECT max(at)::text FROM {DATABASE}.tidied')"  # noqa: S608
_FORGET_NOTES = f"""
CALL postgres_execute('turnstile', $$
  UPDATE {DATABASE}.ducklake_snapshot_changes SET commit_extra_info = NULL
  WHERE commit_extra_info IS NOT NULL
    AND snapshot_id IN (SELECT snapshot_id FROM {DATABASE}.ducklake_snapshot WHERE snapshot_time < '{{moment}}')$$)
"""  # noqa: S608
