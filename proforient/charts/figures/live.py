"""A figure whose marks answer: over the still picture lies one row of unseen bars that are pointed at and chosen.

Plotly shows what a mark says beside it and never over it: of columns right or left of them, of bars that lie below or
above. One trace has all marks, those without a figure too, so that the number of a chosen point is that of its mark.
"""

from __future__ import annotations

from html import unescape
from textwrap import wrap

from proforient.charts.figures.base import ChartMark, Figure, Json, Size, bold, safe
from proforient.palette import FONT, Theme

LINES = {True: 28, False: 40}  # signs of a line of what a mark says: beside columns there is less room
SAID: dict[Size, int] = {"page": 17, "hall": 24}  # size of its text


def marks_of(figure: Figure) -> list[ChartMark]:
    """What can be pointed at, in the order of the points that are chosen."""
    written = (ChartMark(*mark) for mark in figure["layout"]["meta"]["marks"])
    return [mark._replace(name=unescape(mark.name), words=unescape(mark.words)) for mark in written]


def live(figure: Figure, theme: Theme, size: Size = "page") -> Figure:
    """The figure with its marks as they are pointed at; the still one is left as it is."""
    found = marks_of(figure)
    layout = figure["layout"]
    meta = {key: value for key, value in layout["meta"].items() if key == "alt"}
    if not found:
        return {"data": figure["data"], "layout": {**layout, "meta": meta}}
    up = layout["meta"]["grows"] == "up"
    font: Json = {"family": FONT, "size": SAID[size], "color": theme.paper}
    answers: Json = {
        "meta": meta,
        "hovermode": "x unified" if up else "y unified",
        "hoverdistance": -1,
        "hoverlabel": {"bgcolor": theme.ink, "bordercolor": theme.ink, "font": font, "align": "left"},
    }
    across = "xaxis" if up else "yaxis"
    axis = {**layout[across], "showspikes": False, "tickmode": "array", "visible": True}
    if "ticktext" not in axis:
        axis |= {
            "tickvals": [mark.place for mark in found],
            "ticktext": [bold(safe(mark.name)) for mark in found],
            "showticklabels": False,
            "ticks": "",
            "showline": False,
        }
    return {"data": [*figure["data"], _trace(found, up=up)], "layout": {**layout, **answers, across: axis}}


def _trace(found: list[ChartMark], *, up: bool) -> Json:
    places, lengths = [mark.place for mark in found], [mark.end - mark.start for mark in found]
    x, y = (places, lengths) if up else (lengths, places)
    return {
        "type": "bar", "orientation": "v" if up else "h", "x": x, "y": y,
        "base": [mark.start for mark in found], "width": [mark.width for mark in found],
        "marker": {"opacity": 0, "color": [mark.colour for mark in found], "line": {"width": 0}},
        "customdata": ["<br>".join(map(safe, wrap(mark.words, LINES[up], break_on_hyphens=False))) for mark in found],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
