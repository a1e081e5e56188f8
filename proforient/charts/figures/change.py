"""Two periods a level: the bar is now, a hollow triangle is before, the tick is the plan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.figures.base import (
    ChartMark,
    Figure,
    Json,
    Size,
    axis,
    beside_axis,
    bold,
    coloured,
    coord,
    figure,
    fill,
    height_of,
    ink_on,
    line,
    marker,
    plan_of,
    px,
    safe,
    text,
    theme_of,
    verdict_colour,
)
from proforient.charts.sentences import (
    change_mark_words,
    change_title,
    change_words,
    level_label,
    plan_label,
    saying,
    titled_change,
)
from proforient.charts.sentences import figure as shown
from proforient.palette import VERDICTS, Theme, ThemeName
from proforient.wording import period_short

if TYPE_CHECKING:
    from proforient.analysis.changes import Change

ROW = 120  # pixels of a row
BARS = Fraction(60, 100)
HALF = 0.19  # half the height of a bar, in rows


def change(changes: Sequence[Change], catalogue: Catalogue, theme: ThemeName, *, size: Size = "page") -> Figure:
    """One row a level, in the order given; a level without a figure now is a dotted frame with words."""
    look = theme_of(theme)
    values = [v for c in changes for v in _values(c)]
    peak = max([*values, Fraction(0)]) or Fraction(1)
    data: list[Json] = []
    shapes: list[Json] = []
    notes: list[Json] = []
    before: list[tuple[float, float]] = []
    for at, row in enumerate(changes):
        now, then = height_of(row.current), _then(row)
        if now is None:
            shapes.append(_frame(at, peak, look))
            notes.append(text(0, at, "нет данных", size=px(16, size), colour=look.secondary, xanchor="left", xshift=10))
        else:
            data.append(_bar(at, row.current, now, look, size))
            notes.append(_figure(at, row.current, now, peak, look, size))
        if then is not None and row.previous is not None:
            before.append((coord(then), at + HALF + 0.12))
            words = f"{safe(period_short(row.previous.period))}: {safe(shown(row.previous))}"
            notes.append(text(coord(then), at + HALF + 0.18, words, size=px(15, size), colour=look.ink, yanchor="top"))
        shapes += _tick(at, row.current, look, size)
        notes += [*_plan_words(at, row.current, look, size), _words_right(at, row, peak, look, size)]
    data.append(_triangles(before, look, size))
    labels = [bold(beside_axis([level_label(catalogue.levels[c.current.level])])) for c in changes]
    yaxis = axis(
        len(changes) - 0.4, -0.6, visible=True, automargin=True, tickmode="array", tickvals=list(range(len(changes))),
        ticktext=labels, tickfont={"size": px(17, size)}, ticks="", showline=False,
    )  # fmt: skip
    return figure(
        look, size, data=data, height=px(ROW, size) * max(len(changes), 1) + px(16, size),
        margin=(0, 0, px(8, size), px(8, size)), xaxis=axis(0, coord(peak / BARS)), yaxis=yaxis, shapes=shapes,
        annotations=notes, alt=change_title(changes, catalogue), grows="right",
        marks=[_mark(at, row, catalogue, peak, look) for at, row in enumerate(changes)],
    )  # fmt: skip


def _then(row: Change) -> Fraction | None:
    return height_of(row.previous) if row.previous is not None else None


def _values(row: Change) -> list[Fraction]:
    return [v for v in (height_of(row.current), plan_of(row.current), _then(row)) if v is not None]


def _bar(at: int, coverage: Coverage, now: Fraction, look: Theme, size: Size) -> Json:
    return {
        "type": "bar", "orientation": "h", "y": [at], "x": [coord(now)], "width": 2 * HALF, "hoverinfo": "skip",
        "marker": marker(coverage, look, tile=px(13, size)),
    }  # fmt: skip


def _mark(at: int, row: Change, catalogue: Catalogue, peak: Fraction, look: Theme) -> ChartMark:
    now, level = height_of(row.current), row.current.level
    name = level_label(catalogue.levels[level])
    colour = verdict_colour(row.current, look)
    return ChartMark(level, name, change_mark_words(row), colour, at, coord(peak if now is None else now), 2 * HALF)


def _figure(at: int, coverage: Coverage, now: Fraction, peak: Fraction, look: Theme, size: Size) -> Json:
    words = bold(safe(shown(coverage)))
    if now < peak / 6:
        return text(coord(now), at, words, size=px(24, size), colour=look.ink, xanchor="left", xshift=6,
                    bgcolor=look.paper)  # fmt: skip
    return text(0, at, words, size=px(24, size), colour=ink_on(coverage, look), bgcolor=fill(coverage, look),
                borderpad=4, xanchor="left", xshift=4)  # fmt: skip


def _frame(at: int, peak: Fraction, look: Theme) -> Json:
    return {
        "type": "rect", "x0": 0, "x1": coord(peak), "y0": at - HALF, "y1": at + HALF, "layer": "below",
        "line": {"color": look.secondary, "width": 1.5, "dash": "dot"}, "fillcolor": look.paper,
    }  # fmt: skip


def _tick(at: int, coverage: Coverage, look: Theme, size: Size) -> list[Json]:
    plan, share = plan_of(coverage), height_of(coverage)
    if plan is None:
        return []
    x, ends = coord(plan), (at - HALF - 0.05, at + HALF + 0.05)
    made = [line((x, x), ends, look.ink, px(4, size), layer="above")]
    if share is not None and share > plan:
        made.insert(0, line((x, x), ends, look.paper, px(9, size), layer="above"))
    return made


def _plan_words(at: int, coverage: Coverage, look: Theme, size: Size) -> list[Json]:
    plan = plan_of(coverage)
    if plan is None:
        return []
    return [text(coord(plan), at - HALF - 0.05, safe(plan_label(coverage)), size=px(15, size), colour=look.ink,
                 yanchor="bottom", yshift=1)]  # fmt: skip


def _triangles(before: Sequence[tuple[float, float]], look: Theme, size: Size) -> Json:
    return {
        "type": "scatter", "mode": "markers", "x": [x for x, _ in before], "y": [y for _, y in before],
        "hoverinfo": "skip", "cliponaxis": False,
        "marker": {
            "symbol": "triangle-up", "size": px(13, size), "color": look.paper, "opacity": 1,
            "line": {"color": look.ink, "width": px(2, size)},
        },
    }  # fmt: skip


def _words_right(at: int, row: Change, peak: Fraction, look: Theme, size: Size) -> Json:
    said, style = saying(row.current, short=True), VERDICTS[row.current.verdict]
    moved = safe(change_words(row)) if titled_change(row) is not None else "не с чем сравнить"
    words = f"{bold(moved)}<br>{coloured(f'{said.glyph} {safe(said.word)} {safe(said.detail)}', style.text(look))}"
    return text(coord(peak), at, words, size=px(16, size), colour=look.ink, xanchor="left", xshift=18, align="left")
