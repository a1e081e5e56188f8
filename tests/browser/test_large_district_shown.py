"""A district of real size on a phone: nothing stands outside, is one letter wide or cut to look like its neighbour."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from axe import violations
from boxes import cut_alike, misplaced
from conftest import idle, new_page, until, visit
from large_district import LARGE
from playwright.sync_api import expect
from serving import ROOT, fill_with_large_district, serve
from thinned import kept, thinned

from proforient.access import links
from proforient.catalogue.read import read_catalogue
from proforient.monitoring import now
from proforient.store.store import Store

PHONE = {"width": 360, "height": 800}
PUBLIC: list[str] = []  # the address of a published snapshot
PLACES = {
    "overview": "/",
    "overview of the first two": "/?period=2023",
    "problems": "/problems",
    "organisations": "/organisations",
    "the sheet of one": "/organisations?organisation=z-school-7",
    "upload": "/upload?organisation=z-school-7&period=2023",
    "period": "/period",
    "accounts": "/accounts",
    "links": "/links",
    "log": "/log",
    "indicators": "/indicators?indicator=coverage&level=primary&trace=1",
    "help": "/help",
    "help files": "/help?topic=files",
}


def path(where, **view):
    asked = {"territory": LARGE} | ({} if "period=" in where else {"period": "2022"}) | view
    return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"


@pytest.fixture(scope="module")
def phone(browser, tmp_path_factory):
    folder = fill_with_large_district(tmp_path_factory.mktemp("large") / "data")
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
    with store.write("head", based_on=None, figures=False) as writer:
        shown = links.publish(writer, store.catalogue, period="2022", territory=LARGE, cohort="all", at=now())
    store.close()
    PUBLIC.append(f"/s/{shown.token}")
    with serve(folder) as server:
        opened, complaints = new_page(browser, server, viewport=PHONE)
        yield opened
        opened.context.close()
        assert complaints.texts == []


@pytest.mark.parametrize("name", kept(PLACES, ["overview"]))
def test_boxes_on_a_phone_and_barriers(phone, name):
    """Barriers are looked for at a laptop's size: on a phone the drawer of the menu, Streamlit's own, has one."""
    visit(phone, path(PLACES[name]))
    assert misplaced(phone) == []
    assert cut_alike(phone, ".pf a, .pf td, .pf th, .pf b") == []
    phone.set_viewport_size({"width": 1366, "height": 768})
    phone.wait_for_timeout(100)
    found = violations(phone)
    phone.set_viewport_size(PHONE)
    assert found == []


def test_the_public_page_begins_with_a_figure_and_stays_inside(phone):
    phone.goto(PUBLIC[-1])
    first = phone.locator(".pf-fig").first.bounding_box()
    assert first["y"] + first["height"] < 740
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.goto(f"{PUBLIC[-1]}/deck")
    expect(phone.get_by_role("button", name="Начать доклад")).to_be_focused()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# Words of the list of one's own numbers that stand in two lines, and numbers outside their box.
TORN = """() => {
  const found = [], range = document.createRange();
  for (const name of document.querySelectorAll('.pf-matrix tbody th')) {
    const node = document.createTreeWalker(name, NodeFilter.SHOW_TEXT).nextNode();
    for (const word of node.data.matchAll(/[а-яё]+/gi)) {
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) found.push(word[0]);
    }
  }
  for (const box of document.querySelectorAll('.pf-scroll'))
    if (box.scrollWidth > box.clientWidth + 1) found.push('wider: ' + box.innerText.slice(0, 40));
  return found;
}"""


def test_the_list_of_ones_own_numbers_is_read_on_a_phone(phone):
    visit(phone, path(PLACES["upload"]))
    assert phone.locator(".pf-matrix tbody tr").count() > 20
    assert phone.evaluate(TORN) == []
    head, row = (phone.locator(f".pf-matrix {part} tr").first for part in ("thead", "tbody"))
    edges = [[round(cell.bounding_box()["x"] + cell.bounding_box()["width"]) for cell in line.locator("> *").all()[1:]]
             for line in (head, row)]  # fmt: skip
    assert edges[0] == edges[1]


@pytest.mark.parametrize("view", thinned([{}, {"sort": "share", "part": "2"}, {"sort": "name", "part": "2"}], 3))
def test_an_organisation_of_a_list_takes_a_tenth_of_a_screen(phone, view):
    visit(phone, path("/organisations", **view))
    lines = 10 if "part" in view else 50
    expect(phone.locator(".pf-register tbody tr")).to_have_count(lines)
    height = phone.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert height <= (1 + lines / 10) * PHONE["height"], height


def test_what_is_searched_for_survives_reload_and_back(phone):
    visit(phone, path("/organisations"))
    field = phone.get_by_placeholder("Название, номер, ИНН, код")
    field.fill("елкины 27")
    field.press("Enter")
    expect(phone.locator("#list")).to_contain_text("Найдено: 1 из 60")
    until(phone, "location.search.includes('find=%D0%B5')")
    phone.reload()
    expect(phone.locator("#list")).to_contain_text("Найдено: 1 из 60")
    expect(field).to_have_value("елкины 27")
    phone.locator(".pf-register a").click()
    expect(phone.get_by_text("Все организации")).to_be_visible()
    phone.go_back()
    expect(phone.locator("#list")).to_contain_text("Найдено: 1 из 60")
    phone.get_by_role("link", name="Показать все 60").click()
    expect(phone.locator(".pf-pages")).to_contain_text("Показаны 1–")
    phone.get_by_role("link", name="Следующие 10").click()
    expect(phone.locator(".pf-pages")).to_contain_text("Показаны 51–")
    idle(phone)
    phone.go_back()
    expect(phone.locator(".pf-pages")).to_contain_text("Показаны 1–")


CHOICES = {
    "/accounts": ("Организация", ""),
    "/period": ("О ком", "Добавить оценку…"),
    "/organisations": ("Территория", ""),
    "/upload": ("Организация", ""),
}


@pytest.mark.parametrize("place", kept(CHOICES, []))
def test_choices_can_be_told_apart(phone, place):
    """A list of choices cuts its lines: what tells them apart is in what is seen."""
    label, opens = CHOICES[place]
    visit(phone, path(place))
    if opens:
        phone.get_by_role("button", name=opens).click()
    lines = phone.get_by_role("option")
    field = phone.get_by_role("combobox", name=label)
    field.click()
    try:
        expect(lines.first).to_be_visible(timeout=5000)
    except AssertionError:  # the page was drawn anew and closed it
        field.click()
    expect(lines.first).to_be_visible()
    assert lines.count() > 2 and cut_alike(phone, '[role="option"], [role="option"] *') == []
