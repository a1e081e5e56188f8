"""Reads everything that is stored and says, item by item, what is damaged or missing."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import duckdb

from proforient.errors import StoreDamaged, StoreError
from proforient.store import agreement, chain, files
from proforient.store.backup import anchors
from proforient.store.chain import NOTED_EVENTS
from proforient.store.connect import BACKUP_FOLDER, FILE_NAME, RESTORE, quoted
from proforient.store.fingerprint import TABLES, digest_question
from proforient.store.journal import STORED_FILES, StoredFileRow, number_of
from proforient.store.papers import DOCUMENT_FILES
from proforient.store.reading import Reader
from proforient.store.rows import Damage
from proforient.store.store import Store
from proforient.store.transaction import Question


class OrphanRow(NamedTuple):
    what: str
    id: str
    missing: str


class RepeatedRow(NamedTuple):
    what: str
    id: str


class StandingRow(NamedTuple):
    value_id: int
    period_id: int
    organisation: str


class RollupRow(NamedTuple):
    whose: str
    period_id: int
    territory: str
    indicator: str
    level: str
    cohort: str


ORPHANS = Question("orphans", OrphanRow)
REPEATED_KEYS = Question("repeated_keys", RepeatedRow)
WRONG_STANDING = Question("wrong_standing", StandingRow)
WRONG_ROLLUP = Question("wrong_rollup", RollupRow)

SHOWN = 20  # damages of one kind that are listed; the rest is counted
RETURN_FILE = "Верните файл из резервной копии (папка files) и повторите проверку."


def verify(
    store: Store, *, against: Path | None = None, reread: Callable[[Store], Iterable[Damage]] | None = None
) -> list[Damage]:
    """Every kind of damage in turn; what cannot be read any more does not keep the rest from being read.

    ``against``: a backup, every end of a chain in it must be in the store. ``reread``: the look at the kept files.
    """
    looks: list[Callable[[Store], Iterable[Damage]]] = [_damaged_tables, _strayed, whole, _wrong_files]
    if reread:
        looks.append(lambda store: _few(reread(store)))
    if against is not None:
        looks.append(lambda store: _missing_anchors(store, against))
    return _damages(store, *looks)


def quick(store: Store) -> list[Damage]:
    """What the log and the tables say of each other, and whether every kept file is there; seconds, not minutes."""
    return _damages(store, whole, _missing_files)


def _missing_anchors(store: Store, backup: Path) -> Iterator[Damage]:
    noted = anchors(backup)
    with store.read() as reader:
        ends = [number_of(note["event"]) for note in noted.values()]
        hashes = {row.event_id: row.hash for row in reader.ask(NOTED_EVENTS, events=ends)}
    for name, note in noted.items():
        if store.signer and store.signer.standing(name, note) == "forged":
            yield Damage(
                code="anchor-forged",
                what=f"Подпись под концом цепочки событий в копии {backup} не сходится: опись копии изменена.",
                where=str(backup),
                to_do="Возьмите другую копию и сверьте с ней.",
            )
        if int(note["event"]) and hashes.get(number_of(note["event"])) != note["hash"]:
            yield Damage(
                code="anchor-missing",
                what=f"События {note['event']}, которым кончается копия {backup}, в хранилище нет или оно другое: "
                "события после копии отрезаны или хранилище подменено.",
                where=f"цепочка {name}",
                to_do=RESTORE,
            )


def _few(damages: Iterable[Damage]) -> Iterator[Damage]:
    """The first ones, and how many more there are."""
    every = iter(damages)
    last = None
    for last in islice(every, SHOWN):
        yield last
    rest = sum(1 for _ in every)
    if last and rest:
        yield Damage(code=last.code, what=f"и ещё {rest} таких же", where=last.where, to_do=last.to_do)


def _damages(store: Store, *looks: Callable[[Store], Iterable[Damage]]) -> list[Damage]:
    found: list[Damage] = []
    for look in looks:
        try:
            found += look(store)
        except StoreError as error:
            found.append(Damage(code="unreadable", what=str(error), where=FILE_NAME, to_do=RESTORE))
    return found


def whole(store: Store) -> list[Damage]:
    """What the log and the tables say of each other; without a look at the files."""
    found: list[Damage] = []
    with store.read() as reader:
        for look in (*LOOKS, _unsigned(store)):
            found += _few(look(reader, store.folder))
    return found


def _damaged_tables(store: Store) -> Iterator[Damage]:
    """Checksums are checked when a block comes from the disk: so a copy of the file is read, not what is in memory."""
    with store.raw() as cursor, _copy_attached(store, cursor) as prefix:
        for table in TABLES:
            try:
                cursor.execute(digest_question(table, of=prefix)).fetchall()
            except duckdb.Error:
                yield Damage(
                    code="table-damaged", what=f"Таблица «{table}» не читается целиком.", where=FILE_NAME, to_do=RESTORE
                )


def _strayed(store: Store) -> Iterator[Damage]:
    for table in store.strayed():
        yield Damage(
            code="lake-differs",
            what=f"Таблица «{table}» общего хранилища не равна рабочей копии этого сервера.",
            where=table,
            to_do="Остановите этот сервер, удалите из его папки proforient.duckdb и запустите снова: копия соберётся "
            "заново. Останется расхождение с журналом — восстановите общее хранилище из копии.",
        )


@contextlib.contextmanager
def _copy_attached(store: Store, cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The prefix of the tables of a copy made while nobody writes; none where there is no room for a copy."""
    copy = store.folder / BACKUP_FOLDER / f"verify-{secrets.token_hex(4)}.duckdb"
    log = copy.with_name(copy.name + ".wal")
    try:
        try:
            with store.pause_writing():
                files.copy_apart(store.path, copy)
                if store.path.with_name(FILE_NAME + ".wal").exists():
                    files.copy_apart(store.path.with_name(FILE_NAME + ".wal"), log)
        except OSError:
            yield ""
            return
        try:
            cursor.execute(f"ATTACH {quoted(str(copy))} AS checked (READ_ONLY)")
        except duckdb.Error as error:
            raise StoreDamaged(f"Файл данных не открывается. {RESTORE}") from error
        yield "checked."
        with contextlib.suppress(duckdb.Error):
            cursor.execute("DETACH checked")
    finally:
        for path in (copy, log):
            with contextlib.suppress(OSError):
                path.unlink()


