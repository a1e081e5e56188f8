"""Answers that nothing asked for, answers without a meaning, and earlier answers by which the file was understood."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import AliasKey, Finding
from proforient.intake.numbers import text_of
from proforient.intake.periods import read_period
from proforient.intake.questions import period_answered, questions
from proforient.intake.resolve import key_of
from proforient.wording import date_ru

RAISES = ("answer-unasked", "answer-unknown", "answer-remembered")
ABOUT = {
    "column": "столбец",
    "organisation": "организация",
    "indicator": "показатель",
    "level": "уровень",
    "cohort": "категория",
    "period": "период",
    "sheet": "лист",
    "dash": "прочерк",
    "contacts": "кто заполнил",
}


def check(case: Case) -> Iterator[Finding]:
    if case.table is not None and case.names is not None:
        yield from _of_words(case)
        yield from _period(case)
        yield from _dash(case)
        yield from _remembered(case)
    if case.tables:
        yield from _sheet(case)
    if case.answers.contacts and not case.contacts and not was_left_out(case):
        yield _unasked("contacts", "", case.answers.contacts, "таких строк в файле нет")


def was_left_out(case: Case) -> bool:
    """Whether the answer was followed already: the file has been made anew without those rows."""
    return case.reading is not None and any(found.code == "contacts-left-out" for found in case.reading.findings)


def _of_words(case: Case) -> Iterator[Finding]:
    """Answers to what a text of the file means."""
    assert case.names is not None
    names, answers = case.names, case.answers
    asked = names.asked | {AliasKey(question.kind, key_of(question.text)) for question in questions(case)}
    for kind, given in (
        ("column", answers.columns),
        ("organisation", answers.organisations),
        ("indicator", answers.indicators),
        ("level", answers.levels),
        ("cohort", answers.cohorts),
    ):
        for text, said in given.items():
            key = AliasKey(kind, key_of(text))
            if key in names.meaningless:
                yield _unknown(kind, text, said)
            elif key not in asked:
                exact = names.exact(kind, text)
                titles = " или ".join(f"«{title}»" for title in exact)
                yield _unasked(kind, text, said, f"это точное название: {titles}" if exact else "файл о них не спросил")


def _period(case: Case) -> Iterator[Finding]:
    if not (said := case.answers.period):
        return
    unread = [r.period[0] for r in case.records if r.period and read_period(r.period[2]) is None]
    if not unread:
        yield _unasked("period", "", said, "период в файле понятен или не назван")
    elif not period_answered(case):
        yield _unknown("period", unread[0], said)


def _sheet(case: Case) -> Iterator[Finding]:
    if not (said := case.answers.sheet):
        return
    if len(case.tables) == 1:
        yield _unasked("sheet", "", said, "таблица в файле одна")
    elif case.table is None:
        yield _unknown("sheet", ", ".join(text_of(table.sheet.name) for table in case.tables), said)


def _dash(case: Case) -> Iterator[Finding]:
    assert case.names is not None
    if case.answers.dash and not case.names.dash_met:
        yield _unasked("dash", "", case.answers.dash, "прочерков среди чисел нет")


def _unasked(kind: str, text: str, said: str, why: str) -> Finding:
    return finding("answer-unasked", value=text, words={"about": ABOUT[kind], "said": said, "why": why})


def _unknown(kind: str, text: str, said: str) -> Finding:
    return finding("answer-unknown", value=text, words={"about": ABOUT[kind], "said": said})


def _remembered(case: Case) -> Iterator[Finding]:
    assert case.names is not None
    for answer in case.names.used.values():
        words = {
            "about": ABOUT[answer.kind],
            "meaning": case.names.title(answer.kind, answer.meaning),
            "by": answer.by,
            "day": date_ru(answer.day, "digits"),
        }
        yield finding("answer-remembered", value=answer.text, words=words)
