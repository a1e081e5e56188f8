"""The protocol of a working group: present by post, agenda, heard, shortcomings by group, decisions, votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from proforient.documents import pieces, posts, words
from proforient.documents.blanks import place, text
from proforient.documents.composing import Composing, in_groups, numbered
from proforient.documents.contents import AgendaPoint, Contents
from proforient.documents.kinds.decision import MEETING, meeting_words
from proforient.documents.measures import measures_summary
from proforient.documents.offices import Office
from proforient.documents.record import Audience, Document, DocumentKind, Fields, NamedProblem
from proforient.documents.state import DocumentState
from proforient.wording import capital, counted, period_in

_QUESTIONS = (
    f"О результатах мониторинга {pieces.SUBJECT} {{when}}",
    "О предложениях и адресных рекомендациях по повышению показателей мониторинга",
)
_ABOUT = (
    "о результатах проведённого мониторинга",
    "по формированию предложений и адресных рекомендаций по повышению показателей мониторинга",
)
TAKEN_NOTE = "Информацию о результатах мониторинга принять к сведению"
_ELSE = "По другим показателям"


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """The problems that the audience may read; items to all are decided on the first question, the others last."""
    composing = Composing(state, audience, day)
    problems, left_out = composing.problems()
    items = composing.items(given, problems)
    to_all = [item for item in items if item.addressee in ("", "everybody")]
    others = [item for item in items if item not in to_all]
    return composing.document(
        KIND.code, given, problems, in_groups(others), general=numbered(to_all), left_out=left_out
    )


def fields(document: Document, office: Office) -> Fields:
    """The words of the protocol by the names that a template prints."""
    meeting = document.contents.meeting
    body = text(meeting.body) or "рабочая группа"
    agenda = _agenda(document)
    return {
        **pieces.head(document, office),
        **meeting_words(meeting, office),
        "органа": text(posts.body_of(body)),
        "присутствовали": text(", ".join(meeting.present)) or place("кто: должности"),
        "присутствовало": counted(len(meeting.present), words.PEOPLE) if meeting.present else place("число"),
        "приглашены": text(", ".join(meeting.invited)),
        "повестка": [_question(n, point) for n, point in enumerate(agenda, 1)],
        "голоса_повестки": words.voted(meeting.agenda_votes),
        "исполнение": text(measures_summary(document.measures, document.day)),
        "вопросы": [_heard(document, office, n, len(agenda), point) for n, point in enumerate(agenda, 1)],
        "голоса": words.voted(meeting.votes),
    }


def _agenda(document: Document) -> tuple[AgendaPoint, ...]:
    given = document.contents.meeting.agenda
    when = period_in(document.period)
    return given or tuple(AgendaPoint(question=question.format(when=when)) for question in _QUESTIONS)


def _question(n: int, point: AgendaPoint) -> Fields:
    return {
        "номер": str(n),
        "текст": pieces.sentence(point.question, text(point.speaker)),
        "докладчик": "",  # it stands in the sentence; templates of departments may still name it
    }


def _heard(document: Document, office: Office, n: int, of: int, point: AgendaPoint) -> Fields:
    """A question: the first has the shortcomings, the last the items by addressee; a single one has both."""
    first, last = n == 1, n == of
    return {
        "слушали": f"{posts.on_question(n)} слушали {_speaker(point.speaker, office)} {_of(point, n, of)}.",
        "содокладчик": _shortcomings_told(document, office, point) if first else "",
        "недостатки": _shortcomings(document) if first else [],
        "решили": "Решили:",
        "общие": [pieces.row(item) for item in document.general] if first else [],
        "группы": pieces.groups(document.items) if last else [],
        "решение": _decided(point, document, first=first, last=last),
    }


def _decided(point: AgendaPoint, document: Document, *, first: bool, last: bool) -> str:
    """In words, beside the items: as it was typed, or that the results were heard where all is decided at the end."""
    if point.decided:
        return text(point.decided).rstrip(".")
    if (first and document.general) or (last and document.items):
        return ""
    return TAKEN_NOTE if first and document.items else place("что решили")


def _speaker(post: str, office: Office) -> str:
    if not post:
        return place("кого: должность")
    return text(posts.whom(post, office.posts)) or f"({text(post)})"


def _of(point: AgendaPoint, n: int, of: int) -> str:
    question = text(point.question).rstrip(".")
    if question.lower().startswith(("о ", "об ", "обо ")):
        return words.within(question)
    if n in (1, of):
        return _ABOUT[0 if n == 1 else 1]
    return f"по вопросу: {words.within(question)}"


def _shortcomings_told(document: Document, office: Office, point: AgendaPoint) -> str:
    if not document.problems:
        return words.problems_found(())
    who = f"Слушали {_speaker(point.co_speaker, office)}" if point.co_speaker else "Доложено"
    return f"{who} о выявленных недостатках в данном направлении работы:"


def _shortcomings(document: Document) -> list[Fields]:
    """By the numbered groups of the catalogue; what belongs to none comes last."""
    groups = [g for g in document.catalogue.groups.values() if g.number is not None]
    made: list[tuple[str, list[NamedProblem]]] = []
    left = list(document.problems)
    for group in sorted(groups, key=lambda g: g.number or 0):
        found = [p for p in left if group.code in document.catalogue.indicators[p.indicator].groups]
        left = [p for p in left if p not in found]
        if found:
            made.append((f"По показателям группы {group.number} «{group.name}»", found))
    made += [(_ELSE if made else "По показателям мониторинга", left)] if left else []
    return [
        {"номер": str(n), "название": f"{title}:", "пункты": list(_points(found))}
        for n, (title, found) in enumerate(made, 1)
    ]


def _points(found: Sequence[NamedProblem]) -> Iterable[Fields]:
    """The points of a list; where one of them tells who closes it they are sentences, each with its full stop."""
    sentences = any(problem.closing for problem in found)
    return (_shortcoming(p, sentence=sentences, last=p is found[-1]) for p in found)


def _shortcoming(problem: NamedProblem, *, sentence: bool, last: bool) -> Fields:
    shortcoming = text(problem.experts if problem.judged and problem.experts else problem.text).rstrip(".")
    shortcoming = capital(shortcoming) if sentence else words.within(shortcoming)
    evidence = words.evidence(problem)
    code = problem.statement.code if problem.statement and evidence else ""
    closing = text(words.closing(problem))
    return {
        "номер": str(problem.number),
        "текст": f"{shortcoming} ({evidence})" if evidence else shortcoming,
        "код": code,
        "закроют": f". {closing}." if closing else "." if last or sentence else ";",
    }


def template() -> bytes:
    """Our own."""
    from proforient.documents.kinds.protocol_template import made_template

    return made_template()


_POINT: Fields = {"номер": "", "текст": "", "код": "", "закроют": ""}
NAMES: Fields = {
    **pieces.HEAD,
    "исполнение": "",
    **MEETING,
    "органа": "",
    **dict.fromkeys(("присутствовали", "присутствовало", "приглашены", "голоса_повестки", "голоса"), ""),
    "повестка": [{"номер": "", "текст": "", "докладчик": ""}],
    "вопросы": [
        {
            **dict.fromkeys(("слушали", "содокладчик", "решили", "решение"), ""),
            "недостатки": [{"номер": "", "название": "", "пункты": [_POINT]}],
            "общие": [pieces.ROW],
            "группы": [pieces.GROUP],
        }
    ],
}
KIND = DocumentKind(
    code="protocol",
    title="Протокол рабочей группы",
    compose=compose,
    fields=fields,
    template=template,
    names=NAMES,
    about="meeting",
    decides=True,
)

__all__ = ["KIND"]
