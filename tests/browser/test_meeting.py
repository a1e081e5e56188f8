"""The walk of a meeting: from the overview to the row of a file and back, two years, a plan that moves, the deck."""

from __future__ import annotations

import re

import pytest
from axe import violations
from conftest import idle, new_page, visit
from playwright.sync_api import Locator, Page, expect
from serving import ROOT
from test_charts import SAYS, column, drawn, place, plain
from thinned import kept

MOST_STEPS = 12
PICTURES = ROOT / "build" / "walk"
LINE = "[data-testid=stSliderThumbValue]"
WALKS = {  # how it is walked: the window, and what stands in it for charts
    "mouse": ({"width": 1920, "height": 1080}, "hall"),
    "keyboard": ({"width": 1366, "height": 768}, "wide"),
    "finger": ({"width": 360, "height": 800}, "narrow"),
}


class Walk:
    """Whoever walks, by mouse, by keyboard alone or by a finger; each act is a step."""

    def __init__(self, page: Page, how: str) -> None:
        self.page, self.how, self.steps = page, how, 0
        self.place = WALKS[how][1]

    def press(self, what: Locator) -> None:
        self.steps += 1
        if self.how == "keyboard":
            what.focus()
            self.page.keyboard.press("Enter")
        elif self.how == "finger":
            what.scroll_into_view_if_needed()
            what.tap()
        else:
            what.click()

    def level(self, at: int) -> Locator:
        """What stands for the column of a level where there is none."""
        if self.how == "finger":
            return self.page.locator("[class*=narrow-levels] .pf-mark").nth(at)
        return self.page.locator("[class*=wide-levels] .pf-reach a").nth(at)

    def points(self, at: int) -> None:
        """At a level: what it says is the number of the meeting."""
        if self.how == "mouse":
            self.steps += 1
            self.page.mouse.move(*column(self.page, at))
            told = self.page.locator(SAYS)
            expect(told).to_contain_text("581")
            said, box = told.text_content(), told.bounding_box()
            mark = self.page.locator(".barlayer .point:visible").nth(at).bounding_box()
            beside = box["x"] >= mark["x"] + mark["width"] - 1 or box["x"] + box["width"] <= mark["x"] + 1
            assert beside, "what a mark says never stands on the mark"
        elif self.how == "finger":
            address = self.page.url
            self.press(self.level(at))
            expect(self.level(at).locator(".pf-told")).to_be_visible()
            said = self.level(at).locator(".pf-told").text_content()
            self.page.wait_for_timeout(300)
            assert self.page.url == address, "the first touch shows, the second opens"
        else:
            self.steps += 1
            self.level(at).focus()
            said = self.level(at).get_attribute("aria-label")
        assert "581 из 830 — 70 %" in plain(said) and "не хватает 83 детей" in plain(said)

    def opens(self, at: int) -> None:
        if self.how == "mouse":
            self.steps += 1
            self.page.mouse.click(*column(self.page, at))
        else:
            self.press(self.level(at))

    def opens_first_school(self) -> str:
        """The first of the level's organisations; gives its name."""
        if self.how == "finger":
            link = self.page.locator("[class*=narrow-inside] .pf-name a").first
            name = plain(link.text_content())
            self.press(link)
            return name
        link = self.page.locator("[class*=wide-inside] .pf-reach a").first
        name = plain(link.get_attribute("aria-label")).split(":")[0]
        if self.how == "keyboard":
            self.press(link)
        else:
            self.steps += 1
            self.page.mouse.click(*place(self.page, 0.2, 0.1))
        return name

    def back(self) -> None:
        """The browser's own: without a window it has neither a button nor a key for it."""
        self.steps += 1
        for pause in (200, 0):  # a page that is come back to may be drawn in two runs
            idle(self.page)
            self.page.wait_for_timeout(pause)
        self.page.go_back()

    def moves_plan(self, percent: int) -> None:
        """Drags the line over the bars, or presses the arrows on it."""
        self.steps += 1
        slider = self.page.get_by_role("slider")
        slider.wait_for()
        if self.how == "keyboard":
            slider.focus()
            for _ in range(5):
                self.page.keyboard.press("ArrowLeft")
            return
        self.page.locator(LINE).scroll_into_view_if_needed()
        grip = self.page.locator(LINE).bounding_box()
        bar = self.page.locator(".st-key-scenario-line .pf-bar").first.bounding_box()
        y, x = grip["y"] + grip["height"] / 2, grip["x"] + grip["width"] / 2
        to = bar["x"] + bar["width"] * percent / 100
        if self.how == "mouse":
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            self.page.mouse.move(to, y, steps=6)
            self.page.mouse.up()
            return
        touch = self.page.context.new_cdp_session(self.page)
        path = [(x + (to - x) * n / 6, y) for n in range(7)]
        for n, (left, top) in enumerate(path):
            what = "touchStart" if n == 0 else "touchMove"
            touch.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": [{"x": left, "y": top}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def seen(self, name: str) -> None:
        """A picture of where the walk is, to be looked at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{self.how}-{self.steps:02}-{name}.png")


@pytest.fixture(params=kept(WALKS, ["mouse"]))
def walk(request, browser, server):
    window, _ = WALKS[request.param]
    page, complaints = new_page(browser, server, viewport=window, has_touch=request.param == "finger")
    yield Walk(page, request.param)
    page.context.close()
    assert complaints.texts == []


def test_a_head_walks_from_a_column_to_the_deck_in_twelve_steps(walk):
    page = walk.page
    visit(page, "/?period=2022&cohort=all")
    rows = f"[class*={walk.place}-levels] .pf-row"
    if walk.how == "finger":
        page.locator(rows).first.wait_for()
    else:
        drawn(page)
    first = page.url
    walk.points(2)
    walk.seen("pointed")
    walk.opens(2)
    page.wait_for_url(re.compile("down=basic"))
    expect(page.locator(".pf-crumbs [aria-current]")).to_have_text("Основное")
    inside = "[class*=narrow-inside] .pf-row" if walk.how == "finger" else "[class*=wide-inside] .annotation"
    expect(page.locator(inside).first).to_be_visible()
    idle(page)
    walk.seen("level")
    level = page.url
    school = walk.opens_first_school()
    page.wait_for_url(re.compile(r"/organisations\?"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(school)
    expect(page.locator(".pf-crumbs li")).to_contain_text(["район", "Основное", school, "Откуда число"])
    idle(page)
    sheet = page.url
    walk.press(page.get_by_title("Показать строки файла").first)
    expect(page.locator("#rows")).to_be_attached()
    levels = rows if walk.how == "finger" else "[class*=wide-levels] .annotation"
    for address, what in zip((sheet, level, first), ("#source", inside, levels), strict=True):
        walk.back()
        page.wait_for_url(address)
        expect(page.locator(what).first).to_be_attached()
    idle(page)
    compares_and_shows(walk)
    assert walk.steps <= MOST_STEPS, walk.steps


def compares_and_shows(walk: Walk) -> None:
    """Two years, the plan moved, the comparison as a slide."""
    page = walk.page
    walk.press(page.get_by_role("link", name="Сравнить эти периоды рядом"))
    page.wait_for_url(re.compile(r"/compare\?"))
    expect(page.locator(".pf-panels h3")).to_have_text(["2022 год", "2021 год"])
    idle(page)
    walk.seen("compared")
    walk.press(page.locator("summary", has_text="Что если"))
    walk.moves_plan(45)
    expect(page.locator(".pf-scenario").first).to_contain_text(re.compile(r"при\s+плане\s+4[456]"))
    expect(page.locator(".pf-scenario").first).to_contain_text("Расчёт, не план")
    idle(page)
    walk.seen("plan moved")
    if walk.how != "finger":  # of a phone's pages test_large_district_shown says the same
        page.mouse.move(1, 1)  # off the marks: what one says while it is pointed at is its name once more
        expect(page.locator(".pf-told:visible")).to_have_count(0)
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


@pytest.mark.parametrize("pause", kept([0, 30, 600], []))
def test_a_button_pressed_right_after_a_plan_was_typed_takes_that_plan(page, pause):
    """``pause``: milliseconds between leaving the field and the button; the server has mostly answered in the longest,
    and what it says about the plan is higher or lower by lines: the button stays where it was.
    """
    visit(page, "/indicators?period=2022&cohort=all&level=basic&indicator=coverage")
    page.locator("summary", has_text="Что если").click()
    propose = page.get_by_role("button", name="Предложить как план…")
    propose.scroll_into_view_if_needed()
    box = propose.bounding_box()
    page.get_by_label("План, % — расчёт").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("55")
    if pause:
        page.keyboard.press("Tab")
        page.wait_for_timeout(pause)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile("/period"))
    expect(page.get_by_role("dialog").locator("textarea").first).to_have_value(re.compile(r"план\s+55"))
