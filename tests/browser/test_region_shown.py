"""A region of 1,500 organisations: pages are light, a few screens high, inside the window; words never collide."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from boxes import misplaced
from charts import invented
from conftest import at_rest, idle, new_page, until, visit
from playwright.sync_api import expect
from serving import ROOT, serve
from thinned import kept, thinned

from benchmarks.stores import Size, make
from proforient.catalogue.read import read_catalogue
from proforient.charts import figures, marks
from proforient.charts.still import still

REGION = Size(1500, 30, years=(2023, 2024))
WIRE = 300_000  # bytes of a rerun, and of a first view
SIZES = {"hall": (1920, 1080), "laptop": (1366, 768), "phone": (360, 800)}
LAPTOP, PHONE = ({"width": w, "height": h} for w, h in (SIZES["laptop"], SIZES["phone"]))
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
PLACES = {
    "/": 5,
    "/indicators?level=primary": 4,
    "/indicators?level=primary&trace=1": 8,
    "/problems": 6.25,
    "/organisations": 6,  # a list of 50 takes five
    "/period": 6,
    "/upload": 1,
    "/accounts": 1.25,
    "/links": 1.25,
    "/log": 1,
}  # screens of a laptop


class Wire:
    """Bytes that came over the page's websockets."""

    def __init__(self, page) -> None:
        self.bytes = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def _count(self, frame) -> None:
        self.bytes += len(frame)


@pytest.fixture(scope="module")
def region(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("region") / "data"
    make(folder, read_catalogue(ROOT / "indicators.toml"), REGION)
    with serve(folder) as server:
        page, complaints = new_page(browser, server, viewport=LAPTOP)
        page.set_default_timeout(45_000)  # three browsers and their servers share the computer
        page.wire = Wire(page)
        yield page
        page.context.close()
        assert complaints.texts == []


def path(where, **view):
    asked = {"territory": "Регион 1", "period": "2024"} | view
    return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"


def of_address(page, key):
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)[key][0]


def shown(page, first, last, every):
    """Where it is said that of a list these lines are shown; a sign that is not seen keeps the numbers together."""
    words = rf"Показаны {first}–\W?{last} из {every}(?! ?\d)".replace(" ", "\\s")
    said = page.locator(".pf-pages", has_text=re.compile(words))
    expect(said).to_have_count(1)
    return said


@pytest.mark.parametrize("where", kept(PLACES, ["/"]))
def test_a_page_of_the_region_is_light_and_a_few_screens_high(region, where):
    region.wire.bytes = 0
    visit(region, path(where))
    assert 0 < region.wire.bytes <= WIRE
    assert region.evaluate(HEIGHT) <= PLACES[where] * LAPTOP["height"]
    assert misplaced(region) == []
    for chart in region.locator("[class*=st-key-wide-][class*=periods]").all():
        chart.locator(".annotation").first.wait_for()
        assert "предварительно" in chart.text_content()
        assert chart.evaluate(COLLIDING) == []
    region.set_viewport_size(PHONE)
    region.wait_for_timeout(150)
    found = misplaced(region)
    region.set_viewport_size(LAPTOP)
    assert found == []


def test_a_list_goes_by_fifty_in_the_address_and_a_rerun_is_light(region):
    visit(region, path("/organisations"))
    region.wire.bytes = 0
    region.get_by_text("по названию", exact=True).click()
    names = region.locator(".pf-register tbody a")
    expect(names.first).to_have_text("Детский сад № 1")
    idle(region)
    assert 0 < region.wire.bytes <= WIRE
    numbers = [int(name.rpartition("№")[2]) for name in names.all_inner_texts()]
    assert len(numbers) == 50 and numbers == sorted(numbers)
    shown(region, 1, 50, "1 500").get_by_role("link", name="Следующие 50").click()
    shown(region, 51, 100, "1 500")
    assert (of_address(region, "part"), of_address(region, "sort")) == ("2", "name")
    region.go_back()
    shown(region, 1, 50, "1 500")


