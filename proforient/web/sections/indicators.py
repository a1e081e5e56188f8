"""«Показатели»: the catalogue's list, one indicator at one level with its formula, levels, periods, organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from proforient.analysis.changes import series
from proforient.analysis.coverage import Coverage, coverages
from proforient.analysis.scope import Filters
from proforient.catalogue.entries import Goal, Indicator
from proforient.catalogue.name_keys import normalise
from proforient.charts import figures, marks, sentences
from proforient.monitoring import Organisation, Verdict
from proforient.palette import VERDICTS
from proforient.web import chart, lists, sides, widgets
from proforient.web.cache import cached
from proforient.web.choices import groupings_of
from proforient.web.sections import past, territories
from proforient.web.session import Session, Way, address

FIND = "Найти показатель"
NOT_ASKED = "Этот показатель в выбранном периоде и категории не спрашивают"
CHOOSE = "Выберите другой показатель слева, другой период или категорию «все»."

ROOM = past.Room(laptop=428, half=301, whole=666)

# Of several levels the list shows the one that wants attention most.
_WORST = (Verdict.NOT_MET, Verdict.JUDGED, Verdict.MET, Verdict.NO_PLAN, Verdict.NO_DATA, Verdict.NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigures:
    """What the page shows of one indicator, read in one transaction."""

    every: tuple[Coverage, ...]  # all indicators of the territory and cohort, for the list
    levels: tuple[Coverage, ...]  # the chosen indicator's
    chosen: Coverage | None  # at the level of the view
    series: tuple[Coverage, ...]
    organisations: tuple[Coverage, ...]
    names: Mapping[str, Organisation]
    below: territories.TerritoriesBelow


@cached("territory", "period", "cohort")
def read_all(here: Session) -> tuple[Coverage, ...]:
    """Every figure of the territory and cohort."""
    view = here.view
    assert view.period is not None
    return tuple(coverages(here.reader, here.catalogue, view.period, territory=view.territory, cohort=view.cohort))


@cached("territory", "period", "cohort", "indicator", "level")
def read(here: Session) -> IndicatorFigures:
    view, catalogue, reader = here.view, here.catalogue, here.reader
    assert view.period is not None and view.indicator is not None and view.level is not None
    every = read_all(here)
    levels = tuple(c for c in every if c.indicator == view.indicator)
    chosen = next((c for c in levels if c.level == view.level), None)
    before: Sequence[Coverage] = ()
    rows: Sequence[Coverage] = ()
    below = territories.read(here, view.indicator)
    if chosen is not None:
        one = Filters(indicator=view.indicator, level=view.level, cohort=chosen.cohort)
        before = series(
            reader, catalogue, view.indicator, view.level, chosen.cohort, period=view.period, territory=view.territory
        )
        if not below.rows:  # of a region its municipalities are shown, each with its own organisations
            rows = coverages(reader, catalogue, view.period, territory=view.territory, by="organisation", **one)
    ends = reader.period(view.period).ends
    return IndicatorFigures(
        every=every,
        levels=levels,
        chosen=chosen,
        series=tuple(before),
        organisations=tuple(c for c in rows if c.verdict is not Verdict.NOT_ASKED),
        names=reader.roster(on=ends, territory=view.territory) if rows else {},
        below=below,
    )


def mark(found: Sequence[Coverage]) -> str:
    """The glyph of an indicator: its worst level; a «нет» where everybody must say «да» counts as unmet."""
    if any(c.formula.answers and c.numerator is not None and c.numerator < (c.denominator or 0) for c in found):
        return VERDICTS[Verdict.NOT_MET].glyph
    verdicts = {c.verdict for c in found}
    worst = next((v for v in _WORST if v in verdicts), Verdict.NO_DATA)
    return VERDICTS[worst].glyph


def catalogue_list(here: Session, shown: IndicatorFigures) -> None:
    """Every indicator by group with its glyph; a field to search; on a phone one select box instead."""
    with st.container(key="wide-catalogue"):
        options = groupings_of(here.catalogue)
        if len(options) > 1:
            widgets.switch("grouping", "Деление списка", options)
        wanted = st.text_input(FIND, placeholder=FIND, label_visibility="collapsed")
        lines = entries(here, shown, wanted)
        if lines:
            with st.container(height=900, border=False):
                widgets.link_list(lines, label="Показатели")
        else:
            widgets.caption("Такого показателя нет. Попробуйте одно слово из названия или номер.")
    with st.container(key="narrow-catalogue"):
        widgets.choose("indicator", "Показатель", asked_names(here, shown))


def asked_names(here: Session, shown: IndicatorFigures) -> dict[str, str]:
    """Code -> number and name of the indicators that are asked here."""
    asked = _asked(shown)
    return {i.code: f"{i.number} {name(i)}" for i in here.catalogue.indicators.values() if i.code in asked}


def entries(here: Session, shown: IndicatorFigures, wanted: str = "") -> list[widgets.Choice]:
    """The lines of the list, of all indicators or of those in which ``wanted`` is found."""
    return list(_lines(here, _asked(shown), normalise(wanted)))


def _asked(shown: IndicatorFigures) -> dict[str, list[Coverage]]:
    by_code: dict[str, list[Coverage]] = {}
    for coverage in shown.every:
        if coverage.verdict is not Verdict.NOT_ASKED:
            by_code.setdefault(coverage.indicator, []).append(coverage)
    return by_code


def choose(here: Session) -> None:
    """Which indicator, where there is no territory whose figures could stand beside its name."""
    with st.container(horizontal=True, key="places-indicator"):
        widgets.choose("indicator", "Показатель", every_name(here))


def every_name(here: Session) -> dict[str, str]:
    """The same of all indicators of the catalogue."""
    return {i.code: f"{i.number} {name(i)}" for i in here.catalogue.indicators.values()}


def places_lead(here: Session) -> str:
    return f"{here.catalogue.indicator_name(here.view.indicator or '')}. Название открывает обзор территории."


def to_source() -> marks.Html:
    """The way to the cells of the chosen figure."""
    return widgets.link_line("Откуда число: файлы, строки, столбцы", address(trace=True) + "#source")


def name(indicator: Indicator) -> str:
    return indicator.short or indicator.name


def _lines(here: Session, by_code: Mapping[str, Sequence[Coverage]], wanted: str) -> Iterator[widgets.Choice]:
    found = [
        i
        for i in here.catalogue.indicators.values()
        if i.code in by_code and wanted in normalise(f"{i.number} {name(i)} {i.name}")
    ]
    said = ""
    for heading, task, inside in _divided(here, found):
        if inside and heading != said:
            said = heading
            yield widgets.Choice(heading=heading)
        if inside and task:
            yield widgets.Choice(heading=task, below=True)
        for indicator in inside:
            yield widgets.Choice(
                text_html=marks.html(name(indicator)),
                mark=mark(by_code[indicator.code]),
                changes={"indicator": indicator.code},
                selected=indicator.code == here.view.indicator,
            )


Division = tuple[str, str, list[Indicator]]


def _divided(here: Session, found: Sequence[Indicator]) -> Iterator[Division]:
    """Heading, heading below it, indicators: each group once, each numbered group of a document, or each goal with its
    tasks; of the last two then what belongs to none. An indicator may stand in several."""
    groups = here.catalogue.groups
    if here.view.grouping == "document":
        numbered = {code: group for code, group in groups.items() if group.number is not None}
        for code, group in numbered.items():
            yield f"{group.number}. {group.name}", "", [i for i in found if code in i.groups]
        yield "Вне групп протокола", "", [i for i in found if not numbered.keys() & set(i.groups)]
    elif here.view.grouping == "goal":
        for goal in here.catalogue.goals.values():
            yield from _of_goal(here, goal, found)
        yield "Цель не названа", "", [i for i in found if not i.goals]
    else:
        for code, group in groups.items():
            yield group.name, "", [i for i in found if i.groups[:1] == (code,)]


def _of_goal(here: Session, goal: Goal, found: Sequence[Indicator]) -> Iterator[Division]:
    """The tasks of a goal with their indicators, then those of the goal that no task has."""
    heading = sentences.goal_words(goal)
    tasks = [task for task in here.catalogue.tasks.values() if task.goal == goal.code]
    for task in tasks:
        yield heading, sentences.task_words(task), [i for i in found if i.code in task.indicators]
    within = {code for task in tasks for code in task.indicators}
    rest = [i for i in found if goal.code in i.goals and i.code not in within]
    yield heading, sentences.WITHOUT_TASK if tasks else "", rest


def level_words(here: Session) -> dict[str, str]:
    """The levels of the indicator of the view, by code."""
    levels = here.catalogue.levels
    return {code: sentences.level_label(levels[code]) for code in here.choices.indicators[here.view.indicator or ""]}


def levels_switch(here: Session, shown: IndicatorFigures) -> None:
    """Buttons of the indicator's levels that are asked here; nothing where there is only one."""
    options = level_options(here, shown)
    if options:
        widgets.switch("level", "Уровень", options)


