"""A figure as guests see it: whole percent and rounded numbers; nothing exact but the verdict is left in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proforient.analysis.arithmetic import fitting_amount
from proforient.analysis.coverage import Coverage
from proforient.monitoring import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded(Coverage):
    """``numerator``, ``denominator``, ``value`` and ``needed`` rounded where they count persons (``approximate``).

    ``percent`` is the whole percent of the exact share, or the whole number of so much for each; ``edge``: the share
    lies between it and 0 or 100, which only a share that is whole may be called. ``shortfall`` and ``can_change`` are
    always None.
    """

    percent: int | None
    edge: bool
    approximate: bool

    @property
    def measure(self) -> Fraction | None:
        return self.formula.measure(self) if self.percent is None else Fraction(self.percent)

    @property
    def about(self) -> bool:
        return self.approximate

    @property
    def beyond(self) -> str:
        if not self.edge or self.percent is None:
            return ""
        return "более" if self.percent > 50 else "менее"

    @property
    def near(self) -> bool:
        if self.plan is None or self.verdict not in (Verdict.MET, Verdict.NOT_MET):
            return False
        plan, shown = fitting_amount(self.plan, self.kind), self.measure
        if plan is None or shown is None:
            return False
        within = shown <= plan if self.direction == "less" else shown >= plan
        return within != (self.verdict is Verdict.MET)
