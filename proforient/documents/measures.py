"""What becomes of the items of an issued document: measures, how urgent each is, how many are done, a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from proforient.advice.due import last_day
from proforient.catalogue.entries import Catalogue
from proforient.documents.contents import DraftItem
from proforient.documents.drafts import due_words
from proforient.monitoring import Organisation
from proforient.store.papers import ENDED, DocumentDraft, Measure, MeasureState
from proforient.wording import NB, days_left, number

Urgency = Literal["overdue", "soon", ""]
SOON = 14  # days before the last one in which a measure is soon due
STATES: Mapping[MeasureState, str] = {
    MeasureState.NOT_BEGUN: "не начата",
    MeasureState.UNDER_WAY: "в работе",
    MeasureState.DONE: "исполнена",
    MeasureState.NOT_DONE: "не исполнена",
    MeasureState.DROPPED: "снята",
}
GLYPHS: Mapping[MeasureState, str] = {
    MeasureState.NOT_BEGUN: "○",
    MeasureState.UNDER_WAY: "◐",
    MeasureState.DONE: "✓",
    MeasureState.NOT_DONE: "✗",
    MeasureState.DROPPED: "–",
}
# Of many in a list that is narrowed down to them.
LISTED: Mapping[str, str] = {
    "overdue": "Просрочены",
    "soon": "Срок близко",
    MeasureState.NOT_BEGUN: "Не начаты",
    MeasureState.UNDER_WAY: "В работе",
    MeasureState.DONE: "Исполнены",
    MeasureState.NOT_DONE: "Не исполнены",
    MeasureState.DROPPED: "Сняты",
}
URGENT: Mapping[Urgency, str] = {"overdue": "!", "soon": "◔"}


def measures_of(
    draft: DocumentDraft,
    numbers: Mapping[str, str],
    items: Sequence[DraftItem],
    organisations: Iterable[Organisation],
    catalogue: Catalogue,
    day: dt.date,
) -> list[Measure]:
    """A measure for each item of the document that is issued on ``day``; without identifiers, not stored yet.

    ``numbers`` of the items by key, in the order of the document.

    An item in which organisations are named is theirs; one addressed to those who lead a kind of organisation is that
    kind's; every other is the department's own.
    """
    register, turn = list(organisations), list(numbers)
    # As the document has them; what it leaves out stands behind in the draft's own order.
    placed = sorted(items, key=lambda item: turn.index(item.key) if item.key in numbers else len(turn))  # order: places
    return [
        Measure(
            id="",
            document="",
            kind=draft.kind,
            period=draft.period,
            territory=draft.territory,
            item=item.key,
            place=place,
            number=numbers.get(item.key, str(place)),
            text=item.text,
            addressee=item.addressee,
            responsible=item.responsible,
            due=item.deadline.form,
            due_told=due_words(item.deadline),
            due_on=last_day(item.deadline, day),
            organisations=item.organisations or _led_by(item.addressee, register, catalogue),
        )
        for place, item in enumerate(placed, 1)
    ]


def _led_by(addressee: str, organisations: Sequence[Organisation], catalogue: Catalogue) -> tuple[str, ...]:
    kinds = {
        kind.code
        for kind in catalogue.organisation_kinds.values()
        if kind.addressee == addressee and any(catalogue.levels[level].kind != "authority" for level in kind.proposes)
    }
    return tuple(o.code for o in organisations if o.kind in kinds)


def continued(new: Sequence[Measure], old: Sequence[Measure]) -> list[Measure]:
    """The measures of a document that replaces another: those of the same items go on, those left out are dropped."""
    known = {measure.item: measure for measure in old}
    measures = [replace(m, id=known[m.item].id) if m.item in known else m for m in new]
    there = {measure.item for measure in new}
    gone = [replace(measure, kept=False) for measure in old if measure.item not in there and measure.kept]
    return [*measures, *gone]


def urgency(measure: Measure, today: dt.date) -> Urgency:
    """Whether its last day has passed or is near, of a measure that is not over."""
    if measure.due_on is None or measure.state in ENDED:
        return ""
    left = (measure.due_on - today).days
    return "overdue" if left < 0 else "soon" if left <= SOON else ""


def due_of(measure: Measure) -> str:
    """«до 15 июня 2023 года», «срок не задан»."""
    return "срок не задан" if measure.due == "none" else measure.due_told


def urgent_words(measure: Measure, today: dt.date) -> str:
    """«срок прошёл 2 дня назад», «осталось 9 дней»; empty where nothing presses."""
    if not urgency(measure, today) or measure.due_on is None:
        return ""
    return days_left(measure.due_on, today)


def in_turn(measures: Iterable[Measure], today: dt.date) -> list[Measure]:
    """Overdue and soon due first, then by the last day; without one after those, what is over at the end."""

    def rank(measure: Measure) -> tuple[bool, bool, int, int, int]:
        over = measure.state in ENDED
        days = measure.due_on.toordinal() if measure.due_on else 0
        return over, measure.due_on is None, days, int(measure.document or 0), measure.place

    return sorted(measures, key=lambda m: rank(m))  # order: days, then places in the document


def done_of(measures: Iterable[Measure]) -> tuple[int, int]:
    """How many are done, and of how many: those that were dropped do not count."""
    states = [m.state for m in measures if m.state != MeasureState.DROPPED]
    return states.count(MeasureState.DONE), len(states)


def done_words(measures: Iterable[Measure]) -> str:
    """«исполнено 9 из 14»."""
    done, every = done_of(measures)
    return f"исполнено {number(done)} из {number(every)}"


def measures_summary(measures: Sequence[Measure], today: dt.date) -> str:
    """The state of all as a paragraph of the next protocol; empty where there is nothing to tell of.

    «Исполнение решений: исполнено 9 из 14; в работе — 3, не начато — 2; с истёкшим сроком — 1.»
    """
    states = [m.state for m in measures]
    if not any(state != MeasureState.DROPPED for state in states):
        return ""
    neuter = {
        MeasureState.UNDER_WAY: "в работе",
        MeasureState.NOT_BEGUN: "не начато",
        MeasureState.NOT_DONE: "не исполнено",
    }
    rest = [f"{words} — {number(states.count(state))}" for state, words in neuter.items() if state in states]
    overdue = sum(urgency(m, today) == "overdue" for m in measures)
    dropped = states.count(MeasureState.DROPPED)
    parts = [f"Исполнение решений: {done_words(measures)}"]
    parts += [", ".join(rest)] if rest else []
    parts += [f"с истёкшим сроком — {number(overdue)}"] if overdue else []
    parts += [f"снято — {number(dropped)} (в{NB}это число не входит)"] if dropped else []
    return "; ".join(parts) + "."


__all__ = [
    "GLYPHS",
    "LISTED",
    "STATES",
    "URGENT",
    "Urgency",
    "continued",
    "done_of",
    "done_words",
    "due_of",
    "in_turn",
    "measures_of",
    "measures_summary",
    "urgency",
    "urgent_words",
]
