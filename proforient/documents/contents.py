"""What people give a document beside the figures: its items, the meeting, the conference, practices.

Posts and offices stand for persons everywhere. All may be empty: a kind then proposes what the state gives, or prints
a place to fill.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from proforient.advice.due import NONE
from proforient.catalogue.entries import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """One item as the department has put it; its place in ``Contents.items`` is its order.

    ``key`` stays the same through all versions of a draft and of its measures. ``addressee`` is a code of the
    catalogue, or the words of an office of one's own in the dative; ``answers`` are codes of problems,
    ``organisations`` codes of those that are named in it; ``action`` is the recommendation that it was taken from.
    """

    key: str
    text: str
    addressee: str
    responsible: str = ""
    deadline: Deadline = NONE
    answers: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPoint:
    """A question of a meeting: «О …», and the post of who speaks, in the nominative.

    ``decided``: what was decided on it besides the document's items.
    """

    question: str
    speaker: str = ""
    co_speaker: str = ""  # who spoke of the shortcomings
    decided: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Whole numbers of people; None where nobody has counted."""

    yes: int | None = None
    no: int | None = None
    abstained: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of the working group or the collegium; ``present`` are posts, chair and secretary among them."""

    body: str = ""  # «рабочая группа», in the genitive where a template asks for it
    number: str = ""
    day: dt.date | None = None
    place: str = ""
    theme: str = ""
    chair: str = ""
    secretary: str = ""
    control: str = ""  # the post that sees to it that the decision is carried out, nominative
    present: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    heard: tuple[str, ...] = ()  # what was considered: plans, models, questions
    considering: tuple[str, ...] = ()  # what was taken into account: criteria, tasks
    agenda_votes: Votes = Votes()  # for the agenda
    votes: Votes = Votes()  # for what was decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A part of a conference; ``organisations`` are codes of who presented there.

    ``form`` is what it was where it was no platform («круглый стол»), ``presented`` what was presented there
    («управленческая система работы»), ``about`` what was discussed, in the genitive («проблем управления …»).
    """

    name: str
    organisations: tuple[str, ...] = ()
    form: str = ""
    about: str = ""
    presented: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """A conference: ``participants`` are people, ``organisations`` how many organisations they came from."""

    name: str = ""
    theme: str = ""
    day: dt.date | None = None
    place: str = ""
    organiser: str = ""
    programme: str = ""  # the programme of the municipality within which it was held
    purpose: str = ""  # «для обсуждения …»
    platforms: tuple[Platform, ...] = ()
    considered: tuple[str, ...] = ()  # what the platforms considered
    shown: tuple[str, ...] = ()  # what was presented there
    participants: int | None = None
    organisations: int | None = None


class Review(StrEnum):
    """How far a practice has come."""

    PROPOSED = "proposed"
    RECOMMENDED = "recommended"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFile:
    """A kept file in which a practice is described; ``size`` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What one organisation does well: ``author`` is a post, ``answers`` codes of problems.

    It is described at the address ``link`` or in the ``file``.
    """

    title: str
    organisation: str
    level: str = ""
    form: str = ""
    author: str = ""
    review: Review = Review.PROPOSED
    link: str = ""
    answers: tuple[str, ...] = ()
    file: PracticeFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePaper:
    """A paper of the management cycle; ``kind`` with whose it is: «Приказ Управления образования»."""

    kind: str
    title: str = ""
    number: str = ""
    day: dt.date | None = None
    period: str = ""  # where no day is known: «январь 2022 года»


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStep:
    """A step of the management cycle with the papers that prove it."""

    name: str
    papers: tuple[CyclePaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodEvent:
    """An event for those who answer for career guidance: «Семинар-практикум», its theme."""

    day: dt.date
    form: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """How a municipality manages the work: ``aim`` what for, ``method_place`` where its specialists are taught."""

    ground: CyclePaper | None = None
    aim: str = ""
    steps: tuple[CycleStep, ...] = ()
    events: tuple[MethodEvent, ...] = ()
    method_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """``items`` None: nobody has chosen, the kind proposes those of the territory's recommendations."""

    items: tuple[DraftItem, ...] | None = None
    meeting: Meeting = Meeting()
    conference: Conference = Conference()
    practices: tuple[Practice, ...] = ()
    cycle: Cycle = Cycle()


NOTHING = Contents()

__all__ = [
    "NOTHING",
    "AgendaPoint",
    "Conference",
    "Contents",
    "Cycle",
    "CyclePaper",
    "CycleStep",
    "DraftItem",
    "Meeting",
    "MethodEvent",
    "Platform",
    "Practice",
    "PracticeFile",
    "Review",
    "Votes",
]
