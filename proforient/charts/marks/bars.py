"""Fluid bars as plain HTML: lengths and places are classes (``pf-p700`` is 70.0 %), never style attributes or SVG.

So one piece of markup serves phone, page and paper, passes a page's strict policy and Streamlit's cleaning of HTML
(which drops every SVG), and follows the theme; the hatch is a background tile of the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from proforient.charts.marks.pieces import Html, joined, tag

NEAR = 4  # per cent behind the plan's mark within which a bar gets a stub, to be seen


def place(value: Fraction) -> str:
    """The class of a length or place in per cent, to a tenth and never rounded up: what is below stays below."""
    return f"pf-p{min(1000, max(0, (10 * value).__floor__()))}"


def classes(*names: str) -> str:
    return " ".join(name for name in names if name)


def bar_part(length: Fraction, tone: str, inside: str = "") -> Html:
    """A bar of ``length`` per cent; ``tone``: ``met``, ``not-met`` (hatched), ``outline`` or ``quiet``."""
    if length <= 0:
        return Html("")
    return tag("div", Html(inside), classes("pf-fill", f"pf-fill-{tone}", place(length)))


def tick(plan: Fraction, reach: Fraction | None, tone: str) -> Html:
    """The plan's mark: its left edge is the plan, so that a bar a little above it still shows behind the mark."""
    if reach is None or reach < plan:
        return tag("div", "", classes("pf-tick", "pf-ahead", place(plan)))
    if reach == plan:
        return tag("div", "", classes("pf-tick", place(plan)))
    mark = tag("div", "", classes("pf-tick", "pf-passed", place(plan)))
    if reach - plan >= NEAR:
        return mark
    stub = tag("div", "", classes("pf-stub", f"pf-stub-{tone}", place(plan)))
    return joined([stub, mark])


def figure(text: str, tone: str = "") -> Html:
    """A figure on its bar, with a ground of its own: on stripes alone it could not be read."""
    return tag("span", text, classes("pf-fig", f"pf-on-{tone}" if tone else ""))


def at(x: Fraction, text: str, css: str) -> Html:
    """Words at ``x`` per cent of the bar."""
    return tag("span", text, classes(css, place(x)))


def edge(x: Fraction) -> str:
    """How words centred at ``x`` are kept inside the bar."""
    return "pf-from" if x < 12 else "pf-to" if x > 88 else ""


def bar(parts: Iterable[str], *, label: str, css: str = "") -> Html:
    """The picture, said in words by ``label`` (empty: the words beside it say everything)."""
    inside = joined(parts, " ")  # what is seen of it is words apart, as in the name of a link around it
    if not label:
        return tag("div", inside, classes("pf-bar", css), aria_hidden="true")
    return tag("div", inside, classes("pf-bar", css), role="img", aria_label=label)
