"""The shared store while things break: what was confirmed is found, and nothing else but what nobody was sure of."""

from __future__ import annotations

import contextlib
import datetime as dt
import subprocess
import sys
import threading
import time
from pathlib import Path

import postgres
import pytest
from shared_stores import Servers
from tiny_store import MOMENT, NORTH, fill, make_catalogue, pair, shares, submit

from proforient.errors import DiskFull, MovedOn, StoreError
from proforient.store import files, ids, shared
from proforient.store.lake_writing import UNSURE
from proforient.store.verify import verify

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(postgres.MISSING is not None, reason=str(postgres.MISSING)),
    pytest.mark.xdist_group("postgres"),
]
HERE = Path(__file__).parent
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server():
    with postgres.postgres() as running:
        yield running


@pytest.fixture
def servers(server, tmp_path, request):
    """Two servers of a store of their own."""
    made = Servers(server, tmp_path, make_catalogue(), request.node.originalname[5:30])
    fill(made.start("first"))
    made.start("second")
    yield made
    made.stop()


def found_in(store):
    with store.read() as reader:
        return [sent.id for sent in reader.submissions()]


def agree(servers, confirmed, unsure=0):
    """Every server finds what was confirmed, each once, and at most so many that nobody was sure of."""
    time.sleep(2 * shared.FRESH)
    for store in servers.running.values():
        found = found_in(store)
        assert len(found) == len(set(found)) and set(confirmed) <= set(found)
        assert len(found) <= len(confirmed) + unsure
        assert verify(store) == []
        assert store.strayed() == []
    print(f"\nconfirmed {len(confirmed)}, found {len(found)}, unsure {unsure}", end=" ")


@contextlib.contextmanager
def small_disk(folder, size):
    """A disk of so many megabytes; the test is passed over where none may be made."""
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=777", "tmpfs", folder], check=False)
    if made.returncode:
        pytest.skip("эта среда не даёт сделать маленький диск (mount)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill_up(folder):
    """A file that takes all the room there is."""
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
    return ballast


class Busy:
    """A person who hands in again and again, and keeps what was said to him."""

    def __init__(self, store, code):
        self.confirmed, self.told = [], []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, args=(store, code))

    def _work(self, store, code):
        for number in range(1, 100_000):
            if self._ended.is_set():
                return
            try:
                self.confirmed.append(submit(store, pair(code, number, 100_000), actor=code).submission)
            except StoreError as error:
                self.told.append(str(error))
                time.sleep(0.2)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()


def until(condition):
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_server_killed_in_mid_acceptance(servers):
    """Five times; the other server hands in meanwhile, and whoever had the turn does not keep it."""
    second, confirmed = servers.running["second"], set()
    keys, common = servers.folder / "secrets", servers.folder / "shared"
    called = [str(servers.folder / "killed"), servers.dsn, str(common), str(keys)]
    with Busy(second, "s1") as busy:
        for kill in range(5):
            child = subprocess.Popen(
                [sys.executable, str(HERE / "killed_writer.py"), *called], stdout=subprocess.PIPE, text=True
            )
            lines = [child.stdout.readline() for _ in range(1 + kill)]
            child.kill()
            confirmed |= {line.strip() for line in lines + child.stdout.readlines() if line.endswith("\n")}
            child.wait()
            before = len(busy.confirmed)
            until(lambda before=before: len(busy.confirmed) > before + 1)
    assert busy.told == []
    agree(servers, [*busy.confirmed, *confirmed], unsure=5)


def test_postgres_killed_in_mid_acceptance_and_away_for_a_minute(servers, server):
    with Busy(servers.running["first"], "n2") as one, Busy(servers.running["second"], "s1") as other:
        for away in (0, 0, 60):
            before = len(one.confirmed), len(other.confirmed)
            until(lambda before=before: len(one.confirmed) > before[0] and len(other.confirmed) > before[1])
            server.kill()
            time.sleep(away)
            server.start()
        before = len(one.confirmed), len(other.confirmed)
        until(lambda: len(one.confirmed) > before[0] and len(other.confirmed) > before[1])
    told = one.told + other.told
    assert told and all("не отвечает" in text or text == UNSURE for text in told)
    agree(servers, one.confirmed + other.confirmed, told.count(UNSURE))


def test_the_shared_folder_is_full(server, tmp_path):
    with small_disk(tmp_path / "shared", 8) as common:
        servers = Servers(server, tmp_path, make_catalogue(), "full_folder")
        fill(servers.start("first"))
        first = servers.start("second") and servers.running["first"]
        confirmed = [submit(first, pair("n2", 1, 9)).submission]
        ballast = fill_up(common)
        for number in range(2, 4):
            with pytest.raises(DiskFull, match="место"):
                submit(first, pair("n2", number, 9))
        ballast.unlink()
        confirmed.append(submit(first, pair("n2", 4, 9)).submission)
        agree(servers, confirmed)
        servers.stop()


