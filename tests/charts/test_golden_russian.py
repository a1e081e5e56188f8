"""The golden set: what documents say over 0, 1, 2, 5, 11, 21, a fraction and a year in a row, letter by letter."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import change, cov, series

from proforient.catalogue.entries import Deadline
from proforient.charts import sentences
from proforient.documents import posts, words
from proforient.documents.contents import Votes
from proforient.documents.record import DocumentItem, NamedProblem, Statement
from proforient.wording import counted, date_ru, deadline, period_in, period_to


def problem(number=1, **other):
    return NamedProblem(number=number, code="p", text="x", statement=None, judged=False, closing=(), **other)


def item(*answers):
    return DocumentItem(
        number="1", text="x", addressee="a", addressee_name="А", responsible="", deadline="", was_due="",
        answers=answers, organisations=(),
    )  # fmt: skip


def statement(coverage):
    return Statement(code="A", coverage=coverage, name="Доля охваченных", hidden="", source="")


def below(n):
    return sentences.missing(cov("basic", 80 - n, 100, "80"))


def moved(points, before="2021"):
    now, past = cov("basic", 50, 100), cov("basic", 50, 100, period=before)
    return words.moved(change(now, past, same=points))


def years(*covered):
    rows = series([(str(2020 + n), k, 100, "80") for n, k in enumerate(covered)])
    return sentences.problem_evidence(rows[-1], rows)


def unanswered(n):
    return words.unanswered([problem(k) for k in range(1, n + 2)], [item(n + 1)])


JUNE = dt.date(2023, 6, 15)
GOLDEN = [
    (words.problems_found([]), "Проблем не выявлено."),
    (words.problems_found([problem()]), "Выявлена 1 проблема:"),
    (words.problems_found([problem()] * 2), "Выявлено 2 проблемы:"),
    (words.problems_found([problem()] * 5), "Выявлено 5 проблем:"),
    (words.problems_found([problem()] * 11), "Выявлено 11 проблем:"),
    (words.problems_found([problem()] * 21), "Выявлена 21 проблема:"),
    (words.items_formed([]), "адресные рекомендации не сформированы"),
    (words.items_formed([item()]), "сформирована 1 адресная рекомендация"),
    (words.items_formed([item()] * 2), "сформировано 2 адресные рекомендации"),
    (words.items_formed([item()] * 5), "сформировано 5 адресных рекомендаций"),
    (words.items_formed([item()] * 11), "сформировано 11 адресных рекомендаций"),
    (words.items_formed([item()] * 21), "сформирована 21 адресная рекомендация"),
    (below(0), ""),
    (below(1), "не хватает 1 ребёнка"),
    (below(2), "не хватает 2 детей"),
    (below(5), "не хватает 5 детей"),
    (below(11), "не хватает 11 детей"),
    (below(21), "не хватает 21 ребёнка"),
    (words.lacking(cov("basic", 59, 100, "80")), "21 ребёнка"),
    (words.lacking(cov("basic", 80, 100, "80")), "—"),
    (words.attended(None, None), ""),
    (words.attended(0, 0), "приняли участие 0 человек из 0 образовательных организаций"),
    (words.attended(1, 1), "принял участие 1 человек из 1 образовательной организации"),
    (words.attended(2, 2), "приняли участие 2 человека из 2 образовательных организаций"),
    (words.attended(5, 5), "приняли участие 5 человек из 5 образовательных организаций"),
    (words.attended(11, 11), "приняли участие 11 человек из 11 образовательных организаций"),
    (words.attended(21, 21), "принял участие 21 человек из 21 образовательной организации"),
    (words.attended(42, 16), "приняли участие 42 человека из 16 образовательных организаций"),
    (unanswered(0), ""),
    (unanswered(1), "Без рекомендации осталась 1 проблема: 1."),
    (unanswered(2), "Без рекомендации остались 2 проблемы: 1, 2."),
    (unanswered(5), "Без рекомендации осталось 5 проблем: 1, 2, 3, 4, 5."),
    (unanswered(11)[:38], "Без рекомендации осталось 11 проблем: "),
    (unanswered(12)[:38], "Без рекомендации осталось 12 проблем: "),
    (unanswered(21)[:38], "Без рекомендации осталась 21 проблема:"),
    (unanswered(22)[:39], "Без рекомендации остались 22 проблемы: "),
    (words.answers_to([]), ""),
    (words.answers_to([21]), "К проблеме 21."),
    (words.answers_to([1, 5, 11]), "К проблемам 1, 5, 11."),
    (moved("0"), "доля не изменилась к 2021 году"),
    (moved("1"), "доля выросла на 1 п. п. к 2021 году"),
    (moved("-2"), "доля снизилась на 2 п. п. к 2021 году"),
    (moved("3.5"), "доля выросла на 3,5 п. п. к 2021 году"),
    (moved("-0.04"), "доля не изменилась к 2021 году"),
    (moved("5", "2021/2022"), "доля выросла на 5 п. п. к 2021/2022 учебному году"),
    (years(70), "70 из 100 — 70 % при плане 80 %, не хватает 10 детей."),
    (years(75, 70), "70 из 100 — 70 % при плане 80 %, не хватает 10 детей. Второй год подряд."),
    (years(70, 75, 79), "79 из 100 — 79 % при плане 80 %, не хватает 1 ребёнка. Третий год подряд."),
    (years(70, 85, 59), "59 из 100 — 59 % при плане 80 %, не хватает 21 ребёнка."),
    (words.stated(statement(cov("basic", 94, 118, "80"))),
     "доля охваченных составляет 79,7 % при плане 80 % (плановое значение не достигнуто, не хватает 1 ребёнка)"),
    (words.stated(statement(cov("basic", 1, 3))),
     "доля охваченных составляет 33,3 % (плановое значение не установлено)"),
    (words.voted(Votes(yes=7, no=0, abstained=0)), "«за» — 7, «против» — 0, «воздержались» — 0"),
    (posts.whom("начальник отдела по образованию"), "начальника отдела по образованию"),
    (posts.whom("главный специалист отдела"), "главного специалиста отдела"),
    (posts.whom("заведующая детским садом"), "заведующую детским садом"),
    (posts.whom("исполняющий обязанности"), ""),
    (posts.body_of("рабочая группа по профориентации"), "рабочей группы по профориентации"),
    (posts.body_of("Коллегия"), "коллегии"),
    (posts.body_of("штаб"), "штаб"),
    (posts.on_question(1), "По первому вопросу"),
    (posts.on_question(2), "По второму вопросу"),
    (posts.on_question(5), "По пятому вопросу"),
    (posts.on_question(11), "По вопросу 11"),
    (words.evidence(problem(denying=("Школа № 1",))), "ответила «нет»: Школа № 1"),
    (words.evidence(problem(denying=("Школа № 1", "Школа № 2"))), "ответили «нет»: Школа № 1, Школа № 2"),
    (words.evidence(problem(denying=("Ш",) * 13))[-21:], ", Ш и ещё 1 организация"[-21:]),
    (words.evidence(problem(denying=("Ш",) * 17))[-21:], "Ш и ещё 5 организаций"),
    (deadline(Deadline(form="day", date=JUNE)), "до 15 июня 2023 года"),
    (deadline(Deadline(form="after_collegium", months=1)), "в течение месяца после коллегии"),
    (deadline(Deadline(form="after_collegium", months=2)), "в течение 2 месяцев после коллегии"),
    (deadline(Deadline(form="school_year", year=2023)), "в 2023/2024 учебном году"),
    (deadline(Deadline(form="years", year=2022, until=2023)), "в 2022–2023 годах"),
    (date_ru(JUNE, "digits"), "15.06.2023"),
    (period_in("2022-2"), "во втором полугодии 2022 года"),
    (period_to("2021"), "к 2021 году"),
    (counted(21, words.PEOPLE), "21 человек"),
    (counted(0, words.PEOPLE), "0 человек"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), GOLDEN, ids=range(len(GOLDEN)))
def test_the_golden_set_is_said_letter_by_letter(said, expected):
    assert said.replace("\u00a0", " ").replace("\u2060", "") == expected


def test_a_number_never_parts_from_its_noun():
    """In a line that is full: between a number and what it counts the space does not break."""
    assert "42\u00a0человека" in words.attended(42, 16) and "16\u00a0образовательных" in words.attended(42, 16)
    assert "11\u00a0проблем" in words.problems_found([problem()] * 11) and "5\u00a0п.\u00a0п." in moved("5")
