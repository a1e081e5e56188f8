"""Fluid rows and reading tables as HTML for phone, paper and plain pages: analysis results in, ``Html`` out.

They need ``css()`` once on the page. Nothing carries a style attribute, so that a strict policy holds.
"""

from proforient.charts.marks.gap import gap
from proforient.charts.marks.periods import change, periods
from proforient.charts.marks.pieces import (
    Html,
    caption,
    caveats,
    glyph,
    html,
    joined,
    name_line,
    plan,
    share,
    standing,
    tag,
    verdict,
    with_invented,
    word_of,
)
from proforient.charts.marks.rows import bar, block, bullet, levels, organisations, row
from proforient.charts.marks.sides import panels, side_rows, sides_table
from proforient.charts.marks.style import css
from proforient.charts.marks.tables import TableColumn, levels_table, organisations_table, periods_table, table
from proforient.charts.marks.territories import places, places_table, ranked_places

__all__ = [
    "Html",
    "TableColumn",
    "bar",
    "block",
    "bullet",
    "caption",
    "caveats",
    "change",
    "css",
    "gap",
    "glyph",
    "html",
    "joined",
    "levels",
    "levels_table",
    "name_line",
    "organisations",
    "organisations_table",
    "panels",
    "periods",
    "periods_table",
    "places",
    "places_table",
    "plan",
    "ranked_places",
    "row",
    "share",
    "side_rows",
    "sides_table",
    "standing",
    "table",
    "tag",
    "verdict",
    "with_invented",
    "word_of",
]
