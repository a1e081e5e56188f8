"""The shared store of several servers: DuckLake, its catalogue in PostgreSQL, its tables as Parquet in a shared folder.

It has no keys, no unique constraints and no sequences, and two transactions that only add rows never conflict. What
the one file guarantees by having one writer is guaranteed here by the table ``turn``: every transaction moves its only
row on from the number that the writer had seen, so of two that began on the same state the second is refused by the
lake itself. The turn of a writer, a lock in PostgreSQL, keeps that from happening often; nothing depends on it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.util
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from proforient.errors import Refused, StoreBusy, StoreDamaged, StoreError
from proforient.store.connect import DATABASE, SETTINGS, quoted
from proforient.store.fingerprint import digest_question

PARQUET = "lake"  # folder of the tables in the shared folder
INLINED = 2_000  # rows of one table in one transaction that go into PostgreSQL; upkeep moves them into Parquet
LOCK = 7_190_217  # number of the advisory lock by which writers wait for their turn
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.3  # seconds between two attempts
PATIENCE = 30.0  # seconds that a writer waits for its turn
ATTEMPTS = 8  # of one transaction that the lake refuses although nobody else has written
LOCK_HOLDS = 180_000  # milliseconds after which PostgreSQL ends a turn whose server is silent
UPLOAD = 200_000  # rows that are handed over at once
AWAY = (
    "Общее хранилище не отвечает: нет связи с PostgreSQL или с общей папкой. Ничего из подтверждённого не пропало. "
    "Подождите минуту и повторите; если не поможет, скажите администратору."
)
BUSY = (
    "Общее хранилище занято другими серверами: очередь на запись не подошла за {:.0f} с. "
    "Ничего не записано. Повторите через минуту."
)
OVERTAKEN = (
    "В ту же секунду записал другой сервер, и это действие не выполнено: ничего не записано. Посмотрите новое "
    "состояние и повторите."
)
UNSURE = (
    "Связь с общим хранилищем прервалась в момент записи, и неизвестно, записано ли последнее действие. "
    "Откройте страницу снова и посмотрите, прежде чем повторять."
)
FORGOTTEN = (
    "Что было {:%d.%m.%Y}, общее хранилище не помнит: его ещё не было, или давние состояния забыты (store tidy)."
)

Form = Mapping[str, Sequence["ColumnForm"]]  # by table
Rows = Callable[[str], tuple[tuple[object, ...], pa.Table]]  # of a table: its digest, and all of it


class ColumnForm(NamedTuple):
    """A column of a table: its name, type, and whether it may be empty."""

    name: str
    type: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the lake stands: its identity, transactions so far, those that moved figures, newest identifier, schema."""

    lake: str
    commits: int
    figures: int
    last: int
    schema: int


@dataclass(frozen=True, slots=True)
class TableMove:
    """Rows of one table that a transaction took away and put in."""

    table: str
    removed: pa.Table
    added: pa.Table


@dataclass(frozen=True, slots=True)
class News:
    """What the lake has that a working copy of an earlier state has not; ``moves`` None: too long ago to be told."""

    turn: Turn
    snapshot: int
    moves: list[TableMove] | None


class Overtaken(StoreBusy):
    """Another server has written since this transaction began."""


