"""One figure over periods: dots with their plan ticks; filled is met, hollow is not or not yet; a gap is no data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proforient.analysis.coverage import Coverage
from proforient.charts.figures.base import (
    Figure,
    Json,
    Size,
    axis,
    bold,
    drawn,
    figure,
    height_of,
    line,
    plan_of,
    px,
    safe,
    text,
    theme_of,
)
from proforient.charts.sentences import figure as shown
from proforient.charts.sentences import periods_title, plan_label
from proforient.monitoring import Verdict
from proforient.palette import PROVISIONAL_GLYPH, VERDICTS, Theme, ThemeName
from proforient.wording import period_short

TICK = 0.27  # half a plan tick, in periods
SPAN = 20  # the value axis covers at least so many points, so that noise does not look like a trend


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
        notes += _tick_words(at, coverage, look, size)
        if share is None:
            notes.append(_nothing(at, coverage, low, look, size))
        else:
            notes.append(_words(at, coverage, share, look, size))
    shapes.append(line((0, 1), (0, 0), look.ink, 2, xref="paper", yref="paper"))
    xaxis = axis(
        -0.5, len(series) - 0.5, visible=True, tickmode="array", tickvals=list(range(len(series))),
        ticktext=[safe(period_short(c.period)) for c in series], tickfont={"size": px(16, size)}, ticks="",
        showline=False, tickangle=0,
    )  # fmt: skip
    return figure(
        look, size, data=_dots(series, look, size), height=px(330, size),
        margin=(px(6, size), px(6, size), px(8, size), px(34, size)),
        xaxis=xaxis, yaxis=axis(drawn(low), drawn(high)), shapes=shapes, annotations=notes,
        alt=periods_title(series, why_not=why_not),
    )  # fmt: skip


def _dots(series: Sequence[Coverage], look: Theme, size: Size) -> list[Json]:
    """One line for all, then the dots over it; a None breaks the line."""
    heights = [height_of(c) for c in series]
    places = list(range(len(series)))
    path: Json = {
        "type": "scatter", "mode": "lines", "x": places, "y": [None if v is None else drawn(v) for v in heights],
        "line": {"color": look.ink, "width": 2}, "connectgaps": False, "hoverinfo": "skip",
    }  # fmt: skip
    known = [(n, v, c) for n, v, c in zip(places, heights, series, strict=True) if v is not None]
    dots: Json = {
        "type": "scatter", "mode": "markers", "x": [n for n, _, _ in known], "y": [drawn(v) for _, v, _ in known],
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
        small = f'<span style="font-size:{px(15, size)}px">{PROVISIONAL_GLYPH} предварительно</span>'
        words = f"{small}<br>{words}" if up else f"{words}<br>{small}"
    return text(
        at, drawn(share), words, size=px(19, size), colour=style.text(look) if judged else look.ink,
        yanchor="bottom" if up else "top", yshift=px(11, size) * (1 if up else -1), bgcolor=look.paper, borderpad=0,
    )  # fmt: skip


def _tick(at: int, coverage: Coverage, look: Theme, size: Size) -> list[Json]:
    plan = plan_of(coverage)
    if plan is None:
        return []
    y = drawn(plan)
    return [line((at - TICK, at + TICK), (y, y), look.ink, px(4, size), layer="below")]


def _tick_words(at: int, coverage: Coverage, look: Theme, size: Size) -> list[Json]:
    plan, share = plan_of(coverage), height_of(coverage)
    if plan is None:
        return []
    below = share is not None and share >= plan
    near = below and share is not None and share - plan < 2  # the dot reaches over the tick
    away = px(9 if near else 4, size)
    return [
        text(
            at, drawn(plan), safe(plan_label(coverage)), size=px(15, size), colour=look.ink,
            bgcolor=look.paper, borderpad=0, yanchor="top" if below else "bottom",
            yshift=-away if below else px(4, size),
        )
    ]  # fmt: skip


def _nothing(at: int, coverage: Coverage, low: Fraction, look: Theme, size: Size) -> Json:
    words = VERDICTS[coverage.verdict if coverage.verdict != Verdict.JUDGED else Verdict.NO_DATA].word
    return text(
        at, drawn(low), safe(words).replace(" ", "<br>", 1), size=px(15, size), colour=look.secondary, yanchor="bottom",
        yshift=px(8, size),
    )  # fmt: skip
