"""The table itself: no header, a table on its side, a header without rows, a second table, a form of another sample."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake import form
from proforient.intake.case import Case
from proforient.intake.fields import NAMES
from proforient.intake.findings import finding
from proforient.intake.layout import is_transposed
from proforient.intake.model import Finding

RAISES = ("no-header", "transposed", "no-rows", "second-table", "form-other")
_EXPECTED = ("organisation", "period", "indicator", "level", "cohort", "numerator", "denominator")


def check(case: Case) -> Iterator[Finding]:
    if case.reading is None or case.sheet is None:
        return
    name = case.sheet.name
    if not case.tables or (case.answers.sheet and case.table is None):
        if is_transposed(case.sheet):
            yield finding("transposed", sheet=name)
        else:
            expected = ", ".join(NAMES[field] for field in _EXPECTED)
            yield finding("no-header", sheet=name, words={"expected": expected})
    if case.table is None:
        return
    if not case.records:
        yield finding("no-rows", sheet=name, row=case.table.header[-1])
    for row in case.second_headers:
        yield finding("second-table", sheet=name, row=row)
    sample = case.table.sheet.names.get(form.NAME_FORM, "")
    if case.table.layout == "form" and sample and sample != form.FORM:
        yield finding("form-other", sheet=name, words={"found": sample, "expected": form.FORM})