def level_options(here: Session, shown: IndicatorFigures) -> dict[str, str]:
    """Code -> words of the levels to choose from; none where there is only one."""
    asked = [c.level for c in shown.levels if c.verdict is not Verdict.NOT_ASKED]
    return {code: sentences.level_label(here.catalogue.levels[code]) for code in asked} if len(asked) > 1 else {}


def plan_of(coverage: Coverage) -> marks.Html:
    """The plan in children; one that was invented for the demonstration is underlined like all such."""
    text = sentences.plan_in_units(coverage)
    if not sentences.invented(coverage):
        return marks.html(text)
    return marks.tag("span", text, "pf-invented")


def formula(coverage: Coverage) -> marks.Html:
    """The formula with this territory's numbers, the plan in units, the verdict."""
    parts = [
        marks.tag("span", sentences.formula(coverage)),
        plan_of(coverage),
        marks.verdict(coverage, short=True),
        marks.caveats(coverage),
    ]
    if sentences.invented(coverage):
        parts.append(marks.tag("small", f"план {sentences.INVENTED}", "pf-quiet"))
    return marks.tag("p", marks.joined(parts, " \u2002"), "pf-strip")


def levels(here: Session, shown: IndicatorFigures) -> None:
    """All levels of the indicator beside their plans."""
    asked = several_levels(shown)
    if not asked:
        return
    title = sentences.levels_title(asked)
    widgets.chart_title(title)
    widgets.show_html(marks.levels(asked, here.catalogue))
    make = partial(figures.levels, asked, here.catalogue, "light")
    chart.take("levels", make, title, asked, what="Уровни показателя")


