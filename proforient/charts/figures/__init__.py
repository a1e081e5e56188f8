"""Figures for wide screens as plain Plotly dicts (``data``, ``layout``): no data access, no Plotly import.

The title is not in the figure, the page draws it; ``alt(figure)`` is the sentence that stands for the picture.
``size="hall"`` enlarges text for screens from 1700 px on.
"""

from proforient.charts.figures.base import CONFIG, Figure, Size, alt
from proforient.charts.figures.change import change
from proforient.charts.figures.gap import gap
from proforient.charts.figures.levels import levels
from proforient.charts.figures.organisations import organisations, ranked
from proforient.charts.figures.periods import periods, periods_width

__all__ = [
    "CONFIG", "Figure", "Size", "alt", "change", "gap", "levels", "organisations", "periods", "periods_width", "ranked",
]  # fmt: skip