def pauses(first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> Iterator[float]:
    """Seconds to wait between attempts: growing, and random so that two who wait do not meet again."""
    pause = first
    while True:
        yield pause * random.uniform(0.5, 1.5)  # noqa: S311  # no secret
        pause = min(pause * 1.6, longest)


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
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._cursors: dict[str, duckdb.DuckDBPyConnection] = {}
        self._held = 0

    def close(self) -> None:
        with self._guard:
            for cursor in [*self._cursors.values(), self._connection]:
                if cursor is not None:
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
        connection = duckdb.connect(":memory:", config=SETTINGS)
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
    def _told(self) -> Iterator[None]:
        """What the database says of a connection names its password, so it goes no further than this."""
        try:
            yield
        except duckdb.Error as error:
            conflict = is_conflict(error)
            if not conflict:
                self.close()
            raise StoreError(OVERTAKEN if conflict else AWAY) from None

    def head(self) -> int:
        """The lake's newest snapshot, by one look into PostgreSQL."""
        with self._looking, self._told():
            rows = self._cursor("looking").execute(_HEAD).fetchall()
        return int(rows[0][0])

    @contextlib.contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside one transaction of the lake, taken back at its end. One at a time."""
        with self._guard, self._told():
            cursor = self._cursor("working")
            cursor.execute("BEGIN TRANSACTION")
            try:
                yield cursor
            finally:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")

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
        with self._told():
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

    def stands(self) -> Turn | None:
        """None where the lake has no tables yet."""
        with self.reading() as cursor:
            return _turn_of(cursor)

    def take_form(self, form: Form, rows: Rows, new: Turn, server: str) -> int:
        """Brings the tables to ``form`` and to ``rows``, in one transaction; gives its snapshot.

        Of an empty lake, or by a newer version of the program: tables whose rows are as they should be stay.
        """
        with self._guard, self._told():
            cursor = self._cursor("working")
            cursor.execute("BEGIN TRANSACTION")
            try:
                there = forms(cursor)
                for table, columns in form.items():
                    digest, added = rows(table)
                    if there.get(table) == columns:
                        if digest == cursor.execute(digest_question(table)).fetchall()[0]:
                            continue
                        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own
                    else:
                        cursor.execute(f"DROP TABLE IF EXISTS {table}")
                        cursor.execute(_creation(table, columns))
                    _carry(cursor, TableMove(table, added.slice(0, 0), added), columns)
                if "turn" not in there:
                    cursor.execute(_creation("turn", TURN))
                    cursor.execute(_creation("step", STEP))
                cursor.execute("DELETE FROM turn")
                values = {**_values(new), "lake": new.lake, "schema": new.schema}
                cursor.execute("INSERT INTO turn VALUES ($lake, $commits, $figures, $last, $schema)", values)
                cursor.execute(_NOTE_STEP, {**_noted(new), "server": server, "tables": "[]"})
                cursor.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
            return int(cursor.execute(_COMMITTED).fetchall()[0][0])

    def publish(self, moves: Sequence[TableMove], form: Form, *, seen: Turn, new: Turn, server: str) -> int:
        """Confirms the rows in the lake, all or none; gives the snapshot that has them.

        Refusals of the lake are tried again with growing pauses as long as nobody else has written. Raises Overtaken,
        StoreError; where the connection broke on the way it is asked again whether the rows are there.
        """
        for attempt, pause in enumerate(pauses(), 1):
            try:
                return self._publish_once(moves, form, seen, new, server)
            except Overtaken:
                raise
            except StoreError as error:
                if str(error) != OVERTAKEN:
                    return self._found_after_all(new, server, error)
                if attempt == ATTEMPTS:
                    raise StoreBusy(OVERTAKEN) from error
                time.sleep(pause)
        raise AssertionError

    def _publish_once(self, moves: Sequence[TableMove], form: Form, seen: Turn, new: Turn, server: str) -> int:
        with self._guard, self._told():
            cursor = self._cursor("working")
            cursor.execute("BEGIN TRANSACTION")
            try:
                moved = cursor.execute(
                    _MOVE_ON, {**_values(new), "seen": seen.commits, "known": seen.schema}
                ).fetchall()
                if moved[0][0] != 1:
                    raise Overtaken(OVERTAKEN)
                tables = json.dumps([move.table for move in moves])
                cursor.execute(_NOTE_STEP, {**_noted(new), "server": server, "tables": tables})
                for move in moves:
                    _carry(cursor, move, form[move.table])
                cursor.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
            return int(cursor.execute(_COMMITTED).fetchall()[0][0])

    def _found_after_all(self, new: Turn, server: str, error: StoreError) -> int:
        """The snapshot of a transaction whose confirmation was not heard; the error again where it was not made."""
        try:
            with self.reading() as cursor:
                turn = _turn_of(cursor)
                mine = cursor.execute("SELECT server, last FROM step WHERE commits = $n", {"n": new.commits}).fetchall()
                snapshot = _snapshot_of(cursor)
        except StoreError:
            raise StoreError(UNSURE) from None
        if turn and mine == [(server, new.last)]:
            return snapshot
        raise error

    def news(self, copy: Turn, snapshot: int) -> News:
        """What was confirmed since a working copy stood at ``copy`` and ``snapshot``."""
        with self.reading() as cursor:
            turn = _turn_of(cursor)
            now = _snapshot_of(cursor)
            if turn is None or turn.lake != copy.lake:
                raise StoreDamaged("Общее хранилище подменено другим. Остановите серверы и сверьте PROFORIENT_STORE.")
            steps = cursor.execute(_STEPS, {"after": copy.commits}).fetchall()
            if len(steps) != turn.commits - copy.commits or turn.schema != copy.schema:
                return News(turn, now, None)
            tables = dict.fromkeys(table for step in steps for table in json.loads(step[0]))
            try:
                return News(turn, now, [_moved(cursor, table, snapshot + 1, now) for table in tables])
            except duckdb.Error as error:
                if "snapshot" not in str(error).lower():  # else: expired, the copy is to be made anew
                    raise
        return News(turn, now, None)

    def tidy(self, expire_before: dt.datetime) -> tuple[int, int]:
        """Moves rows out of PostgreSQL into Parquet, merges small files, forgets states before ``expire_before`` (UTC).

        Gives the number of files before and after. A server whose copy is older than what is forgotten makes it anew.
        """
        with self._guard, self._told():
            cursor = self._cursor("working")
            before = int(cursor.execute(_FILES).fetchall()[0][0])
            for step in _TIDY:
                cursor.execute(step.format(moment=f"{expire_before:%Y-%m-%d %H:%M:%S}"))
            return before, int(cursor.execute(_FILES).fetchall()[0][0])

    def digests(self, tables: Sequence[str]) -> dict[str, tuple[object, ...]]:
        """By table: how many rows it has, and a digest of them. Every byte of every file is read."""
        with self.reading() as cursor:
            return {table: cursor.execute(digest_question(table)).fetchall()[0] for table in tables}

    def earlier(self, moment: dt.datetime, hand_over: Callable[[str, pa.RecordBatchReader], None]) -> Iterator[int]:
        """The schema as it was at ``moment`` (UTC); whoever goes on is handed all rows of all tables of then.

        Raises Refused where nothing is known of that time.
        """
        with self.reading() as cursor:
            number = cursor.execute(_EARLIER.format(moment=f"{moment:%Y-%m-%d %H:%M:%S.%f}+00")).fetchall()[0][0]
            at = f"AT (VERSION => {int(number or 0)})"
            try:
                rows = cursor.execute(f"SELECT schema FROM turn {at}").fetchall() if number else []  # noqa: S608
            except (duckdb.CatalogException, duckdb.InvalidInputException):
                rows = []
            if not rows:
                raise Refused(FORGOTTEN.format(moment))
            yield int(rows[0][0])
            for table in forms(cursor).keys() - {"turn", "step"}:
                with contextlib.suppress(duckdb.CatalogException):  # of a later schema
                    told = cursor.execute(f"SELECT * FROM {table} {at}")  # noqa: S608
                    hand_over(table, told.to_arrow_reader(UPLOAD))

    def everything(
        self, tables: Sequence[str], hand_over: Callable[[str, pa.RecordBatchReader], None]
    ) -> tuple[Turn, int]:
        """Hands over all rows of all tables as of one moment; gives where the lake stood then."""
        with self.reading() as cursor:
            turn = _turn_of(cursor)
            if turn is None:
                raise StoreDamaged("В общем хранилище нет таблиц этой программы. Сверьте PROFORIENT_STORE.")
            for table in tables:
                hand_over(table, cursor.execute(f"SELECT * FROM {table}").to_arrow_reader(UPLOAD))  # noqa: S608
            return turn, _snapshot_of(cursor)


TURN = (
    ColumnForm("lake", "VARCHAR", False),
    ColumnForm("commits", "BIGINT", False),
    ColumnForm("figures", "BIGINT", False),
    ColumnForm("last", "BIGINT", False),
    ColumnForm("schema", "BIGINT", False),
)
STEP = (
    ColumnForm("commits", "BIGINT", False),
    ColumnForm("server", "VARCHAR", False),
    ColumnForm("tables", "VARCHAR", False),
    ColumnForm("last", "BIGINT", False),
)
_HEAD = f"""
SELECT * FROM postgres_query('turnstile', 'SELECT max(snapshot_id) FROM {DATABASE}.ducklake_snapshot')
"""  # noqa: S608
_EARLIER = f"""
SELECT * FROM postgres_query('turnstile',
  $$SELECT max(snapshot_id) FROM {DATABASE}.ducklake_snapshot WHERE snapshot_time <= '{{moment}}'$$)
"""  # noqa: S608
_PATIENCE = """
SELECT * FROM postgres_query('turnstile', $$SELECT set_config('lock_timeout', '{milliseconds}ms', true)$$)
"""
_TAKE_TURN = f"SELECT * FROM postgres_query('turnstile', 'SELECT pg_advisory_xact_lock({LOCK})::text')"  # noqa: S608
_MOVE_ON = """
UPDATE turn SET commits = $commits, figures = $figures, last = $last WHERE commits = $seen AND schema = $known
"""
_NOTE_STEP = "INSERT INTO step VALUES ($commits, $server, $tables, $last)"
_STEPS = "SELECT tables FROM step WHERE commits > $after"
_COMMITTED = f"SELECT * FROM ducklake_last_committed_snapshot('{DATABASE}')"  # noqa: S608
_FILES = f"SELECT coalesce(sum(file_count), 0) FROM ducklake_table_info('{DATABASE}')"  # noqa: S608
_TIDY = (
    f"CALL ducklake_flush_inlined_data('{DATABASE}')",
    f"CALL ducklake_expire_snapshots('{DATABASE}', older_than => TIMESTAMP '{{moment}}')",
    f"CALL ducklake_rewrite_data_files('{DATABASE}')",
    f"CALL ducklake_merge_adjacent_files('{DATABASE}')",
    f"CALL ducklake_cleanup_old_files('{DATABASE}', older_than => TIMESTAMP '{{moment}}')",
)
_FORMS = """
SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
-- order: as the columns stand
ORDER BY table_name, column_index
"""


def _values(turn: Turn) -> dict[str, int]:
    return {"commits": turn.commits, "figures": turn.figures, "last": turn.last}


def _noted(turn: Turn) -> dict[str, int]:
    return {"commits": turn.commits, "last": turn.last}


def is_conflict(error: duckdb.Error) -> bool:
    """Whether the lake refused a transaction because another one was confirmed before it."""
    text = str(error).lower()
    return "conflict" in text or "maximum retry count" in text


def forms(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[ColumnForm]]:
    """The columns of every table of the cursor's database."""
    found: dict[str, list[ColumnForm]] = {}
    for table, *column in cursor.execute(_FORMS).fetchall():
        found.setdefault(table, []).append(ColumnForm(*column))
    return found


def _creation(table: str, columns: Sequence[ColumnForm]) -> str:
    told = ", ".join(f"{c.name} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in columns)
    return f"CREATE TABLE {table} ({told})"


def _turn_of(cursor: duckdb.DuckDBPyConnection) -> Turn | None:
    try:
        rows = cursor.execute("SELECT lake, commits, figures, last, schema FROM turn").fetchall()
    except duckdb.CatalogException:
        return None
    if len(rows) != 1:
        raise StoreDamaged("Общее хранилище повреждено: в нём нет счёта записей. Восстановите его из копии.")
    return Turn(*rows[0])


def _snapshot_of(cursor: duckdb.DuckDBPyConnection) -> int:
    return int(cursor.execute(f"SELECT * FROM ducklake_current_snapshot('{DATABASE}')").fetchall()[0][0])  # noqa: S608


def matching(columns: Sequence[ColumnForm], table: str, other: str) -> str:
    """An SQL condition: the rows of both are the same in every column."""
    return " AND ".join(
        f"{table}.{c.name} {'IS NOT DISTINCT FROM' if c.nullable else '='} {other}.{c.name}" for c in columns
    )


def _carry(cursor: duckdb.DuckDBPyConnection, move: TableMove, columns: Sequence[ColumnForm]) -> None:
    """Takes rows away and puts rows in; StoreDamaged where a row to be taken away is not there."""
    if move.removed.num_rows:
        cursor.register("gone", move.removed)
        gone = cursor.execute(
            f"DELETE FROM {move.table} USING gone WHERE {matching(columns, move.table, 'gone')}"  # noqa: S608
        ).fetchall()[0][0]
        cursor.unregister("gone")
        if gone != move.removed.num_rows:
            raise StoreDamaged(
                f"Рабочая копия сервера разошлась с общим хранилищем (таблица «{move.table}»): ничего не записано. "
                "Остановите сервер, удалите из его папки proforient.duckdb и запустите снова: копия соберётся заново."
            )
    if move.added.num_rows:
        cursor.register("come", move.added)
        cursor.execute(f"INSERT INTO {move.table} SELECT * FROM come")  # noqa: S608  # names of our own
        cursor.unregister("come")


def _moved(cursor: duckdb.DuckDBPyConnection, table: str, first: int, last: int) -> TableMove:
    """What became of a table from one snapshot to another; a row that came and went again is in neither part."""
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE moved AS SELECT * FROM "  # noqa: S608  # names and numbers of our own
        f"ducklake_table_changes('{DATABASE}', 'main', '{table}', {first}, {last})"
    )
    told = "SELECT * EXCLUDE (snapshot_id, rowid, change_type) FROM moved WHERE change_type IN"
    came, went = f"{told} ('insert', 'update_postimage')", f"{told} ('delete', 'update_preimage')"
    return TableMove(
        table,
        removed=cursor.execute(f"{went} EXCEPT ALL {came}").to_arrow_table(),
        added=cursor.execute(f"{came} EXCEPT ALL {went}").to_arrow_table(),
    )
