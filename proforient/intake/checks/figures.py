"""Cells where a count or a yes/no is expected and something else stands."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case, Given
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.numbers import DASH, Fault, text_of

RAISES = (
    *("not-a-number", "not-whole", "negative", "percent-in-count", "date-in-count", "ambiguous-number"),
    *("footnote-glued", "number-too-large", "formula-without-value", "error-cell", "merged-number"),
    *("not-yes-no", "dash-unclear"),
)


def check(case: Case) -> Iterator[Finding]:
    for record in (*case.records, *case.totals):
        for given in record.givens:
            if code := _fault(given):
                place = case.place(given.row, given.column)
                yield finding(code, **place._asdict(), value=_shown(given))


def _fault(given: Given) -> str:
    if given.mark:
        return given.mark
    if isinstance(given.parsed, Fault):
        return given.parsed.code
    if given.parsed is DASH:
        return "dash-unclear"
    return "merged-number" if given.merged else ""


def _shown(given: Given) -> str:
    text = text_of(given.raw)
    if given.mark == "percent-in-count" and isinstance(given.raw, (int, float)):
        return f"{given.raw * 100:.4g} %".replace(".", ",")
    return text
