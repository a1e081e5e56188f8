"""How high a row must be for its wrapped texts: not every program finds that out on opening."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

LINE = 15.0  # points of a line of eleven-point text
TALLEST = 400.0  # points of a row; Excel takes 409


def height(texts: Iterable[tuple[str, float]], *, line: float = LINE) -> float:
    """Points for the longest of the texts, each with the width of its column in signs."""
    return min(TALLEST, line * max((lines(text, width) for text, width in texts), default=1))


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of so many signs; a little more rather than less."""
    room = max(4, int(width * 0.95) - 1)
    return sum(max(1, len(textwrap.wrap(part, room))) for part in text.split("\n")) if text else 1


__all__ = ["LINE", "height", "lines"]
