"""The shared store: the same truth as in one file, seen by every server, and nothing lost or double between them."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import html
import json
import random
import re
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import postgres
import pytest
from random_acts import acts, take
from shared_stores import Servers
from streamlit.testing.v1 import AppTest
from thinned import thinned
from tiny_store import MOMENT, NORTH, REGION, SOUTH, fill, make_catalogue, organisation, pair, shares, submit

from proforient.access.cookies import Ticket
from proforient.access.roles import Person, Role
from proforient.access.tries import Tries
from proforient.catalogue.read import read_catalogue
from proforient.commands import line
from proforient.demo.districts import GORNY
from proforient.demo.fill import fill as fill_with_demonstration
from proforient.errors import (
    MovedOn,
    ProforientError,
    Refused,
    StoreAway,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreNewer,
)
from proforient.monitoring import now
from proforient.settings import ROOT, read_settings
from proforient.store import Store, accounts, campaign, enrolment, facts, lake, lake_writing, migrate, shared
from proforient.store.backup import backup
from proforient.store.connect import DATABASE
from proforient.store.engine import open_store
from proforient.store.fingerprint import RESULTS, TABLES
from proforient.store.moving import move_into, move_out
from proforient.store.restoring import restore
from proforient.store.rows import AccountRow, WrongTries
from proforient.store.shared import SharedStore
from proforient.store.verify import verify
from proforient.web import nightly, people, register, running
from proforient.web.common_tries import exchange
from proforient.web.running import OpenApplication
from proforient.web.server import SCRIPT

pytestmark = [
    pytest.mark.skipif(postgres.MISSING is not None, reason=str(postgres.MISSING)),
    pytest.mark.xdist_group("postgres"),
]
HEAD = AccountRow(
    login="head", role="head", territory="", organisation=None, email="", password="", version=1, active=True,
    made_at=MOMENT,
)  # fmt: skip
OF_EACH_STORE = ("happened_at", "received_at", "opened_at")  # what time gives; identifiers are given by chance


@pytest.fixture(scope="module")
def server():
    with postgres.postgres() as running:
        yield running


@pytest.fixture(scope="module")
def servers(server, tmp_path_factory):
    """The tiny register in a shared store, «before» is the lake right after that; tests go on from each other."""
    made = Servers(server, tmp_path_factory.mktemp("servers"), make_catalogue(), "tiny")
    fill(made.start("first"))
    made.stop()
    server.sql("postgres", "CREATE DATABASE before TEMPLATE tiny")
    yield made
    made.stop()


@pytest.fixture
def two(servers):
    """Both servers, with what is known of one organisation at least."""
    first, second = servers.start("first"), servers.start("second")
    time.sleep(2 * shared.FRESH)
    return first, second


def rows_of(store, name):
    """All rows of a table or a view, without what time and chance give to each store."""
    with store.read() as reader:
        columns = [row[0] for row in reader.run(f"DESCRIBE {name}")]
        kept = [column for column in columns if column not in OF_EACH_STORE and not column.endswith("_id")]
        # order: to be compared
        return sorted(map(repr, reader.run(f"SELECT {', '.join(kept) or 'true'} FROM {name}")))


class OnOneServer(running.Running):
    """The pages of a server whose store is open already, and stays so."""

    def __init__(self, store, folder):
        super().__init__(read_settings({"PROFORIENT_DATA": str(folder), "PROFORIENT_MODE": "demo"}))
        self._made = OpenApplication(settings=self.settings, catalogue=store.catalogue, store=store)

    def open(self):
        return self._made


@contextlib.contextmanager
def serving(store, folder):
    """``drawn(code, **view)`` gives the words of a page of that server, in a new tab; ``press``: buttons, in turn."""
    at_work, empty = OnOneServer(store, folder / "pages"), folder / "first.py"
    empty.write_text("", "utf-8")
    real = register.PageEntry.file.fget
    administrator = Person(login="demo-administrator", role=Role.ADMINISTRATOR)

    def drawn(code, press=(), **view):
        at = AppTest.from_file(str(SCRIPT), default_timeout=60)
        at.query_params.update(view)
        at = at.run().switch_page(str(ROOT / "pages" / f"{code}.py")).run()
        for key in press:
            at.button(key).click().run()
        assert not at.exception
        bodies = " ".join(element.proto.body for element in at.get("html"))
        return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(bodies)).split())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "present", lambda opened: administrator)
        patch.setattr(register.PageEntry, "file", property(lambda e: empty if e.default else real(e)))
        running.use(at_work)
        yield drawn
        running.use(None)


def log_of(store):
    with store.read() as reader:
        return [(event.actor, event.action, event.object.partition("/")[0]) for event in reader.events()]


def basic(store):
    """«Coverage» of the basic level by territory."""
    return {key[0]: value for key, value in shares(store).items()}


@pytest.mark.soak
def test_the_demonstration_is_the_same_in_one_file_and_in_the_shared_store(server, tmp_path, monkeypatch, capsys):
    catalogue = read_catalogue(ROOT / "indicators.toml")
    one = Store.open(tmp_path / "one", catalogue, secrets=tmp_path / "secrets")
    servers = Servers(server, tmp_path, catalogue, "demonstration")
    for store in (one, servers.start("first")):
        fill_with_demonstration(store, territory=GORNY)
    second = servers.start("second")  # has all of it out of the lake
    assert verify(second) == []
    assert log_of(second) == log_of(one)
    for name in (*RESULTS, *(table for table in TABLES if table not in ("event", "meta", "migration"))):
        assert rows_of(second, name) == rows_of(one, name), name
    with second.read() as reader:
        for sent in reader.submissions():
            assert second.get_file(sent.sha256) == one.get_file(sent.sha256)
    server.sql(
        "demonstration", f"UPDATE {DATABASE}.ducklake_snapshot SET snapshot_time = snapshot_time - INTERVAL '2d'"
    )
    # What the first accepts, the second's page shows when it is drawn next: no restart, no figure out of its cache.
    with servers.start("first").write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=MOMENT.date(), territory=GORNY, at=MOMENT)
    sheet = {"territory": GORNY, "period": "2024", "organisation": "g-school-1"}
    with serving(second, tmp_path) as drawn:
        before = drawn("organisations", **sheet)
        assert "41 / 59" not in before and "на-первом.csv" not in before
        told = {("g-school-1", "covered", "basic", "all"): 41, ("g-school-1", "pupils", "basic", "all"): 59}
        submit(servers.start("first"), told, name="на-первом.csv", period="2024")
        time.sleep(2 * shared.FRESH)
        after = drawn("organisations", **sheet)
        assert "41 / 59" in after and "на-первом.csv" in after
        asked = drawn("period", press=("period-earlier", "earlier-show"), territory=GORNY, period="2024")
        assert "Изменились показатели: 1." in asked and "не сдавали 69,5 %" in asked
    servers.stop()
    one.close()
    there = {"PROFORIENT_STORE": f"ducklake:postgres:{servers.dsn}", "PROFORIENT_SHARED": str(tmp_path / "shared"),
             "PROFORIENT_DATA": str(tmp_path / "second"), "PROFORIENT_SECRETS": str(tmp_path / "secrets")}  # fmt: skip
    for name, value in there.items():
        monkeypatch.setenv(name, value)

    def figures_on(period, *day):
        assert line.main(["results", "--period", period, "--json", *day]) == 0
        told = json.loads(capsys.readouterr().out)
        return [(r["indicator"], r["level"], r["numerator"], r["denominator"]) for r in told if r["submitted"]]

    yesterday = ("--as-of", f"{now() - dt.timedelta(days=1):%Y-%m-%d}")
    assert ("coverage", "basic", 41, 59) in figures_on("2024")
    assert figures_on("2022", *yesterday) == figures_on("2022") != []
    capsys.readouterr()
    assert line.main(["results", "--period", "2024", *yesterday]) == 2  # nobody had opened it
    assert "2024" in capsys.readouterr().err
    assert line.main(["results", "--period", "2022", "--as-of", f"{now() - dt.timedelta(days=9):%Y-%m-%d}"]) == 1
    assert "не помнит" in capsys.readouterr().err


@pytest.mark.parametrize(("seed", "many"), thinned([(0, 5), *((seed, 14) for seed in range(1, 12))], 12))
def test_the_same_acts_leave_the_same_in_both_stores(server, tmp_path, catalogue, seed, many):
    """Figures and what makes them, totals, states, the log; on two servers in turns, refusals in the same words."""
    one = Store.open(tmp_path / "one", catalogue, secrets=tmp_path / "secrets")
    servers = Servers(server, tmp_path, catalogue, f"acts{seed}")
    pair_of_servers = [servers.start("first"), servers.start("second")]
    fill(one)
    fill(pair_of_servers[0])

    def done(store, number, what, about):
        at = MOMENT + dt.timedelta(days=number)
        try:
            if what == "file":
                data = f"{seed} {number}".encode()
                return submit(store, about, at=at, data=data).late
            with store.write("head", based_on=None) as writer:
                # identifiers are each store's own: the parts in the order in which they came
                parts = sorted((part.id for part in writer.reader.parts(period="2024")), key=int)
                take(writer, "2024", what, about, parts, at)
        except ProforientError as error:
            return str(error)

    said = []
    for number, act in enumerate(acts(random.Random(seed), many, ("007", "n2", "s1"))):
        time.sleep(2 * shared.FRESH)
        said.append((act, done(one, number, *act), done(pair_of_servers[number % 2], number, *act)))
    assert [act for act, here, there in said if here != there] == []
    time.sleep(2 * shared.FRESH)
    for store in pair_of_servers:
        assert log_of(store) == log_of(one)
        for name in (*RESULTS, *(table for table in TABLES if table not in ("event", "meta", "migration"))):
            assert rows_of(store, name) == rows_of(one, name), name
    assert verify(pair_of_servers[-1]) == []
    servers.stop()
    one.close()


def test_what_one_server_accepts_the_other_shows_at_once(two):
    first, second = two
    shown = second.mark, second.version
    submit(first, pair("007", 1, 10) | pair("s1", 4, 9))
    time.sleep(2 * shared.FRESH)
    assert second.mark > shown[0] and second.version > shown[1]
    submit(second, pair("n2", 3, 20))
    submit(second, pair("007", 7, 10))  # replaces what the other server has accepted
    time.sleep(2 * shared.FRESH)
    for store in two:
        assert basic(store) == {NORTH: (10, 30, 2), SOUTH: (4, 9, 1)}
    with first.read() as reader:
        chains = {event.chain for event in reader.events()}
    assert len(chains) == 2  # one a server, both followed by verify
    assert verify(first) == []
    # What was shown before the other server wrote: told, not overwritten.
    with pytest.raises(MovedOn), second.write("petrova", based_on=shown[0]) as writer:
        writer.unless_moved(lambda event, detail: event.action == "submission.accepted" or "s1" in event.detail)


def test_whoever_signs_out_on_one_server_is_out_on_the_other(two, tmp_path):
    settings = replace(read_settings({"PROFORIENT_DATA": str(tmp_path)}), mode="production")
    here, there = (OpenApplication(settings=settings, catalogue=s.catalogue, store=s) for s in two)
    with two[0].write("operator", based_on=None, figures=False) as writer:
        accounts.add(writer, HEAD)
    ticket = Ticket("session", HEAD.login, HEAD.version)
    time.sleep(2 * shared.FRESH)
    figures = two[1].version
    assert people.person_with(there, ticket) is not None
    with two[0].write(HEAD.login, based_on=None, figures=False) as writer:
        accounts.end_session(writer, HEAD.login, ticket.session, ends_at=MOMENT + dt.timedelta(9999), at=MOMENT)
    ended = time.monotonic()
    assert people.person_with(here, ticket) is None
    while people.person_with(there, ticket) is not None:
        assert time.monotonic() - ended < 20  # how soon is measured by test_two_servers
        time.sleep(0.05)
    assert two[1].version == figures  # no figure is worked out anew for a sign-out


@pytest.mark.parametrize("many, each", [(2, 2), pytest.param(8, 12, marks=pytest.mark.soak)])
def test_writers_at_once_lose_nothing_and_write_nothing_twice(servers, two, many, each):
    stores = [*two, *(servers.start(f"writer-{number}") for number in range(many - 2))]
    homes = {f"w{number}": f"{REGION} / Округ {number}" for number in range(many)}
    with stores[0].write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation(code, home) for code, home in homes.items()])
    with stores[0].read() as reader:
        before = len(reader.submissions())
    wrong: list[str] = []
    took: list[float] = []

    def write(store: SharedStore, number: int) -> None:
        try:
            for turn in range(1, each + 1):
                begun = time.monotonic()
                submit(store, pair(f"w{number}", turn, 10 * number + 10), actor=str(number))
                took.append(time.monotonic() - begun)
        except Exception as error:  # noqa: BLE001  (any error at all fails the test)
            wrong.append(repr(error))

    threads = [threading.Thread(target=write, args=(store, number)) for number, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    took.sort()
    print(f"\n{many} writers: p50 {took[len(took) // 2]:.2f} s, p95 {took[int(len(took) * 0.95)]:.2f} s")
    time.sleep(2 * shared.FRESH)
    numbered: dict[str, dict[str, str]] = {}
    for store in stores:
        with store.read() as reader:
            sent = reader.submissions()
        assert len(sent) == before + many * each == len({s.id for s in sent})
        # Receipts are numbered without a gap, no two alike, and on every server the same.
        assert sorted(s.place for s in sent) == list(range(1, len(sent) + 1))
        assert numbered.setdefault("numbers", {s.id: s.number for s in sent}) == {s.id: s.number for s in sent}
        shown = basic(store)
        assert {home: shown[home] for home in homes.values()} == {
            home: (each, 10 * number + 10, 1) for number, home in enumerate(homes.values())
        }
    assert verify(stores[-1]) == []


def test_without_its_turn_the_second_of_two_is_refused_by_the_lake_itself(two, monkeypatch):
    """The lock is only a queue: taken away, the row that every transaction moves on still keeps the order."""
    monkeypatch.setattr(lake, "_TAKE_TURN", "SELECT true")
    first, second = two
    with pytest.raises(StoreBusy, match="другой сервер"), first.write("ivanova", based_on=None) as writer:
        facts.set_fact(writer, "example", "first")
        with second.write("petrova", based_on=None) as other:
            facts.set_fact(other, "example", "second")
    time.sleep(2 * shared.FRESH)
    for store in two:
        with store.read() as reader:
            assert reader.fact("example") == "second"
    assert first.strayed() == []


@pytest.mark.parametrize("refusals", [3, lake_writing.ATTEMPTS])
def test_what_the_lake_refuses_is_tried_again_with_growing_pauses_and_told_when_given_up(two, monkeypatch, refusals):
    """Its files are being merged, say: nobody else has written, and the lake refuses nevertheless."""
    first, _ = two
    real, paused, asked = lake_writing._publish_once, [], []

    def refusing(*arguments):
        asked.append(arguments)
        if len(asked) <= refusals:
            raise StoreError(lake_writing.OVERTAKEN)
        return real(*arguments)

    monkeypatch.setattr(lake_writing, "_publish_once", refusing)
    monkeypatch.setattr(lake_writing, "time", SimpleNamespace(sleep=paused.append))
    refused = refusals >= lake_writing.ATTEMPTS
    told = f"{refusals} refusals"
    expected = pytest.raises(StoreBusy, match="другой сервер") if refused else contextlib.nullcontext()
    with expected, first.write("ivanova", based_on=None) as writer:
        facts.set_fact(writer, "refused", told)
    assert len(asked) == min(refusals + 1, lake_writing.ATTEMPTS) and len(paused) == len(asked) - 1
    assert paused[-1] > paused[0] or not refused  # by chance two may be alike, seven not
    assert all(0.5 * lake_writing.FIRST_PAUSE <= pause <= 1.5 * lake_writing.LONGEST_PAUSE for pause in paused)
    monkeypatch.undo()
    time.sleep(2 * shared.FRESH)
    for store in two:
        with store.read() as reader:
            assert (reader.fact("refused") == told) is not refused


def test_a_turn_that_does_not_come_is_told(two, monkeypatch):
    monkeypatch.setattr(lake, "PATIENCE", 0.2)
    first, second = two
    with (
        first.write("ivanova", based_on=None),
        pytest.raises(StoreBusy, match="очередь на запись"),
        second.write("petrova", based_on=None),
    ):
        pass


def counters():
    made = {"here": Tries(most=5, seconds=900), "address": Tries(most=100, seconds=900)}
    for tries in made.values():
        tries.count_together(b"secret of all servers")
    return made


def test_wrong_tries_are_counted_by_all_servers_together(server, two):
    first, second = counters(), counters()
    key, other = "oak 192.0.2.7", "oak 192.0.2.8"

    def meet():
        for store, own in ((two[0], first), (two[1], second), (two[0], first)):
            asyncio.run(exchange(store, own))

    for own, times in ((first, 3), (second, 2)):
        for _ in range(times):
            own["here"].count(key)
    assert not first["here"].closed(key) and not second["here"].closed(key)
    meet()
    assert first["here"].closed(key) and second["here"].closed(key)
    assert not any(own["here"].closed(other) or own["address"].closed(key) for own in (first, second))
    meet()
    assert second["here"].count(key) == 6, "what was handed over is not counted again"
    told = server.sql("tiny", f"SELECT string_agg(counter || key, ' ') FROM {DATABASE}.wrong_try")
    assert "here" in told and "oak" not in told and "192" not in told
    meet()
    first["here"].forget(key)  # the right one: forgiven everywhere
    meet()
    second["here"].count(key)
    meet()
    assert [own["here"].count(key) for own in (first, second)] == [2, 2]
    assert two[0].exchange_tries([], [], 0.0) == []
    assert [one.counter for one in two[0].exchange_tries([], [], 60.0)] == ["here"]
    old = WrongTries("here", "f" * 32, (3600.0,))
    assert old.key not in [one.key for one in two[1].exchange_tries([old], [], 900.0)]


def test_postgres_away_is_told_and_all_comes_back_by_itself(server, two):
    first, second = two
    shown, head = basic(first), (first.commits, first.mark)
    server.stop()
    try:
        time.sleep(2 * shared.FRESH)
        with pytest.raises(StoreError, match="не отвечает"):
            submit(first, pair("s1", 8, 9))
        with pytest.raises(StoreError, match="не отвечает") as told, first.read():
            pass
        assert "host=" not in str(told.value) and told.value.__cause__ is None
        assert (first.commits, first.mark) == head  # nobody is signed out by it
        first.reads_alone = True  # as pages read, which say so
        assert basic(first) == shown and "не отвечает" in first.away
        alone = counters()
        alone["here"].count("oak 192.0.2.9")
        with pytest.raises(StoreAway):
            asyncio.run(exchange(first, alone))
        assert alone["here"].count("oak 192.0.2.9") == 2, "meanwhile each server counts for itself"
    finally:
        server.start()
        first.reads_alone = False
    assert basic(first) == shown and not first.away
    asyncio.run(exchange(first, alone))
    there = counters()
    asyncio.run(exchange(second, there))
    assert there["here"].count("oak 192.0.2.9") == 3
    submit(first, pair("s1", 5, 9))
    assert basic(second)[SOUTH] == (5, 9, 1)


@pytest.mark.parametrize("left", ["behind", pytest.param("damaged", marks=pytest.mark.soak)])
def test_a_copy_is_made_anew_and_never_taken_for_a_store(servers, two, catalogue, left):
    _, second = two
    path = servers.folder / "first" / "proforient.duckdb"
    servers.stop("first")
    behind = path.read_bytes()
    named = {"PROFORIENT_DATA": str(path.parent), "PROFORIENT_SECRETS": str(servers.folder / "secrets")}
    with pytest.raises(Refused, match="PROFORIENT_STORE"):
        open_store(read_settings(named), catalogue, wait=0)
    submit(second, pair("n2", 6, 20))
    path.write_bytes(behind if left == "behind" else b"no database")
    assert basic(servers.start("first")) == basic(second)
    assert servers.start("first").strayed() == []
    if left == "damaged":
        Store.open(servers.folder / "own", catalogue).close()
        with pytest.raises(Refused, match="одним файлом"):
            servers.start("own")


def where_it_is_night(at):
    """A time zone in which it is between three and four then (UTC); the names of these have the sign reversed."""
    hours = (3 - at.hour + 11) % 24 - 11
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


@pytest.mark.soak
def test_a_store_moves_into_the_shared_one_and_back(server, tmp_path, catalogue):
    """And small files are merged in between; a server that was away meanwhile has the same afterwards."""
    one = Store.open(tmp_path / "one", catalogue, secrets=tmp_path / "secrets")
    fill(one)
    for number in range(3):
        submit(one, pair("007", number, 10) | pair("s1", 4, 9))
    servers = Servers(server, tmp_path, catalogue, "moved")
    assert move_into(one, servers.dsn, tmp_path / "shared") > 20
    for name in (*RESULTS, *(table for table in TABLES if table not in ("meta", "migration"))):
        assert rows_of(servers.start("first"), name) == rows_of(one, name), name
    with pytest.raises(Refused, match="уже есть данные"):
        move_into(one, servers.dsn, tmp_path / "shared")
    for name in ("first", "second"):
        assert verify(servers.start(name)) == []
    servers.stop("second")
    first = servers.start("first")
    before = now()
    submit(first, pair("n2", 3, 20))
    for moment, expected in ((before, (2, 10, 1)), (now(), (5, 30, 2))):
        with first.earlier(moment) as before_it:
            assert basic(before_it)[NORTH] == expected
    with pytest.raises(Refused, match="не помнит"), first.earlier(MOMENT):
        pass
    at = now()
    night = OpenApplication(
        settings=read_settings({}), catalogue=replace(catalogue, timezone=where_it_is_night(at)), store=first
    )
    assert not nightly.by_night(night, at + dt.timedelta(hours=9))
    assert [nightly.by_night(night, when) for when in (at, at + dt.timedelta(minutes=10))] == [True, False]
    with first.earlier(before) as before_it:
        assert basic(before_it)[NORTH] == (2, 10, 1)  # what is younger than a year is remembered
    first.tidy(now() + dt.timedelta(seconds=1))
    assert first.strayed() == servers.start("second").strayed() == []
    assert list((tmp_path / "shared" / "lake").rglob("*.parquet"))
    submit(first, pair("n2", 4, 20))
    move_out(first, tmp_path / "back")
    back = Store.open(tmp_path / "back", catalogue, secrets=tmp_path / "secrets")
    assert basic(back) == {NORTH: (6, 30, 2), SOUTH: (4, 9, 1)}
    for name in (*RESULTS, *(table for table in TABLES if table not in ("meta", "migration"))):
        assert rows_of(back, name) == rows_of(first, name), name
    assert verify(back) == []
    with pytest.raises(Refused, match="нечего"):
        back.tidy(now())
    for store in (one, back):
        store.close()
    servers.stop()


@pytest.mark.soak
def test_both_kinds_of_backup_bring_it_back(server, tmp_path, catalogue):
    """``backup`` into a store of one file; PostgreSQL's own dump with the shared folder into an equal shared one."""
    servers = Servers(server, tmp_path, catalogue, "kept")
    fill(servers.start("first"))
    for number in range(3):
        submit(servers.start("first"), pair("007", number, 10) | pair("s1", 4, 9))
    first = servers.start("first")
    first.tidy(now())
    submit(first, pair("n2", 3, 20))
    shown = basic(first)
    restore(backup(first, tmp_path / "copy"), tmp_path / "back")
    back = Store.open(tmp_path / "back", catalogue, secrets=tmp_path / "secrets")
    assert basic(back) == shown and verify(back) == []
    back.close()
    server.dump("kept", tmp_path / "dump.sql")
    shutil.copytree(tmp_path / "shared", tmp_path / "shared-copy")
    submit(first, pair("n2", 9, 20))
    servers.stop()
    shutil.rmtree(tmp_path / "shared")
    shutil.copytree(tmp_path / "shared-copy", tmp_path / "shared")
    servers.dsn = server.dsn("kept_again")
    server.take("kept_again", tmp_path / "dump.sql")
    with pytest.raises(StoreDamaged, match="пропала"):
        servers.start("first")  # it has confirmed more
    again = servers.start("second")
    assert basic(again) == shown and verify(again) == []
    submit(again, pair("n2", 4, 20))
    servers.stop()


