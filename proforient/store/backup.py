"""A whole copy of the store made while others write, and putting one back, both proved by comparing every result."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from proforient.errors import Refused, StoreBusy, StoreDamaged, StoreError, WrongCall
from proforient.store import chain, files
from proforient.store.chain import Tail
from proforient.store.connect import BACKUP_FOLDER, DATABASE, FILE_NAME, OPEN_FOLDERS, connect, in_russian, quoted
from proforient.store.fingerprint import TABLES, fingerprint
from proforient.store.migrate import migrations, refuse_newer, schema_version
from proforient.store.session import question

if TYPE_CHECKING:
    from proforient.store.store import Store

NOTE = "backup.json"
LOG = FILE_NAME + ".wal"
FILES_FOLDER = "files"


def backup(store: Store, target: Path) -> Path:
    """Copies database, files and the chain's tail as of one moment into ``target`` (new or empty).

    The copy is made inside the store's own backup folder, compared with the original, then copied out. Raises
    Refused where ``target`` holds anything, DiskFull, StoreDamaged where a submitted file is missing (the copy of
    everything else is whole all the same).
    """
    target = target.absolute()
    _refuse_full(target, store.folder)
    copy = store.folder / BACKUP_FOLDER / f"copy-{secrets.token_hex(4)}.duckdb"
    try:
        note, tails, names = _copy_database(store, copy)
        missing = _copy_out(store, copy, target, names)
        chain.write_tails(target, tails)
        files.write_whole(target / NOTE, json.dumps(note, ensure_ascii=False, indent=1).encode() + b"\n")
    except OSError as error:
        raise files.cannot_write(error, target) from error
    finally:
        copy.unlink(missing_ok=True)
        copy.with_name(copy.name + ".wal").unlink(missing_ok=True)
    if missing:
        raise StoreDamaged(
            f"Копия сделана, но принятых файлов не хватает или они повреждены: {len(missing)} "
            f"(первый — {missing[0][:12]}…). Проверьте хранилище командой verify и верните файлы из прежней копии."
        )
    return target


def _refuse_full(target: Path, folder: Path) -> None:
    if target == folder or folder in target.parents:
        raise Refused("Копия внутри самого хранилища не защитит от его потери. Укажите папку на другом диске.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"Папка {target} не пуста. Укажите новую или пустую папку для копии.")


def _copy_database(store: Store, copy: Path) -> tuple[dict[str, object], dict[str, Tail], list[str]]:
    """The copy's note, its chain tails, and the hashes of the files that it names."""
    with store.raw() as cursor, in_russian():
        cursor.execute(f"ATTACH {quoted(str(copy))} AS backup_copy")
        try:
            original = _copy_tables(cursor)
            cursor.execute("USE backup_copy")
            copied = fingerprint(cursor)
            tails = {row[0]: Tail(row[1], row[2]) for row in cursor.execute(question("chain_tails")).fetchall()}
            names = [str(row[0]) for row in cursor.execute(question("stored_files")).fetchall()]
            version = schema_version(cursor)
        finally:
            cursor.execute(f"USE {DATABASE}")
            cursor.execute("DETACH backup_copy")
    if copied != original:
        raise StoreError("Копия не совпала с хранилищем и удалена. Запустите проверку командой verify и повторите.")
    made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"made_at": made, "schema_version": version, "results": copied}, tails, names


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


