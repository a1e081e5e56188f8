"""Recommendations: which problem they answer, to whom, by when, from where, in which territory and year."""

from __future__ import annotations

import datetime as dt

import pytest
from analysis.memory import NORTH, REGION, SOUTH, Memory, make_catalogue, organisation, year
from analysis.schemas import validate

from proforient.advice.actions import ELSEWHERE, advice_in
from proforient.advice.export import advice_json
from proforient.advice.problems import problems
from proforient.catalogue.entries import Action, Deadline, EventList, Problem, Source

NB = "\u00a0"


def advice(territory=NORTH, period="2024", **changes):
    memory = Memory(catalogue=make_catalogue(**changes), calendar=[year(period)])
    return advice_in(memory, period, territory)


def test_a_recommendation_says_to_whom_by_when_and_from_where():
    (found,) = advice().answering("low-basic")
    assert (found.code, found.addressee, found.addressee_name) == ("plan", "heads", "Руководителям")
    assert found.deadline_text == f"до{NB}15{NB}июня{NB}2025{NB}года"
    assert found.source_text == f"письмо №{NB}837/1 от{NB}04.05.2023, прил. 1, п. 2"


def test_what_answers_no_problem_of_its_own_is_general():
    assert [a.code for a in advice().every if a.general] == ["review", "general"]
    assert [a.code for a in advice().general] == ["general"], "the other is off until somebody turns it on"
    assert [a.code for a in advice().answering("leave")] == []
    assert advice().general[0].source_text == ""


def test_a_document_without_a_number_is_called_by_its_title_and_a_bound_of_a_date_is_said():
    day = dt.date(2023, 6, 15)
    sources = [
        Source(code="meeting", kind="resolution", title="Конференция района"),
        Source(code="talk", kind="presentation", title="Доклад «О работе»", date=day, date_is="not before"),
    ]
    made = [Action(code=s.code, answers=(), addressee="heads", text="т", source=s.code, shown=True) for s in sources]
    assert [a.source_text for a in advice(sources=sources, actions=made).general] == [
        "резолюция «Конференция района»",
        "презентация не ранее 15.06.2023: Доклад «О работе»",
    ]


def test_what_holds_elsewhere_or_in_other_years_is_not_suggested_and_no_ground_here():
    sources = [
        Source(code="own", kind="letter", title="П", number="1", territory=NORTH),
        Source(code="theirs", kind="letter", title="П", number="2", territory=SOUTH),
        Source(code="old", kind="letter", title="П", number="3", until=2023),
    ]
    made = [Action(code=s.code, answers=(), addressee="heads", text="т", source=s.code, shown=True) for s in sources]
    made += [
        Action(
            code="here", answers=(), addressee="heads", text="т", shown=True, territory=REGION, since=2024, until=2024
        ),
        Action(code="there", answers=(), addressee="heads", text="т", shown=True, territory=SOUTH),
        Action(code="later", answers=(), addressee="heads", text="т", shown=True, since=2025),
    ]
    found = advice(sources=sources, actions=made).general
    assert [(a.code, a.source_text) for a in found] == [
        ("own", f"письмо №{NB}1"),
        ("theirs", ELSEWHERE),
        ("old", ELSEWHERE),
        ("here", ""),
    ]
    whole = advice(None, "2025", sources=sources, actions=made).general
    assert [(a.code, a.source_text) for a in whole] == [
        *((c, ELSEWHERE) for c in ("own", "theirs", "old")),
        ("later", ""),
    ]


def test_a_recommendation_names_the_events_of_its_own_region_only():
    lists = [
        EventList(code="all", names=("День труда",), territory=REGION),
        EventList(code="north", names=("Ярмарка «Путь»", "Смена"), territory=NORTH, since=2024),
    ]
    told = {
        place: advice(place, event_lists=lists).general[0].text.partition("контроль")[2]
        for place in (NORTH, SOUTH, REGION, "Область / Район", None)
    }
    assert told == {
        NORTH: ": «Ярмарка „Путь“» и «Смена»",
        SOUTH: ": «День труда»",
        REGION: ": «День труда»",
        "Область / Район": "",
        None: "",
    }


