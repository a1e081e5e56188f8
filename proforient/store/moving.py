"""From one file into the shared store and back, proved equal by comparing every row of every table and view."""

from __future__ import annotations

import secrets
import shutil
import uuid
from pathlib import Path

import pyarrow as pa

from proforient.errors import Refused, StoreError
from proforient.store import files
from proforient.store.backup import backup
from proforient.store.connect import FILES_FOLDER
from proforient.store.fingerprint import digest_question
from proforient.store.lake import Lake
from proforient.store.lake_steps import Turn
from proforient.store.lake_tables import CARRIED, forms
from proforient.store.lake_upkeep import digests, stands
from proforient.store.lake_writing import take_form
from proforient.store.migrate import newest
from proforient.store.papers import document_files
from proforient.store.restoring import restore
from proforient.store.store import Store


def move_into(store: Store, dsn: str, shared: Path) -> int:
    """Fills an empty shared store with all that ``store`` holds; gives the number of rows. ``store`` stays as it is.

    Raises Refused where the shared store has anything, StoreError where it does not come out equal: then it is empty.
    """
    lake = Lake(dsn, shared)
    try:
        for folder in (shared, lake.parquet, shared / FILES_FOLDER):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with store.pause_writing(), lake.turn():
            if stands(lake) is not None:
                raise Refused("В общем хранилище уже есть данные. Назовите пустую базу PostgreSQL.")
            return _filled(store, lake, shared)
    except OSError as error:
        raise files.cannot_write(error, shared) from error
    finally:
        lake.close()


def _filled(store: Store, lake: Lake, shared: Path) -> int:
    with store.raw() as cursor:
        for row in document_files(cursor):
            files.put(shared / FILES_FOLDER, store.get_file(row.sha256))
        form = {table: columns for table, columns in forms(cursor).items() if table in CARRIED}

        def rows(table: str) -> tuple[tuple[object, ...], pa.Table]:
            digest = cursor.execute(digest_question(table)).fetchall()[0]
            return digest, cursor.execute(f"SELECT * FROM {table}").to_arrow_table()  # noqa: S608  # names of our own

        take_form(lake, form, rows, Turn(str(uuid.uuid4()), 1, 1, store.mark, newest()), "move")
        own = {table: rows(table)[0] for table in form}
    if digests(lake) != own:
        raise StoreError("Общее хранилище не совпало с исходным. Проверьте диски, возьмите пустую базу и повторите.")
    return sum(int(str(digest[0])) for digest in own.values())


def move_out(store: Store, folder: Path) -> None:
    """Makes a store of one file in ``folder`` (new or empty), compared with the shared one; that stays as it is."""
    folder = folder.absolute()
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"Папка {folder} не пуста. Назовите новую или пустую.")
    between = folder.parent / f".move-{secrets.token_hex(4)}"
    try:
        restore(backup(store, between), folder)
    finally:
        shutil.rmtree(between, ignore_errors=True)
