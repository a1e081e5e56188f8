"""The shared store of several servers: DuckLake, its catalogue in PostgreSQL, its tables as Parquet in a shared folder.

It has no keys, no unique constraints and no sequences, and two transactions that only add rows never conflict. What
the one file guarantees by having one writer is guaranteed here by the table ``turn`` (``lake_tables``). The turn of a
writer, a lock in PostgreSQL, keeps refusals from happening often; nothing depends on it. Here is the connection;
``lake_writing`` confirms transactions, ``lake_upkeep`` reads and tidies all of it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from proforient.errors import DiskFull, StoreAway, StoreBusy, StoreError
from proforient.store.connect import DATABASE, SETTINGS, is_full, quoted

# DuckDB with more threads spins while PostgreSQL does not answer: a server that waits for its turn would take a core.
ONE_THREAD = {**SETTINGS, "threads": 1}
PARQUET = "lake"  # folder of the tables in the shared folder
INLINED = 2_000  # rows of one table in one transaction that go into PostgreSQL; upkeep moves them into Parquet
LOCK = 7_190_217  # number of the advisory lock by which writers wait for their turn
PATIENCE = 30.0  # seconds that a writer waits for its turn
LOCK_HOLDS = 180_000  # milliseconds after which PostgreSQL ends a turn whose server is silent
NOTES = 100  # notes that are read at once
AWAY = (
    "Общее хранилище не отвечает: нет связи с PostgreSQL или с общей папкой. Ничего из подтверждённого не пропало. "
    "Подождите минуту и повторите; если не поможет, скажите администратору."
)
BUSY = (
    "Общее хранилище занято другими серверами: очередь на запись не подошла за {:.0f} с. "
    "Ничего не записано. Повторите через минуту."
)
FULL = (
    "На диске общего хранилища нет места: у PostgreSQL или в общей папке. Ничего не записано, подтверждённое цело. "
    "Освободите место и повторите."
)
OVERTAKEN = (
    "В ту же секунду записал другой сервер, и это действие не выполнено: ничего не записано. Посмотрите новое "
    "состояние и повторите."
)


class Overtaken(StoreBusy):
    """Another server has written since this transaction began."""


class Note(NamedTuple):
    """Of a snapshot; the lake's own upkeep has none (None). ``rows``: as text, of later snapshots only."""

    snapshot: int
    heading: str | None
    rows: str | None


def _extension(package: str, name: str) -> Path:
    """The extension inside its installed wheel; StoreError where it is missing. Nothing is taken from the network."""
    found = importlib.util.find_spec(package)
    for place in (found.submodule_search_locations or ()) if found else ():
        path = Path(place) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if path.is_file():
            return path
    raise StoreError(
        f"Нет расширения {name} для DuckDB {duckdb.__version__}: оно нужно общему хранилищу. "
        f"Установите пакет {package.replace('_', '-')}=={duckdb.__version__}."
    )


