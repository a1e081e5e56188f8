"""The CSS of rows, tables and page texts: tokens of the palette for light, dark and paper, then ``marks.css``."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

from proforient.palette import DARK, FONT, LIGHT, Theme

_FILE = Path(__file__).parent.parent / "marks.css"


def _tokens(theme: Theme) -> str:
    return "".join(f"--pf-{f.name.replace('_', '-')}:{getattr(theme, f.name)};" for f in fields(theme))


@cache
def css() -> str:
    """Everything to inject once. The reader's system picks the theme; ``data-pf-theme`` on any element overrides it."""
    families = ", ".join(f'"{name.strip()}"' if " " in name.strip() else name.strip() for name in FONT.split(","))
    light, dark = _tokens(LIGHT), _tokens(DARK)
    return (
        f":root,[data-pf-theme=light]{{{light}--pf-font:{families}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-pf-theme=light]){{{dark}}}}}\n"
        f"[data-pf-theme=dark]{{{dark}}}\n"
        f"@media print{{:root:root:root,[data-pf-theme]{{{light}}}}}\n"
        f"{_FILE.read_text(encoding='utf-8')}"
    )
