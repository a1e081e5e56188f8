"""One figure over the periods: read, and drawn where its words have room."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import NamedTuple

import streamlit as st

from proforient.analysis.changes import series
from proforient.analysis.coverage import Coverage
from proforient.charts import figures, marks
from proforient.web import chart, sides, widgets
from proforient.web.cache import cached
from proforient.web.session import Session, Way


@cached()
def past(
    here: Session, indicator: str, level: str, cohort: str, period: str, territory: str, organisation: str | None = None
) -> tuple[Coverage, ...]:
    """The figure in this period and the earlier ones of its kind, oldest first."""
    figure = {"indicator": indicator, "level": level, "cohort": cohort, "period": period}
    return tuple(series(here.reader, here.catalogue, **figure, territory=territory, organisation=organisation))


class Room(NamedTuple):
    """How many pixels wide a chart is on its page."""

    laptop: int  # in one of two columns, in the window of a laptop
    half: int  # the same in the narrowest window with charts
    whole: int  # there, over the whole width


def two_places(series: Sequence[Coverage], room: Room) -> Sequence[AbstractContextManager[object]]:
    """For the chart and what stands with it: beside each other, or one under the other where it needs the width."""
    if is_beside(series, room):
        return st.columns(2, gap="large")
    return st.container(), st.container()


def is_beside(series: Sequence[Coverage], room: Room) -> bool:
    """Whether the chart has room in one of two columns."""
    return figures.periods_width(series) <= room.laptop


def chart_name(name: str, series: Sequence[Coverage], room: Room) -> str:
    """Of the chart with dots; empty where rows stand instead, for one period or because the words have no room."""
    wide = figures.periods_width(series)
    if len(series) < 2 or wide > max(room.laptop, room.whole):
        return ""
    return f"half-{name}" if room.half < wide <= room.laptop else name  # in a window narrower than a laptop's rows


def draw(here: Session, name: str, series: Sequence[Coverage], title: str, room: Room) -> None:
    """Dots where their words have room, else rows."""
    called, rows = chart_name(name, series, room), period_rows(here, series)
    if called:
        figure = figures.periods(series, here.theme)
        chart.show(called, figure, title, rows, ways=sides.ways_of("p", to_period))
        chart.take(called, partial(figures.periods, series, "light"), title, series[-1:], what="По периодам")
    else:
        widgets.show_html(rows)


def period_rows(here: Session, series: Sequence[Coverage]) -> marks.Html:
    """The dots as rows."""
    return marks.periods(series, opens=lambda c: here.way(sides.ways_of("p", to_period)(c.period)))


def to_period(code: str) -> Way:
    """Where the mark of a period leads: it becomes that of the page."""
    return Way({"period": code})
