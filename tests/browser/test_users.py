"""Each user's way with real clicks: a head at a collegium, a school in a hurry, a presenter's hundred phones."""

from __future__ import annotations

import base64
import io
import re

import openpyxl
import pytest
from conftest import new_page, until, visit
from playwright.sync_api import expect

SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def heading(page, text):
    expect(page.locator("h1").first).to_have_text(re.compile(text.replace(" ", r"\s").replace("–", "–\u2060?")))


@pytest.mark.soak
def test_the_head_goes_from_the_levels_to_the_schools_and_back(page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    visit(page, "/?period=2022")
    heading(page, "План не достигнут на двух уровнях из четырёх измеренных: дошкольном и основном")
    page.get_by_role("link", name=re.compile(r"^70\s%")).first.click()
    expect(page.get_by_text(re.compile(r"Откуда число: Основное, 70\s%"))).to_be_visible()
    expect(page.get_by_role("cell", name="severnaya_2022.csv").first).to_be_visible()
    page.get_by_role("link", name="Проблемы").first.click()
    heading(page, "Семь проблем: две видны по числам, пять названы экспертами")
    page.get_by_role("link", name=re.compile("по программам ООО, охваченных мероприятиями")).click()
    expect(page.get_by_text("Закрыть нехватку могут четыре школы, если каждая дойдёт до плана")).to_be_visible()
    expect(page.get_by_text("Что предлагается и кому")).to_be_visible()
    page.get_by_role("link", name="Организации").first.click()
    page.get_by_role("link", name="Школа «Северная»").click()
    heading(page, "Школа «Северная»: до плана не хватает 42 детей в 5–9 классах")
    page.go_back()
    heading(page, "Сдали 14 организаций из 17")
    page.go_forward()
    heading(page, "Школа «Северная»: до плана не хватает 42 детей в 5–9 классах")
    expect(page.locator(".pf-crumbs li").last).to_be_visible()


DROP = """([name, bytes]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
  const place = document.querySelector('input[type="file"]').parentElement;
  for (const kind of ['dragenter', 'dragover', 'drop'])
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


def drag(page, name, data):
    """Let go of a file over the uploader."""
    page.wait_for_selector("input[type=file]", state="attached")
    page.evaluate(DROP, [name, base64.b64encode(data).decode()])


@pytest.mark.soak
def test_the_school_hands_in_and_a_column_moves(own_server, browser):
    page, complaints = new_page(browser, own_server)
    visit(page, "/indicators?period=2023&indicator=coverage&level=primary&organisation=")
    until(page, "() => document.querySelector('[data-testid=stMain]').innerText.includes('=')")
    before = page.locator(".pf-strip").first.inner_text()
    page.goto("/upload?organisation=n-school-rechnaya&period=2023")
    expect(page.get_by_text("Возьмите список своих чисел")).to_be_visible()
    table = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\r\n"
    row = "Школа «Речная»;Охват мероприятиями;Начальное;все;61;60\r\n"
    drag(page, "речная.csv", (table + row).encode("cp1251"))
    expect(page.get_by_text(re.compile("61 больше, чем всего 60")).first).to_be_visible()
    expect(page.get_by_role("button", name="Сдать", exact=True)).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Скачать с замечаниями").click()
    assert saved.value.suggested_filename == "речная, с замечаниями.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    assert "61 больше" in book.worksheets[0]["E2"].comment.text
    book.worksheets[0]["E2"] = 51
    mended = io.BytesIO()
    book.save(mended)
    page.get_by_role("button", name="Выбрать другой файл").first.click()
    expect(page.get_by_role("heading", name="Выберите заполненный файл")).to_be_visible()
    drag(page, "речная, с замечаниями.xlsx", mended.getvalue())
    expect(page.get_by_text("Что изменится")).to_be_visible()
    page.get_by_role("button", name="Сдать", exact=True).click()
    heading(page, "Принято: сдано 2 числа, отчёт неполный")
    visit(page, "/indicators?period=2023&indicator=coverage&level=primary&organisation=")
    until(page, "() => document.querySelector('[data-testid=stMain]').innerText.includes('=')")
    assert page.locator(".pf-strip").first.inner_text() != before
    page.context.close()
    assert complaints.texts == []


def test_the_presenter_s_link_on_a_phone(page, browser, server):
    visit(page, "/?period=2022")
    page.get_by_role("button", name=re.compile("Поделиться")).click()
    link = page.locator("[data-testid=stCode]").inner_text().strip()
    phone, complaints = new_page(
        browser, server, viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True
    )
    phone.goto(link)
    heading(phone, "План не достигнут на двух уровнях из четырёх измеренных: дошкольном и основном")
    expect(phone.get_by_text(re.compile(r"не\sхватает\s*58\sдетей")).filter(visible=True).first).to_be_visible()
    assert not phone.evaluate(SIDEWAYS)
    for path in ("/problems", "/indicators", "/organisations", "/upload", "/period"):
        visit(phone, f"{path}?period=2022")
        expect(phone.locator("h1").first).to_be_visible()
        assert not phone.evaluate(SIDEWAYS), path
    phone.context.close()
    assert complaints.texts == []
