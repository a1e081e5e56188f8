"""The department of a district of another region puts three recommendations into its own words and sets a plan."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest
import second_region
from conftest import at_rest, new_page, visit
from playwright.sync_api import expect
from second_region import LAKES
from serving import ROOT, environment, serve

from proforient.catalogue.read import read_catalogue
from proforient.store import campaign
from proforient.store.store import Store

EDITED = {  # by code: the words, who is responsible
    "act-coverage-plan": ("Утвердить план охвата Озёрного района", "отдел воспитания"),
    "act-quality-analysis-preschool": ("Обсудить анализ на совете заведующих", "методический кабинет"),
    "act-concept-preschool": ("Принять положение о ранней профориентации", "заведующие детскими садами"),
}
SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def district(tmp_path):
    """A server over a store of this district alone: last year's reports, and the year that is open."""
    folder = tmp_path / "data"
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"), secrets=tmp_path / "secrets")
    second_region.add(store, period="2025")
    with store.write("test", based_on=None) as writer:
        campaign.open_period(writer, "2026", closes=dt.date(2099, 1, 20), territory=LAKES)
    second_region.report(store, "2026")
    store.close()
    with serve(folder) as running:
        yield running


PHONE = {"viewport": {"width": 360, "height": 800}, "is_mobile": True, "has_touch": True}


@pytest.mark.soak  # what it walks through page by page is asked of the same pages without a browser
def test_a_department_of_another_region_edits_and_plans_and_finds_both_again(district, browser):
    page, complaints = new_page(browser, district, "demo-department")
    for code, (text, responsible) in EDITED.items():
        visit(page, f"/advice?period=2026&action={code}")
        page.get_by_role("button", name="Изменить рекомендацию…").click()
        page.get_by_label("Что сделать").fill(text)
        page.get_by_label("Ответственный: должность или отдел, без фамилии").fill(responsible)
        page.get_by_role("button", name="Сохранить").click()
        expect(page.get_by_role("heading", name=text)).to_be_visible()
    listed = page.locator(".st-key-wide-advice .pf-choose a")
    listed.last.click()  # far below: the list moves within itself, what it chooses stays in sight
    expect(listed.last).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("heading", level=2)).to_be_in_viewport()
    visit(page, "/period?period=2026&indicator=coverage")
    page.get_by_role("button", name="Задать план…").click()
    page.get_by_role("button", name="таким был план").click()
    expect(page.get_by_label("План, %")).to_have_value("80")
    page.get_by_role("dialog").get_by_role("button", name="Задать план").click()
    expect(page.get_by_role("dialog")).to_have_count(0)  # it is gone when the plan is kept
    expect(page.get_by_text("Предложение программы: таким был план").first).to_be_visible()
    visit(page, "/?period=2026")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Доклад").click()
    deck = opened.value.locator("body")
    for text, responsible in EDITED.values():
        expect(deck).to_contain_text(text)
        expect(deck).to_contain_text(f"Ответственный: {responsible}.")
    expect(deck).to_contain_text("при плане 80")
    asked = [sys.executable, "-m", "proforient", "advice", "--period", "2026", "--territory", LAKES, "--json"]
    told = subprocess.run(
        asked, cwd=ROOT, env=environment(district.log.parent / "data"), capture_output=True, check=True
    )
    problems = json.loads(told.stdout)["problems"]
    found = {a["code"]: (a["text"], a["responsible"]) for p in problems for a in p["actions"]}
    assert {code: found[code] for code in EDITED} == EDITED
    (covered,) = (p for p in problems if p["code"] == "low-coverage-preschool")
    assert covered["figure"]["plan"] == "80"
    phone, _ = new_page(browser, district, "demo-department", **PHONE)
    visit(phone, "/advice?period=2026&action=act-coverage-plan")
    expect(phone.get_by_role("heading", name=EDITED["act-coverage-plan"][0])).to_be_visible()
    assert not phone.evaluate(SIDEWAYS)
    phone.locator(".st-key-narrow-advice").get_by_role("combobox").tap()  # a finger, as on a phone
    at_rest(phone.get_by_role("option").last).tap()
    phone.wait_for_function("() => !location.search.includes('action=act-coverage-plan')")
    expect(phone.get_by_role("heading", level=2)).not_to_have_text(EDITED["act-coverage-plan"][0])
    assert complaints.texts == []