def _broken_chain(reader: Reader, folder: Path) -> Iterator[Damage]:
    for event in reader.broken_events():
        yield Damage(
            code="chain-broken",
            what=f"Событие {event.id} («{event.action}», {event.at:%d.%m.%Y %H:%M} UTC) изменено "
            "или перед ним что-то удалено.",
            where="журнал событий",
            to_do=RESTORE,
        )


def _lost_work(reader: Reader, folder: Path) -> Iterator[Damage]:
    try:
        noted = chain.read_tails(folder)
    except StoreDamaged as error:
        yield Damage(code="chain-file-damaged", what=str(error), where=chain.FILE_NAME, to_do=RESTORE)
        return
    if noted is None:
        yield Damage(
            code="chain-file-missing",
            what=f"Нет файла {chain.FILE_NAME}: без него не видно, не пропала ли подтверждённая работа.",
            where=chain.FILE_NAME,
            to_do="Сверьте последние события с выданными документами. Файл появится снова со следующей записью.",
        )
        return
    events = [tail.event for tail in noted.values()]
    hashes = {row.event_id: row.hash for row in reader.ask(NOTED_EVENTS, events=events)}
    for name in chain.missing_work(noted, hashes):
        yield Damage(code="work-lost", what=str(chain.work_is_missing()), where=f"цепочка {name}", to_do=RESTORE)


def _orphans(reader: Reader, folder: Path) -> Iterator[Damage]:
    for row in reader.ask(ORPHANS):
        yield Damage(
            code="orphan",
            what=f"Запись {row.what} {row.id} ссылается на то, чего нет: {row.missing}.",
            where=row.what,
            to_do=RESTORE,
        )


def _repeated(reader: Reader, folder: Path) -> Iterator[Damage]:
    for row in reader.ask(REPEATED_KEYS):
        yield Damage(code="repeated-key", what=f"Ключ {row.id} стоит дважды.", where=row.what, to_do=RESTORE)


def _wrong_standing(reader: Reader, folder: Path) -> Iterator[Damage]:
    for row in reader.ask(WRONG_STANDING):
        yield Damage(
            code="standing-wrong",
            what=f"Значение {row.value_id} организации «{row.organisation}» действует вопреки порядку принятых файлов.",
            where="value",
            to_do=RESTORE,
        )


def _wrong_rollup(reader: Reader, folder: Path) -> Iterator[Damage]:
    for row in reader.ask(WRONG_ROLLUP):
        figure = f"«{row.indicator}», {row.level}, {row.cohort}"
        if row.whose == "computed":
            yield Damage(
                code="total-wrong",
                what=f"Итог {figure} не равен сумме значений организаций.",
                where=row.territory,
                to_do=RESTORE,
            )
        else:
            yield Damage(
                code="total-wrong",
                what=f"Хранится итог {figure}, которого значения не дают.",
                where=row.territory,
                to_do=RESTORE,
            )


Look = Callable[[Reader, Path], Iterator[Damage]]
LOOKS: tuple[Look, ...] = (
    _broken_chain,
    _lost_work,
    agreement.noticed,
    agreement.wrong_schema,
    agreement.changed_rows,
    agreement.log_disagrees,
    agreement.wrong_texts,
    _orphans,
    _repeated,
    _wrong_standing,
    _wrong_rollup,
)


def _unsigned(store: Store) -> Look:
    """What is wrong now with the note of the chain's tail; the next write tells the log and makes the note anew."""

    def look(reader: Reader, folder: Path) -> Iterator[Damage]:
        with contextlib.suppress(StoreDamaged):  # told by _lost_work
            standing = store.chain_stands()
            if standing not in ("signed", "missing"):  # a missing one is told by _lost_work, too
                code, what = agreement.NOTICED[standing]
                yield Damage(code=code, what=f"Сейчас {what}.", where=chain.FILE_NAME, to_do=agreement.AGAINST)

    return look


def _missing_files(store: Store) -> Iterator[Damage]:
    with store.read() as reader:
        rows = [*reader.ask(STORED_FILES), *reader.ask(DOCUMENT_FILES)]
    for row in rows:
        if not (store.files_folder / row.sha256).is_file():
            yield _missing_file(row)


def _wrong_files(store: Store) -> Iterator[Damage]:
    with store.read() as reader:
        rows = [*reader.ask(STORED_FILES), *reader.ask(DOCUMENT_FILES)]
    for row in rows:
        path = store.files_folder / row.sha256
        if not path.is_file():
            yield _missing_file(row)
        elif path.stat().st_size != row.file_size or files.digest(path) != row.sha256:
            yield Damage(
                code="file-damaged",
                what=f"Содержимое принятого файла «{row.file_name}» изменилось.",
                where=row.sha256,
                to_do=RETURN_FILE,
            )


def _missing_file(row: StoredFileRow) -> Damage:
    return Damage(
        code="file-missing", what=f"Нет принятого файла «{row.file_name}».", where=row.sha256, to_do=RETURN_FILE
    )
