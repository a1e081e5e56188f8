"""What a write transaction does to each table, row by row: caught as it runs, to be carried into the shared store."""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from proforient.store.fingerprint import TABLES
from proforient.store.lake_steps import TableMove, sides
from proforient.store.rollup import READY_MADE
from proforient.store.seals import KEPT
from proforient.store.working_copy import Position

_WRITES = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)")
_DELETES = re.compile(r"\s*DELETE\s+FROM\s+\w+(?:\s+WHERE\s+(?P<which>.*))?$", re.DOTALL)
_GROWS = {table: seal.grows for table, seal in KEPT.items() if seal.grows} | {"event": "event_id"}
_OWN = 36_028_797_018_960_000  # number of the first row that DuckDB gives to a transaction's own rows


class Moves:
    """Of one write transaction; told each statement before it runs.

    ``mark``: the newest earlier identifier, ``seen``: where the copy stood, whatever it may have taken since.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, mark: int, seen: Position) -> None:
        self.seen = seen
        self._cursor = cursor
        self._mark = mark
        self._grown: set[str] = set()
        self._copied: set[str] = set()
        self._gone: dict[str, list[pa.Table]] = {}

    def note(self, statement: str, values: Mapping[str, object] | None) -> None:
        """Keeps the rows that the statement is about to change."""
        for verb, table in _WRITES.findall(statement):
            if table not in TABLES or table in self._copied:
                continue
            if table in READY_MADE:  # never updated: what goes is caught as it goes, without a copy of the table
                self._catch(statement if verb.startswith("DELETE") else "", table, values)
            elif table in _GROWS and verb.startswith("INSERT"):
                self._grown.add(table)
            elif table in self._grown:
                raise RuntimeError(f"rows of {table} are added and changed in one transaction")
            else:
                self._cursor.execute(f"CREATE TEMP TABLE before_{table} AS SELECT * FROM {table}")  # noqa: S608
                self._copied.add(table)

    def _catch(self, statement: str, table: str, values: Mapping[str, object] | None) -> None:
        caught = self._gone.setdefault(table, [])
        if statement:
            found = _DELETES.match(statement)
            assert found is not None, statement
            which = f"SELECT * FROM {table} WHERE rowid < {_OWN} AND ({found['which'] or 'true'})"  # noqa: S608
            caught.append(self._cursor.execute(which, dict(values) if values else None).to_arrow_table())

    def by_table(self) -> list[TableMove]:
        """After everything was written, the last event included."""
        # order: names of tables
        grown, copied, large = (sorted(tables) for tables in (self._grown, self._copied, self._gone))
        found = [self._grown_rows(table) for table in grown]
        found += [self._different(table, f"before_{table}", table) for table in copied]
        for table in large:
            gone = self._gone[table]
            self._cursor.register("gone", pa.concat_tables(gone) if gone else self._none(table))
            own = f"(SELECT * FROM {table} WHERE rowid >= {_OWN})"  # noqa: S608
            found.append(self._different(table, "gone", own))
            self._cursor.unregister("gone")
        return [move for move in found if move.removed.num_rows or move.added.num_rows]

    def _grown_rows(self, table: str) -> TableMove:
        which = f"SELECT * FROM {table} WHERE {_GROWS[table]} > $mark"  # noqa: S608
        return TableMove(table, self._none(table), self._cursor.execute(which, {"mark": self._mark}).to_arrow_table())

    def _different(self, table: str, before: str, after: str) -> TableMove:
        return TableMove(table, *sides(self._cursor, before, after))

    def _none(self, table: str) -> pa.Table:
        return self._cursor.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table()  # noqa: S608
