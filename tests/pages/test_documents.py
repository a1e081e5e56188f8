"""«Документы» and «Исполнение»: from what was found to an issued document, its measures, its correction."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import docx
import pytest
import streamlit as st
from page_words import button, title, words

from proforient.access.roles import Person, Role
from proforient.documents import adopted_apart, adopted_text, form, stored_text
from proforient.documents.calendar_file import calendar
from proforient.documents.contents import Review
from proforient.documents.measures import done_of, measures_summary, urgency
from proforient.documents.pdf import NOT_HERE
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Cell
from proforient.store import acceptance, drafting, measuring, reopening
from proforient.store.offices import Office
from proforient.store.papers import MeasureAnswer, MeasureState
from proforient.store.verify import verify
from proforient.web import widgets

PLACE = "Челябинская область / Нязепетровский муниципальный район"
HEAD = Person(login="head", role=Role.HEAD, territory=PLACE)
SCHOOL = "n-school-zarechnaya"
DIRECTOR = Person(login="school", role=Role.ORGANISATION, territory=PLACE, organisation=SCHOOL)
HERE = {"territory": PLACE, "period": "2022"}


@pytest.fixture
def begun(page, store):
    """A decision's draft of three items; gives its number."""
    at = page("documents", person=HEAD, **HERE)
    assert title(at) == "Документов ещё не составляли"
    button(at, "Новый документ…").click().run()
    at.selectbox("documents-kind").select("decision")
    at.selectbox("documents-audience").select("internal")
    button(at, "Начать").click().run()
    assert not at.exception
    assert "Решение коллегии: черновик" in title(at)
    with store.read() as reader:
        (draft,) = reader.drafts(PLACE)
        contents = stored_text.read(draft.body)
    items = [i for i in contents.items if i.addressee == "heads-of-schools"][:3]
    assert len(items) == 3 and all(i.answers for i in items)
    with store.write("head", based_on=None, figures=False) as writer:
        body = stored_text.text_of(replace(contents, items=tuple(items)))
        drafting.save_draft(writer, replace(draft, body=body, change="оставлены три пункта"))
    return draft.id


class Taken(dict):
    def __init__(self):
        self.shut = {}  # why a button gives nothing


@pytest.fixture
def taken(monkeypatch):
    """What each button of the page gives to be taken away, by its words."""
    offered, real = Taken(), st.download_button

    def kept(label, data, **more):
        offered[label] = data
        offered.shut[label] = more.get("help") if more.get("disabled") else ""
        return real(label, data, **more)

    monkeypatch.setattr(st, "download_button", kept)
    return offered


