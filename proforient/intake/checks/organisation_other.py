"""Rows of an organisation other than the one the file is sent for."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding

RAISES = ("organisation-other",)


def check(case: Case) -> Iterator[Finding]:
    if case.organisation is None:
        return
    own = case.known.organisations.get(case.organisation)
    expected = own.name if own else case.organisation
    for record in case.records:
        key = next((key for key in record.keys if key.kind == "organisation"), None)
        if key and key.code and key.code != case.organisation:
            place = case.place(record.row, key.column)
            yield finding("organisation-other", **place._asdict(), value=key.text, words={"expected": expected})
