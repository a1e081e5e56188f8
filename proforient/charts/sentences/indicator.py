"""The finding of «Показатели» and «Проблемы»: one indicator at one level, with its history."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.holding import holds_in
from proforient.charts.sentences.completeness import headline
from proforient.charts.sentences.names import level_subject
from proforient.charts.sentences.overview import against_plan, experts_said
from proforient.charts.sentences.verdicts import evidence, figure, missing, plan_figure
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import capital, counted_words, noun, ordinal, period_noun, plural, typo


def times_below(series: Sequence[Coverage]) -> int:
    """How many periods at the end of ``series`` (oldest first) missed their plan without a break."""
    count = 0
    for coverage in reversed(series):
        if coverage.verdict != Verdict.NOT_MET:
            break
        count += 1
    return count


def in_a_row(series: Sequence[Coverage]) -> str:
    """«второй год», «третье полугодие»; empty when the plan was missed once or not at all."""
    count = times_below(series)
    if count < 2:
        return ""
    unit = noun(period_noun(series[-1].period))
    return f"{ordinal(count, unit.gender)} {unit.nom}"


def indicator_finding(coverage: Coverage, catalogue: Catalogue, series: Sequence[Coverage] = ()) -> str:
    """«Основное образование второй год ниже плана: 70 % против 80 %».

    ``series`` runs from the oldest period to that of ``coverage``; without it nothing is said of the past.
    """
    return headline(_finding(coverage, catalogue, series), [coverage], catalogue)


def _finding(coverage: Coverage, catalogue: Catalogue, series: Sequence[Coverage]) -> str:
    level = catalogue.levels[coverage.level]
    indicator = catalogue.indicators[coverage.indicator]
    whole = level.kind in ("whole", "authority")
    named = indicator.short or catalogue.indicator_name(coverage.indicator, coverage.level)
    subject = named if whole else level_subject(level)
    if coverage.trend is not None:
        return typo(f"{subject}: {_trend(coverage, indicator.periods)}")
    if coverage.verdict not in (Verdict.MET, Verdict.NOT_MET):
        return typo(f"{subject}: {_unmeasured(coverage)}")
    if coverage.formula.plain:
        tail = missing(coverage) or "план достигнут"
        return typo(f"{subject}: {figure(coverage)} при плане {plan_figure(coverage)}, {tail}")
    repeated = in_a_row(series)
    if whole:
        side = "выше" if (coverage.verdict == Verdict.MET) == (coverage.direction == "more") else "ниже"
        place = f"{side} плана {plan_figure(coverage)}"
        if coverage.shortfall == 0:
            place = "ровно на плане"
        elif figure(coverage) == plan_figure(coverage) and not coverage.near:
            place = "на уровне плана"
        return typo(f"{subject}: {figure(coverage)}, {f'{repeated} ' if repeated else ''}{place}")
    sentence = against_plan(coverage, catalogue)
    return typo(sentence.replace(subject, f"{subject} {repeated}", 1) if repeated else sentence)


def _trend(coverage: Coverage, periods: int) -> str:
    """``periods``: how many with numbers the catalogue asks for before anything is said of a trend."""
    if coverage.trend == "present":
        direction = "росту" if coverage.direction == "less" else "снижению"
        return f"есть тенденция к {direction}"
    if coverage.trend == "not_seen":
        return "тенденции не видно"
    needed = plural(periods, "нужен", "нужны", "нужно")
    return f"судить о тенденции рано, {needed} {counted_words(periods, 'periods')}"


def _unmeasured(coverage: Coverage) -> str:
    match coverage.verdict:
        case Verdict.JUDGED:
            return f"чисел нет, {experts_said(coverage)}"
        case Verdict.NO_PLAN:
            return f"{figure(coverage)}, план не задан"
        case Verdict.NO_DATA:
            return "данных ещё нет"
    return VERDICTS[coverage.verdict].word


def indicator_lead(coverage: Coverage, catalogue: Catalogue) -> str:
    """The full name, which way is better, whether a trend is approximate, and where the indicator comes from."""
    indicator = catalogue.indicators[coverage.indicator]
    text = f"{catalogue.indicator_name(coverage.indicator, coverage.level)}."
    if not coverage.formula.follows:
        text += " Больше — лучше." if coverage.direction == "more" else " Меньше — лучше."
    if coverage.trend_approximate:
        text += " Тенденция проверена приближённо."
    source = catalogue.sources.get(indicator.source or "")
    if source and holds_in(source, coverage.territory):
        number = f" № {source.number}" if source.number else ""
        text += f" Источник показателя: {source.title}{number}."
    return typo(text)


def problem_evidence(coverage: Coverage, series: Sequence[Coverage] = ()) -> str:
    """What a computed problem rests on: «581 из 830 — 70 % при плане 80 %, не хватает 83 детей. Второй год подряд.»"""
    repeated = in_a_row(series)
    return typo(f"{evidence(coverage)}." + (f" {capital(repeated)} подряд." if repeated else ""))