@pytest.mark.soak
def test_a_conference_and_its_practices_are_typed_printed_and_stand_beside_what_they_answer(
    page, store, taken, monkeypatch
):
    at = page("documents", person=HEAD, **HERE)
    button(at, "Новый документ…").click().run()
    at.selectbox("documents-kind").select("resolution")
    assert at.selectbox("documents-audience").value == "outside", "what is not said to be for the department is not"
    button(at, "Начать").click().run()
    button(at, "Конференция…").click().run()
    at.text_input("conference-name").input("III районная конференция")
    at.text_area("conference-platforms").input(
        "Пробы <и> практики\nОпыт | круглый стол | проблем управления | опыт"
    ).run()
    at.multiselect("conference-who-1").select(SCHOOL)
    at.number_input("conference-participants").set_value(21)
    at.number_input("conference-organisations").set_value(11)
    button(at, "Сохранить").click().run()
    there = words(at)
    assert "1. Пробы <и> практики." in there and "В конференции принял участие 21 человек из 11 образ" in there
    assert (
        "Обсуждение проблем управления состоялось в формате: круглый стол «Опыт». На нём опыт представила Школа"
        in there
    )
    with monkeypatch.context() as of_a_region:
        of_a_region.setattr(widgets, "MOST_OFFERED", 3)
        of_a_region.setattr(widgets, "OFFERED", 2)
        button(at, "Конференция…").click().run()
        assert at.multiselect("conference-who-1").value == [SCHOOL], "it is there to be changed"
        at.text_input("conference-who-1-find").input("ласточка").run()
        box = at.multiselect("conference-who-1")
        assert box.value == [SCHOOL] and len(box.options) == 2, "whoever was chosen, and who is found"
        box.select("n-garden-lastochka").run()
        at.text_input("conference-who-1-find").input("никто").run()
        assert at.multiselect("conference-who-1").value == [SCHOOL, "n-garden-lastochka"]
    with store.read() as reader:
        (draft,) = reader.drafts(PLACE)
    for title_, more in (("Пробы <у> станка", ""), ("Лишняя", "javascript:alert(1)")):
        at = opened(page, f"d{draft.id}")
        button(at, "Практики…").click().run()
        at.text_input("practice-title").input(title_)
        at.selectbox("practice-organisation").select(SCHOOL)
        at.selectbox("practice-level").select("basic")
        at.text_input("practice-form").input("кружок")
        at.text_input("practice-author").input("заместитель директора")
        at.text_input("practice-link").input(more)
        at.multiselect("practice-answers").select("low-coverage-basic")
        if not more:
            at.file_uploader[0].upload("пробы.pdf", b"%PDF-1.4 how", "application/pdf")
        button(at, "Сохранить").click().run()
    assert "«Пробы <у> станка» (Школа «Заречная», кружок, заместитель директора, основное" in words(at)
    assert "— предложена. К проблеме" in words(at) and "Описание: файл «пробы.pdf»" in words(at)
    button(at, "Практики…").click().run()
    at.checkbox("practice-1").uncheck()
    at.selectbox("practice-0-review").select(Review.SPREAD)
    button(at, "Сохранить").click().run()
    assert "— распространена. К проблеме" in words(at) and "Лишняя" not in words(at)
    taken.clear()
    at = page("problems", person=HEAD, problem="low-coverage-basic", **HERE)
    html = " ".join(element.proto.body for element in at.get("html"))
    assert "Где это уже получается" in html and "«Пробы &lt;у&gt; станка»" in html and "javascript:" not in html
    assert "Школа «Заречная» кружок · заместитель директора · Основное · распространена" in words(at)
    assert taken["Скачать пробы.pdf"]() == b"%PDF-1.4 how"
    other = page("problems", person=HEAD, problem="low-coverage-preschool", **HERE)
    assert "Где это уже получается" not in words(other)
    with store.read() as reader:
        (draft,) = reader.drafts(PLACE)
    (practice,) = stored_text.read(draft.body).practices
    (store.files_folder / practice.file.sha256).unlink()
    assert "file-missing" in [d.code for d in verify(store)], "kept like every other file"


def opened(page, number, code="documents", **view):
    return page(code, person=HEAD, document=number, **{**HERE, **view})


def edit(at, **fields):
    button(at, "Изменить пункт…").click().run()
    for label, value in fields.items():
        kind, _, key = label.rpartition("_")
        found = next(f for f in getattr(at, kind) if f.key.endswith(f"-{key}"))
        if kind == "text_area" or kind == "text_input":
            found.input(value)
        elif kind == "selectbox":
            found.select(value).run()
        else:
            found.set_value(value)
    return button(at, "Сохранить").click().run()


def issue(at):
    button(at, "Выпустить…").click().run()
    button(at, next(b.label for b in at.button if b.key == "issue-do")).click().run()
    assert not at.exception
    return at


