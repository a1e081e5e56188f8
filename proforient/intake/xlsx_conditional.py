"""Conditional formats of an XLSX sheet, as far as they may hide or change a number.

A comparison with a number is worked out; what a formula would say is not known, so the cell is doubtful.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from proforient.intake.archive import Archive, local
from proforient.intake.grid import Facts, area
from proforient.intake.looks import DOUBTFUL, Font
from proforient.intake.number_format import unlike
from proforient.intake.xlsx_styles import Dressing, Styles, StyleScan

_PICTURES = ("dataBar", "iconSet")  # they may stand in a cell instead of its number
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
        if self.comparison == "always":
            return True
        if self.comparison in ("between", "notBetween") and len(self.bounds) == 2:
            low, high = sorted(self.bounds)  # order: numbers
            return (low <= number <= high) is (self.comparison == "between")
        compare = _COMPARISONS.get(self.comparison)
        return compare(number, self.bounds[0]) if compare and len(self.bounds) == 1 else None


def note_rule(facts: Facts, place: tuple[int, int], rule: ConditionalFormat, number: float) -> None:
    """Notes what the rule makes of the number in the cell; a text is more than any number."""
    holds = rule.holds(number)
    if holds is None:
        facts.shown[place] = DOUBTFUL
    elif holds and rule.dressing.struck:
        facts.marks[place] = "struck-out"
    elif holds and rule.dressing.unseen:
        facts.shown[place] = ""
    elif holds and rule.dressing.code and number < math.inf:
        text = unlike(rule.dressing.code, number)
        if text is not None:
            facts.shown[place] = text


def read_rules(archive: Archive, path: str, styles: Styles) -> tuple[ConditionalFormat, ...]:
    """The rules of a sheet whose look may hide or change a number, those of Excel 2010 and later among them."""
    if path not in archive.names or not archive.holds(path, (b"conditionalFormatting",)):
        return ()
    scan = _RuleScan(styles)
    archive.parse(path, scan.start, scan.end, scan.text)
    return tuple(scan.rules)


class _RuleScan:
    """One pass over a sheet's part; a rule ends before its areas are known where they are an element of their own."""

    def __init__(self, styles: Styles) -> None:
        self.rules: list[ConditionalFormat] = []
        self._styles = styles
        self._areas = ""
        self._rule: dict[str, str] = {}
        self._formulas: list[str] = []
        self._dressing: Dressing | None = None
        self._own: StyleScan | None = None  # of a look that the rule writes itself
        self._pending: list[ConditionalFormat] = []
        self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._text = ""
        if self._own is not None:
            self._own.start(tag, attributes)
        elif name == "conditionalFormatting":
            self._areas = attributes.get("sqref", "")
        elif name == "cfRule":
            self._rule, self._formulas = attributes, []
            self._dressing = self._styles.dressings.get(int(attributes.get("dxfId", "-1")))
        elif name in _PICTURES and attributes.get("showValue", "1") in ("0", "false"):
            self._rule, self._dressing = {"type": "always"}, Dressing(unseen=True)
        elif name == "color" and self._rule.get("type") == "colorScale" and self._is_dark(attributes):
            self._dressing = Dressing(unseen=True)
        elif name == "dxf":
            self._own = StyleScan(self._styles.palette)
            self._own.start(tag, attributes)

    def _is_dark(self, attributes: dict[str, str]) -> bool:
        """Whether a colour of a scale may make a cell so dark that its number is not seen."""
        return Font().unseen_on(self._styles.palette.colour(attributes))

    def text(self, said: str) -> None:
        self._text += said

    def end(self, tag: str) -> None:
        name = local(tag)
        if self._own is not None:
            self._own.end(tag)
            if name == "dxf":
                self._dressing, self._own = self._own.styles().dressings.get(0), None
        elif name in ("formula", "f"):
            self._formulas.append(self._text)
        elif name == "sqref":
            self._areas = self._text
        elif name == "cfRule" and self._dressing:
            self._pending.append(_rule(self._rule, self._formulas, self._dressing))
        elif name == "conditionalFormatting":
            areas = tuple(found for part in self._areas.split() if (found := area(part)))
            self.rules += [replace(rule, areas=areas) for rule in self._pending]
            self._pending = []
        self._text = ""


def _rule(attributes: Mapping[str, str], formulas: Sequence[str], dressing: Dressing) -> ConditionalFormat:
    comparison = attributes.get("operator", "") if attributes.get("type") == "cellIs" else ""
    try:
        bounds = tuple(float(formula) for formula in formulas)
    except ValueError:
        comparison, bounds = "", ()
    always = attributes.get("type") == "always"
    return ConditionalFormat(areas=(), comparison="always" if always else comparison, bounds=bounds, dressing=dressing)