def _copy_out(store: Store, copy: Path, target: Path, names: list[str]) -> list[str]:
    """Copies to the target, flushed; gives the hashes of files that are missing or damaged."""
    (target / FILES_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    target.chmod(0o700)
    _copy_file(copy, target / FILE_NAME)
    missing = []
    for name in names:
        original = store.files_folder / name
        if not original.is_file() or files.digest(original) != name:
            missing.append(name)
            continue
        _copy_file(original, target / FILES_FOLDER / name)
    return missing


def _copy_file(source: Path, target: Path) -> None:
    """Copies and reads back: a backup that was cut on the way is no backup."""
    shutil.copyfile(source, target)
    target.chmod(0o600)
    with target.open("rb") as stream:
        os.fsync(stream.fileno())
    if files.digest(source) != files.digest(target):
        raise StoreError(f"Файл {target.name} скопировался с ошибкой. Проверьте диск и повторите.")


def restore(source: Path, folder: Path, *, replace: bool) -> None:
    """Builds the store from the copy beside the old one, compares, then swaps; the old one stays in ``replaced-…``."""
    if not (source / FILE_NAME).is_file():
        raise WrongCall(f"В папке {source} нет копии хранилища (файла {FILE_NAME}). Укажите папку, сделанную backup.")
    _refuse_target(folder, replace=replace)
    stage = folder / f".restore-{secrets.token_hex(4)}"
    try:
        (stage / FILES_FOLDER).mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)
        for name in (FILE_NAME, LOG, chain.FILE_NAME):
            if (source / name).is_file():
                _copy_file(source / name, stage / name)
        expected = _compared(source, stage)
        _swap(stage, folder)
        if _results(folder / FILE_NAME) != expected:
            raise StoreDamaged("Восстановленное хранилище не совпало с копией. Проверьте диск и повторите restore.")
    except OSError as error:
        raise files.cannot_write(error, folder) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _compared(source: Path, stage: Path) -> dict[str, str]:
    """The results of the staged copy; StoreDamaged where they are not those that the backup noted."""
    results = _results(stage / FILE_NAME)
    note = source / NOTE
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))["results"] if note.is_file() else results
        tails = chain.read_tails(stage) or {}
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(f"Опись копии {NOTE} повреждена. Возьмите другую копию.") from error
    connection = connect(stage / FILE_NAME, read_only=True, wait=0)
    try:
        with in_russian():
            events = [tail.event for tail in tails.values()]
            hashes = dict(connection.execute(question("noted_events"), {"events": events}).fetchall())
            names = [str(row[0]) for row in connection.execute(question("stored_files")).fetchall()]
    finally:
        connection.close()
    if noted != results or chain.missing_work(tails, hashes):
        raise StoreDamaged("Копия не равна тому, что в неё записали: она повреждена. Возьмите другую копию.")
    for name in names:
        original = source / FILES_FOLDER / name
        if not original.is_file() or files.digest(original) != name:
            raise StoreDamaged(f"В копии нет принятого файла {name[:12]}… или он повреждён. Возьмите другую копию.")
        _copy_file(original, stage / FILES_FOLDER / name)
    return results


def _results(path: Path) -> dict[str, str]:
    connection = connect(path, read_only=True, wait=0)
    try:
        refuse_newer(schema_version(connection))
        return fingerprint(connection)
    finally:
        connection.close()


def _refuse_target(folder: Path, *, replace: bool) -> None:
    path = folder / FILE_NAME
    if folder in OPEN_FOLDERS or (path.exists() and _held(path)):
        raise StoreBusy("Хранилище открыто. Остановите приложение и повторите restore.")
    if path.exists() and not replace and _holds_data(path, folder):
        raise Refused(
            f"В папке {folder} уже есть хранилище с данными. Чтобы заменить его копией, подтвердите замену: "
            "прежнее хранилище останется рядом, в папке replaced-…"
        )


def _held(path: Path) -> bool:
    """Whether another process has the file open: the database locks it the same way."""
    with path.open("r+b") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _holds_data(path: Path, folder: Path) -> bool:
    """Whether a store that opens and adds up has anything in it; a damaged one may always be replaced."""
    try:
        connection = connect(path, read_only=True, wait=0)
    except StoreError:
        return False
    try:
        if not schema_version(connection):
            return False
        tails = chain.read_tails(folder) or {}
        events = [tail.event for tail in tails.values()]
        hashes = dict(connection.execute(question("noted_events"), {"events": events}).fetchall())
        row = connection.execute(
            "SELECT (SELECT count(*) FROM organisation) + (SELECT count(*) FROM submission)"
        ).fetchone()
        return bool(row and row[0]) and not chain.missing_work(tails, hashes)
    except (StoreError, duckdb.Error):
        return False
    finally:
        connection.close()


def _swap(stage: Path, folder: Path) -> None:
    """Moves the old store aside and the new one in; submitted files are only ever added."""
    there = [folder / name for name in (FILE_NAME, LOG, chain.FILE_NAME) if (folder / name).exists()]
    if there:
        aside = folder / f"replaced-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        aside.mkdir(mode=0o700)
        for path in there:
            path.rename(aside / path.name)
    for sub in (FILES_FOLDER, BACKUP_FOLDER):
        (folder / sub).mkdir(mode=0o700, exist_ok=True)
    for path in (stage / FILES_FOLDER).iterdir():
        path.replace(folder / FILES_FOLDER / path.name)
    for name in (LOG, FILE_NAME, chain.FILE_NAME):
        if (stage / name).exists():
            (stage / name).replace(folder / name)
    files.sync_folder(folder / FILES_FOLDER)
    files.sync_folder(folder)
