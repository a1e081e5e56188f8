"""From an unmet level to an issued decision, to a measure done by a school, to the next collegium's slide."""

from __future__ import annotations

import json
import re
import time

from conftest import idle, new_page, visit
from playwright.sync_api import expect
from serving import environment

from proforient.commands import line

PLACE = "Челябинская область / Нязепетровский муниципальный район"
SCHOOL = "n-school-gornaya"  # of the demonstration's account
WORDS = "Провести единый день профориентации"
SLOW = 1.5  # seconds that a file of a few bytes takes on the way
SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def three_of(server, folder, draft, monkeypatch):
    """The draft with three of the items that were found: the first is the demonstration's school's own."""
    for name, value in environment(server.log.parent / "data").items():
        monkeypatch.setenv(name, value)
    file = folder / "contents.json"
    assert line.main(["document", "show", draft, "--out", str(file)]) == 0
    contents = json.loads(file.read_text("utf-8"))
    items = [i for i in contents["items"] if i["addressee"] == "heads-of-schools"][:3]
    items[0]["organisations"] = [SCHOOL]
    file.write_text(json.dumps(contents | {"items": items}), "utf-8")
    about = ("decision", "--period", "2022", "--territory", PLACE, "--contents", str(file))
    assert line.main(["document", "draft", *about, "--draft", draft]) == 0


def slowly(route):
    time.sleep(SLOW)
    route.continue_()


def test_an_unmet_level_becomes_a_decision_a_measure_done_and_a_slide(own_server, browser, tmp_path, monkeypatch):
    page, complaints = new_page(browser, own_server, "demo-department")
    visit(page, "/problems?period=2022&problem=low-coverage-basic")
    expect(page.get_by_role("heading", level=1)).to_contain_text("проблем")
    visit(page, "/documents?period=2022")
    page.get_by_role("button", name="Новый документ…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Решение коллегии").click()
    dialog.get_by_role("button", name="Начать").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Решение коллегии: черновик")
    page.wait_for_url(re.compile(r"document=d\d+"))
    draft = re.search(r"document=d(\d+)", page.url)[1]
    three_of(own_server, tmp_path, draft, monkeypatch)
    visit(page, f"/documents?period=2022&document=d{draft}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 пункта")
    page.get_by_role("button", name="Изменить пункт…").click()
    dialog.get_by_label("Что сделать").fill(WORDS)
    dialog.get_by_label("Ответственный: должность или отдел, без фамилии").fill("директор школы")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".pf-sheet")).to_contain_text(WORDS)
    page.get_by_role("button", name="Выпустить…").click()
    dialog.get_by_role("button", name=re.compile("Выпустить")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Решение коллегии от")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Скачать Word").click()
    assert taken.value.suggested_filename.endswith(".docx")
    school, complained = new_page(browser, own_server, "demo-organisation", viewport={"width": 360, "height": 800})
    visit(school, "/measures")
    expect(school.get_by_role("heading", level=1)).to_have_text(re.compile("Исполнено 0"))
    assert not school.evaluate(SIDEWAYS)
    expect(school.get_by_role("heading", name=WORDS)).to_be_visible()
    school.get_by_role("button", name="Ответить…").click()
    school.get_by_role("dialog").get_by_role("combobox").click()
    school.get_by_role("option", name="исполнена", exact=False).first.click()
    sheet = school.get_by_role("dialog")
    school.route("**/_stcore/upload_file/**", slowly)  # pressed before the file has come, the button waits for it
    sheet.locator("input[type=file]").set_input_files(
        {"name": "приказ.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 order"}
    )
    expect(sheet.get_by_text("приказ.pdf")).to_be_visible()
    sheet.get_by_role("button", name="Записать").click()
    expect(school.get_by_role("heading", level=1)).to_have_text(re.compile("Исполнено 1"))
    visit(page, "/measures?period=2022")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Исполнено 1\sиз\s3"))
    page.get_by_role("link", name=WORDS).click()
    idle(page)
    expect(page.get_by_role("button", name="Скачать приказ.pdf")).to_be_visible()
    with page.expect_popup() as deck:
        page.get_by_role("link", name="Доклад").click()
    expect(deck.value.locator("#execution, [data-code=execution], body").last).to_contain_text(
        re.compile(r"Исполнение решений: 1\sиз\s3")
    )
    assert complaints.texts == [] and complained.texts == []
