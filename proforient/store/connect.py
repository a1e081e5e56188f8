"""Opens the data file with its settings locked, and says in Russian why it does not open."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from proforient.errors import DiskFull, StoreBusy, StoreDamaged, StoreError, StoreNewer
from proforient.store.files import DISK_FULL

FILE_NAME = "proforient.duckdb"
DATABASE = "proforient"
LOG = FILE_NAME + ".wal"
FILES_FOLDER = "files"
BACKUP_FOLDER = "backup"
BACKUP_NOTE = "backup.json"
OPEN_FOLDERS: set[Path] = set()  # the stores that this process has open
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": max(1, (os.cpu_count() or 2) // 2),  # a second one adds a quarter of processor time to every page
    "memory_limit": "2GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}
RESTORE = (
    "Файлы не тронуты. Остановите приложение, скопируйте папку хранилища целиком в другое место и восстановите "
    "последнюю резервную копию командой restore."
)
_FULL = re.compile(r"No space left|File too large|quota exceeded|could not write all bytes", re.IGNORECASE)
_NEWER = re.compile(r"version number \d+|newer version of DuckDB|storage version", re.IGNORECASE)
_VERSIONS = re.compile(
    r"version number (?P<own>\d+).*?(?:between (?P<first>\d+)|version (?P<only>\d+))", re.IGNORECASE | re.DOTALL
)
_TORN = re.compile(r"corrupt|checksum|not a valid|wal|deserializ|could not read enough|invalidated", re.IGNORECASE)


def connect(path: Path, *, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    """A connection with external access off and the configuration locked; only the backup folder may be attached.

    Waits up to ``wait`` seconds for another process. Raises StoreBusy, StoreNewer, StoreDamaged, DiskFull, StoreError.
    """
    end = time.monotonic() + wait
    while True:
        try:
            connection = duckdb.connect(str(path), read_only=read_only, config=SETTINGS)
        except duckdb.Error as error:
            if not _locked(error):
                raise translated(error) from error
            if time.monotonic() >= end:
                raise StoreBusy(busy_message(str(error))) from error
            time.sleep(0.05)
        else:
            _lock_settings(connection, path.parent / BACKUP_FOLDER)
            return connection


def _lock_settings(connection: duckdb.DuckDBPyConnection, backup: Path) -> None:
    connection.execute(f"SET allowed_directories = [{quoted(str(backup.resolve()) + '/')}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _is_older(text: str) -> bool:
    """Whether the file's own number lies below those that can be read: «number 39, … between 64 and 67»."""
    numbers = _VERSIONS.search(text)
    return bool(numbers and int(numbers["own"]) < int(numbers["first"] or numbers["only"]))


def quoted(text: str) -> str:
    """A path of our own as an SQL literal: ATTACH and SET take no parameters. Never for text from a user."""
    return "'" + text.replace("'", "''") + "'"


def _locked(error: duckdb.Error) -> bool:
    return "Could not set lock" in str(error)


def busy_message(text: str) -> str:
    """Which process holds the file, as far as the operating system tells."""
    found = re.search(r"PID (\d+)", text)
    if not found:
        return "Хранилище занято другой программой. Дождитесь, пока она закончит, или остановите её, и повторите."
    name = ""
    with contextlib.suppress(OSError):
        name = Path(f"/proc/{found[1]}/comm").read_text(encoding="utf-8").strip()
    who = f"{name}, PID {found[1]}" if name else f"PID {found[1]}"
    return (
        f"Хранилище занято: файл данных держит другой процесс ({who}). "
        "Дождитесь, пока он закончит, или остановите его, и повторите."
    )


def is_full(error: duckdb.Error) -> bool:
    """Whether the disk below the database has no room."""
    return _FULL.search(str(error)) is not None


def translated(error: duckdb.Error) -> StoreError:
    """What a database error means for a person; the original stays as the cause."""
    text = str(error)
    if is_full(error):
        return DiskFull(DISK_FULL)
    if isinstance(error, duckdb.IOException) and _is_older(text):
        return StoreError(
            "Файл данных записан прежней формой, которой эта программа уже не читает. Откройте его той версией "
            "программы, которой он записан, сделайте backup и обновляйтесь по одной версии; файл не тронут."
        )
    if isinstance(error, duckdb.IOException) and _NEWER.search(text):
        return StoreNewer("Файл данных записан более новой версией программы. Обновите программу; файл не тронут.")
    if "Permission denied" in text:
        return StoreError(
            "Нет доступа к файлу данных. Проверьте, что папка хранилища принадлежит тому пользователю, "
            "от имени которого работает программа."
        )
    damaged = isinstance(error, duckdb.SerializationException | duckdb.InternalException | duckdb.FatalException)
    if damaged or (isinstance(error, duckdb.IOException) and _TORN.search(text)):
        return StoreDamaged(f"Файл данных или его журнал повреждён. {RESTORE}")
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreError("Для этого действия не хватило памяти. Сузьте выбор (период, территорию) и повторите.")
    return StoreError("Хранилище не смогло выполнить действие. Запустите проверку командой verify и повторите.")


@contextlib.contextmanager
def in_russian() -> Iterator[None]:
    """Turns database errors inside the block into errors of this program."""
    try:
        yield
    except duckdb.Error as error:
        raise translated(error) from error


def is_fatal(error: BaseException | None) -> bool:
    """Whether the database gave up, so that nothing works until it is opened again."""
    while error is not None:
        if isinstance(error, duckdb.FatalException) or "has been invalidated" in str(error):
            return True
        error = error.__cause__
    return False
