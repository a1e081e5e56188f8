"""The second form of frozen results: a gap always tells its closing set and the sum of what is below plan."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proforient.frozen import results_v1
from proforient.frozen.canonical_json import fields_of, record_of
from proforient.frozen.pieces_v1 import SETTLED_FROM, CoverageV1, JudgementV1, PeriodV1
from proforient.frozen.results_v1 import ChangeV1, ContributionV1, FoundV1, GapV1, OrganisationV1, ResultsV1, SentFileV1

FORM = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapV2:
    total: CoverageV1
    contributions: tuple[ContributionV1, ...]
    below: Fraction
    given_back: Fraction
    closing: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundV2:
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
    gap: GapV2 | None
    organisations: tuple[ContributionV1, ...]
    judged: tuple[CoverageV1, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsV2:
    form: str
    territory: str
    cohort: str
    period: PeriodV1
    levels: tuple[CoverageV1, ...]
    changes: tuple[ChangeV1, ...]
    problems: tuple[FoundV2, ...]
    organisations: tuple[OrganisationV1, ...]
    files: tuple[SentFileV1, ...]


def read(text: str) -> ResultsV2:
    """A text of this form or the first; ValueError where it is neither."""
    found = fields_of(text)
    reader = _READERS.get(found["form"])
    if reader is None:
        raise ValueError(f"form {found['form']}")
    return reader(found)


def _second(found: dict[str, Any]) -> ResultsV2:
    return record_of(found, ResultsV2)


def _first(found: dict[str, Any]) -> ResultsV2:
    first = record_of(found, ResultsV1)
    return ResultsV2(
        form=first.form,
        territory=first.territory,
        cohort=first.cohort,
        period=first.period,
        levels=first.levels,
        changes=first.changes,
        problems=tuple(map(_found, first.problems)),
        organisations=first.organisations,
        files=first.files,
    )


def _found(first: FoundV1) -> FoundV2:
    return FoundV2(
        code=first.code,
        number=first.number,
        indicator=first.indicator,
        level=first.level,
        cohort=first.cohort,
        territory=first.territory,
        organisation=first.organisation,
        when=first.when,
        text=first.text,
        coverage=first.coverage,
        judgement=first.judgement,
        gap=None if first.gap is None else _gap(first.gap),
        organisations=first.organisations,
        judged=first.judged,
    )


def _gap(first: GapV1) -> GapV2:
    below, closing = first.below, first.closing
    if below is None:
        below = sum((c.shortfall for c in first.contributions), Fraction(0))
    if closing is None:
        chosen = [(c.organisation, c.needed) for c in first.contributions if c.in_closing_set]
        closing = tuple(sorted(chosen, key=lambda one: -one[1]))  # order: by need, equals as the text has them
    return GapV2(
        total=first.total,
        contributions=first.contributions,
        below=below,
        given_back=first.given_back,
        closing=closing,
    )


_READERS = {results_v1.FORM: _first, FORM: _second}

__all__ = ["FORM", "SETTLED_FROM", "FoundV2", "GapV2", "ResultsV2", "read"]
