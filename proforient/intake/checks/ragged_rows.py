"""Rows of a CSV with more or fewer cells than the header: a separator was lost or added."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.numbers import text_of

RAISES = ("ragged-row",)


def check(case: Case) -> Iterator[Finding]:
    if case.table is None or not case.is_csv:
        return
    sheet = case.table.sheet
    header = sheet.odd_widths.get(case.table.header[-1], sheet.width)
    notes = {aside.row for aside in case.aside if aside.reason == "примечание под таблицей"}
    for row in case.table.below():
        width = sheet.odd_widths.get(row.number, sheet.width)
        if width != header and row.number not in notes and sum(bool(text_of(cell)) for cell in row.cells) > 1:
            yield finding("ragged-row", row=row.number, words={"found": width, "expected": header})
