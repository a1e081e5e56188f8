"""The walk of a meeting: from the overview to the row of a file and back, two years, a plan that moves, the deck."""

from __future__ import annotations

import re

import pytest
from axe import violations
from conftest import idle, visit
from playwright.sync_api import Locator, Page, expect
from test_charts import SAYS, column, drawn, place, plain

MOST_STEPS = 12


class Walk:
    """Whoever walks, by mouse or by keyboard alone; each act is a step."""

    def __init__(self, page: Page, keyboard: bool) -> None:
        self.page, self.keyboard, self.steps = page, keyboard, 0

    def press(self, what: Locator) -> None:
        self.steps += 1
        if self.keyboard:
            what.focus()
            self.page.keyboard.press("Enter")
        else:
            what.click()

    def mark(self, chart: str, at: int, place: tuple[float, float]) -> None:
        """The mark of a chart: where it is drawn, or the link that stands for it."""
        if self.keyboard:
            self.press(self.page.locator(f"[class*=wide-{chart}] .pf-reach a").nth(at))
        else:
            self.steps += 1
            self.page.mouse.click(*place)

    def back(self) -> None:
        """The browser's own: without a window it has neither a button nor a key for it."""
        self.steps += 1
        idle(self.page)
        self.page.go_back()


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_a_head_walks_from_a_column_to_the_deck_in_twelve_steps(page, keyboard):
    walk = Walk(page, keyboard)
    visit(page, "/?period=2022&cohort=all")
    drawn(page)
    first = page.url
    walk.steps += 1
    if keyboard:
        link = page.locator("[class*=wide-levels] .pf-reach a").nth(2)
        link.focus()
        assert "581 из 830 — 70 %" in plain(link.get_attribute("aria-label"))
    else:
        page.mouse.move(*column(page, 2))
        expect(page.locator(SAYS)).to_contain_text("581")
    walk.mark("levels", 2, column(page, 2))
    page.wait_for_url(re.compile("down=basic"))
    expect(page.locator("[class*=wide-inside] .annotation").first).to_be_visible()
    idle(page)
    level = page.url
    walk.mark("inside", 0, place(page, 0.2, 0.1))
    page.wait_for_url(re.compile(r"/organisations\?"))
    idle(page)
    sheet = page.url
    walk.press(page.get_by_title("Показать строки файла").first)
    expect(page.locator("#rows")).to_be_attached()
    seen = ("#source", "[class*=wide-inside] .annotation", "[class*=wide-levels] .annotation")
    for address, what in zip((sheet, level, first), seen, strict=True):
        walk.back()
        page.wait_for_url(address)
        expect(page.locator(what).first).to_be_attached()
    drawn(page)

    walk.press(page.get_by_role("link", name="Сравнить эти периоды рядом"))
    page.wait_for_url(re.compile(r"/compare\?"))
    expect(page.locator(".pf-panels h3")).to_have_text(["2022 год", "2021 год"])
    idle(page)
    page.mouse.move(1, 1)  # off the marks: what one says while it is pointed at is its name once more
    assert violations(page) == []
    walk.press(page.locator("summary", has_text="Что если"))
    slider = page.get_by_role("slider")
    slider.wait_for()
    walk.steps += 1
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".pf-scenario").first).to_contain_text("при плане 45")
    expect(page.locator(".pf-scenario").first).to_contain_text("Расчёт, не план")
    idle(page)
    assert violations(page) == []
    walk.press(page.get_by_role("button", name="Добавить в доклад"))
    expect(page.get_by_role("heading", name="Сравнения в докладе")).to_be_visible()
    idle(page)
    with page.context.expect_page() as opened:
        walk.press(page.get_by_role("link", name="Доклад", exact=True))
    deck = opened.value
    deck.wait_for_load_state()
    deck.keyboard.press("Escape")
    slide = deck.locator("section#compare-1")
    expect(slide).to_contain_text("2021 год")
    assert "не хватает 58 детей" in plain(slide.inner_text()), "what was computed is in no deck"
    assert walk.steps <= MOST_STEPS, walk.steps
