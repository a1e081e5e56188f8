"""What the texts of several forms have in common: a period, a plan value, a judgement, an exact figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

SETTLED_FROM = Fraction(1, 2)  # of the expected organisations: from then on a figure is no longer called provisional


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodV1:
    code: str
    kind: str  # year | school_year | half_year | date
    starts: dt.date
    ends: dt.date
    closes: dt.date
    state: str  # open | closed
    territory: str | None
    catalogue: str
    version: str
    previous: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanValueV1:
    period: str
    indicator: str
    level: str
    cohort: str
    territory: str | None
    percent: Decimal | None
    number: Decimal | None
    origin: str  # document | department | demonstration
    ground: str
    author: str
    at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementV1:
    id: str
    period: str
    indicator: str
    level: str
    cohort: str
    territory: str | None
    organisation: str | None
    outcome: str  # shortcoming | good | noted
    text: str
    source: str
    office: str
    date: dt.date | None
    percent: Decimal | None
    at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageV1:
    period: str
    territory: str
    organisation: str | None
    indicator: str
    level: str
    cohort: str
    kind: str  # of formula: a code of the catalogue that is stored beside
    unit: str  # likewise
    direction: str  # more | less
    numerator: int | None
    denominator: int | None
    value: int | None
    plan: PlanValueV1 | None
    verdict: str  # met | not_met | no_data | no_plan | nobody | not_asked | judged
    needed: int | None
    shortfall: Fraction | None
    submitted: int
    expected: int
    can_change: bool | None
    judgements: tuple[JudgementV1, ...]
    trend: str | None  # present | not_seen | too_early
    trend_approximate: bool
    missing: tuple[str, ...]
    on_review: int
