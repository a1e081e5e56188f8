"""What a report still lacks: counts asked of the organisation that stand neither in the file nor in the store."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.applicability import counts_asked
from proforient.catalogue.entries import Catalogue
from proforient.intake.case import Case
from proforient.intake.checks.levels import level_name
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.monitoring import Cell, Organisation, Period
from proforient.wording import counted

RAISES = ("missing-counts",)
_NAMED = 3  # counts that are called by name; the rest are counted


def check(case: Case) -> Iterator[Finding]:
    alike: dict[tuple[str, tuple[str, ...]], list[Cell]] = {}  # organisations of one kind and levels are asked the same
    counts = case.catalogue.counts
    there = {(k.organisation, k.cell) for k in case.known.contingent if counts[k.cell.count].value == "whole"}
    for code in case.touched:
        own = case.known.organisations.get(code)
        if own is None:
            continue
        if (own.kind, own.levels) not in alike:
            alike[own.kind, own.levels] = list(asked_of(case.catalogue, own, case.known.period))
        asked = [cell for cell in alike[own.kind, own.levels] if (code, cell) not in there]
        lacking = [cell for cell in asked if (code, cell) not in case.standing]
        if lacking:
            named = list(dict.fromkeys(_name(case, cell) for cell in lacking))[:_NAMED]
            lack = counted(len(lacking), "numbers", "gen")
            words = {"organisation": own.name, "count": lack, "asked": len(asked), "names": "; ".join(named)}
            yield finding("missing-counts", words=words)


def asked_of(catalogue: Catalogue, organisation: Organisation, period: Period | None) -> Iterator[Cell]:
    """The cells that an organisation has to fill for the period; without one, all that the catalogue ever asks."""
    year, chosen = (period.year, period.asked) if period else (None, None)
    own = organisation
    for cell in counts_asked(catalogue, kind=own.kind, levels=own.levels, year=year, indicators=chosen):
        yield Cell(*cell)


def _name(case: Case, cell: Cell) -> str:
    return f"«{case.catalogue.count_name(cell.count, cell.level)}» ({level_name(case, cell.level)})"
