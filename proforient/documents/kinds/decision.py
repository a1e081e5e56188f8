"""The decision of a collegium: what was heard, what the figures say, items by addressee with deadlines, control."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from proforient.documents import pieces, posts, words
from proforient.documents.blanks import place, text
from proforient.documents.composing import Composing, by_addressee, in_groups
from proforient.documents.contents import Contents, Meeting
from proforient.documents.measures import measures_summary
from proforient.documents.offices import Office
from proforient.documents.record import Audience, Document, DocumentKind, Fields, Statement
from proforient.documents.state import DocumentState
from proforient.monitoring import Verdict
from proforient.wording import capital, date_ru, period_in, quoted

_UNKNOWN = (Verdict.NO_DATA, Verdict.NOT_ASKED)


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """The known figures of the levels, the problems, and every item by addressee."""
    composing = Composing(state, audience, day)
    problems, left_out = composing.problems()
    items = in_groups(composing.items(given, problems))
    made = composing.document(KIND.code, given, problems, items, left_out=left_out)
    return replace(made, statements=tuple(s for s in made.statements if _known(s)))


def _known(statement: Statement) -> bool:
    return statement.coverage is None or statement.coverage.verdict not in _UNKNOWN


def fields(document: Document, office: Office) -> Fields:
    """The words of the decision by the names that a template prints."""
    meeting = document.contents.meeting
    body = text(meeting.body) or "коллегия"
    last = len([group for group in by_addressee(document.items).values() if group[0].addressee])
    return {
        **pieces.head(document, office),
        **meeting_words(meeting, office),
        "органа": text(posts.body_of(body)),
        "о_чём": "" if meeting.theme else f"О результатах мониторинга {pieces.SUBJECT} {period_in(document.period)}",
        "преамбула": _preamble(meeting, document),
        "исполнение": text(measures_summary(document.measures, document.day)),
        "отмечает": f"{capital(body)} отмечает:".upper() if document.statements or document.problems else "",
        "показатели": pieces.statements(document.statements),
        "итог": words.summary(document.statements),
        "проблемы_вводные": words.problems_found(document.problems) if document.problems else "",
        "проблемы": [pieces.problem(problem) for problem in document.problems],
        "рекомендует": f"{capital(body)} рекомендует:".upper(),
        "отдельные": pieces.alone(document.items),
        "группы": pieces.groups(document.items),
        "контроль_номер": str(last + len(pieces.alone(document.items)) + 1),
        "контроль": f"Контроль за исполнением решения возложить на {_controller(meeting.control, office)}.",
    }


def meeting_words(meeting: Meeting, office: Office) -> dict[str, str]:
    """What every paper of a meeting has: number, day, place, theme, who signs."""
    return {
        "номер": pieces.or_place(meeting.number, "номер"),
        "дата": date_ru(meeting.day) if meeting.day else place("дата"),
        "место": pieces.or_place(meeting.place or office.city, "место"),
        "тема": quoted(text(meeting.theme)) if meeting.theme else "",
        "председатель": capital(text(meeting.chair)) or "Председатель",
        "секретарь": capital(text(meeting.secretary)) or "Секретарь",
        "расшифровка": place("И.О. Фамилия"),
    }


def _controller(post: str, office: Office) -> str:
    """In the accusative; where the form is not known, the place says which post is meant."""
    return text(posts.whom(post, office.posts)) or place(f"кого: {text(post) or 'должность'}")


def _preamble(meeting: Meeting, document: Document) -> str:
    heard = [text(one) for one in meeting.heard]
    if not heard:
        heard = [f"результаты мониторинга {pieces.SUBJECT} {period_in(document.period)}"]
    preamble = f"Заслушав и обсудив {', '.join(heard)},"
    taken = [text(one) for one in meeting.considering]
    return f"{preamble} учитывая {', '.join(taken)}," if taken else preamble


def template() -> bytes:
    """Our own."""
    from proforient.documents.kinds.decision_template import made_template

    return made_template()


MEETING: Fields = dict.fromkeys(("номер", "дата", "место", "тема", "председатель", "секретарь", "расшифровка"), "")
NAMES: Fields = {
    **pieces.HEAD,
    "исполнение": "",
    **MEETING,
    **dict.fromkeys(("органа", "о_чём", "преамбула", "отмечает", "итог", "проблемы_вводные", "рекомендует"), ""),
    **dict.fromkeys(("контроль_номер", "контроль"), ""),
    "показатели": [{"текст": "", "код": "", "знак": ""}],
    "проблемы": [pieces.PROBLEM],
    "отдельные": [pieces.ROW],
    "группы": [pieces.GROUP],
}
KIND = DocumentKind(
    code="decision",
    title="Решение коллегии",
    compose=compose,
    fields=fields,
    template=template,
    names=NAMES,
    about="meeting",
    decides=True,
)

__all__ = ["KIND", "MEETING", "meeting_words"]
