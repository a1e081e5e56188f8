"""The management cycle as a person types it: a line a step, its papers below it; and the records that it means.

«Цели» is a step, «– Приказ Управления образования | О составе группы | 001 | 10.01.2022» one of its papers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from proforient.documents.contents import CyclePaper, CycleStep, MethodEvent
from proforient.errors import WrongCall
from proforient.wording import date_ru

DASHES = ("–", "—", "-", "•")
PAPER = "вид и чей | название | номер | дата или месяц"
EVENT = "дата | форма | тема"


def lines_of_steps(steps: Iterable[CycleStep]) -> list[str]:
    """What a person would have typed to get these steps."""
    return [line for step in steps for line in (step.name, *(f"– {paper_line(paper)}" for paper in step.papers))]


def paper_line(paper: CyclePaper) -> str:
    """«Приказ Управления образования | О составе … | 001 | 10.01.2022»."""
    when = date_ru(paper.day, "digits") if paper.day else paper.period
    return " | ".join((paper.kind, paper.title, paper.number, when)).rstrip(" |")


def lines_of_events(events: Iterable[MethodEvent]) -> list[str]:
    """«13.01.2022 | Семинар-практикум | Модели сопровождения»."""
    return [f"{date_ru(e.day, 'digits')} | {e.form} | {e.theme}" for e in events]


def steps_of(lines: Sequence[str]) -> tuple[CycleStep, ...]:
    """WrongCall for a paper that stands under no step."""
    made: list[CycleStep] = []
    for line in lines:
        if not line.startswith(DASHES):
            made.append(CycleStep(name=line.rstrip(".;:")))
            continue
        if not made:
            raise WrongCall(f"Шаги и документы: «{line}» стоит раньше первого шага. Сначала строка с названием шага.")
        last = made[-1]
        made[-1] = CycleStep(name=last.name, papers=(*last.papers, paper_of(line.lstrip("–—-• "))))
    return tuple(made)


def paper_of(line: str) -> CyclePaper:
    """WrongCall where it has more parts than a paper."""
    parts = [part.strip() for part in line.rstrip(";").split("|")]
    if len(parts) > 4 or not parts[0]:
        raise WrongCall(f"Документ «{line}» не разобрать. Пишите так: {PAPER}; лишние части справа можно не писать.")
    kind, title, number, when = [*parts, "", "", ""][:4]
    day = _day(when)
    return CyclePaper(kind=kind, title=title, number=number, day=day, period="" if day else when)


def events_of(lines: Sequence[str]) -> tuple[MethodEvent, ...]:
    """WrongCall where a line has no day, form and theme."""
    return tuple(map(_event, lines))


def _event(line: str) -> MethodEvent:
    parts = [part.strip() for part in line.split("|", 2)]
    day = _day(parts[0])
    if day is None or len(parts) != 3 or not all(parts):
        raise WrongCall(f"Мероприятие «{line}» не разобрать. Пишите так: {EVENT}, дата — 13.01.2022.")
    return MethodEvent(day=day, form=parts[1], theme=parts[2])


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%d.%m.%Y").date()
    except ValueError:
        return None


__all__ = ["EVENT", "PAPER", "events_of", "lines_of_events", "lines_of_steps", "paper_line", "paper_of", "steps_of"]
