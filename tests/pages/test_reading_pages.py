"""A data folder that may not be written: every page opens and says so, nothing that writes is offered."""

from __future__ import annotations

import pytest
from page_words import words
from thinned import thinned

from proforient.access.roles import Person, Role
from proforient.web import register
from proforient.web.running import running

SCHOOL, NAME = "n-school-rechnaya", "Школа «Речная»"
WHY = "Только чтение: в папку данных писать нельзя"
FILE = f"Организация;Показатель;Уровень;Числитель;Знаменатель\n{NAME};Охват мероприятиями;Начальное;55;60\n".encode()


@pytest.fixture
def reading(page, monkeypatch):
    """``page``; root may write anywhere, so the folder's rights alone would prove nothing."""
    monkeypatch.setattr("proforient.store.store.is_writable", lambda folder: False)
    return page


@pytest.mark.parametrize("code", thinned(entry.code for entry in register.PAGES))
def test_every_page_opens_and_says_why_nothing_can_be_written(reading, code):
    at = reading(code, territory="Челябинская область / Нязепетровский муниципальный район", period="2023")
    assert not at.exception and WHY in words(at)
    assert [b.label for b in at.button if not b.label.startswith("Показать")] == []
    assert running().open().store.read_only


def test_a_file_is_checked_and_the_reason_why_it_is_not_taken_is_said(reading):
    school = Person(login="school", role=Role.ORGANISATION, organisation=SCHOOL)
    at = reading("upload", person=school, organisation=SCHOOL, period="2023")
    assert not at.exception and WHY in words(at)
    at.file_uploader[0].upload("отчёт.csv", FILE, "text/csv").run()
    assert not at.exception
    assert "В папку данных писать нельзя, файлы проверяются, но не сдаются" in words(at)
    assert "демонстрация" not in words(at) and not [b for b in at.button if b.label == "Сдать"]
