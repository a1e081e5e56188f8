"""A whole copy of the store made while others write, proved by comparing every result."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from proforient.errors import DiskFull, Refused, StoreDamaged, StoreError, WrongCall
from proforient.monitoring import now
from proforient.store import chain, files
from proforient.store.chain import CHAIN_TAILS, Tail
from proforient.store.connect import (
    BACKUP_FOLDER,
    BACKUP_NOTE,
    DATABASE,
    FILE_NAME,
    FILES_FOLDER,
    LOG,
    connect,
    in_russian,
    quoted,
)
from proforient.store.fingerprint import TABLES, fingerprint
from proforient.store.migrate import migrations, schema_version
from proforient.store.papers import document_files
from proforient.store.store import Store


def backup(store: Store, target: Path) -> Path:
    """Copies database, files and the chain's signed tail as of one moment into ``target`` (new or empty).

    The copy is made inside the store's own backup folder, compared with the original, then copied out; where the
    store's disk has no room for it, it is made in ``target`` at once. Raises Refused where ``target`` holds anything,
    DiskFull, StoreDamaged where a submitted file is missing (the copy of everything else is whole all the same).
    """
    target = target.absolute()
    _refuse_full(target, store.folder)
    try:
        missing = _made(store, target)
    except BaseException as error:
        _clear(target)
        if isinstance(error, OSError):
            raise files.cannot_write(error, target) from error
        raise
    if missing:
        raise StoreDamaged(
            f"Копия сделана, но принятых файлов не хватает или они повреждены: {len(missing)} "
            f"(первый — {missing[0][:12]}…). Проверьте хранилище командой verify и верните файлы из прежней копии."
        )
    return target


def _made(store: Store, target: Path) -> list[str]:
    """Gives the hashes of files that are missing or damaged."""
    (target / FILES_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    target.chmod(0o700)
    try:
        if store.read_only:
            raise DiskFull
        copied = _copy_by_way_of_the_store(store, target)
    except DiskFull:
        copied = _copy_at_once(store, target)
    missing = _copy_files(store, target, copied.names)
    chain.write_tails(target, copied.tails, store.signer)
    note = copied.note | {"anchors": chain.notes(copied.tails, store.signer)}
    files.write_whole(target / BACKUP_NOTE, json.dumps(note, ensure_ascii=False, indent=1).encode() + b"\n")
    return missing


def _clear(target: Path) -> None:
    """What a copy that was not finished left in the folder, which held nothing before."""
    for path in (target / FILE_NAME, target / LOG, target / chain.FILE_NAME, target / BACKUP_NOTE):
        with contextlib.suppress(OSError):
            path.unlink()
    shutil.rmtree(target / FILES_FOLDER, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Copied:
    """What the copied database says: the copy's note, its chain tails, the hashes of the files that it names."""

    note: dict[str, object]
    tails: dict[str, Tail]
    names: list[str]


def _copied(cursor: duckdb.DuckDBPyConnection, original: dict[str, str]) -> _Copied:
    """Of the current database of the cursor; StoreError where its results are not those of the original."""
    copied = fingerprint(cursor)
    if copied != original:
        raise StoreError("Копия не совпала с хранилищем и удалена. Запустите проверку командой verify и повторите.")
    made = now().replace(tzinfo=dt.UTC).isoformat(timespec="seconds")
    return _Copied(
        {"made_at": made, "schema_version": schema_version(cursor), "results": copied},
        {row.chain: Tail(row.event_id, row.hash) for row in CHAIN_TAILS.asked_of(cursor)},
        [row.sha256 for row in document_files(cursor)],
    )


def anchors(folder: Path) -> dict[str, dict[str, str]]:
    """The ends of the chains as a backup noted them; one of an earlier version has them in its chain file only.

    Raises WrongCall where ``folder`` is no backup, StoreDamaged.
    """
    try:
        noted = json.loads((folder / BACKUP_NOTE).read_text(encoding="utf-8")).get("anchors")
        if noted is not None:
            return {name: chain.checked_note(note) for name, note in noted.items()}
    except FileNotFoundError:
        pass
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreDamaged(f"Опись копии {BACKUP_NOTE} повреждена. Возьмите другую копию.") from error
    found = chain.read_notes(folder)
    if not found:
        raise WrongCall(f"В папке {folder} нет описи копии. Укажите папку, сделанную командой backup.")
    return found


def _refuse_full(target: Path, folder: Path) -> None:
    if target == folder or folder in target.parents:
        raise Refused("Копия внутри самого хранилища не защитит от его потери. Укажите папку на другом диске.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"Папка {target} не пуста. Укажите новую или пустую папку для копии.")


def _copy_by_way_of_the_store(store: Store, target: Path) -> _Copied:
    """Table by table while others write, into the store's own folder, then out."""
    copy = store.folder / BACKUP_FOLDER / f"copy-{secrets.token_hex(4)}.duckdb"
    try:
        with store.raw() as cursor, in_russian():
            cursor.execute(f"ATTACH {quoted(str(copy))} AS backup_copy")
            try:
                original = _copy_tables(cursor)
                cursor.execute("USE backup_copy")
                copied = _copied(cursor, original)
            finally:
                cursor.execute(f"USE {DATABASE}")
                cursor.execute("DETACH backup_copy")
        files.copy_file(copy, target / FILE_NAME)
    except OSError as error:
        raise files.cannot_write(error, target) from error
    finally:
        for path in (copy, copy.with_name(copy.name + ".wal")):
            with contextlib.suppress(OSError):
                path.unlink()
    return copied


def _copy_at_once(store: Store, target: Path) -> _Copied:
    """File and log as they are, while nobody writes: nothing is written on the store's own disk."""
    with store.pause_writing(), store.raw() as cursor:
        files.copy_apart(store.path, target / FILE_NAME)
        if store.path.with_name(LOG).exists():
            files.copy_apart(store.path.with_name(LOG), target / LOG)
        original = fingerprint(cursor)
    connection = connect(target / FILE_NAME, read_only=False, wait=0)
    try:
        with in_russian():
            copied = _copied(connection, original)
            connection.execute("CHECKPOINT")
    finally:
        connection.close()
    (target / FILE_NAME).chmod(0o600)
    return copied


def _copy_tables(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Copies every table as of one moment; gives the digests of the original as of that moment.

    Not by COPY FROM DATABASE: inside a transaction it wants to change a setting, and settings are locked.
    """
    constraints = cursor.execute("SELECT value FROM meta WHERE key = 'constraints'").fetchone() != ("no",)
    cursor.execute("USE backup_copy")
    for migration in migrations():
        cursor.execute(migration.statements(constraints=constraints))
    cursor.execute(f"USE {DATABASE}")
    cursor.execute("BEGIN TRANSACTION")
    try:
        for table in TABLES:
            cursor.execute(f"INSERT INTO backup_copy.{table} SELECT * FROM {table}")  # noqa: S608  (names of our own)
        original = fingerprint(cursor)
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")
    cursor.execute("CHECKPOINT backup_copy")
    return original


def _copy_files(store: Store, target: Path, names: list[str]) -> list[str]:
    """Copies the submitted files, flushed; gives the hashes of those that are missing or damaged."""
    missing = []
    for name in names:
        original = store.files_folder / name
        if not original.is_file() or files.digest(original) != name:
            missing.append(name)
            continue
        files.copy_file(original, target / FILES_FOLDER / name)
    return missing
