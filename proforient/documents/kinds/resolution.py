"""The resolution of a conference: event, platforms, participants by number, problems, practices, recommendations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from proforient.documents import pieces, posts, words
from proforient.documents.blanks import place, text
from proforient.documents.composing import Composing, in_groups
from proforient.documents.contents import Conference, Contents, Platform, Practice, Review
from proforient.documents.offices import Office
from proforient.documents.record import Audience, Document, DocumentKind, Fields
from proforient.documents.state import DocumentState
from proforient.wording import date_ru, join, quoted, uncapital

_REVIEWS = {
    Review.PROPOSED: "предложена",
    Review.RECOMMENDED: "рекомендована к распространению",
    Review.SPREAD: "распространена",
}


def compose(state: DocumentState, audience: Audience, day: dt.date, given: Contents) -> Document:
    """The problems that the audience may read, and every item by addressee."""
    composing = Composing(state, audience, day)
    problems, left_out = composing.problems()
    items = in_groups(composing.items(given, problems))
    return composing.document(KIND.code, given, problems, items, left_out=left_out)


def fields(document: Document, office: Office) -> Fields:
    """The words of the resolution by the names that a template prints."""
    event, names = document.contents.conference, document.names
    return {
        **pieces.head(document, office),
        "конференция": pieces.or_place(event.name, "название конференции"),
        "конференции": text(posts.event_of(event.name)) or place("название конференции"),
        "тема": quoted(text(event.theme)) if event.theme else "",
        "состоялась": _held(event),
        "организатор": f"Организатор конференции — {pieces.or_place(event.organiser, 'кто')}.",
        "цель": f"Конференция стала площадкой {text(event.purpose)}." if event.purpose else "",
        "участники": _attended(event),
        "площадки": [{"номер": str(n), "текст": _platform(p)} for n, p in enumerate(_platforms(event), 1)],
        "рассмотрено": _considered(event),
        "столы": [_table(p, names) for p in event.platforms if p.form],
        "проблемы": [_problem(document, n) for n in range(len(document.problems))],
        "практики_вводные": _practices_told(document.contents.practices),
        "практики": [_practice(p, document) for p in document.contents.practices],
        "отдельные": pieces.alone(document.items),
        "группы": pieces.groups(document.items),
        "принята": date_ru(event.day) if event.day else place("дата"),
    }


def _held(event: Conference) -> str:
    day = date_ru(event.day) if event.day else place("дата")
    within = f" в рамках реализации {text(event.programme)}" if event.programme else ""
    theme = f" {quoted(text(event.theme))}" if event.theme else ""
    where = f" ({text(event.place)})" if event.place else ""
    return f"{day}{within} состоялась {pieces.or_place(event.name, 'название конференции')}{theme}{where}."


def _attended(event: Conference) -> str:
    attendance = words.attended(event.participants, event.organisations)
    return f"В конференции {attendance or place('сколько человек из скольких организаций')}."


def _platforms(event: Conference) -> Iterable[Platform]:
    return (p for p in event.platforms if not p.form)


def _platform(platform: Platform) -> str:
    return f"{text(platform.name).rstrip('.')}."


def _considered(event: Conference) -> str:
    """«На площадках были рассмотрены …, представлены …»: of two lists that may be empty."""
    parts = []
    if event.considered:
        parts.append(f"рассмотрены {join([text(one) for one in event.considered])}")
    if event.shown:
        parts.append(f"представлены {'; '.join(text(one) for one in event.shown)}")
    return f"На площадках были {', '.join(parts)}." if parts else ""


def _table(platform: Platform, names: Mapping[str, str]) -> str:
    about = f"Обсуждение {text(platform.about)} состоялось" if platform.about else "Обсуждение состоялось"
    paragraph = f"{about} в формате: {text(platform.form)} {quoted(text(platform.name))}."
    who = [text(names.get(code, code)) for code in platform.organisations]
    if who:
        verb = "представила" if len(who) == 1 else "представили"
        paragraph += f" На нём {text(platform.presented) or 'свой опыт'} {verb} {join(who)}."
    return paragraph


def _problem(document: Document, at: int) -> Fields:
    found = document.problems[at]
    problem_fields = pieces.problem(found)
    if not (found.judged and found.experts):
        return problem_fields
    said = pieces.sentence(found.experts)
    return {**problem_fields, "текст": said, "слова": said.rstrip(".")}


def _practices_told(practices: Sequence[Practice]) -> str:
    return "Участники конференции отмечают практики:" if practices else ""


def _practice(practice: Practice, document: Document) -> Fields:
    """What, whose, by whom (a post), for which level, and how far it has come."""
    whose = text(document.names.get(practice.organisation, practice.organisation))
    level = document.catalogue.levels.get(practice.level)
    about = [practice.form, practice.author, uncapital(level.name) if level else ""]
    subject = ", ".join(text(one) for one in (whose, *about) if one)
    answered = [p.number for p in document.problems if p.code in practice.answers]
    answers = words.answers_to(answered)
    file = f"Описание: файл {quoted(text(practice.file.name))}" if practice.file else ""
    return {
        "текст": f"{quoted(text(practice.title))} ({subject}) — {_REVIEWS[practice.review]}.",
        "пояснение": answers,
        "ссылка": text(practice.link) or file,
    }


def template() -> bytes:
    """Our own."""
    from proforient.documents.kinds.resolution_template import made_template

    return made_template()


NAMES: Fields = {
    **pieces.HEAD,
    **dict.fromkeys(
        ("конференция", "конференции", "тема", "состоялась", "организатор", "цель", "участники", "рассмотрено"), ""
    ),
    **dict.fromkeys(("практики_вводные", "принята"), ""),
    "площадки": [{"номер": "", "текст": ""}],
    "столы": [""],
    "проблемы": [pieces.PROBLEM],
    "практики": [{"текст": "", "пояснение": "", "ссылка": ""}],
    "отдельные": [pieces.ROW],
    "группы": [pieces.GROUP],
}
KIND = DocumentKind(
    code="resolution",
    title="Резолюция конференции",
    compose=compose,
    fields=fields,
    template=template,
    names=NAMES,
    about="conference",
    decides=True,
)

__all__ = ["KIND"]
