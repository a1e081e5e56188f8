"""What would be, in words that never let it be taken for what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from proforient.charts.sentences.names import noun_of
from proforient.charts.sentences.verdicts import figure, missing, plan_figure
from proforient.monitoring import Organisation, Verdict
from proforient.wording import counted, number, period_name, quoted, typo, verb_form
from proforient.wording.labels import one_line

if TYPE_CHECKING:
    from proforient.analysis.scenario import Prospect
    from proforient.catalogue.entries import Catalogue

SCENARIO = "Расчёт, не план"
NAMED, LONGEST = 6, 60  # organisations that are named, signs of a name


def scenario_finding(prospect: Prospect, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> str:
    """«Расчёт, не план: при плане 75 % — 70 %, не хватает 42 детей; план выполнили бы 12 из 16 школ»."""
    total = prospect.total
    lack = missing(total) if total.verdict is Verdict.NOT_MET else "план достигнут"
    who = _who(prospect, catalogue, organisations)
    return typo(f"{SCENARIO}: при плане {plan_figure(total)} — {figure(total)}, {lack}; {who}")


def scenario_ground(prospect: Prospect, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> str:
    """The ground of the proposal: «Предложение по расчёту: за 2022 год план 75 % выполнили бы 12 из 16 школ»."""
    total = prospect.total
    who = _who(prospect, catalogue, organisations).removeprefix("план ")
    return typo(f"Предложение по расчёту: за {period_name(total.period)} план {plan_figure(total)} {who}")


def scenario_item(prospect: Prospect, catalogue: Catalogue) -> str:
    """Of a decision: «Обеспечить 75 % по показателю «…»: за 2022 год — 70 %, по расчёту не хватает 42 детей»."""
    total = prospect.total
    cohort = catalogue.cohorts.get(total.cohort)
    name = catalogue.indicator_name(total.indicator, total.level)
    whose = f" ({cohort.name})" if cohort is not None and cohort.part_of is not None else ""
    lack = f", по расчёту {missing(total)}" if total.verdict is Verdict.NOT_MET else ""
    now = f"за {period_name(total.period)} — {figure(total)}{lack}"
    return typo(f"Обеспечить {plan_figure(total)} по показателю {quoted(name)}{whose}: {now}.")


def _who(prospect: Prospect, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> str:
    met, every = prospect.met, prospect.measured
    word = noun_of([c.organisation or "" for c in prospect.rows], organisations, catalogue)
    if not every:
        return "чисел организаций нет"
    if not met:
        return f"план не выполнила бы ни одна организация из {number(every)}"
    verb = verb_form(met, word.gender, "выполнил", "выполнила", "выполнило", "выполнили")
    return f"план {verb} бы {number(met)} из {counted(every, word, 'gen')}"


def scenario_closing(prospect: Prospect, names: Mapping[str, str]) -> str:
    """Who would close the gap: «Школа «Речная», Школа «Лесная» — 45 при нужных 42»; empty where nobody could."""
    closing = prospect.gap.closing
    called = one_line([names.get(code, code) for code, _ in closing[:NAMED]], LONGEST)
    if not called:
        return ""
    rest = len(closing) - len(called)
    who = ", ".join([*called, f"ещё {counted(rest, 'organisations')}"] if rest else called)
    return typo(f"{who} — {number(prospect.gap.closing_sum)} при нужных {number(prospect.total.needed or 0)}")
