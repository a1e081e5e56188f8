"""Plan values to choose from: last period's plan and how its organisations are spread, each with who would meet it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from proforient.analysis.coverage import By, Coverage, coverages
from proforient.catalogue.figures import FigureKey

if TYPE_CHECKING:
    from proforient.store.reading import Reader

Ground = Literal["plan", "half", "quarter"]
STEP = 5  # percent: a plan that somebody sets is a round figure


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOffer:
    """A percent that may be the plan: ``met`` of ``of`` organisations reached it in ``period``.

    ``ground``: it was the plan of that period; half, or a quarter of the organisations were as good or better.
    """

    percent: Decimal
    ground: Ground
    period: str
    met: int
    of: int


def plan_offers(reader: Reader, period: str, territory: str, key: FigureKey) -> list[PlanOffer]:
    """At most three, by the period before; none where nobody gave a share of the figure then."""
    before = reader.period(period, territory=territory).previous
    if before is None or reader.catalogue.indicators[key.indicator].formula.plan_in != "percent":
        return []
    if before not in {p.code for p in reader.periods(territory=territory)}:
        return []
    rows = _figures(reader, before, territory, key, by="organisation")
    given = [c for c in rows if c.measure is not None]
    if not given:
        return []
    totals = _figures(reader, before, territory, key)
    found: dict[Decimal, PlanOffer] = {}
    for percent, ground in _percents(totals, given):
        offer = PlanOffer(percent=percent, ground=ground, period=before, met=_met(given, percent), of=len(given))
        found.setdefault(percent, offer)
    return list(found.values())


def _figures(reader: Reader, period: str, territory: str, key: FigureKey, *, by: By | None = None) -> list[Coverage]:
    return coverages(
        reader, reader.catalogue, period, territory=territory, by=by,
        indicator=key.indicator, level=key.level, cohort=key.cohort,
    )  # fmt: skip


def _percents(totals: Sequence[Coverage], given: Sequence[Coverage]) -> Iterator[tuple[Decimal, Ground]]:
    plan = next((c.plan for c in totals if c.plan is not None), None)
    if plan is not None and plan.percent is not None:
        yield plan.percent, "plan"
    # order: shares, the best first
    best_first = sorted((c.measure for c in given if c.measure is not None), reverse=given[0].direction == "more")
    parts: tuple[tuple[int, Ground], ...] = ((2, "half"), (4, "quarter"))
    for part, ground in parts:
        last = best_first[-(-len(best_first) // part) - 1]  # of those who are to meet it the weakest
        yield _round(last, given[0].direction), ground


def _round(share: Fraction, direction: str) -> Decimal:
    """To a round percent that this organisation still meets."""
    steps = share // STEP if direction == "more" else -(-share // STEP)
    return Decimal(int(steps) * STEP)


def _met(given: Sequence[Coverage], percent: Decimal) -> int:
    wanted = Fraction(percent)
    less = given[0].direction == "less"
    return sum(c.measure is not None and (c.measure <= wanted if less else c.measure >= wanted) for c in given)
