"""Fluid bars as SVG: x in per cent, y in em, so that one bar serves phone, page and paper; no style attribute.

The hatch is one dashed line, slanted and cut by the bar: it needs no pattern with an identifier, so that bars may
stand in hidden and printed copies of a page alike.
"""

from __future__ import annotations

from fractions import Fraction

from proforient.charts.marks.pieces import Html
from proforient.wording import escape

ZERO = Fraction(0)
SIGN = Fraction(62, 100)  # the width of a sign of a bold figure, in em


def per_cent(value: Fraction) -> str:
    """A coordinate for the browser: «69.9879%»."""
    return f"{round(float(value), 4):g}%"


def _em(value: float | Fraction) -> str:
    return f"{round(float(value), 3):g}em"


def _rect(css: str, x: str, y: str, width: str, height: str) -> str:
    return f'<rect class="{css}" x="{x}" y="{y}" width="{width}" height="{height}"/>'


def at(x: Fraction, inside: str, y: float = 0) -> str:
    """``inside`` moved to ``x`` per cent and ``y`` em; its own measures are in em."""
    return f'<svg class="pf-at" x="{per_cent(x)}" y="{_em(y)}" overflow="visible">{inside}</svg>'


def svg(inside: str, height: Fraction | float, *, label: str, css: str = "pf-bar", width: str = "100%") -> Html:
    """A picture of its own height, said in words by ``label`` (empty: the words beside it say everything)."""
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Html(f'<svg class="{css}" width="{width}" height="{_em(height)}" {said}>{inside}</svg>')


def filled(length: Fraction, tone: str, y: Fraction | float, height: Fraction | float) -> str:
    """A bar of ``length`` per cent; ``tone``: ``met``, ``not-met`` (hatched), ``outline`` or ``quiet``."""
    if length <= 0:
        return ""
    bar = _rect(f"pf-fill-{tone}", "0", _em(y), per_cent(length), _em(height))
    if tone != "not-met":
        return bar
    reach = "150%" if length > 20 else "900%"
    middle = _em(float(height) / 2)
    stripes = f'<line class="pf-stripe" x1="-80" x2="{reach}" y1="{middle}" y2="{middle}" transform="skewX(-45)"/>'
    return f'{bar}<svg x="0" y="{_em(y)}" width="{per_cent(length)}" height="{_em(height)}">{stripes}</svg>'


def track(y: Fraction | float, height: Fraction | float) -> str:
    """The pale ground that shows how long 100 % is."""
    return _rect("pf-track", "0", _em(y), "100%", _em(height))


def frame(y: Fraction | float, height: Fraction | float) -> str:
    """The dotted frame that stands for no data: it is never a bar of no length."""
    return _rect("pf-frame", "0", _em(y), "100%", _em(height))


def tick(plan: Fraction, share: Fraction | None, tone: str, height: float, inset: float) -> str:
    """The plan's mark: its left edge is the plan, so that a bar a little above it still shows behind the mark."""
    mark = _rect("pf-tick", "0", "0", ".2em", _em(height))
    tall, y = _em(height - 2 * inset), _em(inset)
    if share is None or share < plan:
        return at(plan, _rect("pf-halo-track", "-.14em", y, ".14em", tall) + mark)
    if share == plan:
        return at(plan, mark)
    behind = _rect("pf-halo", "-.12em", "0", ".12em", _em(height))
    if share - plan < 4:
        return at(plan, _rect(f"pf-fill-{tone}", ".2em", y, ".22em", tall) + behind + mark)
    return at(plan, behind + _rect("pf-halo", ".2em", "0", ".12em", _em(height)) + mark)


def words(x: Fraction, text: str, y: float, css: str, *, dx: float = 0, anchor: str = "start") -> str:
    """Text whose base line is ``y`` em of the bar (not of its own size) down, ``dx`` em right of ``x`` per cent."""
    written = f'<text class="{css}" x="{_em(dx)}" y="0" text-anchor="{anchor}">{escape(text)}</text>'
    return at(x, written, y)


def figure_inside(text: str, tone: str, y: float, height: float, start: Fraction = ZERO) -> str:
    """The figure on a solid patch from ``start`` on: on stripes alone it could not be read."""
    patch, air = "", 0.4 if start == 0 else 0.65
    if tone == "not-met":
        patch = at(start, _rect("pf-patch", "0", _em(y), _em(len(text) * SIGN + Fraction(7, 10)), _em(height)))
    return patch + words(start, text, y + height / 2 + 0.36, f"pf-fig pf-on-{tone}", dx=air)
