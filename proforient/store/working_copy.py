"""A server's copy of the shared store, in its own folder: where it stands, and how it takes what others confirmed.

Nothing lies in it alone: one that is lost, behind or damaged is made anew out of the lake.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused, StoreDamaged
from proforient.store import files, rollup
from proforient.store.connect import FILE_NAME, LOG, connect, in_russian
from proforient.store.lake_steps import TableMove, Turn, sides, together
from proforient.store.lake_tables import Form, put, take_away
from proforient.store.migrate import migrate
from proforient.store.transaction import Transaction

MARKER = "shared.json"  # says that the data file beside it is a working copy


class Position(NamedTuple):
    """Where a copy stands, and the name of the server that it belongs to."""

    turn: Turn
    snapshot: int
    server: str


def position_in(folder: Path, wait: float) -> Position | None:
    """Where the copy of an earlier run stands; Refused where the file is a store of its own."""
    path = folder / FILE_NAME
    if not path.exists():
        return None
    if not (folder / MARKER).exists():
        raise Refused(
            f"В папке {folder} лежит своё хранилище одним файлом, а PROFORIENT_STORE называет общее. "
            "Задайте серверу другую папку PROFORIENT_DATA."
        )
    try:
        connection = connect(path, read_only=True, wait=wait)
    except StoreDamaged:
        return None
    try:
        rows = connection.execute("SELECT * FROM working_copy").fetchall()
    except duckdb.Error:
        return None
    finally:
        connection.close()
    return Position(Turn(*rows[0][:5]), rows[0][5], rows[0][6]) if rows else None


def empty_copy(folder: Path, shared: Path, schema: int, wait: float) -> tuple[duckdb.DuckDBPyConnection, str]:
    """A new data file with the tables of a schema and no rows that the lake would not have; and its server's name."""
    files.write_whole(folder / MARKER, json.dumps({"shared": str(shared)}).encode())
    for name in (FILE_NAME, LOG):
        (folder / name).unlink(missing_ok=True)
    connection = connect(folder / FILE_NAME, read_only=False, wait=wait)
    migrate(connection, constraints=False, until=schema)
    connection.execute(_COPY)
    return connection, secrets.token_hex(4)


def keep_position(cursor: duckdb.DuckDBPyConnection, position: Position) -> None:
    turn = position.turn
    columns = [turn.lake, turn.commits, turn.figures, turn.last, turn.schema, position.snapshot, position.server]
    cursor.execute("DELETE FROM working_copy")
    cursor.execute("INSERT INTO working_copy VALUES (?, ?, ?, ?, ?, ?, ?)", columns)


def take(cursor: duckdb.DuckDBPyConnection, steps: Sequence[Sequence[TableMove]], form: Form) -> bool:
    """Carries what transactions moved into the copy; whether every row that went was there."""
    for move in together(steps):
        removed, added = move.removed, move.added
        if len(steps) > 1 and removed.num_rows and added.num_rows:
            cursor.register("went", removed)
            cursor.register("came", added)
            removed, added = sides(cursor, "went", "came")
            cursor.unregister("went")
            cursor.unregister("came")
        if not take_away(cursor, move.table, removed, form[move.table]):
            return False
        put(cursor, move.table, added)
    return True


def replace_table(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.RecordBatchReader) -> None:
    with in_russian():
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own
        put(cursor, table, rows)


def make_ready(cursor: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """What the lake does not carry, because it follows from what it carries."""
    rollup.rebuild(Transaction(cursor, catalogue))


_COPY = """
CREATE TABLE working_copy (
  lake VARCHAR NOT NULL, commits BIGINT NOT NULL, figures BIGINT NOT NULL, last BIGINT NOT NULL,
  schema BIGINT NOT NULL, snapshot BIGINT NOT NULL, server VARCHAR NOT NULL
)
"""
