"""What is asked: rows, columns, measure and look, out of what the person may look at; all of it in the address."""

from __future__ import annotations

import streamlit as st

from proforient.analysis.pivot import AXES, Axis, Pivot, PivotQuestion, pivot
from proforient.charts.sentences import AXIS_WORDS, QUANTITIES, Quantity, level_label
from proforient.view import NO_AXIS
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.choices import LOOKS
from proforient.web.sections import indicators
from proforient.web.session import Session

TERRITORY = "Территории разных регионов не складываются: выберите территорию или поставьте территории в строки."


def axes(here: Session) -> dict[Axis, str]:
    """Those along which there is more than one thing to look at."""
    choices = here.choices
    many = {
        "period": len(choices.periods),
        "cohort": len(choices.cohorts),
        "territory": len(choices.territories),
        "level": len(here.catalogue.levels) if "indicator" in _chosen(here) else len(_levels(here)),
    }
    return {axis: AXIS_WORDS[axis][0] for axis in AXES if many.get(axis, 2) > 1}


def _chosen(here: Session) -> tuple[str | None, str | None]:
    return here.view.rows, here.view.columns


def _levels(here: Session) -> tuple[str, ...]:
    return tuple(here.choices.indicators[here.view.indicator or ""])


def question(here: Session) -> PivotQuestion:
    """The question of the address; what it leaves out is the first that can be asked."""
    view, offered = here.view, list(axes(here))
    assert view.period is not None and view.cohort is not None
    rows = next((axis for axis in offered if axis == view.rows), offered[0])
    others = [axis for axis in offered if axis != rows]
    columns = next((axis for axis in others if axis == view.columns), None)
    if view.columns is None and "period" in others:
        columns = "period"
    return PivotQuestion(
        rows=rows,
        columns=columns,
        territory=view.territory,
        period=view.period,
        periods=tuple(sorted(here.choices.periods, key=lambda code: here.reader.period(code).ends)),  # order: days
        cohort=view.cohort,
        indicator=view.indicator or "",
        level=view.level or "",
    )


def quantity(here: Session) -> Quantity:
    return next((found for found in QUANTITIES if found == here.view.measure), "share")


def look(here: Session, question: PivotQuestion) -> str:
    """A line of years needs years."""
    found = here.view.look if here.view.look in LOOKS else "table"
    return found if found != "years" or "period" in question.axes else "table"


def read(here: Session, question: PivotQuestion) -> Pivot:
    """Kept by how far the person reaches: without a territory all that is in reach is in it."""
    return _read(here, question, here.person.territory, here.person.organisation)


@cached()
def _read(here: Session, question: PivotQuestion, territory: str, organisation: str | None) -> Pivot:
    return pivot(here.reader, here.catalogue, question)


def lacks_territory(question: PivotQuestion) -> bool:
    return question.territory is None and not {"territory", "organisation"}.intersection(question.axes)


def boxes(here: Session, question: PivotQuestion) -> None:
    """A row of boxes; below them how it is drawn."""
    every: dict[str, str] = dict(axes(here).items())
    measures: dict[str, str] = dict(QUANTITIES.items())
    columns = {NO_AXIS: "нет", **{axis: words for axis, words in every.items() if axis != question.rows}}
    with st.container(horizontal=True, key="explore-axes", vertical_alignment="bottom"):
        widgets.choose("rows", "Строки", every, usual=question.rows, labelled=True)
        widgets.choose("columns", "Столбцы", columns, usual=question.columns or NO_AXIS, labelled=True)
        widgets.choose("measure", "Мера", measures, usual=quantity(here), labelled=True)
        if "indicator" not in question.axes:
            widgets.choose("indicator", "Показатель", indicators.every_name(here), labelled=True)
        if "level" not in question.axes and len(_levels(here)) > 1:
            words = {code: level_label(here.catalogue.levels[code]) for code in _levels(here)}
            widgets.choose("level", "Уровень", words, labelled=True)
    looks = {code: words for code, words in LOOKS.items() if code != "years" or "period" in question.axes}
    widgets.switch("look", "Вид", looks)
