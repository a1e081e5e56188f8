"""The CSS of rows, tables and page texts: tokens of the palette for light, dark and paper, then ``marks.css``."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

from proforient.palette import DARK, FONT, LIGHT, Theme, variable

_PLACE = re.compile(r"pf-p\d+")
_FILE = Path(__file__).parent.parent / "marks.css"
_PLACES_FILE = _FILE.with_name("places.css")  # style of the dot plot of territories, which few pages have


def _tokens(theme: Theme) -> str:
    return "".join(f"{variable(f.name)}:{getattr(theme, f.name)};" for f in fields(theme))


def _tile(theme: Theme) -> str:
    """The hatch: stripes of paper over a bar, as a picture that repeats."""
    stripes = "M-2 14L14-2M-2 2L2-2M10 14L14 10"
    path = f"<path d='{stripes}' stroke='{theme.paper}' stroke-width='1.7'/>"
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 12 12'>{path}</svg>"
    for sign, code in (("<", "%3C"), (">", "%3E"), ("#", "%23")):  # a «<» would have a whole <style> thrown away
        picture = picture.replace(sign, code)
    return f'--pf-hatch:url("data:image/svg+xml,{picture}");'


def _places(used: set[str] | None) -> str:
    """``pf-p0`` to ``pf-p1000``: every tenth of a per cent, or only those in ``used``."""
    wanted = (n for n in range(1001) if used is None or f"pf-p{n}" in used)
    return "".join(f".pf-p{n}{{--pf-x:{n // 10}.{n % 10}%}}" for n in wanted)


def css(html: str | None = None) -> str:
    """Everything to inject once. The reader's system picks the theme; ``data-pf-theme`` on any element overrides it.

    A page that stands alone gives its ``html`` and gets only the places that its bars use.
    """
    dots = _dots() if html is None or "pf-places" in html else ""
    return f"{_common()}{dots}{_places(None if html is None else set(_PLACE.findall(html)))}\n"


@cache
def _dots() -> str:
    return _PLACES_FILE.read_text(encoding="utf-8")


@cache
def _common() -> str:
    """What every page needs; kept once, for a text that is kept by the page would grow with every address."""
    families = ", ".join(f'"{name.strip()}"' if " " in name.strip() else name.strip() for name in FONT.split(","))
    light, dark = _tokens(LIGHT) + _tile(LIGHT), _tokens(DARK) + _tile(DARK)
    return (
        f":root,[data-pf-theme=light]{{{light}--pf-font:{families}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-pf-theme=light]){{{dark}}}}}\n"
        f"[data-pf-theme=dark]{{{dark}}}\n"
        f"@media print{{:root:root:root,[data-pf-theme]{{{light}}}}}\n"
        f"{_FILE.read_text(encoding='utf-8')}"
    )
