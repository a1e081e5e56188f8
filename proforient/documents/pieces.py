"""Pieces of fields that several kinds print: head, signature, figures, problems, items, where numbers come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from proforient.charts.sentences import DEMONSTRATION
from proforient.documents import posts, words
from proforient.documents.blanks import place, text
from proforient.documents.composing import by_addressee
from proforient.documents.offices import KEYS, Office
from proforient.documents.record import Audience, Document, DocumentItem, Fields, NamedProblem, Statement
from proforient.monitoring import territory_name
from proforient.wording import NB, date_ru

SUBJECT = "сопровождения профессионального самоопределения обучающихся"


def lines(given: tuple[str, ...], key: str) -> list[str]:
    """What the office has written, or the place for it."""
    return [text(line) for line in given] or [place(KEYS[key])]


def word(given: str, key: str, document: Document | None = None) -> str:
    """The same in one line; a place about the territory names it."""
    hint = f": {text(territory_name(document.territory))}" if document else ""
    return text(given) or place(KEYS[key] + hint)


def here(document: Document, office: Office) -> str:
    """«в Нязепетровском муниципальном районе»."""
    return f"в{NB}{text(office.territory_prep) or word('', 'territory_prep', document)}"


def sections(*there: tuple[str, bool]) -> dict[str, str]:
    """The number of each section by its field, in the order of the document; of one that is not there nothing."""
    numbers, last = {}, 0
    for name, stands in there:
        last += stands
        numbers[f"раздел_{name}"] = str(last) if stands else ""
    return numbers


def or_place(given: str, what: str) -> str:
    """What was said, or a place to fill."""
    return text(given) or place(what)


def head(document: Document, office: Office) -> dict[str, Any]:
    """What stands above and below every document."""
    return {
        "служебное": document.audience is Audience.INTERNAL,
        "бланк": lines(office.letterhead, "letterhead"),
        "дата": place("дата"),
        "номер": place("номер"),
        "территории": word(office.territory_gen, "territory_gen", document),
        "должность": lines(office.post, "post"),
        "подпись": word(office.signatory, "signatory"),
        "примечания": list(notes(document)),
        "источники": [{"код": s.code, "что": s.source} for s in document.noted if words.has_figure(s)],
    }


HEAD: Fields = {
    **dict.fromkeys(("дата", "номер", "территории", "подпись"), ""),
    **{name: [""] for name in ("бланк", "должность", "примечания")},
    "служебное": True,
    "источники": [{"код": "", "что": ""}],
}


def statements(every: Iterable[Statement]) -> list[Fields]:
    """Each figure with its sign: «;» between, «.» at the end."""
    listing = list(every)
    return [
        {
            "текст": text(words.stated(s)),
            "код": s.code if words.has_figure(s) else "",
            "знак": "." if n == len(listing) else ";",
        }
        for n, s in enumerate(listing, 1)
    ]


def problem(named: NamedProblem) -> Fields:
    """A problem with its evidence and who closes it."""
    evidence = words.evidence(named)
    return {
        "номер": str(named.number),
        "текст": sentence(named.text, evidence),
        "слова": sentence(named.text, evidence).rstrip("."),
        "код": named.statement.code if named.statement and evidence else "",
        "закроют": ended(text(words.closing(named))),
    }


PROBLEM: Fields = dict.fromkeys(("номер", "текст", "слова", "код", "закроют"), "")


def sentence(text_before: str, evidence: str = "") -> str:
    """The words with their evidence in brackets and a full stop."""
    text_before = text(text_before).rstrip(".")
    return f"{text_before} ({evidence})." if evidence else f"{text_before}."


def ended(sentence_before: str) -> str:
    """With a full stop; nothing stays nothing."""
    return f"{sentence_before}." if sentence_before else ""


def deadline(item: DocumentItem) -> str:
    """When it is due, or a place that tells what the source had; a line may break within a long one."""
    return item.deadline.replace(NB, " ") or place(f"срок; в источнике был {item.was_due}" if item.was_due else "срок")


def who(item: DocumentItem) -> str:
    """Who answers for it, or a place."""
    return text(item.responsible) or place("должность или отдел")


def row(item: DocumentItem) -> dict[str, Any]:
    """An item with all that is known of it."""
    return {
        "номер": item.number,
        "текст": f"{text(item.text).rstrip('.')}.",
        "пояснение": words.answers(item),
        "организации": text(words.first_of_all([item])),
        "срок": deadline(item),
        "ответственный": who(item),
        "назван": bool(item.responsible),
    }


ROW: Fields = {
    **dict.fromkeys(("номер", "текст", "пояснение", "организации", "срок", "ответственный"), ""),
    "назван": True,
}


def groups(items: Iterable[DocumentItem]) -> list[Fields]:
    """Items by addressee; one office has who answers for it in brackets behind its name."""
    return [_group(group) for group in by_addressee(items).values() if group[0].addressee]


def _group(group: Sequence[DocumentItem]) -> Fields:
    """Whom the items name is said once for all where they name the same, else behind each."""
    responsible = {item.responsible for item in group}
    office = posts.one_office(group[0].addressee_name)
    named = {item.organisations for item in group if item.organisations}
    once = len(named) == 1 and len(group) > 1
    rows = [row(item) for item in group]
    return {
        "номер": group[0].number.partition(".")[0],
        "кому": text(group[0].addressee_name),
        "в_скобках": f" ({who(group[0])})" if office and len(responsible) == 1 else "",
        "сначала": text(words.first_of_all(group)),
        "вместе": text(words.first_of_all(group)) if once else "",
        "пункты": [{**fields, "организации": ""} for fields in rows] if once else rows,
    }


GROUP: Fields = {**dict.fromkeys(("номер", "кому", "в_скобках", "сначала", "вместе"), ""), "пункты": [ROW]}


def alone(items: Iterable[DocumentItem]) -> list[Fields]:
    """Items that are addressed to nobody: points of their own."""
    return [row(item) for item in items if not item.addressee]


def notes(document: Document) -> Iterable[str]:
    """How to read the figures, and of which state they are."""
    if not any(map(words.has_figure, document.every_statement)) and document.own is None:
        return
    if document.audience is Audience.OUTSIDE:
        yield (
            "Доли приведены в целых процентах, численность — примерно, организации не названы: "
            "так результаты показывают за пределами управления."
        )
    if document.invented:
        yield DEMONSTRATION
    yield f"Числа — на {date_ru(document.day)}, снимок {document.sha256[:12]}."
    if any(map(words.has_figure, document.noted)):
        yield "Код после числа называет показатель:"


__all__ = [
    "GROUP",
    "HEAD",
    "PROBLEM",
    "ROW",
    "SUBJECT",
    "alone",
    "deadline",
    "ended",
    "groups",
    "head",
    "here",
    "lines",
    "notes",
    "or_place",
    "problem",
    "row",
    "sections",
    "sentence",
    "statements",
    "who",
    "word",
]
