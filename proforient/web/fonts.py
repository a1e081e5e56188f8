"""The faces of pages that are not Streamlit's: from the program's own folder, or inside the file that is saved."""

from __future__ import annotations

import base64
from pathlib import Path

from proforient.web.seams.options import option

FONTS = Path(__file__).parent / "static"
RANGES = {
    "golos-cyrillic.woff2": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "golos-latin.woff2": "U+0000-00FF,U+0131,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-2015,"
    "U+2018-2027,U+202F-205F,U+20AC,U+2122,U+2212",
}
MARKS = "U+2713,U+2717,U+2190-2193,U+2264-2265,U+25CB,U+25C7,U+25D4,U+25B3"


def base() -> str:
    """«/pf» when the program is served below a path, else empty."""
    path = str(option("server.baseUrlPath") or "").strip("/")
    return "/" + path if path else ""


def faces(below: str, *, saved: bool = False, display: str = "swap") -> str:
    """The CSS that declares them; ``below`` is the path below which the program is served.

    ``display``: what is seen until they come, another face («swap») or for up to three seconds none («block»).
    """
    found = [
        f'@font-face{{font-family:"Golos Text";font-weight:400 900;font-display:{display};'
        f"src:url({_font(name, below, saved=saved)}) format('woff2');unicode-range:{signs}}}"
        for name, signs in RANGES.items()
    ]
    found.append(
        f'@font-face{{font-family:"Proforient Marks";font-display:{display};'
        f"src:url({_font('marks.woff2', below, saved=saved)}) format('woff2');unicode-range:{MARKS}}}"
    )
    return "\n".join(found)


def _font(name: str, below: str, *, saved: bool) -> str:
    if not saved:
        return f"{below}/app/static/{name}"
    return f"data:font/woff2;base64,{base64.b64encode((FONTS / name).read_bytes()).decode()}"
