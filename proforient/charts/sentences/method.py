"""How an indicator is computed, of which counts, where each comes from, and what the indicator is for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from proforient.catalogue.days import day_of, days_of
from proforient.catalogue.entries import Catalogue, Count, Goal, Indicator, Source, Task
from proforient.catalogue.holding import holds
from proforient.charts.sentences.names import level_label
from proforient.wording import NB, capital, date_ru, join, typo, uncapital

DIRECTIONS = {"more": "чем больше, тем лучше", "less": "чем меньше, тем лучше"}
NO_TASK = "задачи не названы"
WITHOUT_TASK = "Без задачи"
NO_INDICATOR = "показателя пока нет"


def counts_of(catalogue: Catalogue, indicator: Indicator) -> list[Count]:
    """Every count behind the indicator, each once; of a trend those of the share that it follows."""
    if indicator.formula.follows and indicator.of:
        return counts_of(catalogue, catalogue.indicators[indicator.of])
    codes = [*indicator.numerator, *indicator.denominator, *([indicator.count] if indicator.count else [])]
    return [catalogue.counts[code] for code in dict.fromkeys(codes)]


def formula_in_words(catalogue: Catalogue, indicator: Indicator, level: str) -> str:
    """«Д = Ч / З × 100 %, где: Д – …; Ч – …; З – …»; of one number its own words."""
    above, below = (
        [uncapital(catalogue.count_name(code, level)) for code in codes]
        for codes in (indicator.numerator, indicator.denominator)
    )
    if above and below:
        times = " × 100 %" if indicator.formula.in_percent else ""
        what = uncapital(catalogue.indicator_name(indicator.code, level))
        forms = [catalogue.counts[code].form for code in indicator.denominator if catalogue.counts[code].form]
        source = f" в соответствии с данными {', '.join(forms)}" if forms else ""
        return f"Д = Ч / З{times}, где: Д – {what}; Ч – {' + '.join(above)}; З – {' + '.join(below)}{source}"
    if indicator.formula.answers:
        return "Ответ «да» или «нет»; по территории — доля организаций, ответивших «да»"
    if indicator.count:
        return uncapital(catalogue.count_name(indicator.count, level))
    return "Изменение доли за несколько периодов"


def counted_once(catalogue: Catalogue, indicator: Indicator) -> str:
    """Rules by which nobody is counted twice, each once; empty where there is none."""
    rules = dict.fromkeys(count.once for count in counts_of(catalogue, indicator) if count.once)
    return " ".join(f"{rule.rstrip('.')}." for rule in rules)


def method_rows(
    catalogue: Catalogue, indicator: Indicator, level: str, *, territory: str | None, year: int
) -> Iterator[tuple[str, list[str]]]:
    """Label and lines: the numbers with their forms and days, the direction, the source, goals and tasks.

    A source that does not hold in the territory and year is not named there.
    """
    for label, codes in (("Числитель", indicator.numerator), ("Знаменатель", indicator.denominator)):
        if codes:
            yield label, [count_words(catalogue, catalogue.counts[code], level) for code in codes]
    if indicator.count:
        yield "Что сдают", [count_words(catalogue, catalogue.counts[indicator.count], level)]
    once = counted_once(catalogue, indicator)
    if once:
        yield "Как учитывают", [typo(once)]
    shared = _shared_children(catalogue, level)
    if shared:
        yield "С чем не складывают", [shared]
    if not indicator.formula.answers and not indicator.formula.follows:
        yield "Направление", [DIRECTIONS[indicator.direction]]
    if indicator.source:
        yield "Источник", [_source(catalogue.sources[indicator.source], indicator, territory, year)]
    goals = [catalogue.goals[code] for code in indicator.goals if code in catalogue.goals]
    if goals:
        yield "Цель", [goal_words(goal) for goal in goals]
    tasks = tasks_of(catalogue, indicator)
    if tasks:
        yield "Задачи", [task_words(task) for task in tasks]


def _shared_children(catalogue: Catalogue, level: str) -> str:
    """At which other levels the same children stand, too; empty where at none."""
    others = [level_label(catalogue.levels[code]) for code in catalogue.levels[level].overlaps] if level else []
    return typo(f"Те же дети могут стоять и в строках: {', '.join(others)}") if others else ""


def count_words(catalogue: Catalogue, count: Count, level: str) -> str:
    """«Численность … (на 20 сентября, форма ФСН № ОО-1)»."""
    when = _days(catalogue, count, level) or ("за весь период" if count.value == "whole" else "")
    facts = ", ".join(filter(None, (when, _form(count))))
    name = catalogue.count_name(count.code, level)
    return typo(f"{name} ({facts})" if facts else name)


def _form(count: Count) -> str:
    """«форма ФСН № ОО-1»; of papers that are no form of statistics «откуда: протоколы диагностики»."""
    if not count.form:
        return ""
    return f"форма {count.form}" if count.form.startswith("ФСН") else f"откуда: {uncapital(count.form)}"


def count_tip(catalogue: Catalogue, count: Count, level: str, kind: str) -> str:
    """What whoever fills in a count is told of it: «На 20 сентября. ФСН ОО-1. Каждый учитывается один раз.»."""
    day = day_of(catalogue, count, level, kind)
    parts = (f"На{NB}{_day(day)}" if day else "", capital(count.form), count.once)
    return typo(" ".join(f"{part.rstrip('.')}." for part in parts if part))


def _days(catalogue: Catalogue, count: Count, level: str) -> str:
    """«на 20 сентября»; where kinds differ «на 20 сентября, детский сад и кружок — на 31 декабря»."""
    days: list[str] = []
    for day, kinds in days_of(catalogue, count, level).items():
        whose = join([catalogue.organisation_kinds[code].name for code in kinds])
        days.append(f"{whose} — на{NB}{_day(day)}" if days else f"на{NB}{_day(day)}")
    return ", ".join(days)


def _day(as_of: str) -> str:
    """«20 сентября» of «09-20»; of 29 February, too."""
    month, day = map(int, as_of.split("-"))
    return date_ru(dt.date(2000, month, day), "short")


def _source(source: Source, indicator: Indicator, territory: str | None, year: int) -> str:
    if not holds(source, territory, year):
        return "Образец других муниципалитетов"
    named = "назван в документе прямо" if indicator.explicit else "выведен из его рекомендаций и проблем"
    return typo(f"{source_words(source)}; показатель {named}")


def source_words(source: Source) -> str:
    """«Письмо … № 837/1 от 04.05.2023»."""
    number = f" №{NB}{source.number}" if source.number else ""
    day = f" от {date_ru(source.date)}" if source.date else ""
    return f"{source.title}{number}{day}"


def goal_words(goal: Goal) -> str:
    """«1. Выявление предпочтений…»."""
    return typo(f"{goal.number}. {goal.name}" if goal.number else goal.name)


def task_words(task: Task) -> str:
    """«1.М.1. Информирование…»."""
    return typo(f"{task.number}. {task.text}" if task.number else task.text)


def tasks_of(catalogue: Catalogue, indicator: Indicator) -> Sequence[Task]:
    """The tasks whose work the indicator measures."""
    return [task for task in catalogue.tasks.values() if indicator.code in task.indicators]


def subgoals(goal: Goal) -> str:
    """What the goal means for the municipality, in one sentence; empty where nobody has said."""
    listing = "; ".join(uncapital(one.rstrip(".")) for one in goal.municipal)
    return typo(f"На муниципальном уровне: {listing}.") if listing else ""
