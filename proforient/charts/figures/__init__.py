"""Figures for wide screens as plain Plotly dicts (``data``, ``layout``): no data access, no Plotly import.

The title is not in the figure, the page draws it; ``alt(figure)`` is the sentence that stands for the picture.
``size="hall"`` enlarges text for screens from 1700 px on. A figure is a still picture; ``live`` lets its marks be
pointed at and chosen.
"""

from proforient.charts.figures.base import CONFIG, ChartMark, Figure, Size, alt
from proforient.charts.figures.change import change
from proforient.charts.figures.gap import gap
from proforient.charts.figures.levels import levels
from proforient.charts.figures.live import live, marks_of
from proforient.charts.figures.organisations import organisations, ranked
from proforient.charts.figures.panels import FigurePanel, PanelLook, panels
from proforient.charts.figures.periods import periods, periods_width
from proforient.charts.figures.picture import WIDTH, picture

__all__ = [
    "CONFIG",
    "WIDTH",
    "ChartMark",
    "Figure",
    "FigurePanel",
    "PanelLook",
    "Size",
    "alt",
    "change",
    "gap",
    "levels",
    "live",
    "marks_of",
    "organisations",
    "panels",
    "periods",
    "periods_width",
    "picture",
    "ranked",
]  # fmt: skip