@pytest.mark.soak
def test_who_issues_and_how_the_work_is_managed_are_typed_once_and_stand_in_the_paper(page, store, begun):
    at = page("documents", person=HEAD, **HERE)
    assert "Не заполнено" in words(at)
    button(at, "Бланк и подписи…").click().run()
    for key, text in {"letterhead": "Управление <b>\nобразования", "city": "п. Речной", "post": "Начальник",
                      "posts": "куратор смены | куратора смены | куратору смены"}.items():  # fmt: skip
        next(f for f in (*at.text_area, *at.text_input) if f.key == f"office-{key}").input(text)
    at.text_input("office-name").input("Иванова Мария Петровна")
    button(at, "Сохранить").click().run()
    assert "фамили" in words(at).lower()
    at.text_input("office-name").input("Управление образования")
    with store.write("methodist", based_on=None) as writer:
        drafting.set_office(writer, PLACE, Office(city="п. Лесной"))
    button(at, "Сохранить").click().run()
    assert "Бланк и подписи: Нязепетровский муниципальный район — место" in words(at), "another was faster"
    button(at, "Сохранить").click().run()
    assert "Заполнено 5 из 10" in words(at)
    with store.read() as reader:
        new, old = reader.office_history(PLACE)
    assert (new.letterhead, new.city, old.city) == (("Управление <b>", "образования"), "п. Речной", "п. Лесной")
    button(at, "Новый документ…").click().run()
    at.selectbox("documents-kind").select("system")
    button(at, "Начать").click().run()
    button(at, "Система работы…").click().run()
    at.text_area("cycle-steps").input("– Приказ | О системе")
    button(at, "Сохранить").click().run()
    assert "раньше первого шага" in words(at)
    paper = "Приказ Управления | О системе & ином | 12 | 10.01.2022"
    steps = f"Нормы\n– {paper}\n– Справка | об итогах | | январь 2022 года"
    at.text_area("cycle-steps").input(steps)
    at.text_area("cycle-events").input("13.01.2022 | Семинар | Пробы")
    button(at, "Сохранить").click().run()
    there = words(at)
    assert "1) Нормы" in there and "– Приказ Управления от 10.01.2022 № 12 «О системе & ином»;" in there
    assert "– Справка об итогах (январь 2022 года)." in there and "13.01.2022 – Семинар «Пробы»." in there
    assert "Управление <b>" in there and "[наименование органа]" not in there
    button(at, "Система работы…").click().run()
    assert at.text_area("cycle-steps").value.replace("|  |", "| |") == steps
    at = opened(page, f"d{begun}")
    button(at, "Заседание…").click().run()
    at.text_input("meeting-control").input("куратор смены")
    at.text_input("meeting-body").input("рабочая группа")
    at.text_area("meeting-present").input("начальник отдела\nкуратор смены").run()
    at.number_input("agenda-yes").set_value(3)
    at.number_input("meeting-yes").set_value(2)
    button(at, "Сохранить").click().run()
    there = words(at)
    assert "Голосов за повестку 3, а присутствующих 2: числа не сходятся" in there and "Голосов за решения" not in there
    assert "Контроль за исполнением решения возложить на куратора смены." in there
    assert "РАБОЧАЯ ГРУППА РЕКОМЕНДУЕТ" in there and "п. Речной" in there
    at = issue(at)
    button(at, "Следующий документ…").click().run()
    at.selectbox("documents-kind").select("decision")
    button(at, "Начать").click().run()
    assert "следует из: Решение коллегии от" in words(at) and "черновик, 3 пункта" in title(at)
    button(at, "Заседание…").click().run()
    assert at.text_area("meeting-present").value == "начальник отдела\nкуратор смены"
    assert (at.text_input("meeting-control").value, at.number_input("agenda-yes").value) == ("куратор смены", None)


def filled_at_once(at):
    """What is missing is filled from the dialog of the issue; an item is moved, taken out and put back."""
    button(at, "Выпустить…").click().run()
    button(at, "Задать ответственного и срок…").click().run()
    assert len(at.multiselect("many-items").value) == 2, "those that lack one"
    button(at, "Записать").click().run()
    assert "Менять нечего" in words(at)
    at.text_input("many-responsible").input("директора школ")
    at.checkbox("many-set").check().run()
    at.selectbox("many-due").select("years").run()
    assert at.number_input("many-until").value == at.number_input("many-from").value + 1
    at.selectbox("many-due").select("after_collegium").run()
    at.number_input("many-months").set_value(2)
    button(at, "Записать").click().run()
    there = words(at)
    assert "без ответственного" not in there and "без срока" not in there
    assert there.replace("\u00a0", " ").count("в течение 2 месяцев после коллегии") > 2
    before = items_in_turn(at)
    button(at, "Ниже").click().run()
    assert items_in_turn(at) == [before[1], before[0], before[2]]
    button(at, "Выше").click().run()
    assert items_in_turn(at) == before
    many = len(before)
    button(at, "Включить найденное…").click().run()
    at.checkbox(next(box.key for box in at.checkbox if box.key.startswith("spare-"))).check()
    button(at, "Включить").click().run()
    assert len(items_in_turn(at)) == many + 1
    button(at, "Убрать из документа").click().run()
    assert items_in_turn(at) == before
    return at


