"""Two servers of one shared store in the browser: every page, what one accepts, who signs out, PostgreSQL away."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import replace

import pytest
from conftest import new_page, visit
from playwright.sync_api import expect
from shared_servers import MISSING, shared_servers
from test_users import drag
from views import VIEWS

from proforient.access.cookies import NAME
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT, read_settings
from proforient.store.engine import open_store

pytestmark = [pytest.mark.soak, pytest.mark.skipif(MISSING is not None, reason=str(MISSING))]
SCHOOL = "organisation=n-school-rechnaya&period=2023"
TABLE = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\r\n"
AWAY = re.compile(r"Общее хранилище не\sотвечает")


@pytest.fixture(scope="module")
def running():
    with shared_servers() as servers:
        yield servers


@pytest.fixture
def pages(running, browser):
    """One page on each server; nothing may be complained of."""
    opened = [new_page(browser, server) for server in running.servers]
    yield [page for page, _ in opened]
    for page, complaints in opened:
        page.context.close()
        assert complaints.texts == []


def choose(page, name, number):
    """A file of one pair is chosen and checked; «Сдать» is there to be pressed."""
    drag(page, name, (TABLE + f"Школа «Речная»;Охват мероприятиями;Начальное;все;{number};60\r\n").encode("cp1251"))
    expect(page.get_by_role("button", name="Сдать", exact=True)).to_be_visible()


def found(running, name):
    """How often a file of that name was accepted, as a server finds it that joins now."""
    named = {**running.own, "PROFORIENT_DATA": str(running.folder / "looking")}
    store = open_store(read_settings(named), read_catalogue(ROOT / "indicators.toml"), wait=5)
    try:
        with store.read() as reader:
            return sum(sent.file == name for sent in reader.submissions())
    finally:
        store.close()


def test_every_page_opens_on_both(pages):
    for page in pages:
        for name, path in VIEWS.items():
            visit(page, path)
            expect(page.locator("h1").first).to_be_visible()
            assert page.locator(".pf-message[role=alert], [data-testid=stException]").count() == 0, name


def test_what_one_accepts_the_other_shows_at_its_next_action(pages):
    here, there = pages
    visit(there, "/organisations?period=2023&organisation=n-school-rechnaya")
    expect(there.get_by_text("речная.csv")).to_have_count(0)
    here.goto(f"/upload?{SCHOOL}")
    choose(here, "речная.csv", 37)
    here.get_by_role("button", name="Сдать", exact=True).click()
    expect(here.get_by_text(re.compile("принят", re.IGNORECASE)).first).to_be_visible()
    visit(there, "/organisations?period=2023&organisation=n-school-rechnaya")
    expect(there.get_by_text("речная.csv").first).to_be_visible()
    expect(there.get_by_text(re.compile(r"37\s/\s60")).first).to_be_visible()


def test_who_signs_out_on_one_is_out_on_the_others_open_page(running, browser):
    first, second = running.servers
    page, _ = new_page(browser, second, None)
    cookie = first.cookie()
    page.context.add_cookies([{"name": NAME, "value": cookie, "url": second.address, "httpOnly": True}])
    visit(page, "/organisations?period=2023")
    begun = time.monotonic()
    assert first.send("POST", "/logout", {}, cookie=cookie).status in (200, 303)
    expect(page).to_have_url(re.compile("/login"), timeout=4000)
    print(f"\nthe other's page ended after {time.monotonic() - begun:.2f} s")
    page.context.close()


def test_postgres_away_is_said_and_what_was_typed_stays(running, pages):
    page, _ = pages
    visit(page, f"/form?{SCHOOL}")
    fields = page.get_by_role("textbox", name=re.compile("было"))
    expect(fields.nth(1)).to_be_visible()
    fields.nth(0).fill("61")
    fields.nth(0).press("Tab")
    expect(page.get_by_text("Последнее сохранено")).to_be_visible()
    running.database.stop()
    try:
        fields.nth(1).fill("58")
        fields.nth(1).press("Tab")
        expect(page.get_by_text(AWAY).first).to_be_visible()
        assert [fields.nth(number).input_value() for number in (0, 1)] == ["61", "58"]
    finally:
        running.database.start()
    expect(page.get_by_text(AWAY)).to_have_count(0)  # by itself
    assert [fields.nth(number).input_value() for number in (0, 1)] == ["61", "58"]
    visit(page, f"/form?{SCHOOL}")
    assert [fields.nth(number).input_value() for number in (0, 1)] == ["61", "58"]


@pytest.mark.parametrize("killed", ["nginx", "the server"])  # the server is the last thing: it is gone then
def test_killed_while_a_school_hands_in(running, browser, killed):
    """What was confirmed is found once; what was not can be handed in again by the same address, and is found once."""
    front = replace(running.servers[0], address=running.address)
    name = f"{killed.split()[-1]}.csv"
    page, _ = new_page(browser, front)
    served = page.goto(f"/upload?{SCHOOL}").headers["x-served-by"]
    choose(page, name, 41)
    page.get_by_role("button", name="Сдать", exact=True).click(no_wait_after=True)
    page.wait_for_timeout(200)
    if killed == "nginx":
        running.kill_proxy()
    else:
        os.kill(next(s for s in running.servers if s.address.endswith(served)).process.pid, signal.SIGKILL)
    time.sleep(3)
    before = found(running, name)
    print(f"\n{killed} killed: the file was accepted {before} times", end=" ")
    assert before in (0, 1)
    page.goto(f"/upload?{SCHOOL}")
    if not before:
        choose(page, name, 41)
        page.get_by_role("button", name="Сдать", exact=True).click()
        expect(page.get_by_text(re.compile("принят", re.IGNORECASE)).first).to_be_visible()
    assert found(running, name) == 1
    visit(page, "/organisations?period=2023&organisation=n-school-rechnaya")
    expect(page.get_by_text(name).first).to_be_visible()
    page.context.close()
