"""Five columns, each with its own plan line: coverages of one indicator in, a figure out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.figures.base import (
    ChartMark,
    Figure,
    Json,
    Size,
    axis,
    bold,
    coord,
    figure,
    fill,
    height_of,
    ink_on,
    line,
    linked,
    marker,
    plan_of,
    px,
    safe,
    text,
    theme_of,
    verdict_colour,
)
from proforient.charts.sentences import (
    PROVISIONAL,
    level_label,
    mark_words,
    overview_finding,
    plan_label,
    provisional_note,
    saying,
    submitted_of,
)
from proforient.charts.sentences import (
    figure as shown,
)
from proforient.monitoring import Verdict
from proforient.palette import NO_DATA_GLYPH, PROVISIONAL_GLYPH, VERDICTS, Theme, ThemeName
from proforient.wording import noun, number

BAR = 0.7  # width of a column, in columns' distances
LINE = 0.42  # half the length of the plan line, in columns' distances: wider than the column
STROKE = 4  # pixels of the plan line
FIGURE = 34  # pixels of a share's letters
LABEL = 17  # pixels of a plan's letters
LEAST_NOTES = 112  # pixels under the columns, at least
ROOM = 640  # pixels for words under all columns where the figure is narrowest: in a narrower window rows stand instead
SIGN, WIDE = Fraction(52, 100), Fraction(60, 100)  # how wide a sign is, of the size of the text; in bold
GLYPHS = {look.glyph for look in VERDICTS.values()} | {PROVISIONAL_GLYPH}
_PIECE = re.compile(r"(?:из\s)?[0-9]+(?:\s[0-9]{3}\b)*(?:,[0-9]+)?(?:\s%)?|\S+")


def levels(
    coverages: Sequence[Coverage],
    catalogue: Catalogue,
    theme: ThemeName | Theme,
    *,
    size: Size = "page",
    address: Callable[[Coverage], str] | None = None,
) -> Figure:
    """Columns in the order given, one a level; a plan is always drawn, no data is a dotted frame.

    ``address``: where the name under a column leads.
    """
    look, columns = theme_of(theme), [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    under = [_lines(c, catalogue, len(columns)) for c in columns]
    space = _Space(columns, under, size)
    data: list[Json] = []
    shapes: list[Json] = []
    notes: list[Json] = []
    for at, coverage in enumerate(columns):
        share = height_of(coverage)
        if share is None or coverage.verdict == Verdict.NOBODY:
            shapes.append(_frame(at, coverage, space, look))
            notes.append(_frame_words(at, coverage, space, look))
        else:
            data.append(_bar(at, coverage, space, look))
            notes.append(_figure(at, coverage, space, look))
        shapes += _plan_line(at, coverage, space, look)
        notes += _plan_words(at, coverage, space, look)
        notes += _under(at, coverage, under[at], space, look, address(coverage) if address else "")
    shapes.append(line((0, 1), (0, 0), look.ink, 2, xref="paper", yref="paper", layer="above"))
    return figure(
        look, size, data=data or [{"type": "bar", "x": [], "y": []}], height=space.height,
        margin=(px(14, size), px(14, size), space.above, space.below),
        xaxis=axis(-0.5, max(len(columns), 1) - 0.5), yaxis=axis(0, coord(space.top)), shapes=shapes, annotations=notes,
        alt=overview_finding(coverages, catalogue),
        marks=[_mark(at, coverage, catalogue, space, look) for at, coverage in enumerate(columns)],
    )  # fmt: skip


class _Space:
    """How pixels and values go together, so that no text stands on a line."""

    def __init__(self, columns: Sequence[Coverage], under: Sequence[Sequence[_Line]], size: Size) -> None:
        self.size = size
        lowest = max((_down(lines) for lines in under), default=0)
        notes = max(LEAST_NOTES, lowest + 11)
        self.height, self.above, self.below = px(328 + notes, size), px(8, size), px(notes, size)
        self.plot = self.height - self.above - self.below
        values = [v for c in columns for v in (height_of(c), plan_of(c)) if v is not None]
        peak = max([*values, Fraction(0)]) or Fraction(1)
        label = px(LABEL + 15, size)
        self.top = peak * self.plot / (self.plot - label)
        self.peak = peak
        longest = max((len(shown(c)) for c in columns if height_of(c) is not None), default=0)
        self.figure = px(FIGURE - 4 * max(0, longest - 4), size)  # four signs fit a column in full size

    def units(self, pixels: int) -> Fraction:
        """What so many pixels are on the value axis."""
        return self.top * pixels / self.plot

    def px(self, pixels: int) -> int:
        return px(pixels, self.size)


def _bar(at: int, coverage: Coverage, space: _Space, look: Theme) -> Json:
    share, plan = height_of(coverage) or Fraction(0), plan_of(coverage)
    if plan is not None and share > plan:
        share = max(share, plan + space.units(3))  # just above the plan is seen to be above it
    return {
        "type": "bar", "x": [at], "y": [coord(share)], "width": BAR, "hoverinfo": "skip",
        "marker": marker(coverage, look, tile=space.px(14)),
    }  # fmt: skip


def _mark(at: int, coverage: Coverage, catalogue: Catalogue, space: _Space, look: Theme) -> ChartMark:
    share = height_of(coverage)
    end = _frame_top(coverage, space) if share is None or coverage.verdict == Verdict.NOBODY else share
    name = level_label(catalogue.levels[coverage.level])
    colour = verdict_colour(coverage, look)
    return ChartMark(coverage.level, name, mark_words(coverage), colour, at, coord(end), BAR)


def _figure(at: int, coverage: Coverage, space: _Space, look: Theme) -> Json:
    share, plan = height_of(coverage) or Fraction(0), plan_of(coverage)
    room = space.units(space.px(FIGURE + 12))
    words, size = bold(safe(shown(coverage))), space.figure
    low, high = Fraction(0), share
    if plan is not None and 0 < plan < share and abs(plan - share / 2) < room * 2 / 3:
        low, high = (plan, share) if share - plan > plan else (Fraction(0), plan)
    if high - low >= room:
        return text(at, coord((low + high) / 2), words, size=size, colour=ink_on(coverage, look),
                    bgcolor=fill(coverage, look), borderpad=4)  # fmt: skip
    colour = VERDICTS[coverage.verdict].text(look) if coverage.verdict != Verdict.NO_PLAN else look.ink
    above = share
    if plan is not None and share < plan and plan - share < room:
        above = plan + space.units(space.px(LABEL + 12))
    elif plan is not None and plan <= share:
        above = share + space.units(space.px(LABEL + 12))
    return text(at, coord(above), words, size=size, colour=colour, yanchor="bottom", yshift=2)


def _plan_line(at: int, coverage: Coverage, space: _Space, look: Theme) -> list[Json]:
    """The line rests on the plan's value, below it where the column passes: what is above it is beyond the plan."""
    plan, share = plan_of(coverage), height_of(coverage)
    if plan is None:
        return []
    over = share - plan if share is not None and plan > 0 else Fraction(0)
    stroke = space.px(STROKE)
    half = space.units(stroke) / 2
    y = coord(plan - half if over > 0 else plan + half)
    made = [line((at - LINE, at + LINE), (y, y), look.ink, stroke, layer="above")]
    if over > 0:
        halo = (at - BAR / 2 - 0.01, at + BAR / 2 + 0.01)
        below = coord(plan - half - space.units(2))
        made.insert(0, line(halo, (below, below), look.paper, stroke, layer="above"))
    if over > space.units(8):
        above = coord(plan - half + space.units(2))
        made.insert(0, line(halo, (above, above), look.paper, stroke, layer="above"))
    return made


