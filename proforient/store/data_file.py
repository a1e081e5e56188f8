"""The open data file of one store: one connection, a cursor for each transaction, opened again after it gave up."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb

from proforient.errors import StoreError
from proforient.store.connect import FILE_NAME, OPEN_FOLDERS, connect

PATIENCE = 2.0  # seconds that readers are given to end before the database is opened again


class DataFile:
    """Not open until ``open`` is called or ``connection`` is set. ``read_only``: of the file, not of the store."""

    def __init__(self, path: Path, *, read_only: bool, wait: float) -> None:
        self.path = path
        self.read_only = read_only
        self.wait = wait
        self.connection: duckdb.DuckDBPyConnection | None = None
        self._generation = 0  # grows each time the database is opened again
        self._cursors: dict[int, duckdb.DuckDBPyConnection] = {}
        self._doors = threading.Condition()

    def open(self) -> duckdb.DuckDBPyConnection:
        """Raises as ``connect``."""
        self.connection = connect(self.path, read_only=self.read_only, wait=self.wait)
        return self.connection

    def take_cursor(self) -> tuple[duckdb.DuckDBPyConnection, int]:
        """A cursor, and the generation to name in ``revive``. StoreError where the store was closed."""
        with self._doors:
            if self.path.parent not in OPEN_FOLDERS:
                raise StoreError("Хранилище закрыто. Откройте его снова.")
            connection = self.open() if self.connection is None else self.connection
            cursor = connection.cursor()
            self._cursors[id(cursor)] = cursor
            return cursor, self._generation

    def give_back(self, cursor: duckdb.DuckDBPyConnection) -> None:
        with self._doors:
            if self._cursors.pop(id(cursor), None) is not None:
                with contextlib.suppress(duckdb.Error):
                    cursor.close()
                self._doors.notify_all()

    @contextlib.contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for the block, outside any transaction."""
        cursor, _ = self.take_cursor()
        try:
            yield cursor
        finally:
            self.give_back(cursor)

    def revive(self, generation: int) -> None:
        """Opens the database again after it gave up (full disk), so that reading goes on."""
        with self._doors:
            if generation != self._generation:
                return
            self._generation += 1
            self._doors.wait_for(lambda: not self._cursors, timeout=PATIENCE)
            self._shut()
            with contextlib.suppress(StoreError):
                self.open()

    def close(self) -> None:
        """Ends every transaction; may be called twice."""
        with self._doors:
            self._shut()

    def _shut(self) -> None:
        """Closes cursors and connection: as long as one lives, the database that gave up would be handed out again."""
        for cursor in [*self._cursors.values(), self.connection]:
            if cursor is not None:
                with contextlib.suppress(duckdb.Error):
                    cursor.close()
        self._cursors.clear()
        self.connection = None

    def guard_modes(self) -> None:
        """The file and its log are for their owner only."""
        for path in (self.path, self.path.with_name(FILE_NAME + ".wal")):
            with contextlib.suppress(OSError):
                path.chmod(0o600)