@pytest.mark.soak
def test_an_altered_lake_is_found_by_verify(two):
    first, _ = two
    submit(first, pair("s1", 3, 9))
    for difference in (1, -1):
        with first._lake.writing() as cursor:
            cursor.execute(f"UPDATE value SET number = number + {difference} WHERE count = 'reached'")
        assert first.strayed() == (["value"] if difference == 1 else [])


def test_a_lake_put_back_to_an_earlier_state_is_noticed(servers, two):
    servers.stop("first")
    now, servers.dsn = servers.dsn, servers.postgres.dsn("before")
    try:
        with pytest.raises(StoreDamaged, match="пропала"):
            servers.start("first")
    finally:
        servers.dsn = now


@pytest.mark.soak
def test_a_newer_version_brings_the_shared_store_on_and_the_older_one_refuses(servers, two, tmp_path, monkeypatch):
    """The last one here: the shared store is newer after it."""
    first, _ = two
    shown = basic(first)
    known = migrate.migrations()
    newer = tmp_path / "9999_example.sql"
    newer.write_text("ALTER TABLE account ADD COLUMN example VARCHAR;\nUPDATE report SET note = 'x';\n", "utf-8")
    more = [*known, migrate.Migration(known[-1].version + 1, "example", newer)]
    servers.stop("second")
    with monkeypatch.context() as later:
        later.setattr(migrate, "migrations", lambda folder=None: more)
        with ThreadPoolExecutor(2) as at_once:
            newer_ones = list(at_once.map(servers.start, ("second", "fourth")))
        for store in newer_ones:
            assert basic(store) == shown
            assert store.strayed() == []
    time.sleep(2 * shared.FRESH)
    for attempt in (lambda: submit(first, pair("n2", 3, 20)), lambda: basic(first), lambda: servers.start("third")):
        with pytest.raises(StoreNewer, match="более новой версией"):
            attempt()
