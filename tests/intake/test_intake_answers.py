"""Answers of people: what they may decide, what they may not, and what is said of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from intake_files import (
    GOOD,
    HEADER,
    PERIOD,
    SCHOOLS,
    check,
    codes,
    found,
    good,
    numbers,
    openpyxl_of,
    text,
    xlsx,
    xlsx_of,
)

from proforient.intake.model import AliasKey, Answers, Remembered
from proforient.monitoring import Merger

JOINED_TO = {
    "s5": Merger(organisation="s5", successor="g2", day=dt.date(2024, 9, 1), author="a", at=dt.datetime(2024, 9, 2))
}
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


def test_while_nobody_has_said_which_sheet_is_meant_no_other_answer_is_called_unasked():
    assert codes(check(two_sheets(), answers=Answers(levels={"осн. школа": "basic"}))) == ["sheet-unclear"]


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


def test_who_is_joined_to_another_is_asked_about_with_that_one_as_the_answer():
    there = {"successors": JOINED_TO}
    waiting = check(text(GOOD), **there)
    (question,) = waiting.unanswered
    assert (question.kind, question.proposals[0][0]) == ("organisation", "g2") and waiting.values == ()
    assert "s5" not in dict(question.proposals)
    assert "присоединена к «МБОУ Гимназия № 2»" in found(waiting, "organisation-merged")[0].message
    for said, taken in (("g2", True), ("s5", False)):
        answered = check(text(GOOD), answers=Answers(organisations={"МБОУ СОШ № 5": said}), **there)
        assert (answered.acceptable, {v.organisation for v in answered.values}) == (taken, {"g2"} if taken else set())
    # An answer of earlier, when it was still there, is none any more; nobody hands in for it, the department neither.
    once = Remembered(kind="organisation", text="пятая", meaning="s5", by="a", day=dt.date(2024, 1, 1))
    again = check(text(good(organisation="Пятая")), aliases={AliasKey("organisation", "пятая"): once}, **there)
    assert again.unanswered[0].proposals[0][0] == "g2"
    alone = check(text(GOOD[1:], header=HEADER[1:]), organisation="s5", **there)
    assert codes(alone) == ["organisation-merged"]


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


# Headings that join two or three things, in every way in which people write them; what each column holds.
JOINED = {
    "in one": (("Организация", "Численность 1–4 кл.", "Охвачено НОО", "Охват 5–9 классы", "НОО с ОВЗ"),),
    "in two, merged": (
        ("Организация", "1–4 классы", None, "5–9 классы", "1–4 классы"),
        (None, "Численность", "Охвачено детей", "Охвачено детей", "Дети с ОВЗ"),
    ),
    "without organisation": (("№ п/п", "Численность 1–4 кл.", "Охвачено НОО", "Охват 5–9 классы", "НОО с ОВЗ"),),
}
MEANT = ("pupils@primary/all", "covered@primary/all", "covered@basic/all", "pupils@primary/disability")
HELD = {("pupils", "primary", "all"): 60, ("covered", "primary", "all"): 55}
HELD |= {("covered", "basic", "all"): 70, ("pupils", "primary", "disability"): 6}


def joined(heads, make):
    first = 1 if heads[0][0] == "№ п/п" else "МБОУ СОШ № 5"
    return make(*heads[1:], (first, 60, 55, 70, 6), header=heads[0])


@pytest.mark.parametrize("make", [text, xlsx_of, openpyxl_of], ids=["csv", "xlsx", "openpyxl"])
@pytest.mark.parametrize("heads", JOINED.values(), ids=JOINED)
def test_a_wide_table_whose_headings_join_things_is_asked_about_once_column_by_column(heads, make):
    content = joined(heads, make)
    waiting = check(content, organisation="s5")
    assert {q.kind for q in waiting.unanswered} == {"column"} and len(waiting.unanswered) == 4
    assert all(q.lacking == ("level", "cohort") for q in waiting.unanswered)
    assert set(codes(waiting)) == {"column-unknown"} and not waiting.values
    assert MEANT[0] in dict(waiting.unanswered[0].proposals)
    said = dict(zip((q.text for q in waiting.unanswered), MEANT, strict=True))
    answered = check(content, organisation="s5", answers=Answers(columns=said))
    assert answered.acceptable, codes(answered)
    assert numbers(answered) == {("s5", *cell): number for cell, number in HELD.items()}
    next_file = check(content, organisation="s5", aliases=bound(answered.aliases))
    assert next_file.acceptable and numbers(next_file) == numbers(answered)
    assert len(found(next_file, "answer-remembered")) == 4
    assert "начальное, все" in " ".join(f.message for f in found(next_file, "answer-remembered"))


def bound(aliases):
    """Answers to remember, as they are known of the next file."""
    day = dt.date(2024, 5, 12)
    return {k: Remembered(kind=k.kind, text=k.text, meaning=said, by="s5", day=day) for k, said in aliases.items()}


def test_what_columns_of_the_table_say_is_not_asked_about_its_headings():
    rows = text(
        ("МБОУ СОШ № 5", "Начальное", 60, 55), header=("Организация", "Уровень", "Контингент", "Охвачено с ОВЗ")
    )
    waiting = check(rows)
    assert [q.lacking for q in waiting.unanswered] == [("cohort",), ("cohort",)]
    assert "covered@/disability" in dict(waiting.unanswered[1].proposals)
    said = {"Контингент": "pupils", "Охвачено с ОВЗ": "covered@/disability"}
    answered = check(rows, answers=Answers(columns=said))
    assert numbers(answered) == {("s5", "pupils", "primary", "all"): 60, ("s5", "covered", "primary", "disability"): 55}


@pytest.mark.parametrize(
    "header", [("Школа", "Мальчики", "Девочки"), ("Контингент 1–4", "Мальчики"), ("Итоги за", "2024")]
)
def test_headings_that_speak_of_nothing_known_make_no_table(header):
    assert "no-header" in codes(check(text(("МБОУ СОШ № 5", 4, 5)[: len(header)], header=header)))


def test_classes_are_no_number_of_an_indicator():
    content = text(("МБОУ СОШ № 5", 60), header=("Организация", "1-4"))
    assert not numbers(check(content))
