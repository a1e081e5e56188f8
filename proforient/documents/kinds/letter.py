"""The letter to organisations: figures by level, what all are asked to do, an appendix by addressee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences import DEMONSTRATION
from proforient.documents import words
from proforient.documents.composing import Composing, by_addressee, numbered
from proforient.documents.contents import Contents
from proforient.documents.offices import KEYS, Office
from proforient.documents.places import place, text
from proforient.documents.record import Audience, Document, DocumentItem, DocumentKind, Fields, Statement
from proforient.documents.state import DocumentState
from proforient.monitoring import territory_name
from proforient.wording import NB, date_ru, period_in, uncapital

RECIPIENT = "Руководителям образовательных организаций"
SUBJECT = "сопровождения профессионального самоопределения обучающихся"
_NOT_HERE = "Рекомендаций, обращённых не к организациям, в письме нет: {}"


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """The levels of the headline, every problem that the audience may read, and what organisations are asked for."""
    composing, snapshot = Composing(state, audience, day), state.snapshot
    problems, left_out = composing.problems()
    own, above = _kinds_of_addressees(state.catalogue)
    suggested = composing.answering(problems)
    answering = [composing.item(a, answered) for a, answered in suggested if a.addressee not in above]
    to_all = [composing.item(a) for a in state.advice.general if a.addressee not in above]
    general = [*to_all, *(item for item in answering if item.addressee not in own)]
    groups = by_addressee(i for code in own for i in answering if i.addressee == code)
    elsewhere = len(suggested) - len(answering)
    return Document(
        kind=KIND.code,
        audience=audience,
        territory=snapshot.territory,
        period=snapshot.period.code,
        cohort=snapshot.cohort,
        day=day,
        sha256=state.sha256,
        statements=tuple(composing.statement(c) for c in snapshot.levels),
        problems=problems,
        general=numbered(general),
        items=tuple(i for n, group in enumerate(groups.values(), 1) for i in numbered(group, f"{n}.")),
        invented=state.invented,
        left_out=(*left_out, *([_NOT_HERE.format(elsewhere)] if elsewhere else [])),
    )


def _kinds_of_addressees(catalogue: Catalogue) -> tuple[list[str], set[str]]:
    """The addressees of kinds of organisations in the catalogue's order, and those of the department itself."""
    own: set[str] = set()
    above: set[str] = set()
    for kind in catalogue.organisation_kinds.values():
        if kind.addressee is not None:
            authority = all(catalogue.levels[level].kind == "authority" for level in kind.proposes)
            (above if authority else own).add(kind.addressee)
    return [code for code in catalogue.addressees if code in own], above


def fields(document: Document, office: Office) -> Fields:
    """The words of the letter by the names that a template prints."""
    when = period_in(document.period)
    return {
        "служебное": document.audience is Audience.INTERNAL,
        "бланк": _lines(office.letterhead, "letterhead"),
        "адрес": _lines(office.address, "address"),
        "дата": place("дата"),
        "номер": place("номер"),
        "получатель": RECIPIENT,
        "территории": _word(office.territory_gen, "territory_gen", document),
        "заголовок": f"О результатах мониторинга {SUBJECT} {when}",
        "вступление": _opening(document, office),
        "показатели": _statements(document.statements),
        "итог": words.summary(document.statements),
        "поручение": _handover(document, office),
        "общие": [
            {"номер": item.number, "текст": _general_text(item), "срок": _deadline(item), "ответственный": _who(item)}
            for item in document.general
        ],
        "листов": place("число"),
        "должность": _lines(office.post, "post"),
        "подпись": _word(office.signatory, "signatory"),
        "исполнитель": _word(office.executor, "executor"),
        "приложение_к": _appendix_of(document, office),
        "проблемы_вводные": words.problems_found(document.problems),
        "проблемы": [
            {
                "номер": str(problem.number),
                "текст": _sentence(problem.text, words.evidence(problem)),
                "код": problem.statement.code if problem.statement and words.evidence(problem) else "",
                "закроют": _ended(text(words.closing(problem))),
            }
            for problem in document.problems
        ],
        "рекомендации_вводные": _formed(document),
        "группы": [
            {
                "номер": str(n),
                "кому": group[0].addressee_name,
                "сначала": text(words.first_of_all(group)),
                "пункты": [_row(item) for item in group],
            }
            for n, group in enumerate(by_addressee(document.items).values(), 1)
        ],
        "примечания": list(_notes(document)),
        "источники": [{"код": s.code, "что": s.source} for s in document.every_statement if words.has_figure(s)],
    }


