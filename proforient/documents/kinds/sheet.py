"""An organisation's own sheet: its figures with their calculation, its problems and recommendations.

Its appendices are the sheet of self-diagnosis and the draft plan of measures for the next school year. It is given to
the organisation itself, so that its own numbers are exact for either audience; of the others it names nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from proforient.analysis.coverage import Coverage
from proforient.charts import sentences
from proforient.documents import pieces, words
from proforient.documents.blanks import place, text
from proforient.documents.composing import Composing, numbered
from proforient.documents.contents import Contents
from proforient.documents.kinds.note import DASH
from proforient.documents.offices import Office
from proforient.documents.record import (
    Audience,
    Document,
    DocumentItem,
    DocumentKind,
    Fields,
    NamedProblem,
    Own,
    OwnFigure,
    Statement,
)
from proforient.documents.state import DocumentState, OwnState
from proforient.errors import Refused
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import period_in, uncapital

NOBODY = "Лист делают для одной организации: выберите её (document issue sheet --organisation)."
_SCHOOL_YEAR = (9, 1)


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """Own figures and problems, the items that answer them or name the organisation. Refused where it is nobody's."""
    own = state.own
    if own is None:
        raise Refused(NOBODY)
    composing = Composing(state, audience, day)
    problems = tuple(composing.own_problems(own))
    items = numbered(_items(composing, given, problems, own))
    made = composing.document(KIND.code, given, problems, items)
    figures = tuple(_figure(composing, c) for c in own.figures if c.cohort == state.snapshot.cohort)
    return replace(
        made,
        statements=tuple(s for s in made.statements if any(f.coverage.key == _key(s) for f in figures)),
        own=Own(code=own.organisation.code, name=own.organisation.name, figures=figures),
    )


def _key(statement: Statement) -> object:
    return statement.coverage.key if statement.coverage is not None else None


def _figure(composing: Composing, c: Coverage) -> OwnFigure:
    """By the indicator's short name: there are many; a level that is the organisation itself is not said."""
    indicator, level = composing.state.catalogue.indicators[c.indicator], composing.state.catalogue.levels[c.level]
    at = sentences.level_subject(level) if level.kind in ("stage", "band") else ""
    name = indicator.short or composing.name_of(c)
    return OwnFigure(coverage=c, name=name, level="" if at.lower() in name.lower() else at)


def _items(
    composing: Composing, given: Contents, problems: tuple[NamedProblem, ...], own: OwnState
) -> Iterable[DocumentItem]:
    """Those to everybody or to its kind of organisation that answer its problems, and those that name it."""
    catalogue, code = composing.state.catalogue, own.organisation.code
    kind = catalogue.organisation_kinds.get(own.organisation.kind)
    elsewhere = {k.addressee for k in catalogue.organisation_kinds.values()} - {kind.addressee if kind else None}
    if given.items is not None:
        codes = {problem.code for problem in problems}
        for item in given.items:
            if code in item.organisations or (item.addressee not in elsewhere and codes.intersection(item.answers)):
                yield composing.given(item, problems)
        return
    for action, answered in composing.answering(problems):
        if action.addressee not in elsewhere:
            yield composing.item(action, answered)


def fields(document: Document, office: Office) -> Fields:
    """The words of the sheet by the names that a template prints."""
    assert document.own is not None
    own = document.own
    return {
        **pieces.head(document, office),
        "организация": text(own.name),
        "заголовок": f"О результатах мониторинга {pieces.SUBJECT} {period_in(document.period)}",
        "показатели": [_row(f) for f in own.figures if f.coverage.verdict in _MEASURED],
        "территория": pieces.statements(document.statements),
        "проблемы_вводные": words.problems_found(document.problems),
        "проблемы": [pieces.problem(problem) for problem in document.problems],
        "рекомендации": [_item(document, item) for item in document.items],
        "рекомендации_вводные": words.items_formed(document.items),
        "самодиагностика": [_diagnosis(f) for f in own.figures],
        "учебный_год": _school_year(document.day),
        "план": [_measure(document, item) for item in document.items],
    }


