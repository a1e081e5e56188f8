"""The names that Streamlit gives to the elements that it draws: classes and test ids, in ``streamlit.css``.

Needs: each name of that sheet in one of Streamlit's scripts, as ``NAME`` in back quotes or as a part before a hyphen.
Why: its buttons, blocks and header are to look and to be printed like the rest of the page; the theme cannot say it.
Without it: that element looks as Streamlit has it, or is printed although nobody can press it on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from proforient.web.seams import bundles
from proforient.web.seams.lacks import Lack, lacks_of

SHEET = Path(__file__).parent / "streamlit.css"
EFFECT = "Часть страницы выглядит не так, как остальная, или печатается лишней."

_NAMES = re.compile(r'data-testid="(\w+)(?:-\w+)?"|\.(st[A-Z]\w*)')


def names(text: str) -> set[str]:
    """The names in a sheet or a script of ours; of «stBaseButton-primary» the part before the kind."""
    return {name for found in _NAMES.findall(text) for name in found if name}


def unknown(wanted: Iterable[str], static: Path) -> set[str]:
    """Those of the names that stand in none of Streamlit's scripts."""
    left = set(wanted)
    for text in bundles.own_texts(static):
        left -= {name for name in left if f"`{name}`" in text or f"`{name}-$" in text}
        if not left:
            break
    return left


def lacking(static: Path = bundles.STATIC) -> Iterator[Lack]:
    wanted = sorted(names(SHEET.read_text("utf-8")))  # order: names of elements
    gone = unknown(wanted, static)
    yield from lacks_of("look", EFFECT, {name: name not in gone for name in wanted})
