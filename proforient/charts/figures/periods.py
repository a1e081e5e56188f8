"""One figure over periods: dots with their plan ticks; filled is met, hollow is not or not yet; a gap is no data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil

from proforient.analysis.coverage import Coverage
from proforient.charts.figures.base import (
    ChartMark,
    Figure,
    Json,
    Size,
    axis,
    bold,
    coord,
    figure,
    height_of,
    line,
    plan_of,
    px,
    safe,
    text,
    theme_of,
    verdict_colour,
)
from proforient.charts.sentences import PROVISIONAL, mark_words, periods_title, plan_label
from proforient.charts.sentences import figure as shown
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS, Theme, ThemeName
from proforient.wording import period_name, period_short

TICK = 0.27  # half the length of a plan's mark, in periods
SIGN = Fraction(60, 100)  # width of a sign at most, as a part of the size of the text
APART, EDGE = 8, 6  # pixels between the words of two periods, beside the outermost
FIGURE, SMALL, NAME = 19, 15, 16  # sizes of texts
ASIDE = Fraction(18, 100)  # where in the figure's height stands what a mark says
SPAN = 20  # points of the value axis at least, so that noise does not look like a trend


def periods_width(series: Sequence[Coverage]) -> int:
    """How many pixels the figure of a page needs at least, so that no words meet or are cut."""
    half, column = _room(series)
    return 2 * (half + EDGE) + column * (len(series) - 1)


def _room(series: Sequence[Coverage]) -> tuple[int, int]:
    """Half of the wider words at both ends, and how far the periods must stand from each other; pixels of a page."""
    widths = [max((ceil(len(words) * size * SIGN) for words, size in _word_lines(c)), default=0) for c in series] or [0]
    pairs = [(one + other) // 2 + APART for one, other in pairwise(widths)]
    return max(widths[0], widths[-1]) // 2 + 1, max(pairs, default=0)


def _word_lines(coverage: Coverage) -> list[tuple[str, int]]:
    """The lines of words at a period, with their sizes."""
    lines = [(period_short(coverage.period), NAME), (plan_label(coverage), SMALL)]
    if height_of(coverage) is None:
        return [*lines, *((line, SMALL) for line in _no_figure(coverage).split("\n"))]
    lines.append((f"{VERDICTS[coverage.verdict].glyph} {shown(coverage)}", FIGURE))
    return [*lines, (PROVISIONAL, SMALL)] if coverage.unsettled else lines


def periods(series: Sequence[Coverage], theme: ThemeName | Theme, *, size: Size = "page", why_not: str = "") -> Figure:
    """``series`` is one indicator at one level, oldest first."""
    look = theme_of(theme)
    values = [v for c in series for v in (height_of(c), plan_of(c)) if v is not None] or [Fraction(0)]
    # order: of shares, not of names
    middle, reach = (max(values) + min(values)) / 2, max(max(values) - min(values), Fraction(SPAN)) / 2
    low, high = middle - reach * Fraction(17, 10), middle + reach * Fraction(17, 10)
    shapes: list[Json] = []
    notes: list[Json] = []
    for at, coverage in enumerate(series):
        share = height_of(coverage)
        shapes += _tick(at, coverage, look, size)
        notes += _tick_words(at, coverage, (high - low) / 16, look, size)
        if share is None:
            notes.append(_nothing(at, coverage, low, look, size))
        else:
            notes.append(_words(at, coverage, share, look, size))
    shapes.append(line((0, 1), (0, 0), look.ink, 2, xref="paper", yref="paper"))
    half, column = _room(series)
    beyond = coord(max(Fraction(1, 2), Fraction(half, max(column, 1))))
    xaxis = axis(
        -beyond, len(series) - 1 + beyond, visible=True, tickmode="array", tickvals=list(range(len(series))),
        ticktext=[safe(period_short(c.period)) for c in series], tickfont={"size": px(NAME, size)}, ticks="",
        showline=False, tickangle=0,
    )  # fmt: skip
    return figure(
        look, size, data=_dots(series, look, size), height=px(330, size),
        margin=(px(EDGE, size), px(EDGE, size), px(8, size), px(34, size)),
        xaxis=xaxis, yaxis=axis(coord(low), coord(high)), shapes=shapes, annotations=notes,
        alt=periods_title(series, why_not=why_not),
        marks=[_mark(at, c, (low, high), look) for at, c in enumerate(series)],
    )  # fmt: skip


def _mark(at: int, coverage: Coverage, ends: tuple[Fraction, Fraction], look: Theme) -> ChartMark:
    """What it says stands in the other half of the figure: beside a dot there is no room for it."""
    share, words, (low, high) = height_of(coverage), mark_words(coverage), ends
    upper = share is not None and share >= (low + high) / 2
    end = coord(low + (high - low) * (ASIDE if upper else 1 - ASIDE))
    colour = verdict_colour(coverage, look)
    return ChartMark(coverage.period, period_name(coverage.period), words, colour, at, end, 2 * TICK, coord(low))


def _dots(series: Sequence[Coverage], look: Theme, size: Size) -> list[Json]:
    """One line for all, then the dots over it; a None breaks the line."""
    heights = [height_of(c) for c in series]
    places = list(range(len(series)))
    path: Json = {
        "type": "scatter", "mode": "lines", "x": places, "y": [None if v is None else coord(v) for v in heights],
        "line": {"color": look.ink, "width": 2}, "connectgaps": False, "hoverinfo": "skip",
    }  # fmt: skip
    known = [(n, v, c) for n, v, c in zip(places, heights, series, strict=True) if v is not None]
    dots: Json = {
        "type": "scatter", "mode": "markers", "x": [n for n, _, _ in known], "y": [coord(v) for _, v, _ in known],
        "hoverinfo": "skip", "cliponaxis": False,
        "marker": {
            "size": px(18, size), "opacity": 1, "color": [_inside(c, look) for _, _, c in known],
            "line": {"width": px(4, size), "color": [_outline(c, look) for _, _, c in known]},
        },
    }  # fmt: skip
    return [path, dots]


def _inside(coverage: Coverage, look: Theme) -> str:
    return look.met if coverage.verdict == Verdict.MET and not coverage.unsettled else look.paper


def _outline(coverage: Coverage, look: Theme) -> str:
    if coverage.verdict == Verdict.MET:
        return look.met
    return look.not_met if coverage.verdict == Verdict.NOT_MET else look.secondary


def _above(coverage: Coverage) -> bool:
    """Whether the figure stands above its dot: on the side away from the plan."""
    share, plan = height_of(coverage), plan_of(coverage)
    return plan is None or share is None or share >= plan


def _words(at: int, coverage: Coverage, share: Fraction, look: Theme, size: Size) -> Json:
    style = VERDICTS[coverage.verdict]
    judged = coverage.verdict in (Verdict.MET, Verdict.NOT_MET)
    words = bold(f"{style.glyph} {safe(shown(coverage))}" if judged else safe(shown(coverage)))
    up = _above(coverage)
    if coverage.unsettled:  # away from the dot
        small = f'<span style="font-size:{px(SMALL, size)}px">{PROVISIONAL}</span>'
        words = f"{small}<br>{words}" if up else f"{words}<br>{small}"
    return text(
        at, coord(share), words, size=px(FIGURE, size), colour=style.text(look) if judged else look.ink,
        yanchor="bottom" if up else "top", yshift=px(11, size) * (1 if up else -1), bgcolor=look.paper, borderpad=0,
    )  # fmt: skip


def _tick(at: int, coverage: Coverage, look: Theme, size: Size) -> list[Json]:
    plan = plan_of(coverage)
    if plan is None:
        return []
    y = coord(plan)
    return [line((at - TICK, at + TICK), (y, y), look.ink, px(4, size), layer="below")]


def _tick_words(at: int, coverage: Coverage, close: Fraction, look: Theme, size: Size) -> list[Json]:
    """``close``: how near to the plan a dot reaches over its tick."""
    plan, share = plan_of(coverage), height_of(coverage)
    if plan is None:
        return []
    below = share is not None and share >= plan
    near = share is not None and abs(share - plan) < close
    away = px(11 if near else 4, size)
    return [
        text(
            at, coord(plan), safe(plan_label(coverage)), size=px(SMALL, size), colour=look.ink,
            bgcolor=look.paper, borderpad=0, yanchor="top" if below else "bottom",
            yshift=-away if below else away,
        )
    ]  # fmt: skip


def _no_figure(coverage: Coverage) -> str:
    """What stands in the place of the figure, in two lines."""
    verdict = coverage.verdict if coverage.verdict != Verdict.JUDGED else Verdict.NO_DATA
    return VERDICTS[verdict].word.replace(" ", "\n", 1)


def _nothing(at: int, coverage: Coverage, low: Fraction, look: Theme, size: Size) -> Json:
    words = safe(_no_figure(coverage)).replace("\n", "<br>")
    return text(
        at, coord(low), words, size=px(SMALL, size), colour=look.secondary, yanchor="bottom",
        yshift=px(8, size),
    )  # fmt: skip
