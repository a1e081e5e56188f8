"""A copy made while others write opens and equals; putting it back is proved and overwrites nothing unasked."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from thinned import thinned
from tiny_store import NORTH, pair, shares, submit

from proforient.errors import DiskFull, Refused, StoreBusy, StoreDamaged, WrongCall
from proforient.store import Store
from proforient.store.backup import backup
from proforient.store.fingerprint import fingerprint
from proforient.store.restoring import restore
from proforient.store.verify import verify

HERE = Path(__file__).parent


def results(store):
    with store.raw() as cursor:
        return fingerprint(cursor)


def test_a_copy_opens_and_has_every_result_and_file(any_store, tmp_path, catalogue):
    receipt = submit(any_store, pair("n2", 5, 10))
    copy = backup(any_store, tmp_path / "far" / "copy")
    expected = results(any_store)
    other = Store.open(copy, catalogue)
    assert results(other) == expected
    with other.read() as reader:
        other.get_file(reader.submission(receipt.submission).sha256)
    assert verify(other) == []
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
    copies = [backup(store, tmp_path / f"copy{number}") for number in range(2)]
    done.set()
    writing.join()
    for copy in copies:
        other = Store.open(copy, catalogue)
        assert verify(other) == []
        assert len({numerator for numerator, *_ in shares(other).values()}) == 1
        other.close()


def test_a_full_or_inner_folder_is_refused(store, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("a")
    with pytest.raises(Refused, match="не пуста"):
        backup(store, tmp_path / "full")
    with pytest.raises(Refused, match="внутри самого хранилища"):
        backup(store, store.folder / "backup")
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["a.txt"]


def test_a_missing_submitted_file_is_told_and_the_rest_is_copied(store, tmp_path, catalogue):
    submit(store, pair("n2", 5, 10))
    submit(store, pair("n2", 6, 10))
    next(store.files_folder.iterdir()).unlink()
    with pytest.raises(StoreDamaged, match="не хватает"):
        backup(store, tmp_path / "copy")
    other = Store.open(tmp_path / "copy", catalogue)
    assert shares(other) == {(NORTH, "basic", "all"): (6, 10, 1)}
    assert [d.code for d in verify(other)] == ["file-missing"]
    other.close()


def test_a_copy_on_a_full_disk_says_so_and_cleans_up(store, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("proforient.store.backup.shutil.copyfile", full)
    monkeypatch.setattr("proforient.store.files.copy_apart", full)
    with pytest.raises(DiskFull):
        backup(store, tmp_path / "copy")
    assert list((store.folder / "backup").iterdir()) == []
    assert [p for p in (tmp_path / "copy").rglob("*") if p.is_file()] == []


def in_a_namespace(*commands: str, **names: object) -> subprocess.CompletedProcess[str]:
    """Shell commands with mounts of their own, which end with them; skipped where the system allows none."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount")
    text = "set -e\n" + "\n".join(commands)
    env = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", **{name: str(value) for name, value in names.items()}}
    return subprocess.run(["unshare", "-rm", "sh", "-c", text], capture_output=True, text=True, env=env, check=False)


def test_a_copy_to_another_disk_is_made_when_the_stores_own_disk_is_full(store, tmp_path, catalogue):
    submit(store, pair("n2", 5, 10))
    store.close()
    (tmp_path / "disk").mkdir()
    done = in_a_namespace(
        'mount -t tmpfs -o size=12m none "$DISK"',
        'cp -r "$DATA" "$DISK/data"',
        'dd if=/dev/zero of="$DISK/ballast" bs=4k 2>/dev/null || true',
        '"$PYTHON" "$SCRIPT" "$DISK/data" "$COPY"',
        DISK=tmp_path / "disk",
        DATA=store.folder,
        COPY=tmp_path / "copy",
        PYTHON=sys.executable,
        SCRIPT=HERE / "copied_elsewhere.py",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["full", "copied"]
    other = Store.open(tmp_path / "copy", catalogue)
    assert shares(other) == {(NORTH, "basic", "all"): (5, 10, 1)}
    assert verify(other) == []
    other.close()


def test_what_a_killed_copy_or_check_left_is_cleared_away_at_the_next_start(store, catalogue):
    store.close()
    left = [store.folder / "backup" / name for name in ("copy-1a.duckdb", "copy-1a.duckdb.wal", "verify-2b.duckdb")]
    left += [store.folder / ".chain.json.ab12", store.files_folder / ".fff.cd34"]
    for path in left:
        path.write_bytes(b"half")
    Store.open(store.folder, catalogue).close()
    assert [path for path in left if path.exists()] == []


def test_looking_at_the_data_file_does_not_let_another_process_in(store, tmp_path):
    """Whoever opens and closes a file gives up the locks of his whole process on it."""
    verify(store)
    backup(store, tmp_path / "copy")
    other = f"import duckdb; duckdb.connect({str(store.path)!r})"
    done = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False)
    assert "Could not set lock" in done.stderr


def test_the_ends_of_the_chains_stand_in_the_copys_list_signed(templates, tmp_path, catalogue):
    shutil.copytree(templates["with constraints"], tmp_path / "data")
    store = Store.open(tmp_path / "data", catalogue, secrets=tmp_path / "keys")
    copy = backup(store, tmp_path / "copy")
    with store.read() as reader:
        last = reader.events(limit=1)[0]
    ((name, noted),) = json.loads((copy / "backup.json").read_text())["anchors"].items()
    assert (noted["event"], noted["hash"]) == (last.id, last.hash)
    assert store.signer.standing(name, noted) == "signed"
    store.close()


