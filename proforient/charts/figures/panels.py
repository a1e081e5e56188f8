"""Small panels of one scale as one figure: a row a figure with its bar or dot, its plan and its verdict in words.

On a page the same stands as HTML; this is the picture of it to take away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from proforient.analysis.coverage import Coverage
from proforient.charts.figures.base import (
    Figure,
    Json,
    axis,
    bold,
    coloured,
    coord,
    figure,
    fill,
    height_of,
    is_outlined,
    line,
    marker,
    plan_of,
    safe,
    text,
    theme_of,
)
from proforient.charts.sentences import figure as shown
from proforient.charts.sentences import plan_label, provisional_note, saying
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS, Theme, ThemeName
from proforient.wording.labels import one_line

HEAD, BARE, ROW, BAR, AIR = 44, 12, 62, 22, 26  # pixels: of a title, of none, a row, its bar, between two panels
TITLE, NAME, SMALL = 18, 16, 14  # sizes of texts
GAP = Fraction(10, 100)  # between two panels, of the width of one
INSIDE = Fraction(20, 100)  # part of the width from which a bar has room for its figure
LONGEST = {1: 70, 2: 34}  # signs of a name, by how many panels stand beside each other
HUNDRED = Fraction(100)
PanelLook = Literal["bars", "dots"]


class FigurePanel(NamedTuple):
    """``rows``: what each is called, and its figure; none: ``note`` stands in their place."""

    title: str
    rows: Sequence[tuple[str, Coverage]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _RowPlace:
    """Where a row stands: the left end of its scale and its middle, and how long the scale is."""

    left: Fraction
    middle: float
    full: Fraction

    def at(self, value: Fraction) -> float:
        return coord(self.left + min(value, self.full))


def panels(found: Sequence[FigurePanel], theme: ThemeName | Theme, *, alt: str, look: PanelLook = "bars") -> Figure:
    """One or two beside each other; equal lengths are equal figures in all of them."""
    colours, columns = theme_of(theme), 1 if len(found) == 1 else 2
    full = _scale([c for panel in found for _, c in panel.rows])
    data: list[Json] = []
    shapes: list[Json] = []
    notes: list[Json] = []
    top = 0
    for first in range(0, len(found), columns):
        line_of = found[first : first + columns]
        head = HEAD if any(panel.title or not panel.rows for panel in line_of) else BARE
        for at, panel in enumerate(line_of):
            left = at * full * (1 + GAP)
            notes += _title(panel, left, top, columns, colours)
            shapes.append(line((coord(left), coord(left + full)), (top, top), colours.ink, 2))
            for n, (name, coverage) in enumerate(panel.rows):
                spot = _RowPlace(left, top + head + n * ROW + ROW - BAR, full)
                data += _mark(coverage, spot, colours, look)
                shapes += _lines(coverage, spot, colours)
                notes += _words(name, coverage, spot, columns, colours, look)
        top += head + ROW * max(max(len(panel.rows) for panel in line_of), 1) + AIR
    width = full * (1 if columns == 1 else 2 + GAP)
    return figure(
        colours, "page", data=data or [{"type": "bar", "orientation": "h", "x": [], "y": []}], height=top + 4,
        margin=(0, 0, 2, 2), xaxis=axis(0, coord(width)), yaxis=axis(top, 0), shapes=shapes, annotations=notes, alt=alt,
        grows="right",
    )  # fmt: skip


def _scale(every: Sequence[Coverage]) -> Fraction:
    """What the width of a panel stands for: 100 % of shares, the largest number or plan of counts."""
    if all(c.formula.in_percent for c in every):
        return HUNDRED
    # order: of shares, not of names
    return max([v for c in every for v in (height_of(c), plan_of(c)) if v is not None], default=HUNDRED) or HUNDRED


def _title(panel: FigurePanel, left: Fraction, top: int, columns: int, look: Theme) -> list[Json]:
    made = []
    (title,) = one_line([panel.title], LONGEST[columns])
    if title:
        made.append(text(coord(left), top + 8, bold(safe(title)), size=TITLE, colour=look.ink, **_LEFT, yanchor="top"))
    if not panel.rows and panel.note:
        below = top + HEAD + 4
        made.append(
            text(coord(left), below, safe(panel.note), size=NAME, colour=look.secondary, **_LEFT, yanchor="top")
        )
    return made


def _mark(coverage: Coverage, spot: _RowPlace, look: Theme, kind: PanelLook) -> list[Json]:
    value = height_of(coverage)
    if value is None or coverage.verdict == Verdict.NOBODY:
        return []
    if kind == "bars":
        return [{
            "type": "bar", "orientation": "h", "y": [spot.middle], "x": [coord(min(value, spot.full))],
            "base": [coord(spot.left)], "width": BAR, "marker": marker(coverage, look), "hoverinfo": "skip",
        }]  # fmt: skip
    met, hollow = coverage.verdict == Verdict.MET, is_outlined(coverage) or coverage.verdict == Verdict.NO_PLAN
    colour = VERDICTS[coverage.verdict].text(look) if coverage.verdict != Verdict.NO_PLAN else look.secondary
    symbol = "diamond" if coverage.verdict == Verdict.NOT_MET else "circle"
    return [{
        "type": "scatter", "mode": "markers", "x": [spot.at(value)], "y": [spot.middle], "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "symbol": symbol, "size": 18 if met else 19, "opacity": 1, "color": look.paper if hollow else colour,
            "line": {"width": 3, "color": colour},
        },
    }]  # fmt: skip


def _lines(coverage: Coverage, spot: _RowPlace, look: Theme) -> list[Json]:
    """The ground on which a dot or nothing stands, and the mark of the plan."""
    value, plan = height_of(coverage), plan_of(coverage)
    made = []
    if value is None or coverage.verdict == Verdict.NOBODY:
        made.append({
            "type": "rect", "x0": coord(spot.left), "x1": coord(spot.left + spot.full), "y0": spot.middle - BAR / 2,
            "y1": spot.middle + BAR / 2, "layer": "below", "fillcolor": look.paper,
            "line": {"color": look.secondary, "width": 1.5, "dash": "dot"},
        })  # fmt: skip
    else:
        ends, below = (coord(spot.left), coord(spot.left + spot.full)), spot.middle + BAR / 2
        made.append(line(ends, (below, below), look.secondary, 1, layer="below"))
    if plan is not None:
        x, ends = spot.at(plan), (spot.middle - BAR / 2 - 4, spot.middle + BAR / 2 + 4)
        made += [line((x, x), ends, look.paper, 7, layer="above"), line((x, x), ends, look.ink, 3, layer="above")]
    return made


def _words(name: str, coverage: Coverage, spot: _RowPlace, columns: int, look: Theme, kind: PanelLook) -> list[Json]:
    """Above the bar the name, its plan and the verdict; the figure is in the bar or behind it, of a dot by the name."""
    said, above = saying(coverage, short=True), spot.middle - BAR / 2 - 3
    judged = coverage.verdict in (Verdict.MET, Verdict.NOT_MET)
    ink = VERDICTS[coverage.verdict].text(look) if judged else look.secondary
    (called,) = one_line([name], LONGEST[columns] - (6 if said.detail else 0))
    plan = coloured(f"  {safe(plan_label(coverage))}", look.secondary, SMALL) if coverage.plan is not None else ""
    note = provisional_note(coverage)
    hedge = coloured(f"  {safe(note)}", look.secondary, SMALL) if note and columns == 1 else ""
    verdict = f"{said.glyph} {bold(safe(said.word)) if judged else safe(said.word)} {safe(said.detail)}".strip()
    value = None if coverage.verdict == Verdict.NOBODY else height_of(coverage)
    own = f"  {bold(safe(shown(coverage)))}" if kind == "dots" and value is not None else ""
    made = [
        text(coord(spot.left), above, f"{safe(called)}{own}{plan}{hedge}", size=NAME, colour=look.ink, **_LEFT,
             yanchor="bottom"),
        text(coord(spot.left + spot.full), above, verdict, size=NAME, colour=ink, xanchor="right", yanchor="bottom",
             align="right", borderpad=0),
    ]  # fmt: skip
    if kind == "bars" and value is not None:
        made.append(_figure(coverage, value, spot, look))
    return made


def _figure(coverage: Coverage, value: Fraction, spot: _RowPlace, look: Theme) -> Json:
    """Never across the mark of the plan."""
    words, plan = bold(safe(shown(coverage))), plan_of(coverage)
    room = spot.full * INSIDE
    if value >= room and (plan is None or plan >= room):
        solid = coverage.verdict in (Verdict.MET, Verdict.NOT_MET) and not is_outlined(coverage)
        ground = VERDICTS[coverage.verdict].text(look) if solid else fill(coverage, look)
        ink = look.on_patch if solid else look.ink
        return text(coord(spot.left), spot.middle, words, size=NAME, colour=ink, bgcolor=ground, borderpad=2,
                    xanchor="left", xshift=3)  # fmt: skip
    end = value if plan is None or not value <= plan < value + room else plan
    return text(spot.at(end), spot.middle, words, size=NAME, colour=look.ink, xanchor="left", xshift=14,
                bgcolor=look.paper, borderpad=0)  # fmt: skip


_LEFT: Json = {"xanchor": "left", "align": "left", "borderpad": 0}
