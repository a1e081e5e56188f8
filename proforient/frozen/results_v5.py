"""The fifth form of frozen results: with the other figures of the territory, of which a document tells, too."""

from __future__ import annotations

from dataclasses import dataclass

from proforient.frozen import results_v4
from proforient.frozen.canonical_json import fields_of, record_of
from proforient.frozen.pieces_v1 import CoverageV1, PeriodV1
from proforient.frozen.results_v1 import OrganisationV1, SentFileV1
from proforient.frozen.results_v2 import FoundV2
from proforient.frozen.results_v3 import SuggestedV3
from proforient.frozen.results_v4 import ChangeV4, ComparisonV4, ResultsV4

FORM = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsV5:
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
    others: tuple[CoverageV1, ...]


def read(text: str) -> ResultsV5:
    """A text of this form or an earlier one; ValueError where it is neither."""
    found = fields_of(text)
    return record_of(found, ResultsV5) if found["form"] == FORM else _of_fourth(results_v4.read(text))


def _of_fourth(fourth: ResultsV4) -> ResultsV5:
    return ResultsV5(
        form=fourth.form,
        territory=fourth.territory,
        cohort=fourth.cohort,
        period=fourth.period,
        levels=fourth.levels,
        changes=fourth.changes,
        problems=fourth.problems,
        advice=fourth.advice,
        organisations=fourth.organisations,
        files=fourth.files,
        comparisons=fourth.comparisons,
        others=(),
    )


__all__ = ["FORM", "ResultsV5", "read"]
