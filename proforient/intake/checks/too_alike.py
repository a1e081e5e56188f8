"""What a whole file shows and no single number does: two columns swapped, every share exactly 100 %."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.checks.shares import Share, shares_touched
from proforient.intake.findings import finding
from proforient.intake.model import Finding, Place

RAISES = ("columns-swapped", "all-hundred")
_ENOUGH = 3  # pairs that are no accident
_FULL = 4  # pairs of a report that must be filled before it is judged


def check(case: Case) -> Iterator[Finding]:
    pairs = [(share, *pair) for share in shares_touched(case) if (pair := share.numbers(case, share.cohort))]
    yield from _swapped(case, [(upper, lower) for share, upper, lower in pairs if _whole(case, share)])
    by_organisation: dict[str, list[tuple[int, int]]] = {}
    for share, upper, lower in pairs:
        by_organisation.setdefault(share.organisation, []).append((upper, lower))
    for organisation, found in by_organisation.items():
        filled = [(upper, lower) for upper, lower in found if lower]
        if len(filled) >= _FULL and all(upper == lower for upper, lower in filled):
            own = case.known.organisations.get(organisation)
            words = {"organisation": own.name if own else organisation, "count": len(filled)}
            yield finding("all-hundred", words=words)


def _whole(case: Case, share: Share) -> bool:
    return len(share.numerator) == len(share.denominator) == 1


def _swapped(case: Case, pairs: list[tuple[int, int]]) -> Iterator[Finding]:
    different = [(upper, lower) for upper, lower in pairs if upper != lower]
    if case.table is None or len(different) < _ENOUGH or any(upper < lower for upper, lower in different):
        return
    upper, lower = different[0]
    column = case.table.column("numerator")
    name = case.column_name(column.index) if column else ""
    place = Place(case.table.sheet.name, case.table.header[-1], name)
    words = {"count": len(different), "upper": upper, "lower": lower}
    yield finding("columns-swapped", **place._asdict(), words=words)
