"""A ratio of counts: so much of one for each of the other (hours per pupil); of many, a sum over a sum.

Nothing bounds its numerator: the missing may give any number for those whom they have.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.catalogue.kinds.base import FormulaKind, Role, WordedFigure
from proforient.wording import average, number

if TYPE_CHECKING:
    from proforient.catalogue.entries import Indicator


class RatioKind(FormulaKind):
    code = "ratio"
    meaning = "среднее: сколько одного приходится на единицу другого"
    needs = ("numerator", "denominator")
    seen = ("not_met", "judged")
    plan_in = "number"
    computed = "он складывается из нескольких чисел"
    summed = "share"  # the same two sums
    times = 100
    bounded = False
    apart = True
    subject = ("среднее", "о")

    def components(self, indicator: Indicator) -> list[tuple[Role, str]]:
        above: list[tuple[Role, str]] = [("numerator", count) for count in indicator.numerator]
        return above + [("denominator", count) for count in indicator.denominator]

    def bounding(self, indicator: Indicator) -> tuple[str, ...]:
        return indicator.denominator

    def amount(self, difference: Fraction) -> str:
        return average(abs(difference))

    def figure(self, told: WordedFigure, plan: Decimal | None) -> str:
        return "н/д" if told.measure is None else average(told.measure, against=plan, direction=told.direction)

    def pair(self, told: WordedFigure) -> str:
        if told.numerator is None or not told.denominator:
            return ""
        return f"{number(told.numerator)} на {number(told.denominator)}"

    def formula(self, told: WordedFigure, plan: Decimal | None) -> str:
        if told.measure is None or told.numerator is None or told.denominator is None:
            return ""
        result = average(told.measure, against=plan, places=2, direction=told.direction)
        return f"{number(told.numerator)} / {number(told.denominator)} = {result}"

    def plan_units(self, told: WordedFigure, plan: Decimal) -> Fraction | None:
        return Fraction(plan) * told.denominator if told.denominator else None
