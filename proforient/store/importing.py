"""A store made of an export: built beside, compared result by result, then put in the place of an empty one."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused, WrongCall
from proforient.store import chain, files, seals
from proforient.store.agreement import SEALING_EVENTS
from proforient.store.chain import CHAIN_TAILS, Signer, Tail
from proforient.store.connect import FILE_NAME, FILES_FOLDER, in_russian
from proforient.store.exporting import ALIKE, CATALOGUE, EMPTIED, LEFT_OUT, damaged, read_note
from proforient.store.fingerprint import TABLES, fingerprint
from proforient.store.migrate import migrations, refuse_newer
from proforient.store.papers import document_files
from proforient.store.restoring import restore
from proforient.store.secret_keys import chain_key
from proforient.store.snapshots import new_token
from proforient.store.store import Store
from proforient.store.writing import Writer


def take_in(source: Path, folder: Path, catalogue: Catalogue, *, keys: Path, actor: str) -> int:
    """Makes the store of ``folder``, which holds none with data; gives how many results were compared.

    Refused where data are there or the catalogue is not that of the export; WrongCall, StoreDamaged, StoreBusy.
    """
    opened = _opened(source)
    note = read_note(opened)
    if note.get("catalogue") != hashlib.sha256(catalogue.text.encode()).hexdigest():
        raise Refused(
            "Каталог показателей здесь не тот, по которому сделана выгрузка: итоги вышли бы другими. "
            f"Возьмите {CATALOGUE} из выгрузки и укажите его в PROFORIENT_CATALOGUE."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=folder.parent) as made:
        stage = Path(made)
        compared = _build(opened, note, stage, Signer(chain_key(keys)))
        with closing(Store.open(stage, catalogue, secrets=keys)) as store, store.write(actor, based_on=None) as writer:
            _tell(writer)
        restore(stage, folder)
    return compared


def _opened(source: Path) -> Path | zipfile.Path:
    if source.is_dir():
        return source
    try:
        return zipfile.Path(zipfile.ZipFile(source))
    except (OSError, zipfile.BadZipFile) as error:
        raise WrongCall(f"{source} не открывается: нужна папка или архив ZIP, сделанные командой export.") from error


def _build(source: Path | zipfile.Path, note: Mapping[str, Any], stage: Path, signer: Signer) -> int:
    """Database, files and the end of the chain; StoreDamaged where anything is not as the list says."""
    (stage / FILES_FOLDER).mkdir(mode=0o700)
    version = int(note["schema_version"])
    refuse_newer(version)
    with closing(duckdb.connect(str(stage / FILE_NAME))) as connection, in_russian():
        for migration in migrations():
            if migration.version <= version:
                connection.execute(migration.statements(constraints=True))
        for name in TABLES:
            if name in note["tables"]:
                _fill(connection, name, _table(source, name, note["tables"][name]))
        found = fingerprint(connection)
        wrong = [name for name in ALIKE if found.get(name) != note["results"].get(name)]
        if wrong:
            raise damaged(", ".join(wrong))
        tails = {row.chain: Tail(row.event_id, row.hash) for row in CHAIN_TAILS.asked_of(connection)}
        names = [row.sha256 for row in document_files(connection)]
        connection.execute("CHECKPOINT")
    for name in dict.fromkeys(names):
        data = _read(source, f"files/{files.file_name(name)}")
        if hashlib.sha256(data).hexdigest() != name:
            raise damaged(f"files/{name}")
        files.put(stage / FILES_FOLDER, data)
    chain.write_tails(stage, tails, signer)
    return len(note["results"])


def _read(source: Path | zipfile.Path, name: str) -> bytes:
    try:
        return (source / name).read_bytes()
    except (FileNotFoundError, KeyError, zipfile.BadZipFile) as error:
        raise damaged(name) from error


def _table(source: Path | zipfile.Path, name: str, table_note: Mapping[str, object]) -> pa.Table:
    data = _read(source, f"tables/{name}.parquet")
    if hashlib.sha256(data).hexdigest() != table_note["sha256"]:
        raise damaged(f"tables/{name}.parquet")
    table = pq.read_table(io.BytesIO(data))
    if EMPTIED.get(name) == "token":  # what opened it stays secret: it gets a new one
        at = table.column_names.index("token")
        table = table.set_column(at, "token", pa.array([new_token() for _ in range(table.num_rows)], pa.string()))
    return table


def _fill(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("incoming", table)
    try:
        columns = ", ".join(f'"{column}"' for column in table.column_names)
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT * FROM incoming")  # noqa: S608  (names of our own)
    finally:
        connection.unregister("incoming")


def _tell(writer: Writer) -> None:
    """The log says which rows are not what it told of them so far: those that had a secret."""
    held, _ = seals.replayed((row.event_id, row.detail) for row in writer.ask(SEALING_EVENTS))
    if held is None:
        writer.log("store.imported", "store", {})
        return
    there = seals.everything(writer)
    moved = {name: seals.difference(held.get(name, {}), there[name]) for name in (*EMPTIED, *LEFT_OUT) if name in there}
    writer.log("store.imported", "store", {seals.FIELD: {name: found for name, found in moved.items() if found}})
