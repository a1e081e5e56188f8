"""A figure as HTML that needs no script: what stands where Plotly will draw it, until Plotly has come.

The same plain dict goes in, with colours that are variables of the sheet; every place is that of Plotly, to the pixel.
Columns and bars, lines with dots, shapes, texts, the words along an axis: what our figures are made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import pi, sqrt
from typing import Any

from proforient.charts.figures.base import Figure, Json
from proforient.charts.marks.pieces import Html, joined
from proforient.wording import escape

BORDER = 1  # pixel that Plotly leaves around each text for a border that is not drawn
ACROSS = {"left": "0", "center": "-50%", "right": "-100%"}
TURN = {"top": "0", "middle": "-50%", "bottom": "-100%"}
DASHES = {"dot": 1, "dash": 3}


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
            *(mark for trace in self._data for mark in self._marks(trace)),
            *self._shapes("above"),
        ]
        patterns = f"<defs>{joined(self._patterns)}</defs>"
        names = joined(self._names())
        inner = f"left:{self._left}px;right:{self._right}px;top:{self._top}px;height:{self._plot}px"
        if names:
            inner = f"margin:{self._top}px {self._right}px 0 {self._left}px;height:{self._plot}px"
        texts = joined([*(self._text(note) for note in self._layout["annotations"]), *self._words_below()])
        css = "pf-still pf-still-named" if names else "pf-still"
        return Html(
            f'<div class="{css}" style="height:{self._layout["height"]}px">{names}<div style="{inner}">'
            f'<svg width="100%" height="{self._plot}" aria-hidden="true">{patterns}{joined(layers)}</svg>'
            f"{texts}</div></div>"
        )

    def _across(self, value: float, ref: str = "x") -> float:
        low, high = (0, 1) if ref == "paper" else self._layout["xaxis"]["range"]
        return float((value - low) / (high - low) * 100)

    def _down(self, value: float, ref: str = "y") -> float:
        low, high = (0, 1) if ref == "paper" else self._layout["yaxis"]["range"]
        return float((high - value) / (high - low) * self._plot)

    def _marks(self, trace: Json) -> Iterator[Html]:
        if trace["type"] == "bar":
            return self._bars(trace)
        return self._path(trace) if trace["mode"] == "lines" else self._dots(trace)

    def _bars(self, trace: Json) -> Iterator[Html]:
        """Columns, or bars that lie."""
        look, half = trace["marker"] if trace["x"] else {}, trace.get("width", 0) / 2
        fill = self._filled(look) if look else ""
        for x, y in zip(trace["x"], trace["y"], strict=True):
            box = (0, x, y - half, y + half) if trace.get("orientation") == "h" else (x - half, x + half, 0, y)
            yield self._box(
                *box, fill=fill, stroke=look["line"].get("color", "none"), stroke_width=look["line"]["width"]
            )

    def _path(self, trace: Json) -> Iterator[Html]:
        """A line from dot to dot; one that is not there breaks it."""
        style = f"stroke:{trace['line']['color']};stroke-width:{trace['line']['width']}px"
        for (x0, y0), (x1, y1) in pairwise(zip(trace["x"], trace["y"], strict=True)):
            if y0 is not None and y1 is not None:
                yield self._stroke((x0, x1), (y0, y1), style=style)

    def _dots(self, trace: Json) -> Iterator[Html]:
        look = trace["marker"]
        for x, y, fill, stroke in zip(trace["x"], trace["y"], look["color"], look["line"]["color"], strict=True):
            yield _element(
                "circle", cx=f"{self._across(x):.4f}%", cy=self._down(y), r=look["size"] / 2,
                style=f"fill:{fill};stroke:{stroke};stroke-width:{look['line']['width']}px",
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
            if shape.get("layer", "above") == layer:
                yield self._line(shape) if shape["type"] == "line" else self._frame(shape)

    def _line(self, shape: Json) -> Html:
        look = shape["line"]
        style = f"stroke:{look['color']};stroke-width:{look['width']}px;stroke-dasharray:{_dashes(look)}"
        x, y = shape.get("xref", "x"), shape.get("yref", "y")
        return self._stroke((shape["x0"], shape["x1"]), (shape["y0"], shape["y1"]), x, y, style=style)

    def _stroke(
        self, xs: tuple[float, float], ys: tuple[float, float], x: str = "x", y: str = "y", *, style: str
    ) -> Html:
        """A line of Plotly lies in the middle of its places."""
        return _element(
            "line",
            x1=f"{self._across(xs[0], x):.4f}%", x2=f"{self._across(xs[1], x):.4f}%",
            y1=self._down(ys[0], y), y2=self._down(ys[1], y), style=style,
        )  # fmt: skip

    def _frame(self, shape: Json) -> Html:
        look = shape["line"]
        return self._box(
            shape["x0"], shape["x1"], shape["y0"], shape["y1"],
            fill=shape["fillcolor"], stroke=look["color"], stroke_width=look["width"], stroke_dasharray=_dashes(look),
        )  # fmt: skip

    def _box(self, x0: float, x1: float, y0: float, y1: float, **look: Any) -> Html:
        styled = ";".join(
            f"{key.replace('_', '-')}:{value}{'px' if key == 'stroke_width' else ''}" for key, value in look.items()
        )
        top, bottom = sorted((self._down(y0), self._down(y1)))  # order: of pixels, for an axis may lead down
        return _element(
            "rect",
            x=f"{self._across(x0):.4f}%", width=f"{self._across(x1) - self._across(x0):.4f}%",
            y=top, height=bottom - top, style=styled,
        )  # fmt: skip

    def _text(self, note: Json) -> Html:
        """A text with Plotly's own little markup, which is HTML."""
        side, anchor = note.get("xanchor", "center"), note.get("yanchor", "middle")
        room = BORDER + note.get("borderpad", 1)
        across, shift = f"{self._across(note['x'], note.get('xref', 'x')):.4f}%", note.get("xshift", 0)
        style = {
            "left": f"calc({across} + {shift}px)" if shift else across,
            "top": f"{_short(self._down(note['y']) - note.get('yshift', 0))}px",
            "transform": f"translate({ACROSS[side]},{TURN[anchor]})",
            "font-size": f"{note['font']['size']}px",
            "color": note["font"]["color"],
            "padding": f"{room}px",
        }
        if "bgcolor" in note:
            style["background"] = note["bgcolor"]
        return _styled("p", note["text"], style)

    def _names(self) -> Iterator[Html]:
        """The words left of bars that lie: Plotly, too, gives them the width that the longest needs."""
        axis = self._layout["yaxis"]
        for value, words in zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True):
            style = {
                "margin-top": f"{_short(self._top + self._down(value))}px",
                "font-size": f"{axis['tickfont']['size']}px",
            }
            yield _styled("span", words, style)

    def _words_below(self) -> Iterator[Html]:
        axis = self._layout["xaxis"]
        for value, words in zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True):
            style = {
                "left": f"{self._across(value):.4f}%", "top": f"{self._plot + BORDER}px",
                "transform": "translate(-50%,0)", "font-size": f"{axis['tickfont']['size']}px",
            }  # fmt: skip
            yield _styled("p", words, style)


def _dashes(look: Json) -> str:
    part = max(3, look["width"]) * DASHES.get(look.get("dash", ""), 0)
    return f"{part}px" if part else "none"


def _styled(name: str, words: str, style: dict[str, str]) -> Html:
    written = escape(";".join(f"{key}:{value}" for key, value in style.items()))
    return Html(f'<{name} style="{written}">{words}</{name}>')


def _element(name: str, **attributes: Any) -> Html:
    written = "".join(f' {key}="{escape(_short(value))}"' for key, value in attributes.items())
    return Html(f"<{name}{written}/>")


def _short(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
