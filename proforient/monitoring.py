"""The nouns of the monitoring, shared by every room: who reports what, for which period, and what it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from proforient.catalogue.entries import Deadline, Origin, PeriodKind

SEPARATOR = " / "
OWN = "own-"  # how the code of a territory's own recommendation begins


def now() -> dt.datetime:
    """This moment as the store keeps every time: UTC, without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def local(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """A moment of the store as the clocks there show it."""
    return at.replace(tzinfo=dt.UTC).astimezone(zone)


def local_day(at: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The local day of a moment of the store: a period's last day ends by the clocks of the territory, not in UTC."""
    return local(at, zone).date()


def parent_territory(path: str) -> str | None:
    """The territory one step up: «Регион / Муниципалитет» gives «Регион», a region gives None."""
    head, found, _ = path.rpartition(SEPARATOR)
    return head if found else None


def territory_name(path: str) -> str:
    """The last part of a territory's path, as people call it."""
    return path.rpartition(SEPARATOR)[2]


def within(path: str, territory: str | None) -> bool:
    """Whether ``path`` is ``territory`` itself or lies below it; everything lies within None."""
    return territory is None or path == territory or path.startswith(territory + SEPARATOR)


def next_step(path: str, territory: str | None) -> str:
    """What holds ``path`` one step below ``territory``; ``territory`` itself where that is ``path``."""
    if territory is None:
        return path.partition(SEPARATOR)[0]
    if path == territory:
        return path
    rest = path[len(territory) + len(SEPARATOR) :]
    return territory + SEPARATOR + rest.partition(SEPARATOR)[0]


def common_territory(paths: Sequence[str]) -> str | None:
    """The nearest territory that holds all of them; None where there is none."""
    step: str | None = paths[0]
    while step and not all(within(path, step) for path in paths):
        step = parent_territory(step)
    return step


class Reason(StrEnum):
    """Why a cell holds no number although somebody answered for it; zero and blank are neither."""

    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"
    NO_PLAN = "no_plan"
    NOBODY = "nobody"
    NOT_ASKED = "not_asked"
    JUDGED = "judged"


class ReportState(StrEnum):
    """Where an organisation's report for a period stands; from ``submitted`` on its figures count."""

    NOT_SUBMITTED = "not_submitted"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"

    @property
    def reported(self) -> bool:
        """Whether the report has been sent, whatever was said of it since."""
        return self in (ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.RETURNED)


class ReportStanding(StrEnum):
    """How a report stands for people: its state, what it holds and the last day in one word.

    It stands in addresses; the values are those of ``ReportState`` where both mean the same.
    """

    NOT_BEGUN = "not_submitted"
    DRAFT = "draft"
    INCOMPLETE = "incomplete"  # sent, not accepted, and some of what is asked is neither a number nor a reason
    REVIEW = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    OVERDUE = "overdue"  # not sent, and the last day is over

    @property
    def reported(self) -> bool:
        """Whether the report has been sent, whatever was said of it since."""
        return self not in (ReportStanding.NOT_BEGUN, ReportStanding.DRAFT, ReportStanding.OVERDUE)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What a value says besides organisation and period; hashable and ordered."""

    count: str
    level: str
    cohort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation as it stands on some day (name, kind, levels and territory are dated)."""

    code: str
    inn: str = ""
    name: str
    full_name: str = ""
    kind: str
    levels: tuple[str, ...]
    territory: str
    part_of: str | None = None
    opened: dt.date | None = None
    closed: dt.date | None = None

    def open_on(self, day: dt.date) -> bool:
        return (self.opened is None or self.opened <= day) and (self.closed is None or self.closed > day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A campaign. ``closes`` and ``state`` are those of the territory it was asked for.

    ``asked``: the codes of the indicators that it asks; None: all that the catalogue does in its year.
    """

    code: str
    kind: PeriodKind
    starts: dt.date
    ends: dt.date
    closes: dt.date
    state: Literal["open", "closed"]
    territory: str | None  # None: all
    catalogue: str
    version: str
    previous: str | None = None
    asked: frozenset[str] | None = None

    def asks(self, indicator: str) -> bool:
        """Whether the indicator is among those chosen for it; the catalogue has its years besides."""
        return self.asked is None or indicator in self.asked

    @property
    def year(self) -> int:
        """The year by which the catalogue asks and proposes plans: a school year is known by the one it starts in."""
        return self.starts.year


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanValue:
    """A plan value with its ground; ``territory`` None holds for every territory that has none of its own."""

    period: str
    indicator: str
    level: str
    cohort: str
    territory: str | None
    percent: Decimal | None
    number: Decimal | None
    origin: Origin
    ground: str
    author: str
    at: dt.datetime  # UTC

    @property
    def amount(self) -> Decimal:
        """The percent or the number: exactly one of them is set."""
        value = self.percent if self.percent is not None else self.number
        assert value is not None
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What experts said of a figure; it never changes a computed verdict."""

    id: str
    period: str
    indicator: str
    level: str
    cohort: str
    territory: str | None  # exactly one of territory and organisation is set
    organisation: str | None
    outcome: Literal["shortcoming", "good", "noted"]
    text: str
    source: str
    office: str
    date: dt.date | None
    percent: Decimal | None
    at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a territory has set of a recommendation for a period; None is as in the catalogue.

    ``action`` is a code of the catalogue or, of a recommendation of the territory's own, one that begins with ``OWN``:
    only such a one has ``answers`` of its own. It holds for the territories below that have none themselves.
    """

    period: str
    territory: str
    action: str
    text: str | None = None
    addressee: str | None = None
    responsible: str | None = None  # a post or an office, never a person
    deadline: Deadline | None = None
    place: int | None = None  # in the list of the territory, from 1
    shown: bool | None = None
    answers: tuple[str, ...] = ()
    author: str
    at: dt.datetime  # UTC

    @property
    def own(self) -> bool:
        """Whether the recommendation itself is the territory's own."""
        return self.action.startswith(OWN)

    @property
    def empty(self) -> bool:
        """Whether everything is as in the catalogue."""
        set_by_it = (self.text, self.addressee, self.responsible, self.deadline, self.place, self.shown)
        return not self.own and all(part is None for part in set_by_it)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One current value with the place it came from. ``number`` of a yes/no is 1 or 0."""

    id: str
    part: str
    submission: str
    organisation: str
    period: str
    cell: Cell
    number: int | None
    reason: Reason | None
    file: str
    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingent:
    """A count known from elsewhere (a statistical form); it enters no share until the organisation hands in a file."""

    period: str
    organisation: str
    cell: Cell
    number: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file that was sent: accepted (it has parts) or refused (an event only, nothing stored).

    ``place``: which of its period's accepted files it is, from 1, for ever.
    """

    id: str
    place: int
    period: str
    file: str
    sha256: str
    size: int
    by: str
    at: dt.datetime  # UTC
    late: bool
    organisations: tuple[str, ...]
    values: int
    withdrawn: bool = False

    @property
    def number(self) -> str:
        """«2026-17»: what is told by telephone and stands on the receipt."""
        return f"{self.period}-{self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The state of one organisation's report for a period."""

    organisation: str
    period: str
    state: ReportState
    at: dt.datetime | None
    by: str
    note: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A closed period takes the files of one organisation again, until ``last_day`` by the clocks there."""

    period: str
    organisation: str
    last_day: dt.date
    reason: str
    author: str
    at: dt.datetime  # UTC


def last_day(period: Period, again: Reopening | None) -> dt.date:
    """Until when an organisation hands in: the day of its own for which the closed period was opened, else for all."""
    return again.last_day if again else period.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """An organisation was joined to another: from the ``day`` on ``successor`` reports for its children.

    ``closed_before``: the day on which the register had it closed until then; ``logins``: closed with it.
    """

    organisation: str
    successor: str
    day: dt.date
    closed_before: dt.date | None = None
    logins: tuple[str, ...] = ()
    author: str
    at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the log; ``hash`` covers everything before it and ``previous``."""

    id: str
    at: dt.datetime  # UTC
    chain: str
    actor: str
    action: str
    object: str
    detail: str  # canonical JSON
    previous: str
    hash: str
