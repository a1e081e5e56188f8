"""Период и планы: the campaign, reports on review, plans, judgements and withdrawing, over the demonstration data."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import html
import io
import re
import shutil
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import streamlit as st_page
from hypothesis import given, settings
from hypothesis import strategies as st
from page_words import button, title, words

from proforient.access.roles import Person, Role
from proforient.analysis.coverage import coverages
from proforient.errors import WrongCall
from proforient.monitoring import Cell, PlanValue, ReportState, now
from proforient.store import Store, campaign, freezing, inquiring, links, planning, reporting
from proforient.store.rows import Publication
from proforient.store.snapshots import digest, new_token
from proforient.web import widgets
from proforient.web.number_field import typed_decimal

PLACE = "Челябинская область / Нязепетровский муниципальный район"
OTHER = "Забайкальский край / ЗАТО п. Горный"
ON_REVIEW = "n-school-lesnaya"


@pytest.fixture
def period(page):
    def opened(code="2023", **view):
        at = page("period", period=code, **view)
        assert not at.exception
        return at

    return opened


def report(store, organisation=ON_REVIEW, code="2023"):
    with store.read() as reader:
        return reader.reports(code)[organisation]


def test_the_title_tells_who_has_reported_and_how_long_it_is_open(period):
    at = period()
    assert title(at) == "2023 год: сдали 7 организаций из 17, срок сдачи — через 9 дней"
    text = words(at)
    assert "не начат — 10, неполный — 3, принят — 4" in text.replace("\u00a0", " ")
    assert "На проверке отчётов: 3, из них неполных: 3." in text
    assert "proforient 2026.1" in text
    assert "с периодом: 2022 год" in text
    assert "Детский сад «Ласточка»" in text


def test_a_report_is_accepted_with_one_press(period, store):
    at = period()
    at.button(f"period-accept-{ON_REVIEW}").click().run()
    assert "Отчёт принят: Школа «Лесная»." in words(at)
    assert report(store).state is ReportState.ACCEPTED
    assert "Отчёт принят" not in words(at.run())


def test_returning_wants_a_note_and_shows_it(period, store):
    at = period()
    at.button(f"period-return-{ON_REVIEW}").click().run()
    button(at, "Вернуть").click().run()
    assert "Что исправить: поле пустое" in words(at)
    assert report(store).state is ReportState.SUBMITTED
    at.text_area(f"period-note-{ON_REVIEW}").input("строка 8, столбец E").run()
    button(at, "Вернуть").click().run()
    assert report(store).state is ReportState.RETURNED
    assert "на доработке: строка 8, столбец E" in words(at)


def test_a_plan_typed_with_a_comma_is_stored_exactly_and_the_old_one_stays_in_the_history(period, store):
    at = period(indicator="coverage")
    button(at, "Задать план…").click().run()
    at.selectbox("period-plan-level").select("basic").run()
    at.text_input("period-plan-amount").input("62,5 %").run()
    at.text_area("period-plan-ground").input("Приказ № 12 от 01.09.2023").run()
    at.button("period-plan-do").click().run()
    assert not at.exception
    with store.read() as reader:
        history = reader.plan_history("2023", "coverage", "basic", "all", PLACE)
        assert [plan.percent for plan in history] == [Decimal("62.5"), Decimal("82.5")]
        assert history[0].ground == "Приказ № 12 от 01.09.2023"
    text = words(at)
    assert "62,5 %" in text
    assert "было 82,5 % до" in text
    assert "Приказ № 12 от 01.09.2023" in text


def test_a_replaced_plan_tells_what_it_was(period, store):
    for amount, day in ((75, 1), (80, 2)):
        with store.write("test", based_on=None) as writer:
            planning.set_plan(writer,
                PlanValue(
                    period="2023", indicator="coverage", level="basic", cohort="all", territory=PLACE,
                    percent=Decimal(amount), number=None, origin="department", ground=f"решение {day}",
                    author="методист", at=dt.datetime(2026, 11, day, 9, 0),
                )
            )  # fmt: skip
    text = words(period(indicator="coverage"))
    assert "было 75 % до 02.11.2026" in text
    assert "решение 1" in text


@pytest.mark.parametrize("typed", ["сто", "120", ""])
def test_a_plan_that_cannot_be_is_refused_in_words(period, store, typed):
    at = period(indicator="coverage")
    button(at, "Задать план…").click().run()
    at.text_input("period-plan-amount").input(typed).run()
    at.text_area("period-plan-ground").input("приказ").run()
    at.button("period-plan-do").click().run()
    assert "План" in words(at)
    with store.read() as reader:
        assert not [plan for plan in reader.plans("2023") if plan.ground == "приказ"]


def opened_2031(store):
    """A period in which nobody has a plan, after that of 2023."""
    with store.write("demo-department", based_on=None) as writer:
        campaign.open_period(writer, "2031", closes=dt.date(2031, 12, 25), territory=PLACE, previous="2023")


def plans_of(store, code="2031"):
    with store.read() as reader:
        return {(p.indicator, p.level): p for p in reader.plans(code, territory=PLACE) if p.cohort == "all"}


def test_plans_are_proposed_with_their_source_and_set_by_a_click_only(period, store, monkeypatch):
    opened_2031(store)
    tables, real = [], st_page.data_editor

    def typed(frame, **more):
        """Whoever types: once the table proposes something, one plan is another and one is rubbed out."""
        edited = real(frame, **more)
        if "Новый план" in frame and any(frame["Новый план"]):
            edited = edited.copy()
            edited.loc[1:2, "Новый план"] = ["61", ""]
        tables.append(edited)
        return edited

    monkeypatch.setattr(st_page, "data_editor", typed)
    before = plans_of(store, "2023")
    at = period("2031", indicator="coverage", territory=PLACE)
    button(at, "Планы таблицей…").click().run()
    assert not at.exception and plans_of(store) == {} and not any(tables[-1]["Новый план"])
    take = next(b for b in at.button if b.label.startswith("Взять все прошлого периода"))
    many = int(re.search(r"\d+", take.label)[0])
    assert many == len(before) > 3
    take.click().run()
    shown = tables[-1]
    assert plans_of(store) == {}, "a proposal is not saved"
    assert "Пока не нажато «Задать планы», ничего не записано" in words(at).replace("\u00a0", " ")
    assert shown["Откуда"][0] == f"план в 2023 году: {before['coverage', 'preschool'].ground}".replace("\u00a0", " ")
    assert "period-plans-take-half" in {b.key for b in at.button}
    at.button("period-plans-do").click().run()
    assert "Основание: поле пустое" in words(at), "one of them was typed by a person, who has a ground"
    monkeypatch.setattr(st_page, "data_editor", lambda frame, **more: typed(frame, **more).replace({"61": ""}))
    at.button("period-plans-do").click().run()
    assert not at.exception
    found = plans_of(store)
    assert len(found) == many - 2, "those that were rubbed out are no plans"
    kept = found["coverage", "preschool"]
    assert kept.amount == before["coverage", "preschool"].amount and kept.origin == "department"
    assert kept.ground.startswith("Предложение программы: план в 2023 году: ")


def test_judgements_of_the_period_before_are_looked_through_in_a_table_and_added_by_a_click(period, store, monkeypatch):
    real, wrong = st_page.data_editor, {"Уровень": "Ясли"}
    at = period()
    button(at, "Оценки таблицей…").click().run()
    take = next(b for b in at.button if b.label.startswith("Взять все прошлого периода"))
    with store.read() as reader:
        before = reader.judgements("2022", territory=PLACE)
    assert take.label.endswith(f"{len(before)}") and before

    def mended(frame, **more):
        """Whoever edits: another text in the first row, at first a level in the last that there is not."""
        edited = real(frame, **more).copy()
        if len(edited):
            edited.loc[0, "Текст"] = "Доля <b>выросла</b>"
            for name, words_there in wrong.items():
                edited.loc[len(edited) - 1, name] = words_there
        return edited

    monkeypatch.setattr(st_page, "data_editor", mended)
    take.click().run()
    at.button("period-judgements-do").click().run()
    told = words(at).replace("\u00a0", " ")
    assert f"Строка {len(before)}. Уровень: «Ясли» нет в списке. Выберите из списка." in told
    wrong.clear()
    with store.read() as reader:
        assert reader.judgements("2023", territory=PLACE) == []
    at.button("period-judgements-do").click().run()
    assert not at.exception
    with store.read() as reader:
        found = reader.judgements("2023", territory=PLACE)
    assert len(found) == len(before) and "Доля <b>выросла</b>" in {j.text for j in found}
    assert {(j.source, j.indicator, j.level, j.territory) for j in found} == {
        (j.source, j.indicator, j.level, j.territory) for j in before
    }
    assert "<b>выросла" not in " ".join(e.proto.body for e in at.get("html"))


def test_invented_plans_are_marked_where_they_stand(period):
    at = period("2022", indicator="coverage")
    table = next(e.proto.body for e in at.get("html") if "pf-plans" in e.proto.body)
    assert '<b class="pf-share pf-invented">80\u00a0%</b>' in table
    assert "выдуман для\u00a0демонстрации" in table


def test_judgements_are_quotations_with_their_source(period):
    text = words(period("2022"))
    assert "«Низкая доля обучающихся" in text
    assert "письмо № 837/1 от 04.05.2023" in text


def add_judgement(at, text):
    button(at, "Добавить оценку…").click().run()
    at.text_area("period-judgement-text").input(text).run()
    at.text_input("period-judgement-source").input("протокол <b>№ 3</b>").run()
    at.button("period-judgement-do").click().run()
    return at


def test_a_judgement_is_added_and_its_text_is_escaped(period, store):
    at = add_judgement(period(), "Высокая доля участия")
    with store.read() as reader:
        (judgement,) = reader.judgements("2023", territory=PLACE)
    assert judgement.text == "Высокая доля участия"
    assert judgement.territory == PLACE
    assert "протокол <b>№ 3</b>" in words(at)
    assert "<b>№" not in " ".join(e.proto.body for e in at.get("html"))


def test_a_judgement_that_names_a_person_is_refused(period, store):
    at = add_judgement(period(), "Отметить учителя Иванову Анну Петровну: Иванова Анна Петровна")
    assert "персональные данные" in words(at)
    with store.read() as reader:
        assert reader.judgements("2023", territory=PLACE) == []


def covered(store):
    with store.read() as reader:
        (found,) = coverages(
            reader, store.catalogue, "2023", territory=PLACE, indicator="coverage", level="primary", cohort="all"
        )
    return found.numerator


def test_withdrawing_shows_both_figures_before_it_is_confirmed(period, store, filled, tmp_path, monkeypatch):
    before = covered(store)
    with store.read() as reader:
        (part,) = reader.parts(period="2023", organisation=ON_REVIEW)
    at = period()
    at.button(f"period-withdraw-{part.id}").click().run()
    text = words(at)
    assert "После отката" in text
    assert "7 из 17" in text
    assert "6 из 17" in text
    assert covered(store) == before
    at.button("period-withdraw-do").click().run()
    assert not at.exception
    assert covered(store) < before
    assert report(store).state is ReportState.NOT_SUBMITTED
    # A shared store tells what was before: here the demonstration as it was made.
    copied = Store.open(shutil.copytree(filled, tmp_path / "before"), store.catalogue)
    monkeypatch.setattr(type(store), "remembers", True)
    monkeypatch.setattr(store, "earlier", lambda moment: contextlib.nullcontext(copied))
    at.run().button("period-earlier").click().run()
    at.button("earlier-show").click().run()
    assert "Изменились показатели" in words(at)
    copied.close()


def test_a_withdrawal_can_be_thought_better_of(period, store):
    before = covered(store)
    at = period()
    next(b for b in at.button if b.label == "Откатить…").click().run()
    button(at, "Оставить как есть").click().run()
    assert covered(store) == before


def test_closing_says_what_it_does_and_accepts_the_rest(period, store):
    at = period()
    button(at, "Закрыть приём…").click().run()
    assert "Не сдали: 10 организаций." in words(at)
    assert "Станут принятыми без проверки: 3." in words(at)
    left = " ".join(e.proto.body for e in at.get("html")).replace("\u00a0", " ")
    assert "Никто не проверил: 3</summary>" in left and "Сданы не полностью: " in left
    at.button("period-close-do").click().run()
    assert title(at).endswith("приём закрыт")
    assert report(store).state is ReportState.ACCEPTED
    assert not [b for b in at.button if b.label == "Откатить…"]
    assert button(at, "Открыть приём снова…")


def left_behind(at):
    """What the dialog of closing lists: heading without its number -> lines."""
    found = {}
    for body in (e.proto.body for e in at.get("html")):
        for head, inside in re.findall(r"<summary>(.*?)</summary>(.*?)</details>", body, re.S):
            name, _, many = head.replace("\u00a0", " ").rpartition(": ")
            lines = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", inside, re.S)]
            if many == str(len(lines)):
                found[name] = sorted(html.unescape(line).replace("\u00a0", " ").replace("\u2060", "") for line in lines)
    return found


def test_closing_lists_all_that_is_left_behind(period, store):
    """Against the plans and verdicts themselves: unread, incomplete, questioned, unmet without words, groundless."""
    asked = Cell("pupils", "basic", "all")
    with store.write("chief", based_on=None) as writer:
        inquiring.ask_about(writer, "2023", ON_REVIEW, {asked: "Почему вдвое меньше?"})
        inquiring.ask_about(writer, "2023", "n-school-ozyornaya", {asked: "Верно ли?"})
        inquiring.answer_about(writer, "2023", "n-school-ozyornaya", asked, "Закрыли класс")
        for code in (ON_REVIEW, "n-school-ozyornaya"):
            reporting.set_report(writer, "2023", code, ReportState.RETURNED, note="проверьте")
        for indicator, level, percent in (("leavers-9-entered", "basic", 99), ("leavers-11-entered", "secondary", 0)):
            planning.set_plan(writer,
                PlanValue(
                    period="2023", indicator=indicator, level=level, cohort="all", territory=PLACE,
                    percent=Decimal(percent), number=None, origin="department", ground="приказ № 7", author="chief",
                    at=dt.datetime(2026, 11, 1, 9, 0),
                )
            )  # fmt: skip
    with store.read() as reader:
        standings, names = reader.report_standings("2023", territory=PLACE), reader.roster().names
        measured = coverages(reader, store.catalogue, "2023", territory=PLACE)
        unread = [c for c, r in reader.reports("2023", territory=PLACE).items() if r.state is ReportState.SUBMITTED]
    at = period()
    button(at, "Закрыть приём…").click().run()
    found = left_behind(at)
    assert found["Никто не проверил"] == sorted(names[code] for code in unread) and len(unread) == 1
    assert found["Сданы не полностью"] == sorted(names[c] for c, s in standings.items() if s == "incomplete")
    (question,) = found["Вопросы без ответа"]
    assert question.startswith(names[ON_REVIEW]) and "Почему вдвое меньше? Ответа ещё нет." in question
    worded = {(p.indicator, p.level) for p in store.catalogue.problems.values() if p.when == "not_met"}
    unmet = [c for c in measured if c.verdict == "not_met" and (c.indicator, c.level) not in worded]
    assert [c.indicator for c in unmet] == ["leavers-9-entered"]
    assert len(found["План не достигнут, а формулировки проблемы нет"]) == len(unmet)
    invented = [c for c in measured if c.plan and c.plan.origin == "demonstration" and c.verdict in ("met", "not_met")]
    assert len(found["План без основания"]) == len(invented) > 1
    assert not [line for line in found["План без основания"] if "поступивших" in line], "what was ordered has a ground"
    assert at.button("period-close-do").label.replace("\u00a0", " ") == "Закрыть приём: принять и непроверенные (1)"
    at.button("period-close-do").click().run()
    with store.read() as reader:
        (closed,) = reader.events(action="period.closed", limit=1)
        assert '"accepted":1' in closed.detail


def test_closing_leaves_what_was_returned_where_it_is(period, store):
    with store.write("chief", based_on=None) as writer:
        waiting = [
            o for o, r in writer.reader.reports("2023", territory=PLACE).items() if r.state is ReportState.SUBMITTED
        ]
        reporting.set_report(writer, "2023", waiting[0], ReportState.RETURNED, note="проверьте строку 8")
    at = period()
    button(at, "Закрыть приём…").click().run()
    assert "Станут принятыми без проверки: 2." in words(at)
    assert "Останутся на доработке: 1. Закрытие их не принимает." in words(at)
    at.button("period-close-do").click().run()
    with store.read() as reader:
        after = reader.reports("2023", territory=PLACE)
    assert after[waiting[0]].state is ReportState.RETURNED and after[waiting[0]].note == "проверьте строку 8"
    assert {after[o].state for o in waiting[1:]} == {ReportState.ACCEPTED}


def test_a_period_of_everybody_is_closed_by_who_reaches_everybody(period, page, store):
    with store.write("chief", based_on=None) as writer:
        campaign.open_period(writer, "2030", closes=dt.date(2031, 1, 20))
    offered = {"period-close", "period-prolong"}
    for role in (Role.HEAD, Role.DEPARTMENT, Role.ADMINISTRATOR):
        own = page("period", person=Person(login="own", role=role, territory=PLACE), territory=PLACE, period="2030")
        assert not own.exception and not offered & {b.key for b in own.button}
        assert "тот, кто отвечает за все" in words(own) and button(own, "Новый период…")
    every = page("period", person=Person(login="all", role=Role.HEAD), territory=PLACE, period="2030")
    assert offered <= {b.key for b in every.button}
    button(every, "Закрыть приём…").click().run()
    every.button("period-close-do").click().run()
    assert title(every).endswith("приём закрыт")
    assert {"period-reopen", "period-late"} <= {b.key for b in every.button}
    own = page("period", person=Person(login="own", role=Role.HEAD, territory=PLACE), territory=PLACE, period="2030")
    assert not {"period-reopen", "period-late"} & {b.key for b in own.button}, "nor for one of its own schools"


def test_a_period_is_opened_for_the_territory_and_becomes_the_one_looked_at(period, store):
    at = period()
    button(at, "Новый период…").click().run()
    at.text_input("period-new-code").input("20255").run()
    at.date_input("period-new-closes").set_value(dt.date(2027, 3, 1)).run()
    at.button("period-new-do").click().run()
    assert "записан не так" in words(at)
    at.text_input("period-new-code").input("2025").run()
    at.button("period-new-do").click().run()
    assert not at.exception
    with store.read() as reader:
        opened = reader.period("2025", territory=PLACE)
    assert (opened.closes, opened.territory, opened.previous) == (dt.date(2027, 3, 1), PLACE, "2023")
    assert title(at).startswith("2025 год: не сдала ещё ни одна из 17 организаций")


def test_the_last_day_can_be_moved(period, store):
    at = period()
    button(at, "Срок…").click().run()
    at.date_input("period-closes-new").set_value(dt.date(2027, 1, 20)).run()
    at.button("period-reopen-do").click().run()
    with store.read() as reader:
        assert reader.period("2023", territory=PLACE).closes == dt.date(2027, 1, 20)


def test_where_the_period_was_not_opened_the_page_says_so_and_can_open_it(period):
    at = period("2023", territory=OTHER)
    assert title(at) == "2023 год: приём здесь не открыт"
    assert button(at, "Новый период…")


def test_a_public_demonstration_has_nothing_to_press(page):
    at = page("period", public=True, period="2023")
    assert title(at).startswith("2023 год")
    acting = {"Принять", "Вернуть на доработку…", "Откатить…", "Задать план…", "Добавить оценку…", "Закрыть приём…"}
    assert not acting & {b.label for b in at.button}


def test_without_a_territory_the_openings_are_listed(period):
    at = period("2022", territory="")
    assert title(at) == "Приём ведёт муниципалитет: выберите, какой показать"
    assert "сдали 14 из 17" in words(at)


@given(st.integers(0, 99_999), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_a_typed_number_is_read_exactly_with_comma_or_point(whole, cents):
    expected = Decimal(whole) + Decimal(cents) / 100
    grouped = f"{whole:,}".replace(",", "\u00a0")
    for text in (f"{whole},{cents:02}", f"{whole}.{cents:02}", f" {grouped},{cents:02} % "):
        assert typed_decimal(text, what="План") == expected


@pytest.mark.parametrize("text", ["", " ", "-5", "1,2,3", "12 34", "1e3", "NaN", "сто", "٣", "1" * 40])
def test_anything_else_typed_as_a_number_is_refused(text):
    with pytest.raises(WrongCall, match="План"):
        typed_decimal(text, what="План")


LATE = "n-school-rechnaya"
OWN = Person(login="rechnaya", role=Role.ORGANISATION, territory=PLACE, organisation=LATE)
OTHER_SCHOOL = Person(login="lastochka", role=Role.ORGANISATION, territory=PLACE, organisation="n-garden-lastochka")


def snapshot_of(store):
    """A snapshot of what stood when the period was closed."""
    body, text, at = '{"a":1}', "[catalogue]", now()
    with store.write("chief", based_on=None) as writer:
        kept = freezing.freeze(writer, period="2023", territory=PLACE, cohort="all", body=body, catalogue=text, at=at)
        links.publish(
            writer,
            Publication(
                number=0, token=new_token(), snapshot_id=int(kept.id), period="2023", territory=PLACE, cohort="all",
                title="Итоги", note="", catalogue=digest(text), sha256=digest(body), body=body, corrects=None,
                made_at=at, made_by="chief", ends_at=None, withdrawn_at=None, reason="",
            ),
        )  # fmt: skip


def _its_own_last_day_stands_in_all_that_is_handed_out(at, page, monkeypatch):
    """Messages, the file to mail from, the forms of a ZIP and one's own, the list of what is open; nobody else's."""
    offered, real = {}, st_page.download_button

    def kept(label, data, **more):
        offered[label] = data
        return real(label, data, **more)

    monkeypatch.setattr(st_page, "download_button", kept)
    until = "Последний день — 1 мая 2027 года"
    button(at, "Кого ждём…").click().run()
    assert not at.exception and "для остальных приём закрыт" in words(at)
    _, everybody, alone = (code.value for code in at.code)  # the first is the page's address
    assert f"Ждём отчёты: Школа «Речная». {until}" in everybody and f"нужно 74 числа. {until}" in alone
    (row,) = csv.DictReader(io.StringIO(offered["Скачать для рассылки (CSV)"].decode("utf-8-sig")), delimiter=";")
    assert row["Последний день"] == "1 мая 2027 года" and row["Тема"].endswith("ждём отчёт до 1 мая 2027 года")
    assert row["Организация"] == "Школа «Речная»" and until in row["Текст"]
    button(at, "Бланки опоздавшим…").click().run()
    with zipfile.ZipFile(io.BytesIO(offered["Скачать ZIP"])) as archive:
        (form,) = map(archive.read, archive.namelist())
    page("upload", person=OWN)
    for book in (form, offered["Список XLSX"]()):
        said = openpyxl.load_workbook(io.BytesIO(book))["Как заполнить"]["A2"].value
        assert said.replace("\u00a0", " ") == "Сдать до 1 мая 2027 года включительно."
    shown = words(page("upload", person=OWN, period="2022")).replace("\u00a0", " ")
    assert "2023 год — до 1 мая 2027 года" in shown


def test_a_closed_period_is_opened_for_one_late_school_and_stays_closed_for_the_others(
    period, page, store, monkeypatch
):
    with store.write("chief", based_on=None) as writer:
        campaign.close_period(writer, "2023", territory=None)
    snapshot_of(store)
    at = period()
    for most in ("MOST_OFFERED", "OFFERED"):  # as of a region's thousands: what is searched for is offered
        monkeypatch.setattr(widgets, most, 2)
    button(at, "Открыть одной организации…").click().run()
    assert len(at.selectbox("period-late-whose").options) == 2
    at.text_input("period-late-whose-find").input(LATE).run()
    at.selectbox("period-late-whose").select(LATE).run()
    at.date_input("period-late-day").set_value(dt.date(2027, 5, 1)).run()
    at.button("period-late-do").click().run()
    assert "Причина: поле пустое" in words(at)
    at.text_area("period-late-reason").input("Карантин <b>по гриппу</b>").run()
    at.button("period-late-do").click().run()
    assert not at.exception
    assert "Приём открыт до 1 мая 2027 года: Школа «Речная»" in words(at).replace("\u00a0", " ")
    assert title(at).endswith("приём закрыт")
    with monkeypatch.context() as kept:
        _its_own_last_day_stands_in_all_that_is_handed_out(at, page, kept)
    at = page("upload", person=OWN)
    assert title(at).startswith("Сдать числа за 2023 год: до 1 мая 2027 года")
    assert "Управление открыло приём только вам, до 1 мая 2027 года: Карантин <b>по гриппу</b>." in words(at)
    assert "Приём за 2023 год закрыт" in title(page("upload", person=OTHER_SCHOOL, period="2023"))
    form = page("form", person=OWN, period="2023")
    form.text_input[0].set_value("5").run()
    assert not form.exception and "Не сохранено" not in words(form)
    at = page("upload", person=OWN)
    part = "Организация;Исходное число;Уровень;Значение\nШкола «Речная»;Всего обучающихся;Начальное;50\n"
    at.file_uploader[0].upload("part.csv", part.encode(), "text/csv").run()
    button(at, "Сдать").click().run()
    assert "сдано 1 число" in title(at), title(at)
    text = words(period()).replace("\u00a0", " ")
    assert "После закрытия" in text and "Школа «Речная»: 1 число, " in text and "доли изменились" in text
    told = words(page("links", period="2023", territory=PLACE)).replace("\u00a0", " ")
    assert "После снимка сданы: Школа «Речная»: 1 число, " in told
    at = period()
    at.button(f"period-late-close-{LATE}").click().run()
    assert "Приём закрыт и для этой организации: Школа «Речная»." in words(at)
    assert "Приём за 2023 год закрыт" in title(page("upload", person=OWN, period="2023"))