def test_a_servers_own_disk_is_full(server, tmp_path):
    """What the lake has confirmed is confirmed, although the copy could not keep it."""
    servers = Servers(server, tmp_path, make_catalogue(), "full_copy")
    fill(servers.start("second"))
    with small_disk(tmp_path / "first", 24) as own:
        first, confirmed, told = servers.start("first"), [], []
        confirmed.append(submit(first, pair("n2", 1, 9)).submission)
        ballast = fill_up(own)
        for number in range(2, 5):
            try:
                confirmed.append(submit(first, pair("n2", number, 9)).submission)
            except StoreError as error:
                told.append(str(error))
        assert told and all("место" in text for text in told), told
        ballast.unlink()
        until(lambda: _goes_on(first, confirmed))
        agree(servers, confirmed)
        servers.stop()


def _goes_on(store, confirmed):
    try:
        confirmed.append(submit(store, pair("n2", 9, 9)).submission)
    except StoreError:
        return False
    return True


def test_the_disk_of_postgres_is_full(tmp_path):
    with small_disk(Path("/tmp") / f"pg-{tmp_path.name}", 160) as disk:
        running = postgres.Postgres(disk)
        running.make_here()
        servers = Servers(running, tmp_path, make_catalogue(), "full_postgres")
        fill(servers.start("first"))
        first = servers.start("second") and servers.running["first"]
        confirmed, told = [submit(first, pair("n2", 1, 9)).submission], []
        ballast = fill_up(disk)
        for number in range(2, 400):
            try:
                confirmed.append(submit(first, pair("n2", number, 900)).submission)
            except StoreError as error:
                told.append(str(error))
                if len(told) == 3:
                    break
        assert len(told) == 3
        ballast.unlink()
        running.start_again()
        until(lambda: _goes_on(first, confirmed))
        agree(servers, confirmed, told.count(UNSURE))
        servers.stop()
        running.stop()


def test_a_slow_disk(servers, server, monkeypatch):
    """Every flush takes half a second more, every confirmation in PostgreSQL a second: everybody has his turn."""
    sync = files.os.fsync
    monkeypatch.setattr(files.os, "fsync", lambda number: (time.sleep(0.5), sync(number))[1])
    database = servers.dsn.split("dbname=")[1].split()[0]
    server.sql(
        database,
        "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN PERFORM pg_sleep(1); RETURN NEW; END$$; CREATE TRIGGER slow BEFORE INSERT ON "
        "proforient.ducklake_snapshot FOR EACH ROW EXECUTE FUNCTION slowly()",
    )
    with Busy(servers.running["first"], "n2") as one, Busy(servers.running["second"], "s1") as other:
        until(lambda: min(len(one.confirmed), len(other.confirmed)) >= 4)
    assert one.told == other.told == []
    monkeypatch.undo()
    agree(servers, one.confirmed + other.confirmed)


def test_clocks_thirty_seconds_apart(servers, monkeypatch):
    """What was handed in later replaces, on whichever clock; whoever saw less is told."""
    first, second = servers.running["first"], servers.running["second"]
    real, confirmed = time.time_ns, []
    for number, (store, apart) in enumerate([(first, 30), (second, -30), (first, 30), (second, -30)], 1):
        monkeypatch.setattr(ids.time, "time_ns", lambda apart=apart: real() + apart * 10**9)
        at = MOMENT + dt.timedelta(seconds=apart)
        time.sleep(2 * shared.FRESH)
        seen = store.mark
        confirmed.append(submit(store, pair("n2", number, 20), at=at).submission)
        assert store.mark > seen
        time.sleep(2 * shared.FRESH)
        assert shares(first) == shares(second) and shares(store)[(NORTH, "basic", "all")][0] == number
        with pytest.raises(MovedOn), store.write("ivanova", based_on=seen) as writer:
            writer.unless_moved(lambda event, detail: event.action == "submission.accepted")
    # The same file pressed twice, once on each server, is one submission.
    monkeypatch.setattr(ids.time, "time_ns", real)
    for store, apart in ((first, 15), (second, -15)):
        at = MOMENT + dt.timedelta(seconds=apart)
        receipt = submit(store, pair("n2", 7, 20), at=at)
    assert receipt.repeated
    agree(servers, [*confirmed, receipt.submission])
