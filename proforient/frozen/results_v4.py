"""The fourth form of frozen results: with comparisons, what of a change is chance, of how few a verdict is shaky."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proforient.frozen import results_v3
from proforient.frozen.canonical_json import fields_of, record_of
from proforient.frozen.pieces_v1 import SETTLED_FROM, CoverageV1, PeriodV1
from proforient.frozen.results_v1 import ChangeV1, OrganisationV1, SentFileV1
from proforient.frozen.results_v2 import FoundV2, GapV2
from proforient.frozen.results_v3 import DeadlineV3, ResultsV3, SuggestedV3

FORM = "4"
FEW_BELOW = 20  # persons of a group below which a verdict is called unreliable; earlier forms called none so


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeV4:
    current: CoverageV1
    previous: CoverageV1 | None
    points: Fraction | None
    why_not: str
    same_points: Fraction | None
    same_organisations: int
    difference: int | None
    by_chance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SideV4:
    kind: str  # territory | organisation | cohort | period
    code: str
    name: str
    figures: tuple[CoverageV1, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonV4:
    indicator: str
    level: str
    sides: tuple[SideV4, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsV4:
    form: str
    territory: str
    cohort: str
    period: PeriodV1
    levels: tuple[CoverageV1, ...]
    changes: tuple[ChangeV4, ...]
    problems: tuple[FoundV2, ...]
    advice: tuple[SuggestedV3, ...] | None  # None: of an earlier form, which left it to the catalogue
    organisations: tuple[OrganisationV1, ...]
    files: tuple[SentFileV1, ...]
    comparisons: tuple[ComparisonV4, ...]


def read(text: str) -> ResultsV4:
    """A text of this form or an earlier one; ValueError where it is neither."""
    found = fields_of(text)
    return record_of(found, ResultsV4) if found["form"] == FORM else _of_third(results_v3.read(text))


def _of_third(third: ResultsV3) -> ResultsV4:
    return ResultsV4(
        form=third.form,
        territory=third.territory,
        cohort=third.cohort,
        period=third.period,
        levels=third.levels,
        changes=tuple(map(_change, third.changes)),
        problems=third.problems,
        advice=third.advice,
        organisations=third.organisations,
        files=third.files,
        comparisons=(),
    )


def _change(first: ChangeV1) -> ChangeV4:
    return ChangeV4(
        current=first.current,
        previous=first.previous,
        points=first.points,
        why_not=first.why_not,
        same_points=first.same_points,
        same_organisations=first.same_organisations,
        difference=first.difference,
        by_chance=False,
    )


__all__ = [
    "FEW_BELOW",
    "FORM",
    "SETTLED_FROM",
    "ChangeV4",
    "ComparisonV4",
    "DeadlineV3",
    "FoundV2",
    "GapV2",
    "ResultsV4",
    "SideV4",
    "SuggestedV3",
    "read",
]
