"""A figure of columns as HTML that needs no script: what stands where Plotly will draw it, until Plotly has come.

The same plain dict goes in, with colours that are variables of the sheet; every place is that of Plotly, to the pixel.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import pi, sqrt
from typing import Any

from proforient.charts.figures.base import Figure, Json
from proforient.charts.marks.pieces import Html, joined
from proforient.wording import escape

BORDER = 1  # Plotly draws one around each text, unseen, with a pixel between them
TURN = {"top": "0", "middle": "-50%", "bottom": "-100%"}


def still(figure: Figure, name: str) -> Html:
    """``name`` tells the figure's patterns from those of others on the page."""
    return _Still(figure, name).html()


class _Still:
    """One figure and how its values become places: across in percent of the plot, down in pixels."""

    def __init__(self, figure: Figure, name: str) -> None:
        self._data, self._layout, self._name = figure["data"], figure["layout"], name
        margin = self._layout["margin"]
        self._left, self._right, self._top = margin["l"], margin["r"], margin["t"]
        self._plot = self._layout["height"] - margin["t"] - margin["b"]
        self._patterns: list[Html] = []

    def html(self) -> Html:
        layers = [
            *self._shapes("below"),
            *(self._bar(bar) for bar in self._data if bar["x"]),
            *self._shapes("above"),
        ]
        patterns = f"<defs>{joined(self._patterns)}</defs>"
        inner = f"left:{self._left}px;right:{self._right}px;top:{self._top}px;height:{self._plot}px"
        texts = joined(self._text(note) for note in self._layout["annotations"])
        return Html(
            f'<div class="pf-still" style="height:{self._layout["height"]}px"><div style="{inner}">'
            f'<svg width="100%" height="{self._plot}" aria-hidden="true">{patterns}{joined(layers)}</svg>'
            f"{texts}</div></div>"
        )

    def _across(self, value: float, ref: str = "x") -> float:
        low, high = (0, 1) if ref == "paper" else self._layout["xaxis"]["range"]
        return float((value - low) / (high - low) * 100)

    def _down(self, value: float, ref: str = "y") -> float:
        low, high = (0, 1) if ref == "paper" else self._layout["yaxis"]["range"]
        return float((high - value) / (high - low) * self._plot)

    def _bar(self, bar: Json) -> Html:
        look = bar["marker"]
        (x,), (y,) = bar["x"], bar["y"]
        return self._box(
            x - bar["width"] / 2, x + bar["width"] / 2, 0, y,
            fill=self._filled(look), stroke=look["line"].get("color", "none"), stroke_width=look["line"]["width"],
        )  # fmt: skip

    def _filled(self, look: Json) -> str:
        """The colour of a bar, or its pattern in strokes and dots of the same size as Plotly's."""
        pattern = look.get("pattern")
        if pattern is None:
            return str(look["color"])
        size, solid = pattern["size"], pattern["solidity"]
        if pattern["shape"] == ".":
            side = size
            drawn = _element("circle", cx=side / 2, cy=side / 2, r=sqrt(solid * size * size / pi),
                             style=f"fill:{pattern['fgcolor']}")  # fmt: skip
        else:
            side = size * sqrt(2)
            part = side / 4
            line = (
                f"M{-part} {part}l{2 * part} {-2 * part}M0 {side}L{side} 0M{3 * part} {5 * part}l{2 * part} {-2 * part}"
            )
            drawn = _element("path", d=line, style=f"stroke:{pattern['fgcolor']};stroke-width:{solid * size}px")
        ground = _element("rect", width=side, height=side, style=f"fill:{pattern['bgcolor']}")
        called = f"{self._name}-{len(self._patterns)}"
        self._patterns.append(
            Html(
                f'<pattern id="{called}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
                f"{ground}{drawn}</pattern>"
            )
        )
        return f"url(#{called})"

    def _shapes(self, layer: str) -> Iterator[Html]:
        for shape in self._layout["shapes"]:
            if shape["layer"] == layer:
                yield self._line(shape) if shape["type"] == "line" else self._frame(shape)

    def _line(self, shape: Json) -> Html:
        """A line of Plotly lies in the middle of its places."""
        x, y = shape.get("xref", "x"), shape.get("yref", "y")
        return _element(
            "line",
            x1=f"{self._across(shape['x0'], x):.4f}%", x2=f"{self._across(shape['x1'], x):.4f}%",
            y1=self._down(shape["y0"], y), y2=self._down(shape["y1"], y),
            style=f"stroke:{shape['line']['color']};stroke-width:{shape['line']['width']}px",
        )  # fmt: skip

    def _frame(self, shape: Json) -> Html:
        look = shape["line"]
        dash = f"{max(3, look['width'])}px" if look.get("dash") == "dot" else "none"
        return self._box(
            shape["x0"], shape["x1"], shape["y0"], shape["y1"],
            fill=shape["fillcolor"], stroke=look["color"], stroke_width=look["width"], stroke_dasharray=dash,
        )  # fmt: skip

    def _box(self, x0: float, x1: float, y0: float, y1: float, **look: Any) -> Html:
        styled = ";".join(
            f"{key.replace('_', '-')}:{value}{'px' if key == 'stroke_width' else ''}" for key, value in look.items()
        )
        return _element(
            "rect",
            x=f"{self._across(x0):.4f}%", width=f"{self._across(x1) - self._across(x0):.4f}%",
            y=self._down(y1), height=self._down(y0) - self._down(y1), style=styled,
        )  # fmt: skip

    def _text(self, note: Json) -> Html:
        """A text with Plotly's own little markup, which is HTML."""
        anchor = note.get("yanchor", "middle")
        room = BORDER + note.get("borderpad", 1)
        style = {
            "left": f"{self._across(note['x']):.4f}%",
            "top": f"{_short(self._down(note['y']) - note.get('yshift', 0))}px",
            "transform": f"translate(-50%,{TURN[anchor]})",
            "font-size": f"{note['font']['size']}px",
            "color": note["font"]["color"],
            "padding": f"{room}px",
        }
        if "bgcolor" in note:
            style["background"] = note["bgcolor"]
        written = escape(";".join(f"{key}:{value}" for key, value in style.items()))
        return Html(f'<p style="{written}">{note["text"]}</p>')


def _element(name: str, **attributes: Any) -> Html:
    written = "".join(f' {key}="{escape(_short(value))}"' for key, value in attributes.items())
    return Html(f"<{name}{written}/>")


def _short(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
