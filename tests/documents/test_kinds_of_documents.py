"""Every kind of document from the demonstration: what it says for the department and for outside, whom it names."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pptx import Presentation
from thinned import thinned
from word_text import DAY, made, paragraphs, plain, tells

from proforient.catalogue.entries import Deadline
from proforient.demo.districts import organisations
from proforient.documents.contents import (
    AgendaPoint,
    Conference,
    Contents,
    DraftItem,
    Meeting,
    Platform,
    Practice,
    Review,
    Votes,
)
from proforient.documents.kinds import KINDS
from proforient.documents.kinds.protocol import TAKEN_NOTE
from proforient.documents.offices import Office
from proforient.documents.record import Audience
from proforient.documents.slides import made_slides
from proforient.errors import Refused
from proforient.store.papers import Measure, MeasureAnswer, MeasureState

HOSTILE = "А & <b> {{ 7*7 }} =1+1"
GIVEN = Contents(
    items=(
        DraftItem(key="a", text=HOSTILE, addressee="", deadline=Deadline(form="standing")),
        DraftItem(
            key="b",
            text="Охватить всех",
            addressee="heads-of-schools",
            answers=("low-coverage-basic",),
            organisations=("n-school-severnaya",),
        ),
        DraftItem(
            key="c",
            text="Помочь школам",
            addressee="МКУ «Ресурсный центр»",
            responsible="директор центра",
            deadline=Deadline(form="year", year=2023),
        ),
    ),
    meeting=Meeting(
        body="рабочая группа",
        number="4",
        day=DAY,
        present=("начальник отдела", "секретарь комиссии"),
        agenda=(
            AgendaPoint(question="Об итогах", speaker="главный специалист отдела"),
            AgendaPoint(question="О мерах"),
        ),
        votes=Votes(yes=2, no=0, abstained=0),
    ),
    conference=Conference(
        name="конференция",
        participants=21,
        organisations=11,
        platforms=(Platform(name="Стол", form="круглый стол", organisations=("n-school-lesnaya",)),),
    ),
    practices=(Practice(title="Пробы", organisation="n-school-lesnaya", review=Review.SPREAD),),
)


@pytest.fixture(scope="module")
def words(demonstration):
    """``words(kind, audience, contents)`` → the document's text, made once."""
    known = {}

    def found(code, audience="outside", contents=GIVEN, state=None):
        key = (code, audience, id(contents), id(state))
        if key not in known:
            usual = "sheet" if code == "sheet" else "nyazepetrovsk"
            of = state or demonstration[usual]
            document = KINDS[code].compose(of, Audience(audience), DAY, contents)
            text = "\n".join(paragraphs(made(KINDS[code], document)))
            known[key] = text, contents, state  # kept: what is gone would leave its place in memory to another
        return known[key][0]

    return found


SECTIONS = ("Как", "Результаты", "Другие", "Что", "Проблемы", "Выводы", "Предложения")
TERRITORIAL = [code for code in KINDS if code != "sheet"]
NAMED_BY_PEOPLE = {"Школа «Лесная»"}  # who presented a practice is no result of the monitoring


@pytest.mark.parametrize("code", thinned(TERRITORIAL))
def test_outside_no_kind_names_who_closes_a_gap_or_gives_exact_numbers(words, code):
    text = words(code)
    assert not [o.name for o in organisations() if o.name in text and o.name not in NAMED_BY_PEOPLE]
    assert not tells(text, 581) and "Для внутренней работы" not in text
    assert HOSTILE in text and "ERROR" not in text and "\ue000" not in text
    inside = words(code, "internal")
    assert inside.endswith("Для внутренней работы управления")
    assert tells(inside, 581) == (code != "system"), "of the system no figure is told"


@pytest.mark.parametrize("code", TERRITORIAL)
def test_items_stand_as_they_were_put_with_places_for_what_nobody_said(words, code):
    text = words(code, "internal")
    assert "Охватить всех" in text and "МКУ «Ресурсный центр»" in text and "директор центра" in text
    assert "в течение 2023 года" in text and "[срок]" in text
    assert ("Руководителям общеобразовательных организаций" in text and "Школа «Северная»" in text) or code == "system"
    assert "Назначить ответственное лицо" not in text, "nothing that the department did not choose"


