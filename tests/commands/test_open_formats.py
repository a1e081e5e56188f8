"""Everything goes out in open formats and comes back, no secret among it; analysts read a copy beside the store."""

from __future__ import annotations

import io
import json
import re
import shutil
import stat
import time
import zipfile
from decimal import Decimal

import duckdb
import pandas as pd
import pytest
from excel_ru import alike, opened
from serving import ROOT, fill_with_demonstration

from proforient.monitoring import PlanValue, now
from proforient.settings import read_settings
from proforient.store import planning
from proforient.store.exporting import EMPTIED, LEFT_OUT
from proforient.store.fingerprint import TABLES, fingerprint
from proforient.web import analysts, running

PLACE = "Челябинская область / Нязепетровский муниципальный район"


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


def open_in_excel(text, parquet):
    """Texts and decimal numbers are shown by Russian Excel as they are, each of them once."""
    table = pd.read_csv(io.StringIO(text), sep=";", dtype=str, keep_default_na=False)
    pairs = {
        (column, written, cell)
        for column in parquet
        for written, cell in zip(parquet[column], table[column], strict=True)
        if isinstance(written, (str, Decimal)) and 0 < len(str(written)) < 1_000
    }
    for column, written, cell in pairs:
        if isinstance(written, Decimal):
            assert opened(cell) == ("number", written), (column, written, cell)
        else:
            assert alike(written, cell), (column, written, cell)


def test_what_is_exported_becomes_an_equal_store(run, data, district, tmp_path, monkeypatch):
    half = ("period", "open", "2031-1", "--kind", "half_year", "--closes", "2099-12-25")
    assert run(*half).code == 0, "its code alone would be a month in Excel"
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
        open_in_excel(held.read(f"csv/{name}.csv").decode("utf-8-sig"), parquet)
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


def test_analysts_open_a_copy_by_the_examples_of_their_page(run, data, tmp_path, monkeypatch):
    fill_with_demonstration(data)
    copy = tmp_path / "analysts" / "analysts.duckdb"
    monkeypatch.setenv("PROFORIENT_ANALYSTS", str(copy))
    assert run("analysts").code == 0
    assert run("analysts", data / "proforient.duckdb").code == 1, "never over the store itself"
    page = (ROOT / "docs" / "analysts.md").read_text("utf-8")
    with duckdb.connect(str(copy), read_only=True) as opened:
        told, municipal, own, origin = (
            opened.execute(text).fetchall() for text in re.findall(r"```sql\n(.*?)```", page, re.S)
        )
    assert {row[0] for row in told} == {"results", "values", "organisations", "plans"}
    assert [row for row in told if not row[3]] == [], "a column without words"
    assert municipal and own and len(origin) == 20
    seen = {}
    exec(re.search(r"```python\n(.*?)```", page, re.S)[1], seen)
    shown = run("results", "--period", "2023", "--territory", PLACE, "--indicator", "coverage", "--json").json()
    mine = seen["results"].query(f"territory == '{PLACE}' and period == '2023' and indicator == 'coverage'")
    mine = mine.query("cohort == 'all'").groupby("level")[["numerator", "denominator"]].sum()
    for row in shown:
        if row["cohort"] == "all" and row["denominator"]:
            assert tuple(mine.loc[row["level"]]) == (row["numerator"], row["denominator"])
            assert ("2023", PLACE, row["verdict"]) in {(m[0], m[1], m[5]) for m in municipal}


@pytest.mark.soak
def test_the_copy_follows_what_is_accepted_and_locks_nothing(data, tmp_path):
    fill_with_demonstration(data)
    copy = tmp_path / "analysts.duckdb"
    held = running.Running(read_settings({"PROFORIENT_DATA": str(data), "PROFORIENT_ANALYSTS": str(copy)}))
    try:
        store = held.open().store
        with analysts.refreshed(held):
            first = written(copy, None)
            with duckdb.connect(str(copy), read_only=True) as reading:
                with store.write("department", based_on=None) as writer:
                    plan = PlanValue(
                        period="2023", indicator="coverage", level="basic", cohort="all", territory=PLACE,
                        percent=Decimal("12.5"), number=None, origin="department", ground="приказ", author="department",
                        at=now(),
                    )  # fmt: skip
                    planning.set_plan(writer, plan)
                written(copy, first)
                asked = "SELECT percent FROM plans WHERE period = '2023' AND level = 'basic' AND percent = 12.5"
                assert reading.execute(asked).fetchall() == [], "what is open stays as it was"
            with duckdb.connect(str(copy), read_only=True) as reading:
                assert len(reading.execute(asked).fetchall()) == 1
    finally:
        held.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o640 and not list(tmp_path.glob(".analysts*"))


def written(copy, before):
    """The file's number once it is another one than ``before``."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if copy.exists() and copy.stat().st_ino != before:
            return copy.stat().st_ino
        time.sleep(0.1)
    raise AssertionError("the copy was not written")
