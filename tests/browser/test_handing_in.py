"""«Загрузка» in a browser: what only real clicks show. The store is its own, because the test writes into it."""

from __future__ import annotations

import io
import re
from functools import partial
from itertools import pairwise

import pytest
import xlsxwriter
from conftest import new_page, until
from playwright.sync_api import expect
from serving import fill_with_demonstration, free_port, serve


@pytest.fixture
def server(own_server):
    """In place of the server that all other tests share."""
    return own_server


def workbook_with_a_hidden_row():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист1")
    rows = [
        ["Организация", "Показатель", "Уровень", "Числитель", "Знаменатель"],
        ["Школа «Речная»", "Охват мероприятиями", "Начальное", 55, 60],
    ]
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    sheet.set_row(1, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def test_typing_an_explanation_and_double_clicking_at_once_hands_in_once(page):
    page.goto("/upload?organisation=n-school-rechnaya&period=2023")
    workbook = {
        "name": "ОТЧЁТ.XLSX",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": workbook_with_a_hidden_row(),
    }
    page.set_input_files("input[type=file]", workbook)
    expect(page.locator("#root h1")).to_contain_text("ждёт объяснения")
    page.locator("textarea").fill("Строку скрыли при печати, число верное")
    page.get_by_role("button", name="Сдать", exact=True).dblclick()
    expect(page.locator("#root h1")).to_have_text(re.compile("Принято: сдано 2.числа, отчёт неполный"))
    page.goto("/period?period=2023")
    expect(page.get_by_text("ОТЧЁТ.XLSX")).to_have_count(1)
    expect(page.get_by_text("Объяснение: Строку скрыли при печати, число верное")).to_have_count(1)


def _typed_in_part(beside):
    """The form of a kindergarten in another tab: one number is kept, another is just being typed."""
    form = beside.context.new_page()
    form.goto("/form?organisation=n-garden-lastochka&period=2023")
    first, second = (form.get_by_label("Дошкольное").nth(n) for n in (0, 1))
    first.fill("50")
    first.press("Tab")
    expect(form.locator("#root h1")).to_have_text(re.compile("заполнено 1.число"))
    second.press_sequentially("4")
    return form


def test_a_server_that_dies_costs_neither_the_chosen_file_nor_what_was_typed(browser, tmp_path):
    folder, port = fill_with_demonstration(tmp_path / "mine"), free_port()
    with serve(folder, port=port) as first:
        page, _ = new_page(browser, first)
        page.goto("/upload?organisation=n-school-rechnaya&period=2023")
        workbook = {"name": "отчёт.xlsx", "mimeType": "application/xlsx", "buffer": workbook_with_a_hidden_row()}
        page.set_input_files("input[type=file]", workbook)
        expect(page.locator("#root h1")).to_contain_text("ждёт объяснения")
        page.locator("textarea").press_sequentially("Строку скрыли при печати")
        form = _typed_in_part(page)
        first.process.kill()
        expect(page.get_by_role("dialog")).to_contain_text("Нет связи с сервером")
        expect(form.get_by_role("dialog")).to_contain_text("Нет связи с сервером")
    with serve(folder, port=port):
        expect(form.get_by_role("dialog")).to_have_count(0, timeout=40_000)
        assert [form.get_by_label("Дошкольное").nth(n).input_value() for n in (0, 1)] == ["50", "4"]
        form.get_by_label("Дошкольное").nth(1).press("Tab")
        expect(form.locator("#root h1")).to_have_text(re.compile("заполнено 2.числа"))
        form.close()
        expect(page.locator("#root h1")).to_have_text(re.compile("ошибок.нет$"), timeout=40_000)
        expect(page.locator("textarea")).to_have_value("Строку скрыли при печати")
        page.get_by_role("button", name="Сдать", exact=True).click()
        expect(page.locator("#root h1")).to_contain_text("Принято")
        page.goto("/period?period=2023")
        expect(page.get_by_text("Объяснение: Строку скрыли при печати")).to_have_count(1)
        page.context.close()


@pytest.mark.soak
def test_what_was_put_away_is_not_brought_back_by_a_loss(browser, tmp_path):
    folder, port = fill_with_demonstration(tmp_path / "mine"), free_port()
    with serve(folder, port=port) as first:
        page, _ = new_page(browser, first)
        page.goto("/upload?organisation=n-school-rechnaya&period=2023")
        workbook = {"name": "отчёт.xlsx", "mimeType": "application/xlsx", "buffer": workbook_with_a_hidden_row()}
        page.set_input_files("input[type=file]", workbook)
        expect(page.locator("#root h1")).to_contain_text("ждёт объяснения")
        page.locator("textarea").press_sequentially("Строку скрыли при печати")
        page.get_by_role("button", name="Выбрать другой файл").click()
        expect(page.locator("#root h1")).to_contain_text("Сдать числа")
        page.wait_for_timeout(11_000)  # longer than a file may be on its way
        first.process.kill()
        expect(page.get_by_role("dialog")).to_contain_text("Нет связи с сервером")
    with serve(folder, port=port):
        expect(page.get_by_role("dialog")).to_have_count(0, timeout=40_000)
        page.wait_for_timeout(4_000)
        expect(page.locator("#root h1")).to_contain_text("Сдать числа")
        page.context.close()


@pytest.mark.soak
def test_on_a_phone_the_rows_in_question_are_lists_of_cells(browser, server):
    page, _ = new_page(browser, server, viewport={"width": 360, "height": 800})
    page.goto("/upload?organisation=n-school-rechnaya&period=2023")
    head = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель"
    rows = ["Начальное;все;30;40", "Основное;все;ок. 18;40"]
    data = "\n".join([head, *(f"Школа «Речная»;Охват мероприятиями;{row}" for row in rows), ""])
    page.set_input_files("input[type=file]", {"name": "а.csv", "mimeType": "text/csv", "buffer": data.encode()})
    cells = page.locator(".pf-sheet td:visible")
    expect(cells).to_have_count(6)
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert all(box["width"] > 250 and box["x"] + box["width"] <= 360 for box in boxes)
    assert all(below["y"] >= above["y"] + above["height"] for above, below in pairwise(boxes))
    assert page.evaluate("e => getComputedStyle(e, '::before').content", cells.nth(4).element_handle()) == '"Числитель"'
    expect(page.locator(".pf-sheet tr:visible th:visible")).to_have_text("строка 3")
    page.context.close()


def broken(status, route):
    if status is None:
        route.abort()
    else:
        route.fulfill(status=status, body="<html>")


@pytest.mark.soak
def test_a_broken_way_is_said_in_russian_and_a_page_opened_anew_asks_for_the_file_again(browser, server):
    page, _ = new_page(browser, server)
    page.goto("/upload?organisation=n-school-rechnaya&period=2023")
    book = {"name": "отчёт.xlsx", "mimeType": "application/xlsx", "buffer": workbook_with_a_hidden_row()}
    said = {
        403: "Обновите страницу, войдите",
        413: "Удалите лишние листы",
        502: "Подождите минуту",
        None: "Проверьте интернет",
    }
    for status, words in said.items():
        answer = partial(broken, status)
        page.route("**/_stcore/upload_file/**", answer)
        page.set_input_files("input[type=file]", book)
        failed = page.locator('[data-testid="stFileUploader"]')
        expect(failed).to_contain_text(words)
        assert "Axios" not in failed.inner_text()
        page.unroute("**/_stcore/upload_file/**")
        page.reload()
        expect(page.locator("#root h1")).to_contain_text("Сдать числа")
    page.set_input_files("input[type=file]", book)
    expect(page.locator("#root h1")).to_contain_text("ждёт объяснения")
    until(page, "sessionStorage.getItem('proforient.chosen') !== null")  # half a second after the page stands still
    page.reload()
    expect(page.get_by_text("Выберите файл ещё раз")).to_be_visible()
    expect(page.get_by_text("отчёт.xlsx")).to_be_visible()
    page.context.close()