def test_a_decision_numbers_by_addressee_and_ends_with_control(words):
    text = words("decision", "internal")
    for told in (
        "1. А & <b>", "2.1. Охватить всех", "3. МКУ «Ресурсный центр» (директор центра):", "3.1. Помочь школам",
        "4. Контроль за исполнением решения возложить на [кого: должность].",
        "РАБОЧАЯ ГРУППА РЕКОМЕНДУЕТ:", "РАБОЧАЯ ГРУППА ОТМЕЧАЕТ:",
        "О результатах мониторинга сопровождения профессионального самоопределения обучающихся в 2022 году\n",
    ):  # fmt: skip
        assert told in text, told


def test_a_protocol_has_agenda_votes_and_shortcomings_by_group(words, demonstration):
    text = words("protocol", "internal")
    assert "ПРОТОКОЛ № 4" in text and "заседания рабочей группы" in text
    assert "1. Об итогах (главный специалист отдела)." in text and "2. О мерах." in text
    assert "Присутствовали (2 человека): начальник отдела, секретарь комиссии." in text
    assert "По первому вопросу слушали главного специалиста отдела об итогах." in text
    assert "По показателям группы 3 «Организация профессиональных проб обучающихся»:" in text
    listed = re.findall(r"^– (.)[^\n]*(.)$", text, re.MULTILINE)
    assert {(first.isupper(), end) for first, end in listed} <= {(False, ";"), (False, "."), (True, ".")}, "no mixture"
    assert "Голосовали за решения: «за» — 2, «против» — 0, «воздержались» — 0." in text
    assert "Голосовали за утверждение повестки: «за» — [число]" in text
    told = replace(GIVEN.meeting.agenda[0], decided="одобрить план & <смету>.")
    meeting = replace(GIVEN.meeting, agenda=(told, *GIVEN.meeting.agenda[1:]))
    assert "одобрить план & <смету>." in words("protocol", "internal", replace(GIVEN, meeting=meeting)).split("\n")
    later = replace(GIVEN, items=tuple(item for item in GIVEN.items if item.addressee))
    assert f"{TAKEN_NOTE}." in words("protocol", "internal", later), "all is decided on the second question"
    gorny = KINDS["protocol"].compose(demonstration["gorny"], Audience.INTERNAL, DAY, Contents())
    assert {p.judged for p in gorny.problems} == {True, False}


def test_a_resolution_has_event_participants_and_practices(words):
    text = words("resolution")
    assert "В конференции принял участие 21 человек из 11 образовательных организаций." in text
    assert "РЕЗОЛЮЦИЯ\nконференции\n" in text.replace(" \n", "\n")
    assert "На нём свой опыт представила Школа «Лесная»." in text
    assert "«Пробы» (Школа «Лесная») — распространена." in text


def test_a_note_has_a_table_of_levels_changes_and_who_closes(words):
    text = words("note", "internal")
    assert "обучающихся [территория в родительном падеже: Нязепетровский муниципальный район] в 2022 году" in text
    assert "Основание: результаты мониторинга, представленные [в каком приказе" in text
    assert "Отчёты сдали 14 из 17 организаций." in text and "Не достигнуты 2 плановых значения из 4." in text
    assert "Основное образование: доля почти не изменилась к 2021 году" in text
    assert "Начальное образование: доля выросла на 9,5 п. п. к 2021 году" in text and "Доля снизилась" not in text
    assert "Школа «Северная»\n42" in text and "Школа «Северная»\n42" not in words("note")
    headings = [re.findall(r"^(\d)\. ([А-Я]\w+)", words("note", to), re.MULTILINE) for to in ("internal", "outside")]
    numbers = [[n for n, name in found if name in SECTIONS] for found in headings]
    assert numbers == [[*"1234567"], [*"123456"]], "no number is left out"
    for told in (
        r"в организации среднего профессионального образования[A-Z2-7]{5}\n52,6 % \(72 из 137\)\nне задан\n—",
        r"педагогических работников по вопросам профориентации[A-Z2-7]{5}\n8\nне задан\n—",
        r"по вопросам профориентации[A-Z2-7]{5}\n37,5 % \(75 из 200\)\n30 %\n✓ план достигнут",
    ):
        assert re.search(told, text), told
    assert "38 % (около 80 из 210)" in words("note") and "37,5 %" not in words("note")
    assert re.search(r"не хватает 83 детей\)[A-Z2-7]{5}\.", text), "a footnote stands before the full stop"
    assert "Без рекомендации остались 4 проблемы" in text or "Без рекомендации осталось 6 проблем" in text


