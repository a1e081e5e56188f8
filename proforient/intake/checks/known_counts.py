"""Counts beside those known from a statistical form (the contingent)."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.checks.levels import cohort_name, level_name
from proforient.intake.findings import finding
from proforient.intake.model import Finding

RAISES = ("known-differs",)
_CHILDREN = 3  # children by which two days of counting may differ: pupils come and go
_OF_HUNDRED = 5  # per cent by which they may differ


def check(case: Case) -> Iterator[Finding]:
    known = {(entry.organisation, entry.cell): entry for entry in case.known.contingent}
    for (organisation, cell), value in case.carried.items():
        entry = known.get((organisation, cell))
        if entry is None or value.number is None:
            continue
        apart = abs(value.number - entry.number)
        if apart <= _CHILDREN or 100 * apart <= _OF_HUNDRED * entry.number:
            continue
        what = case.catalogue.count_name(cell.count, cell.level)
        words = {
            "what": f"«{what}», {level_name(case, cell.level)}, {cohort_name(case, cell.cohort)}",
            "number": value.number,
            "known": entry.number,
            "source": entry.source,
        }
        yield finding("known-differs", **value.place._asdict(), value=value.text, words=words)