def _lines(given: tuple[str, ...], key: str) -> list[str]:
    return [text(line) for line in given] or [place(KEYS[key])]


def _word(given: str, key: str, document: Document | None = None) -> str:
    hint = f": {text(territory_name(document.territory))}" if document else ""
    return text(given) or place(KEYS[key] + hint)


def _opening(document: Document, office: Office) -> str:
    where = text(office.territory_prep)
    where = f"в{NB}{where}" if where else f"в{NB}{_word('', 'territory_prep', document)}"
    ground = text(office.ground) or place(KEYS["ground"])
    when = period_in(document.period)
    return f"По результатам мониторинга {SUBJECT}, представленным {ground}, {where} {when} выявлено:"


def _statements(statements: Iterable[Statement]) -> list[Fields]:
    every = list(statements)
    return [
        {
            "текст": text(words.stated(s)),
            "код": s.code if words.has_figure(s) else "",
            "знак": "." if n == len(every) else ";",
        }
        for n, s in enumerate(every, 1)
    ]


def _handover(document: Document, office: Office) -> str:
    name = _word(office.name, "name")
    if not document.items:
        return f"{name} направляет результаты мониторинга для ознакомления и{NB}дальнейшей работы."
    return (
        f"Проанализировав результаты мониторинга, {name} направляет адресные рекомендации для ознакомления "
        "и дальнейшей работы (приложение)."
    )


def _general_text(item: DocumentItem) -> str:
    """To whom, where it is not everybody to whom the letter is addressed."""
    told = text(item.text).rstrip(".")
    addressed = "" if item.addressee_name == RECIPIENT else item.addressee_name
    return f"{addressed}: {uncapital(told)}." if addressed else f"{told}."


def _deadline(item: DocumentItem) -> str:
    return item.deadline or place(f"срок; в источнике был {item.was_due}" if item.was_due else "срок")


def _who(item: DocumentItem) -> str:
    return text(item.responsible) or place("должность или отдел")


def _appendix_of(document: Document, office: Office) -> list[str]:
    return [
        "Приложение",
        f"к письму {place('наименование органа в родительном падеже')}",
        f"от {place('дата')} № {place('номер')}",
    ]


def _sentence(told: str, evidence: str) -> str:
    """The problem's words with its evidence in brackets and a full stop."""
    told = text(told).rstrip(".")
    return f"{told} ({evidence})." if evidence else f"{told}."


def _ended(told: str) -> str:
    return f"{told}." if told else ""


def _formed(document: Document) -> str:
    return f"Учитывая вышеизложенное, {words.items_formed(document.items)}{':' if document.items else '.'}"


def _row(item: DocumentItem) -> Fields:
    return {
        "номер": item.number,
        "текст": f"{text(item.text).rstrip('.')}.",
        "пояснение": words.answers(item),
        "срок": _deadline(item),
        "ответственный": _who(item),
    }


def _notes(document: Document) -> Iterable[str]:
    if document.audience is Audience.OUTSIDE:
        yield (
            "Доли приведены в целых процентах, численность — примерно, организации не названы: "
            "так результаты показывают за пределами управления."
        )
    if document.invented:
        yield DEMONSTRATION
    yield f"Числа — на {date_ru(document.day)}, снимок {document.sha256[:12]}."
    if any(map(words.has_figure, document.every_statement)):
        yield "Код после числа называет показатель:"


def template() -> bytes:
    """Our own; imported here, because the library that makes it takes a while and is seldom needed."""
    from proforient.documents.kinds.letter_template import made_template

    return made_template()


_ROW = {"номер": "", "текст": "", "срок": "", "ответственный": ""}
NAMES: Fields = {
    **dict.fromkeys(("дата", "номер", "получатель", "территории", "заголовок", "вступление", "итог", "поручение"), ""),
    **dict.fromkeys(("листов", "подпись", "исполнитель", "проблемы_вводные", "рекомендации_вводные"), ""),
    **{name: [""] for name in ("бланк", "адрес", "должность", "приложение_к", "примечания")},
    "служебное": True,
    "показатели": [{"текст": "", "код": "", "знак": ""}],
    "общие": [_ROW],
    "проблемы": [{"номер": "", "текст": "", "код": "", "закроют": ""}],
    "группы": [{"номер": "", "кому": "", "сначала": "", "пункты": [{**_ROW, "пояснение": ""}]}],
    "источники": [{"код": "", "что": ""}],
}
KIND = DocumentKind(
    code="letter", title="Письмо организациям", compose=compose, fields=fields, template=template, names=NAMES
)

__all__ = ["KIND"]
