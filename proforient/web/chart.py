"""A chart on a live page: a figure on wide screens, rows on a phone and on paper; its marks are pointed at and chosen.

``Ways`` says where a mark leads, by its code: a level, an organisation, a period. A click on the mark, a link of the
list that the keyboard reaches and a row's bar lead to the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from proforient.analysis.coverage import Coverage
from proforient.charts import figures, sentences
from proforient.charts.marks import Html, joined, tag
from proforient.charts.plotly_figure import plotly_figure
from proforient.documents.file_names import file_name
from proforient.monitoring import now
from proforient.palette import THEMES
from proforient.web import clock, widgets
from proforient.web.session import Way, current, lead
from proforient.wording import uncapital

Ways = Callable[[str], Way]
PICTURE = "Скачать рисунок"
KINDS = ("PNG", "SVG")
# What Plotly says while it saves; its own words are English.
WORDS = {
    "Preparing image - this may take a few seconds": "Рисунок готовится: это займёт несколько секунд",
    "Image download succeeded": "Рисунок сохранён",
    "Sorry, there was a problem downloading your image!": "Рисунок не удалось сохранить: попробуйте ещё раз",
    "Download plot as a PNG": PICTURE,
    "Download plot": PICTURE,
}


def show(
    name: str,
    figure: figures.Figure,
    alt: str,
    rows: Html,
    *,
    hall: figures.Figure | None = None,
    ways: Ways | None = None,
) -> None:
    """``rows`` (HTML) stand in the figure's place on a phone and on paper; ``alt`` says it in words.

    ``hall``: the same chart with larger signs, for the screen of a hall.
    """
    _drawn(f"wide-{name}", f"chart-{name}", figure, alt, ways)
    if hall is not None:
        _drawn(f"hall-{name}", f"hall-{name}-chart", hall, alt, ways, size="hall")
    with st.container(key=f"narrow-{name}"):
        widgets.show_html(rows)


def _drawn(
    place: str, key: str, figure: figures.Figure, alt: str, ways: Ways | None, *, size: figures.Size = "page"
) -> None:
    marks = figures.marks_of(figure)
    chosen: Mapping[str, Any] = {}
    if ways is not None and marks:
        chosen = {"on_select": partial(_chosen, key, [ways(mark.code) for mark in marks]), "selection_mode": "points"}
    with st.container(key=place):
        drawn = plotly_figure(figures.live(figure, THEMES[current().theme], size))
        st.plotly_chart(drawn, width="stretch", theme=None, alt=alt, config=figures.CONFIG, key=key, **chosen)
        if ways is not None and marks:
            widgets.show_html(_reached(marks, ways, alt))


def _chosen(key: str, ways: list[Way]) -> None:
    """The mark that was clicked leads on; nothing where a click takes a choice back."""
    points = st.session_state[key]["selection"]["point_indices"]
    if points and points[0] < len(ways):
        lead(ways[points[0]])


def _reached(marks: list[figures.ChartMark], ways: Ways, alt: str) -> Html:
    """Each mark as a link that says what it says, seen while the keyboard is on it; the sheet writes its name out."""
    here = current()
    lines = (
        tag("li", tag("a", "", "go", href=here.way(ways(mark.code)), aria_label=f"{mark.name}: {mark.words}"))
        for mark in marks
    )
    return tag("nav", tag("ul", joined(lines)), "pf-reach", aria_label=f"По отметкам рисунка. {alt}")


def take(name: str, make: Callable[[], figures.Figure], title: str, shown: Sequence[Coverage], *, what: str) -> None:
    """The chart as a picture with its title, the plan's ground, the day and the territory; ``what`` heads the file.

    It is drawn, by ``make`` in the light colours, when somebody asks for it, and saved by Plotly in the browser.
    """
    here = current()
    notes = [
        f"{widgets.scope_words(here)}. На {clock.moment_ru(now(), here.zone)}.",
        f"План: {uncapital(sentences.plans_line(_distinct(shown), here.catalogue))}",
    ]
    called = file_name(what, territory=here.view.territory or "", period=here.view.period or "", ending="").strip(".")
    _take(name, lambda: figures.picture(make(), title, notes, THEMES["light"]), called)


def _distinct(shown: Sequence[Coverage]) -> list[Coverage]:
    """One of those that have the same plan at the same level: of several sides it is told once."""
    found = {(c.level, c.plan and (c.plan.amount, c.plan.origin, c.plan.ground)): c for c in shown}
    return list(found.values())


@st.fragment
def _take(name: str, make: Callable[[], figures.Figure], called: str) -> None:
    opened = st.popover(PICTURE, icon=":material/image:", key=f"picture-{name}", on_change="rerun")
    if not opened.open:
        return
    made = make()
    size = {"width": figures.WIDTH, "height": made["layout"]["height"]}
    config = {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"filename": called, "format": "png", "scale": 2, **size},
        "locale": "ru",
        "locales": {"ru": {"dictionary": WORDS}},
    }
    with opened, st.container(key=f"take-{name}"):
        buttons = (tag("button", f"Скачать {kind}", "pf-picture", data_format=kind.lower()) for kind in KINDS)
        widgets.show_html(tag("p", joined(buttons, " ")))
        with st.container(key=f"unseen-{name}"):
            st.plotly_chart(plotly_figure(made), theme=None, config=config, key=f"picture-{name}-chart")
