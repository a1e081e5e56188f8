"""Putting a backup in the place of the store, proved by comparing every result; a killed one is finished later."""

from __future__ import annotations

import contextlib
import fcntl
import json
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from proforient.errors import Refused, StoreBusy, StoreDamaged, StoreError, WrongCall
from proforient.monitoring import now
from proforient.store import chain, files
from proforient.store.chain import NOTED_EVENTS
from proforient.store.connect import (
    BACKUP_FOLDER,
    BACKUP_NOTE,
    FILE_NAME,
    FILES_FOLDER,
    LOG,
    OPEN_FOLDERS,
    connect,
    in_russian,
)
from proforient.store.fingerprint import fingerprint
from proforient.store.migrate import refuse_newer, schema_version
from proforient.store.papers import document_files
from proforient.wording.order import name_order

PLAN = "restore.json"  # file that says what is to be moved where: written before the first move, removed after the last
LOCK = ".restore.lock"
STAGE, ASIDE = ".restore-", "replaced-"


def restore(source: Path, folder: Path, *, replace: bool = False) -> None:
    """Builds the store from the copy beside the old one, compares, then swaps; the old one stays in ``replaced-…``.

    Refused where a store with data is there and ``replace`` is not said. StoreBusy while the store is open,
    StoreDamaged where the backup is not whole.
    """
    folder = folder.absolute()
    if not (source / FILE_NAME).is_file():
        raise WrongCall(f"В папке {source} нет копии хранилища (файла {FILE_NAME}). Укажите папку, сделанную backup.")
    if folder.is_dir():
        finish(folder)
    _refuse_target(folder, replace=replace)
    stage = folder / f"{STAGE}{secrets.token_hex(4)}"
    try:
        (stage / FILES_FOLDER).mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)
        with _alone(folder):
            for name in (FILE_NAME, LOG, chain.FILE_NAME):
                if (source / name).is_file():
                    files.copy_file(source / name, stage / name)
            expected = _compared(source, stage)
            _plan(stage, folder)
            _carry_out(folder)
        if _results(folder / FILE_NAME) != expected:
            raise StoreDamaged("Восстановленное хранилище не совпало с копией. Проверьте диск и повторите restore.")
    except OSError as error:
        raise files.cannot_write(error, folder) from error
    finally:
        if not (folder / PLAN).exists():
            shutil.rmtree(stage, ignore_errors=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Held while a restore is under way: a killed one holds nothing. StoreBusy where another one is."""
    with (folder / LOCK).open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreBusy(
                "Хранилище восстанавливается из копии. Дождитесь, пока restore закончит, и повторите."
            ) from error
        try:
            yield
        finally:
            (folder / LOCK).unlink(missing_ok=True)


def finish(folder: Path) -> None:
    """Finishes a restore that was killed between two moves, and clears away one that was killed before the first.

    Raises StoreBusy while one is under way.
    """
    left = [path for path in folder.glob(f"{STAGE}*") if path.is_dir()]
    if (folder / PLAN).exists() or left:
        with _alone(folder):
            if (folder / PLAN).exists():
                _carry_out(folder)
            elif (folder / FILE_NAME).exists():
                for path in left:
                    shutil.rmtree(path, ignore_errors=True)


def refuse_leftovers(folder: Path) -> None:
    """StoreDamaged where a restore was broken off: what is there is not a new, empty store."""
    left = [path.name for path in folder.glob(f"{STAGE}*") if path.is_dir()]
    left += [path.name for path in folder.glob(f"{ASIDE}*") if (path / FILE_NAME).exists()]
    left.sort(key=name_order)
    if (folder / PLAN).exists() or (left and not (folder / FILE_NAME).exists()):
        raise StoreDamaged(
            f"Восстановление из копии было прервано: файла {FILE_NAME} в папке {folder} нет, а рядом осталось: "
            f"{', '.join(left) or PLAN}. Повторите restore ПАПКА --replace; прежнее хранилище лежит в папке "
            f"{ASIDE}…"
        )


def _compared(source: Path, stage: Path) -> dict[str, str]:
    """The results of the staged copy; StoreDamaged where they are not those that the backup noted."""
    results = _results(stage / FILE_NAME)
    note = source / BACKUP_NOTE
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))["results"] if note.is_file() else results
        tails = chain.read_tails(stage) or {}
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(f"Опись копии {BACKUP_NOTE} повреждена. Возьмите другую копию.") from error
    connection = connect(stage / FILE_NAME, read_only=True, wait=0)
    try:
        with in_russian():
            events = [tail.event for tail in tails.values()]
            hashes = dict(NOTED_EVENTS.asked_of(connection, events=events))
            names = [row.sha256 for row in document_files(connection)]
    finally:
        connection.close()
    if noted != results or chain.missing_work(tails, hashes):
        raise StoreDamaged("Копия не равна тому, что в неё записали: она повреждена. Возьмите другую копию.")
    for name in names:
        original = source / FILES_FOLDER / name
        if not original.is_file() or files.digest(original) != name:
            raise StoreDamaged(f"В копии нет принятого файла {name[:12]}… или он повреждён. Возьмите другую копию.")
        files.copy_file(original, stage / FILES_FOLDER / name)
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
        hashes = dict(NOTED_EVENTS.asked_of(connection, events=events))
        row = connection.execute(
            "SELECT (SELECT count(*) FROM organisation) + (SELECT count(*) FROM submission)"
        ).fetchone()
        return bool(row and row[0]) and not chain.missing_work(tails, hashes)
    except (StoreError, duckdb.Error):
        return False
    finally:
        connection.close()


def _plan(stage: Path, folder: Path) -> None:
    """Writes down every move, so that whoever comes after a kill can finish them."""
    files.sync_folder(stage)
    old = [name for name in (FILE_NAME, LOG, chain.FILE_NAME) if (folder / name).exists()]
    aside = f"{ASIDE}{now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    new = [name for name in (LOG, FILE_NAME, chain.FILE_NAME) if (stage / name).exists()]
    plan = {"stage": stage.name, "aside": aside, "old": old, "new": new}
    files.write_whole(folder / PLAN, json.dumps(plan).encode())


def _carry_out(folder: Path) -> None:
    """Moves the old store aside and the new one in; each move once, however often it is begun anew."""
    try:
        plan = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        stage, aside = folder / plan["stage"], folder / plan["aside"]
        old, new = list(plan["old"]), list(plan["new"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(
            f"Файл {PLAN} прерванного восстановления повреждён. Удалите его и повторите restore."
        ) from error
    for sub in (FILES_FOLDER, BACKUP_FOLDER):
        (folder / sub).mkdir(mode=0o700, exist_ok=True)
    if old:
        aside.mkdir(mode=0o700, exist_ok=True)
    for name in old:
        if not (aside / name).exists():
            (folder / name).rename(aside / name)
    if (stage / FILES_FOLDER).is_dir():  # submitted files are only ever added
        for path in (stage / FILES_FOLDER).iterdir():
            path.replace(folder / FILES_FOLDER / path.name)
    for name in new:
        if (stage / name).exists():
            (stage / name).replace(folder / name)
    files.sync_folder(folder / FILES_FOLDER)
    files.sync_folder(folder)
    (folder / PLAN).unlink()
    shutil.rmtree(stage, ignore_errors=True)
