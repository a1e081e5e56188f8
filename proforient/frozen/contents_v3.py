"""The third form of what people give a document beside the figures: what a question decided, the file of a practice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

FORM = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDeadlineV3:
    form: str
    date: dt.date | None
    year: int | None
    until: int | None
    day: str
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItemV3:
    key: str
    text: str
    addressee: str
    responsible: str
    deadline: DraftDeadlineV3
    answers: tuple[str, ...]
    organisations: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPointV3:
    question: str
    speaker: str
    co_speaker: str
    decided: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesV3:
    """Whole numbers of people; None: nobody has counted."""

    yes: int | None
    no: int | None
    abstained: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingV3:
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
    agenda: tuple[AgendaPointV3, ...]
    heard: tuple[str, ...]
    considering: tuple[str, ...]
    agenda_votes: VotesV3
    votes: VotesV3


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformV3:
    name: str
    organisations: tuple[str, ...]
    form: str
    about: str
    presented: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceV3:
    name: str
    theme: str
    day: dt.date | None
    place: str
    organiser: str
    programme: str
    purpose: str
    platforms: tuple[PlatformV3, ...]
    considered: tuple[str, ...]
    shown: tuple[str, ...]
    participants: int | None
    organisations: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFileV3:
    """``size`` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeV3:
    title: str
    organisation: str
    level: str
    form: str
    author: str
    review: str  # proposed | recommended | spread
    link: str
    answers: tuple[str, ...]
    file: PracticeFileV3 | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePaperV3:
    kind: str
    title: str
    number: str
    day: dt.date | None
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStepV3:
    name: str
    papers: tuple[CyclePaperV3, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodEventV3:
    day: dt.date
    form: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleV3:
    ground: CyclePaperV3 | None
    aim: str
    steps: tuple[CycleStepV3, ...]
    events: tuple[MethodEventV3, ...]
    method_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsV3:
    """``items`` None: nobody has chosen."""

    form: str
    items: tuple[DraftItemV3, ...] | None
    meeting: MeetingV3
    conference: ConferenceV3
    practices: tuple[PracticeV3, ...]
    cycle: CycleV3


def third_form(found: dict[str, Any]) -> dict[str, Any]:
    """A text of the second form as one of the third: no question had decided words, no practice a file."""
    meeting = found["meeting"]
    agenda = [{**point, "decided": ""} for point in meeting["agenda"]]
    practices = [{**practice, "file": None} for practice in found["practices"]]
    return {**found, "form": FORM, "meeting": {**meeting, "agenda": agenda}, "practices": practices}


__all__ = [
    "FORM",
    "AgendaPointV3",
    "ConferenceV3",
    "ContentsV3",
    "CyclePaperV3",
    "CycleStepV3",
    "CycleV3",
    "DraftDeadlineV3",
    "DraftItemV3",
    "MeetingV3",
    "MethodEventV3",
    "PlatformV3",
    "PracticeFileV3",
    "PracticeV3",
    "VotesV3",
    "third_form",
]