def items_in_turn(at):
    """The items of the list by their words."""
    listed = next(e.proto.body for e in at.get("html") if 'aria-label="Пункты"' in e.proto.body)
    return re.findall(r"item=([\w-]+)", listed)


def latest(store):
    with store.read() as reader:
        return reader.issued_documents(PLACE)[0]


def text_of(store, paper):
    made = docx.Document(io.BytesIO(store.get_file(paper.sha256)))
    cells = [c.text for t in made.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells]).replace("\u00a0", " ")


def test_a_decision_is_drafted_issued_numbered_carried_out_and_corrected(page, store, begun, taken, monkeypatch):
    monkeypatch.setattr("proforient.web.sections.documents.issue.why_not", lambda: NOT_HERE)
    at = opened(page, f"d{begun}")
    there = words(at)
    assert "3 из 3 — без ответственного" in there and "3 из 3 — без срока" in there
    assert "Проблем без решения:" in there
    said = "Провести <b>совещание</b> & {{ 7*7 }} «в школах»"
    at = edit(at, text_area_text=said, text_input_responsible="отдел воспитания", selectbox_due="day",
              date_input_day=dt.date(2031, 6, 15))  # fmt: skip
    there = words(at)
    assert said in there and "до 15 июня 2031 года" in there.replace("\u00a0", " ") and "2 из 3 — без срока" in there
    at = filled_at_once(at)
    at = issue(at)
    paper = latest(store)
    assert title(at).startswith("Решение коллегии от ") and paper.kind == "decision" and paper.snapshot
    told = text_of(store, paper)
    assert said in told and "до 15 июня 2031 года" in told
    assert "исполнено 0 из 3" in words(at) and "ещё не дан" in words(at)
    button(at, "Номер и дата…").click().run()
    at.text_input("number-number").input("837/1")
    at.date_input("number-day").set_value(dt.date(2023, 5, 4))
    button(at, "Записать").click().run()
    assert title(at) == "Решение коллегии № 837/1 от 04.05.2023"
    assert "4 мая 2023 года № 837/1" in words(at) and "[номер]" not in words(at), "the text of the page has it, too"
    filled = docx.Document(io.BytesIO(taken["Скачать Word"]()))
    there = "\n".join(p.text for p in filled.paragraphs).replace("\u00a0", " ")
    assert "4 мая 2023 года\t№ 837/1" in there and "[номер]" not in there
    assert "нет LibreOffice" in taken.shut["Скачать PDF"] and not taken.shut["Скачать Word"], "it says why not"
    with store.read() as reader:
        measures = reader.measures(PLACE)
    mine = next(m for m in measures if m.text == said)
    assert mine.due_on == dt.date(2031, 6, 15) and SCHOOL in mine.organisations
    button(at, "Исправить").click().run()
    at = edit(at, text_area_text="Провести совещание и дать отчёт")
    at = issue(at)
    newer = latest(store)
    assert newer.corrects == paper.id and any("изменён текст" in line for line in newer.changes)
    told = text_of(store, newer)
    assert told.startswith("Взамен документа № 837/1 от 04.05.2023. Что изменилось: Пункт 1")
    with store.read() as reader:
        after = reader.measures(PLACE)
    assert {m.id for m in after} == {m.id for m in measures}, "they go on under the new words"
    assert {m.document for m in after} == {newer.id}
    hands_in_late(store)
    late = words(opened(page, f"i{newer.id}")).replace("\u00a0", " ")
    assert "После выпуска сданы" in late and "Школа «Заречная»: 1 число, " in late
    register = words(page("documents", person=HEAD, **HERE))
    assert "взамен: Решение коллегии № 837/1" in register and "заменён: Решение коллегии от" in register
    monkeypatch.setattr("proforient.web.sections.documents.listing.SHOWN", 1)
    monkeypatch.setattr("proforient.web.sections.measures.page.SHOWN", 2)
    first, second, found = (words(page("documents", person=HEAD, **HERE, **asked)).replace("\u00a0", " ")
                            for asked in ({}, {"part": "2"}, {"find": "837/1"}))  # fmt: skip
    assert "Показаны 1–1 из 2" in first and "заменён: " not in first
    assert "Показаны 2–2 из 2" in second and "заменён: " in second
    assert "Найдено: 1 из 2" in found and "Решение коллегии № 837/1 от 04.05.2023" in found
    assert "Показаны 1–2 из 3" in words(page("measures", person=HEAD, **HERE)).replace("\u00a0", " ")
    assert [d.code for d in verify(store) if d.code != "chain-other-key"] == []


