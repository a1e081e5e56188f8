"""Every CSV that the program gives says in Russian Excel what it says itself, and what the JSON of a command says."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
import json
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from excel_ru import alike, opened
from serving import EXAMPLES, ROOT

from proforient.commands import tables as command_tables
from proforient.documents import tables
from proforient.web import running
from proforient.web.shown import handlers

HOSTILE = "=1+1"
LISTINGS = [
    ("organisations", "list"),
    ("period", "list"),
    ("plan", "list", "--period", "2026"),
    ("judgement", "list", "--period", "2026"),
    ("values", "--period", "2026"),
    ("results", "--period", "2026"),
    ("results", "--period", "2026", "--by", "organisation"),
    ("advice", "--period", "2026"),
    ("account", "list"),
    ("snapshot", "list"),
    ("answers", "list"),
    ("zone", "list"),
    ("document", "list"),
    ("measure", "list"),
    ("mailbox", "list"),
    ("reminder", "list", "--period", "2026", "--territory", "Речной округ"),
    ("trace", "--period", "2026", "--indicator", "coverage", "--level", "basic", "--territory", "Речной округ"),
]
EMPTY = ("account", "snapshot")  # listings that may have no row here
FIGURE = ("--period", "2026", "--indicator", "coverage", "--level", "basic")


def table_of(text):
    assert text.startswith("\ufeff"), "Excel reads a file without the mark in another encoding"
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


@pytest.fixture(scope="module")
def filled_told(tmp_path_factory):
    """Where the first test puts what ``told`` filled, for the others to copy."""
    return tmp_path_factory.mktemp("told")


@pytest.fixture
def told(filled_told, district, tmp_path, data):
    """The example district with everything in it that a spreadsheet could take for something else."""
    folders = (data, data.with_name("secrets"))
    kept = any(filled_told.iterdir())
    if not kept:
        filled(district, tmp_path)
    for folder in folders:
        there = filled_told / folder.name
        shutil.rmtree(folder if kept else there, ignore_errors=True)
        shutil.copytree(*((there, folder) if kept else (folder, there)))
    return district


def filled(district, tmp_path):
    register = tmp_path / "register.csv"
    head = "code;inn;name;full_name;kind;levels;territory;opened\n"
    names = ["1.1", "=3+4", "007", "Школа № 2", "мар.24", "2024-1"]
    lines = [
        f'x-{at};0274{at:06};"{name}";"-{name}";school;primary;Область / 1.2;2020-09-01\n'
        for at, name in enumerate(names)
    ]
    register.write_text(head + "".join(lines), "utf-8")
    assert district("organisations", "import", register).code == 0
    assert district("submit", EXAMPLES / "report.csv", "--period", "2026", "--by", "metodist").code == 0
    assert district("plan", "set", *FIGURE, "--percent", "70,5", "--origin", "document", "--ground", HOSTILE).code == 0
    judged = ("--outcome", "shortcoming", "--text", HOSTILE, "--source", "1.2", "--territory", "Речной округ")
    assert district("judgement", "add", *FIGURE, *judged, "--percent", "45.5").code == 0
    answered(district, tmp_path)
    assert district("mailbox", "set", "x-0", "1@2.ru").code == 0
    assert district("zone", "set", "Речной округ", "Asia/Chita").code == 0
    issued(district, tmp_path)


def answered(district, folder):
    """Words of a file that Excel would take for a month, remembered."""
    file, answers = folder / "word.csv", folder / "answers.json"
    file.write_text("Организация;Показатель;Уровень;Числитель;Знаменатель\n1.2;coverage;Начальное;5;9\n", "utf-8")
    answers.write_text(json.dumps({"organisations": {"1.2": "x-2"}}), "utf-8")
    call = ("--period", "2026", "--by", "metodist", "--confirm", "--answers", answers)
    assert district("submit", file, *call).code == 0


def issued(district, folder):
    """A letter with one item, so that there is a measure."""
    about = ("document", "draft", "letter", "--period", "2026", "--territory", "Речной округ")
    draft, contents = re.search(r"Черновик (\d+), версия 1", district(*about).err)[1], folder / "contents.json"
    district("document", "show", draft, "--out", contents)
    due = {"form": "standing", "date": None, "year": None, "until": None, "day": "", "months": None}
    item = {"key": "a", "text": HOSTILE, "addressee": "authority", "responsible": "1.2", "deadline": due}
    items = [item | {"answers": [], "organisations": [], "action": ""}]
    contents.write_text(json.dumps(json.loads(contents.read_text("utf-8")) | {"items": items}), "utf-8")
    assert district(*about, "--contents", contents, "--draft", draft, "--version", "1").code == 0
    assert district("document", "release", draft, "--out", folder / "letter.docx").code == 0


def listings_say_what_the_json_says(told):
    for call in LISTINGS:
        rows, documents = table_of(told(*call).out), told(*call, "--json").json()
        if isinstance(documents, dict):
            documents = documents["problems"] if "problems" in documents else documents["cells"]
        assert len(rows) == len(documents) and (rows or call[0] in EMPTY), call
        for row, document in zip(rows, documents, strict=True):
            compare(call[0], row, document)


def compare(command, row, document):
    for column, cell in row.items():
        wanted = document.get(column)
        assert opened(cell)[0] not in ("formula", "truth", "error") or wanted in (True, False), (command, column, cell)
        wanted = wanted["text"] if isinstance(wanted, dict) else wanted
        if wanted is None or isinstance(wanted, (bool, list)):
            continue
        if column in ("share", "plan", "shortfall", "percent") or (command, column) == ("plan", "number"):
            assert opened(cell)[0] == "number", (command, column, cell)
            wanted = wanted.replace(".", ",")
        assert alike(str(wanted), cell), (command, column, cell, wanted)


def test_a_listing_saved_again_by_excel_can_be_imported(told, tmp_path):
    """Excel writes days as it shows them."""
    for listing, command in (
        (("organisations", "list"), ("organisations", "import")),
        (LISTINGS[2], ("plan", "import")),
    ):
        before = told(*listing, "--json").json()
        rows = table_of(told(*listing).out)
        columns = [c for c in rows[0] if c not in ("author", "at", "history")]
        saved = tmp_path / "saved.csv"
        with saved.open("w", encoding="cp1251", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(columns)
            writer.writerows([_saved(row[c]) for c in columns] for row in rows)
        assert told(*command, saved).code == 0, told(*command, saved).err
        after = told(*listing, "--json").json()
        for one, other in zip(before, after, strict=True):
            assert {c: one[c] for c in columns} == {c: other[c] for c in columns}


def _saved(cell):
    kind, value = opened(cell)
    return value.strftime("%d.%m.%Y") if kind == "day" else cell


def test_the_example_files_open_in_excel():
    for path in sorted(EXAMPLES.glob("*.csv")):
        for row in table_of(path.read_bytes().decode().replace("\r\n", "\n").replace("\n", "\r\n")):
            assert all(alike(cell, cell) for cell in row.values() if cell), path.name


WRITERS = ("csv_text", "csv_bytes", "as_csv")
PAGES = {"upload": "", "indicators": "", "explore": "", "period": "period-ledger", "accounts": "accounts-invite-all"}
HOMES = ("proforient/documents/tables.py", "proforient/commands/tables.py")


def places():
    """Every line of the program that has a CSV made: file -> (first, last line) of each call."""
    found = {}
    for path in sorted((ROOT / "proforient").rglob("*.py")):
        if str(path.relative_to(ROOT)) in HOMES:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in WRITERS:
                found[str(path), node.lineno] = node.end_lineno
    return found


@pytest.fixture
def made(monkeypatch):
    """Which of ``places`` had a CSV made; each cell of it was opened in Excel and was what the program meant."""
    every, seen = places(), set()
    real = tables.csv_text

    def watched(head, rows):
        rows = [list(row) for row in rows]
        text = real(head, rows)
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
        assert lines[0] == list(head) and len(lines) == len(rows) + 1
        for row, line in zip(rows, lines[1:], strict=True):
            for written, cell in zip(row, line, strict=True):
                stays(written, cell)
        frame = sys._getframe(1)
        while frame is not None:
            where = frame.f_code.co_filename
            seen.update(at for at, end in every.items() if at[0] == where and at[1] <= frame.f_lineno <= end)
            frame = frame.f_back
        return text

    for home in (tables, command_tables):
        monkeypatch.setattr(home, "csv_text", watched)
    return seen


def stays(written, cell):
    """The cell opens as what was written into it."""
    kind, value = opened(cell)
    match written:
        case None | "":
            assert cell == ""
        case bool():
            assert kind == "truth"
        case int() | Decimal():
            assert (kind, value) == ("number", written), (written, cell)
        case dt.datetime():
            assert kind == "text", (written, cell)
        case dt.date():
            assert (kind, value) == ("day", written), (written, cell)
        case list() | tuple():
            assert alike(",".join(map(str, written)), cell), (written, cell)
        case dict():
            assert alike(written["text"], cell), (written, cell)
        case _:
            assert alike(written, cell), (written, cell)


def test_every_place_that_gives_a_csv_gives_one_that_excel_leaves_alone(told, made, pages, tmp_path, monkeypatch):
    listings_say_what_the_json_says(told)
    assert told("reminder", "texts", *LISTINGS[-2][2:], "--out", tmp_path / "letters.csv").code == 0
    told("snapshot", "create", "--period", "2026", "--territory", "Речной округ")

    def gives(label, data, **_):
        return (data() if callable(data) else data) and False

    monkeypatch.setattr(st, "download_button", gives)
    with pages(territory="Примерная область / Речной округ", period="2026") as at:
        for page, pressed in PAGES.items():
            at.query_params["territory"] = "Область / 1.2" if page == "upload" else "Примерная область / Речной округ"
            at.query_params["organisation"] = "x-0" if page == "upload" else ""
            at.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
            if pressed:
                at.button(pressed).click().run()
            assert not at.exception, (page, at.exception)
        of_guests()
    left = sorted(f"{Path(file).relative_to(ROOT)}:{line}" for file, line in places().keys() - made)
    assert left == [], "no test has opened the CSV of these in Excel: name the listing or the page that gives it above"


def of_guests():
    """The table of a public snapshot."""
    application = running.running().open()
    store = application.store
    with store.read() as reader:
        publications = reader.publications()
    shown = handlers._shown(
        application, publications[0], publications, store.catalogue.text, ZoneInfo("Asia/Chita"), invented=False
    )
    handlers.csv_of(shown)
