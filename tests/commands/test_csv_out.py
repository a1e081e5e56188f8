"""Every CSV that a command prints says in Russian Excel what the JSON of the same command says."""

from __future__ import annotations

import csv
import io

import pytest
from excel_ru import alike, opened
from serving import EXAMPLES

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
]
FIGURE = ("--period", "2026", "--indicator", "coverage", "--level", "basic")


def table_of(text):
    assert text.startswith("\ufeff"), "Excel reads a file without the mark in another encoding"
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


@pytest.fixture
def told(district, tmp_path):
    """The example district with everything in it that a spreadsheet could take for something else."""
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
    return district


def test_each_cell_is_what_the_json_says(told):
    for call in LISTINGS:
        rows, documents = table_of(told(*call).out), told(*call, "--json").json()
        documents = documents["problems"] if isinstance(documents, dict) else documents
        assert len(rows) == len(documents) and (rows or call[0] in ("account", "snapshot")), call
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