def hands_in_late(store):
    """The closed period is opened again for one school, which hands a number in."""
    with store.write("head", based_on=None) as writer:
        day = writer.reader.today(PLACE) + dt.timedelta(days=3)
        reopening.reopen_for(writer, "2022", SCHOOL, last_day=day, reason="карантин")
    with store.read() as reader:
        whose, period = reader.organisation(SCHOOL), reader.period("2022", territory=PLACE)
        known = reader.known("2022", organisations=[SCHOOL])
    data = form.form(store.catalogue, whose, period, {Cell("teachers", "whole", "all"): 20})
    found = screen(read_bytes("late.xlsx", data), store.catalogue, known, organisation=SCHOOL)
    store.put_file(data)
    with store.write("school", based_on=None) as writer:
        acceptance.accept(writer, found, period="2022", confirm=True)


def test_nobody_overwrites_anothers_version_and_no_name_gets_in(page, store, begun):
    at = opened(page, f"d{begun}")
    with store.read() as reader:
        seen = reader.draft_versions(begun)[0]
    with store.write("methodist", based_on=None, figures=False) as writer:
        drafting.save_draft(writer, replace(seen, change="проверка сроков"))
    button(at, "Убрать из документа").click().run()
    there = words(at)
    assert "methodist" in there and "проверка сроков" in there, "who changed what, and when"
    with store.read() as reader:
        assert reader.draft_versions(begun)[0].author == "methodist"
    at = edit(opened(page, f"d{begun}"), text_input_responsible="Иванов Иван Иванович")
    assert "похоже на персональные данные" in words(at)
    at = opened(page, f"d{begun}")
    button(at, "Убрать из документа").click().run()
    assert "черновик, 2 пункта" in title(at).replace("\u00a0", " ")
    at.selectbox("draft-older").select(2)
    button(at, "Вернуть").click().run()
    assert "черновик, 3 пункта" in title(at).replace("\u00a0", " ")


def test_a_school_answers_its_own_measure_and_no_other(page, store, begun, taken):
    issue(opened(page, f"d{begun}"))
    with store.read() as reader:
        first, *rest = reader.measures(PLACE)
    everybody = first.organisations
    assert len(everybody) > 2 and SCHOOL in everybody
    at = page("measures", person=DIRECTOR)
    assert title(at) == "Исполнено 0 из 3" and "Заречная" not in words(at)
    assert taken["Сроки в календарь (ICS)"]().startswith(b"BEGIN:VCALENDAR")
    button(at, "Ответить…").click().run()
    at.selectbox(f"answer-{first.id}-state").select(MeasureState.DONE)
    at.text_area(f"answer-{first.id}-comment").input("план утверждён приказом № 12")
    at.text_input(f"answer-{first.id}-link").input("javascript:alert(1)")
    button(at, "Записать").click().run()
    assert "ожидался адрес" in words(at)
    at.text_input(f"answer-{first.id}-link").input("https://school.example/plan")
    button(at, "Записать").click().run()
    assert title(at) == "Исполнено 1 из 3"
    at = page("measures", person=HEAD, item=first.id, **HERE)
    there = words(at)
    assert "в работе" in there and f"ответила 1 из {len(everybody)}" in there.replace("\u00a0", " ")
    assert "план утверждён приказом № 12" in there
    with store.write("head", based_on=None, figures=False) as writer:
        measuring.answer(writer, first.id, MeasureAnswer(organisation="", state=MeasureState.DONE))
        measuring.answer(writer, rest[0].id, MeasureAnswer(organisation="", state=MeasureState.DROPPED))
    with store.read() as reader:
        measures = reader.measures(PLACE)
    assert done_of(measures) == (1, 2)
    assert measures_summary(measures, dt.date(2023, 1, 1)).replace("\u00a0", " ") == (
        "Исполнение решений: исполнено 1 из 2; не начато — 1; снято — 1 (в это число не входит)."
    )
    late = replace(rest[1], due="day", due_told="до 1 июня", due_on=dt.date(2023, 6, 1))
    days = (dt.date(2023, 5, 1), dt.date(2023, 5, 18), dt.date(2023, 6, 1), dt.date(2023, 6, 2))
    assert [urgency(late, day) for day in days] == ["", "soon", "soon", "overdue"]
    entries = calendar([late], dt.datetime(2023, 5, 1, 9)).decode()
    assert "DTSTART;VALUE=DATE:20230601\r\n" in entries and max(map(len, entries.encode().split(b"\r\n"))) <= 75
    other = Person(login="x", role=Role.ORGANISATION, territory=PLACE, organisation="n-garden-solnyshko")
    assert first.id not in str(page("measures", person=other).query_params)


