"""A figure as a picture to take away: above it the title, whose it is, what the plan rests on and the day."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from proforient.charts.figures.base import Figure, Json, bold, coloured, safe
from proforient.palette import Theme

WIDTH = 1200  # pixels; saved at twice the size
TITLE, NOTE = 26, 17  # sizes of texts
TITLE_LINE, NOTE_LINE = 64, 110  # signs of a line
LINE = 34  # pixels from one to the next
EDGE = 28  # pixels around
# A picture is drawn with the faces of the computer alone: it is measured by the same.
FACES = "Arial, Liberation Sans, DejaVu Sans, sans-serif"


def picture(figure: Figure, title: str, notes: Sequence[str], theme: Theme) -> Figure:
    """``notes``: a sentence or two each, one below the other under the title."""
    head = [bold(safe(line)) for line in wrap(title, TITLE_LINE)]
    lines = [coloured(safe(line), theme.secondary, NOTE) for note in notes for line in wrap(note, NOTE_LINE)]
    above = EDGE + LINE * (len(head) + len(lines)) + EDGE
    layout, margin = figure["layout"], figure["layout"]["margin"]
    tall = layout["height"] + above + EDGE
    sides = {side: margin[side] + EDGE for side in ("l", "r", "b")}
    words: Json = {
        "text": "<br>".join([*head, *lines]), "font": {"size": TITLE, "color": theme.ink},
        "x": 0, "xref": "container", "xanchor": "left", "yref": "container", "yanchor": "top", "pad": {"l": EDGE},
        "y": 1 - (EDGE + TITLE) / tall, "automargin": False,
    }  # fmt: skip
    changed: Json = {
        "autosize": False, "width": WIDTH, "height": tall, "title": words,
        "margin": {**margin, **sides, "t": margin["t"] + above}, "meta": {"alt": title},
        "font": {**layout["font"], "family": FACES},
    }  # fmt: skip
    return {"data": figure["data"], "layout": {**layout, **changed}}
