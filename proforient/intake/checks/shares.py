"""The shares that a file's values touch, each once: what the checks of pairs go through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from proforient.intake.case import Case, cell_of
from proforient.intake.checks.levels import cohort_name, level_name
from proforient.intake.model import Place
from proforient.monitoring import Cell


class Share(NamedTuple):
    """One organisation's sums of counts at a level and in a category."""

    organisation: str
    indicator: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    level: str
    cohort: str

    def numbers(self, case: Case, cohort: str) -> tuple[int, int] | None:
        """Numerator and denominator as they would stand; None when a part is missing."""
        pairs = case.memo.setdefault("pairs", {})
        assert isinstance(pairs, dict)
        key = (self.organisation, self.numerator, self.denominator, self.level, cohort)
        if key not in pairs:
            pairs[key] = self._numbers(case, cohort)
        found: tuple[int, int] | None = pairs[key]
        return found

    def _numbers(self, case: Case, cohort: str) -> tuple[int, int] | None:
        sums = []
        for counts in (self.numerator, self.denominator):
            cells = [cell_of(count, self.level, cohort) for count in counts]
            found = [case.number(self.organisation, cell) for cell in cells]
            if any(number is None for number in found):
                return None
            sums.append(sum(number for number in found if number is not None))
        return sums[0], sums[1]

    def shown(self, case: Case) -> dict[str, str]:
        """Numerator and denominator in words: what was handed in earlier is said to be."""
        sides = {"numerator": self.numerator, "denominator": self.denominator}
        return {
            side: case.shown(self.organisation, *(cell_of(count, self.level, self.cohort) for count in counts))
            for side, counts in sides.items()
        }

    def place(self, case: Case, *cohorts: str) -> Place:
        """Where the file gives the first of its numbers."""
        for cohort in (self.cohort, *cohorts):
            for count in (*self.numerator, *self.denominator):
                value = case.carried.get((self.organisation, Cell(count=count, level=self.level, cohort=cohort)))
                if value:
                    return value.place
        return Place("", 0, "")

    def title(self, case: Case, cohort: str) -> str:
        """What the share is called in a finding."""
        entry = case.catalogue.indicators[self.indicator]
        name = entry.short or case.catalogue.indicator_name(self.indicator, self.level)
        parts = [f"«{entry.number} {name}»".replace("« ", "«"), level_name(case, self.level)]
        if len(case.catalogue.cohorts) > 1:
            parts.append(cohort_name(case, cohort))
        return ", ".join(parts)


def shares_touched(case: Case) -> tuple[Share, ...]:
    """Every share with at least one number in the file; of indicators with the same counts, the first."""
    if "shares" not in case.memo:
        case.memo["shares"] = tuple(_touched(case))
    found = case.memo["shares"]
    assert isinstance(found, tuple)
    return found


def _touched(case: Case) -> Iterator[Share]:
    using: dict[str, list[str]] = {}
    for indicator in case.catalogue.indicators.values():
        if indicator.formula.part:
            for count in (*indicator.numerator, *indicator.denominator):
                using.setdefault(count, []).append(indicator.code)
    seen: set[tuple[object, ...]] = set()
    for organisation, cell in case.carried:
        for code in using.get(cell.count, ()):
            indicator = case.catalogue.indicators[code]
            if cell.level not in indicator.levels:
                continue
            key = (organisation, indicator.numerator, indicator.denominator, cell.level, cell.cohort)
            if key not in seen:
                seen.add(key)
                yield Share(organisation, code, indicator.numerator, indicator.denominator, cell.level, cell.cohort)
