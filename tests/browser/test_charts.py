"""Charts that answer: pointed at, opened step by step, taken away; by mouse, keyboard, finger and on a phone."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from conftest import idle, new_page, until, visit
from playwright.sync_api import expect

HOME = "/?period=2022&cohort=all"
PLOT = ".js-plotly-plot:visible .nsewdrag"
SAYS = ".js-plotly-plot:visible .hoverlayer .legend"


def place(page, part_x, part_y):
    """A place over the first visible chart, as parts of its width and height."""
    plot = page.locator(PLOT).first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    return box["x"] + box["width"] * part_x, box["y"] + box["height"] * part_y


def column(page, at, of=5):
    return place(page, (at + 0.5) / of, 0.75)


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u2060", ""))


def drawn(page, many=1):
    page.locator(PLOT).nth(many - 1).wait_for()
    until(page, "document.querySelectorAll('.js-plotly-plot .main-svg .annotation').length > 4")
    idle(page)


def test_a_chart_is_reached_and_opened_by_the_keyboard_and_taken_away(page, tmp_path):
    visit(page, "/problems?period=2022&problem=low-coverage-basic")
    drawn(page)
    links = page.locator("[class*=wide-gap] .pf-reach a")
    links.first.focus()
    box, chart = links.first.bounding_box(), page.locator("[class*=wide-gap] .js-plotly-plot").bounding_box()
    assert box["height"] > 20 and box["y"] >= chart["y"] + chart["height"] - 2
    assert "план 80 %" in plain(links.first.get_attribute("aria-label"))
    school = links.first.get_attribute("aria-label").split(":")[0]

    page.get_by_role("button", name="Скачать рисунок").click()
    kept = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download() as taken:
            page.get_by_role("button", name=f"Скачать {kind}").click()
        kept[kind] = Path(tmp_path / taken.value.suggested_filename)
        taken.value.save_as(kept[kind])
    assert re.fullmatch(r"Нехватка, Нязепетровск.*, 2022\.png", kept["PNG"].name)
    assert struct.unpack(">I", kept["PNG"].read_bytes()[16:20])[0] == 2400
    written = plain(re.sub(r"<[^>]+>", " ", kept["SVG"].read_text("utf-8")))
    for words in ("могут четыре школы", "Нязепетровский", "План:", "2022 год", school.split(" ")[0]):
        assert words in written
    page.keyboard.press("Escape")
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/organisations\?"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(school)


@pytest.mark.soak
def test_the_point_of_a_year_becomes_the_period(page):
    visit(page, "/indicators?period=2023&indicator=coverage&level=basic")
    drawn(page)
    page.mouse.click(*place(page, 0.4, 0.5))
    page.wait_for_url(re.compile("period=2022"))
    idle(page)
    page.go_back()
    page.wait_for_url(re.compile("period=2023"))
    expect(page.get_by_role("combobox", name="Период")).to_have_value(re.compile(r"2023\s"))
    page.go_forward()
    page.wait_for_url(re.compile("period=2022"))
    expect(page.get_by_role("combobox", name="Период")).to_have_value(re.compile(r"2022\s"))


def test_a_finger_shows_first_and_opens_then(whole_browser, server):
    """A column; of a phone's rows the walk of the meeting says the same."""
    page, complaints = new_page(whole_browser, server, viewport={"width": 1366, "height": 800}, has_touch=True)
    visit(page, HOME)
    drawn(page)
    address = page.url
    page.touchscreen.tap(*column(page, 2))
    expect(page.locator(SAYS)).to_be_visible()
    assert "581 из 830 — 70 %" in plain(page.locator(SAYS).text_content())
    page.wait_for_timeout(300)
    assert page.url == address
    page.touchscreen.tap(*column(page, 2))
    page.wait_for_url(re.compile("down=basic"))
    page.context.close()
    assert complaints.texts == []
