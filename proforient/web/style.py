"""The style sheet that the first page links to, and the few colour variables that depend on the reader's theme."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from proforient.palette import LIGHT, THEMES, Theme, ThemeName

PAGE_CSS = Path(__file__).parent / "page.css"
SECTIONS = Path(__file__).parent / "sections"


def variables(theme: Theme) -> str:
    """``--paper:…;--ink:…`` for every colour of the palette; underscores become hyphens."""
    return ";".join(f"--{name.replace('_', '-')}:{colour}" for name, colour in asdict(theme).items())


def theme_block(name: ThemeName) -> str:
    """The ``<style>`` of one theme; paper is white whatever the screen shows."""
    return f"<style>:root{{{variables(THEMES[name])}}}@media print{{:root{{{variables(LIGHT)}}}}}</style>"


def sheet() -> str:
    """The whole style sheet: it is the same for everybody, so browsers keep it."""
    own = [PAGE_CSS, *sorted(SECTIONS.glob("*.css"))]
    return "\n".join([marks_css(), *(path.read_text("utf-8") for path in own)])


def marks_css() -> str:
    try:
        from proforient.charts.marks import css
    except ImportError:
        return ""
    return str(css())
