"""Printed totals: not stored, but each must be the sum of its rows; one that could not be compared is said to be so."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.printed_totals import comparisons

RAISES = ("total-disagrees", "total-not-compared")


def check(case: Case) -> Iterator[Finding]:
    for total in case.totals:
        found = comparisons(case, total)
        for figure in found:
            if figure.expected is not None:
                place = case.place(total.row, figure.column)
                words = {"expected": figure.expected}
                yield finding("total-disagrees", **place._asdict(), value=figure.text, words=words)
        silent = next((figure for figure in found if not figure.compared), None)
        if silent is not None:
            place = case.place(total.row, silent.column)
            yield finding("total-not-compared", **place._asdict(), value=silent.text)
