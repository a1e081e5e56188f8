"""What every Plotly figure shares: theme, text sizes, layout; a figure is a plain dict with ``data`` and ``layout``.

Plotly reads a little markup in its texts, so that everything from outside goes through ``safe``.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from proforient.analysis.coverage import Coverage
from proforient.monitoring import Verdict
from proforient.palette import FONT, THEMES, Theme, ThemeName
from proforient.wording import NB, escape

Figure = dict[str, Any]
Size = Literal["page", "hall"]
Json = dict[str, Any]

HATCH_PERIOD = 11  # pixels from one line of a hatching to the next


class ChartMark(NamedTuple):
    """What can be pointed at: its ``code`` (a level, organisation or period), its ``name`` and what it says.

    A column or a dot stands at ``place`` and begins at ``start``, a bar that lies likewise from left to right.
    ``colour`` is that of its verdict.
    """

    code: str
    name: str
    words: str
    colour: str
    place: float
    end: float
    width: float
    start: float = 0


Direction = Literal["up", "right"]  # whither the marks of a figure grow


def px(pixels: int, size: Size) -> int:
    """Pixels of text and of what must grow with it; in a hall a quarter more."""
    return pixels if size == "page" else (pixels * 5 + 2) // 4


def theme_of(theme: ThemeName | Theme) -> Theme:
    return theme if isinstance(theme, Theme) else THEMES[theme]


def safe(text: str) -> str:
    """Text from outside, so that Plotly shows it and does not read it as markup or as a formula."""
    return html.escape(html.unescape(escape(text)), quote=False).replace("$", "&#36;")


def bold(text: str) -> str:
    return f"<b>{text}</b>"


def linked(text: str, address: str, colour: str) -> str:
    """Text that leads to an address; without one the text itself."""
    if not address:
        return text
    return (
        f'<a href="{html.escape(address)}" target="_self" style="color:{colour};text-decoration:underline">{text}</a>'
    )


def coloured(text: str, colour: str, pixels: int | None = None) -> str:
    """A part of a text in another colour and, if given, another size."""
    size = f";font-size:{pixels}px" if pixels else ""
    return f'<span style="color:{colour}{size}">{text}</span>'


def height_of(coverage: Coverage) -> Fraction | None:
    """What is drawn: the share in percent, or the number of a count; None is never drawn as zero."""
    return coverage.measure


def plan_of(coverage: Coverage) -> Fraction | None:
    return None if coverage.plan is None else Fraction(coverage.plan.amount)


def coord(value: Fraction) -> float:
    """A coordinate for the browser; nothing is computed from it."""
    return round(float(value), 4)


def is_outlined(coverage: Coverage) -> bool:
    """Whether the bar of a verdict that the missing could turn is drawn: never solid."""
    return coverage.unsettled and coverage.verdict in (Verdict.MET, Verdict.NOT_MET)


def fill(coverage: Coverage, theme: Theme) -> str:
    """What a figure stands on inside its bar."""
    if is_outlined(coverage):
        return theme.paper
    return _colour(coverage, theme)


def _colour(coverage: Coverage, theme: Theme) -> str:
    if coverage.verdict == Verdict.MET:
        return theme.met
    return theme.not_met if coverage.verdict == Verdict.NOT_MET else theme.wash


def verdict_colour(coverage: Coverage, theme: Theme) -> str:
    """The one that stands beside what a mark says."""
    measured = coverage.verdict in (Verdict.MET, Verdict.NOT_MET)
    return _colour(coverage, theme) if measured else theme.secondary


def ink_on(coverage: Coverage, theme: Theme) -> str:
    """The colour of a figure inside its bar."""
    if is_outlined(coverage) or coverage.verdict not in (Verdict.MET, Verdict.NOT_MET):
        return theme.ink
    return theme.on_not_met if coverage.verdict == Verdict.NOT_MET else theme.on_met


def marker(coverage: Coverage, theme: Theme, *, tile: int = HATCH_PERIOD) -> Json:
    """A bar's look: solid blue, hatched orange, either only outlined with dots or thin strokes while the missing could
    turn it, or a grey outline when there is no plan to judge by."""
    colour = _colour(coverage, theme)
    look: Json = {"color": colour, "line": {"width": 0}}
    if is_outlined(coverage):
        shape, solidity = (".", 0.12) if coverage.verdict == Verdict.MET else ("/", 0.1)
        look = {"color": theme.paper, "line": {"width": 2.5, "color": colour}}
        look["pattern"] = {
            "shape": shape, "bgcolor": theme.paper, "fgcolor": colour, "size": tile, "solidity": solidity,
        }  # fmt: skip
    elif coverage.verdict == Verdict.NOT_MET:
        look["pattern"] = {
            "shape": "/", "bgcolor": colour, "fgcolor": theme.paper, "size": tile, "solidity": 0.14,
        }  # fmt: skip
    elif coverage.verdict != Verdict.MET:
        look["line"] = {"width": 1.5, "color": theme.secondary}
    return look


def text(x: float, y: float, words: str, *, size: int, colour: str, **other: Any) -> Json:
    """An annotation without an arrow."""
    font: Json = {"size": size, "color": colour}
    return {"x": x, "y": y, "text": words, "showarrow": False, "font": font, **other}


def line(x: tuple[float, float], y: tuple[float, float], colour: str, width: float, **other: Any) -> Json:
    look = {"color": colour, "width": width, **other.pop("look", {})}
    return {"type": "line", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1], "line": look, **other}


def axis(low: float, high: float, **other: Any) -> Json:
    """An axis that shows nothing but what is asked for and cannot be dragged."""
    return {
        "range": [low, high], "visible": False, "fixedrange": True, "showgrid": False, "zeroline": False, **other,
    }  # fmt: skip


def beside_axis(lines: Sequence[str]) -> str:
    """The lines of a label left of its bar, with a little air before the bar."""
    return "<br>".join(f"{safe(part)}{NB}{NB}" for part in lines)


def figure(
    theme: Theme,
    size: Size,
    *,
    data: Sequence[Json],
    height: int,
    margin: tuple[int, int, int, int],
    xaxis: Json,
    yaxis: Json,
    shapes: Sequence[Json],
    annotations: Sequence[Json],
    alt: str,
    marks: Sequence[ChartMark] = (),
    grows: Direction = "up",
) -> Figure:
    """The whole figure; ``margin`` is left, right, top, bottom; ``alt`` goes to ``layout.meta.alt``.

    ``marks``: what ``live`` lets point at; they go to ``layout.meta``, too.
    """
    left, right, top, bottom = margin
    layout: Json = {
        "autosize": True,
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": {"family": FONT, "size": px(16, size), "color": theme.ink},
        "separators": f",{NB}",
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "barmode": "overlay",
        "xaxis": xaxis,
        "yaxis": yaxis,
        "shapes": list(shapes),
        "annotations": list(annotations),
        "meta": {"alt": alt, "grows": grows, "marks": [_written(mark) for mark in marks]},
    }
    return {"data": list(data), "layout": layout}


def _written(mark: ChartMark) -> list[Any]:
    return list(mark._replace(name=safe(mark.name), words=safe(mark.words)))


def alt(made: Figure) -> str:
    """The sentence that stands for the picture."""
    return str(made["layout"]["meta"]["alt"])


CONFIG: Json = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
