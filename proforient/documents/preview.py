"""A document on the screen as its Word file will be: its blocks in, HTML out. What a person still fills is marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from proforient.charts.marks import Html, joined, tag
from proforient.documents.word_parts import PaperPart

_TAGS = {"b": "b", "i": "i", "s": "sup", "m": "mark"}
_CODE = re.compile(r"[A-Z2-7]{5}")
_ALIGNED = {"left": "", "center": "pf-middle", "right": "pf-right", "both": ""}


def sheet_html(blocks: Sequence[PaperPart], codes: str = "") -> Html:
    """The whole of it as one sheet; where a page begins there is a line. ``codes``: where those of footnotes lead."""
    return tag("article", joined(_parts(blocks, codes)), "pf-sheet", aria_label="Предпросмотр документа")


def _parts(blocks: Iterable[PaperPart], codes: str) -> Iterator[Html]:
    for block in blocks:
        if block.fresh:
            yield tag("hr", "")
        if block.rows:
            yield _table(block)
        elif block.text:
            yield tag("p", joined(_piece(words, look, codes) for words, look in block.pieces), _ALIGNED[block.align])


def _piece(words: str, look: str, codes: str) -> Html:
    made: Html | str = words
    if codes and "s" in look and _CODE.fullmatch(words):
        made = tag("a", words, href=codes + words, title="Откуда число")
    for letter, name in _TAGS.items():
        if letter in look:
            made = tag(name, made)
    return joined([made])


def _table(block: PaperPart) -> Html:
    rows = (tag("tr", joined(tag("td", _lines(cell)) for cell in row)) for row in block.rows)
    return tag("table", tag("tbody", joined(rows)), "pf-lined" if block.lined else "")


def _lines(cell: str) -> Html:
    return joined(tag("span", line, "pf-line") for line in cell.splitlines() if line.strip())


__all__ = ["sheet_html"]
