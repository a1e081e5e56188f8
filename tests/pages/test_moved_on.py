"""A page is open, somebody else acts, the button is pressed: it is refused with who did what, and the page is new."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from page_words import button, words
from test_upload import GOOD, NAME, csv
from thinned import kept, thinned

from proforient.access import accounts, links
from proforient.access.roles import Person, Role
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import ReportState, now
from proforient.store import acceptance, campaign, reporting
from proforient.store import accounts as rows
from proforient.store.planning import add_judgement, set_plan
from proforient.web.sections import accounts as accounts_section
from proforient.web.sections.period import reports as period_reports

PLACE = "Челябинская область / Нязепетровский муниципальный район"
DEPARTMENT = Person(login="petrov", role=Role.DEPARTMENT, territory=PLACE)
CHIEF = Person(login="glava", role=Role.ADMINISTRATOR)
SCHOOL, CALLED = "n-school-lesnaya", "Школа «Лесная»"
MOVED = "за это время изменилось"


def said(at):
    return words(at).replace("\u00a0", " ")


def report(store):
    with store.read() as reader:
        return reader.reports("2023")[SCHOOL]


def sent(store):
    with store.read() as reader:
        return next(p for p in reader.parts(period="2023", organisation=SCHOOL) if not p.withdrawn)


def sends_anew(store):
    """The school replaces what it sent: 5 of 84 instead."""
    hands_in(store, "исправление.csv", csv(f"{CALLED};Охват мероприятиями;Начальное;5;84"))


def hands_in(store, name, data):
    with store.read() as reader:
        screening = screen(read_bytes(name, data), store.catalogue, reader.known("2023"))
    store.put_file(data)
    assert screening.acceptable, (screening.findings, screening.unanswered)
    with store.write("lesnaya", based_on=None) as writer:
        acceptance.accept(writer, screening, period="2023", confirm=True)


def returns(store):
    with store.write("sidorova", based_on=None) as writer:
        reporting.set_report(writer, "2023", SCHOOL, ReportState.RETURNED, note="строка 8")


def accepts(store):
    with store.write("sidorova", based_on=None) as writer:
        reporting.set_report(writer, "2023", SCHOOL, ReportState.ACCEPTED)


def closes(store):
    with store.write("sidorova", based_on=None) as writer:
        campaign.close_period(writer, "2023", territory=PLACE)


def withdraws(store):
    part = sent(store)
    with store.write("sidorova", based_on=None) as writer:
        acceptance.withdraw(writer, part.id)


BETWEEN = {
    sends_anew: "lesnaya — сдан файл «исправление.csv»",
    returns: "на доработке (было: сдан). строка 8",
    accepts: "sidorova — отчёт «Школа „Лесная“», 2023 год: принят",
    closes: "sidorova — закрыт период 2023 год",
    withdraws: "sidorova — откат файла: «Школа „Лесная“»",
}


@pytest.mark.parametrize("act", kept(BETWEEN, [sends_anew, returns]))
def test_accepting_what_is_no_longer_there_is_refused_with_who_did_what(page, store, act):
    at = page("period", person=DEPARTMENT, period="2023")
    act(store)
    before = report(store)
    at.button(f"period-accept-{SCHOOL}").click().run()
    assert not at.exception
    text = said(at).lower()
    assert MOVED in text and BETWEEN[act].lower() in text and "отчёт принят:" not in text
    assert report(store) == before
    if act is sends_anew:  # the page shows the new file now, and that one can be accepted
        assert "исправление.csv" in said(at)
        at.button(f"period-accept-{SCHOOL}").click().run()
        assert report(store).by == "petrov" and report(store).state is ReportState.ACCEPTED


def test_of_two_people_one_is_told_that_it_was_the_other(page, store):
    first = page("period", person=DEPARTMENT, period="2023")
    second = page("period", person=replace(DEPARTMENT, login="sidorova"), period="2023")
    second.button(f"period-accept-{SCHOOL}").click().run()
    assert "Отчёт принят" in said(second)
    first.button(f"period-accept-{SCHOOL}").click().run()
    assert MOVED in said(first) and "sidorova — отчёт" in said(first).lower()
    assert report(store).by == "sidorova"
    with store.read() as reader:
        assert [e.actor for e in reader.events(action="report.state")].count("sidorova") == 1


def test_a_second_click_of_the_same_drawing_is_the_first_one(page, store, monkeypatch):
    once = period_reports._accept
    monkeypatch.setattr(period_reports, "_accept", lambda *args: (once(*args), once(*args)))
    at = page("period", person=DEPARTMENT, period="2023")
    at.button(f"period-accept-{SCHOOL}").click().run()
    assert "Отчёт принят" in said(at) and MOVED not in said(at)
    with store.read() as reader:
        assert [e.actor for e in reader.events(action="report.state")].count("petrov") == 1


# how a dialog is opened, filled in and confirmed
def returning(at):
    at.button(f"period-return-{SCHOOL}").click().run()
    yield
    at.text_area(f"period-note-{SCHOOL}").input("строка 2").run()
    button(at, "Вернуть").click().run()


def taking_back(at):
    at.button(f"period-withdraw-{at.part.id}").click().run()
    yield
    at.button("period-withdraw-do").click().run()


def closing(at):
    button(at, "Закрыть приём…").click().run()
    yield
    at.button("period-close-do").click().run()


def prolonging(at):
    button(at, "Срок…").click().run()
    yield
    at.date_input("period-closes-new").set_value(now().date().replace(year=2028)).run()
    at.button("period-reopen-do").click().run()


def planning(at):
    button(at, "Задать план…").click().run()
    yield
    at.selectbox("period-plan-level").select("basic").run()
    at.text_input("period-plan-amount").input("62,5").run()
    at.text_area("period-plan-ground").input("приказ").run()
    at.button("period-plan-do").click().run()


def judging(at):
    button(at, "Добавить оценку…").click().run()
    yield
    at.text_area("period-judgement-text").input("Высокая доля").run()
    at.text_input("period-judgement-source").input("протокол").run()
    at.button("period-judgement-do").click().run()


def prolongs(store):
    with store.write("sidorova", based_on=None) as writer:
        campaign.reopen_period(writer, "2023", closes=now().date().replace(year=2029), territory=PLACE)


def plans(store):
    with store.read() as reader:
        plan = next(p for p in reader.plans("2023", territory=PLACE) if (p.indicator, p.level) == ("coverage", "basic"))
    with store.write("sidorova", based_on=None) as writer:
        set_plan(writer, replace(plan, territory=PLACE, percent=Decimal(75), ground="другой приказ"))


def judges(store):
    from proforient.monitoring import Judgement

    first = next(v for v in store.catalogue.indicators["coverage"].levels)
    judgement = Judgement(
        id="", period="2023", indicator="coverage", level=first, cohort="all", territory=PLACE, organisation=None,
        outcome="noted", text="слово", source="справка", office="", date=None, percent=None, at=now(),
    )  # fmt: skip
    with store.write("sidorova", based_on=None) as writer:
        add_judgement(writer, judgement)


BEFORE, WHILE = "before it is opened", "while it is open"
DIALOGS = [
    (returning, sends_anew, BEFORE, "сдан файл", f"period-note-{SCHOOL}"),
    (returning, sends_anew, WHILE, "сдан файл", f"period-note-{SCHOOL}"),
    (taking_back, sends_anew, WHILE, "сдан файл", ""),
    (taking_back, withdraws, WHILE, "откат файла", ""),
    (closing, sends_anew, BEFORE, "сдан файл", ""),
    (closing, closes, WHILE, "закрыт период", ""),
    (prolonging, prolongs, WHILE, "срок периода", "period-closes-new"),
    (planning, plans, WHILE, "задан план", "period-plan-ground"),
    (judging, judges, WHILE, "оценка экспертов", "period-judgement-text"),
]


@pytest.mark.parametrize(("dialog", "act", "when", "told", "kept"), thinned(DIALOGS, 4))
def test_a_dialog_is_based_on_the_page_on_which_it_was_asked_for(page, store, dialog, act, when, told, kept):
    at = page("period", person=CHIEF, period="2023", indicator="coverage", territory=PLACE)
    at.part = sent(store)
    steps = dialog(at)
    if when == BEFORE:
        act(store)
        next(steps)
    else:
        next(steps)
        act(store)
    with store.read() as reader:
        before = reader.run("SELECT * FROM event ORDER BY ALL")
    next(steps, None)
    assert not at.exception
    assert MOVED in said(at) and told in said(at).lower()
    with store.read() as reader:
        assert reader.run("SELECT * FROM event ORDER BY ALL") == before
    assert not kept or any(field.key == kept and field.value for field in (*at.text_area, *at.date_input))


def test_a_file_is_handed_in_on_what_was_said_to_change(page, store):
    """The desk shows what the file would change; the department has changed the same numbers since."""
    at = page("upload", organisation="n-school-rechnaya", period="2023")
    at.file_uploader[0].upload("отчёт.csv", GOOD, "text/csv").run()
    other = csv(f"{NAME};Охват мероприятиями;Начальное;50;60", f"{NAME};Охват мероприятиями;Основное;61;70")
    hands_in(store, "управление.csv", other)
    at.button("upload-hand-in").click().run()
    assert not at.exception
    assert MOVED in said(at) and "lesnaya — сдан файл «управление.csv»" in said(at).lower()
    with store.read() as reader:
        assert {p.file for p in reader.parts(period="2023", organisation="n-school-rechnaya")} == {"управление.csv"}
    at.button("upload-hand-in").click().run()  # it has been told what changed, and says so on purpose
    with store.read() as reader:
        assert reader.parts(period="2023", organisation="n-school-rechnaya")[0].file == "отчёт.csv"


def account(store):
    with store.write("operator", based_on=None) as writer:
        rows.add(writer, accounts.new(writer.reader, login="ivanova", role="head", territory=PLACE, at=now()))


PRESSED = {
    "accounts-close-ivanova": lambda w: accounts.set_password(w, "ivanova", "корабль песок фонарь", now()),
    "accounts-invite-ivanova": lambda w: accounts.invite(w, "ivanova", now()),
    "accounts-out-ivanova": lambda w: rows.set_active(w, "ivanova", active=False, at=now()),
}


@pytest.mark.parametrize("key", PRESSED)
def test_an_account_is_not_touched_while_somebody_else_does(page, store, key):
    account(store)
    at = page("accounts", person=CHIEF)
    with store.write("sidorova", based_on=None) as writer:
        PRESSED[key](writer)
    with store.read() as reader:
        before = reader.account("ivanova"), reader.run("SELECT * FROM invitation")
    at.button(key).click().run()
    assert not at.exception
    assert MOVED in said(at) and "sidorova — " in said(at) and not at.code
    with store.read() as reader:
        assert (reader.account("ivanova"), reader.run("SELECT * FROM invitation")) == before


def test_a_second_click_on_an_invitation_shows_the_same_link(page, store, monkeypatch):
    account(store)
    once = accounts_section._invite
    monkeypatch.setattr(accounts_section, "_invite", lambda *args: (once(*args), once(*args)))
    at = page("accounts", person=CHIEF)
    at.button("accounts-invite-ivanova").click().run()
    assert len(at.code) == 1
    token = at.code[0].value.rpartition("/")[2]
    with store.read() as reader:
        assert accounts.invited(reader, token, now()) == "ivanova"


def test_a_snapshot_is_made_of_what_was_on_the_page(page, store):
    at = page("links", person=DEPARTMENT, period="2023", territory=PLACE)
    sends_anew(store)
    button(at, "Сделать снимок").click().run()
    assert MOVED in said(at) and "lesnaya — сдан файл" in said(at).lower()
    with store.read() as reader:
        assert reader.publications() == []
    button(at, "Сделать снимок").click().run()
    with store.read() as reader:
        assert len(reader.publications()) == 1


def test_a_link_is_revoked_once(page, store):
    with store.write("sidorova", based_on=None) as writer:
        links.publish(writer, store.catalogue, period="2023", territory=PLACE, cohort="all", at=now())
    at = page("links", person=DEPARTMENT, period="2023", territory=PLACE)
    button(at, "Отозвать…").click().run()
    with store.write("sidorova", based_on=None) as writer:
        links.withdraw(writer, 1, reason="ошибка", at=now())
    at.text_input("links-reason").input("другая причина").run()
    button(at, "Отозвать").click().run()
    assert not at.exception
    assert MOVED in said(at) and "sidorova — отозван снимок № 1" in said(at).lower()
    with store.read() as reader:
        assert [p.reason for p in reader.publications()] == ["ошибка"]
