"""The first form of what people give a document beside the figures: items, meeting, conference, practices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

FORM = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineV1:
    form: str
    date: dt.date | None
    year: int | None
    until: int | None
    day: str
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItemV1:
    key: str
    text: str
    addressee: str
    responsible: str
    deadline: DeadlineV1
    answers: tuple[str, ...]
    organisations: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPointV1:
    question: str
    speaker: str
    co_speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesV1:
    """Whole numbers of people; None: nobody has counted."""

    yes: int | None
    no: int | None
    abstained: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingV1:
    """``agenda_votes`` for the agenda, ``votes`` for what was decided."""

    body: str
    number: str
    day: dt.date | None
    place: str
    theme: str
    chair: str
    secretary: str
    present: tuple[str, ...]
    invited: tuple[str, ...]
    agenda: tuple[AgendaPointV1, ...]
    heard: tuple[str, ...]
    considering: tuple[str, ...]
    agenda_votes: VotesV1
    votes: VotesV1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformV1:
    name: str
    organisations: tuple[str, ...]
    form: str
    about: str
    presented: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceV1:
    name: str
    theme: str
    day: dt.date | None
    place: str
    organiser: str
    programme: str
    purpose: str
    platforms: tuple[PlatformV1, ...]
    considered: tuple[str, ...]
    shown: tuple[str, ...]
    participants: int | None
    organisations: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeV1:
    title: str
    organisation: str
    level: str
    form: str
    author: str
    review: str  # proposed | recommended | spread
    link: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePaperV1:
    kind: str
    title: str
    number: str
    day: dt.date | None
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStepV1:
    name: str
    papers: tuple[CyclePaperV1, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodEventV1:
    day: dt.date
    form: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleV1:
    ground: CyclePaperV1 | None
    aim: str
    steps: tuple[CycleStepV1, ...]
    events: tuple[MethodEventV1, ...]
    method_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsV1:
    """``items`` None: nobody has chosen."""

    form: str
    items: tuple[DraftItemV1, ...] | None
    meeting: MeetingV1
    conference: ConferenceV1
    practices: tuple[PracticeV1, ...]
    cycle: CycleV1


__all__ = [
    "FORM",
    "AgendaPointV1",
    "ConferenceV1",
    "ContentsV1",
    "CyclePaperV1",
    "CycleStepV1",
    "CycleV1",
    "DeadlineV1",
    "DraftItemV1",
    "MeetingV1",
    "MethodEventV1",
    "PlatformV1",
    "PracticeV1",
    "VotesV1",
]