def test_a_sheet_is_one_organisations_and_says_how_its_figures_are_made(words, demonstration):
    text = words("sheet", contents=Contents())
    others = [o.name for o in organisations() if o.name != "Школа «Северная»"]
    assert "Школа «Северная»" in text and not [name for name in others if name in text]
    assert "Расчёт: 168 / 262 · 100 % = 64,12 %, план 80 %, не хватает 42 детей." in text
    assert "Проект плана мероприятий на 2023/2024 учебный год" in text and "Лист самодиагностики" in text
    assert not tells(text, 581), "the territory's own numbers are rounded"
    assert "Охватить всех" in words("sheet"), "an item that names it"
    with pytest.raises(Refused, match="одной организации"):
        KINDS["sheet"].compose(demonstration["nyazepetrovsk"], Audience.OUTSIDE, DAY, GIVEN)
    bare = replace(demonstration["sheet"], own=replace(demonstration["sheet"].own, figures=(), problems=()))
    empty = words("sheet", contents=Contents(), state=bare)
    assert "Чисел организация ещё не сдала" in empty and "Проект плана" not in empty, "no table without rows"
    assert demonstration["sheet"].sha256 != demonstration["nyazepetrovsk"].sha256


def test_the_system_has_goals_tasks_and_formulas_of_the_catalogue(words, demonstration):
    text = words("system")
    catalogue = demonstration["nyazepetrovsk"].catalogue
    for goal in catalogue.goals.values():
        assert f"Ц {goal.number}. {goal.name}." in text
    for task in catalogue.tasks.values():
        assert f"{task.number}. {task.text}." in text
    assert "[шаги управления и документы, которые их подтверждают]." in text, "no empty section"
    assert "4. Рекомендации по формированию" in text and "Стратегическая цель муниципальной системы работы: акт" in text
    assert "Д = Ч / З × 100 %, где: Д – доля обучающихся 6–11 классов" in text and "ФСН ОО-1" in text


def test_what_nobody_gave_is_a_place_to_fill_and_not_an_error(demonstration):
    for code in TERRITORIAL:
        empty = replace(GIVEN, items=(), meeting=Meeting(), conference=Conference(), practices=())
        document = KINDS[code].compose(demonstration["nyazepetrovsk"], Audience.OUTSIDE, DAY, empty)
        assert "[дата]" in "\n".join(paragraphs(made(KINDS[code], document))) or code == "system"


def measure(number, state=None):
    return Measure(
        id=str(number), document="1", kind="decision", period="2021", territory="", item=str(number), place=number,
        number=f"1.{number}", text="Провести самодиагностику", addressee="heads", responsible="", due="none",
        due_told="", due_on=None, organisations=(),
        answers=(MeasureAnswer(organisation="", state=state),) if state else (),
    )  # fmt: skip


def test_the_next_paper_says_what_became_of_what_was_decided(demonstration):
    measures = (measure(1, MeasureState.DONE), measure(2, MeasureState.UNDER_WAY), measure(3))
    state = replace(demonstration["nyazepetrovsk"], measures=measures)
    told = "Исполнение решений: исполнено 1 из 3; в работе — 1, не начато — 1."
    for code in ("decision", "protocol", "note"):
        for of, stands in ((state, True), (demonstration["nyazepetrovsk"], False)):
            document = KINDS[code].compose(of, Audience.OUTSIDE, DAY, GIVEN)
            assert (told in paragraphs(made(KINDS[code], document))) == stands, code
    deck = Presentation(io.BytesIO(made_slides(KINDS["note"].compose(state, Audience.OUTSIDE, DAY, GIVEN), Office())))
    assert "Решения: исполнено 1 из 3" in [plain(s.shapes.title.text_frame.text) for s in deck.slides]
