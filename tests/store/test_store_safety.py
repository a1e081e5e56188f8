"""What the store keeps away: other files, other users, other settings, other processes, text as SQL."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap

import duckdb
import pytest
from tiny_store import pair, submit

from proforient.errors import Refused, StoreBusy, StoreError, WrongCall
from proforient.monitoring import Cell
from proforient.store import Store, facts
from proforient.store.backup import backup
from proforient.store.connect import busy_message, quoted
from proforient.store.restoring import restore
from proforient.store.verify import verify


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '100GB'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "EXPORT DATABASE '/tmp/out'",
        "SELECT * FROM 'https://example.org/a.parquet'",
    ],
)
def test_nothing_outside_can_be_reached_and_settings_are_locked(store, statement):
    with store.raw() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement)


def test_only_the_backup_folder_can_be_attached(store):
    with store.raw() as cursor:
        cursor.execute(f"ATTACH '{store.folder}/backup/x.duckdb' AS x")
        cursor.execute("DETACH x")
        with pytest.raises(duckdb.Error):
            cursor.execute(f"ATTACH '{store.folder}/backup/../x.duckdb' AS x")


@pytest.mark.parametrize("text", ["x'; DROP TABLE value; --", "1; DELETE FROM event", "' OR 1=1 --", "$period", "\x00"])
def test_text_from_outside_is_a_value_and_never_a_statement(store, text):
    submit(store, pair("n2", 5, 10))
    with store.read() as reader:
        assert reader.pairs("2024", organisation=text, indicator=text) == []
        assert reader.totals_table("2024", territory=text).num_rows == 0
        assert reader.values("2024", territory=text, counts=[text]) == []
        assert reader.history("2024", text, Cell(text, text, text)) == []
        assert reader.events(object=text, action=text) == []
        assert reader.submissions(organisation=text) == []
        with pytest.raises(WrongCall):
            reader.pairs(text)
        assert len(reader.values("2024")) == 2


def test_reading_cannot_write(store):
    with pytest.raises(StoreError), store.read() as reader:
        reader.run("DELETE FROM value")


def test_folder_and_files_belong_to_their_user_alone(tmp_path, catalogue):
    old = os.umask(0o022)
    try:
        store = Store.open(tmp_path / "deep" / "data", catalogue)
        store.put_file(b"bytes")
        with store.write("x", based_on=None) as writer:
            facts.set_fact(writer, "ever_production", "2025-01-01")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [store.folder, *store.folder.rglob("*")]}
        assert store.ever_production
        store.close()
    finally:
        os.umask(old)
    assert modes.pop("data") == modes.pop("files") == modes.pop("backup") == 0o700
    assert "proforient.duckdb.wal" in modes
    assert set(modes.values()) == {0o600}


def test_a_path_with_a_quote_is_still_one_path(tmp_path, catalogue):
    assert quoted("it's") == "'it''s'"
    store = Store.open(tmp_path / "it's; data", catalogue)
    backup(store, tmp_path / "co'py")
    assert verify(store) == []
    store.close()


@pytest.mark.parametrize("name", ["../chain.json", "a" * 63, "A" * 64, "", "/etc/passwd"])
def test_a_stored_file_is_asked_for_by_its_hash_only(store, name):
    with pytest.raises(WrongCall, match="64"):
        store.get_file(name)


def test_bytes_come_back_as_they_were_put_and_twice_is_once(store):
    name = store.put_file(b"\x00\xff")
    assert store.put_file(b"\x00\xff") == name
    assert store.get_file(name) == b"\x00\xff"
    assert [p.name for p in store.files_folder.iterdir()] == [name]


def test_the_same_folder_opens_once_in_a_process(store, catalogue):
    with pytest.raises(StoreBusy, match="в этом же процессе"):
        Store.open(store.folder, catalogue)
    store.close()
    store.close()
    Store.open(store.folder, catalogue).close()


def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(StoreError, match="закрыто"), store.read():
        pass


def test_a_read_only_store_reads_and_does_not_write(store, catalogue):
    submit(store, pair("n2", 5, 10))
    store.close()
    before = store.path.read_bytes()
    reading = Store.open(store.folder, catalogue, read_only=True)
    with reading.read() as reader:
        assert len(reader.pairs("2024")) == 1
    assert verify(reading) == []
    with pytest.raises(Refused, match="только для чтения"), reading.write("x", based_on=None):
        pass
    reading.close()
    assert store.path.read_bytes() == before


def test_there_is_nothing_to_read_where_there_is_no_store(tmp_path, catalogue):
    with pytest.raises(WrongCall, match="нет хранилища"):
        Store.open(tmp_path / "none", catalogue, read_only=True)
    assert not (tmp_path / "none").exists()


def test_another_process_that_holds_the_file_is_named(store, catalogue):
    store.close()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                import duckdb, sys
                held = duckdb.connect(sys.argv[1])
                print("held", flush=True)
                sys.stdin.read()
            """),
            str(store.path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusy) as refusal:
            Store.open(store.folder, catalogue, wait=0.2)
        with pytest.raises(StoreBusy, match="Остановите приложение"):
            restore(store.folder, store.folder)
    finally:
        holder.communicate("")
    assert f"PID {holder.pid}" in str(refusal.value)
    assert "Дождитесь" in str(refusal.value)
    assert "lock" not in str(refusal.value)
    Store.open(store.folder, catalogue).close()


def test_a_holder_without_a_number_is_still_told_plainly():
    assert busy_message("Could not set lock on file").startswith("Хранилище занято другой программой")


def test_one_thread_does_not_write_inside_its_own_writing(store):
    with store.write("x", based_on=None), pytest.raises(RuntimeError), store.write("x", based_on=None):
        pass


def test_the_version_grows_with_each_commit_and_with_nothing_else(store):
    before = store.version
    with store.read() as reader:
        reader.periods()
    with store.rehearse() as writer:
        facts.set_fact(writer, "nothing", "kept")
    assert store.version == before
    submit(store, pair("n2", 5, 10))
    assert store.version == before + 1
