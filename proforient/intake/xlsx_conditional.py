"""Conditional formats of an XLSX sheet, as far as they may hide or change a number.

A comparison with a number is worked out; what a formula would say is not known, so the cell is doubtful.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from proforient.intake.archive import Archive, local
from proforient.intake.grid import area
from proforient.intake.xlsx_styles import Dressing

_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "equal": operator.eq,
    "notEqual": operator.ne,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalFormat:
    """One conditional format: where it holds, what it compares with, how the cells then look."""

    areas: tuple[tuple[int, int, int, int], ...]
    comparison: str
    bounds: tuple[float, ...]
    dressing: Dressing

    def covers(self, row: int, column: int) -> bool:
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.areas)

    def holds(self, number: float) -> bool | None:
        """Whether the format applies to the number; None when that cannot be told."""
        if self.comparison in ("between", "notBetween") and len(self.bounds) == 2:
            low, high = sorted(self.bounds)  # order: numbers
            return (low <= number <= high) is (self.comparison == "between")
        compare = _COMPARISONS.get(self.comparison)
        return compare(number, self.bounds[0]) if compare and len(self.bounds) == 1 else None


def read_rules(archive: Archive, path: str, dressings: Mapping[int, Dressing]) -> tuple[ConditionalFormat, ...]:
    """The rules of a sheet whose look may hide or change a number."""
    if not dressings or path not in archive.names or not archive.holds(path, (b"conditionalFormatting",)):
        return ()
    rules: list[ConditionalFormat] = []
    areas: tuple[tuple[int, int, int, int], ...] = ()
    open_rule: dict[str, str] = {}
    formulas: list[str] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal areas, inside
        name = local(tag)
        if name == "conditionalFormatting":
            areas = tuple(found for part in attributes.get("sqref", "").split() if (found := area(part)))
        elif name == "cfRule":
            open_rule.clear()
            open_rule.update(attributes)
            formulas.clear()
        elif name == "formula":
            inside = True
            formulas.append("")

    def text(said: str) -> None:
        if inside:
            formulas[-1] += said

    def end(tag: str) -> None:
        nonlocal inside
        name = local(tag)
        if name == "formula":
            inside = False
        elif name == "cfRule" and (dressing := dressings.get(int(open_rule.get("dxfId", "-1")))):
            rules.append(_rule(areas, open_rule, formulas, dressing))

    archive.parse(path, start, end, text)
    return tuple(rules)


def _rule(
    areas: tuple[tuple[int, int, int, int], ...],
    attributes: Mapping[str, str],
    formulas: Sequence[str],
    dressing: Dressing,
) -> ConditionalFormat:
    comparison = attributes.get("operator", "") if attributes.get("type") == "cellIs" else ""
    try:
        bounds = tuple(float(formula) for formula in formulas)
    except ValueError:
        comparison, bounds = "", ()
    return ConditionalFormat(areas=areas, comparison=comparison, bounds=bounds, dressing=dressing)
