"""The store of one process: opens the folder, hands out transactions, keeps the chain's tail outside the database."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import duckdb

from proforient.catalogue.entries import Catalogue
from proforient.errors import DiskFull, Refused, StoreBusy, StoreError, WrongCall
from proforient.store import chain, files, restoring, rollup, seals
from proforient.store.chain import CHAIN_TAILS, Signer, Tail
from proforient.store.connect import FILE_NAME, FILES_FOLDER, LOG, OPEN_FOLDERS, connect, in_russian, is_fatal
from proforient.store.data_file import DataFile
from proforient.store.folder import TransactionFiles, clear_leftovers, is_writable, make_folders
from proforient.store.ids import Ids
from proforient.store.migrate import migrate, refuse_newer, refuse_older, schema_version, written_by
from proforient.store.reading import Reader
from proforient.store.rows import WrongTries
from proforient.store.seals import SEALED
from proforient.store.secret_keys import CHAIN_KEY, chain_key
from proforient.store.transaction import Transaction
from proforient.store.writing import Witness, Writer

_register = threading.Lock()


class Store:
    """One per process and folder. ``read`` and ``write`` give transactions, each with a cursor of its own."""

    def __init__(self, folder: Path, catalogue: Catalogue, *, read_only: bool, wait: float) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.read_only = read_only
        self.reads_alone = False  # whether what was last known is read while the rest cannot be reached
        self.version = 0  # grows with each change of the figures; results cached under an older version are not used
        self.commits = 0  # number of commits of any kind, those to accounts and links included
        self._file = DataFile(folder / FILE_NAME, read_only=read_only, wait=wait)
        self._one_writer = threading.Lock()
        self._writing_thread: int | None = None
        self._tails: dict[str, Tail] = {}
        self._ids = Ids()
        self._chain = ""
        self.signer: Signer | None = None
        self._migrated: seals.Seals = {}
        self._keys: set[str] = set()  # that ever signed this store's tail, as the log says

    @classmethod
    def open(
        cls,
        folder: Path,
        catalogue: Catalogue,
        *,
        wait: float = 5.0,
        read_only: bool = False,
        constraints: bool = True,
        secrets: Path | None = None,
    ) -> Store:
        """Opens or makes the store; ``constraints`` False makes a new one in the form of the shared store.

        ``secrets``: the folder of the key that signs the chain's tail; None leaves it unsigned.

        Raises StoreBusy (after ``wait`` seconds; says which process), StoreNewer, StoreDamaged, DiskFull, WrongCall.
        A store that is newer or damaged is not touched.
        """
        return cls._made(folder, catalogue, read_only=read_only, wait=wait).begin(secrets, constraints=constraints)

    @classmethod
    def _made(cls, folder: Path, catalogue: Catalogue, *, read_only: bool, wait: float) -> Self:
        """The only one of this process for the folder; nothing is open yet."""
        folder = folder.absolute()
        read_only = read_only or not is_writable(folder)
        if not read_only:
            make_folders(folder)
        with _register:
            if folder in OPEN_FOLDERS:
                raise StoreBusy("Хранилище уже открыто в этом же процессе. Пользуйтесь открытым или закройте его.")
            OPEN_FOLDERS.add(folder)
        return cls(folder, catalogue, read_only=read_only, wait=wait)

    def begin(self, secrets: Path | None, *, constraints: bool) -> Self:
        """Opens what ``open`` has found; closed again where that fails."""
        try:
            self.signer = _signer(secrets, read_only=self.read_only)
            with in_russian():
                self._start(constraints)
        except BaseException:
            self.close()
            raise
        return self

    @property
    def path(self) -> Path:
        """The data file."""
        return self._file.path

    @property
    def files_folder(self) -> Path:
        return self.folder / FILES_FOLDER

    @property
    def remembers(self) -> bool:
        """Whether ``earlier`` knows what was confirmed on an earlier day."""
        return False

    @property
    def away(self) -> str:
        """Why what others have confirmed cannot be seen now; empty where all there is to be seen is at hand."""
        return ""

    @property
    def mark(self) -> int:
        """The last event that is confirmed (0: none): take it before reading what an action will be decided on."""
        return max((tail.event for tail in self._tails.values()), default=0)

    def _start(self, constraints: bool) -> None:
        if not self.read_only:
            restoring.finish(self.folder)
        restoring.refuse_leftovers(self.folder)
        fresh = not self.path.exists()
        if fresh and chain.read_tails(self.folder) is not None:
            raise chain.work_is_missing()
        if fresh and self.read_only:
            raise WrongCall(f"В папке {self.folder} нет хранилища. Проверьте PROFORIENT_DATA.")
        torn = not fresh and self.path.with_name(LOG).exists()
        if torn:  # opening for writing would merge what a killed program left into the data file
            connection = connect(self.path, read_only=True, wait=self._file.wait)
            try:
                self._refuse(connection)
            finally:
                connection.close()
        connection = self._file.open()
        if not fresh and not torn:
            self._refuse(connection)
        if self.read_only:
            refuse_older(schema_version(connection))
        else:
            self._migrate(constraints)
            clear_leftovers(self.folder)
        self._read_tails()
        self._file.guard_modes()
        if self._tails and not self.read_only:
            self._settle_log()
        self._take_catalogue(fresh=not self._tails)

    def _migrate(self, constraints: bool) -> None:
        """Brings the schema up to date; rows that a migration changed are told in the log."""
        assert self._file.connection is not None
        cursor = self._file.connection.cursor()
        rows = Transaction(cursor, self.catalogue)
        version = schema_version(cursor)
        # Of a country each row costs memory here, and most steps of the schema change none.
        written = written_by(version) if version else set()
        old = seals.everything(rows, of=written) if written else {}
        migrate(cursor, constraints=constraints)
        if old:
            new = seals.everything(rows, of=written)
            moved = {table: seals.difference(old[table], new.get(table, {})) for table in old}
            self._migrated = {table: changed for table, changed in moved.items() if changed}

    def _refuse(self, connection: duckdb.DuckDBPyConnection) -> None:
        """StoreNewer and StoreDamaged where another version wrote the file, or what was confirmed is not in it."""
        version = schema_version(connection)
        refuse_newer(version)
        noted = chain.read_tails(self.folder)
        if noted:
            chain.refuse_missing_work(connection, version, noted)

    def _read_tails(self) -> None:
        with Store.read(self) as reader:  # what is at hand, without a look at what others have confirmed meanwhile
            rows = reader.ask(CHAIN_TAILS)
            self._chain = reader.fact("installation_id") or ""
            self._keys = {json.loads(event.detail)["key"] for event in reader.events(action="chain.signed")}
        self._tails = {row.chain: Tail(row.event_id, row.hash) for row in rows}
        self._ids = Ids(max((tail.event for tail in self._tails.values()), default=0))

    def _take_catalogue(self, *, fresh: bool) -> None:
        """Syncs the arithmetic of the catalogue; the totals are computed anew where it changed."""
        with self.read() as reader:
            if rollup.in_step(reader) and not fresh:
                return
        if self.read_only:
            raise WrongCall("Каталог изменился. Откройте хранилище один раз для записи, чтобы пересчитать показатели.")
        with self.write("system", based_on=None) as writer:
            if fresh:
                writer.log("store.created", "store", {"installation": self._chain})
                writer.touched.all()
            rollup.take_components(writer)
            rollup.rebuild(writer)
            about = {"code": self.catalogue.code, "version": self.catalogue.version}
            writer.log("catalogue.taken", f"catalogue/{self.catalogue.code}", about)

    def _settle_log(self) -> None:
        """The log says how every table stands, and by which key its end is signed, before anything else is written."""
        with self.read() as reader:
            sealed = bool(reader.ask(SEALED))
        signed = self.signer is None or self.signer.id in self._keys
        if sealed and signed and self.chain_stands() == "signed" and not self._migrated:
            return
        # A full disk must not keep a store from being read: it is said with the next write.
        with contextlib.suppress(DiskFull), self.write("system", based_on=None, figures=False) as writer:
            if self._migrated:
                writer.log("store.migrated", "store", {seals.FIELD: self._migrated})
            if not sealed:
                writer.log("store.sealed", "store", {})
                writer.touched.all()

    def chain_stands(self) -> chain.ReportStanding:
        """What the notes of the chains' tails are worth; a store that was never signed is as good as signed."""
        found = [chain.standing(self.folder, name, self.signer) for name in self._tails]
        wrong: chain.ReportStanding = next((standing for standing in found if standing != "signed"), "signed")
        return "signed" if wrong == "unsigned" and not self._keys else wrong

    def _notice(self, writer: Writer) -> None:
        """A missing or forged note of the chain's tail is told in the log, for ever, before the note is made anew."""
        standing = self.chain_stands()
        if standing != "signed":
            detail = {"how": standing, "event": str(self.mark)}
            writer.log("chain.noticed", "store", detail | ({"key": self.signer.id} if self.signer else {}))
        if self.signer and self.signer.id not in self._keys:
            writer.log("chain.signed", "store", {"key": self.signer.id})

    def close(self) -> None:
        """Ends every transaction and frees the file; may be called twice."""
        self._file.close()
        with _register:
            OPEN_FOLDERS.discard(self.folder)

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """One read transaction: everything asked inside belongs to one moment. For one thread."""
        cursor, generation = self._file.take_cursor()
        try:
            with in_russian():
                cursor.execute("BEGIN TRANSACTION READ ONLY")
            yield Reader(cursor, self.catalogue)
        except StoreError as error:
            self._file.give_back(cursor)
            if is_fatal(error):
                self._file.revive(generation)
            raise
        finally:
            self._file.give_back(cursor)

    def write(
        self, actor: str, *, based_on: int | None, figures: bool = True
    ) -> contextlib.AbstractContextManager[Writer]:
        """One write transaction at a time, confirmed at the end; an exception takes everything back.

        ``based_on``: the ``mark`` of what the actor was shown; an action whose concern has been touched since raises
        MovedOn. None: knowingly on whatever is newest, which no page may say.
        ``figures`` False: nothing that figures follow from is written (a sign-in, a link), so they stay worked out.
        """
        return self._write(actor, keep=True, figures=figures, based_on=based_on, catalogue=self.catalogue)

    def rehearse(
        self, actor: str = "rehearsal", *, based_on: int | None = None, catalogue: Catalogue | None = None
    ) -> contextlib.AbstractContextManager[Writer]:
        """The same, but everything is taken back at the end: what would change; ``catalogue``: under another one."""
        other = catalogue or self.catalogue
        return self._write(actor, keep=False, figures=False, based_on=based_on, catalogue=other)

    @contextlib.contextmanager
    def _write(
        self, actor: str, *, keep: bool, figures: bool, based_on: int | None, catalogue: Catalogue
    ) -> Iterator[Writer]:
        if self.read_only:
            raise Refused(
                f"Хранилище открыто только для чтения: в папку {self.folder} писать нельзя. Смотреть можно всё, "
                "записать — ничего. Дайте права на запись и откройте его снова."
            )
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("this thread is already writing: use the Writer at hand")
        with self._one_writer:
            self._writing_thread = threading.get_ident()
            desk = TransactionFiles(self.files_folder, needs_bytes=keep)
            try:
                with self._transaction(actor, keep, figures, desk, based_on, catalogue) as writer:
                    yield writer
            except BaseException:
                self._drop_unnamed(desk)
                raise
            finally:
                self._writing_thread = None

    @contextlib.contextmanager
    def _transaction(
        self, actor: str, keep: bool, figures: bool, desk: TransactionFiles, based_on: int | None, catalogue: Catalogue
    ) -> Iterator[Writer]:
        cursor, generation = self._file.take_cursor()
        tail = self._tails.get(self._chain, Tail())
        witness = self._witness(cursor)
        writer = Writer(
            cursor,
            catalogue,
            actor=actor,
            chain=self._chain,
            tail=tail,
            ids=self._ids,
            files=desk,
            based_on=based_on,
            until=self.mark,
            witness=witness,
        )
        try:
            with in_russian():
                cursor.execute("BEGIN TRANSACTION")
            if keep:
                self._notice(writer)
            yield writer
            with in_russian():
                sealed = self._confirm(cursor, writer, witness, figures=figures) if keep else None
                if not keep:
                    cursor.execute("ROLLBACK")
        except BaseException as error:
            with contextlib.suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            self._file.give_back(cursor)
            if is_fatal(error):
                self._file.revive(generation)
            raise
        self._file.give_back(cursor)
        if sealed:
            self._after_commit(sealed, figures=figures)

    def _witness(self, cursor: duckdb.DuckDBPyConnection) -> Witness | None:
        """Who must know of each row that is moved: nobody, where all of it is in one file."""
        return None

    def _confirm(
        self, cursor: duckdb.DuckDBPyConnection, writer: Writer, witness: Witness | None, *, figures: bool
    ) -> Tail:
        """Ends the log and confirms everything; gives the end of the chain. ``figures``: as ``write`` was told."""
        sealed = self._seal(writer)
        cursor.execute("COMMIT")
        return sealed

    def _seal(self, writer: Writer) -> Tail:
        with self._file.cursor() as before:
            return writer.seal(Transaction(before, self.catalogue))

    def _after_commit(self, tail: Tail, *, figures: bool) -> None:
        """What is confirmed is confirmed: a note that cannot be written now is written with the next commit."""
        self.version += figures
        self.commits += 1
        self._file.guard_modes()
        if self._tails.get(self._chain) != tail and tail.event:
            self._tails[self._chain] = tail
        with contextlib.suppress(StoreError):
            if chain.read_notes(self.folder) != chain.notes(self._tails, self.signer):
                chain.write_tails(self.folder, self._tails, self.signer)
            if self.signer:
                self._keys.add(self.signer.id)

    def _drop_unnamed(self, desk: TransactionFiles) -> None:
        """Bytes of a refused file are not kept, unless a submission names them."""
        for sha256 in desk.dropped:
            with contextlib.suppress(StoreError, OSError):
                with self.read() as reader:
                    named = reader.run(_NAMED, {"sha": sha256})
                if not named:
                    (self.files_folder / files.file_name(sha256)).unlink(missing_ok=True)

    def put_file(self, data: bytes) -> str:
        """Stores bytes under their SHA-256, flushed to the disk; give it to ``accept``. DiskFull where no space is."""
        return files.put(self.files_folder, data)

    def get_file(self, sha256: str) -> bytes:
        """The stored bytes; WrongCall where there are none, StoreDamaged where they have changed."""
        return files.get(self.files_folder, sha256)

    @property
    def ever_production(self) -> bool:
        """Whether this store was ever opened in production: the demonstration refuses it."""
        with self.read() as reader:
            return reader.fact("ever_production") is not None

    def strayed(self) -> list[str]:
        """Tables that stand elsewhere, too, and otherwise: none, as all of it is in one file."""
        return []

    def earlier(self, moment: dt.datetime) -> contextlib.AbstractContextManager[Store]:
        """A store with all that was confirmed at ``moment`` (UTC), to be read; gone after the block."""
        raise Refused("Прежние состояния помнит только общее хранилище (PROFORIENT_STORE), а это — один файл.")

    def tidy(self, expire_before: dt.datetime, *, unless_since: dt.datetime | None = None) -> tuple[int, int] | None:
        """Of a shared store: merges small files, forgets earlier states; the number of files before and after.

        None where any server has done so since ``unless_since`` (UTC).
        """
        raise Refused("Хранилище — один файл: сливать в нём нечего.")

    def exchange_tries(
        self, wrong: Iterable[WrongTries], forgiven: Iterable[tuple[str, str]], seconds: float
    ) -> list[WrongTries]:
        """Of a shared store: notes wrong tries of this server and what it has forgiven (counter and key).

        Gives what all servers have counted for so many ``seconds``; StoreAway where that cannot be known now.
        """
        raise Refused("Хранилище — один файл: второго сервера у него нет.")

    @contextlib.contextmanager
    def pause_writing(self) -> Iterator[Transaction]:
        """Nobody writes inside; for work on the file itself."""
        with self._one_writer, self._file.cursor() as cursor:
            yield Transaction(cursor, self.catalogue)

    def raw(self) -> contextlib.AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor outside any transaction, for this room only: copying and attaching."""
        return self._file.cursor()


_NAMED = """
SELECT 1 FROM submission WHERE sha256 = $sha
UNION ALL SELECT 1 FROM issued_document WHERE sha256 = $sha
UNION ALL SELECT 1 FROM measure_answer WHERE sha256 = $sha
"""


def _signer(secrets: Path | None, *, read_only: bool) -> Signer | None:
    """Whoever only reads makes no key; without one the signature is not looked at."""
    if secrets is None or (read_only and not (secrets / CHAIN_KEY).exists()):
        return None
    return Signer(chain_key(secrets))
