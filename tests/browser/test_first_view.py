"""The page that the server draws first, and the live page that takes its place: no jump, no second figure."""

from __future__ import annotations

import re

import pytest
from conftest import READY, idle, new_page
from playwright.sync_api import expect
from thinned import kept

# At every frame in which something changes: the boxes of the findings, lists and charts that are seen, whether the
# first view still stands. From the fonts on, which a page that comes for the first time has to fetch.
WATCH = """(() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const box = (e) => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; };
  const frames = (window.frames_seen = []);
  let last = "", ready = false;
  addEventListener("DOMContentLoaded", () => document.fonts.ready.then(() => { ready = true; }));
  const look = () => {
    requestAnimationFrame(look);
    if (!ready) return;
    const main = document.querySelectorAll("#first, [data-testid=stMain]");
    const findings = [...main].flatMap((m) => [...m.querySelectorAll("h1")]).filter(seen).map(box);
    const charts = [...main].flatMap((m) => [...m.querySelectorAll(
      ".pf-still, [class*='st-key-narrow-NAME'] .pf-rows, [class*='-NAME'] .stPlotlyChart:has(.annotation)")])
      .filter(seen).map(box);
    const lists = [...main].flatMap((m) => [...m.querySelectorAll(".pf-choose, .pf-strip, .pf-places, .pf-steps")])
      .filter(seen).map(box);
    const now = { first: !!document.getElementById("first"), findings, charts, lists };
    if (JSON.stringify(now) !== last) { last = JSON.stringify(now); frames.push(now); }
  };
  requestAnimationFrame(look);
})()"""
CHART = "**/PlotlyChart.*.js"
BUTTONS = "**/ButtonGroup.*.js"
CASES = [
    ("/", "levels", 1920, "light"),
    ("/?period=2023", "levels", 1366, "dark"),
    ("/", "levels", 360, "light"),
    ("/indicators", "periods", 1366, "light"),
    ("/indicators", "periods", 360, "dark"),
    ("/problems", "gap", 1366, "dark"),
    ("/problems", "gap", 360, "light"),
    ("/?territory=", "", 360, "light"),
    ("/upload", "", 1366, "light"),
]


def opened(page, path="/"):
    """The page at an address whose first view was drawn: the server lets it be where it is too busy."""
    for _ in range(10):
        answer = page.goto(path, wait_until="commit")
        if 'id="first"' in answer.text():
            return
    raise AssertionError("no first view")


def near(one, other, by=1.0):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


TEXTS = """(where) => [...document.querySelectorAll(where)].filter((e) => e.getClientRects().length).map((e) => {
  const r = e.getBoundingClientRect(); return [e.textContent, r.x + r.width / 2, r.y + r.height / 2]; })"""


@pytest.mark.parametrize(("path", "chart", "width", "theme"), kept(CASES, [CASES[0], CASES[6]]))
def test_the_live_page_takes_the_place_in_one_moment(browser, server, path, chart, width, theme):
    size = {"width": width, "height": 1080 if width > 1366 else 800}
    page, complaints = new_page(browser, server, viewport=size, color_scheme=theme)
    page.add_init_script(WATCH.replace("NAME", chart or "nothing"))
    held, late = [], []
    page.route(CHART, lambda route: held.append(route))
    if width < 1000:
        page.route(BUTTONS, lambda route: late.append(route))
    opened(page, path)
    texts = []
    if chart and width > 1180:  # the live chart is still to come: that of the first view stands in its place
        page.wait_for_selector(READY, timeout=60_000)
        assert page.locator("#first").count() == 0
        assert page.locator(f"[class*='-{chart}'] .pf-still").count() == 1
        assert page.get_by_role("heading", level=1).count() == 1
        page.evaluate("document.fonts.ready.then(() => true)")
        texts = page.evaluate(TEXTS, f"[class*='-{chart}'] .pf-still :is(p, .pf-still-named > span)")
        assert len(texts) > 5
        held[-1].continue_()
    page.wait_for_selector(READY, timeout=60_000, state="attached")
    if late:  # a piece of the page has yet to come: it would push down everything below it
        page.wait_for_timeout(500)
        assert page.locator("#first").count() == 1
        for route in late:
            route.continue_()
    expect(page.locator("#first, .pf-still")).to_have_count(0, timeout=60_000)
    page.wait_for_selector(READY, timeout=60_000)
    assert page.get_by_role("heading", level=1).count() == 1
    frames = page.evaluate("frames_seen")
    assert [frame["first"] for frame in frames][:1] == [True]
    before = [frame for frame in frames if frame["first"]][-1]
    after = [frame for frame in frames if not frame["first"]]
    for frame in frames:
        assert len(frame["findings"]) == 1, frame
        assert len(frame["charts"]) == bool(chart), frame
        assert len(frame["lists"]) == len(before["lists"]), frame
    for frame in after:
        for what in ("findings", "charts", "lists"):
            assert all(map(near, frame[what], before[what])), (what, before, frame)
    assert before["charts"] or before["lists"]
    if texts:  # each of them stays where it is
        now = page.evaluate(TEXTS, f"[class*='-{chart}'] :is(.annotation, .xtick text, .ytick text)")
        for (text, *first), (same, *live) in zip(sorted(texts), sorted(now), strict=True):
            assert text == same
            assert near(first, live, 1.5), text
    page.context.close()
    assert complaints.texts == []


@pytest.mark.soak
def test_back_shows_one_figure_and_what_is_not_connected_keeps_it(browser, server):
    page, _ = new_page(browser, server)
    page.set_default_timeout(60_000)
    opened(page)
    idle(page)
    finding = page.locator("[data-testid=stMain] .pf-finding").inner_text()
    page.get_by_role("link", name="Показатели").first.click()
    page.wait_for_url(re.compile("/indicators"))
    idle(page)
    page.go_back()
    expect(page.locator(".pf-finding")).to_have_text([finding])
    page.goto("/account")
    page.go_back()
    idle(page)
    expect(page.locator(".pf-finding")).to_have_text([finding])

    page.route("**/_stcore/**", lambda route: route.abort())
    opened(page)
    expect(page.get_by_role("dialog")).to_contain_text("Нет связи с сервером", timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text([finding])
    assert page.locator(".pf-still").first.is_visible()
    page.context.close()


def test_the_page_is_read_where_nothing_runs(browser, server):
    """With scripts forbidden the finding, the chart and the way to other pages are there."""
    page, _ = new_page(browser, server, java_script_enabled=False)
    opened(page)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".pf-still").first).to_be_visible()
    expect(page.get_by_role("link", name="Проблемы")).to_be_visible()
    page.get_by_role("link", name="Дошкольное").first.click()
    page.wait_for_url(re.compile("down=preschool"))
    page.context.close()