def test_a_municipality_leads_to_the_top_of_its_overview_and_back_returns_to_its_line(region):
    visit(region, path("/", level="primary"))
    lines = region.locator(".pf-places a")
    expect(lines).to_have_count(30)
    line = lines.nth(20)
    name = line.inner_text()
    line.hover()  # waits until it moves no more, as the click does
    down = region.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    assert down > 0
    line.click()
    expect(region.get_by_role("combobox", name="Территория")).to_have_value(name)
    expect(lines).to_have_count(0)
    idle(region)
    assert urlsplit(region.url).path == "/" and of_address(region, "territory") == f"Регион 1 / {name}"
    assert region.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    region.go_back()
    expect(lines).to_have_count(30)
    expect(lines.nth(20)).to_have_text(name)
    until(region, "down => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - down) < 2", down)


@pytest.mark.parametrize(
    ("where", "lists", "first", "next_", "second"),
    thinned(
        [
            ("/indicators?level=primary&trace=1", ".pf-places a", (1, 25, "736"), "Следующие 25", (26, 50, "736")),
            ("/period", "[class*=st-key-period-row-org] a", (1, 10, "1 344"), "Следующие 10", (11, 20, "1 344")),
        ]
    ),
)
def test_the_second_list_of_a_page_has_its_own_page_in_the_address(region, where, lists, first, next_, second):
    visit(region, path(where, beside="2"))
    said = shown(region, *second)
    kept = region.locator(lists).all_inner_texts()
    assert len(kept) > 20
    if "trace" in where:  # closed, or of another figure, it begins anew
        other = region.get_by_role("link", name="Индивидуальные маршруты")
        for link in (region.get_by_role("link", name="Закрыть"), other):
            assert "&beside=&" in link.first.get_attribute("href")
    said.get_by_role("link", name="← Предыдущие").click()
    said = shown(region, *first)
    assert (of_address(region, "part"), of_address(region, "beside")) == ("", "")
    said.get_by_role("link", name=next_).click()
    shown(region, *second)
    idle(region)
    assert (of_address(region, "part"), of_address(region, "beside")) == ("", "2")
    assert region.locator(lists).all_inner_texts() == kept
    region.go_back()
    shown(region, *first)


def test_of_many_organisations_those_are_offered_that_are_searched_for(region):
    visit(region, path("/upload"))
    field = region.get_by_placeholder("Найти: организация")
    field.fill("№ 77")
    field.press("Enter")
    expect(region.locator(".st-key-scope-organisation-search")).to_contain_text("Найдено: 1.")
    region.get_by_role("combobox", name="Организация").click()
    expect(region.get_by_role("option")).to_have_count(2)
    at_rest(region.get_by_role("option").last).click()
    until(region, "location.search.includes('organisation=org-000077')")


# Every two texts whose boxes meet, and each that stands outside; a text is what has words of its own.
# Of a text of a picture the height of its letters counts: the box of a sign from another font is taller than the sign.
COLLIDING = """(box) => {
  const tight = e => {
    const { left, right, width, top, bottom } = e.getBoundingClientRect();
    const middle = (top + bottom) / 2, half = Math.min(parseFloat(getComputedStyle(e).fontSize), bottom - top) / 2;
    return { left, right, width, top: middle - half, bottom: middle + half };
  };
  const edge = box.getBoundingClientRect(), found = [];
  const texts = [...box.querySelectorAll('*')].filter(e => e.checkVisibility()
    && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => {
      const range = document.createRange(); range.selectNodeContents(e);
      const rects = e instanceof SVGElement ? [tight(e)] : [...range.getClientRects()];
      return [e.textContent.trim(), rects.filter(r => r.width > 1), e]; });
  texts.forEach(([one, rects, e], n) => {
    if (rects.some(r => r.left < edge.left - 1 || r.right > edge.right + 1)) found.push('outside: ' + one);
    for (const [other, theirs, f] of texts.slice(n + 1))
      if (!e.contains(f) && !f.contains(e) && rects.some(a => theirs.some(b => a.left < b.right - 1
          && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2)))
        found.push(one + ' | ' + other);
  });
  return texts.length ? found : ['no words'];
}"""
STILL = (ROOT / "proforient" / "web" / "first" / "first.css").read_text("utf-8")  # a slow server leaves it out
PUT = """([html, width, css]) => {
  document.querySelector('#tried')?.remove();
  const box = document.createElement('div');
  box.id = 'tried'; box.className = 'pf'; box.innerHTML = html + '<style>' + css + '</style>';
  box.style.cssText = `position:fixed;z-index:9;top:0;left:0;background:#fff;width:${width}px`;
  document.body.append(box);
}"""


