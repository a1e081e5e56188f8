"""The deck in a browser: keys, clicker, swipe, addresses, choice and order, without script, network or server."""

from __future__ import annotations

import io
import itertools
import re
from types import SimpleNamespace
from typing import NamedTuple

import pytest
import zxingcpp
from charts import invented
from conftest import new_page, until
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from proforient.charts.marks import Html
from proforient.web.deck.handlers import code_of
from proforient.web.deck.page import page as written
from proforient.web.deck.slides import Slide, gap

NEW = "/deck/new?period=2022"
HALL = {"width": 1920, "height": 1080}
AT = "location.hash.slice(1)"
SEEN = "id => Math.abs(document.getElementById(id).getBoundingClientRect().left) < 2"
# Words or pictures that stand outside their slide, or a slide whose inside is higher than its place.
CUT = """[...document.querySelectorAll('section:not([hidden])')].flatMap(one => {
  const inner = one.querySelector('.slide');
  return inner.scrollHeight > inner.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1 ? [one.id] : [];
})"""


# Pairs of words of one slide that meet, words outside their slide, rows outside their place.
MEET = """[...document.querySelectorAll('section')].flatMap(one => {
  const found = [], whole = one.getBoundingClientRect();
  const boxes = [...one.querySelectorAll(':scope > :is(h1, h2), .who-row .name, .who-row .need, .who-row small, '
    + '.who .pf-cut, .who .rest, .number, .change-row .level, .change-row .then, .moved, .note, .bars .pf-name, '
    + '.bars .pf-side, .whom, .what, .due, .ground, .lead, .strip, dt, dd, footer > div, footer .turn')].map(e => {
    const range = document.createRange(); range.selectNodeContents(e);
    return [e, range.getBoundingClientRect()];
  }).filter(([, box]) => box.width);
  for (const [e, box] of boxes)
    if (box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1
      || box.bottom > whole.bottom + 1) found.push(one.id + ' outside: ' + e.className + e.textContent);
  boxes.forEach(([e, a], n) => { for (const [f, b] of boxes.slice(n + 1))
    if (a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
      found.push(one.id + ': ' + e.textContent + ' / ' + f.textContent); });
  return found;
})"""
# Words of the period before through which the mark of a plan goes.
CROSSED = """[...document.querySelectorAll('.change-row')].flatMap(row => {
  const words = row.querySelector('.then'), tick = row.querySelector('.pf-tick');
  if (!words || !tick) return [];
  const a = words.getBoundingClientRect(), b = tick.getBoundingClientRect();
  return a.left < b.right && b.left < a.right && a.top < b.bottom - 1 ? [words.textContent] : [];
})"""
SMALLEST = (
    """Math.min(...[...document.querySelectorAll('.gap *')].map(e => parseFloat(getComputedStyle(e).fontSize)))"""
)
SIZES = ((1920, 1080), (1366, 768), (1280, 720))


def gap_slides():
    """Decks of gaps: 1 to 60 rows, names of 10 to 120 letters that part early and late, with and without a line."""
    long = "МБОУ «Средняя общеобразовательная школа № {} имени дважды Героя Советского Союза первостроителя комбината»"
    late = "Отделение дополнительного образования детей и юношества при доме культуры посёлка Нижние Броды, группа {}"
    names = ("Школа {:04}", "Ш" * 30 + "{}", late, long, long + " в посёлке Ёлкины Броды".ljust(30, "и"))
    for many, name in itertools.product((1, 5, 12, 60), names):
        most = 900 if len(name) % 2 else 9
        pairs = [(n % 3, 3 + (n * 7) % most + (40 * (n % 4 == 0))) for n in range(1, many + 1)]
        found = invented.gap([*pairs, (500, 500)] if many % 2 else pairs, "80")
        called = {c.organisation: name.format(n) for n, c in enumerate(found.contributions)}
        if found.total.needed:
            yield gap(FakeStory(called), Found(f"{many}-{len(name)}-{most}", found))


def deck_html(slides):
    story = SimpleNamespace(scope="Заозёрный муниципальный округ, 2022 год", moment="29 ноября 2026 года, 21:48",
                            no_code="", note="", file="d.html", live="/")  # fmt: skip
    return written(story, base="", saved=True, found=slides).html


