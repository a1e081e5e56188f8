"""Everything goes out in open formats and comes back: the same results, the same log, no secret."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import duckdb
import pandas as pd
import pytest
from serving import fill_with_demonstration

from proforient.store.exporting import EMPTIED, LEFT_OUT
from proforient.store.fingerprint import TABLES, fingerprint


@pytest.fixture
def district(run, data):
    """The demonstration with an account, a guests' link and its code."""
    fill_with_demonstration(data)
    assert run("account", "add", "chief", "--role", "administrator", "--invite").code == 0
    made = run(
        "snapshot",
        "create",
        "--period",
        "2023",
        "--territory",
        "Челябинская область / Нязепетровский муниципальный район",
        "--json",
    )
    assert made.code == 0, made.err
    return made.json()["address"]


def contents(data):
    with duckdb.connect(str(data / "proforient.duckdb"), read_only=True) as opened:
        return fingerprint(opened)


def results(run):
    asked = ("results", "--period", "2023", "--by", "organisation", "--json")
    return [run(*asked).json(), run("advice", "--period", "2023", "--json").json(), run("values", "--json").out]


def test_what_is_exported_becomes_an_equal_store(run, data, district, tmp_path, monkeypatch):
    before, shown = contents(data), results(run)
    whole = tmp_path / "out" / "whole.zip"
    told = run("export", whole)
    assert told.code == 0, told.err
    assert run("export", whole).code == 1, "nothing is written over"
    held = zipfile.ZipFile(whole)
    tables = [name for name in TABLES if name not in LEFT_OUT]
    names = set(held.namelist())
    assert {f"tables/{name}.parquet" for name in tables} | {f"csv/{name}.csv" for name in tables} <= names
    assert not any(left in name for name in names for left in LEFT_OUT)
    assert (data / "files").is_dir() and {f"files/{p.name}" for p in (data / "files").iterdir()} <= names
    token = district.rpartition("/")[2]
    assert not any(token.encode() in held.read(name) for name in names)
    for name in tables:
        parquet = pd.read_parquet(io.BytesIO(held.read(f"tables/{name}.parquet")))
        table = pd.read_csv(io.BytesIO(held.read(f"csv/{name}.csv")), sep=";", encoding="utf-8-sig")
        assert list(table.columns) == list(parquet.columns) and len(table) == len(parquet), name
    page = held.read("README.md").decode()
    rows = [
        line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ") and "столбец" not in line
    ]
    assert [row for row in rows if len(row) < 3 or not row[2]] == [], "a column without words: store/column_words.py"
    # back, into a folder with nothing in it
    other = tmp_path / "other" / "data"
    monkeypatch.setenv("PROFORIENT_DATA", str(other))
    monkeypatch.setenv("PROFORIENT_SECRETS", str(tmp_path / "other" / "keys"))
    back = run("import", whole)
    assert back.code == 0, back.err
    after = contents(other)
    changed = {*LEFT_OUT, *EMPTIED, "event"}
    assert {n: f for n, f in after.items() if n not in changed} == {n: f for n, f in before.items() if n not in changed}
    assert results(run) == shown
    damages = run("verify", "--json").json()["damages"]
    assert {damage["code"] for damage in damages} <= {"chain-other-key"}, "the demonstration was filled elsewhere"
    with duckdb.connect(str(other / "proforient.duckdb"), read_only=True) as opened:
        assert opened.execute("SELECT count(*) FROM account WHERE password <> ''").fetchone() == (0,)
        (new,) = opened.execute("SELECT token FROM publication").fetchone()
    assert new and new != token
    assert run("import", whole).code == 1, "a store with data stays"


def test_an_export_that_was_changed_is_not_taken_in(run, data, district, tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    assert run("export", folder).code == 0
    monkeypatch.setenv("PROFORIENT_DATA", str(tmp_path / "other"))
    assert "не выгрузка" in run("import", data).err
    table = folder / "tables" / "value.parquet"
    kept = table.read_bytes()
    table.write_bytes(kept[:-9] + b"0" + kept[-8:])
    told = run("import", folder)
    assert told.code == 2 and "tables/value.parquet" in told.err
    table.write_bytes(kept)
    note = json.loads((folder / "export.json").read_text("utf-8"))
    (folder / "export.json").write_text(json.dumps(note | {"catalogue": "0" * 64}), "utf-8")
    assert "PROFORIENT_CATALOGUE" in run("import", folder).err
    (folder / "export.json").write_text(json.dumps(note), "utf-8")
    for file in (folder / "files").iterdir():
        file.write_bytes(b"other")
    assert "files/" in run("import", folder).err
    assert not (tmp_path / "other").exists() or not list((tmp_path / "other").iterdir())
    shutil.rmtree(folder)
