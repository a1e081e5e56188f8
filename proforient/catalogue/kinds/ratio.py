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

    def figure(self, worded: WordedFigure, plan: Decimal | None) -> str:
        return "н/д" if worded.measure is None else average(worded.measure, against=plan, direction=worded.direction)

    def pair(self, worded: WordedFigure) -> str:
        if worded.numerator is None or not worded.denominator:
            return ""
        return f"{number(worded.numerator)} на {number(worded.denominator)}"

    def formula(self, worded: WordedFigure, plan: Decimal | None) -> str:
        if worded.measure is None or worded.numerator is None or worded.denominator is None:
            return ""
        result = average(worded.measure, against=plan, places=2, direction=worded.direction)
        return f"{number(worded.numerator)} / {number(worded.denominator)} = {result}"

    def plan_units(self, worded: WordedFigure, plan: Decimal) -> Fraction | None:
        return Fraction(plan) * worded.denominator if worded.denominator else None
