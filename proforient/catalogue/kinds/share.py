"""A share: a part over the whole that it is a part of, in percent; of many, a sum over a sum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from proforient.catalogue.kinds.base import FormulaKind, Role, WordedFigure, rounded
from proforient.wording import number, points, share, typo

if TYPE_CHECKING:
    from proforient.catalogue.entries import Indicator, When


class ShareKind(FormulaKind):
    code = "share"
    meaning = "доля"
    needs: ClassVar[tuple[str, ...]] = ("numerator", "denominator")
    seen: ClassVar[tuple[When, ...]] = ("not_met", "judged")
    plan_in: ClassVar[Literal["percent", "number"] | None] = "percent"
    computed = "он складывается из нескольких чисел"
    summed = "share"
    in_percent = True
    part = True
    apart = True
    subject = ("доля", "а")
    small = True
    shortcoming = ("низкая доля", "высокая доля")

    def components(self, indicator: Indicator) -> list[tuple[Role, str]]:
        above: list[tuple[Role, str]] = [("numerator", count) for count in indicator.numerator]
        return above + [("denominator", count) for count in indicator.denominator]

    def bounding(self, indicator: Indicator) -> tuple[str, ...]:
        return indicator.denominator

    def of_pair(self, numerator: int, denominator: int) -> Fraction:
        return Fraction(100 * numerator, denominator)

    def amount(self, difference: Fraction) -> str:
        return points(abs(difference), signed=False)

    def change(self, difference: Fraction) -> str:
        return points(difference)

    def figure(self, worded: WordedFigure, plan: Decimal | None) -> str:
        if worded.beyond:
            return typo(f"{worded.beyond} {share(worded.measure)}")
        return share(worded.measure, against=plan, direction=worded.direction)

    def pair(self, worded: WordedFigure) -> str:
        if worded.numerator is None or not worded.denominator:
            return ""
        return f"{rounded(worded, worded.numerator)} из {number(worded.denominator)}"

    def formula(self, worded: WordedFigure, plan: Decimal | None) -> str:
        if worded.numerator is None or not worded.denominator:
            return ""
        result = share(worded.measure, against=plan, places=2, direction=worded.direction, trim=False)
        return f"{number(worded.numerator)} / {number(worded.denominator)} · 100 % = {result}"

    def plan_units(self, worded: WordedFigure, plan: Decimal) -> Fraction | None:
        return Fraction(plan) * worded.denominator / 100 if worded.denominator else None
