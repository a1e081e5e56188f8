"""The second form of what people give a document beside the figures: a meeting says who controls."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

FORM = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineV2:
    form: str
    date: dt.date | None
    year: int | None
    until: int | None
    day: str
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItemV2:
    key: str
    text: str
    addressee: str
    responsible: str
    deadline: DeadlineV2
    answers: tuple[str, ...]
    organisations: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPointV2:
    question: str
    speaker: str
    co_speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesV2:
    """Whole numbers of people; None: nobody has counted."""

    yes: int | None
    no: int | None
    abstained: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingV2:
    """``agenda_votes`` for the agenda, ``votes`` for what was decided."""

    body: str
    number: str
    day: dt.date | None
    place: str
    theme: str
    chair: str
    secretary: str
    control: str
    present: tuple[str, ...]
    invited: tuple[str, ...]
    agenda: tuple[AgendaPointV2, ...]
    heard: tuple[str, ...]
    considering: tuple[str, ...]
    agenda_votes: VotesV2
    votes: VotesV2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformV2:
    name: str
    organisations: tuple[str, ...]
    form: str
    about: str
    presented: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceV2:
    name: str
    theme: str
    day: dt.date | None
    place: str
    organiser: str
    programme: str
    purpose: str
    platforms: tuple[PlatformV2, ...]
    considered: tuple[str, ...]
    shown: tuple[str, ...]
    participants: int | None
    organisations: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeV2:
    title: str
    organisation: str
    level: str
    form: str
    author: str
    review: str  # proposed | recommended | spread
    link: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePaperV2:
    kind: str
    title: str
    number: str
    day: dt.date | None
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStepV2:
    name: str
    papers: tuple[CyclePaperV2, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodEventV2:
    day: dt.date
    form: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleV2:
    ground: CyclePaperV2 | None
    aim: str
    steps: tuple[CycleStepV2, ...]
    events: tuple[MethodEventV2, ...]
    method_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsV2:
    """``items`` None: nobody has chosen."""

    form: str
    items: tuple[DraftItemV2, ...] | None
    meeting: MeetingV2
    conference: ConferenceV2
    practices: tuple[PracticeV2, ...]
    cycle: CycleV2


def second_form(found: dict[str, Any]) -> dict[str, Any]:
    """A text of the first form as one of the second: nobody was named who controls."""
    return {**found, "form": FORM, "meeting": {**found["meeting"], "control": ""}}


__all__ = [
    "FORM",
    "AgendaPointV2",
    "ConferenceV2",
    "ContentsV2",
    "CyclePaperV2",
    "CycleStepV2",
    "CycleV2",
    "DeadlineV2",
    "DraftItemV2",
    "MeetingV2",
    "MethodEventV2",
    "PlatformV2",
    "PracticeV2",
    "VotesV2",
    "second_form",
]