@pytest.fixture
def copy(store, tmp_path):
    """A copy of a store with figures, and the store closed."""
    submit(store, pair("n2", 5, 10))
    path = backup(store, tmp_path / "copy")
    store.close()
    return path


def test_a_copy_put_back_into_an_empty_folder_is_the_same_store(copy, store, tmp_path, catalogue):
    restore(copy, tmp_path / "new")
    again = Store.open(tmp_path / "new", catalogue)
    original = Store.open(store.folder, catalogue)
    assert results(again) == results(original)
    assert verify(again) == []
    submit(again, pair("n2", 6, 10))
    again.close()
    original.close()


def test_a_store_with_data_is_replaced_only_when_told_and_stays_beside(copy, store, catalogue):
    later = Store.open(store.folder, catalogue)
    submit(later, pair("n2", 9, 10))
    later.close()
    with pytest.raises(Refused, match="подтвердите замену"):
        restore(copy, store.folder)
    restore(copy, store.folder, replace=True)
    again = Store.open(store.folder, catalogue)
    assert shares(again) == {(NORTH, "basic", "all"): (5, 10, 1)}
    assert verify(again) == []
    again.close()
    (aside,) = store.folder.glob("replaced-*")
    assert {p.name for p in aside.iterdir()} == {"proforient.duckdb", "chain.json"}
    shutil.copytree(store.files_folder, aside / "files")
    former = Store.open(aside, catalogue)
    assert shares(former) == {(NORTH, "basic", "all"): (9, 10, 1)}
    assert verify(former) == []
    former.close()


@pytest.mark.parametrize("damage", thinned(["text", "lost work"]))
def test_a_damaged_store_is_replaced_without_asking(copy, store, catalogue, damage):
    if damage == "text":
        store.path.write_bytes(b"no database at all" * 1000)
    else:
        note = json.loads((store.folder / "chain.json").read_text())
        (store.folder / "chain.json").write_text(json.dumps({k: {"event": "9", "hash": "f" * 64} for k in note}))
    with pytest.raises(StoreDamaged):
        Store.open(store.folder, catalogue)
    restore(copy, store.folder)
    again = Store.open(store.folder, catalogue)
    assert shares(again) == {(NORTH, "basic", "all"): (5, 10, 1)}
    again.close()


def test_an_open_store_is_not_replaced(copy, store, catalogue):
    again = Store.open(store.folder, catalogue)
    with pytest.raises(StoreBusy, match="Остановите приложение"):
        restore(copy, store.folder, replace=True)
    again.close()


def test_a_folder_without_a_copy_is_refused(tmp_path):
    with pytest.raises(WrongCall, match="нет копии"):
        restore(tmp_path, tmp_path / "new")
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
            restore(copy, store.folder, replace=True)
        for path, content in kept.items():
            path.write_bytes(content)
        again = Store.open(store.folder, catalogue)
        assert shares(again) == {(NORTH, "basic", "all"): (5, 10, 1)}, what
        again.close()
    assert [p.name for p in store.folder.glob(".restore-*")] == []


SOON = (5,)  # between the renames; those before and after under ``make soak``


@pytest.mark.parametrize(
    "step", [pytest.param(n, marks=() if n in SOON else (pytest.mark.soak,)) for n in range(1, 10)]
)
def test_a_restore_killed_at_any_step_leaves_the_old_store_or_the_new_one_never_an_empty_one(
    copy, store, tmp_path, catalogue, step
):
    later = Store.open(store.folder, catalogue)
    submit(later, pair("n2", 9, 10))
    later.close()
    done = subprocess.run(
        [sys.executable, str(HERE / "killed_restore.py"), str(copy), str(store.folder), str(step)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 9), done.stderr
    again = Store.open(store.folder, catalogue)
    found = shares(again)[NORTH, "basic", "all"]
    assert found in ((5, 10, 1), (9, 10, 1))
    assert done.returncode == 9 or found == (5, 10, 1)
    assert verify(again) == []
    again.close()
    assert [p.name for pattern in (".restore*", "restore.json") for p in store.folder.glob(pattern)] == []


def test_what_an_earlier_version_left_of_a_killed_restore_is_no_new_store(copy, store, catalogue):
    aside = store.folder / "replaced-20260101-000000-ab12"
    aside.mkdir()
    for name in ("proforient.duckdb", "chain.json"):
        (store.folder / name).rename(aside / name)
    (store.folder / ".restore-cd34").mkdir()
    with pytest.raises(StoreDamaged, match="прервано") as refusal:
        Store.open(store.folder, catalogue)
    assert "restore" in str(refusal.value)
    assert not store.path.exists()
    restore(copy, store.folder, replace=True)
    again = Store.open(store.folder, catalogue)
    assert shares(again) == {(NORTH, "basic", "all"): (5, 10, 1)}
    again.close()


def test_nobody_opens_what_is_being_restored(copy, store, catalogue):
    (store.folder / ".restore-cd34").mkdir()
    with (store.folder / ".restore.lock").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy, match="восстанавливается"):
            Store.open(store.folder, catalogue)
    Store.open(store.folder, catalogue).close()
