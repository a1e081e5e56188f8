"""The letter to organisations: figures by level, what all are asked to do, an appendix by addressee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from proforient.catalogue.entries import Catalogue
from proforient.documents import pieces, words
from proforient.documents.blanks import place, text
from proforient.documents.composing import Composing, by_addressee, numbered
from proforient.documents.contents import Contents
from proforient.documents.offices import Office
from proforient.documents.pieces import SUBJECT
from proforient.documents.record import Audience, Document, DocumentItem, DocumentKind, Fields, NamedProblem
from proforient.documents.state import DocumentState
from proforient.wording import period_in, uncapital

RECIPIENT = "Руководителям образовательных организаций"
_NOT_HERE = "Рекомендаций, обращённых не к организациям, в письме нет: {}"


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """The levels of the headline, every problem that the audience may read, and what organisations are asked for."""
    composing = Composing(state, audience, day)
    problems, left_out = composing.problems()
    own, above = _kinds_of_addressees(state.catalogue)
    if given.items is None:
        general, answering, elsewhere = _proposed(composing, problems, own, above)
    else:
        items = [composing.given(item, problems) for item in given.items]
        general = [i for i in items if i.addressee not in own]
        answering, elsewhere = [i for i in items if i.addressee in own], 0
    groups = by_addressee(i for code in own for i in answering if i.addressee == code)
    return composing.document(
        KIND.code,
        given,
        problems,
        tuple(i for n, group in enumerate(groups.values(), 1) for i in numbered(group, f"{n}.")),
        general=numbered(general),
        left_out=(*left_out, *([_NOT_HERE.format(elsewhere)] if elsewhere else [])),
    )


def _proposed(
    composing: Composing, problems: tuple[NamedProblem, ...], own: list[str], above: set[str]
) -> tuple[list[DocumentItem], list[DocumentItem], int]:
    """To all, to kinds of organisations, and how many recommendations are left out: they are not for organisations."""
    suggested = composing.answering(problems)
    answering = [composing.item(a, answered) for a, answered in suggested if a.addressee not in above]
    to_all = [composing.item(a) for a in composing.state.advice.general if a.addressee not in above]
    general = [*to_all, *(item for item in answering if item.addressee not in own)]
    return general, [i for i in answering if i.addressee in own], len(suggested) - len(answering)


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
        **pieces.head(document, office),
        "адрес": pieces.lines(office.address, "address"),
        "получатель": RECIPIENT,
        "заголовок": f"О результатах мониторинга {SUBJECT} {when}",
        "вступление": _opening(document, office),
        "показатели": pieces.statements(document.statements),
        "итог": words.summary(document.statements),
        "поручение": _handover(document, office),
        "общие": [{**pieces.row(item), "текст": _general_text(item)} for item in document.general],
        "листов": place("число"),
        "исполнитель": pieces.word(office.executor, "executor"),
        "приложение_к": list(_appendix_of(office)),
        "проблемы_вводные": f"По итогам анализа {uncapital(words.problems_found(document.problems))}",
        "проблемы": [pieces.problem(problem) for problem in document.problems],
        "рекомендации_вводные": _formed(document, office),
        "группы": pieces.groups(document.items),
    }


def _opening(document: Document, office: Office) -> str:
    ground = pieces.word(office.ground, "ground")
    when, where = period_in(document.period), pieces.here(document, office)
    return f"По результатам мониторинга {SUBJECT}, представленным {ground}, {where} {when} выявлено:"


def _handover(document: Document, office: Office) -> str:
    name = pieces.word(office.name, "name")
    if not document.items:
        return f"{name} направляет результаты мониторинга для ознакомления и дальнейшей работы."
    return (
        f"Проанализировав результаты мониторинга, {name} направляет адресные рекомендации для ознакомления "
        "и дальнейшей работы (приложение)."
    )


def _general_text(item: DocumentItem) -> str:
    """To whom, where it is not everybody to whom the letter is addressed."""
    sentence = text(item.text).rstrip(".")
    addressed = "" if item.addressee_name == RECIPIENT else text(item.addressee_name)
    return f"{addressed}: {uncapital(sentence)}." if addressed else f"{sentence}."


def _appendix_of(office: Office) -> Iterable[str]:
    yield "Приложение"
    yield f"к письму {pieces.word(office.name_gen, 'name_gen')}"
    yield f"от {place('дата')} № {place('номер')}"


def _formed(document: Document, office: Office) -> str:
    whose = pieces.word(office.territory_gen, "territory_gen", document)
    return (
        f"Учитывая вышеизложенное и в целях функционирования системы {SUBJECT} {whose}, "
        f"{words.items_formed(document.items)}{':' if document.items else '.'}"
    )


def template() -> bytes:
    """Our own; imported here, because the library that makes it takes a while and is seldom needed."""
    from proforient.documents.kinds.letter_template import made_template

    return made_template()


NAMES: Fields = {
    **pieces.HEAD,
    **dict.fromkeys(("получатель", "заголовок", "вступление", "итог", "поручение"), ""),
    **dict.fromkeys(("листов", "исполнитель", "проблемы_вводные", "рекомендации_вводные"), ""),
    **{name: [""] for name in ("адрес", "приложение_к")},
    "показатели": [{"текст": "", "код": "", "знак": ""}],
    "общие": [pieces.ROW],
    "проблемы": [pieces.PROBLEM],
    "группы": [pieces.GROUP],
}
KIND = DocumentKind(
    code="letter",
    title="Письмо организациям",
    compose=compose,
    fields=fields,
    template=template,
    names=NAMES,
    decides=True,
)

__all__ = ["KIND"]
