"""Whose report is awaited and why; acceptance of all that nothing is to be said of; invitations for everybody."""

from __future__ import annotations

import re

import pytest
from page_words import title, words

from proforient.access.roles import Role
from proforient.monitoring import ReportState
from proforient.store import reporting
from proforient.store.asking import set_asked

PLACE = "Челябинская область / Нязепетровский муниципальный район"
SENT = "n-school-lesnaya"


def button(at, label):
    return next(b for b in at.button if b.label.replace("\u00a0", " ").startswith(label))


def states(store):
    with store.read() as reader:
        return {code: report.state for code, report in reader.reports("2023", territory=PLACE).items()}


@pytest.fixture
def narrowed(page, store):
    """The campaign of 2023, which from now on asks the headline alone."""
    with store.write("system", based_on=None) as writer:
        set_asked(writer, "2023", {"coverage"})
    return page("period", period="2023")


def test_a_report_with_few_of_the_numbers_asked_is_not_whole_and_not_accepted_unseen(page, store):
    at = page("period", period="2023")
    text = words(at)
    with store.read() as reader:
        held = reader.report_contents("2023", territory=PLACE)
        accepted = [code for code, state in states(store).items() if state is ReportState.ACCEPTED]
        assert not held.keys() & set(accepted), "nobody looks again into what was accepted"
        held = {**held, **{code: reader.report_contents("2023", organisation=code)[code] for code in accepted}}
    short = [code for code, state in states(store).items() if state.reported and not held[code].whole]
    awaited = [code for code in short if states(store)[code] is not ReportState.ACCEPTED]
    assert 0 < len(awaited) < len(short), "one that was accepted as it is is no longer awaited"
    assert f"из них неполных: {len(awaited)}." in text and f"неполный — {len(awaited)}" in text.replace("\u00a0", " ")
    assert "неполный: " in text
    assert not [b for b in at.button if b.label.startswith("Принять все")]
    assert 0 < held[SENT].given < held[SENT].asked and held["n-garden-lastochka"].given == 0


def test_all_of_which_nothing_is_to_be_said_are_accepted_by_one_press(narrowed, store):
    waiting = [code for code, state in states(store).items() if state is ReportState.SUBMITTED]
    with store.read() as reader:
        whole = [code for code in waiting if reader.report_contents("2023", territory=PLACE)[code].whole]
    assert len(whole) > 1
    button(narrowed, f"Принять все без замечаний ({len(whole)})").click().run()
    assert f"Принято отчётов: {len(whole)}." in words(narrowed)
    assert all(states(store)[code] is ReportState.ACCEPTED for code in whole)
    assert [code for code in waiting if states(store)[code] is ReportState.SUBMITTED] == [
        code for code in waiting if code not in whole
    ]


def test_messages_say_who_is_awaited_for_what_until_when(narrowed, store, page):
    sent = sum(state.reported for state in states(store).values())
    with store.write("demo-department", based_on=None) as writer:
        reporting.set_report(writer, "2023", SENT, ReportState.RETURNED, note="строка 8: проверьте число")
    at = page("period", period="2023")
    assert re.search(rf"сдали {sent} организаци\w+ из \d+", title(at).replace("\u00a0", " ")), (
        "what was returned was sent"
    )
    button(at, "Кого ждём").click().run()
    told = [code.value for code in at.code]
    assert any("Ждём отчёты: " in text and "Детский сад «Ласточка»" in text for text in told)
    whom = next(s for s in at.selectbox if s.key == "period-remind-whom")
    whom.set_value("returned").run()
    message = next(code.value for code in at.code if code.value.startswith("Школа «Лесная»."))
    assert "на доработку — строка 8: проверьте число. Последний день — " in message and "Сдать: " in message


def test_everybody_without_an_account_is_invited_at_once_and_a_lost_link_is_made_anew(page, store):
    at = page("accounts")
    with store.read() as reader:
        every = len(reader.organisations())
    button(at, f"Пригласить всех: {every} организац").click().run()
    assert f"Ссылки: {every}" in words(at) and words(at).count("/invitation/") == every
    with store.read() as reader:
        made = [a for a in reader.accounts() if a.role == Role.ORGANISATION]
    assert len({a.organisation for a in made}) == len(made) == every
    first = set(words(at).split())
    button(at, f"Новые ссылки тем, кто не задал пароль: {every}").click().run()
    links = {word for word in words(at).split() if "/invitation/" in word}
    assert len(links) == every and not links & first
    button(at, "Закрыть ссылки").click().run()
    assert "/invitation/" not in words(at) and title(at).startswith(str(every))
