"""«Загрузка» in a browser: what only real clicks show. The store is its own, because the test writes into it."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from playwright.sync_api import expect


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
    expect(page.locator("h1")).to_contain_text("ждёт объяснения")
    page.locator("textarea").fill("Строку скрыли при печати, число верное")
    page.get_by_role("button", name="Сдать", exact=True).dblclick()
    expect(page.locator("h1")).to_have_text(re.compile("Принято: сдано 2.числа, отчёт на.проверке"))
    page.goto("/period?period=2023")
    expect(page.get_by_text("ОТЧЁТ.XLSX")).to_have_count(1)
    expect(page.get_by_text("Объяснение: Строку скрыли при печати, число верное")).to_have_count(1)
