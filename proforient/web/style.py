"""The style sheet that the first page links to: colours, chart rows and tables of ``charts``, then the frame's own."""

from __future__ import annotations

from pathlib import Path

from proforient.charts.marks import css

PAGE_CSS = Path(__file__).parent / "page.css"


def sheet() -> str:
    """The whole style sheet: it is the same for everybody, so browsers keep it."""
    return css() + "\n" + PAGE_CSS.read_text("utf-8")
