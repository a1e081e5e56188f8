"""A count: one number, added up over organisations."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.catalogue.kinds.base import FormulaKind, Role, WordedFigure, rounded

if TYPE_CHECKING:
    from proforient.catalogue.entries import Indicator


class CountKind(FormulaKind):
    code = "count"
    meaning = "число"
    needs = ("count",)
    seen = ("not_met", "judged")
    plan_in = "number"
    summed = "count"
    times = 100
    plain = True

    def components(self, indicator: Indicator) -> list[tuple[Role, str]]:
        return [("value", indicator.count or "")]

    def bounding(self, indicator: Indicator) -> tuple[str, ...]:
        return (indicator.count,) if indicator.count else ()

    def measure(self, worded: WordedFigure) -> Fraction | None:
        return None if worded.value is None else Fraction(worded.value)

    def figure(self, worded: WordedFigure, plan: Decimal | None) -> str:
        return "н/д" if worded.value is None else rounded(worded, worded.value)

    def pair(self, worded: WordedFigure) -> str:
        return "" if worded.value is None else rounded(worded, worded.value)
