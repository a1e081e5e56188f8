"""Rows of a CSV with more or fewer cells than the header: a separator was lost or added."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.numbers import text_of
from proforient.intake.separated import SEPARATORS

RAISES = ("ragged-row",)
_FEWEST = 4  # cells that are no list of things in a sentence


def check(case: Case) -> Iterator[Finding]:
    if case.table is None or not case.is_csv:
        return
    sheet = case.table.sheet
    header = sheet.odd_widths.get(case.table.header[-1], sheet.width)
    notes = {aside.row for aside in case.aside if aside.reason == "примечание под таблицей"}
    aside = {aside.row for aside in case.aside}
    for row in case.table.below():
        if row.number in aside and any(_is_row(cell, header) for cell in row.cells if isinstance(cell, str)):
            yield finding("ragged-row", row=row.number, words={"found": 1, "expected": header})
            continue
        width = sheet.odd_widths.get(row.number, sheet.width)
        if width != header and row.number not in notes and sum(bool(text_of(cell)) for cell in row.cells) > 1:
            yield finding("ragged-row", row=row.number, words={"found": width, "expected": header})


def _is_row(cell: str, header: int) -> bool:
    """Whether a cell of a row that gives no figures is a whole row with another separator: no title, no footnote."""
    for separator in SEPARATORS:
        parts = [part.strip() for part in cell.split(separator)]
        if len(parts) >= max(_FEWEST, header - 2) and sum(part.isdigit() for part in parts) >= 2:
            return True
    words = text_of(cell).split(" ")
    return len(words) >= header - 1 and any(a.isdigit() and b.isdigit() for a, b in pairwise(words))
