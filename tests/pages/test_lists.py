"""Организации in a district of real size: search, kind and state in the address, pages of fifty."""

from __future__ import annotations

import html
import re

import pytest
from large_district import LARGE, register
from page_words import words

from proforient.monitoring import Organisation, Report
from proforient.store import journal, report_rows, roster
from proforient.store.rows import Part
from proforient.web import cache
from proforient.web.sections.organisations import listing
from proforient.wording.search import search

NAMES = {row["code"]: row["name"] for row in register()}


@pytest.mark.parametrize(
    ("query", "text", "holds"),
    [
        ("елочка", "Детский сад «Ёлочка»", True),
        ("Ёлочка", "ДЕТСКИЙ САД «ЕЛОЧКА»", True),
        ("и\u0306ки", "Заи\u0306кино", True),
        ("зайкин", "Заи\u0306кино", True),
        ('"СОШ №2"', "МБОУ «СОШ № 2»", True),
        ("№ 2 сош", "МБОУ «СОШ № 2»", True),
        ("2", "Школа № 12", False),
        ("002", "Школа № 2", True),
        ("образоват 2", "Общеобразовательная школа № 2", True),
        ("верхне-уфалейская", "Школа Верхне-Уфалейская", True),
        ("7401", "7401000123", True),
        ("0123", "7401000123", True),
        ("740", "7401000123", False),
        ("лицей", "Школа № 2", False),
        ("«»", "Школа № 2", True),
        ("", "Школа № 2", True),
        ("9" * 5000, "9" * 5000, True),
    ],
)
def test_what_is_found(query, text, holds):
    assert search(query)(text) is holds


def test_each_piece_may_stand_in_another_text():
    assert search("школа z 0000010001")("Школа № 2", "", "0000010001", "z-school-2")
    assert not search("школа 3")("Школа № 2", "", "0000010001", "z-school-2")


def listed(at):
    """The codes of the organisations in the list, as they come."""
    (table,) = [e.proto.body for e in at.get("html") if "pf-register" in e.proto.body] or [""]
    return re.findall(r"organisation=([\w-]+)", html.unescape(table))


@pytest.fixture
def shown(large_page):
    """``shown(**view)``: the page with that address; one session for all of them."""
    at = large_page("organisations", territory=LARGE, period="2022")
    assert len(listed(at)) == 50 and "Показаны 1–50 из 60" in words(at)

    def opened(**view):
        for key in ("find", "kind", "state", "part", "sort"):
            at.query_params[key] = view.get(key, "")
        at.run()
        assert not at.exception
        return at

    return opened


def test_by_name_number_inn_and_code(shown):
    at = shown(find="елкины броды 27")
    assert listed(at) == ["z-school-27"] and "Найдено: 1 из 60. Показать все 60" in words(at)
    assert set(listed(shown(find="№ 2"))) == {"z-school-2", "z-garden-2", "z-club-2"}
    assert listed(shown(find="z-garden-11")) == ["z-garden-11"]
    assert listed(shown(find="0000010004")) == ["z-school-5"]
    assert set(listed(shown(find='"детский" СА', kind="preschool"))) <= {c for c in NAMES if "garden" in c}
    at = shown(find="нет такой")
    assert listed(at) == [] and "Ничего не найдено. Показать все 60" in words(at)


def test_by_kind_and_state_and_every_page(shown):
    seen = [*listed(shown(sort="name")), *listed(shown(sort="name", part="2"))]
    assert len(seen) == 60 == len(set(seen))
    at = shown(part="9")
    assert "Показаны 51–60 из 60" in words(at) and len(listed(at)) == 10
    at = shown(kind="additional")
    assert sorted(listed(at)) == [f"z-club-{n}" for n in range(1, 8)] and "Показаны" not in words(at)
    at = shown(state="returned")
    assert len(listed(at)) == 6 and words(at).count("↓ на доработке") == 6
    at = shown(kind="school", state="overdue")
    silent = listed(at)
    assert silent and all(code.startswith("z-school") for code in silent)
    assert f"Найдено: {len(silent)} из 60" in words(at)


@pytest.mark.parametrize("sort", ["", "name", "share", "state"])
def test_of_whoever_is_not_on_the_page_no_record_is_made(shown, monkeypatch, sort):
    made = []
    monkeypatch.setattr(roster, "Organisation", lambda **told: made.append(told["code"]) or Organisation(**told))
    monkeypatch.setattr(report_rows, "Report", None)
    monkeypatch.setattr(cache, "_memory", cache.Memory())
    at = shown(sort=sort)
    assert len(listed(at)) == 50
    assert len(set(made) - set(listed(at))) <= 3  # of ten; whom a figure asks is looked up once for each kind


def test_of_more_organisations_than_anybody_looks_through_a_territory_is_chosen_first(page, monkeypatch):
    monkeypatch.setattr(listing, "LISTED", 10)
    at = page("organisations", territory="", period="2022", part="2")
    assert not at.exception and listed(at) == []
    assert re.search(r"\d+ организаци\w+: выберите территорию", words(at))
    (plot,) = [e.proto.body for e in at.get("html") if "pf-place" in e.proto.body and "<table" not in e.proto.body][:1]
    leads = [html.unescape(href) for href in re.findall(r'href="([^"]+)"', plot)]
    assert leads and all("/organisations?" in href and "part=&" in href for href in leads)
    at.text_input("list-find").set_value("детский").run()
    assert listed(at) and "Найдено" in words(at)
    at.text_input("list-find").set_value("").run()
    assert listed(at) == []
    at.query_params.update(territory="Бодайбинский район")
    assert listed(at.run())


def test_of_a_period_the_reports_and_files_of_the_page_are_made_only(large_page, monkeypatch):
    reports, files = [], []
    monkeypatch.setattr(report_rows, "Report", lambda **told: reports.append(told["organisation"]) or Report(**told))
    monkeypatch.setattr(journal, "Part", lambda **told: files.append(told["id"]) or Part(**told))
    at = large_page("period", territory=LARGE, period="2022", sort="name")
    assert not at.exception and "Показаны 1–50 из 60" in words(at)
    every = int(re.search(r"Показаны 1–10 из (\d+)", words(at))[1])
    # those of the list's page and those that wait to be accepted
    assert 50 <= len(set(reports)) < 60 and 10 <= len(set(files)) < every


def test_typing_and_choosing_write_the_address_and_begin_at_the_first_page(shown):
    def asked(at, key):
        value = at.query_params[key]
        return value if isinstance(value, str) else value[0]

    at = shown(part="2")
    at.text_input("list-find").set_value("  Школа ").run()
    assert asked(at, "find") == "Школа" and asked(at, "part") == ""
    assert "Найдено: 30 из 60" in words(at) and len(listed(at)) == 30
    at.selectbox("scope-state").set_value("returned").run()
    assert asked(at, "state") == "returned" and asked(at, "find") == "Школа"
    assert set(listed(at)) == {"z-school-5", "z-school-15", "z-school-26"}