class Found(NamedTuple):
    level: str
    gap: object


class FakeStory:
    def __init__(self, names):
        self.catalogue = invented.catalogue()
        self.organisations = {code: invented.organisation(code, name) for code, name in names.items()}


def test_words_of_gap_slides_never_meet_on_any_screen_or_on_paper(browser):
    slides = [first(), *gap_slides()]
    page = browser.new_page(viewport=HALL)
    page.set_content(deck_html(slides))
    page.evaluate("document.querySelector('dialog').close()")
    page.evaluate("document.fonts.ready.then(() => true)")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(MEET) == [], (width, height)
        assert page.evaluate(CUT) == [], (width, height)
        small = page.evaluate(SMALLEST)
        assert small >= 26 * height / 1080 - 0.1
    page.emulate_media(media="print")
    assert page.evaluate(MEET) == []
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    page.close()
    assert len(printed.pages) == len(slides)
    assert any("Ещё" in slide.body for slide in slides)


def first():
    return Slide(code="finding", title="План не достигнут", body=Html("<p>Так.</p>"))


@pytest.fixture(scope="module")
def address(server, browser):
    """A frozen deck of the demonstration; opening its own address freezes nothing again."""
    page, _ = new_page(browser, server)
    page.goto(NEW)
    found = page.url
    page.context.close()
    return found


@pytest.fixture
def deck(browser, server, address):
    page, complaints = new_page(browser, server, viewport=HALL)
    page.goto(address)
    yield page
    page.context.close()
    assert complaints.texts == []


def at(page, code):
    until(page, f"{AT} == '{code}'")
    until(page, SEEN, code)


def codes(page):
    return page.locator("section:not([hidden])").evaluate_all("all => all.map(one => one.id)")


def test_the_start_says_as_of_when_and_keys_lead_through(deck):
    dialog = deck.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile(r"Числа\s—\sна\s\d+\s\S+\s\d{4}\sгода, \d\d:\d\d"))
    expect(dialog.get_by_role("button", name="Начать доклад")).to_be_focused()
    deck.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    every = codes(deck)
    for key, place in (
        ("ArrowRight", 1), ("Space", 2), ("PageDown", 3), ("ArrowDown", 4), ("Shift+Space", 3), ("ArrowLeft", 2),
        ("PageUp", 1), ("Backspace", 0), ("ArrowUp", 0), ("End", -1), ("ArrowRight", -1), ("Home", 0), ("4", 3),
    ):  # fmt: skip
        deck.keyboard.press(key)
        at(deck, every[place])
    deck.keyboard.press("b")
    expect(deck.locator(".black")).to_be_visible()
    deck.keyboard.press(".")
    expect(deck.locator(".black")).to_have_count(0)
    at(deck, every[3])
    deck.keyboard.press("F5")  # what a clicker sends to begin: the deck is not loaded again
    until(deck, "document.fullscreenElement !== null")
    deck.evaluate("document.exitFullscreen()")
    deck.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    deck.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    at(deck, every[3])


def test_a_slide_has_an_address_and_a_swipe_writes_it(deck, address):
    deck.goto(address + "#gap-basic")
    at(deck, "gap-basic")
    expect(deck.get_by_role("dialog")).to_be_hidden()
    deck.evaluate("document.querySelector('main').scrollBy({left: innerWidth, behavior: 'instant'})")
    at(deck, "change")
    deck.set_viewport_size({"width": 1280, "height": 720})
    until(deck, SEEN, "change")
    deck.evaluate("location.hash = 'levels'")
    at(deck, "levels")


def test_slides_are_chosen_and_put_in_order_and_the_address_keeps_both(deck, browser, server):
    every = codes(deck)
    deck.get_by_role("checkbox", name=re.compile("Ниже плана")).uncheck()
    deck.get_by_role("button", name=re.compile("Выше: Откуда")).click()
    expected = [c for c in every if c != "levels"]
    expected = [*expected[:-2], expected[-1], expected[-2]]
    assert codes(deck) == expected
    deck.get_by_role("button", name="Начать доклад").click()
    expect(deck.locator("#finding .place")).to_have_text(f"1 из {len(expected)}")
    deck.keyboard.press("ArrowRight")
    at(deck, "gap-preschool")
    shared, _ = new_page(browser, server, viewport=HALL)
    shared.goto(deck.url)
    assert codes(shared) == expected
    at(shared, "gap-preschool")
    shared.context.close()


