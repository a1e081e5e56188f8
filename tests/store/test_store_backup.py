"""A copy made while others write opens and equals; putting it back is proved and overwrites nothing unasked."""

from __future__ import annotations

import json
import shutil
import threading

import pytest
from tiny_store import NORTH, pair, shares, submit

from proforient.errors import DiskFull, Refused, StoreBusy, StoreDamaged, WrongCall
from proforient.store import Store
from proforient.store.fingerprint import fingerprint


def results(store):
    with store.raw() as cursor:
        return fingerprint(cursor)


def test_a_copy_opens_and_has_every_result_and_file(any_store, tmp_path, catalogue):
    receipt = submit(any_store, pair("n2", 5, 10))
    copy = any_store.backup(tmp_path / "far" / "copy")
    expected = results(any_store)
    other = Store.open(copy, catalogue)
    assert results(other) == expected
    with other.read() as reader:
        other.get_file(reader.submission(receipt.submission).sha256)
    assert other.verify() == []
    other.close()
    assert list((any_store.folder / "backup").iterdir()) == []


def test_a_copy_made_while_others_write_belongs_to_one_moment(store, tmp_path, catalogue):
    submit(store, pair("n2", 0, 100) | pair("s1", 0, 100))
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            submit(store, pair("n2", number % 90, 100) | pair("s1", number % 90, 100))

    writing = threading.Thread(target=write)
    writing.start()
    copies = [store.backup(tmp_path / f"copy{number}") for number in range(2)]
    done.set()
    writing.join()
    for copy in copies:
        other = Store.open(copy, catalogue)
        assert other.verify() == []
        assert len({numerator for numerator, *_ in shares(other).values()}) == 1
        other.close()


def test_a_full_or_inner_folder_is_refused(store, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("a")
    with pytest.raises(Refused, match="не пуста"):
        store.backup(tmp_path / "full")
    with pytest.raises(Refused, match="внутри самого хранилища"):
        store.backup(store.folder / "backup")
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["a.txt"]


def test_a_missing_submitted_file_is_told_and_the_rest_is_copied(store, tmp_path, catalogue):
    submit(store, pair("n2", 5, 10))
    submit(store, pair("n2", 6, 10))
    next(store.files_folder.iterdir()).unlink()
    with pytest.raises(StoreDamaged, match="не хватает"):
        store.backup(tmp_path / "copy")
    other = Store.open(tmp_path / "copy", catalogue)
    assert shares(other) == {(NORTH, "basic", "all"): (6, 10, 1)}
    assert [d.code for d in other.verify()] == ["file-missing"]
    other.close()


def test_a_copy_on_a_full_disk_says_so_and_cleans_up(store, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("proforient.store.backup.shutil.copyfile", full)
    with pytest.raises(DiskFull):
        store.backup(tmp_path / "copy")
    assert list((store.folder / "backup").iterdir()) == []


@pytest.fixture
def copy(store, tmp_path):
    """A copy of a store with figures, and the store closed."""
    submit(store, pair("n2", 5, 10))
    path = store.backup(tmp_path / "copy")
    store.close()
    return path


def test_a_copy_put_back_into_an_empty_folder_is_the_same_store(copy, store, tmp_path, catalogue):
    Store.restore(copy, tmp_path / "new")
    again = Store.open(tmp_path / "new", catalogue)
    original = Store.open(store.folder, catalogue)
    assert results(again) == results(original)
    assert again.verify() == []
    submit(again, pair("n2", 6, 10))
    again.close()
    original.close()


def test_a_store_with_data_is_replaced_only_when_told_and_stays_beside(copy, store, catalogue):
    later = Store.open(store.folder, catalogue)
    submit(later, pair("n2", 9, 10))
    later.close()
    with pytest.raises(Refused, match="подтвердите замену"):
        Store.restore(copy, store.folder)
    Store.restore(copy, store.folder, replace=True)
    again = Store.open(store.folder, catalogue)
    assert shares(again) == {(NORTH, "basic", "all"): (5, 10, 1)}
    assert again.verify() == []
    again.close()
    (aside,) = store.folder.glob("replaced-*")
    assert {p.name for p in aside.iterdir()} == {"proforient.duckdb", "chain.json"}
    shutil.copytree(store.files_folder, aside / "files")
    former = Store.open(aside, catalogue)
    assert shares(former) == {(NORTH, "basic", "all"): (9, 10, 1)}
    assert former.verify() == []
    former.close()


@pytest.mark.parametrize("damage", ["text", "lost work"])
def test_a_damaged_store_is_replaced_without_asking(copy, store, catalogue, damage):
    if damage == "text":
        store.path.write_bytes(b"no database at all" * 1000)
    else:
        note = json.loads((store.folder / "chain.json").read_text())
        (store.folder / "chain.json").write_text(json.dumps({k: {"event": "9", "hash": "f" * 64} for k in note}))
    with pytest.raises(StoreDamaged):
        Store.open(store.folder, catalogue)
    Store.restore(copy, store.folder)
    again = Store.open(store.folder, catalogue)
    assert shares(again) == {(NORTH, "basic", "all"): (5, 10, 1)}
    again.close()


def test_an_open_store_is_not_replaced(copy, store, catalogue):
    again = Store.open(store.folder, catalogue)
    with pytest.raises(StoreBusy, match="Остановите приложение"):
        Store.restore(copy, store.folder, replace=True)
    again.close()


def test_a_folder_without_a_copy_is_refused(tmp_path):
    with pytest.raises(WrongCall, match="нет копии"):
        Store.restore(tmp_path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_damaged_copy_is_refused_and_the_store_stays(copy, store, catalogue):
    spoil = {
        "a submitted file": lambda: next((copy / "files").iterdir()).write_bytes(b"x"),
        "its list of results": lambda: (copy / "backup.json").write_text("{"),
        "other results": lambda: (copy / "backup.json").write_text('{"results": {}}'),
        "its data file": lambda: (copy / "proforient.duckdb").write_bytes(b"x" * 5000),
    }
    for what, do in spoil.items():
        kept = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
        do()
        with pytest.raises(StoreDamaged):
            Store.restore(copy, store.folder, replace=True)
        for path, content in kept.items():
            path.write_bytes(content)
        again = Store.open(store.folder, catalogue)
        assert shares(again) == {(NORTH, "basic", "all"): (5, 10, 1)}, what
        again.close()
    assert [p.name for p in store.folder.glob(".restore-*")] == []
