"""What would be: another plan, or more children in some organisations, by the arithmetic of the figures themselves.

In: a territory's figure and those of its organisations as they are. Out: the same records as they would be; nothing
is kept, and each carries a plan whose ground says that it is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from proforient.analysis.arithmetic import PARTS, fitting_amount, hundredths, need_of, short_parts, sign_of
from proforient.analysis.coverage import Coverage
from proforient.analysis.shortfall import Gap, Measured, gap
from proforient.monitoring import PlanValue, Verdict

NO_PLAN = "расчёт, не план"  # the ground of a plan that nobody has set
_COMPUTED = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """``plan`` in the measure of the figure; ``more``: by organisation, how many children are added."""

    plan: Decimal
    more: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """The figures as they would be: ``met`` of the ``measured`` organisations would reach the plan."""

    total: Coverage
    rows: tuple[Coverage, ...]
    gap: Gap

    @property
    def measured(self) -> int:
        return sum(c.verdict in (Verdict.MET, Verdict.NOT_MET) for c in self.rows)

    @property
    def met(self) -> int:
        return sum(c.verdict is Verdict.MET for c in self.rows)


def answers(total: Coverage) -> bool:
    """Whether the figure can be asked what would be: it is of organisations and measured by their territory's plan."""
    return total.formula.apart and not total.formula.plain and bool(total.denominator)


def room_of(coverage: Coverage) -> int | None:
    """How many can be added to an organisation's numerator; None where nothing bounds it."""
    if not coverage.formula.part:
        return None
    return max(0, (coverage.denominator or 0) - (coverage.numerator or 0))


def prospect(total: Coverage, rows: Sequence[Coverage], scenario: Scenario) -> Prospect:
    """``rows``: the organisations of the figure in the order of names. What nobody gave stays as it is."""
    would = [_with_more(c, scenario) for c in rows]
    added = sum((b.numerator or 0) - (a.numerator or 0) for a, b in zip(rows, would, strict=True))
    whole = _measured_by(_raised(total, added), scenario)
    return Prospect(total=whole, rows=tuple(would), gap=gap(whole, _columns(would)))


def _with_more(coverage: Coverage, scenario: Scenario) -> Coverage:
    more, room = scenario.more.get(coverage.organisation or "", 0), room_of(coverage)
    return _measured_by(_raised(coverage, more if room is None else min(more, room)), scenario)


def _raised(coverage: Coverage, more: int) -> Coverage:
    if coverage.numerator is None or not more:
        return coverage
    return replace(coverage, numerator=coverage.numerator + more)


def _measured_by(coverage: Coverage, scenario: Scenario) -> Coverage:
    """The verdict beside the scenario's plan; whether the missing could turn it is not known then."""
    plan = _plan(coverage, scenario.plan)
    if coverage.verdict not in _COMPUTED or not coverage.denominator or coverage.numerator is None:
        return replace(coverage, plan=plan)
    amount = fitting_amount(plan, coverage.kind)
    assert amount is not None
    below = coverage.formula.times * coverage.denominator
    short = short_parts(coverage.numerator, below, hundredths(amount), sign_of(coverage.direction))
    return replace(
        coverage,
        plan=plan,
        verdict=Verdict.NOT_MET if short > 0 else Verdict.MET,
        needed=need_of(short),
        shortfall=Fraction(short, PARTS),
        can_change=None if coverage.provisional else False,
    )


def _plan(coverage: Coverage, amount: Decimal) -> PlanValue:
    counted = coverage.formula.plan_in == "number"
    return PlanValue(
        period=coverage.period,
        indicator=coverage.indicator,
        level=coverage.level,
        cohort=coverage.cohort,
        territory=coverage.territory,
        percent=None if counted else amount,
        number=amount if counted else None,
        origin="department",
        ground=NO_PLAN,
        author="",
        at=dt.datetime.min,
    )


def _columns(rows: Sequence[Coverage]) -> Measured:
    given = np.array([c.numerator is not None and c.denominator is not None for c in rows], dtype=bool)
    return Measured(
        numerator=np.array([c.numerator or 0 for c in rows], dtype=np.int64),
        denominator=np.array([c.denominator or 0 for c in rows], dtype=np.int64),
        given=given,
        organisation=lambda at: rows[at].organisation or "",
        record=lambda at: rows[at],
    )
