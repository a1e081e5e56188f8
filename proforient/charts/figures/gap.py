"""Whose children are missing: bars of each organisation's own need, the closing set hatched above a dashed line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.charts.figures.base import (
    HATCH_PERIOD,
    ChartMark,
    Figure,
    Json,
    Size,
    axis,
    beside_axis,
    bold,
    coloured,
    figure,
    line,
    px,
    safe,
    text,
    theme_of,
    verdict_colour,
)
from proforient.charts.sentences import below_plan, evidence, gap_line, gap_rest, mark_words, pair_words
from proforient.charts.sentences import figure as shown
from proforient.palette import Theme, ThemeName
from proforient.wording import number
from proforient.wording.labels import two_lines

if TYPE_CHECKING:
    from proforient.analysis.shortfall import Contribution, Gap

ROW = 42  # pixels of a row
BREAK = Fraction(3, 5)  # rows left empty for the dashed line and its words
BARS = Fraction(1, 2)  # part of the width for the bars; the rest is for the words beside the longest
LIMIT = 12  # rows; the other organisations are summed in words


def gap(
    found: Gap,
    names: Mapping[str, str],
    theme: ThemeName | Theme,
    *,
    title: str = "",
    size: Size = "page",
    limit: int = LIMIT,
) -> Figure:
    """``names`` maps organisation codes to the names shown; more than ``limit`` rows are summed in words.

    ``title`` is the sentence over the chart (``sentences.gap_title``) and becomes its alternative text.
    """
    look, everyone = theme_of(theme), below_plan(found, names)
    rows, rest = everyone[:limit], everyone[limit:]
    closing = sum(c.in_closing_set for c in rows)
    split = 0 < closing < len(rows)
    places = [n + (BREAK if split and n >= closing else 0) for n in range(len(rows))]
    most = max([c.needed for c in rows], default=1)
    labels = two_lines([names.get(c.organisation, c.organisation) for c in rows], 24)
    notes: list[Json] = []
    for place, row in zip(places, rows, strict=True):
        words = f"{pair_words(row.coverage)} · {shown(row.coverage)}"
        bar_words = f"{bold(number(row.needed))}  {coloured(safe(words), look.secondary, px(15, size))}"
        notes.append(
            text(row.needed, float(place), bar_words, size=px(18, size), colour=look.ink, xanchor="left", xshift=8)
        )
    shapes: list[Json] = []
    if split:
        y = float(closing - 1 + (1 + BREAK) / 2)
        shapes.append(line((0, 1), (y, y), look.secondary, 1.5, xref="paper", look={"dash": "dash"}))
        notes.append(
            text(1, y, safe(gap_line(found)), size=px(15, size), colour=look.secondary, xref="paper", xanchor="right",
                 yanchor="top", yshift=-1)
        )  # fmt: skip
    last = places[-1] if places else Fraction(0)
    if rest:
        last += 1
        notes.append(_rest(gap_rest(rest, found.total), float(last), look, size))
    tall = float(last) + 1
    yaxis = axis(
        float(last) + 0.5, -0.5, visible=True, automargin=True, tickmode="array", tickvals=[float(p) for p in places],
        ticktext=[beside_axis(label) for label in labels], tickfont={"size": px(16, size)}, ticks="", showline=False,
    )  # fmt: skip
    return figure(
        look, size, data=_bars(rows, places, look, size), height=round(px(ROW, size) * tall) + px(16, size),
        margin=(0, 0, px(8, size), px(8, size)), xaxis=axis(0, float(most / BARS)), yaxis=yaxis, shapes=shapes,
        annotations=notes, alt=title or evidence(found.total), grows="right",
        marks=[_mark(float(place), row, names, look) for place, row in zip(places, rows, strict=True)],
    )  # fmt: skip


def _mark(place: float, row: Contribution, names: Mapping[str, str], look: Theme) -> ChartMark:
    name = names.get(row.organisation, row.organisation)
    return ChartMark(
        row.organisation, name, mark_words(row.coverage), verdict_colour(row.coverage, look), place, row.needed, 0.6
    )


def _rest(words: str, place: float, look: Theme, size: Size) -> Json:
    return text(0, place, words, size=px(16, size), colour=look.secondary, xanchor="left", xshift=2)


def _bars(rows: Sequence[Contribution], places: Sequence[Fraction | int], look: Theme, size: Size) -> list[Json]:
    made: list[Json] = []
    for closing in (True, False):
        chosen = [(p, c) for p, c in zip(places, rows, strict=True) if c.in_closing_set == closing]
        if not chosen:
            continue
        style: Json = {"color": look.paper, "line": {"width": 2, "color": look.not_met}}
        if closing:
            pattern = {
                "shape": "/", "bgcolor": look.not_met, "fgcolor": look.paper, "size": px(HATCH_PERIOD, size),
                "solidity": 0.14,
            }  # fmt: skip
            style = {"color": look.not_met, "line": {"width": 0}, "pattern": pattern}
        made.append({
            "type": "bar", "orientation": "h", "y": [float(p) for p, _ in chosen], "x": [c.needed for _, c in chosen],
            "width": 0.6, "marker": style, "hoverinfo": "skip",
        })  # fmt: skip
    return made or [{"type": "bar", "orientation": "h", "x": [], "y": []}]