def _plan_words(at: int, coverage: Coverage, space: _Space, look: Theme) -> list[Json]:
    plan, share = plan_of(coverage), height_of(coverage)
    if plan is None:
        return []
    above = max(plan, share) if share is not None else plan
    words = safe(plan_label(coverage))
    return [text(at, coord(above), words, size=space.px(LABEL), colour=look.ink, yanchor="bottom", yshift=space.px(5))]


def _frame_floor(coverage: Coverage, space: _Space) -> Fraction:
    """Where words in the frame may begin: above the label of a plan so low that they would stand on it."""
    plan, least = plan_of(coverage), space.units(space.px(70))
    return plan + space.units(space.px(LABEL + 10)) if plan is not None and plan < least else Fraction(0)


def _frame_top(coverage: Coverage, space: _Space) -> Fraction:
    plan, least = plan_of(coverage), space.units(space.px(70))
    if plan is None:
        return max(space.peak * 2 / 5, least)
    return plan if plan >= least else _frame_floor(coverage, space) + least


def _frame(at: int, coverage: Coverage, space: _Space, look: Theme) -> Json:
    return {
        "type": "rect", "x0": at - BAR / 2, "x1": at + BAR / 2, "y0": 0, "y1": coord(_frame_top(coverage, space)),
        "line": {"color": look.secondary, "width": 1.5, "dash": "dot"}, "fillcolor": look.paper, "layer": "below",
    }  # fmt: skip


