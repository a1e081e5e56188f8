"""Rows and columns that nobody sees in the table but that are loaded all the same."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding

RAISES = ("hidden-row", "hidden-column")


def check(case: Case) -> Iterator[Finding]:
    if case.table is None:
        return
    sheet = case.table.sheet
    hidden = {row.number for row in sheet.rows if row.hidden}
    for record in case.records:
        if record.row in hidden:
            yield finding("hidden-row", sheet=sheet.name, row=record.row)
    for column in case.table.columns:
        loaded = column.role not in ("ignored", "unknown") and not (
            case.table.layout == "form" and not column.is_figure
        )
        if column.index in sheet.hidden_columns and loaded:
            where = case.column_name(column.index)
            yield finding("hidden-column", sheet=sheet.name, column=where, words={"name": column.heading or where})
