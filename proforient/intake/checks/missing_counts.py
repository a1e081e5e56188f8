"""What a report still lacks: counts asked of the organisation that stand neither in the file nor in the store."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.entries import Catalogue, Count
from proforient.intake.case import Case
from proforient.intake.checks.levels import level_name
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.monitoring import Cell, Organisation
from proforient.wording import counted

RAISES = ("missing-counts",)
_NAMED = 3


def check(case: Case) -> Iterator[Finding]:
    year = case.known.period.ends.year if case.known.period else None
    alike: dict[tuple[str, tuple[str, ...]], list[Cell]] = {}  # organisations of one kind and levels are asked the same
    for code in case.touched:
        own = case.known.organisations.get(code)
        if own is None:
            continue
        if (own.kind, own.levels) not in alike:
            alike[own.kind, own.levels] = list(asked_of(case.catalogue, own, year))
        asked = alike[own.kind, own.levels]
        lacking = [cell for cell in asked if (code, cell) not in case.standing]
        if lacking:
            named = list(dict.fromkeys(_name(case, cell) for cell in lacking))[:_NAMED]
            lack = counted(len(lacking), "numbers", "gen")
            words = {"organisation": own.name, "count": lack, "asked": len(asked), "names": "; ".join(named)}
            yield finding("missing-counts", words=words)


def asked_of(catalogue: Catalogue, organisation: Organisation, year: int | None = None) -> Iterator[Cell]:
    """The cells that the catalogue asks of an organisation: at its levels, for indicators of its kind."""
    for count in catalogue.counts.values():
        if (year is not None and count.until is not None and count.until < year) or not _for_kind(
            catalogue, count, organisation.kind
        ):
            continue
        for level in count.levels:
            if level in organisation.levels:
                for cohort in count.cohorts:
                    yield Cell(count=count.code, level=level, cohort=cohort)


def _for_kind(catalogue: Catalogue, count: Count, kind: str) -> bool:
    """Whether any indicator that uses the count is asked of the kind; a count of none is asked of all."""
    users = [
        i
        for i in catalogue.indicators.values()
        if count.code in (*i.numerator, *i.denominator) or i.count == count.code
    ]
    return not users or any(not i.organisation_kinds or kind in i.organisation_kinds for i in users)


def _name(case: Case, cell: Cell) -> str:
    return f"«{case.catalogue.count_name(cell.count, cell.level)}» ({level_name(case, cell.level)})"
