"""The sentences of documents over 0, 1, 2, 5, 11 and 21: each number with its verb and noun, shares as they stand."""

from __future__ import annotations

import pytest
from invented import cov

from proforient.documents import words
from proforient.documents.record import DocumentItem, NamedProblem, Statement, ToClose

NAME = "Доля обучающихся, охваченных мероприятиями"


def told(coverage, hidden=""):
    return Statement(code="ABCDE", coverage=coverage, name=NAME, hidden=hidden, source="показатель № 1")


def problem(number=1, *, closing=(), coverage=None, judged=False):
    statement = told(coverage) if coverage else None
    return NamedProblem(
        number=number, code="p", text="Низкая доля", statement=statement, judged=judged, closing=tuple(closing)
    )


def item(answers=(), organisations=()):
    return DocumentItem(
        number="1", text="Назначить", addressee="heads", addressee_name="Руководителям", responsible="", deadline="",
        was_due="", answers=tuple(answers), organisations=tuple(organisations),
    )  # fmt: skip


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("n", "found", "formed", "missing"),
    [
        (0, "Проблем не выявлено.", "адресные рекомендации не сформированы", None),
        (1, "Выявлена 1 проблема:", "сформирована 1 адресная рекомендация", "1 ребёнка"),
        (2, "Выявлено 2 проблемы:", "сформировано 2 адресные рекомендации", "2 детей"),
        (5, "Выявлено 5 проблем:", "сформировано 5 адресных рекомендаций", "5 детей"),
        (11, "Выявлено 11 проблем:", "сформировано 11 адресных рекомендаций", "11 детей"),
        (21, "Выявлена 21 проблема:", "сформирована 21 адресная рекомендация", "21 ребёнка"),
    ],
)
def test_numbers_agree_with_their_words(n, found, formed, missing):
    assert plain(words.problems_found([problem()] * n)) == found
    assert plain(words.items_formed([item()] * n)) == formed
    below = plain(words.stated(told(cov("basic", 80 - n, 100, "80"))))
    share = f"доля обучающихся, охваченных мероприятиями составляет {80 - n} % при плане 80 %"
    ending = "достигнуто)" if missing is None else f"не достигнуто, не хватает {missing})"
    assert below == f"{share} (плановое значение {ending}"


@pytest.mark.parametrize(
    ("unmet", "of", "sentence"),
    [
        (0, 0, ""),
        (0, 1, "Плановое значение достигнуто."),
        (0, 5, "Все плановые значения достигнуты."),
        (1, 5, "Не достигнуто 1 плановое значение из 5."),
        (2, 5, "Не достигнуты 2 плановых значения из 5."),
        (5, 5, "Не достигнуты 5 плановых значений из 5."),
        (11, 21, "Не достигнуты 11 плановых значений из 21."),
        (21, 21, "Не достигнуто 21 плановое значение из 21."),
    ],
)
def test_a_summary_counts_what_stands_beside_a_plan(unmet, of, sentence):
    rows = [cov("basic", 70, 100, "80")] * unmet + [cov("basic", 90, 100, "80")] * (of - unmet)
    others = [told(cov("basic", 70, 100)), told(cov("basic", "no_data")), told(None, "мало детей")]
    assert plain(words.summary([*map(told, rows), *others])) == sentence


@pytest.mark.parametrize(
    ("coverage", "sentence"),
    [
        (cov("basic", 94, 118, "80"), " составляет 79,7 % при плане 80 % (плановое значение не достигнуто, не хватает "
                                      "1 ребёнка)"),  # rounded to whole per cent it would say the other verdict
        (cov("basic", 30, 40, "75"), " составляет 75 % при плане 75 % (плановое значение достигнуто)"),
        (cov("basic", 30, 40), " составляет 75 % (плановое значение не установлено)"),
        (cov("basic", "no_data"), ": данных нет"),
        (cov("basic", "nobody"), ": таких обучающихся нет"),
        (cov("basic", "judged"), ": числовых данных нет, оценка экспертов — низкая доля"),
        (cov("basic", 0, 40, "75"), " составляет 0 % при плане 75 % (плановое значение не достигнуто, не хватает "
                                    "30 детей)"),
        (cov("basic", 25, 40, "50", direction="less", indicator="away"),
         " составляет 62,5 % при плане 50 % (плановое значение превышено, превышение — 5 детей)"),
        (cov("basic", 30, 40, "75", submitted=1, expected=21),
         " составляет 75 % при плане 75 % (плановое значение достигнуто), по данным 1 из 21 организации"),
        (cov("basic", 30, 40, "75", submitted=5, expected=11),
         " составляет 75 % при плане 75 % (плановое значение достигнуто), по данным 5 из 11 организаций"),
    ],
)  # fmt: skip
def test_a_figure_stands_beside_its_plan_with_the_verdict_in_words(coverage, sentence):
    assert plain(words.stated(told(coverage))) == f"доля обучающихся, охваченных мероприятиями{sentence}"


def test_who_is_named_and_what_an_item_answers():
    assert plain(words.stated(told(None, "мало детей"))).endswith(": число не приводится (мало детей)")
    who = [ToClose(code="a", name="Школа А", needed=50), ToClose(code="b", name="Школа Б", needed=33)]
    rests = problem(coverage=cov("basic", 581, 830, "80"), closing=who)
    assert plain(words.evidence(rests)) == "581 из 830 — 70 % при плане 80 %, не хватает 83 детей"
    assert plain(words.closing(rests)) == "Нехватку закроют: Школа А — 50, Школа Б — 33"
    assert words.evidence(problem(judged=True)) == "по оценке экспертов" and not words.closing(problem())
    assert words.answers(item([3])) == "К проблеме 3." and words.answers(item([1, 4, 21])) == "К проблемам 1, 4, 21."
    named = [item(organisations=["Школа № 10", "Школа № 2"]), item(organisations=["Школа № 2"])]
    assert words.first_of_all(named) == "В первую очередь: Школа № 2 и Школа № 10." and not words.first_of_all([item()])
    villages = item(organisations=("Школа «Броды, посёлок 1»", "Школа № 2"))
    assert words.first_of_all([villages]) == "В первую очередь: Школа № 2; Школа «Броды, посёлок 1».", "by semicolons"
