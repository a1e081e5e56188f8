"""What the catalogue suggests for a problem: to whom, by when, and from which document it comes."""

from __future__ import annotations

from dataclasses import dataclass

from proforient.catalogue.entries import Action, Catalogue, Deadline, Source
from proforient.wording import date_ru, deadline

EVERYBODY = "*"

KINDS = {
    "letter": "письмо",
    "protocol": "протокол",
    "resolution": "резолюция",
    "decision": "решение",
    "presentation": "презентация",
    "law": "закон",
    "statistics": "статистика",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A recommendation. ``addressee_name`` is in the dative, ``source_text`` empty where no source is known;
    ``short`` and ``addressee_short`` say the same for a slide."""

    code: str
    addressee: str
    addressee_name: str
    text: str
    short: str
    addressee_short: str
    deadline: Deadline
    deadline_text: str
    source_text: str


def actions(catalogue: Catalogue, problem_code: str) -> list[Suggested]:
    """The recommendations that answer the problem, in the catalogue's order; none for a problem that it lacks."""
    return [_suggested(catalogue, a) for a in catalogue.actions.values() if problem_code in a.answers]


def general(catalogue: Catalogue) -> list[Suggested]:
    """The recommendations that answer no problem of their own: to every addressee, and general ones."""
    return [_suggested(catalogue, a) for a in catalogue.actions.values() if a.answers in ((), (EVERYBODY,))]


def _suggested(catalogue: Catalogue, action: Action) -> Suggested:
    addressee = catalogue.addressees.get(action.addressee)
    return Suggested(
        code=action.code,
        addressee=action.addressee,
        addressee_name=addressee.dative if addressee else action.addressee,
        text=action.text,
        short=action.short or action.text,
        addressee_short=(addressee.short or addressee.dative) if addressee else action.addressee,
        deadline=action.deadline,
        deadline_text=deadline(action.deadline),
        source_text=_source_text(catalogue.sources.get(action.source or ""), action.place),
    )


def _source_text(source: Source | None, place: str) -> str:
    """«письмо № 837/1 от 04.05.2023, прил. 1, п. 2»; a document without a number is called by its title, too."""
    if source is None:
        return place
    words = KINDS.get(source.kind, source.kind)
    if source.number:
        words += f" №\u00a0{source.number}"
    if source.date:
        exact = not source.date_is
        words += (
            f" от\u00a0{date_ru(source.date, 'digits')}" if exact else f" не ранее {date_ru(source.date, 'digits')}"
        )
    if not source.number:
        words += f" «{source.title}»" if "«" not in source.title else f": {source.title}"
    return f"{words}, {place}" if place else words
