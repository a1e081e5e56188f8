"""The deck in a browser: keys, clicker, swipe, addresses, choice and order, without script, network or server."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from conftest import new_page, until
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from proforient.web.deck.answers import code_of

NEW = "/deck/new?period=2022"
HALL = {"width": 1920, "height": 1080}
AT = "location.hash.slice(1)"
SEEN = "id => Math.abs(document.getElementById(id).getBoundingClientRect().left) < 2"
# Words or pictures that stand outside their slide, or a slide whose inside is higher than its place.
CUT = """[...document.querySelectorAll('section:not([hidden])')].flatMap(one => {
  const inner = one.querySelector('.slide');
  return inner.scrollHeight > inner.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1 ? [one.id] : [];
})"""


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
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
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
