"""What a kind of formula is: which counts it needs, how they make its figure, how the figure is told.

To add a kind: one file beside this one with its class, and its object in the register (``__init__.py``). Nothing else
of the program asks which kind a figure is; ``tests/guards`` sees to it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from proforient.wording import MINUS, NB, number

if TYPE_CHECKING:
    from proforient.catalogue.entries import CountValue, Direction, Indicator, When

Role = Literal["numerator", "denominator", "yes_no", "value"]


class WordedFigure(Protocol):
    """What a kind must know of a figure to put it into words (``analysis.coverage.Coverage``)."""

    @property
    def organisation(self) -> str | None: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def value(self) -> int | None: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def measure(self) -> Fraction | None: ...
    @property
    def about(self) -> bool: ...
    @property
    def beyond(self) -> str: ...


class FormulaKind:
    """A kind that says nothing: of an indicator whose kind is not known; all the others are made of it."""

    code: ClassVar[str] = ""
    meaning: ClassVar[str] = ""  # in the reference of the catalogue: «доля»

    # In the catalogue
    needs: ClassVar[tuple[str, ...]] = ()  # keys of its block
    takes: ClassVar[CountValue] = "whole"  # the value of its counts
    seen: ClassVar[tuple[When, ...]] = ()  # by what its problems are seen
    plan_in: ClassVar[Literal["percent", "number"] | None] = None  # None: there is no plan
    computed: ClassVar[str] = ""  # why no single number can be handed in for it

    # Its arithmetic
    summed: ClassVar[str] = ""  # how the store adds it up (the view ``pair``); empty: it has no sums of its own
    times: ClassVar[int] = 1  # by what its denominator is multiplied to be measured by a plan in hundredths
    plain: ClassVar[bool] = False  # one number without a denominator
    bounded: ClassVar[bool] = True  # the missing can give at most what their known counts say
    in_percent: ClassVar[bool] = False  # its measure is a percentage
    part: ClassVar[bool] = False  # its numerator is a part of its denominator: never more than that
    apart: ClassVar[bool] = False  # each organisation is measured by its territory's plan
    answers: ClassVar[bool] = False  # an organisation says yes or no
    follows: ClassVar[bool] = False  # it has the counts of another indicator

    # Its words
    subject: ClassVar[tuple[str, str]] = ("число", "о")  # what rises or falls, and the ending of the verb
    small: ClassVar[bool] = False  # of few persons it is said what one is worth
    shortcoming: ClassVar[tuple[str, str]] = ("", "")  # what experts call it where more and where less is better

    def components(self, indicator: Indicator) -> list[tuple[Role, str]]:
        """The counts that an organisation gives for it, each with its part in the formula."""
        return []

    def good_answer(self, indicator: Indicator) -> int | None:
        """The answer that counts; None where numbers do."""
        return None

    def bounding(self, indicator: Indicator) -> tuple[str, ...]:
        """The counts of which known numbers bound what a missing organisation can still give; a yes/no has none."""
        return ()

    def of_pair(self, numerator: int, denominator: int) -> Fraction:
        """What two sums make of a figure that has a denominator, above 0, in the measure of its plan."""
        return Fraction(numerator, denominator)

    def measure(self, worded: WordedFigure) -> Fraction | None:
        """The number that stands beside the plan, in its measure; None without one."""
        if worded.numerator is None or not worded.denominator:
            return None
        return self.of_pair(worded.numerator, worded.denominator)

    def amount(self, difference: Fraction) -> str:
        """How far it has moved, without a sign: «4 п. п.», «3»."""
        return number(abs(difference))

    def change(self, difference: Fraction) -> str:
        """The same with its sign: «+4 п. п.», «−3»."""
        return f"{'+' if difference > 0 else MINUS}{self.amount(difference)}"

    def figure(self, worded: WordedFigure, plan: Decimal | None) -> str:
        """As people read it: «70 %», «12», «да»; «н/д» without one. Never against its verdict by the ``plan``."""
        return "н/д"

    def pair(self, worded: WordedFigure) -> str:
        """The two numbers: «581 из 830»; empty without them."""
        return ""

    def formula(self, worded: WordedFigure, plan: Decimal | None) -> str:
        """The sum as a school shows it, «581 / 830 · 100 % = 70,00 %»; empty without one."""
        return ""

    def plan_units(self, worded: WordedFigure, plan: Decimal) -> Fraction | None:
        """What the plan asks for in whole units of these numbers; None where it cannot be said."""
        return None


def about(n: int, case: str = "nom") -> str:
    """A number of persons that is rounded: «около 80», «несколько»."""
    if n:
        return f"около {number(n)}"
    return "нескольких" if case == "gen" else "несколько"


def rounded(worded: WordedFigure, n: int) -> str:
    """The number as it is, or as guests are told it."""
    return about(n) if worded.about else number(n)


__all__ = ["NB", "FormulaKind", "Role", "WordedFigure", "about", "rounded"]
