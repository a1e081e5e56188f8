"""Places in a document that a person fills: marked in the words, shown in brackets on a coloured ground.

The marks are characters of no script, so that brackets in somebody's text are not taken for a place.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from proforient.wording import NOT_IN_XML, clean, typo

OPEN, SHUT = "\ue000", "\ue001"
_PLACE = re.compile(f"({OPEN}[^{OPEN}{SHUT}]*{SHUT})")
# What XML cannot hold, the marks themselves, and characters that Word or the template library act upon.
_NOT_TEXT = re.compile(rf"[{NOT_IN_XML}\x09-\x0d\x7f\ue000\ue001]+")


def place(what: str) -> str:
    """«[срок]», to be filled by hand."""
    return f"{OPEN}{what}{SHUT}"


def text(given: str) -> str:
    """Somebody's words in one line: without control characters and without a mark of ours."""
    return _NOT_TEXT.sub(" ", clean(given)).strip()


# After a short word a space may break: in a justified line those that may not stay narrow while the others stretch.
_SHORT_WORD = re.compile(r"(?<![\w-])([а-яА-Я]{1,3})\u00a0(?=[а-яёА-ЯЁ«\ue000])")


def printable(fields: Any) -> Any:
    """The fields with no-break spaces where a document needs them: at numbers, signs, dates."""
    if isinstance(fields, str):
        return _SHORT_WORD.sub(r"\1 ", typo(fields))
    if isinstance(fields, Mapping):
        return {name: printable(value) for name, value in fields.items()}
    return [printable(value) for value in fields] if isinstance(fields, (list, tuple)) else fields


def show_places(paragraph: Any) -> None:
    """Puts the brackets and the coloured ground into a paragraph of python-docx."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.text.run import Run

    for run in list(paragraph.runs):
        parts = [part for part in _PLACE.split(run.text) if part]
        if not any(part.startswith(OPEN) for part in parts):
            continue
        before = run._r
        for part in parts:
            made = copy.deepcopy(run._r)
            before.addnext(made)
            before, one = made, Run(made, paragraph)
            one.text = f"[{part[1:-1]}]" if part.startswith(OPEN) else part
            if part.startswith(OPEN):
                one.font.highlight_color = WD_COLOR_INDEX.YELLOW
        run._r.getparent().remove(run._r)


__all__ = ["OPEN", "SHUT", "place", "printable", "show_places", "text"]