class Lake:
    """One per process and shared store. The connection is made when it is needed and again after it broke."""

    def __init__(self, dsn: str, shared: Path) -> None:
        self.dsn = dsn
        self.parquet = shared / PARQUET
        self._guard = threading.RLock()  # of the connection and of the cursor that reads and writes
        self._looking = threading.Lock()
        self._beside = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._cursors: dict[str, duckdb.DuckDBPyConnection] = {}
        self._held = 0

    def close(self) -> None:
        with self._guard:
            for cursor in [*self._cursors.values(), self._connection]:
                if cursor is not None:
                    # One that is closed in a transaction while PostgreSQL is gone takes the whole process with it.
                    with contextlib.suppress(duckdb.Error):
                        cursor.execute("ROLLBACK")
                    with contextlib.suppress(duckdb.Error):
                        cursor.close()
            self._cursors.clear()
            self._connection = None

    def _cursor(self, name: str) -> duckdb.DuckDBPyConnection:
        with self._guard:
            if self._connection is None:
                self._connection = self._connected()
            if name not in self._cursors:
                cursor = self._connection.cursor()
                cursor.execute(f"USE {DATABASE}")
                self._cursors[name] = cursor
            return self._cursors[name]

    def _connected(self) -> duckdb.DuckDBPyConnection:
        """Settings are locked afterwards, and no other file or address can be reached."""
        connection = duckdb.connect(":memory:", config=ONE_THREAD)
        for package, name in (
            ("duckdb_extension_ducklake", "ducklake"),
            ("duckdb_extension_postgres_scanner", "postgres_scanner"),
        ):
            connection.execute(f"LOAD {quoted(str(_extension(package, name)))}")
        folder = quoted(str(self.parquet) + "/")
        connection.execute(f"SET pg_idle_in_transaction_timeout_millis = {LOCK_HOLDS}")
        connection.execute(
            f"ATTACH {quoted('ducklake:postgres:' + self.dsn)} AS {DATABASE} "
            f"(DATA_PATH {folder}, METADATA_SCHEMA {quoted(DATABASE)}, DATA_INLINING_ROW_LIMIT {INLINED})"
        )
        connection.execute(f"ATTACH {quoted(self.dsn)} AS turnstile (TYPE postgres)")
        connection.execute(f"SET allowed_directories = [{folder}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection

    @contextlib.contextmanager
    def _without_password(self) -> Iterator[None]:
        """What the database says of a connection names its password, so it goes no further than this."""
        try:
            yield
        except duckdb.Error as error:
            conflict = _is_conflict(error)
            if not conflict:
                self.close()
            if is_full(error):
                raise DiskFull(FULL) from None
            raise (StoreError(OVERTAKEN) if conflict else StoreAway(AWAY)) from None

    def head(self) -> int:
        """The lake's newest snapshot, by one look into PostgreSQL."""
        with self._looking, self._without_password():
            rows = self._cursor("looking").execute(_HEAD).fetchall()
        return int(rows[0][0])

    def notes(self, snapshot: int) -> list[Note]:
        """What is noted of a snapshot, where it is remembered, and of those after it; in order, not all at once."""
        with self._looking, self._without_password():
            question = _NOTES.format(snapshot=int(snapshot), many=NOTES)
            return [Note(*row) for row in self._cursor("looking").execute(question).fetchall()]

    @contextlib.contextmanager
    def working(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The cursor that reads and writes, outside any transaction. One at a time."""
        with self._guard, self._without_password():
            yield self._cursor("working")

    @contextlib.contextmanager
    def beside(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for what is no part of the lake: it waits for nobody who reads or writes there."""
        with self._beside, self._without_password():
            yield self._cursor("beside")

    @contextlib.contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside one transaction of the lake, taken back at its end."""
        with self.working() as cursor:
            cursor.execute("BEGIN TRANSACTION")
            try:
                yield cursor
            finally:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")

    @contextlib.contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The same, confirmed at its end."""
        with self.working() as cursor:
            cursor.execute("BEGIN TRANSACTION")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """The turn of one writer among all servers; StoreBusy where it does not come. For one thread, may be nested."""
        if not self._held:
            self._wait_for_turn()
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if not self._held:
                with contextlib.suppress(duckdb.Error, KeyError):
                    self._cursors["turn"].execute("ROLLBACK")

    def _wait_for_turn(self) -> None:
        """PostgreSQL keeps the queue: who came first is served first."""
        with self._without_password():
            cursor = self._cursor("turn")
            with contextlib.suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            cursor.execute("BEGIN TRANSACTION")
            try:
                cursor.execute(_PATIENCE.format(milliseconds=round(PATIENCE * 1000))).fetchall()
                cursor.execute(_TAKE_TURN).fetchall()
            except duckdb.Error as error:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                if "lock timeout" in str(error):
                    raise StoreBusy(BUSY.format(PATIENCE)) from None
                raise


_HEAD = f"""
SELECT * FROM postgres_query('turnstile', 'SELECT max(snapshot_id) FROM {DATABASE}.ducklake_snapshot')
"""  # noqa: S608
_NOTES = f"""
SELECT * FROM postgres_query('turnstile',
  $$SELECT snapshot_id, commit_message, CASE WHEN snapshot_id > {{snapshot}} THEN commit_extra_info END
    FROM {DATABASE}.ducklake_snapshot_changes WHERE snapshot_id >= {{snapshot}}
    -- order: in time
    ORDER BY snapshot_id LIMIT {{many}}$$)
"""  # noqa: S608
_PATIENCE = """
SELECT * FROM postgres_query('turnstile', $$SELECT set_config('lock_timeout', '{milliseconds}ms', true)$$)
"""
_TAKE_TURN = f"SELECT * FROM postgres_query('turnstile', 'SELECT pg_advisory_xact_lock({LOCK})::text')"  # noqa: S608


def _is_conflict(error: duckdb.Error) -> bool:
    """Whether the lake refused a transaction because another one was confirmed before it."""
    text = str(error).lower()
    return "conflict" in text or "maximum retry count" in text
