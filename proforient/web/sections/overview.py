"""«Обзор»: the five levels as a picture, what to do first, the levels in numbers, how complete it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from proforient.advice.actions import Advice, advice_in
from proforient.advice.priorities import FirstStep, first_steps
from proforient.advice.problems import problems_of
from proforient.analysis.changes import Change, changes
from proforient.analysis.coverage import Coverage, total_rows
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Filters, Scope
from proforient.charts import figures, marks, sentences
from proforient.charts.sentences.first_steps import StepWords
from proforient.monitoring import Verdict
from proforient.web import chart, sides, widgets
from proforient.web.cache import cached
from proforient.web.session import Session, Way, address
from proforient.wording import period_name

FIRST = "Что сделать сначала"
PROBLEM, FIGURES = "Проблема и что с ней сделать", "Показатель по годам и организациям"
PLACES = "Доли разных территорий не складываются. Название открывает обзор территории."


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows, read in one transaction. ``levels``: the headline's, in the order of the chart."""

    levels: tuple[Coverage, ...]
    changes: tuple[Change, ...]
    steps: tuple[tuple[FirstStep, StepWords], ...]  # what to do first, each with its words
    problems: Mapping[str, str]  # code of the level's problem, where it has one


@cached("territory", "period", "cohort")
def read(here: Session) -> Overview:
    """The headline indicator of one territory in the cohort and period of the view."""
    view, catalogue = here.view, here.catalogue
    headline = catalogue.headline
    assert headline is not None and view.period is not None
    filters = Filters(indicator=headline.code, level=None, cohort=view.cohort)
    scope = Scope(here.reader, catalogue, view.period, territory=view.territory, filters=filters)
    rows = total_rows(scope, keys(catalogue, headline.code, None, view.cohort), named=True)
    order = {level.code: level.chart or 0 for level in catalogue.chart_levels}
    levels = tuple(sorted((c for c in rows if c.level in order), key=lambda c: order[c.level]))
    asked = [c for c in levels if c.verdict is not Verdict.NOT_ASKED]
    organisations = here.reader.roster(on=here.reader.period(view.period).ends, territory=view.territory)
    found = problems_of(scope, rows)
    states = here.reader.report_states(view.period, organisations={code for c in asked for code in c.missing})
    reported = {code for code, state in states.items() if state.reported}
    advice = advice_in(here.reader, view.period, view.territory) if found else Advice(())
    first = first_steps(found, asked, catalogue, organisations, advice, reported=reported)
    return Overview(
        levels=levels,
        changes=tuple(changes(here.reader, catalogue, asked)) if asked else (),
        steps=tuple((step, sentences.step_words(step, catalogue, organisations)) for step in first),
        problems={f.level: f.code for f in reversed(found) if f.indicator == headline.code and f.cohort == view.cohort},
    )


def picture(here: Session, shown: Overview) -> None:
    """The five columns; on a phone and on paper rows. A column and its name open who stands behind it."""
    where = partial(to_level, here)
    figure = figures.levels(shown.levels, here.catalogue, here.theme, address=where)
    hall = figures.levels(shown.levels, here.catalogue, here.theme, size="hall", address=where)
    chart.show("levels", figure, figures.alt(figure), level_rows(here, shown), hall=hall, ways=down_to)
    widgets.show_html(marks.caption(sentences.levels_caption(shown.levels, here.catalogue)))
    finding = sentences.overview_finding(shown.levels, here.catalogue)
    make = partial(figures.levels, shown.levels, here.catalogue, "light")
    chart.take("levels", make, finding, shown.levels, what="Уровни")


def level_rows(here: Session, shown: Overview) -> marks.Html:
    """The columns as rows."""
    where = partial(to_level, here)
    return marks.levels(shown.levels, here.catalogue, address=where, opens=where)


def down_to(level: str) -> Way:
    """Who stands behind a level."""
    return Way({"down": level, "level": level})


def to_level(here: Session, coverage: Coverage) -> str:
    """The address to which a column, a row and their names lead."""
    return here.way(down_to(coverage.level))


def further(here: Session, shown: Overview) -> None:
    """From a level that is opened to its problem, where it has one, and to its figures."""
    level, headline = here.view.down, here.catalogue.headline
    if level is None or headline is None:
        return
    figure = {"indicator": headline.code, "level": level}
    links = [widgets.link_html(FIGURES, page="indicators", **figure)]
    if problem := shown.problems.get(level):
        links.insert(0, widgets.link_html(PROBLEM, page="problems", problem=problem, **figure))
    widgets.show_html(marks.tag("p", marks.joined(links, " · ")))


def level_words(here: Session) -> dict[str, str]:
    """The levels of the chart, by code."""
    return {level.code: sentences.level_label(level) for level in here.catalogue.chart_levels}


def what_first(here: Session, shown: Overview) -> None:
    """At most three steps: who, what, why these, from which document."""
    if shown.steps:
        widgets.section(FIRST)
        widgets.show_html(steps(here, shown))


def steps(here: Session, shown: Overview) -> marks.Html:
    """The list of them."""
    items = []
    for step, words in shown.steps:
        names = (
            marks.tag(
                "a", name, "go", href=here.address("organisations", organisation=code, level=step.levels[0].level)
            )
            for code, name in words.names
        )
        who = marks.joined([words.who, marks.joined(names, ", "), words.rest], " ")
        line = [marks.tag("b", who), marks.html(" — " + words.what)]
        if words.source:
            line.append(marks.tag("small", words.source, "pf-quiet pf-line"))
        items.append(marks.tag("li", marks.joined(line)))
    return marks.tag("ol", marks.joined(items), "pf-list")


def numbers(here: Session, shown: Overview) -> None:
    """The table of levels; each share leads to its cells."""
    table = marks.levels_table(
        shown.levels,
        here.catalogue,
        shown.changes,
        caption="Пять уровней в числах" if len(shown.levels) == 5 else "Уровни в числах",
        pair="Охвачено",
        address=lambda c: address(indicator=c.indicator, level=c.level, trace=True) + "#source",
    )
    widgets.show_html(table)


def moved(here: Session, shown: Overview) -> None:
    """Each level now beside the period before; nothing where no level can be compared."""
    comparable = [change for change in shown.changes if change.spoken_of is not None]
    if not comparable:
        return
    title = sentences.change_title(comparable, here.catalogue)
    widgets.chart_title(title)
    figure = figures.change(comparable, here.catalogue, here.theme)
    chart.show("change", figure, title, marks.change(comparable, here.catalogue), ways=down_to)
    before = next(change.previous for change in comparable if change.previous is not None)
    now, then = period_name(comparable[0].current.period), period_name(before.period)
    widgets.caption(f"Полоса — {now}, треугольник — {then}, черта — план.")
    make = partial(figures.change, comparable, here.catalogue, "light")
    chart.take("change", make, title, [change.current for change in comparable], what="Изменение")
    two_periods = (comparable[0].current.period, before.period)
    sides.offer("Сравнить эти периоды рядом", (f"p:{code}" for code in two_periods), picked=False)


def completeness(here: Session, levels: Sequence[Coverage]) -> None:
    """Who is missing and whether it matters; how a share is computed."""
    note = sentences.completeness_note(levels, here.catalogue)
    rule = "Доля — сумма охваченных, делённая на сумму всех детей, а не среднее долей организаций."
    st.html(marks.tag("div", marks.caption(f"{note} {rule}".strip()), "pf"))
