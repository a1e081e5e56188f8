"""One server's part of the shared store: a working copy in its own folder, caught up with the lake before every use.

Questions are answered by the copy, as fast as by a store of one's own. Whoever writes waits for the turn among all
servers, catches up, does everything as in one file, and is confirmed when the lake has the same rows; only then the
copy keeps them. A copy that is lost or behind is made anew out of the lake: nothing lies in it alone.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets as random_bits
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused, StoreDamaged, StoreError, StoreNewer
from proforient.store import chain, files
from proforient.store.chain import Tail
from proforient.store.connect import BACKUP_FOLDER, FILE_NAME, FILES_FOLDER, LOG, connect, in_russian
from proforient.store.fingerprint import TABLES, digest_question
from proforient.store.lake import Form, Lake, News, TableMove, Turn, forms, matching
from proforient.store.migrate import migrate, newest
from proforient.store.moves import Moves
from proforient.store.reading import Reader
from proforient.store.store import Store, check_tails
from proforient.store.writing import Witness, Writer

MARKER = "shared.json"  # says that the data file beside it is a working copy
FRESH = 0.1  # seconds for which a look at the lake holds


class SharedStore(Store):
    """A Store whose rows and files several servers share."""

    _lake: Lake
    _shared: Path

    def __init__(self, folder: Path, catalogue: Catalogue, *, read_only: bool, wait: float) -> None:
        self._turn = Turn("", 0, 0, 0, 0)
        super().__init__(folder, catalogue, read_only=read_only, wait=wait)
        self._file_read_only = False  # the copy is written even where nothing is confirmed
        self._sync = threading.RLock()  # from the confirmation in the lake to that in the copy nobody catches up
        self._snapshot = -1
        self._server = ""
        self._form: Form = {}
        self._looked = 0.0
        self._ready = False

    @classmethod
    def join(
        cls,
        folder: Path,
        catalogue: Catalogue,
        dsn: str,
        shared: Path,
        *,
        wait: float = 5.0,
        read_only: bool = False,
        secrets: Path | None = None,
    ) -> SharedStore:
        """Opens the shared store of ``dsn`` (PostgreSQL) and the folder ``shared``; ``folder`` is this server's own.

        Raises as ``Store.open``; StoreError where PostgreSQL does not answer.
        """
        store = cls._made(folder, catalogue, read_only=read_only, wait=wait)
        store._lake = Lake(dsn, shared.absolute())
        store._shared = shared.absolute()
        return store.begin(secrets, constraints=False)

    @property
    def files_folder(self) -> Path:
        return self._shared / FILES_FOLDER

    # What results are cached by follows what other servers have confirmed, too. While the lake does not answer, it is
    # what was last known: nobody is signed out by that, and whoever asks for more is told.
    @property
    def version(self) -> int:
        self._look()
        return self._turn.figures

    @version.setter
    def version(self, number: int) -> None:
        """Counted in the lake."""

    @property
    def commits(self) -> int:
        self._look()
        return self._turn.commits

    @commits.setter
    def commits(self, number: int) -> None:
        """Counted in the lake."""

    @property
    def mark(self) -> int:
        self._look()
        return super().mark

    def close(self) -> None:
        self._ready = False
        super().close()
        self._lake.close()

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        self._catch_up()
        with super().read() as reader:
            yield reader

    def _start(self, constraints: bool) -> None:
        for path in (self._shared, self._lake.parquet, self.files_folder):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lake.turn():
            self._prepare()
            noted = chain.read_tails(self.folder)
            if noted:
                assert self._connection is not None
                check_tails(self._connection, newest(), noted)
            self._ready = True
            self._read_tails()
            self._note_tails()
            self._guard_modes()
            if self._tails and not self.read_only:
                self._settle_log()
            self._take_catalogue(fresh=not self._tails)

    def _prepare(self) -> None:
        """The copy stands where the lake stands; the lake has the form that this version knows."""
        turn = self._lake.stands()
        known = self._known_copy()
        if turn is None:
            self._begin_lake(known)
            return
        refuse_newer_lake(turn)
        if known is not None and known[0].lake == turn.lake and known[0].schema == turn.schema:
            self._connection = connect(self.path, read_only=False, wait=self._wait)
            self._turn, self._snapshot, self._server = known
            self._form = self._own_form()
            self._catch_up(now=True)
        else:
            self._make_copy(turn)
        if self._turn.schema < newest():
            self._upgrade()

    def _known_copy(self) -> tuple[Turn, int, str] | None:
        """Where the copy of an earlier run stands; Refused where the file is a store of its own."""
        if not self.path.exists():
            return None
        if not (self.folder / MARKER).exists():
            raise Refused(
                f"В папке {self.folder} лежит своё хранилище одним файлом, а PROFORIENT_STORE называет общее. "
                "Задайте серверу другую папку PROFORIENT_DATA."
            )
        try:
            connection = connect(self.path, read_only=True, wait=self._wait)
        except StoreDamaged:
            return None
        try:
            rows = connection.execute("SELECT * FROM working_copy").fetchall()
        except duckdb.Error:
            return None
        finally:
            connection.close()
        return (Turn(*rows[0][:5]), rows[0][5], rows[0][6]) if rows else None

    def _begin_lake(self, known: object) -> None:
        """The first server of an empty lake makes its tables."""
        if known is not None or chain.read_tails(self.folder) is not None:
            raise chain.lost()
        self._empty_copy(newest())
        self._turn = Turn(str(uuid.uuid4()), 0, 0, 0, newest())
        self._send_form()

    def _send_form(self) -> None:
        """The lake takes the form and the rows of the copy."""
        turn = self._turn
        new = Turn(turn.lake, turn.commits + 1, turn.figures + 1, turn.last, newest())
        with self.raw() as cursor:

            def rows(table: str) -> tuple[tuple[object, ...], pa.Table]:
                digest = cursor.execute(digest_question(table)).fetchall()[0]
                return digest, cursor.execute(f"SELECT * FROM {table}").to_arrow_table()  # noqa: S608

            self._snapshot = self._lake.take_form(self._form, rows, new, self._server)
            self._turn = new
            self._keep_position(cursor)

    def _empty_copy(self, schema: int) -> None:
        """A new data file with the tables of a schema and no rows that the lake would not have."""
        files.write_whole(self.folder / MARKER, json.dumps({"shared": str(self._shared)}).encode())
        for name in (FILE_NAME, LOG):
            (self.folder / name).unlink(missing_ok=True)
        self._connection = connect(self.path, read_only=False, wait=self._wait)
        migrate(self._connection, constraints=False, until=schema)
        self._connection.execute(_COPY)
        self._server = random_bits.token_hex(4)
        self._form = self._own_form()

    def _make_copy(self, turn: Turn) -> None:
        self._empty_copy(turn.schema)
        self._turn = turn
        self._fill(None)

    def _own_form(self) -> Form:
        with self.raw() as cursor:
            return {table: columns for table, columns in forms(cursor).items() if table in TABLES}

    def _upgrade(self) -> None:
        """A newer version brings copy and lake to its schema; servers of the older one refuse from then on."""
        self._migrate(constraints=False)
        self._form = self._own_form()
        self._send_form()

    def _look(self) -> None:
        with contextlib.suppress(StoreError):
            self._catch_up()

    def _catch_up(self, *, now: bool = False) -> None:
        """Brings the copy to what others have confirmed; a look at the lake holds for a moment unless ``now``."""
        if not now and (not self._ready or time.monotonic() - self._looked < FRESH):
            return
        if self._lake.head() != self._snapshot:
            with self._sync:
                if self._lake.head() != self._snapshot:
                    self._take_news()
        self._looked = time.monotonic()

    def _take_news(self) -> None:
        news = self._lake.news(self._turn, self._snapshot)
        refuse_newer_lake(news.turn)
        if news.turn.commits < self._turn.commits:
            raise chain.lost()
        if news.turn.commits == self._turn.commits:
            self._snapshot = news.snapshot  # the lake's own upkeep
            return
        self._fill(news)
        if self._ready:
            self._read_tails()
            self._note_tails()

    def _fill(self, news: News | None) -> None:
        """Carries what is new into the copy, or all of it where it is not told what is new."""
        cursor, _ = self._take_cursor()
        try:
            with in_russian():
                cursor.execute("BEGIN TRANSACTION")
                try:
                    if news is None or news.moves is None or not all(self._take(cursor, move) for move in news.moves):
                        self._take_all(cursor)
                    else:
                        self._turn, self._snapshot = news.turn, news.snapshot
                    self._keep_position(cursor)
                    cursor.execute("COMMIT")
                except BaseException:
                    with contextlib.suppress(duckdb.Error):
                        cursor.execute("ROLLBACK")
                    raise
        finally:
            self._give_back(cursor)

    def _take(self, cursor: duckdb.DuckDBPyConnection, move: TableMove) -> bool:
        """Whether every row that went was there."""
        whole = True
        if move.removed.num_rows:
            cursor.register("gone", move.removed)
            same = matching(self._form[move.table], move.table, "gone")
            gone = cursor.execute(f"DELETE FROM {move.table} USING gone WHERE {same}").fetchall()[0][0]  # noqa: S608
            whole = gone == move.removed.num_rows
            cursor.unregister("gone")
        if move.added.num_rows:
            _put(cursor, move.table, move.added)
        return whole

    def _take_all(self, cursor: duckdb.DuckDBPyConnection) -> None:
        turn, snapshot = self._lake.everything(list(self._form), partial(_replace, cursor))
        refuse_newer_lake(turn)
        self._turn, self._snapshot = turn, snapshot

    def _keep_position(self, cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("DELETE FROM working_copy")
        told = [*self._turn_values(), self._snapshot, self._server]
        cursor.execute("INSERT INTO working_copy VALUES (?, ?, ?, ?, ?, ?, ?)", told)

    def _turn_values(self) -> list[Any]:
        turn = self._turn
        return [turn.lake, turn.commits, turn.figures, turn.last, turn.schema]

    def _read_tails(self) -> None:
        super()._read_tails()
        self._chain = f"{self._chain}/{self._server}"
        self._ids.reach(self._turn.last)

    def _note_tails(self) -> None:
        """The ends of all chains outside the database, those of other servers included."""
        with contextlib.suppress(StoreError):
            if self._tails and chain.read_notes(self.folder) != chain.notes(self._tails, self.signer):
                chain.write_tails(self.folder, self._tails, self.signer)

    @contextlib.contextmanager
    def _transaction(self, *given: Any) -> Iterator[Writer]:
        """Whoever keeps what is written has the turn; a rehearsal only keeps the copy as it is."""
        _, keep, *_ = given
        with self._lake.turn() if keep else self._sync:
            self._catch_up(now=True)
            with super()._transaction(*given) as writer:
                yield writer

    def _witness(self, cursor: duckdb.DuckDBPyConnection) -> Moves:
        return Moves(cursor, self._ids.last)

    def _confirm(
        self, cursor: duckdb.DuckDBPyConnection, writer: Writer, witness: Witness | None, *, figures: bool
    ) -> Tail:
        assert isinstance(witness, Moves)
        sealed = self._seal(writer)
        moves = witness.by_table()
        with self._sync:
            if moves:
                self._publish(cursor, moves, figures)
            else:
                cursor.execute("COMMIT")
        return sealed

    def _publish(self, cursor: duckdb.DuckDBPyConnection, moves: list[TableMove], figures: bool) -> None:
        seen = self._turn
        new = Turn(seen.lake, seen.commits + 1, seen.figures + figures, self._ids.last, seen.schema)
        snapshot = self._lake.publish(moves, self._form, seen=seen, new=new, server=self._server)
        # From here on it is confirmed. A copy that cannot keep it is behind, and catches up.
        before = self._turn, self._snapshot
        self._turn, self._snapshot = new, snapshot
        try:
            self._keep_position(cursor)
            cursor.execute("COMMIT")
        except duckdb.Error:
            self._turn, self._snapshot = before
            with contextlib.suppress(duckdb.Error):
                cursor.execute("ROLLBACK")

    def strayed(self) -> list[str]:
        """Tables whose rows in the lake are others than in this server's copy; nobody writes meanwhile."""
        with self.pause_writing(), self._lake.turn(), self.raw() as cursor:
            self._catch_up(now=True)
            theirs = self._lake.digests(list(self._form))
            own = {table: cursor.execute(digest_question(table)).fetchall()[0] for table in self._form}
        return [table for table, digest in theirs.items() if own[table] != digest]

    @contextlib.contextmanager
    def earlier(self, moment: dt.datetime) -> Iterator[Store]:
        folder = self.folder / BACKUP_FOLDER / f"as-of-{random_bits.token_hex(4)}"
        try:
            folder.mkdir(mode=0o700)
            connection = connect(folder / FILE_NAME, read_only=False, wait=0)
            try:
                filling = self._lake.earlier(moment, partial(_replace, connection))
                migrate(connection, constraints=False, until=next(filling))
                list(filling)
            finally:
                connection.close()
            earlier = Store.open(folder, self.catalogue)
            try:
                yield earlier
            finally:
                earlier.close()
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def tidy(self, expire_before: dt.datetime) -> tuple[int, int]:
        with self.pause_writing(), self._lake.turn():
            return self._lake.tidy(expire_before)

    def _drop_unnamed(self, desk: object) -> None:
        """Nothing: another server may just be handing in a file with the same bytes."""


def refuse_newer_lake(turn: Turn) -> None:
    """StoreNewer where a newer version of the program has changed the form of the shared store."""
    if turn.schema > newest():
        raise StoreNewer(
            f"Общее хранилище обновлено более новой версией программы: его схема {turn.schema}, известна {newest()}. "
            "Обновите программу на этом сервере; данные не тронуты."
        )


def _put(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table | pa.RecordBatchReader) -> None:
    cursor.register("come", rows)
    cursor.execute(f"INSERT INTO {table} SELECT * FROM come")  # noqa: S608  # names of our own
    cursor.unregister("come")


def _replace(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.RecordBatchReader) -> None:
    with in_russian():
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        _put(cursor, table, rows)


_COPY = """
CREATE TABLE working_copy (
  lake VARCHAR NOT NULL, commits BIGINT NOT NULL, figures BIGINT NOT NULL, last BIGINT NOT NULL,
  schema BIGINT NOT NULL, snapshot BIGINT NOT NULL, server VARCHAR NOT NULL
)
"""