def several_levels(shown: IndicatorFigures) -> list[Coverage]:
    """The levels that stand beside each other; none where there is only one."""
    asked = [c for c in shown.levels if c.verdict is not Verdict.NOT_ASKED]
    return asked if len(asked) > 1 else []


def periods(here: Session, shown: IndicatorFigures) -> None:
    """The figure over the chain of comparable periods."""
    title = sentences.periods_title(shown.series)
    widgets.chart_title(title)
    past.draw(here, "periods", shown.series, title, ROOM)
    sides.offer("Сравнить периоды на всех уровнях", (f"p:{c.period}" for c in reversed(shown.series)))


def organisations(here: Session, shown: IndicatorFigures) -> None:
    """Every organisation beside the plan of its municipality."""
    if not shown.organisations:
        return
    names = sentences.names_of(shown.names)
    title = sentences.organisations_title(shown.organisations, here.catalogue, shown.names)
    widgets.chart_title(title)
    figure = figures.organisations(shown.organisations, names, here.theme, title=title)
    ways = sides.ways_of("o", to_sheet)
    rows = marks.organisations(
        shown.organisations, names, title=title, opens=lambda c: here.way(ways(c.organisation or ""))
    )
    chart.show("organisations", figure, title, rows, ways=ways)
    make = partial(figures.organisations, shown.organisations, names, "light", title=title)
    chart.take("organisations", make, title, shown.organisations[:1], what="Организации")
    every = figures.ranked(shown.organisations, names, by_gap=True)
    sides.offer("Сравнить первые по нехватке", (f"o:{c.organisation}" for c in every))


def to_sheet(code: str) -> Way:
    """Where an organisation's mark leads: to its sheet, at the cells of this figure."""
    return Way({"organisation": code, "trace": True, "source": None}, "organisations")


def tables(here: Session, shown: IndicatorFigures) -> None:
    """The same figures as tables, with the way to each figure's cells and to each organisation's sheet."""
    names = sentences.names_of(shown.names)
    with st.expander("Таблицы к рисункам"):
        widgets.show_html(
            marks.levels_table(
                shown.levels,
                here.catalogue,
                address=lambda c: address(level=c.level, trace=True) + "#source",
            )
        )
        widgets.show_html(marks.periods_table(shown.series))
        if shown.organisations:
            every = figures.ranked(shown.organisations, names)
            table = marks.organisations_table(
                lists.page_of(every),
                names,
                address=lambda c: address("organisations", organisation=c.organisation, level=c.level, trace=True),
            )
            lists.begin()
            widgets.show_html(table)
            lists.pages(len(every))
    widgets.take_away("Показатель", [*shown.levels, *shown.series[:-1], *shown.organisations], names)
