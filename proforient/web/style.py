"""The style sheet that the first page links to: colours, rows and tables of ``charts``, then our own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from proforient.charts.marks import css

PAGE_CSS = Path(__file__).parent / "page.css"
STREAMLIT_CSS = Path(__file__).parent / "seams" / "streamlit.css"
SECTIONS = Path(__file__).parent / "sections"


def sheet(html: str | None = None) -> str:
    """The whole style sheet: it is the same for everybody, so browsers keep it.

    A page that carries its style gives its ``html`` and gets only the places that its bars use.
    """
    return css(html) + _own()


@cache
def _own() -> str:
    own = [STREAMLIT_CSS, PAGE_CSS, *sorted(SECTIONS.rglob("*.css"))]  # order: files of styles
    return "\n".join(path.read_text("utf-8") for path in own)
