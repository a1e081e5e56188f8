"""Answers of people: what they may decide, what they may not, and what is said of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from intake_files import GOOD, HEADER, PERIOD, SCHOOLS, check, codes, found, good, numbers, text, xlsx

from proforient.intake.model import AliasKey, Answers, Remembered

CELL = ("s5", "covered", "basic", "all")
SHORT = good(level="осн. школа")
WIDE = text(GOOD, header=(*HEADER[:-1], "Сколько всего"))


def two_sheets():
    def fill(book):
        for name in ("2023", "2024"):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate((HEADER, GOOD)):
                sheet.write_row(row, 0, cells)

    return xlsx(fill)


# kind -> a file that asks, an answer that is right, one that means nothing
ASKED = {
    "column": (WIDE, {"columns": {"Сколько всего": "Знаменатель"}}, {"columns": {"Сколько всего": "Что-то"}}),
    "organisation": (
        text(good(organisation="Пятая")),
        {"organisations": {"Пятая": "s5"}},
        {"organisations": {"Пятая": "s55"}},
    ),
    "indicator": (
        text(good(indicator="охват детей")),
        {"indicators": {"охват детей": "coverage"}},
        {"indicators": {"охват детей": "cover"}},
    ),
    "level": (text(SHORT), {"levels": {"осн. школа": "basic"}}, {"levels": {"осн. школа": "Основная"}}),
    "cohort": (text(good(cohort="все дети")), {"cohorts": {"все дети": "all"}}, {"cohorts": {"все дети": "every"}}),
    "period": (text(good(period="прошлый год")), {"period": "2024"}, {"period": "2023"}),
    "sheet": (two_sheets(), {"sheet": "2024"}, {"sheet": "2025"}),
    "dash": (text(good(numerator="–")), {"dash": "zero"}, None),
}


@pytest.mark.parametrize("kind", ASKED)
def test_an_answer_to_what_was_asked_decides(kind):
    content, right, _ = ASKED[kind]
    waiting = check(content)
    assert [q.kind for q in waiting.unanswered] == [kind] and not waiting.acceptable
    answered = check(content, answers=Answers(**right))
    assert answered.acceptable, codes(answered)
    assert CELL in numbers(answered) and not found(answered, "answer-unasked")


@pytest.mark.parametrize("kind", [kind for kind in ASKED if kind != "dash"])
def test_an_answer_that_means_nothing_is_refused_by_name(kind):
    content, _, wrong = ASKED[kind]
    screening = check(content, answers=Answers(**wrong))
    assert not screening.acceptable
    (finding,) = found(screening, "answer-unknown")
    said = next(iter(wrong.values()))
    assert (next(iter(said.values())) if isinstance(said, dict) else said) in finding.message


@pytest.mark.parametrize("kind", ASKED)
def test_an_answer_to_what_was_not_asked_is_refused_by_name(kind):
    _, right, _ = ASKED[kind]
    screening = check(text(GOOD), answers=Answers(**right))
    assert codes(screening) == ["answer-unasked"]
    assert numbers(screening)[CELL] == 45


@pytest.mark.parametrize(
    "given",
    [
        {"levels": {"Основное": "primary"}},
        {"cohorts": {"все": "disability"}},
        {"organisations": {"МБОУ СОШ № 5": "g2"}},
        {"organisations": {"СОШ 5": "g2"}},
        {"indicators": {"coverage": "diagnostics"}},
        {"columns": {"Числитель": "Знаменатель"}},
        {"columns": {"Знаменатель": ""}},
    ],
)
def test_an_exact_name_is_never_overridden(given):
    content = text(good(organisation="СОШ 5")) if "СОШ 5" in str(given) else text(GOOD)
    screening = check(content, answers=Answers(**given))
    assert codes(screening) == ["answer-unasked"] and screening.aliases == {}
    assert numbers(screening)[CELL] == 45


def remembered(kind, words, meaning, **more):
    key = AliasKey(kind, words)
    said = Remembered(kind=kind, text=words, meaning=meaning, by="metodist", day=dt.date(2024, 5, 12), **more)
    return key, said


def test_a_remembered_answer_overrides_no_exact_name_and_is_said_when_it_is_used():
    wrong = dict([remembered("level", "основное", "primary")])
    screening = check(text(GOOD), aliases=wrong)
    assert CELL in numbers(screening) and not found(screening, "answer-remembered")
    used = check(text(SHORT), aliases=dict([remembered("level", "осн школа", "basic")]))
    assert used.acceptable and CELL in numbers(used)
    (note,) = found(used, "answer-remembered")
    assert all(word in note.message for word in ("осн школа", "Основное", "metodist", "12.05.2024"))
    assert [answer.meaning for answer in used.remembered] == ["basic"]
    again = check(text(SHORT), aliases=dict([remembered("level", "осн школа", "primary")]), answers=Answers(
        levels={"осн. школа": "basic"}
    ))  # fmt: skip
    assert again.acceptable and CELL in numbers(again) and again.remembered == ()


def test_what_others_answered_is_only_proposed():
    key, said = remembered("level", "осн школа", "secondary")
    screening = check(text(SHORT), proposed={key: (said,)})
    (question,) = screening.unanswered
    assert question.proposals[0][0] == "secondary" and question.earlier[0].by == "metodist"
    assert screening.values == ()


def test_an_answer_of_another_territory_does_not_bind():
    key, said = remembered("level", "осн школа", "basic", territory="Край / Другой")
    screening = check(text(SHORT, good(level="Среднее")), aliases={key: said})
    assert [q.kind for q in screening.unanswered] == ["level"] and screening.unanswered[0].earlier
    assert CELL not in numbers(screening)
    near = check(text(SHORT), aliases={key: replace(said, territory="Край / Район")})
    assert CELL in numbers(near)


def test_a_former_name_that_another_organisation_bears_is_asked_about():
    former = {"g2": ("МБОУ СОШ № 5",)}
    screening = check(text(GOOD), former=former)
    (question,) = screening.unanswered
    assert (question.kind, {code for code, _ in question.proposals} >= {"s5", "g2"}) == ("organisation", True)
    assert screening.values == ()
    answered = check(text(GOOD), former=former, answers=Answers(organisations={"МБОУ СОШ № 5": "g2"}))
    assert {v.organisation for v in answered.values} == {"g2"}
    # In the file of the one who is called so now there is no doubt, in that of the other there is.
    assert check(text(GOOD), former=former, organisation="s5").acceptable
    assert check(text(GOOD), former=former, organisation="g2").unanswered
    # A name that nobody bears any more is proposed to be his.
    gone = check(text(good(organisation="Гимназия имени Кулибина")), former={"g2": ("Гимназия имени Кулибина",)})
    assert gone.unanswered[0].proposals[0][0] == "g2"


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ({"closed": dt.date(2024, 1, 1)}, "organisation-closed"),
        ({"closed": dt.date(2021, 8, 31)}, "organisation-closed"),
        ({"opened": dt.date(2025, 1, 1)}, "organisation-not-open"),
        ({"closed": dt.date(2024, 1, 2)}, None),
        ({"closed": dt.date(2024, 9, 1), "opened": dt.date(2001, 1, 1)}, None),
        ({"opened": dt.date(2024, 12, 31)}, None),
    ],
)
def test_whoever_worked_on_no_day_of_the_period_is_asked_about_or_refused(fact, code):
    schools = {**SCHOOLS, "s5": replace(SCHOOLS["s5"], **fact)}
    asked = check(text(GOOD), organisations=schools)
    refused = check(text(GOOD), organisations=schools, own_account=True, organisation="s5")
    assert codes(asked) == [] and codes(asked, "warning") == ([code] if code else [])
    assert codes(refused) == ([code] if code else [])
    assert PERIOD.starts == dt.date(2024, 1, 1)