def test_nothing_is_cut_at_any_size_and_the_smallest_words_can_be_read(deck):
    for width, height in ((1920, 1080), (1280, 720), (1024, 768)):
        deck.set_viewport_size({"width": width, "height": height})
        deck.evaluate("document.fonts.ready.then(() => true)")
        assert deck.evaluate(CUT) == [], (width, height)
        assert deck.evaluate(MEET) == [], (width, height)
        assert deck.evaluate(CROSSED) == [], (width, height)
        start = deck.get_by_role("dialog")
        assert start.evaluate("d => d.scrollHeight <= d.clientHeight + 1"), (width, height)  # all of it is seen
    deck.set_viewport_size(HALL)
    small = deck.evaluate(
        """[...document.querySelectorAll('section *')].filter(e => e.childNodes.length && [...e.childNodes]
        .some(n => n.nodeType == 3 && n.data.trim())).map(e => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert min(small) >= 26


def test_it_goes_on_when_the_network_and_the_server_have_died(browser, server, address, tmp_path):
    page, complaints = new_page(browser, server, viewport=HALL)
    page.goto(address)
    with page.expect_download() as saving:
        page.get_by_role("link", name="Сохранить файлом").click()
    saving.value.save_as(tmp_path / "doklad.html")
    page.context.set_offline(True)
    page.get_by_role("button", name="Начать доклад").click()
    for code in codes(page)[1:4]:
        page.keyboard.press("PageDown")
        at(page, code)
    assert complaints.texts == []
    page.goto((tmp_path / "doklad.html").as_uri())
    expect(page.get_by_role("dialog")).to_contain_text("сохранённая копия")
    assert page.evaluate("document.fonts.ready.then(f => [...f].filter(x => x.status == 'loaded').length)") >= 2
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    at(page, "levels")
    assert complaints.texts == []
    page.context.close()


def test_without_script_slides_are_read_and_printed_one_a_page(browser, server, address):
    page, _ = new_page(browser, server, viewport=HALL, java_script_enabled=False)
    page.goto(address + "#levels")
    assert page.locator("dialog").is_hidden()
    assert abs(page.locator("#levels").bounding_box()["x"]) < 2
    titles = [t.replace("\u00a0", " ") for t in page.locator("section > :is(h1, h2)").all_inner_texts()]
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    page.context.close()
    assert len(printed.pages) == len(titles)
    for paper, title in zip(printed.pages, titles, strict=True):
        assert float(paper.mediabox.width) > float(paper.mediabox.height)
        words = " ".join(paper.extract_text().replace("\u00a0", " ").split())
        assert title.split()[-1] in words
    assert "Начать доклад" not in printed.pages[0].extract_text()


def test_on_a_phone_it_is_an_article(browser, server, address):
    page, complaints = new_page(browser, server, viewport={"width": 320, "height": 700})
    page.goto(address)
    expect(page.get_by_role("button", name="Начать доклад")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Слайды").click()
    page.get_by_role("dialog").get_by_role("link", name=re.compile("5–.?9 классах закрыть")).click()
    until(page, "Math.abs(document.getElementById('gap-basic').getBoundingClientRect().top) < 40")
    assert complaints.texts == []
    page.context.close()


def test_the_code_is_read_from_the_far_end_of_the_hall(browser):
    """As large as a slide shows it, seen at a fifth of its size; which address it holds is tested beside the routes."""
    address = "https://monitoring.example/prof/deck/0123456789abcdefghijkl/live"
    page = browser.new_page(viewport={"width": 160, "height": 160})
    page.set_content(f"<body style='margin:0'>{code_of(address)}</body>")
    seen = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    page.close()
    assert [code.text for code in seen] == [address]
