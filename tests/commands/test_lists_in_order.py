"""Lists that commands print stand in the one order of names; the codes here run the other way round."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from serving import ROOT

from proforient.catalogue.read import read_catalogue
from proforient.wording.order import name_order

PLACES = ["Край / Ежовый округ", "Край / Ёлочный округ", "Край / Жаркий округ", "Край / Округ № 2", "Край / Округ № 10"]
HOME = PLACES[1]
NAMES = [
    "Еланская школа", "Ёлкинская школа", "Железная школа", "лицей «Аист»", "МБОУ «Школа № 9»", "МБОУ Школа № 10",
    "Школа № 1", "«Школа № 2»", "школа № 10",
]  # fmt: skip
CODES = {name: f"c{90 - at}" for at, name in enumerate(NAMES)}
HEAD = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\r\n"
FIGURE = ("--period", "2026", "--indicator", "coverage", "--level", "primary")
# Names that went wrong once lie beside a checkout; no user of the program has or needs them.
CASES = Path(os.environ.get("PROFORIENT_CASES", ROOT.parent / "shared" / "cases"))


def register(path, names, home, more=()):
    rows = [f'{CODES.get(n, n)};"{n.replace(chr(34), "")}";;school;primary,whole;{home}\n' for n in names]
    path.write_text("".join(["code;name;full_name;kind;levels;territory\n", *sorted(rows), *more]), "utf-8")
    return path


@pytest.fixture
def told(run, tmp_path):
    """Nine organisations with the same figures, handed in last name first, and five municipalities."""
    more = [f"t{9 - at};Школа при округе № {20 - at};Основная школа;school;primary,whole;{place}\n"
            for at, place in enumerate(PLACES) if place != HOME]  # fmt: skip
    assert run("organisations", "import", register(tmp_path / "register.csv", NAMES, HOME, more)).code == 0
    plans = ["period;indicator;level;territory;percent;origin;ground\n"]
    for place in reversed(PLACES):
        assert run("period", "open", "2026", "--closes", "2099-12-25", "--territory", place).code == 0
        plans += [f"2026;coverage;{level};{place};60;document;приказ\n" for level in ("secondary", "primary")]
    (tmp_path / "plans.csv").write_text("".join(plans), "utf-8")
    assert run("plan", "import", tmp_path / "plans.csv").code == 0
    for login in ("school-10", "school-2"):
        made = run("account", "add", login, "--role", "organisation", "--organisation", CODES[NAMES[0]], "--invite")
        assert made.code == 0, made.err
    for covered in (4, 5):
        lines = [f"{CODES[name]};coverage;Начальное;все;{covered};40\r\n" for name in reversed(NAMES)]
        (tmp_path / "svod.csv").write_text(HEAD + "".join(lines), "utf-8")
        sent = run("submit", tmp_path / "svod.csv", "--period", "2026", "--by", "metodist", "--confirm", "--json")
        assert sent.code == 0, sent.err
    run.sent = sent.json()
    return run


def listed(rows, field="organisation"):
    return list(dict.fromkeys(row[field] for row in rows))


def table(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.soak
def test_every_list_of_a_command_stands_in_the_order_of_names(told, tmp_path):
    want = [CODES[name] for name in NAMES]
    here = ("--territory", HOME)
    assert [o["name"] for o in told("organisations", "list", "--json").json() if o["territory"] == HOME] == NAMES
    assert [row["name"] for row in table(told("organisations", "list").out) if row["territory"] == HOME] == NAMES
    for call in (("values", "--period", "2026"), ("results", "--period", "2026", *here, "--by", "organisation")):
        assert listed(told(*call, "--json").json()) == want and listed(table(told(*call).out)) == want, call
    assert listed(told("trace", *FIGURE, *here, "--json").json()["cells"]) == want
    assert listed(table(told("trace", *FIGURE, *here).out)) == want
    problems = told("advice", "--period", "2026", *here, "--json").json()["problems"]
    behind = next(p["organisations"] for p in problems if p["level"] == "primary" and p["when"] == "not_met")
    assert listed(behind, "code") == want
    assert [o["in_closing_set"] for o in behind] == sorted((o["in_closing_set"] for o in behind), reverse=True)
    assert listed(told.sent["replaces"]) == want
    for call in (("zone", "list"), ("plan", "list", "--period", "2026"), ("period", "list")):
        found = [p for p in listed(told(*call, "--json").json(), "territory") if p and "/" in p]
        assert found == PLACES == [p for p in listed(table(told(*call).out), "territory") if "/" in p], call
    assert listed(told("account", "list", "--json").json(), "login") == ["school-2", "school-10"]
    # Figures stand as the catalogue has them.
    counts = list(read_catalogue(ROOT / "indicators.toml").counts)
    found = listed(told("values", "--period", "2026", "--organisation", want[0], "--json").json(), "count")
    assert found == sorted(found, key=counts.index) and found != sorted(found)
    levels = listed(told("plan", "list", "--period", "2026", "--json").json(), "level")
    assert levels == ["primary", "secondary"]
    # What a name may mean is proposed in the order of names.
    file = tmp_path / "asked.csv"
    file.write_text(f"{HEAD}Основная школа;coverage;Начальное;все;5;40\r\n", "utf-8")
    (asked,) = told("check", file, "--period", "2026", "--json").json()["unanswered"]
    said = [name for proposal in asked["proposals"] for name in proposal.values() if "№" in name]
    assert said[:4] == [f"Школа при округе № {n}" for n in (16, 17, 18, 20)]


@pytest.mark.skipif(not (CASES / "sort_names.csv").is_file(), reason="cases/sort_names.csv is not beside the checkout")
def test_the_names_that_went_wrong_once(run):
    assert run("organisations", "import", CASES / "sort_names.csv").code == 0
    found = [o["name"] for o in run("organisations", "list", "--json").json()]
    right = ["Еланская школа", "Ёлкинская школа", "лицей «Аист»", "Школа № 1", "Школа № 2", "Школа № 10"]
    assert found == right == sorted(found, key=name_order)
