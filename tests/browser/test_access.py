"""Two fresh browsers: one signs in, one is a guest with a link; what either sees, and what ends it."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
import two_districts
from axe import violations
from conftest import PATIENCE, idle, new_page, until, visit
from playwright.sync_api import Page, expect
from serving import ROOT, Server, environment, serve
from thinned import thinned
from two_districts import NORTH, PASSWORD

from proforient.store import enrolment

PRODUCTION = {"PROFORIENT_MODE": "production"}
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    folder = tmp_path_factory.mktemp("production") / "data"
    two_districts.make(folder).close()
    with serve(folder, **PRODUCTION) as server:
        yield server


@pytest.fixture
def guest(browser, production):
    """A browser that nobody has signed in with."""
    page, complaints = new_page(browser, production, login=None)
    yield page
    page.context.close()
    refused = re.compile(r"403 \(Forbidden\) \(\S+/login\)$")  # a wrong password, told by the browser too
    assert [text for text in complaints.texts if not refused.search(text)] == []


def command(server: Server, *arguments: str) -> str:
    folder = server.secrets.with_name("data")
    done = subprocess.run(
        [sys.executable, "-m", "proforient", *arguments],
        cwd=ROOT, env=environment(folder, **PRODUCTION), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def fill_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.get_by_label("Логин или электронная почта").fill(login)
    page.get_by_label("Пароль", exact=True).fill(password)
    page.get_by_role("button", name="Войти").click()


def test_signing_in_lands_on_the_page_that_was_asked_for_and_survives_a_reload(guest):
    guest.goto("/problems?period=2024")
    expect(guest.get_by_role("heading", name="Вход")).to_be_visible()
    assert violations(guest) == []
    fill_in(guest, "north-department", "не тот пароль")
    expect(guest.get_by_role("alert")).to_contain_text("раскладку")
    fill_in(guest, "north-department")
    guest.wait_for_url(re.compile(r"/problems\?"))
    idle(guest)
    expect(guest.get_by_text("north-department")).to_be_visible()
    guest.reload()
    idle(guest)
    expect(guest.get_by_text("north-department")).to_be_visible()
    assert "proforient_session" not in guest.evaluate("document.cookie")
    guest.get_by_text("north-department").click()
    expect(guest.get_by_role("heading", name="Учётная запись")).to_be_visible()
    assert violations(guest) == []
    guest.get_by_role("button", name="Выйти", exact=True).click()
    expect(guest.get_by_role("heading", name="Вход")).to_be_visible()
    guest.go_back()
    guest.goto("/problems?period=2024")
    expect(guest.get_by_role("heading", name="Вход")).to_be_visible()


@pytest.mark.parametrize("how", thinned(["closed", "signed out elsewhere"]))
def test_a_live_page_ends_within_a_second_and_lands_on_the_sign_in(browser, production, guest, how):
    guest.goto("/login")
    fill_in(guest, "south-department")
    idle(guest)
    expect(guest.locator("h1")).to_be_visible()
    if how == "closed":
        command(production, "account", "disable", "south-department")
    else:
        ticket = next(c["value"] for c in guest.context.cookies() if c["name"] == "proforient_session")
        assert production.send("POST", "/logout", {}, cookie=ticket).status == 303
    began = time.monotonic()
    expect(guest.get_by_role("heading", name="Вход")).to_be_visible(timeout=PATIENCE * 1000)
    assert "next=" in guest.url
    # No test asserts a time: that it is seconds and not minutes is asserted by the patience, the second by a look.
    print(f"ended after {time.monotonic() - began:.1f} s")
    if how == "closed":
        command(production, "account", "enable", "south-department")


def test_what_is_typed_when_the_session_ends_stands_after_the_next_sign_in(guest, production):
    """One number left for the next field, one still being typed: neither is lost, nor is the way back."""
    guest.goto("/form")
    fill_in(guest, "cedar")
    idle(guest)
    fields = guest.locator("[class*=st-key-typed-] input")
    first, second = fields.first, fields.nth(1)
    expect(second).to_be_visible()
    idle(guest)
    assert second.input_value() != "7034"
    first.fill("7012")
    first.press("Tab")
    idle(guest)
    second.fill("7034")
    ticket = next(c["value"] for c in guest.context.cookies() if c["name"] == "proforient_session")
    assert production.send("POST", "/logout", {}, cookie=ticket).status == 303
    expect(guest.get_by_role("heading", name="Вход")).to_be_visible()
    fill_in(guest, "cedar")
    idle(guest)
    expect(guest.locator("h1")).to_contain_text("Бланк")
    expect(first).to_have_value("7012")
    expect(second).to_have_value("7034")


def test_a_snapshot_made_by_one_is_seen_by_the_other_until_it_is_taken_back(browser, own_server):
    """The walk of a presenter: make a snapshot, hand the link and the code on, take the link back."""
    head, complaints = new_page(browser, own_server, login="demo-head")
    visit(head, "/links?period=2022")
    head.get_by_label("Заголовок").fill("К коллегии")
    head.get_by_label("Примечание").fill("Числа на день заседания.")
    head.get_by_role("button", name="Сделать снимок").click()
    expect(head.get_by_text("Снимок № 1 открыт")).to_be_visible()
    link = head.locator("code").first.inner_text()
    head.get_by_role("button", name="Код для зала").click()
    code = head.locator(".pf-code").inner_text()
    other, told = new_page(browser, own_server, login=None)
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("К коллегии")
    expect(other.get_by_role("status").first).to_contain_text("Действует")
    assert other.context.cookies() == []
    assert violations(other) == []
    other.goto("/k")
    assert violations(other) == []
    other.get_by_label("Код с экрана").fill(code.lower())
    other.get_by_role("button", name="Открыть").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("К коллегии")
    head.keyboard.press("Escape")
    expect(head.get_by_role("dialog")).to_have_count(0)
    head.get_by_role("button", name="Отозвать").click()
    head.get_by_label("Причина").fill("Уточняем число")
    head.get_by_role("dialog").get_by_role("button", name="Отозвать", exact=True).click()
    expect(head.get_by_text("Снимок № 1 отозван")).to_be_visible()
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("Снимок отозван")
    expect(other.get_by_text("Уточняем число")).to_be_visible()
    head.goto("/log")
    idle(head)
    for said in ("Открыт снимок № 1", "Код для зала: снимок № 1", "Отозван снимок № 1. Уточняем число"):
        expect(head.get_by_text(said)).to_be_visible()
    for page in (head, other):
        page.context.close()
    assert complaints.texts == []
    assert [text for text in told.texts if "410" not in text] == []


@pytest.mark.parametrize("size", [pytest.param((1366, 768), marks=pytest.mark.soak), (320, 640)])
def test_the_public_page_fits_every_screen_and_paper_without_its_script(browser, production, size):
    link = command(production, "snapshot", "create", "--period", "2024", "--territory", NORTH)
    width, height = size
    page, complaints = new_page(
        browser, production, login=None, viewport={"width": width, "height": height}, java_script_enabled=False
    )
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    box = page.locator("main").bounding_box()
    assert box and box["x"] >= 0 and box["width"] <= width
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 4
    page.context.close()
    assert complaints.texts == []


def test_a_guest_s_page_loads_nothing_from_elsewhere_and_little(browser, production):
    link = command(production, "snapshot", "create", "--period", "2024", "--territory", NORTH)
    page, complaints = new_page(browser, production, login=None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(link)
    page.wait_for_load_state("networkidle")
    assert all(address.startswith((production.address, "data:")) for address in asked)
    assert len([a for a in asked if not a.startswith("data:")]) <= 4  # the page and its faces
    assert complaints.texts == []
    page.context.close()


@pytest.mark.soak
def test_hostile_names_and_texts_are_shown_as_they_are_written(browser, tmp_path):
    """A name of an organisation, a note, a title: nothing of them is run anywhere."""
    folder = tmp_path / "data"
    store = two_districts.make(folder)
    with store.write("test", based_on=None) as writer:
        from dataclasses import replace

        pine = writer.reader.organisation("north-pine")
        enrolment.import_organisations(writer, [replace(pine, name=f"Школа {HOSTILE}")])
    publication = two_districts.publish(store, title=HOSTILE, note=HOSTILE)
    store.close()
    with serve(folder, **PRODUCTION) as server:
        page, complaints = new_page(browser, server, login=None)
        said: list[str] = []
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto("/login")
        fill_in(page, "chief")
        idle(page)
        for path in ("/organisations", "/period", "/log", "/links"):
            visit(page, f"{path}?territory={NORTH}&period=2024")
            assert page.locator("img[src=x]").count() == 0, path
        visit(page, f"/organisations?territory={NORTH}&period=2024")
        assert HOSTILE in page.locator("[data-testid=stMain]").inner_text().replace("\u00a0", " ").replace("\u2060", "")
        page.goto(f"/s/{publication.token}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("<script>")
        page.goto(f"/s/{publication.token}/deck")
        until(page, "document.readyState === 'complete'")
        assert said == []
        page.context.close()
        assert complaints.texts == []


@pytest.mark.soak
def test_on_a_phone_the_form_below_the_list_is_one_tap_away(browser, production):
    """Each tap leads there, the second as well; where form and list stand side by side there is no such link."""
    page, complaints = new_page(browser, production, login=None, viewport={"width": 360, "height": 700})
    page.goto("/accounts")
    fill_in(page, "chief")
    page.wait_for_url(re.compile(r"/accounts\?"))
    idle(page)
    expect(page.locator("#new")).to_be_attached()
    assert page.evaluate("document.querySelector('#new').getBoundingClientRect().top > innerHeight")
    link, seen = page.get_by_role("link", name="Завести учётную запись"), "document.activeElement.id == 'new'"
    for _ in range(2):
        link.click()
        until(page, f"{seen} && document.activeElement.getBoundingClientRect().top < innerHeight / 2")
        page.get_by_role("textbox", name="Логин").focus()
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(link).to_be_hidden()
    page.context.close()
    assert complaints.texts == []
