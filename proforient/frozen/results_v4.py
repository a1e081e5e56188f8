"""The fourth form of frozen results: with the comparisons that were put into the deck."""

from __future__ import annotations

from dataclasses import dataclass

from proforient.frozen import results_v3
from proforient.frozen.pieces_v1 import SETTLED_FROM, CoverageV1, PeriodV1
from proforient.frozen.results_v1 import ChangeV1, OrganisationV1, SentFileV1
from proforient.frozen.results_v2 import FoundV2, GapV2
from proforient.frozen.results_v3 import DeadlineV3, ResultsV3, SuggestedV3
from proforient.frozen.text import parsed, record_of

FORM = "4"


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
    changes: tuple[ChangeV1, ...]
    problems: tuple[FoundV2, ...]
    advice: tuple[SuggestedV3, ...] | None  # None: of an earlier form, which left it to the catalogue
    organisations: tuple[OrganisationV1, ...]
    files: tuple[SentFileV1, ...]
    comparisons: tuple[ComparisonV4, ...]


def read(text: str) -> ResultsV4:
    """A text of this form or an earlier one; ValueError where it is neither."""
    found = parsed(text)
    return record_of(found, ResultsV4) if found["form"] == FORM else _of_third(results_v3.read(text))


def _of_third(third: ResultsV3) -> ResultsV4:
    return ResultsV4(
        form=third.form,
        territory=third.territory,
        cohort=third.cohort,
        period=third.period,
        levels=third.levels,
        changes=third.changes,
        problems=third.problems,
        advice=third.advice,
        organisations=third.organisations,
        files=third.files,
        comparisons=(),
    )


__all__ = [
    "FORM",
    "SETTLED_FROM",
    "ComparisonV4",
    "DeadlineV3",
    "FoundV2",
    "GapV2",
    "ResultsV4",
    "SideV4",
    "SuggestedV3",
    "read",
]
