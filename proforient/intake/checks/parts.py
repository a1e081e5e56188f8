"""A category above the one it is a part of: ОВЗ above all."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.checks.levels import level_name
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.monitoring import Cell

RAISES = ("part-above-all",)


def check(case: Case) -> Iterator[Finding]:
    parts = [cohort for cohort in case.catalogue.cohorts.values() if cohort.part_of is not None]
    seen: set[tuple[str, str, str, str]] = set()
    for organisation, cell in case.carried:
        if case.catalogue.counts[cell.count].value != "whole":
            continue
        for part in parts:
            key = (organisation, cell.count, cell.level, part.code)
            if cell.cohort in (part.code, part.part_of) and key not in seen:
                seen.add(key)
                yield from _compared(case, organisation, cell, part.code, str(part.part_of))


def _compared(case: Case, organisation: str, cell: Cell, part: str, whole: str) -> Iterator[Finding]:
    smaller = Cell(count=cell.count, level=cell.level, cohort=part)
    larger = Cell(count=cell.count, level=cell.level, cohort=whole)
    numbers = case.number(organisation, smaller), case.number(organisation, larger)
    if numbers[0] is None or numbers[1] is None or numbers[0] <= numbers[1]:
        return
    given = case.carried.get((organisation, smaller)) or case.carried[organisation, larger]
    words = {
        "what": f"«{case.catalogue.count_name(cell.count, cell.level)}», {level_name(case, cell.level)}",
        "part": case.catalogue.cohorts[part].name,
        "part_number": case.shown(organisation, smaller),
        "whole": case.catalogue.cohorts[whole].name,
        "whole_number": case.shown(organisation, larger),
    }
    yield finding("part-above-all", **given.place._asdict(), value=str(numbers[0]), words=words)
