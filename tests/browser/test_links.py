"""The address is the whole view: a link opens the same figures elsewhere, Back and Forward step through views."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from conftest import idle, new_page, until, visit
from playwright.sync_api import expect
from serving import serve
from thinned import kept

from proforient.access.cookies import NAME

PLACE = "Челябинская область / Нязепетровский муниципальный район"
KEYS = {
    *("find", "kind", "state", "part", "beside"),  # of a list, and the page of a second one
    "territory",
    "period",
    "cohort",
    "indicator",
    "level",
    "organisation",
    "problem",
    "sort",
    "grouping",
    "source",
    "topic",
    "step",
    "down",
    *("sides", "slides", "rows", "columns", "measure", "look"),
    "action",
    "document",
    "item",
    "progress",
    "addressee",
    "trace",
}

VIEWS = {
    "overview": ("/", {"period": "2022"}),
    "a part of the children": ("/indicators", {"period": "2022", "cohort": "disability", "sort": "share"}),
    "a problem": ("/problems", {"period": "2022", "problem": "low-coverage-basic"}),
    "an organisation": (
        "/organisations",
        {"period": "2022", "organisation": "n-school-zarechnaya", "level": "basic", "trace": "1"},
    ),
    "a topic of the help": ("/help", {"topic": "findings"}),
    "an upload": ("/upload", {"period": "2023", "organisation": "n-school-rechnaya"}),
}


DRAWN = (
    "document.querySelectorAll('[data-testid=stPlotlyChart]').length =="
    " document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length"
)
CHARTS = "many => document.querySelectorAll('.js-plotly-plot').length == many"
SAYS = "text => document.querySelector('[data-testid=stMain]').innerText == text"


def shown(page):
    """Everything that is written on the page, and the data of every chart."""
    text = page.locator('[data-testid="stMain"]').inner_text()
    charts = page.evaluate("[...document.querySelectorAll('.js-plotly-plot')].map(e => JSON.stringify(e.data))")
    return text, charts


def address(page):
    parts = urlsplit(page.url)
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}


def settled(page):
    """What is shown once the page has run, every chart is drawn, and nothing has moved for a second."""
    page.wait_for_selector('[data-testid="stMain"] h1')
    last, still = None, 0
    while still < 3:
        idle(page)
        page.wait_for_timeout(250)
        now = shown(page)
        still = still + 1 if now == last and page.evaluate(DRAWN) else 0
        last = now
    return last


@pytest.mark.soak
@pytest.mark.parametrize("part", range(3))
def test_a_link_opens_the_same_in_another_browser(page, browser, server, part):
    other, complaints = new_page(browser, server)
    page.goto("/?period=2022")
    page.locator(".js-plotly-plot .main-svg").first.wait_for()  # Plotly is loaded once; until then no chart is missed
    for name, (path, view) in list(VIEWS.items())[part::3]:
        page.goto(f"{path}?{urlencode(view)}")
        until(page, "location.search.includes('cohort=')")
        first, complete = settled(page), address(page)[1]
        assert set(complete) == KEYS and complete.items() >= view.items(), name
        other.goto(page.url)
        until(other, CHARTS, len(first[1]))  # Plotly itself may still be on its way
        assert settled(other) == first, name
        assert address(other)[1] == complete, name
    other.context.close()
    assert complaints.texts == []


def test_a_deep_link_may_be_the_very_first_request(server, browser, tmp_path):
    import shutil

    folder = shutil.copytree(server_folder(server), tmp_path / "data", ignore=shutil.ignore_patterns("*.sock"))
    with serve(folder) as fresh:
        page, complaints = new_page(browser, fresh)
        page.goto("/problems?period=2022&problem=low-coverage-basic")
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_text("Демонстрация · администратор")).to_be_visible()
        expect(page.get_by_role("link", name="Обзор")).to_be_visible()
        expect(page).to_have_title(re.compile("Проблемы"))
        page.context.close()
        assert complaints.texts == []


def server_folder(server):
    """The data folder of a running server."""
    from pathlib import Path

    environ = Path(f"/proc/{server.process.pid}/environ").read_bytes().split(b"\0")
    return next(e for e in environ if e.startswith(b"PROFORIENT_DATA=")).decode().partition("=")[2]


def choose(page, label, option):
    """Pick an option of a select box of the scope bar, and wait until the address has it."""
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option).click()


def test_back_and_forward_step_through_views(page):
    visit(page, f"/?{urlencode({'territory': PLACE, 'period': '2022'})}")
    until(page, "location.search.includes('cohort=')")
    before = settled(page)
    choose(page, "Период", re.compile("2021"))
    page.wait_for_url(re.compile("period=2021"))
    until(page, "document.querySelector('[data-testid=stMain]').innerText.includes('2021\u00a0год')")
    changed = settled(page)
    assert changed != before
    page.go_back()
    page.wait_for_url(re.compile("period=2022"))
    until(page, SAYS, before[0])
    assert settled(page) == before
    page.go_forward()
    page.wait_for_url(re.compile("period=2021"))
    until(page, SAYS, changed[0])


@pytest.mark.soak
def test_the_menu_keeps_the_view_and_address_and_page_agree(page):
    visit(page, f"/?{urlencode({'territory': PLACE, 'period': '2021'})}")
    page.get_by_role("link", name="Показатели").click()
    page.wait_for_url(re.compile("/indicators.*period=2021"))
    settled(page)
    expect(page.get_by_role("combobox", name=re.compile("Период"))).to_have_value(re.compile("2021.год"))
    page.get_by_role("link", name="Обзор").click()
    page.wait_for_url(re.compile(r"/\?.*period=2021"))
    settled(page)
    expect(page.get_by_role("combobox", name=re.compile("Период"))).to_have_value(re.compile("2021.год"))


@pytest.mark.soak
def test_back_from_the_first_address_leaves_the_program(page):
    page.goto("about:blank")
    visit(page, "/")
    until(page, "location.search.includes('cohort=')")
    settled(page)
    for _ in range(3):
        if page.url == "about:blank":
            break
        page.go_back()
    assert page.url == "about:blank"


NONSENSE = (
    "period=1899",
    "territory=Атлантида",
    "indicator=nonsense&level=nonsense",
    "organisation=nobody",
    "problem=none&sort=up",
    "cohort=<script>alert(1)</script>",
    "period=2022&period=2021",
    "trace=" + "9" * 3000,
    "period=%00%ff",
)


@pytest.mark.parametrize("query", kept(NONSENSE, []))
def test_what_is_not_understood_is_said(page, query):
    visit(page, f"/?{query}")
    expect(page.get_by_text(re.compile("В.адресе")).first).to_be_visible()
    expect(page.locator("h1").first).to_be_visible()
    assert not page.get_by_text("Traceback").count()


def test_a_link_is_copied_over_plain_http_or_it_is_said_how(browser, server):
    """On http://school the browser has no clipboard: it is copied by hand, and where that is forbidden told how to."""
    school = f"http://school.test:{urlsplit(server.address).port}"
    page, _ = new_page(browser, server, login=None, base_url=school)
    page.context.add_cookies([{"name": NAME, "value": server.cookie(), "url": school}])
    visit(page, "/problems?period=2022")
    assert page.evaluate("window.isSecureContext") is False
    code = page.get_by_test_id("stCode")

    def share():
        """A run of the page that has just begun closes what was opened before it."""
        while not code.is_visible():
            page.get_by_role("button", name="Поделиться").click()
            page.wait_for_timeout(1000)

    share()
    link = code.inner_text().strip()
    code.hover()
    code.get_by_role("button").click()
    expect(code.get_by_role("button", name="Скопировано")).to_be_visible()
    field = page.evaluate_handle("document.body.appendChild(document.createElement('textarea'))")
    field.as_element().focus()
    page.keyboard.press("Control+V")
    assert page.evaluate("field => field.value", field) == link
    page.evaluate("field => field.remove()", field)

    page.evaluate("document.execCommand = () => false")
    share()
    code.hover()
    code.get_by_role("button").click()
    expect(page.get_by_role("alert").filter(has_text="Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString()").strip() == link
    page.context.close()


@pytest.mark.soak
def test_a_level_leads_to_its_problem_and_a_name_of_a_step_to_its_sheet(page):
    visit(page, "/?period=2022")
    names = page.locator(".js-plotly-plot a:visible")
    until(page, "document.querySelectorAll('.js-plotly-plot a').length >= 5")
    names.filter(has_text="Основное").first.click()
    page.wait_for_url(re.compile("down=basic"))
    idle(page)
    page.get_by_role("link", name="Проблема и что с ней сделать").click()
    expect(page.locator("h1").first).to_contain_text("проблем")
    path, view = address(page)
    assert path == "/problems" and view["problem"] == "low-coverage-basic" and view["territory"] == PLACE
    page.go_back()
    page.wait_for_url(re.compile("down=basic"))
    page.locator("ol.pf-list a").first.click()
    until(page, "location.pathname == '/organisations'")
    idle(page)
    assert address(page)[1]["organisation"].startswith("n-")
    expect(page.locator("h1").first).to_contain_text("«")
