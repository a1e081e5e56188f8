"""Every page is read: by a screen reader, in Russian, on a narrow phone, at twice the size, in the dark, on paper."""

from __future__ import annotations

import io
import re

import pytest
from axe import violations
from boxes import OUTSIDE
from conftest import idle, new_page, until, visit
from playwright.sync_api import expect
from pypdf import PdfReader
from views import VIEWS

from proforient.web.register import PAGES

# Latin that stays: kinds of files and encodings, names of programs, codes and file names, titles in the sources.
ALLOWED = re.compile(
    r"\b(CSV|SHA|DOS|Mac|XLSX|XLS|ODS|TXT|UTF|Windows|Excel|Word|PowerPoint|LibreOffice|HTML|XML|QR|PDF|UTC|Google|Ctrl|Enter|Esc"
    r"|Page|Down|Up|PROFEST|IT|python|proforient|make|run|[A-Z]+_[A-Z_]+|XFD\d+|[a-z]+(?:-[a-z0-9]+)+|[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{64})\b|[\w/-]*\.(csv|xlsx|xls|ods|toml|xml)\b|https?://\S+"
    # The browser's own words on the native control, in the browser's language:
    r"|^No file chosen$"
)
LATIN = re.compile(r"[A-Za-z]{2,}")
SPOKEN = ("name", "description", "value", "roledescription", "valuetext", "placeholder")

# The names of icons are drawn as pictures, although they are text to a program that reads the page.
WRITTEN = """() => { const icons = new Set([...document.querySelectorAll('[data-testid="stIconMaterial"]')]
  .map(e => e.textContent)); return document.body.innerText.split('\\n').filter(line => !icons.has(line.trim())); }"""


def latin(texts):
    """Latin words that nothing allows, with the text they stand in."""
    found = {}
    for text in texts:
        for word in LATIN.findall(ALLOWED.sub(" ", text.strip())):
            found.setdefault(word, text.strip()[:80])
    return found