def test_a_problem_has_its_words_where_and_when_it_holds():
    words = [
        Problem(code="low-there", indicator="coverage", level="basic", when="not_met", text="Там", territory=SOUTH),
        Problem(code="low-later", indicator="coverage", level="basic", when="not_met", text="Потом", since=2025),
        Problem(code="low-here", indicator="coverage", level="basic", when="not_met", text="Здесь", territory=NORTH),
    ]
    for place, code in ((NORTH, "low-here"), (SOUTH, "low-there"), ("Область / Район", "not-met.coverage.basic")):
        memory = Memory(catalogue=make_catalogue(problems=words), register=[organisation("a", territory=place)])
        memory.give("a", "coverage", "basic", 1, 2).plan("coverage", "basic", "80")
        assert [f.code for f in problems(memory, memory.catalogue, "2024", territory=place)] == [code]
        assert [f.code for f in problems(memory, memory.catalogue, "2024", organisation="a")] == [code]


@pytest.mark.parametrize(
    ("form", "more", "words", "day"),
    [
        ("next_day", {"day": "06-15"}, "до 15 июня {next} года", "{next}-06-15"),
        ("next_day", {"day": "02-29"}, "до {leap} февраля {next} года", "{next}-02-{leap}"),
        ("next_year", {}, "в течение {next} года", None),
        ("next_school_year", {}, "в {next}/{after} учебном году", None),
        ("school_year_start", {}, "к началу {next}/{after} учебного года", "{next}-09-01"),
        ("after_collegium", {"months": 1}, "в течение месяца после коллегии", None),
        ("after_collegium", {"months": 2}, "в течение 2 месяцев после коллегии", None),
        ("standing", {}, "постоянно", None),
        ("day", {"date": dt.date(2026, 6, 15)}, "до 15 июня 2026 года", "2026-06-15"),
        ("year", {"year": 2026}, "в течение 2026 года", None),
        ("years", {"year": 2025, "until": 2026}, "в 2025–2026 годах", None),
        ("school_year", {"year": 2026}, "в 2026/2027 учебном году", None),
    ],
)
def test_no_deadline_lies_before_the_period_s_end(form, more, words, day):
    made = [
        Action(code="one", answers=("low-basic",), addressee="heads", text="т", deadline=Deadline(form=form, **more))
    ]
    fixed = {"day": 2025, "year": 2025, "years": 2025, "school_year": 2026}.get(
        form, 9999
    )  # last year in which it lies ahead
    for number in range(2021, 2031):
        (found,) = advice(period=str(number), actions=made).answering("low-basic")
        named = {"next": number + 1, "after": number + 2, "leap": 28 if (number + 1) % 4 else 29}
        told = words.format(**named) if number <= fixed else "срок не задан"
        assert found.deadline_text.replace(NB, " ").replace("\u2060", "") == told, number
        due = found.deadline
        assert due.date == (dt.date.fromisoformat(day.format(**named)) if day and number <= fixed else None)
        last = due.date or (due.year and dt.date((due.until or due.year) + (due.form == "school_year"), 12, 31))
        assert last is None or last > dt.date(number, 12, 31)


@pytest.mark.parametrize(("covered", "of", "advised"), [(9, 19, []), (10, 20, ["plan"])])
def test_a_verdict_of_a_few_is_no_ground_for_advice(covered, of, advised):
    memory = Memory(register=[organisation("a")]).give("a", "coverage", "basic", covered, of)
    memory.plan("coverage", "basic", "80")
    document = advice_json(memory, "2024", NORTH, problems(memory, memory.catalogue, "2024", territory=NORTH))
    assert [(p["code"], [a["code"] for a in p["actions"]]) for p in document["problems"]] == [("low-basic", advised)]


def test_advice_joins_problems_with_their_recommendations():
    memory = (
        Memory(register=[organisation("a")]).give("a", "coverage", "basic", 50, 100).plan("coverage", "basic", "80")
    )
    memory.give("a", "coverage", "primary", 50, 100).plan("coverage", "primary", "80")
    document = advice_json(memory, "2024", NORTH, problems(memory, memory.catalogue, "2024", territory=NORTH))
    validate(document, "advice.json")
    assert [(p["code"], [a["code"] for a in p["actions"]]) for p in document["problems"]] == [
        ("low-basic", ["plan"]),
        ("not-met.coverage.primary", []),
    ]
    assert document["problems"][0]["actions"][0]["deadline"] == {
        "form": "day",
        "date": "2025-06-15",
        "year": None,
        "until": None,
        "months": None,
    }
    assert document["problems"][0]["organisations"] == [
        {"code": "a", "needed": 30, "shortfall": "30", "in_80_percent": True, "in_closing_set": True}
    ]
    assert [a["code"] for a in document["general"]] == ["general"]
