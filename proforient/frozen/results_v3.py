"""The third form of frozen results: what was suggested to whom by when, in the words of the day and the territory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from proforient.frozen import results_v2
from proforient.frozen.canonical_json import fields_of, record_of
from proforient.frozen.pieces_v1 import SETTLED_FROM, CoverageV1, PeriodV1
from proforient.frozen.results_v1 import ChangeV1, OrganisationV1, SentFileV1
from proforient.frozen.results_v2 import FoundV2, GapV2, ResultsV2

FORM = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineV3:
    form: str  # none | day | year | years | school_year | school_year_start | after_collegium | standing
    date: dt.date | None
    year: int | None
    until: int | None
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedV3:
    code: str
    answers: tuple[str, ...]
    addressee: str
    addressee_name: str
    addressee_short: str
    text: str
    short: str
    responsible: str
    deadline: DeadlineV3
    deadline_text: str
    source_text: str
    words: str  # catalogue | amended | own


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsV3:
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


def read(text: str) -> ResultsV3:
    """A text of this form or an earlier one; ValueError where it is neither."""
    found = fields_of(text)
    return record_of(found, ResultsV3) if found["form"] == FORM else _of_second(results_v2.read(text))


def _of_second(second: ResultsV2) -> ResultsV3:
    return ResultsV3(
        form=second.form,
        territory=second.territory,
        cohort=second.cohort,
        period=second.period,
        levels=second.levels,
        changes=second.changes,
        problems=second.problems,
        advice=None,
        organisations=second.organisations,
        files=second.files,
    )


__all__ = ["FORM", "SETTLED_FROM", "DeadlineV3", "FoundV2", "GapV2", "ResultsV3", "SuggestedV3", "read"]