def spoken(page):
    """What a screen reader would say of the page."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    for node in tree:
        if not node.get("ignored"):
            own = [node.get("name", {}), node.get("description", {}), node.get("value", {})]
            named = [p["value"] for p in node.get("properties", ()) if p["name"] in SPOKEN]
            yield from (str(part["value"]) for part in [*own, *named] if isinstance(part.get("value"), str))


@pytest.fixture(scope="module")
def wide(browser, server):
    """One page of a laptop for all addresses."""
    page, complaints = new_page(browser, server)
    yield page
    page.context.close()
    assert [text for text in complaints.texts if "Такой страницы нет" not in text] == []


def test_every_page_of_the_register_is_read_here():
    assert {entry.code for entry in PAGES} <= set(VIEWS)


# Alike in form: what is seen of one is seen of the others; ``make screenshots`` draws them all.
ALIKE = {"help files", "help goals", "help tours", "help words", "a step of a tour"}


READ = [name for name in VIEWS if name not in ALIKE]
# Pages whose parts stand on those that are always read: lists, forms, tables. All of them under ``make soak``.
AGAIN = {
    *("explore years", "help findings", "nothing", "advice", "measures", "organisations", "registry", "links", "log"),
    *("help", "start", "receipts", "compare", "organisation", "accounts"),
    *("problems", "documents", "period", "explore", "indicators"),
}


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        *((name, False) for name in READ if name not in AGAIN),
        *(pytest.param(name, True, marks=pytest.mark.soak) for name in READ),
    ],
)
def test_a_page_is_read_everywhere(wide, name, whole):
    """No barrier that counts, every word Russian, whole on paper, at twice the size, on a phone, and in the dark.

    When it must be quick, every other page is printed and the rest are seen in the dark: sheet and theme are one.
    """
    visit(wide, VIEWS[name])
    assert violations(wide) == []
    assert latin(spoken(wide)) == {}
    assert latin([wide.title(), *wide.evaluate(WRITTEN)]) == {}
    assert wide.evaluate("document.documentElement.lang") == "ru"
    assert re.fullmatch(r"\S.* · Профориент", wide.title())
    if whole or READ.index(name) % 2:
        on_paper(wide)
    for width, height in ((683, 384), (320, 700)):
        wide.set_viewport_size({"width": width, "height": height})
        wide.wait_for_timeout(100)
        assert wide.evaluate(OUTSIDE) == [False, []], width
    if whole or not READ.index(name) % 2:
        in_the_dark(wide)
    wide.set_viewport_size({"width": 1366, "height": 768})


def in_the_dark(wide):
    wide.emulate_media(color_scheme="dark")
    until(wide, "getComputedStyle(document.querySelector('.stApp')).backgroundColor != 'rgb(255, 255, 255)'")
    idle(wide)
    assert violations(wide, rules=("color-contrast",)) == []
    wide.emulate_media(color_scheme="light")


def on_paper(page):
    """No empty page, no control of the screen, the finding and what is shown and when on the first one."""
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    papers = [" ".join(paper.extract_text().replace("\u00a0", " ").split()) for paper in printed.pages]
    assert all(len(text) > 30 for text in papers), "an empty page"
    title = page.locator("h1").inner_text().replace("\u00a0", " ").replace("\u2060", "")
    assert title.split()[-1] in papers[0]
    assert "Поделиться" not in papers[0]
    assert "Показатели Проблемы" not in papers[0]
    assert re.search(r"· \d+ \w+ \d{4} года ?, \d\d:\d\d", papers[0]), "paper does not say when it was printed"


def test_what_opens_over_a_page_is_russian_too(wide):
    visit(wide, "/indicators?period=2022")
    until(wide, "location.search.includes('trace=') && document.querySelector('h1') !== null")
    idle(wide)
    wide.get_by_role("button", name="Поделиться").click()
    expect(wide.get_by_text("Ссылка открывает эту страницу")).to_be_visible()
    link = "".join(wide.locator("[data-testid=stCode] code").inner_text().split())  # it may stand in several pieces
    assert link.startswith("http")
    assert latin(t for t in spoken(wide) if "".join(t.split()) not in link and "http" not in t) == {}
    wide.keyboard.press("Escape")
    wide.get_by_role("combobox", name="Период").click()
    wide.keyboard.type("щщщ")
    expect(wide.get_by_text("Ничего не найдено")).to_be_visible()
    assert latin(spoken(wide)) == {}
    wide.keyboard.press("Escape")
    visit(wide, "/nowhere")
    assert latin(spoken(wide)) == {}


def test_every_stop_of_the_keyboard_is_seen(wide):
    """From the address bar to the list: nothing is skipped, each stop has a ring, Enter opens."""
    visit(wide, VIEWS["problems"])
    stops = []
    for _ in range(23):
        wide.keyboard.press("Tab")
        stops.append(
            wide.evaluate(
                """() => { const e = document.activeElement;
                const ring = (x) => { const s = getComputedStyle(x);
                  return s.outlineStyle != 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow != 'none'; };
                let x = e, seen = false;
                for (let i = 0; i < 4 && x; i++, x = x.parentElement) seen = seen || ring(x);
                return [(e.innerText || e.ariaLabel || e.value || '').slice(0, 60), seen]; }"""
            )
        )
    said = [text.replace("\u00a0", " ") for text, _ in stops]
    order = ["Обзор", "Показатели", "Проблемы", "Организации", "Загрузка", "Период и планы", "Поделиться", "Доклад"]
    places = [next(i for i, text in enumerate(said) if word in text) for word in order]
    assert places == sorted(places), said
    assert [text for text, seen in stops if not seen] == []
    entry = wide.locator("nav a.go").nth(1)
    entry.focus()
    wide.keyboard.press("Enter")
    expect(entry).to_have_attribute("aria-current", "true")
    idle(wide)


@pytest.mark.parametrize("path", ["/deck/new?period=2022", "/deck/nothing-of-the-kind"])
def test_what_is_served_without_streamlit_is_read_too(browser, server, path):
    """The deck with its list of slides open and closed, and the page of a wrong address."""
    page, _ = new_page(browser, server)
    page.goto(path)
    for key in (None, "Escape"):
        if key:
            page.keyboard.press(key)
        assert violations(page) == []
        assert latin(spoken(page)) == {}
        assert latin([page.title(), *page.evaluate("document.body.innerText.split('\\n')")]) == {}
    assert page.evaluate("document.documentElement.lang") == "ru"
    page.set_viewport_size({"width": 320, "height": 700})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    page.context.close()
