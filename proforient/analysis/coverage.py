"""The one place where a share, a verdict and a gap are computed from whole counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from proforient.catalogue.entries import Direction, IndicatorKind
from proforient.monitoring import Judgement, PlanValue, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """An indicator at a level in a cohort and period, for a territory (``organisation`` None) or an organisation.

    ``numerator`` and ``denominator`` are sums over the organisations that gave a whole pair; None without one.
    ``value`` is a count's number, or 1/0 of one organisation's yes/no. ``needed`` is in the count's unit,
    ``shortfall`` exact and signed (positive: below plan). Both, and ``can_change``, are None unless met / not_met.
    ``unknown_contingent`` tells that ``can_change`` is None because a missing organisation's contingent is unknown.
    """

    period: str
    territory: str
    organisation: str | None
    indicator: str
    level: str
    cohort: str
    kind: IndicatorKind
    unit: str
    direction: Direction
    numerator: int | None
    denominator: int | None
    value: int | None
    plan: PlanValue | None
    verdict: Verdict
    needed: int | None
    shortfall: Fraction | None
    submitted: int
    expected: int
    can_change: bool | None
    judgements: tuple[Judgement, ...] = ()  # newest first
    trend: Literal["present", "not_seen", "too_early"] | None = None
    trend_approximate: bool = False
    missing: tuple[str, ...] = ()  # codes of expected organisations without a pair
    on_review: int = 0  # of the submitted: reports not yet accepted

    @property
    def share(self) -> Fraction | None:
        """Percent as an exact fraction, None without a denominator above 0."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(100 * self.numerator, self.denominator)

    @property
    def provisional(self) -> bool:
        """Incomplete: somebody gave a pair, somebody who is expected did not."""
        return 0 < self.submitted < self.expected

    @property
    def judgement(self) -> Judgement | None:
        """The newest judgement, if there is one."""
        return self.judgements[0] if self.judgements else None
