"""Rows whose make-up is wrong: an empty key, half a pair, a value where a pair belongs and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding

RAISES = (
    *("key-empty", "half-pair", "pair-expected", "value-expected", "value-and-pair", "yes-no-pair"),
    *("indicator-computed", "names-disagree", "form-codes-lost"),
)


def check(case: Case) -> Iterator[Finding]:
    for record in case.records:
        for trouble in record.troubles:
            if trouble.code == "missing-column":
                continue  # said once, of the header
            place = case.place(record.row, trouble.column)
            yield finding(trouble.code, **place._asdict(), value=trouble.value, words=trouble.words)
