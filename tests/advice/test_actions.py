"""Recommendations: which problem they answer, to whom, by when, from where."""

from __future__ import annotations

import datetime as dt

from analysis.memory import NORTH, Memory, make_catalogue, organisation
from analysis.schemas import validate

from proforient.advice.actions import actions, general
from proforient.advice.export import advice_json
from proforient.advice.problems import problems
from proforient.catalogue.entries import Action, Source

NB = "\u00a0"


def test_a_recommendation_says_to_whom_by_when_and_from_where():
    (found,) = actions(make_catalogue(), "low-basic")
    assert (found.code, found.addressee, found.addressee_name) == ("plan", "heads", "Руководителям")
    assert found.deadline_text == f"до{NB}15{NB}июня{NB}2023{NB}года"
    assert found.source_text == f"письмо №{NB}837/1 от{NB}04.05.2023, прил. 1, п. 2"


def test_what_answers_no_problem_of_its_own_is_general():
    assert [a.code for a in general(make_catalogue())] == ["review", "general"]
    assert [a.code for a in actions(make_catalogue(), "leave")] == []
    assert general(make_catalogue())[1].source_text == ""


def test_a_document_without_a_number_is_called_by_its_title_and_a_bound_of_a_date_is_said():
    day = dt.date(2023, 6, 15)
    sources = [
        Source(code="meeting", kind="resolution", title="Конференция района"),
        Source(code="talk", kind="presentation", title="Доклад «О работе»", date=day, date_is="not before"),
    ]
    made = [Action(code=s.code, answers=(), addressee="heads", text="т", source=s.code) for s in sources]
    found = general(make_catalogue(sources=sources, actions=made))
    assert [a.source_text for a in found] == [
        "резолюция «Конференция района»",
        "презентация не ранее 15.06.2023: Доклад «О работе»",
    ]


def test_advice_joins_problems_with_their_recommendations():
    memory = Memory(register=[organisation("a")]).give("a", "coverage", "basic", 1, 2).plan("coverage", "basic", "80")
    memory.give("a", "coverage", "primary", 1, 2).plan("coverage", "primary", "80")
    document = advice_json(memory.catalogue, problems(memory, memory.catalogue, "2024", territory=NORTH))
    validate(document, "advice.json")
    assert [(p["code"], [a["code"] for a in p["actions"]]) for p in document["problems"]] == [
        ("low-basic", ["plan"]),
        ("not-met.coverage.primary", []),
    ]
    assert document["problems"][0]["actions"][0]["deadline"] == {
        "form": "day",
        "date": "2023-06-15",
        "year": None,
        "until": None,
    }
    assert document["problems"][0]["organisations"] == [
        {"code": "a", "needed": 1, "shortfall": "0.6", "in_80_percent": True, "in_closing_set": True}
    ]
    assert [a["code"] for a in document["general"]] == ["review", "general"]
