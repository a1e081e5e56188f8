"""What happens to a store that was killed, cut, flipped or filled up: it says so, and confirmed work stays."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from thinned import thinned
from tiny_store import MOMENT, NORTH, a_screening, nothing_more, pair, shares, submit

from proforient.errors import DiskFull, StoreDamaged
from proforient.store import Store, acceptance
from proforient.store import store as store_module
from proforient.store.backup import backup
from proforient.store.verify import verify

HERE = Path(__file__).parent


def wal(folder):
    return folder / "proforient.duckdb.wal"


def crashed(store, folder):
    """The files as a killed process leaves them: the log is not merged."""
    shutil.copytree(store.folder, folder)
    return folder


def codes(store):
    return [d.code for d in verify(store)]


def test_a_store_in_order_has_nothing_to_say(store):
    submit(store, pair("n2", 5, 10))
    assert verify(store) == []


@pytest.mark.parametrize("kill", thinned(range(4), 4))
def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_confirmed(tmp_path, catalogue, templates, kill):
    """The child submits and submits again, and says each number once it is confirmed; then it is killed."""
    folder = tmp_path / "data"
    shutil.copytree(templates["with constraints"], folder)
    child = subprocess.Popen(
        [sys.executable, str(HERE / "killed_writer.py"), str(folder)], stdout=subprocess.PIPE, text=True
    )
    confirmed = [child.stdout.readline() for _ in range(3 + kill)]
    child.kill()
    confirmed += child.stdout.readlines()
    child.wait()
    numbers = [int(line) for line in confirmed if line.endswith("\n") and line.strip()]
    store = Store.open(folder, catalogue)
    ((numerator, *_),) = shares(store).values()
    assert numerator >= numbers[-1]
    with store.read() as reader:
        assert len(reader.submissions()) >= len(numbers)
    assert verify(store) == []
    submit(store, pair("n2", 1, 1000))
    store.close()


@pytest.mark.parametrize("keep", [lambda size: size - 10, lambda size: size // 2, lambda size: 0, lambda size: None])
def test_a_cut_log_is_refused_and_nothing_is_touched(store, tmp_path, catalogue, keep):
    for number in range(3):
        submit(store, pair("n2", number, 10))
    folder = crashed(store, tmp_path / "crashed")
    size = keep(wal(folder).stat().st_size)
    if size is None:
        wal(folder).unlink()
    else:
        with wal(folder).open("r+b") as stream:
            stream.truncate(size)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(StoreDamaged) as refusal:
        Store.open(folder, catalogue)
    assert "restore" in str(refusal.value)
    assert "не тронут" in str(refusal.value)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_an_old_copy_of_the_data_file_in_its_place_is_refused(store, tmp_path, catalogue):
    store.close()
    old = store.path.read_bytes()
    again = Store.open(store.folder, catalogue)
    submit(again, pair("n2", 1, 10))
    again.close()
    store.path.write_bytes(old)
    with pytest.raises(StoreDamaged, match="Подтверждённая работа пропала"):
        Store.open(store.folder, catalogue)


def test_a_lost_data_file_beside_its_chain_is_no_new_store(store, catalogue):
    store.close()
    store.path.unlink()
    with pytest.raises(StoreDamaged, match="пропала"):
        Store.open(store.folder, catalogue)
    assert not store.path.exists()


def test_a_crash_between_commit_and_the_note_beside_it_is_no_damage(store, catalogue):
    note = store.folder / "chain.json"
    before = note.read_bytes()
    submit(store, pair("n2", 5, 10))
    store.close()
    note.write_bytes(before)
    again = Store.open(store.folder, catalogue)
    assert verify(again) == []
    submit(again, pair("n2", 6, 10))
    again.close()
    assert note.read_bytes() != before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": {"event": "x"}}'])
def test_a_spoilt_note_of_the_chain_is_told(store, catalogue, text):
    (store.folder / "chain.json").write_text(text)
    assert codes(store) == ["chain-file-damaged"]
    store.close()
    with pytest.raises(StoreDamaged, match=r"chain\.json"):
        Store.open(store.folder, catalogue)


@pytest.mark.parametrize("content", [b"", b"a text file, much longer than a header" * 100])
def test_a_file_that_is_no_database_is_refused_without_a_trace(store, catalogue, content):
    store.close()
    store.path.write_bytes(content)
    with pytest.raises(StoreDamaged) as refusal:
        Store.open(store.folder, catalogue)
    assert "Traceback" not in str(refusal.value)
    assert str(store.folder) not in str(refusal.value)
    assert store.path.read_bytes() == content


def test_somebody_elses_database_is_refused(tmp_path, catalogue):
    with duckdb.connect(str(tmp_path / "proforient.duckdb")) as other:
        other.execute("CREATE TABLE things (a INTEGER)")
    with pytest.raises(StoreDamaged, match="нет таблиц"):
        Store.open(tmp_path, catalogue)


def test_a_flipped_byte_in_the_data_file_is_found(store, tmp_path, catalogue):
    """DuckDB notices a damaged block only when it is read from the disk; ``verify`` reads each one."""
    submit(store, pair("n2", 5, 10))
    whole = backup(store, tmp_path / "copy") / "proforient.duckdb"  # a fresh copy has no unused blocks
    store.close()
    clean = whole.read_bytes()
    found = 0
    used = [block for block in range(12288, len(clean), 262144) if any(clean[block : block + 262144])]
    for block in used[1::3]:
        flipped = bytearray(clean)
        flipped[block + 16] ^= 0x40
        store.path.write_bytes(flipped)
        try:
            again = Store.open(store.folder, catalogue)
        except StoreDamaged:
            found += 1
            continue
        found += bool(verify(again))
        again.close()
    assert len(used) > 6
    assert found == len(used[1::3])


def test_damage_on_the_disk_is_found_while_the_memory_is_still_whole(store, catalogue):
    submit(store, pair("n2", 5, 10))
    store.close()
    again = Store.open(store.folder, catalogue)
    with again.read() as reader:
        reader.values("2024")
    content = bytearray(again.path.read_bytes())
    for block in range(12288 + 262144, len(content), 262144):
        content[block + 16] ^= 0x40
    again.path.write_bytes(content)
    assert codes(again) != []
    again.close()


def test_a_changed_and_a_missing_file_are_each_told_with_what_to_do(store):
    first, second = (submit(store, pair("n2", number, 10), name=f"{number}.csv") for number in (1, 2))
    with store.read() as reader:
        names = [reader.submission(receipt.submission).sha256 for receipt in (first, second)]
    (store.files_folder / names[0]).write_bytes(b"other")
    (store.files_folder / names[1]).unlink()
    damages = {d.code: d for d in verify(store)}
    assert set(damages) == {"file-damaged", "file-missing"}
    assert "1.csv" in damages["file-damaged"].what
    assert damages["file-missing"].where == names[1]
    assert "резервной копии" in damages["file-missing"].to_do
    with pytest.raises(StoreDamaged, match="повреждён"):
        store.get_file(names[0])
    submit(store, pair("n2", 2, 10), at=MOMENT.replace(day=11))
    assert [d.code for d in verify(store)] == ["file-damaged"]


@pytest.mark.parametrize(
    ("statement", "code"),
    thinned(
        [
            ("UPDATE event SET detail = '{}' WHERE action = 'period.opened'", "chain-broken"),
            ("UPDATE event SET actor = 'other' WHERE action = 'store.created'", "chain-broken"),
            ("DELETE FROM event WHERE action = 'organisations.imported'", "chain-broken"),
            ("DELETE FROM event WHERE action = 'submission.accepted'", "work-lost"),
            ("UPDATE value SET number = number + 1", "total-wrong"),
            ("UPDATE rollup SET numerator = 0", "total-wrong"),
            ("DELETE FROM rollup", "total-wrong"),
            ("UPDATE value SET part_id = 1", "orphan"),
            ("DELETE FROM value WHERE count = 'pupils'", "orphan"),
            ("DELETE FROM part", "orphan"),
            ("DELETE FROM submission", "orphan"),
            ("INSERT INTO superseded_part SELECT part_id FROM part", "standing-wrong"),
            ("INSERT INTO value SELECT * FROM value", "repeated-key"),
            ("INSERT INTO report SELECT * FROM report", "repeated-key"),
        ]
    ),
)
def test_verify_names_each_kind_of_disorder(store, statement, code):
    submit(store, pair("n2", 5, 10))
    with store.raw() as cursor:
        cursor.execute(statement)
    found = verify(store)
    assert code in [d.code for d in found]
    assert all(d.what and d.to_do for d in found)


def test_many_damages_of_a_kind_are_counted_not_listed(store):
    for number in range(11):
        submit(store, pair("n2", number, 50) | pair("s1", number, 50))
    with store.raw() as cursor:
        cursor.execute("UPDATE value SET part_id = 1")
    orphans = [d for d in verify(store) if d.code == "orphan"]
    assert len(orphans) == 21
    assert orphans[-1].what.startswith("и ещё ")


@pytest.mark.parametrize("first_full", thinned(["log", "checkpoint"]))
def test_a_full_disk_refuses_keeps_what_was_confirmed_and_goes_on_reading(tmp_path, catalogue, templates, first_full):
    """In a child of its own, whose files may not grow: the system then answers as a full disk does."""
    folder = tmp_path / "data"
    shutil.copytree(templates["with constraints"], folder)
    child = subprocess.run(
        [sys.executable, str(HERE / "full_disk.py"), str(folder), first_full],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert child.returncode == 0, child.stderr
    said = json.loads(child.stdout)
    assert said["error"].startswith("На диске закончилось место")
    # A checkpoint fails after its transaction is already in the log: that one may be found although it was refused.
    unsaid = 1 if first_full == "checkpoint" else 0
    assert said["confirmed"] <= said["read after"] <= said["confirmed"] + unsaid
    assert said["accepted again"] is True
    store = Store.open(folder, catalogue)
    assert shares(store)[NORTH, "basic", "all"][0] == said["last"]
    assert verify(store) == []
    store.close()


def test_a_file_that_cannot_be_stored_whole_leaves_nothing(store, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("proforient.store.files.os.fsync", full)
    with pytest.raises(DiskFull, match="закончилось место"):
        store.put_file(b"bytes")
    assert list(store.files_folder.iterdir()) == []


def test_a_note_that_cannot_be_written_is_written_with_the_next_commit(store, catalogue, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(store_module.chain, "write_tails", lambda *_: (_ for _ in ()).throw(DiskFull("полно")))
        receipt = submit(store, pair("n2", 5, 10))
    with store.read() as reader:
        assert reader.submission(receipt.submission)
    submit(store, pair("n2", 6, 10))
    noted = json.loads((store.folder / "chain.json").read_text())
    with store.read() as reader:
        assert [tail["hash"] for tail in noted.values()] == [reader.events(limit=1)[0].hash]


def test_a_reader_survives_the_database_giving_up(store, monkeypatch):
    """What a reader meets while another thread's commit found the disk full: an error once, then figures again."""
    submit(store, pair("n2", 5, 10))
    with pytest.raises(StoreDamaged), store.read() as reader:
        raise StoreDamaged("x") from duckdb.FatalException("database has been invalidated")
    assert reader is not None
    assert shares(store) == {(NORTH, "basic", "all"): (5, 10, 1)}
    with store.write("petrova", based_on=None) as writer:
        store.put_file(b"more")
        acceptance.accept(
            writer, a_screening(pair("n2", 6, 10), data=b"more"), period="2024", at=MOMENT, recheck=nothing_more
        )
    assert verify(store) == []
