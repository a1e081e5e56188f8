"""Rules on indicators, plans, problems and deadlines: a catalogue in, what does not fit together out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proforient.catalogue.entries import Action, Catalogue, Indicator, Mistake, PlanProposal
from proforient.catalogue.keys import BLOCKS, every_entry
from proforient.catalogue.kinds import KINDS, kind_of
from proforient.catalogue.mistakes import in_quotes, mistake_at

SHARES = tuple(code for code, kind in KINDS.items() if kind.part)
# What a deadline of each form says.
DEADLINES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("none", "standing", "next_year", "next_school_year", "school_year_start"), ()),
    "day": ("date",),
    "year": ("year",),
    "school_year": ("year",),
    "years": ("year", "until"),
    "next_day": ("day",),
    "after_collegium": ("months",),
}


def counts_behind(indicator: Indicator) -> dict[str, tuple[str, ...]]:
    """The codes of the counts behind an indicator by the key that names them."""
    count = (indicator.count,) if indicator.count else ()
    named = {"numerator": indicator.numerator, "denominator": indicator.denominator, "count": count}
    return {key: codes for key, codes in named.items() if codes}


def indicators_have_what_their_kind_needs(catalogue: Catalogue) -> Iterator[Mistake]:
    defaults = {key.name: key for key in BLOCKS["indicator"].keys if key.kinds}
    for indicator in catalogue.indicators.values():
        for name in indicator.formula.needs:
            if not getattr(indicator, name):
                expected = f"у показателя вида {indicator.kind} нужен, например {name} = {defaults[name].good}"
                yield mistake_at(indicator, f"indicator.{name}", "ключа нет", expected)
        for name in ("numerator", "denominator", "count", "of"):
            if indicator.kind and getattr(indicator, name) and name not in indicator.formula.needs:
                kinds = in_quotes(defaults[name].kinds)
                found = f"ключ у показателя вида {indicator.kind}"
                yield mistake_at(indicator, f"indicator.{name}", found, f"этот ключ только у видов {kinds}")


def counts_fit_their_indicator(catalogue: Catalogue) -> Iterator[Mistake]:
    """What is counted is made of whole numbers, a yes/no of a yes/no."""
    for indicator in catalogue.indicators.values():
        wanted = indicator.formula.takes
        for key, codes in counts_behind(indicator).items():
            for code in codes:
                count = catalogue.counts.get(code)
                if count is not None and indicator.kind and count.value and count.value != wanted:
                    found = f"«{code}» со значением {count.value}"
                    yield mistake_at(indicator, f"indicator.{key}", found, f"число со значением {wanted}")
        if indicator.numerator and set(indicator.numerator) == set(indicator.denominator):
            found = f"те же числа, что в знаменателе: {in_quotes(indicator.numerator)}"
            yield mistake_at(indicator, "indicator.numerator", found, "часть знаменателя: иначе доля всегда 100 %")


def counts_are_asked_where_their_indicator_is(catalogue: Catalogue) -> Iterator[Mistake]:
    for indicator in catalogue.indicators.values():
        behind = [code for codes in counts_behind(indicator).values() for code in codes if code in catalogue.counts]
        for level in indicator.levels:
            lacking = [c for c in behind if catalogue.counts[c].levels and level not in catalogue.counts[c].levels]
            if level in catalogue.levels and lacking:
                expected = f"уровни, на которых спрашивают {in_quotes(dict.fromkeys(lacking))}"
                yield mistake_at(indicator, "indicator.levels", f"«{level}»", expected)
        cohorts = [set(catalogue.counts[c].cohorts) for c in behind]
        if cohorts and all(cohorts) and not set.intersection(*cohorts):
            key = next(iter(counts_behind(indicator)))
            found = f"у чисел {in_quotes(dict.fromkeys(behind))} нет общей категории"
            yield mistake_at(indicator, f"indicator.{key}", found, "числа, которые спрашивают по одной категории")


def trends_follow_a_share(catalogue: Catalogue) -> Iterator[Mistake]:
    for indicator in catalogue.indicators.values():
        share = catalogue.indicators.get(indicator.of or "")
        if not indicator.formula.follows or share is None:
            continue
        if share.kind and not share.formula.part:
            found = f"«{share.code}» вида {share.kind}"
            yield mistake_at(indicator, "indicator.of", found, f"код показателя вида {in_quotes(SHARES)}")
        for level in indicator.levels:
            if level in catalogue.levels and share.levels and level not in share.levels:
                expected = f"уровни показателя «{share.code}»: {in_quotes(share.levels)}"
                yield mistake_at(indicator, "indicator.levels", f"«{level}»", expected)


def years_are_in_order(catalogue: Catalogue) -> Iterator[Mistake]:
    for block, entry in every_entry(catalogue):
        since, until = getattr(entry, "since", None), getattr(entry, "until", None)
        if since and until and since > until:
            yield mistake_at(entry, f"{block.name}.from", f"{since}, а until {until}", "год не позже until")


def one_headline(catalogue: Catalogue) -> Iterator[Mistake]:
    """At most one indicator is the headline; where levels have places on the chart, it is asked at one of them."""
    headlines = [indicator for indicator in catalogue.indicators.values() if indicator.headline]
    for second in headlines[1:]:
        expected = f"headline только у одного показателя: он уже у «{headlines[0].code}»"
        yield mistake_at(second, "indicator.headline", "true", expected)
    charted = [level.code for level in catalogue.levels.values() if level.chart]
    for headline in headlines[:1]:
        if charted and headline.levels and not set(charted) & set(headline.levels):
            expected = f"показатель хотя бы одного из уровней с ключом chart: {in_quotes(charted)}"
            yield mistake_at(headline, "indicator.headline", f"true при уровнях {in_quotes(headline.levels)}", expected)


def places_on_the_chart_differ(catalogue: Catalogue) -> Iterator[Mistake]:
    taken: dict[int, str] = {}
    for level in catalogue.levels.values():
        if level.chart and level.chart in taken:
            expected = f"место, которого ещё нет: оно у «{taken[level.chart]}»"
            yield mistake_at(level, "level.chart", str(level.chart), expected)
        elif level.chart:
            taken[level.chart] = level.code


def _place_in_indicator(catalogue: Catalogue, entry: Any, block: str) -> Iterator[Mistake]:
    """The level and cohort of a plan or problem are those at which its indicator is asked."""
    indicator = catalogue.indicators.get(entry.indicator)
    if indicator is None:
        return
    if entry.level in catalogue.levels and indicator.levels and entry.level not in indicator.levels:
        expected = f"уровень показателя «{indicator.code}»: {in_quotes(indicator.levels)}"
        yield mistake_at(entry, f"{block}.level", f"«{entry.level}»", expected)
    cohorts = asked_cohorts(catalogue, indicator)
    if entry.cohort in catalogue.cohorts and cohorts and entry.cohort not in cohorts:
        expected = f"категория, по которой спрашивают все числа показателя «{indicator.code}»: {in_quotes(cohorts)}"
        yield mistake_at(entry, f"{block}.cohort", f"«{entry.cohort}»", expected)


def asked_cohorts(catalogue: Catalogue, indicator: Indicator) -> tuple[str, ...]:
    """``Catalogue.cohorts_of`` for a catalogue that may have mistakes: what is unknown asks everything."""
    if indicator.formula.follows:
        share = catalogue.indicators.get(indicator.of or "")
        if share is None or share.formula.follows:
            return ()
        return asked_cohorts(catalogue, share)
    counts = [
        catalogue.counts[c] for codes in counts_behind(indicator).values() for c in codes if c in catalogue.counts
    ]
    return tuple(c for c in catalogue.cohorts if all(not n.cohorts or c in n.cohorts for n in counts))


def _plan_value(plan: PlanProposal, kind: str) -> Iterator[Mistake]:
    """``percent`` or ``number``, as the kind has its plan; of a kind that is not known either."""
    wanted = kind_of(kind).plan_in
    key = f"plan.{wanted or 'percent'}"
    other = "percent" if wanted == "number" else "number"
    if plan.percent is None and plan.number is None:
        yield mistake_at(plan, key, "ключа нет", "ровно один из ключей: percent для доли и да/нет, number для числа")
    elif plan.percent is not None and plan.number is not None:
        expected = f"ровно один из ключей percent и number: у показателя вида {kind or 'share'} второй лишний"
        yield mistake_at(plan, f"plan.{other}", "оба ключа", expected)
    elif wanted and getattr(plan, wanted) is None:
        found = f"{getattr(plan, other)} у показателя вида {kind}"
        yield mistake_at(plan, f"plan.{other}", found, f"{wanted} вместо {other}")


def plans_fit_their_indicator(catalogue: Catalogue) -> Iterator[Mistake]:
    for plan in catalogue.plans:
        indicator = catalogue.indicators.get(plan.indicator)
        kind = indicator.kind if indicator else ""
        if kind and kind_of(kind).plan_in is None:
            found = f"«{plan.indicator}» вида {kind}"
            yield mistake_at(plan, "plan.indicator", found, "доля, да/нет или число: у тенденции плана не бывает")
        else:
            yield from _plan_value(plan, kind)
        yield from _place_in_indicator(catalogue, plan, "plan")


def plans_differ(catalogue: Catalogue) -> Iterator[Mistake]:
    """One plan for an indicator, level, cohort, period and territory."""
    seen: dict[tuple[Any, ...], int] = {}
    for plan in catalogue.plans:
        place = (plan.indicator, plan.level, plan.cohort, plan.period_kind, plan.year, plan.territory)
        if all(place[:5]) and place in seen:
            found = f"второй план «{plan.indicator}» на уровне «{plan.level}» за {plan.year}"
            yield mistake_at(plan, "plan.indicator", found, f"один план: первый в строке {seen[place]}")
        seen.setdefault(place, plan.line)


def problems_fit_their_indicator(catalogue: Catalogue) -> Iterator[Mistake]:
    for problem in catalogue.problems.values():
        indicator = catalogue.indicators.get(problem.indicator)
        fitting = indicator.formula.seen if indicator else ()
        if fitting and problem.when and problem.when not in fitting:
            found = f"«{problem.when}» у показателя вида {indicator.kind if indicator else ''}"
            yield mistake_at(problem, "problem.when", found, f"одно из: {in_quotes(fitting)}")
        yield from _place_in_indicator(catalogue, problem, "problem")


def deadlines_say_what_their_form_needs(catalogue: Catalogue) -> Iterator[Mistake]:
    for action in catalogue.actions.values():
        yield from _deadline(action)


def _deadline(action: Action) -> Iterator[Mistake]:
    deadline = action.deadline
    if deadline.form not in DEADLINES:
        return
    needs = DEADLINES[deadline.form]
    for name in ("date", "year", "until", "day", "months"):
        given = getattr(deadline, name) not in (None, "")
        if name in needs and not given:
            expected = f'нужен при form = "{deadline.form}"'
            yield mistake_at(action, f"action.deadline.{name}", "ключа нет", expected)
        elif given and name not in needs:
            expected = f'при form = "{deadline.form}" этого ключа нет'
            yield mistake_at(action, f"action.deadline.{name}", str(getattr(deadline, name)), expected)
    if needs == ("year", "until") and deadline.year and deadline.until and deadline.until < deadline.year:
        yield mistake_at(action, "action.deadline.until", str(deadline.until), f"год не раньше {deadline.year}")
