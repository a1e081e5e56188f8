"""What a document lacks before it is issued, counted: problems without a decision, items without a date, votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from proforient.advice.due import last_day
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.drafts import items_of, short
from proforient.documents.record import NamedProblem
from proforient.intake.personal import persons_in
from proforient.wording import number, uncapital


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPart:
    """One thing that is missing: ``text`` counts it, ``where`` says of what; ``keys`` are those of items."""

    code: str
    text: str
    where: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def lacks(contents: Contents, problems: Sequence[NamedProblem], day: dt.date) -> list[MissingPart]:
    """Everything that is missing in a document of ``day`` about these problems."""
    items = items_of(contents)
    found = [*_problems(items, problems), *_items(items, day), *_votes(contents)]
    persons = persons_in(_texts(contents))
    if persons:
        found.append(
            MissingPart(code="names", text=f"Похоже на фамилии людей: {persons}. Назовите вместо них должности.")
        )
    return found


def _problems(items: Sequence[DraftItem], problems: Sequence[NamedProblem]) -> Iterator[MissingPart]:
    answered = {code for item in items for code in item.answers}
    bare = [p for p in problems if p.code not in answered]
    if bare:
        text = f"Проблем без решения: {len(bare)} из {number(len(problems))}"
        yield MissingPart(code="problems", text=text, where=tuple(p.text for p in bare))


def _items(items: Sequence[DraftItem], day: dt.date) -> Iterator[MissingPart]:
    every = number(len(items))
    if not items:
        yield MissingPart(code="empty", text="В документе нет ни одного пункта")
    for code, words, wrong in (
        ("answers", "не отвечают ни на одну проблему", [i for i in items if not i.answers]),
        ("responsible", "без ответственного", [i for i in items if not i.responsible]),
        ("deadline", "без срока", [i for i in items if i.deadline.form == "none"]),
        ("passed", "с прошедшим сроком", [i for i in items if _passed(i, day)]),
    ):
        if wrong:
            text = f"{number(len(wrong))} из {every} — {words}"
            yield MissingPart(
                code=code, text=text, where=tuple(short(i.text) for i in wrong), keys=tuple(i.key for i in wrong)
            )


def _passed(item: DraftItem, day: dt.date) -> bool:
    last = last_day(item.deadline, day)
    return last is not None and last < day


def _votes(contents: Contents) -> Iterator[MissingPart]:
    meeting = contents.meeting
    for code, about, votes in (
        ("agenda-votes", "за повестку", meeting.agenda_votes),
        ("votes", "за решения", meeting.votes),
    ):
        cast = [n for n in (votes.yes, votes.no, votes.abstained) if n is not None]
        if cast and meeting.present and sum(cast) != len(meeting.present):
            text = f"Голосов {about} {sum(cast)}, а присутствующих {len(meeting.present)}: числа не сходятся"
            yield MissingPart(code=code, text=text)


def _texts(given: object) -> Iterator[str]:
    """Every text that people have written into it, however deep."""
    if isinstance(given, str):
        yield given
    elif is_dataclass(given):
        for field in fields(given):
            yield from _texts(getattr(given, field.name))
    elif isinstance(given, Iterable):
        for one in given:
            yield from _texts(one)


def in_one_line(found: Sequence[MissingPart]) -> str:
    """«Перед выпуском проверьте: проблем без решения: 2 из 7; 8 из 15 — без срока.»"""
    if not found:
        return "Всё заполнено."
    return "Перед выпуском проверьте: " + "; ".join(uncapital(one.text) for one in found) + "."


__all__ = ["MissingPart", "in_one_line", "lacks"]
