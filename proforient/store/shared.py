"""One server's part of the shared store: a working copy in its own folder, caught up with the lake before every use.

Questions are answered by the copy, as fast as by a store of one's own. Whoever writes catches up, waits for the turn
among all servers, does everything as in one file, and is confirmed when the lake has the same rows; only then the copy
keeps them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from proforient.catalogue.entries import Catalogue
from proforient.errors import StoreAway, StoreError
from proforient.monitoring import now
from proforient.store import chain, lake_tries, lake_upkeep, lake_writing
from proforient.store.chain import Tail
from proforient.store.connect import BACKUP_FOLDER, FILES_FOLDER, in_russian
from proforient.store.fingerprint import TABLES, digest_question
from proforient.store.lake import Lake
from proforient.store.lake_news import refuse_lost, refuse_newer_lake, steps_after
from proforient.store.lake_past import store_as_of
from proforient.store.lake_steps import Step, TableMove, Turn
from proforient.store.lake_tables import CARRIED, Form, forms
from proforient.store.migrate import newest
from proforient.store.moves import Moves
from proforient.store.reading import Reader
from proforient.store.rows import WrongTries
from proforient.store.store import Store
from proforient.store.working_copy import (
    Position,
    empty_copy,
    keep_position,
    make_ready,
    position_in,
    replace_table,
    take,
)
from proforient.store.writing import Witness, Writer

FRESH = 0.1  # seconds for which a look at the lake holds
AGAIN = 1.0  # seconds after which a lake that did not answer is asked again


class SharedStore(Store):
    """A Store whose rows and files several servers share."""

    _lake: Lake
    _shared: Path

    def __init__(self, folder: Path, catalogue: Catalogue, *, read_only: bool, wait: float) -> None:
        self._at = Position(Turn("", 0, 0, 0, 0), -1, "")
        super().__init__(folder, catalogue, read_only=read_only, wait=wait)
        self._file.read_only = False  # the copy is written even where nothing is confirmed
        self._sync = threading.RLock()  # from the confirmation in the lake to that in the copy nobody catches up
        self._form: Form = {}
        self._looked = 0.0
        self._away = ""
        self._tried = 0.0
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
        return self._at.turn.figures

    @version.setter
    def version(self, number: int) -> None:
        """Counted in the lake."""

    @property
    def commits(self) -> int:
        self._look()
        return self._at.turn.commits

    @commits.setter
    def commits(self, number: int) -> None:
        """Counted in the lake."""

    @property
    def mark(self) -> int:
        self._look()
        return super().mark

    @property
    def remembers(self) -> bool:
        return True

    @property
    def away(self) -> str:
        self._look()
        return self._away

    def close(self) -> None:
        self._ready = False
        super().close()
        self._lake.close()

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """As every store; with ``reads_alone`` of what was last known, while the lake does not answer."""
        try:
            self._catch_up()
        except StoreAway:
            if not self.reads_alone:
                raise
        with super().read() as reader:
            yield reader

    def _start(self, constraints: bool) -> None:
        for path in (self._shared, self._lake.parquet, self.files_folder):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        turn = lake_upkeep.stands(self._lake)
        if turn is not None and turn.schema >= newest():
            self._prepare(turn)  # without the turn: a copy of a region takes a minute, and others write meanwhile
        with self._lake.turn():
            if self._file.connection is None:
                self._prepare(lake_upkeep.stands(self._lake))
            else:
                self._catch_up(now=True)
            noted = chain.read_tails(self.folder)
            if noted:
                assert self._file.connection is not None
                chain.refuse_missing_work(self._file.connection, newest(), noted)
            self._ready = True
            self._read_tails()
            self._note_tails()
            self._file.guard_modes()
            if self._tails and not self.read_only:
                self._settle_log()
            self._take_catalogue(fresh=not self._tails)

    def _prepare(self, turn: Turn | None) -> None:
        """The copy stands where the lake stands; the lake has the form that this version knows."""
        known = position_in(self.folder, self._file.wait)
        if turn is None:
            self._begin_lake(known)
            return
        refuse_newer_lake(turn)
        if known is not None and (known.turn.lake, known.turn.schema) == (turn.lake, turn.schema):
            self._file.open()
            self._at = known
            self._form = self._own_form()
            self._catch_up(now=True)
        else:
            self._empty_copy(turn)
            self._fill(None)
        if self._at.turn.schema < newest():
            self._upgrade()

    def _begin_lake(self, known: object) -> None:
        """The first server of an empty lake makes its tables."""
        if known is not None or chain.read_tails(self.folder) is not None:
            raise chain.work_is_missing()
        self._empty_copy(Turn(str(uuid.uuid4()), 0, 0, 0, newest()))
        self._send_form()

    def _empty_copy(self, turn: Turn) -> None:
        self._file.connection, server = empty_copy(self.folder, self._shared, turn.schema, self._file.wait)
        self._at = Position(turn, -1, server)
        self._form = self._own_form()

    def _own_form(self) -> Form:
        with self.raw() as cursor:
            return {table: columns for table, columns in forms(cursor).items() if table in TABLES}

    def _upgrade(self) -> None:
        """A newer version brings copy and lake to its schema; servers of the older one refuse from then on."""
        self._migrate(constraints=False)
        self._form = self._own_form()
        self._send_form()

    def _send_form(self) -> None:
        """The lake takes the form and the rows of the copy."""
        turn, _, server = self._at
        new = Turn(turn.lake, turn.commits + 1, turn.figures + 1, turn.last, newest())
        with self.raw() as cursor:

            def rows(table: str) -> tuple[tuple[object, ...], pa.Table]:
                digest = cursor.execute(digest_question(table)).fetchall()[0]
                return digest, cursor.execute(f"SELECT * FROM {table}").to_arrow_table()  # noqa: S608

            self._at = Position(new, lake_writing.take_form(self._lake, self._form, rows, new, server), server)
            keep_position(cursor, self._at)

    def _look(self) -> None:
        with contextlib.suppress(StoreError):
            self._catch_up()

    def _catch_up(self, *, now: bool = False) -> None:
        """Brings the copy to what others have confirmed; a look at the lake holds for a moment unless ``now``."""
        if not now and (not self._ready or time.monotonic() - self._looked < FRESH):
            return
        if self.reads_alone and self._away and time.monotonic() - self._tried < AGAIN:
            raise StoreAway(self._away)
        try:
            if self._lake.head() != self._at.snapshot:
                with self._sync:
                    while self._lake.head() != self._at.snapshot:
                        self._take_news()
        except StoreAway as error:
            self._away, self._tried = str(error), time.monotonic()
            raise
        self._away, self._looked = "", time.monotonic()

    def _take_news(self) -> None:
        """Takes a stretch of what was confirmed since, or all of it where it is not told what is new."""
        notes = self._lake.notes(self._at.snapshot)
        steps = steps_after(self._at, notes)
        if steps == [] and notes[-1].snapshot > self._at.snapshot:
            self._at = self._at._replace(snapshot=notes[-1].snapshot)  # the lake's own upkeep
            return
        if not steps:
            refuse_lost(self._at, lake_upkeep.stands(self._lake))
        self._fill(steps)
        if self._ready:
            self._read_tails()
            self._note_tails()

    def _fill(self, steps: list[Step] | None) -> None:
        """Carries steps into the copy, or all that the lake has where there are none or a row is not as expected."""
        with self._file.cursor() as cursor, in_russian():
            cursor.execute("BEGIN TRANSACTION")
            try:
                at = self._filled(cursor, steps)
                keep_position(cursor, at)
                cursor.execute("COMMIT")
                self._at = at
                self._ids.reach(at.turn.last)
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise

    def _filled(self, cursor: duckdb.DuckDBPyConnection, steps: list[Step] | None) -> Position:
        if steps and take(cursor, [step.moves or () for step in steps], self._form):
            return Position(steps[-1].turn, steps[-1].snapshot, self._at.server)
        tables = [table for table in self._form if table in CARRIED]
        turn, snapshot = lake_upkeep.everything(self._lake, tables, partial(replace_table, cursor))
        refuse_newer_lake(turn)
        make_ready(cursor, self.catalogue)
        return Position(turn, snapshot, self._at.server)

    def _read_tails(self) -> None:
        super()._read_tails()
        self._chain = f"{self._chain}/{self._at.server}"
        self._ids.reach(self._at.turn.last)

    def _note_tails(self) -> None:
        """The ends of all chains outside the database, those of other servers included."""
        with contextlib.suppress(StoreError):
            if self._tails and chain.read_notes(self.folder) != chain.notes(self._tails, self.signer):
                chain.write_tails(self.folder, self._tails, self.signer)

    @contextlib.contextmanager
    def _transaction(self, *given: Any) -> Iterator[Writer]:
        """Whoever keeps what is written has the turn; a rehearsal only keeps the copy as it is."""
        _, keep, *_ = given
        if keep:
            self._catch_up(now=True)  # so that the turn is not held for what was confirmed long before
        with self._lake.turn() if keep else self._sync:
            self._catch_up(now=True)
            with super()._transaction(*given) as writer:
                yield writer

    def _witness(self, cursor: duckdb.DuckDBPyConnection) -> Moves:
        return Moves(cursor, self._ids.last, self._at)

    def _confirm(
        self, cursor: duckdb.DuckDBPyConnection, writer: Writer, witness: Witness | None, *, figures: bool
    ) -> Tail:
        assert isinstance(witness, Moves)
        sealed = self._seal(writer)
        moves = witness.by_table()
        with self._sync:
            if moves:
                self._publish(cursor, moves, witness.seen, figures)
            else:
                cursor.execute("COMMIT")
        return sealed

    def _publish(
        self, cursor: duckdb.DuckDBPyConnection, moves: list[TableMove], before: Position, figures: bool
    ) -> None:
        seen, since, server = before
        new = Turn(seen.lake, seen.commits + 1, seen.figures + figures, self._ids.last, seen.schema)
        snapshot = lake_writing.publish(
            self._lake, moves, self._form, seen=seen, snapshot=since, new=new, server=server
        )
        # From here on it is confirmed. A copy that cannot keep it is behind, and catches up.
        try:
            self._at, self._looked = Position(new, snapshot, server), time.monotonic()
            keep_position(cursor, self._at)
            cursor.execute("COMMIT")
        except duckdb.Error:
            self._at = before
            with contextlib.suppress(duckdb.Error):
                cursor.execute("ROLLBACK")

    def strayed(self) -> list[str]:
        """Tables whose rows in the lake are others than in this server's copy; nobody writes meanwhile."""
        with self.pause_writing(), self._lake.turn(), self.raw() as cursor:
            self._catch_up(now=True)
            theirs = lake_upkeep.digests(self._lake)
            own = {table: cursor.execute(digest_question(table)).fetchall()[0] for table in theirs}
        return [table for table, digest in theirs.items() if own[table] != digest]

    def earlier(self, moment: dt.datetime) -> contextlib.AbstractContextManager[Store]:
        return store_as_of(self._lake, moment, self.folder / BACKUP_FOLDER, self.catalogue)

    def tidy(self, expire_before: dt.datetime, *, unless_since: dt.datetime | None = None) -> tuple[int, int] | None:
        with self.pause_writing(), self._lake.turn():
            if unless_since is not None and (lake_upkeep.tidied_at(self._lake) or dt.datetime.min) >= unless_since:
                return None
            return lake_upkeep.tidy(self._lake, expire_before, now())

    def exchange_tries(
        self, wrong: Iterable[WrongTries], forgiven: Iterable[tuple[str, str]], seconds: float
    ) -> list[WrongTries]:
        return lake_tries.exchange(self._lake, wrong, forgiven, seconds)

    def _drop_unnamed(self, desk: object) -> None:
        """Nothing: another server may just be handing in a file with the same bytes."""
