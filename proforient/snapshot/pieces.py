"""Periods, plan values, judgements and exact figures between the stored forms and the program of today."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeVar

from proforient.analysis.coverage import Coverage
from proforient.analysis.trend import TrendWord
from proforient.catalogue.entries import Direction, Origin, PeriodKind
from proforient.frozen.pieces_v1 import CoverageV1, JudgementV1, PeriodV1, PlanValueV1
from proforient.monitoring import Judgement, Period, PlanValue, Verdict

Word = TypeVar("Word")

# As it is stored -> as it is called today.
PERIOD_KINDS: Mapping[str, PeriodKind] = {
    "year": "year",
    "school_year": "school_year",
    "half_year": "half_year",
    "date": "date",
}
STATES: Mapping[str, Literal["open", "closed"]] = {"open": "open", "closed": "closed"}
ORIGINS: Mapping[str, Origin] = {
    "document": "document",
    "department": "department",
    "demonstration": "demonstration",
}
OUTCOMES: Mapping[str, Literal["shortcoming", "good", "noted"]] = {
    "shortcoming": "shortcoming",
    "good": "good",
    "noted": "noted",
}
DIRECTIONS: Mapping[str, Direction] = {"more": "more", "less": "less"}
TRENDS: Mapping[str, TrendWord] = {"present": "present", "not_seen": "not_seen", "too_early": "too_early"}
VERDICTS: Mapping[str, Verdict] = {
    "met": Verdict.MET,
    "not_met": Verdict.NOT_MET,
    "no_data": Verdict.NO_DATA,
    "no_plan": Verdict.NO_PLAN,
    "nobody": Verdict.NOBODY,
    "not_asked": Verdict.NOT_ASKED,
    "judged": Verdict.JUDGED,
}


def word_of(words: Mapping[str, Word], stored: str) -> Word:
    """What a stored word is called today; ValueError for one that no form has."""
    if stored not in words:
        raise ValueError(f"unknown word {stored}")
    return words[stored]


def stored_as(words: Mapping[str, Word], word: Word) -> str:
    """How a word of today is stored; ValueError for one that has come since: it needs a new form."""
    for stored, known in words.items():
        if known == word:
            return stored
    raise ValueError(f"{word} has no stored form")


def period_of(stored: PeriodV1) -> Period:
    return Period(
        code=stored.code,
        kind=word_of(PERIOD_KINDS, stored.kind),
        starts=stored.starts,
        ends=stored.ends,
        closes=stored.closes,
        state=word_of(STATES, stored.state),
        territory=stored.territory,
        catalogue=stored.catalogue,
        version=stored.version,
        previous=stored.previous,
    )


def stored_period(period: Period) -> PeriodV1:
    return PeriodV1(
        code=period.code,
        kind=stored_as(PERIOD_KINDS, period.kind),
        starts=period.starts,
        ends=period.ends,
        closes=period.closes,
        state=stored_as(STATES, period.state),
        territory=period.territory,
        catalogue=period.catalogue,
        version=period.version,
        previous=period.previous,
    )


def plan_of(stored: PlanValueV1 | None) -> PlanValue | None:
    if stored is None:
        return None
    return PlanValue(
        period=stored.period,
        indicator=stored.indicator,
        level=stored.level,
        cohort=stored.cohort,
        territory=stored.territory,
        percent=stored.percent,
        number=stored.number,
        origin=word_of(ORIGINS, stored.origin),
        ground=stored.ground,
        author=stored.author,
        at=stored.at,
    )


def stored_plan(plan: PlanValue | None) -> PlanValueV1 | None:
    if plan is None:
        return None
    return PlanValueV1(
        period=plan.period,
        indicator=plan.indicator,
        level=plan.level,
        cohort=plan.cohort,
        territory=plan.territory,
        percent=plan.percent,
        number=plan.number,
        origin=stored_as(ORIGINS, plan.origin),
        ground=plan.ground,
        author=plan.author,
        at=plan.at,
    )


def judgement_of(stored: JudgementV1) -> Judgement:
    return Judgement(
        id=stored.id,
        period=stored.period,
        indicator=stored.indicator,
        level=stored.level,
        cohort=stored.cohort,
        territory=stored.territory,
        organisation=stored.organisation,
        outcome=word_of(OUTCOMES, stored.outcome),
        text=stored.text,
        source=stored.source,
        office=stored.office,
        date=stored.date,
        percent=stored.percent,
        at=stored.at,
    )


def stored_judgement(judgement: Judgement) -> JudgementV1:
    return JudgementV1(
        id=judgement.id,
        period=judgement.period,
        indicator=judgement.indicator,
        level=judgement.level,
        cohort=judgement.cohort,
        territory=judgement.territory,
        organisation=judgement.organisation,
        outcome=stored_as(OUTCOMES, judgement.outcome),
        text=judgement.text,
        source=judgement.source,
        office=judgement.office,
        date=judgement.date,
        percent=judgement.percent,
        at=judgement.at,
    )


def coverage_of(stored: CoverageV1, settled_from: Fraction, few_below: int = 0) -> Coverage:
    """``settled_from``, ``few_below``: the thresholds of the form that the figure was stored in."""
    return Coverage(
        period=stored.period,
        territory=stored.territory,
        organisation=stored.organisation,
        indicator=stored.indicator,
        level=stored.level,
        cohort=stored.cohort,
        kind=stored.kind,
        unit=stored.unit,
        direction=word_of(DIRECTIONS, stored.direction),
        numerator=stored.numerator,
        denominator=stored.denominator,
        value=stored.value,
        plan=plan_of(stored.plan),
        verdict=word_of(VERDICTS, stored.verdict),
        needed=stored.needed,
        shortfall=stored.shortfall,
        submitted=stored.submitted,
        expected=stored.expected,
        can_change=stored.can_change,
        judgements=tuple(map(judgement_of, stored.judgements)),
        trend=None if stored.trend is None else word_of(TRENDS, stored.trend),
        trend_approximate=stored.trend_approximate,
        missing=stored.missing,
        on_review=stored.on_review,
        settled_from=settled_from,
        few_below=few_below,
    )


def stored_coverage(c: Coverage, settled_from: Fraction, few_below: int) -> CoverageV1:
    """``settled_from``, ``few_below``: the thresholds that the form stands for; another one needs a new form."""
    assert (c.settled_from, c.few_below) == (settled_from, few_below), (
        "the form reads back another threshold: make a new one"
    )
    return CoverageV1(
        period=c.period,
        territory=c.territory,
        organisation=c.organisation,
        indicator=c.indicator,
        level=c.level,
        cohort=c.cohort,
        kind=c.kind,
        unit=c.unit,
        direction=stored_as(DIRECTIONS, c.direction),
        numerator=c.numerator,
        denominator=c.denominator,
        value=c.value,
        plan=stored_plan(c.plan),
        verdict=stored_as(VERDICTS, c.verdict),
        needed=c.needed,
        shortfall=c.shortfall,
        submitted=c.submitted,
        expected=c.expected,
        can_change=c.can_change,
        judgements=tuple(map(stored_judgement, c.judgements)),
        trend=None if c.trend is None else stored_as(TRENDS, c.trend),
        trend_approximate=c.trend_approximate,
        missing=c.missing,
        on_review=c.on_review,
    )