_MEASURED = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_PLAN)


def _named(f: OwnFigure) -> str:
    return f"{text(f.name)}, {uncapital(f.level)}" if f.level else text(f.name)


def _row(f: OwnFigure) -> Fields:
    c = f.coverage
    return {
        "показатель": _named(f),
        "расчёт": sentences.formula(c) or sentences.figure(c),
        "план": sentences.plan_figure(c) if c.plan is not None else "не задан",
        "вывод": f"{VERDICTS[c.verdict].glyph} {VERDICTS[c.verdict].word}",
        "не_хватает": words.lacking(c),
    }


def _item(document: Document, item: DocumentItem) -> Fields:
    return {**pieces.row(item), "расчёт": " ".join(_calculation(document, item))}


def _calculation(document: Document, item: DocumentItem) -> Iterable[str]:
    """«Расчёт: 168 / 262 · 100 % = 64,12 %, план 80 %, не хватает 42 детей.» of each problem that it answers."""
    for problem in document.problems:
        c = problem.statement.coverage if problem.statement else None
        if problem.number in item.answers and c is not None and c.verdict is Verdict.NOT_MET:
            calculation = ", ".join(
                part
                for part in (sentences.formula(c), f"план {sentences.plan_figure(c)}", sentences.missing(c))
                if part
            )
            yield f"Расчёт: {calculation}."


def _diagnosis(f: OwnFigure) -> Fields:
    c = f.coverage
    known = c.verdict in _MEASURED or c.value is not None
    now = (sentences.pair_words(c), sentences.figure(c))
    return {
        "показатель": _named(f),
        "сейчас": " = ".join(part for part in now if part) if known else DASH,
        "план": sentences.plan_figure(c) if c.plan is not None else DASH,
        "вывод": f"{VERDICTS[c.verdict].glyph} {VERDICTS[c.verdict].word}",
    }


def _school_year(day: dt.date) -> str:
    """«2023/2024»: the first that begins after the day."""
    first = day.year if (day.month, day.day) < _SCHOOL_YEAR else day.year + 1
    return f"{first}/{first + 1}"


def _measure(document: Document, item: DocumentItem) -> Fields:
    """A line of the draft plan: what is expected of it is the plan value of what it answers."""
    names = {f.coverage.key: _named(f) for f in document.own.figures} if document.own else {}
    expected = [
        f"{names.get(c.key, problem.statement.name)} — не менее {sentences.plan_figure(c)}"
        for problem in document.problems
        if problem.number in item.answers
        and problem.statement is not None
        and (c := problem.statement.coverage) is not None
        and c.plan is not None
        and c.direction == "more"
    ]
    return {
        "номер": item.number,
        "мероприятие": f"{text(item.text).rstrip('.')}.",
        "срок": pieces.deadline(item),
        "ответственный": text(item.responsible) or place("должность"),
        "результат": "; ".join(expected) or place("ожидаемый результат"),
    }


def template() -> bytes:
    """Our own."""
    from proforient.documents.kinds.sheet_template import made_template

    return made_template()


NAMES: Fields = {
    **pieces.HEAD,
    **dict.fromkeys(("организация", "заголовок", "проблемы_вводные", "рекомендации_вводные", "учебный_год"), ""),
    "показатели": [dict.fromkeys(("показатель", "расчёт", "план", "вывод", "не_хватает"), "")],
    "территория": [{"текст": "", "код": "", "знак": ""}],
    "проблемы": [pieces.PROBLEM],
    "рекомендации": [{**pieces.ROW, "расчёт": ""}],
    "самодиагностика": [dict.fromkeys(("показатель", "сейчас", "план", "вывод"), "")],
    "план": [dict.fromkeys(("номер", "мероприятие", "срок", "ответственный", "результат"), "")],
}
KIND = DocumentKind(
    code="sheet", title="Лист организации", compose=compose, fields=fields, template=template, names=NAMES
)

__all__ = ["KIND"]
