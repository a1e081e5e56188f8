"""The analytical note (справка): ground, aim, method, results by section with tables, conclusions, proposals."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from proforient.analysis.changes import Change
from proforient.charts import sentences
from proforient.documents import pieces, words
from proforient.documents.blanks import text
from proforient.documents.composing import Composing, in_groups
from proforient.documents.contents import Contents
from proforient.documents.measures import measures_summary
from proforient.documents.offices import Office
from proforient.documents.record import Audience, Document, DocumentKind, Fields, NamedProblem, Statement
from proforient.documents.state import DocumentState
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import NB, counted, number, period_in, period_name, uncapital, verb_form

DASH = "—"
_SECTIONS = ("метод", "результаты", "другие", "изменения", "проблемы", "выводы", "предложения")
_AIM = f"оценить состояние системы {pieces.SUBJECT}, выявить проблемы и подготовить адресные рекомендации"
_METHOD = (
    "Доля по территории — сумма числителей всех сдавших организаций, делённая на сумму знаменателей; средних от долей "
    "нет. Вывод и нехватка считаются по целым числам детей, доля округлена только для чтения. Ребёнок, участвовавший "
    "дважды, учтён один раз. Ноль, «не применимо» и «нет данных» различаются; неустановленный план не равен нулю."
)


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """The levels, the problems that the audience may read, every item by addressee."""
    composing = Composing(state, audience, day)
    problems, left_out = composing.problems()
    items = in_groups(composing.items(given, problems))
    made = composing.document(KIND.code, given, problems, items, left_out=left_out)
    others = (composing.statement(c) for c in state.snapshot.others)
    return replace(made, others=tuple(s for s in others if s.coverage is not None))


def fields(document: Document, office: Office) -> Fields:
    """The words of the note by the names that a template prints."""
    when, moved, others = period_in(document.period), _changes(document), list(_others(document))
    there = {"изменения": bool(moved), "другие": bool(others)}
    return {
        **pieces.head(document, office),
        **pieces.sections(*((name, there.get(name, True)) for name in _SECTIONS)),
        "заголовок": f"О результатах мониторинга {pieces.SUBJECT} {when}",
        "о_чём": f"О результатах мониторинга {pieces.SUBJECT} {_whose(document, office)} {when}",
        "основание": f"результаты мониторинга, представленные {pieces.word(office.ground, 'ground')}",
        "цель": _AIM,
        "период": period_name(document.period),
        "метод": _METHOD,
        "полнота": _completeness(document),
        "показатели": [_row(document, s) for s in document.statements],
        "итог": words.summary(document.statements),
        "другие": others,
        "исполнение": text(measures_summary(document.measures, document.day)),
        "изменения": moved,
        "проблемы_вводные": words.problems_found(document.problems),
        "проблемы": [pieces.problem(problem) for problem in document.problems],
        "закроют": [row for problem in document.problems for row in _closing(problem)],
        "выводы": list(_conclusions(document)),
        "отдельные": pieces.alone(document.items),
        "группы": pieces.groups(document.items),
        "составитель": pieces.word(office.executor, "executor"),
    }


def _whose(document: Document, office: Office) -> str:
    return pieces.word(office.territory_gen, "territory_gen", document)


def _completeness(document: Document) -> str:
    sent, of = document.submitted, document.expected
    if not of:
        return "Организаций в реестре нет."
    verb = verb_form(sent, "f", "", "сдала", "", "сдали")
    return f"Отчёты {verb} {number(sent)} из{NB}{counted(of, 'organisations', 'gen')}."


def _row(document: Document, s: Statement) -> Fields:
    level = document.catalogue.levels[s.level]
    c = s.coverage
    row = {"уровень": sentences.level_subject(level), "код": s.code if words.has_figure(s) else ""}
    if c is None:
        return {**row, "доля": DASH, "из": s.hidden, "план": DASH, "вывод": "число не приводится", "не_хватает": DASH}
    figured = c.verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NO_PLAN)
    return {
        **row,
        "доля": sentences.figure(c) if figured else DASH,
        "из": sentences.pair_words(c) if figured else DASH,
        "план": sentences.plan_figure(c) if c.plan is not None else "не задан",
        "вывод": f"{VERDICTS[c.verdict].glyph} {VERDICTS[c.verdict].word}",
        "не_хватает": words.lacking(c),
    }


def _others(document: Document) -> Iterable[Fields]:
    """The figures besides the levels: of two that are called the same each says its level."""
    called = Counter(s.name for s in document.others)
    for s in document.others:
        c, level = s.coverage, document.catalogue.levels[s.level]
        assert c is not None
        where = f": {uncapital(sentences.level_subject(level))}" if called[s.name] > 1 else ""
        figure, pair = sentences.figure(c), sentences.pair_words(c)
        yield {
            "показатель": text(s.name) + where,
            "код": s.code,
            "значение": figure if c.formula.plain else f"{figure} ({pair})",
            "план": sentences.plan_figure(c) if c.plan is not None else "не задан",
            "вывод": f"{VERDICTS[c.verdict].glyph} {VERDICTS[c.verdict].word}" if c.plan is not None else DASH,
        }


def _changes(document: Document) -> list[str]:
    changes = ((change, words.moved(change)) for change in document.changes)
    levels = document.catalogue.levels
    return [f"{sentences.level_subject(levels[c.current.level])}: {moved}" for c, moved in changes if moved]


def _closing(problem: NamedProblem) -> Iterable[Fields]:
    for one in problem.closing:
        yield {
            "проблема": str(problem.number),
            "организация": text(one.name),
            "нужно": str(one.needed),
        }


def _conclusions(document: Document) -> Iterable[str]:
    summary = words.summary(document.statements)
    if summary:
        yield summary
    fell = [change for change in document.changes if _fallen(change)]
    if fell:
        where = ", ".join(uncapital(sentences.level_subject(document.catalogue.levels[c.current.level])) for c in fell)
        yield f"Доля снизилась: {where}."
    unanswered = words.unanswered(document.problems, document.items)
    if unanswered:
        yield unanswered
    if not summary and not any(s.coverage is not None and s.coverage.plan for s in document.others):
        yield "Сравнить с планом нечего: ни одного показателя с числами и планом нет."


def _fallen(change: Change) -> bool:
    """Whether the share is lower by more than chance allows for."""
    return (change.spoken_of or 0) < 0 and not change.by_chance and bool(words.moved(change))


def template() -> bytes:
    """Our own."""
    from proforient.documents.kinds.note_template import made_template

    return made_template()


NAMES: Fields = {
    **pieces.HEAD,
    **{f"раздел_{name}": "" for name in _SECTIONS},
    "исполнение": "",
    **dict.fromkeys(
        ("заголовок", "о_чём", "основание", "цель", "период", "метод", "полнота", "итог", "проблемы_вводные"), ""
    ),
    "показатели": [dict.fromkeys(("уровень", "код", "доля", "из", "план", "вывод", "не_хватает"), "")],
    "другие": [dict.fromkeys(("показатель", "код", "значение", "план", "вывод"), "")],
    "изменения": [""],
    "проблемы": [pieces.PROBLEM],
    "закроют": [{"проблема": "", "организация": "", "нужно": ""}],
    "выводы": [""],
    "отдельные": [pieces.ROW],
    "группы": [pieces.GROUP],
    "составитель": "",
}
KIND = DocumentKind(
    code="note", title="Аналитическая справка", compose=compose, fields=fields, template=template, names=NAMES
)

__all__ = ["KIND"]
