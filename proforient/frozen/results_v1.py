"""The first form of frozen results, of which decks are made. Its first texts told a gap's closing set as a sum only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from proforient.frozen.pieces_v1 import CoverageV1, JudgementV1, PeriodV1

FORM = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFileV1:
    file: str
    sha256: str
    at: dt.datetime  # UTC
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationV1:
    code: str
    inn: str
    name: str
    full_name: str
    kind: str
    levels: tuple[str, ...]
    territory: str
    part_of: str | None
    opened: dt.date | None
    closed: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeV1:
    current: CoverageV1
    previous: CoverageV1 | None
    points: Fraction | None
    why_not: str
    same_points: Fraction | None
    same_organisations: int
    difference: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionV1:
    organisation: str
    numerator: int
    denominator: int
    needed: int
    shortfall: Fraction
    in_80_percent: bool
    in_closing_set: bool
    coverage: CoverageV1


@dataclass(frozen=True, slots=True, kw_only=True)
class GapV1:
    total: CoverageV1
    contributions: tuple[ContributionV1, ...]
    given_back: Fraction
    below: Fraction | None = None  # None: the sum of the contributions
    closing: tuple[tuple[str, int], ...] | None = None  # None: the contributions that are marked as of the set


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundV1:
    code: str
    number: int | None
    indicator: str
    level: str
    cohort: str
    territory: str
    organisation: str | None
    when: str  # not_met | no | judged | trend
    text: str
    coverage: CoverageV1
    judgement: JudgementV1 | None
    gap: GapV1 | None
    organisations: tuple[ContributionV1, ...]
    judged: tuple[CoverageV1, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsV1:
    form: str
    territory: str
    cohort: str
    period: PeriodV1
    levels: tuple[CoverageV1, ...]
    changes: tuple[ChangeV1, ...]
    problems: tuple[FoundV1, ...]
    organisations: tuple[OrganisationV1, ...]
    files: tuple[SentFileV1, ...]
