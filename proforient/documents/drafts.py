"""Work on a draft: what the analysis proposes for it, an item changed, moved, taken out, and what a version changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from proforient.advice.actions import Suggested
from proforient.advice.due import NONE, last_day
from proforient.catalogue.entries import Catalogue, Deadline
from proforient.documents.composing import Composing
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.record import Audience, NamedProblem
from proforient.documents.state import DocumentState
from proforient.wording import counted, deadline, join, quoted, verb_form
from proforient.wording.labels import one_line

TITLE = 70  # signs of an item in a sentence


def proposed(state: DocumentState, day: dt.date) -> tuple[DraftItem, ...]:
    """An item for each recommendation that is on: those that answer a problem found, then the general ones."""
    composing = Composing(state, Audience.INTERNAL, day)
    problems, _ = composing.problems()
    found = [*composing.answering(problems), *((a, ()) for a in state.advice.general)]
    return tuple(_item(composing, a, answered, day) for a, answered in found)


def _item(composing: Composing, a: Suggested, answered: Sequence[NamedProblem], day: dt.date) -> DraftItem:
    last = last_day(a.deadline, day)
    named = composing.item(a, answered).organisations
    closing = [one for problem in answered for one in problem.closing]
    return DraftItem(
        key=a.code,
        text=a.text,
        addressee=a.addressee,
        responsible=a.responsible,
        deadline=NONE if last is not None and last < day else a.deadline,
        answers=tuple(dict.fromkeys(problem.code for problem in answered)),
        organisations=tuple(dict.fromkeys(one.code for one in closing if one.name in named)),
        action=a.code,
    )


def items_of(contents: Contents) -> tuple[DraftItem, ...]:
    """Its items; none where nobody has chosen."""
    return contents.items or ()


def addressee_name(code: str, catalogue: Catalogue) -> str:
    """In the dative: of the catalogue, or the words of an office as they were typed."""
    known = catalogue.addressees.get(code)
    return known.dative if known else code


def short(text: str) -> str:
    """The beginning of an item's words, in quotes."""
    return quoted(one_line([text], TITLE, as_written=True)[0].rstrip("."))


Numbers = tuple[Mapping[str, str], Mapping[str, str]]  # of items by key, as the earlier and the later document has them


def changes(
    before: Contents,
    after: Contents,
    catalogue: Catalogue,
    names: Mapping[str, str],
    numbers: Numbers = ({}, {}),
) -> list[str]:
    """A sentence for each thing in which the second differs from the first; ``names`` of organisations by code.

    An item that has no number is called by its place.
    """
    old, new = (
        {item.key: (order.get(item.key, str(n)), item) for n, item in enumerate(items_of(c), 1)}
        for c, order in zip((before, after), numbers, strict=True)
    )
    order = [f"Добавлен пункт {n}: {short(item.text)}." for key, (n, item) in new.items() if key not in old]
    order += [f"Убран пункт {n}: {short(item.text)}." for key, (n, item) in old.items() if key not in new]
    for key, (n, item) in new.items():
        if key in old and (parts := list(_parts(old[key][1], item, catalogue, names))):
            order.append(f"Пункт {n} {short(item.text)}: {'; '.join(parts)}.")
    kept_before, kept_after = [k for k in old if k in new], [k for k in new if k in old]
    if kept_before != kept_after:
        order.append("Изменён порядок пунктов.")
    if before.meeting != after.meeting:
        order.append("Изменены сведения о заседании.")
    if before.conference != after.conference:
        order.append("Изменены сведения о конференции.")
    if before.cycle != after.cycle:
        order.append("Изменены сведения о системе работы.")
    if before.practices != after.practices:
        order.append("Изменён перечень практик.")
    return order


def _parts(old: DraftItem, new: DraftItem, catalogue: Catalogue, names: Mapping[str, str]) -> Iterable[str]:
    if old.text != new.text:
        yield "изменён текст"
    if old.addressee != new.addressee:
        yield f"адресат — {addressee_name(new.addressee, catalogue)}"
    if old.responsible != new.responsible:
        yield f"ответственный — {new.responsible or 'не назван'}"
    if old.deadline != new.deadline:
        yield f"срок — {due_words(new.deadline)}"
    if old.answers != new.answers:
        yield (
            f"отвечает на {counted(len(new.answers), 'problems', 'acc')}" if new.answers else "не отвечает на проблемы"
        )
    if old.organisations != new.organisations:
        named = [names.get(code, code) for code in new.organisations]
        verb = verb_form(len(named), "f", "назван", "названа", "названо", "названы")
        yield f"{verb} {join(named)}" if 0 < len(named) < 4 else f"названо {counted(len(named), 'organisations')}"


def due_words(due: Deadline) -> str:
    """«до 15 июня 2023 года», «не задан»."""
    return "не задан" if due.form == "none" else deadline(due)


__all__ = [
    "Numbers",
    "addressee_name",
    "changes",
    "due_words",
    "items_of",
    "proposed",
    "short",
]
