"""A long table's row whose pair is one number twice, with a number among the remarks: its cells were pushed aside."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.numbers import text_of

RAISES = ("cells-shifted",)


def check(case: Case) -> Iterator[Finding]:
    table = case.table
    if table is None or table.layout != "long":
        return
    rows = {row.number: row for row in table.sheet.rows}
    unused = [column.index for column in table.columns if column.role in ("ignored", "unknown")]
    for record in case.records:
        if len(record.givens) != 2 or record.givens[0].parsed != record.givens[1].parsed:
            continue
        last = max(given.column for given in record.givens)
        for at in unused:
            text = text_of(table.cell(rows[record.row], at))
            if at == last + 1 and text.isdigit():
                place = case.place(record.row, record.givens[1].column)
                words = {"name": case.column_name(at), "other": text}
                value = text_of(record.givens[1].raw)
                yield finding("cells-shifted", **place._asdict(), value=value, words=words)