def edited(store, paper, **lines):
    """The issued file as Word leaves it after the meeting: paragraphs that hold a text are replaced, or taken out."""
    made = docx.Document(io.BytesIO(store.get_file(paper.sha256)))
    for paragraph in list(made.paragraphs):
        for number, said in lines.items():
            if paragraph.text.startswith(number.removeprefix("n").replace("_", ".") + ". "):
                if said:
                    paragraph.text = said
                else:
                    paragraph._p.getparent().remove(paragraph._p)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def in_the_server(*_, **__):
    pytest.fail("a text of a person is worked on in the server's own process")


def test_the_text_adopted_at_the_meeting_comes_back_and_measures_follow_it(page, store, begun, monkeypatch):
    monkeypatch.setattr(adopted_text, "_matched", in_the_server)
    issue(opened(page, f"d{begun}"))
    paper = latest(store)
    with store.read() as reader:
        first, second, third = reader.measures(PLACE)
    assert (first.number, second.number, third.number) == ("1.1", "1.2", "1.3")
    data = edited(
        store, paper,
        n1_1=f"1.1. {first.text.rstrip('.')} и доложить. Срок: до 1 июня 2031 года. Ответственный: отдел воспитания.",
        n1_2="",
        n1_3=f"1.2. {third.text.rstrip('.')}. Срок: когда получится.\n1.3. Открыть класс {{{{ 7*7 }}}} & <b>. "
        "Срок: постоянно.",
    )  # fmt: skip
    at = opened(page, f"i{paper.id}")
    button(at, "Загрузить правленый Word…").click().run()
    at.file_uploader[0].upload("письмо.docx", b"PK\x03\x04 no Word at all", "application/zip").run()
    assert "Это не документ Word" in words(at) and not [b for b in at.button if b.key == "adopt-do"]
    with monkeypatch.context() as patch:
        patch.setattr(adopted_apart, "SECONDS", 0.001)
        at.file_uploader[0].upload("решение.docx", data, "application/zip").run()
        assert "больше 0.001 секунд и остановлено, ничего не записано. Уберите" in words(at)
        assert not at.exception and not [b for b in at.button if b.key == "adopt-do"]
    at.file_uploader[0].upload("решение.docx", data, "application/zip").run()
    told = words(at).replace("\u00a0", " ")
    assert "изменён текст; ответственный — отдел воспитания; срок — до 1 июня 2031 года" in told
    assert "Убран пункт 1.2" in told and "Срок «когда получится» в пункте 1.2 не распознан." in told
    button(at, "Принять этот текст").click().run()
    assert not at.exception
    newer = latest(store)
    assert newer.corrects == paper.id and newer.state == paper.state
    assert store.get_file(newer.sha256) == data, "the very file is kept"
    with store.read() as reader:
        after = {m.id: m for m in reader.measures(PLACE)}
        assert {n.code for n in reader.footnotes_of(newer.id)} == {n.code for n in reader.footnotes_of(paper.id)}
    assert after[first.id].text.endswith("и доложить") and after[first.id].due_on == dt.date(2031, 6, 1)
    assert after[second.id].state == MeasureState.DROPPED and after[third.id].number == "1.2"
    assert "Изменён порядок" not in told
    (came,) = (m for m in after.values() if m.number == "1.3" and m.kept)
    assert (came.text, came.due, came.addressee) == ("Открыть класс {{ 7*7 }} & <b>", "standing", third.addressee)
    assert all(m.document == newer.id for m in after.values())
