"""The tables of the shared store: their columns, and how rows are carried into them. They have no keys there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa

from proforient.errors import StoreDamaged
from proforient.store.fingerprint import TABLES
from proforient.store.lake_steps import TableMove, Turn
from proforient.store.rollup import READY_MADE

CARRIED = tuple(table for table in TABLES if table not in READY_MADE)  # the others follow from these
Form = Mapping[str, Sequence["ColumnForm"]]  # by table


class ColumnForm(NamedTuple):
    """A column of a table: its name, type, and whether it may be empty."""

    name: str
    type: str
    nullable: bool


# Its only row says where the lake stands. Every transaction moves it on from the number that the writer has seen, so of
# two that began on the same state the lake refuses the second.
TURN = (
    ColumnForm("lake", "VARCHAR", False),
    ColumnForm("commits", "BIGINT", False),
    ColumnForm("figures", "BIGINT", False),
    ColumnForm("last", "BIGINT", False),
    ColumnForm("schema", "BIGINT", False),
)


def forms(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[ColumnForm]]:
    """The columns of every table of the cursor's database."""
    found: dict[str, list[ColumnForm]] = {}
    for table, *column in cursor.execute(_FORMS).fetchall():
        found.setdefault(table, []).append(ColumnForm(*column))
    return found


def creation(table: str, columns: Sequence[ColumnForm]) -> str:
    column_list = ", ".join(f"{c.name} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in columns)
    return f"CREATE TABLE {table} ({column_list})"


def turn_of(cursor: duckdb.DuckDBPyConnection) -> Turn | None:
    """None where the lake has no tables yet."""
    try:
        rows = cursor.execute("SELECT lake, commits, figures, last, schema FROM turn").fetchall()
    except duckdb.CatalogException:
        return None
    if len(rows) != 1:
        raise StoreDamaged("Общее хранилище повреждено: в нём нет счёта записей. Восстановите его из копии.")
    return Turn(*rows[0])


def matching(columns: Sequence[ColumnForm], table: str, other: str) -> str:
    """An SQL condition: the rows of both are the same in every column."""
    return " AND ".join(
        f"{table}.{c.name} {'IS NOT DISTINCT FROM' if c.nullable else '='} {other}.{c.name}" for c in columns
    )


def carry(cursor: duckdb.DuckDBPyConnection, move: TableMove, columns: Sequence[ColumnForm]) -> None:
    """Takes rows away and puts rows in; StoreDamaged where a row to be taken away is not there."""
    if not take_away(cursor, move.table, move.removed, columns):
        raise StoreDamaged(
            f"Рабочая копия сервера разошлась с общим хранилищем (таблица «{move.table}»): ничего не записано. "
            "Остановите сервер, удалите из его папки proforient.duckdb и запустите снова: копия соберётся заново."
        )
    put(cursor, move.table, move.added)


def take_away(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table, columns: Sequence[ColumnForm]) -> bool:
    """Whether every one of the rows was there."""
    if not rows.num_rows:
        return True
    cursor.register("gone", rows)
    which = matching(columns, table, "gone")
    gone = cursor.execute(f"DELETE FROM {table} USING gone WHERE {which}").fetchall()[0][0]  # noqa: S608  # own names
    cursor.unregister("gone")
    return bool(gone == rows.num_rows)


def put(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table | pa.RecordBatchReader) -> None:
    if isinstance(rows, pa.Table) and not rows.num_rows:
        return
    cursor.register("come", rows)
    cursor.execute(f"INSERT INTO {table} SELECT * FROM come")  # noqa: S608  # names of our own
    cursor.unregister("come")


_FORMS = """
SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
-- order: as the columns stand
ORDER BY table_name, column_index
"""
