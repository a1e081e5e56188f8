"""Everything that is stored in open formats, without a secret, and an empty store made of it again.

A file of JSON beside the tables says how many rows each has, its digest, and the digest of every result.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from proforient import __version__
from proforient.errors import Refused, StoreDamaged, WrongCall
from proforient.monitoring import now
from proforient.store import files
from proforient.store.column_words import TABLES_TOLD, told_of
from proforient.store.connect import in_russian
from proforient.store.fingerprint import RESULTS, TABLES, fingerprint
from proforient.store.migrate import schema_version
from proforient.store.papers import document_files
from proforient.store.store import Store
from proforient.wording import as_text

FORM = 1  # number of the export's form
NOTE = "export.json"
CATALOGUE = "catalogue.toml"
# What opens something is left out or empty: an import makes new tokens, passwords are set anew.
LEFT_OUT = ("invitation", "ended_session", "hall_code", "opening_count")
EMPTIED: Mapping[str, str] = {"account": "password", "snapshot": "token", "publication": "token"}
ALIKE = tuple(name for name in (*TABLES, *RESULTS) if name not in LEFT_OUT and name not in EMPTIED)

Put = Callable[[str, bytes], None]


def export(store: Store, target: Path, catalogue: str) -> int:
    """Writes ``target``, a ZIP where it is called so, else a new or empty folder; gives the number of tables.

    All of one moment. Refused where something is there; StoreDamaged where a kept file is missing; DiskFull.
    """
    if target.exists() and not (target.is_dir() and target.suffix != ".zip" and not any(target.iterdir())):
        raise Refused(f"{target} уже есть. Укажите новый файл .zip или новую, пустую папку.")
    try:
        if target.suffix != ".zip":
            return _written(store, catalogue, lambda name, data: _into_folder(target, name, data))
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{target.name}.half")
        try:
            with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
                half.chmod(0o600)
                many = _written(store, catalogue, archive.writestr)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
        return many
    except OSError as error:
        raise files.cannot_write(error, target) from error


def _into_folder(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write_whole(path, data)


def _written(store: Store, catalogue: str, put: Put) -> int:
    tables: dict[str, dict[str, object]] = {}
    lines = [_HEAD]
    with store.raw() as cursor, in_russian():
        cursor.execute("BEGIN TRANSACTION")
        try:
            for name, table in _tables(cursor):
                data = _parquet(table)
                put(f"tables/{name}.parquet", data)
                put(f"csv/{name}.csv", _csv(table))
                tables[name] = {"rows": table.num_rows, "sha256": hashlib.sha256(data).hexdigest()}
                lines.append(_table_section(name, table))
            results = {name: found for name, found in fingerprint(cursor).items() if name in ALIKE}
            version = schema_version(cursor)
            hashes = [row.sha256 for row in document_files(cursor)]
        finally:
            cursor.execute("ROLLBACK")
    for sha256 in dict.fromkeys(hashes):
        put(f"files/{sha256}", store.get_file(sha256))
    put(CATALOGUE, catalogue.encode())
    put("README.md", "\n".join(lines).encode())
    note = {
        "form": FORM,
        "made_at": now().replace(tzinfo=dt.UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "schema_version": version,
        "catalogue": hashlib.sha256(catalogue.encode()).hexdigest(),
        "tables": tables,
        "results": results,
    }
    put(NOTE, json.dumps(note, ensure_ascii=False, indent=1).encode() + b"\n")
    return len(tables)


def _tables(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, pa.Table]]:
    for name in TABLES:
        if name in LEFT_OUT:
            continue
        chosen = f"* REPLACE ('' AS {EMPTIED[name]})" if name in EMPTIED else "*"
        yield name, cursor.execute(f"SELECT {chosen} FROM {name}").to_arrow_table()  # noqa: S608  (names of our own)


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _csv(table: pa.Table) -> bytes:
    """As Russian Excel opens it: UTF-8 with a mark, «;» between, decimal commas; nothing is empty, an empty text «""».

    A text that Excel would take for a formula, a day or another number gets «'».
    """
    columns = [_for_excel(column) for column in table.columns]
    out = io.BytesIO(b"\xef\xbb\xbf")
    out.seek(0, io.SEEK_END)
    shown = pa.table(dict(zip(table.column_names, columns, strict=True)))
    pa_csv.write_csv(shown, out, pa_csv.WriteOptions(delimiter=";"))
    return out.getvalue()


def _for_excel(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_decimal(column.type):
        return pc.replace_substring(column.cast(pa.string()), ".", ",")
    if not pa.types.is_string(column.type):
        return column
    texts = pc.unique(column.combine_chunks())
    written = pa.array([None if text is None else as_text(text) for text in texts.to_pylist()], pa.string())
    return pc.take(written, pc.index_in(column, texts))


_HEAD = f"""# Данные мониторинга профориентации

`tables/` — таблицы в Parquet, `csv/` — они же в CSV, как их открывает русский Excel (UTF-8, «;», дробные числа с
запятой; пустая ячейка — значения нет, `""` — пустой текст; текст, который Excel принял бы за формулу, дату или другое
число, например «2024-1», начинается с апострофа). Программам удобнее Parquet: там тексты как есть. `files/` — принятые
файлы и документы под именами-отпечатками SHA-256, `{CATALOGUE}` — каталог показателей, `{NOTE}` — опись с
отпечатками. Журнал — таблица `event`.

Паролей, приглашений, ссылок для гостей и кодов для зала здесь нет: столбцы `password` и `token` пусты, таблицы
{", ".join(f"`{name}`" for name in LEFT_OUT)} не выгружены. Время везде по UTC. Коды уровней,
категорий, показателей и чисел — в каталоге.

Вернуть: `proforient import ФАЙЛ` в пустую папку данных; итоги сверяются с описью.
"""


def _table_section(name: str, table: pa.Table) -> str:
    lines = [f"## {name}", "", f"{TABLES_TOLD.get(name, name)}; строк: {table.num_rows}", ""]
    lines += ["| столбец | тип | что в нём |", "|---|---|---|"]
    for field in table.schema:
        kind = _TYPES.get(str(field.type), str(field.type))
        what = "оставлен пустым" if EMPTIED.get(name) == field.name else told_of(name, field.name)
        lines.append(f"| {field.name} | {kind} | {what} |")
    return "\n".join([*lines, ""])


_TYPES: Mapping[str, str] = {
    "string": "текст",
    "int64": "целое",
    "int32": "целое",
    "uint64": "целое",
    "bool": "да/нет",
    "date32[day]": "день",
    "timestamp[us]": "время UTC",
}


def read_note(source: Path | zipfile.Path) -> dict[str, object]:
    """The list of an export; WrongCall where there is none, StoreDamaged where it cannot be read."""
    try:
        note = json.loads((source / NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, KeyError, zipfile.BadZipFile) as error:
        raise WrongCall(
            f"Описи {NOTE} нет: это не выгрузка. Укажите файл или папку, сделанные командой export."
        ) from error
    except ValueError as error:
        raise damaged(NOTE) from error
    if not isinstance(note, dict) or note.get("form") != FORM:
        raise WrongCall("Выгрузку сделала другая версия программы, её формы эта версия не знает. Обновите программу.")
    return note


def damaged(name: str) -> StoreDamaged:
    return StoreDamaged(f"Выгрузка повреждена: {name} не такой, каким был записан. Возьмите другую.")


__all__ = ["ALIKE", "CATALOGUE", "EMPTIED", "NOTE", "damaged", "export", "read_note"]