def colliding(page, html, width):
    """In a box of that width."""
    page.evaluate(PUT, [str(html), width, STILL])
    found = page.locator("#tried").evaluate(COLLIDING)
    page.evaluate("document.querySelector('#tried').remove()")
    return found


SENT = {"submitted": 143_500, "expected": 150_000, "can_change": None}
MANY = [
    ["preschool", 412_345, 824_690, "49.9", SENT],
    ["primary", 700_000, 912_345, "99", SENT],
    ["basic", 123_456, 987_654, "80", SENT | {"can_change": False}],
    ["secondary", 512_345, 824_690, "20", SENT | {"can_change": False}],
    ["additional", "no_data", None, "70", {"expected": 150_000}],
]


@pytest.mark.parametrize("size", kept(SIZES, ["laptop"]))
def test_words_under_the_columns_never_collide(region, size):
    """With six figures, in the width that the page gives the figure, on a phone as its rows; and as the page is."""
    width, height = SIZES[size]
    shown, catalogue = invented.levels(MANY), invented.catalogue()
    region.set_viewport_size({"width": width, "height": height})
    visit(region, path("/"))
    key = {"hall": "hall-levels", "laptop": "wide-levels", "phone": "narrow-levels"}[size]
    if size != "phone":
        region.wait_for_selector(f".st-key-{key} .annotation")
    idle(region)  # its room is known when it is drawn
    until(region, "(s) => document.querySelector(s).getBoundingClientRect().width > innerWidth / 3", f".st-key-{key}")
    room = region.locator(f".st-key-{key}").bounding_box()["width"]
    figure = figures.levels(shown, catalogue, "light", size="hall" if size == "hall" else "page")
    html = str(marks.levels(shown, catalogue) if size == "phone" else still(figure, "tried"))
    found = colliding(region, html, room), region.locator(f".st-key-{key}").evaluate(COLLIDING)
    region.set_viewport_size(LAPTOP)
    assert found == ([], [])
    said = " ".join(html.replace("\u00a0", " ").split())
    assert "143 500" in said and "150 000" in said


OPEN = {"submitted": 736, "expected": 828, "can_change": True}
SERIES = {
    "two": [("2023", 59, 100, "60"), ("2024", 605, 1000, "60")],
    "five": [(str(year), 580 + year % 7, 1000, "60") for year in range(2020, 2025)],
    "of school years": [(f"{year}/{year + 1}", 1000 - year % 3, 1000, "99.9") for year in range(2019, 2025)],
    "with a gap": [("2022", "no_data", None, "60"), ("2023", 59, 100, "60"), ("2024", 605, 1000, None)],
}


@pytest.mark.parametrize("name", kept(SERIES, ["of school years"]))
def test_words_of_periods_are_whole_in_the_least_width_that_the_figure_asks_for(region, name):
    series = invented.series(SERIES[name])
    for told in (series, [*series[:-1], replace(series[-1], **OPEN)], [replace(series[0], **OPEN), *series[1:]]):
        made = figures.periods(told, "light")
        words = {"data": [], "layout": made["layout"] | {"shapes": []}}
        assert colliding(region, still(words, "tried"), figures.periods_width(told)) == []
