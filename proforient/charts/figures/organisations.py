"""Organisations sorted by share, with the plan's line through all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from proforient.analysis.coverage import Coverage
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
    is_outlined,
    line,
    marker,
    plan_of,
    px,
    safe,
    text,
    theme_of,
    verdict_colour,
)
from proforient.charts.sentences import figure as shown
from proforient.charts.sentences import mark_words, pair_words, plan_label, provisional_note, saying
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS, Theme, ThemeName
from proforient.wording import NOUNS, number
from proforient.wording.labels import two_lines
from proforient.wording.order import NameKey, name_order

ROW = 41  # pixels of a row
LIMIT = 40  # rows; the other organisations are counted in words
BARS = Fraction(62, 100)  # part of the width for the bars; the rest is for the words behind them
INSIDE = Fraction(16, 100)  # part of the longest bar below which a bar carries its figure outside


def ranked(coverages: Sequence[Coverage], names: Mapping[str, str], *, by_gap: bool = False) -> list[Coverage]:
    """Largest share first, or ``by_gap`` who is farthest below the plan; equal ones by name, those without a figure
    last. ``names``: code or territory -> name."""
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]

    def place(coverage: Coverage) -> tuple[int, Fraction, NameKey, str]:
        value, code = height_of(coverage), coverage.organisation or coverage.territory
        rank, size = 2 if value is None else 1, value or Fraction(0)
        if by_gap and coverage.shortfall is not None:
            rank, size = 0, coverage.shortfall
        return rank, -size, name_order(names.get(code, code)), code

    return sorted(asked, key=place)  # order: by name_order where shares are equal


def organisations(
    coverages: Sequence[Coverage],
    names: Mapping[str, str],
    theme: ThemeName | Theme,
    *,
    title: str,
    size: Size = "page",
    limit: int = LIMIT,
    by_gap: bool = False,
) -> Figure:
    """``title`` is the sentence over the chart (``sentences.organisations_title``) and becomes its alternative text."""
    look, every = theme_of(theme), ranked(coverages, names, by_gap=by_gap)
    rows, rest = every[:limit], every[limit:]
    values = [v for c in rows for v in (height_of(c), plan_of(c)) if v is not None]
    peak = max([*values, Fraction(0)]) or Fraction(1)
    plans = {plan_of(c) for c in rows if c.plan is not None}
    common = next(iter(plans)) if len(plans) == 1 else None
    labels = two_lines([names.get(c.organisation or c.territory, c.organisation or c.territory) for c in rows], 24)
    data: list[Json] = []
    shapes: list[Json] = []
    notes: list[Json] = []
    for at, coverage in enumerate(rows):
        if height_of(coverage) is None:
            shapes.append(_frame(at, peak, look))
            notes.append(_frame_words(at, coverage, look, size))
        else:
            data.append(_bar(at, coverage, look, size))
            notes += _figures(at, coverage, peak, look, size)
        shapes += _own_tick(at, coverage, common, look)
    if common is not None:
        shapes += _common_line(common, rows, look)
        labelled = next(c for c in rows if c.plan is not None)
        notes.append(_line_words(common, labelled, look, size))
    last = len(rows) - 1
    if rest:
        last += 1
        words = f"Ещё {number(len(rest))} {NOUNS['organisations'].after(len(rest))} — в таблице"
        notes.append(text(0, last, words, size=px(16, size), colour=look.secondary, xanchor="left", xshift=2))
    yaxis = axis(
        last + 0.5, -0.5, visible=True, automargin=True, tickmode="array", tickvals=list(range(len(rows))),
        ticktext=[beside_axis(label) for label in labels], tickfont={"size": px(16, size)},
        ticks="", showline=False,
    )  # fmt: skip
    top = px(34 if common is not None else 8, size)
    return figure(
        look, size, data=data or [{"type": "bar", "orientation": "h", "x": [], "y": []}],
        height=px(ROW, size) * (last + 1) + top + px(10, size), margin=(0, 0, top, px(10, size)),
        xaxis=axis(0, coord(peak / BARS)), yaxis=yaxis, shapes=shapes, annotations=notes, alt=title, grows="right",
        marks=[_mark(at, coverage, names, peak, look) for at, coverage in enumerate(rows)],
    )  # fmt: skip


def _bar(at: int, coverage: Coverage, look: Theme, size: Size) -> Json:
    return {
        "type": "bar", "orientation": "h", "y": [at], "x": [coord(height_of(coverage) or Fraction(0))], "width": 0.62,
        "marker": marker(coverage, look, tile=px(11, size)), "hoverinfo": "skip",
    }  # fmt: skip


def _mark(at: int, coverage: Coverage, names: Mapping[str, str], peak: Fraction, look: Theme) -> ChartMark:
    code, value = coverage.organisation or coverage.territory, height_of(coverage)
    name, colour = names.get(code, code), verdict_colour(coverage, look)
    return ChartMark(code, name, mark_words(coverage), colour, at, coord(peak if value is None else value), 0.62)


def _figures(at: int, coverage: Coverage, peak: Fraction, look: Theme, size: Size) -> list[Json]:
    share, plan = height_of(coverage) or Fraction(0), plan_of(coverage)
    style, said = VERDICTS[coverage.verdict], saying(coverage, short=True, unit=False)
    made, shift = [], px(10, size)
    words = bold(safe(shown(coverage)))
    if share >= peak * INSIDE:
        judged = coverage.verdict in (Verdict.MET, Verdict.NOT_MET) and not is_outlined(coverage)
        ground, colour = (style.text(look), look.on_patch) if judged else (fill(coverage, look), look.ink)
        made.append(text(0, at, words, size=px(16, size), colour=colour, bgcolor=ground, borderpad=3, xanchor="left",
                         xshift=3))  # fmt: skip
    else:
        made.append(text(coord(share), at, words, size=px(16, size), colour=look.ink, xanchor="left", xshift=5))
        if plan is None or plan - share < peak / 5:
            shift += px(64, size)
    verdict = f"{said.glyph} {bold(safe(said.word))}"
    detail = safe(said.detail) if coverage.verdict == Verdict.NOT_MET else ""
    tail = safe(pair_words(coverage)) + (f" {safe(note)}" if (note := provisional_note(coverage)) else "")
    label = f"{verdict} {detail}".strip()
    label = f"{coloured(label, style.text(look))}  {coloured(tail, look.secondary)}"
    end = max(share, plan) if plan is not None else share
    made.append(text(coord(end), at, label, size=px(15, size), colour=look.ink, xanchor="left", xshift=shift))
    return made


def _frame(at: int, peak: Fraction, look: Theme) -> Json:
    return {
        "type": "rect", "x0": 0, "x1": coord(peak), "y0": at - 0.31, "y1": at + 0.31, "layer": "below",
        "line": {"color": look.secondary, "width": 1.5, "dash": "dot"}, "fillcolor": look.paper,
    }  # fmt: skip


def _frame_words(at: int, coverage: Coverage, look: Theme, size: Size) -> Json:
    said = saying(coverage)
    return text(0, at, safe(said.text), size=px(15, size), colour=look.secondary, xanchor="left", xshift=8,
                bgcolor=look.paper)  # fmt: skip


def _common_line(plan: Fraction, rows: Sequence[Coverage], look: Theme) -> list[Json]:
    x, ends = coord(plan), (-0.5, len(rows) - 0.5)
    return [
        line((x, x), ends, look.paper, 8, layer="above"),
        line((x, x), ends, look.ink, 3, layer="above"),
    ]


def _own_tick(at: int, coverage: Coverage, common: Fraction | None, look: Theme) -> list[Json]:
    plan = plan_of(coverage)
    if plan is None or common is not None:
        return []
    x, ends = coord(plan), (at - 0.42, at + 0.42)
    return [line((x, x), ends, look.paper, 8, layer="above"), line((x, x), ends, look.ink, 3, layer="above")]


def _line_words(plan: Fraction, coverage: Coverage, look: Theme, size: Size) -> Json:
    return text(coord(plan), -0.5, safe(plan_label(coverage)), size=px(15, size), colour=look.ink, yanchor="bottom",
                yshift=4)  # fmt: skip