def _frame_words(at: int, coverage: Coverage, space: _Space, look: Theme) -> Json:
    words = f"нет<br>{noun(coverage.unit).gen_pl}" if coverage.verdict == Verdict.NOBODY else "нет<br>данных"
    middle = coord((_frame_floor(coverage, space) + _frame_top(coverage, space)) / 2)
    return text(at, middle, words, size=space.px(20), colour=look.secondary)


class _Line(NamedTuple):
    """One line under a column."""

    words: str
    size: int
    verdict: bool = False  # in its colour
    bold: bool = False


def _lines(coverage: Coverage, catalogue: Catalogue, columns: int) -> list[_Line]:
    """Name, verdict, what is missing and how many have reported: as many lines as the column's width asks for."""
    said = saying(coverage, short=True, hedged=False)
    lines = [_Line(level_label(catalogue.levels[coverage.level]), 18, bold=True)]
    if coverage.verdict == Verdict.NO_DATA:
        of = f"{NO_DATA_GLYPH} сдали {number(coverage.submitted)} из {number(coverage.expected)}"
        lines += _fitted(of, LABEL, columns, verdict=True)
    else:
        head = f"{said.glyph} {said.word}"
        lines += _fitted(head, LABEL, columns, verdict=True, bold=said.tone != "quiet")
        lines += _fitted(said.detail, LABEL, columns, verdict=True)
    if note := provisional_note(coverage):
        for words in (PROVISIONAL, submitted_of(coverage)) if coverage.unsettled else (note,):
            lines += _fitted(words, 15, columns)
    return lines


def _fitted(words: str, size: int, columns: int, *, verdict: bool = False, bold: bool = False) -> list[_Line]:
    """The words in lines that stay under their column; a number and what belongs to it are never torn."""
    room = ROOM / (max(columns, 1) * size * (WIDE if bold else SIGN))
    lines: list[str] = []
    for piece in _PIECE.findall(words):
        whole = f"{lines[-1]} {piece}" if lines else piece
        if lines and (len(whole) <= room or lines[-1] in GLYPHS):
            lines[-1] = whole
        else:
            lines.append(piece)
    return [_Line(line, size, verdict, bold) for line in lines]


def _down(lines: Sequence[_Line]) -> int:
    """How far down so many lines reach, in pixels of a page."""
    return 6 + sum(line.size + (11 if line.size == 18 else 6) for line in lines)


def _under(
    at: int, coverage: Coverage, lines: Sequence[_Line], space: _Space, look: Theme, address: str = ""
) -> list[Json]:
    made: list[Json] = []
    colour = VERDICTS[coverage.verdict].text(look)
    for n, one in enumerate(lines):
        words = bold(safe(one.words)) if one.bold else safe(one.words)
        ink = colour if one.verdict else look.secondary
        if n == 0:
            words, ink = linked(words, address, look.ink), look.ink
        down = space.px(_down(lines[:n]))
        made.append(text(at, 0, words, size=space.px(one.size), colour=ink, yanchor="top", yshift=-down))
    return made
