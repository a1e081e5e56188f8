"""The table itself: no header, a table on its side, a header without rows, a second table."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.fields import NAMES
from proforient.intake.findings import finding
from proforient.intake.form_stops import is_wiped
from proforient.intake.layout import is_transposed
from proforient.intake.model import Finding

RAISES = ("no-header", "transposed", "no-rows", "second-table")
_EXPECTED = ("organisation", "period", "indicator", "level", "cohort", "numerator", "denominator")


def check(case: Case) -> Iterator[Finding]:
    if case.reading is None or case.sheet is None:
        return
    name = case.sheet.name
    if not case.tables or (case.answers.sheet and case.table is None):
        if is_wiped(case.sheet):
            yield finding("form-codes-lost", sheet=name, words={"what": "коды бланка"})
        elif is_transposed(case.sheet):
            yield finding("transposed", sheet=name)
        else:
            expected = ", ".join(NAMES[field] for field in _EXPECTED)
            yield finding("no-header", sheet=name, words={"expected": expected})
    if case.table is None:
        return
    waiting = any(column.role == "unknown" for column in case.table.columns)
    if not case.records and not case.stops and not waiting:
        yield finding("no-rows", sheet=name, row=case.table.header[-1])
    for row in case.second_headers:
        yield finding("second-table", sheet=name, row=row)
