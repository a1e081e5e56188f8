"""The management system: cycle with its papers, goals, tasks, indicators with formulas and forms, method, proposals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from proforient.catalogue.entries import Catalogue, Goal, Indicator, Task
from proforient.charts import sentences
from proforient.documents import pieces
from proforient.documents.blanks import place, text
from proforient.documents.composing import Composing, in_groups
from proforient.documents.contents import Contents, CyclePaper, CycleStep
from proforient.documents.offices import Office
from proforient.documents.record import Audience, Document, DocumentKind, Fields
from proforient.documents.state import DocumentState
from proforient.wording import date_ru, quoted, uncapital

_SECTIONS = ("векторы", "цели", "задачи", "мероприятия", "рекомендации")


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """What the catalogue and the people's records say; of figures nothing is stated."""
    composing = Composing(state, audience, day)
    problems, left_out = composing.problems()
    items = in_groups(composing.items(given, problems))
    return replace(composing.document(KIND.code, given, (), items, left_out=left_out), statements=())


def fields(document: Document, office: Office) -> Fields:
    """The words of the description by the names that a template prints."""
    catalogue, cycle = document.catalogue, document.contents.cycle
    goals = sorted(catalogue.goals.values(), key=lambda g: g.number or 0)
    return {
        **pieces.head(document, office),
        **pieces.sections(*((name, name != "мероприятия" or bool(cycle.events)) for name in _SECTIONS)),
        "основание": _paper(cycle.ground) if cycle.ground else place("приказ, число, номер"),
        "шаги": [_step(step) for step in cycle.steps],
        "шагов_нет": "" if cycle.steps else place("шаги управления и документы, которые их подтверждают"),
        "стратегическая_цель": uncapital(pieces.or_place(cycle.aim or catalogue.aim, "стратегическая цель")),
        "целей": str(len(goals)),
        "цели": [_goal(catalogue, goal) for goal in goals],
        "где_учат": text(cycle.method_place),
        "мероприятия": [
            {"дата": date_ru(e.day, "digits"), "что": f"{text(e.form)} {quoted(text(e.theme))}"} for e in cycle.events
        ],
        "отдельные": pieces.alone(document.items),
        "группы": pieces.groups(document.items),
    }


def _paper(paper: CyclePaper) -> str:
    """«Приказ Управления образования от 10.01.2022 № 001 «О составе …»»: what is not known is a place."""
    line = text(paper.kind)
    if paper.day:
        line += f" от {date_ru(paper.day, 'digits')}"
    if paper.number:
        line += f" № {text(paper.number)}"
    if paper.title:
        line += f" {quoted(text(paper.title))}" if paper.kind.startswith("Приказ") else f" {text(paper.title)}"
    if paper.period:
        line += f" ({text(paper.period)})"
    elif paper.day is None:
        line += f" от {place('дата')} № {place('номер')}" if not paper.number else f" от {place('дата')}"
    return line


def _step(step: CycleStep) -> Fields:
    papers = [_paper(paper) for paper in step.papers] or [place("документ, который это подтверждает")]
    return {"название": text(step.name), "документы": papers}


def _goal(catalogue: Catalogue, goal: Goal) -> Fields:
    return {
        "номер": str(goal.number or ""),
        "название": text(goal.name),
        "обоснование": uncapital(goal.ground),
        "муниципальные": [{"номер": str(n), "текст": goal_text} for n, goal_text in enumerate(goal.municipal, 1)],
        "задачи": list(_tasks(catalogue, goal)),
        "показатели": list(_indicators(catalogue, goal)),
    }


def _indicators(catalogue: Catalogue, goal: Goal) -> Iterable[Fields]:
    return (_row(catalogue, i) for i in catalogue.indicators.values() if goal.code in i.goals)


_WHERE = {"authority": "Муниципальный уровень", "whole": "Уровень образовательной организации"}


def _tasks(catalogue: Catalogue, goal: Goal) -> Iterable[Fields]:
    own = [task for task in catalogue.tasks.values() if task.goal == goal.code]
    for level in dict.fromkeys(task.level for task in own):
        yield {
            "уровень": _WHERE.get(catalogue.levels[level].kind, catalogue.levels[level].name),
            "пункты": [_task(task) for task in own if task.level == level],
        }


def _task(task: Task) -> Fields:
    return {"номер": task.number, "текст": f"{text(task.text)}."}


def _row(catalogue: Catalogue, indicator: Indicator) -> Fields:
    """One row of an indicator; of one level in its words, of several with the levels named."""
    level = indicator.levels[0] if len(indicator.levels) == 1 else ""
    names = [sentences.level_subject(catalogue.levels[code]) for code in indicator.levels]
    return {
        "номер": indicator.number,
        "название": text(catalogue.indicator_name(indicator.code, level))
        + (", %" if indicator.formula.in_percent and not indicator.formula.answers else ""),
        "уровни": "" if level else f"Уровни: {', '.join(map(uncapital, names))}.",
        "расчёт": sentences.formula_in_words(catalogue, indicator, level),
        "примечание": sentences.counted_once(catalogue, indicator),
    }


def template() -> bytes:
    """Our own."""
    from proforient.documents.kinds.system_template import made_template

    return made_template()


NAMES: Fields = {
    **pieces.HEAD,
    **dict.fromkeys(("основание", "стратегическая_цель", "целей", "где_учат", "шагов_нет"), ""),
    **{f"раздел_{name}": "" for name in _SECTIONS},
    "шаги": [{"название": "", "документы": [""]}],
    "цели": [
        {
            **dict.fromkeys(("номер", "название", "обоснование"), ""),
            "муниципальные": [{"номер": "", "текст": ""}],
            "задачи": [{"уровень": "", "пункты": [{"номер": "", "текст": ""}]}],
            "показатели": [dict.fromkeys(("номер", "название", "уровни", "расчёт", "примечание"), "")],
        }
    ],
    "мероприятия": [{"дата": "", "что": ""}],
    "отдельные": [pieces.ROW],
    "группы": [pieces.GROUP],
}
KIND = DocumentKind(
    code="system",
    title="Описание системы работы",
    compose=compose,
    fields=fields,
    template=template,
    names=NAMES,
    about="cycle",
)

__all__ = ["KIND"]
