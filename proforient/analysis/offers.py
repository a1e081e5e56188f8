"""Plan values to choose from: last period's plan and how its organisations are spread, each with who would meet it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Literal

from proforient.analysis.coverage import Coverage, coverages
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
    """At most three different ones, by the period before; none where nobody gave a share of the figure then."""
    found: dict[Decimal, PlanOffer] = {}
    for offer in offers_by_figure(reader, period, territory, key.cohort, key.indicator, key.level).get(key, []):
        found.setdefault(offer.percent, offer)
    return list(found.values())


def offers_by_figure(
    reader: Reader, period: str, territory: str, cohort: str, indicator: str | None = None, level: str | None = None
) -> dict[FigureKey, list[PlanOffer]]:
    """The same of every figure at once, one for each ground, equal ones among them."""
    before = reader.period(period, territory=territory).previous
    if before is None or before not in {p.code for p in reader.periods(territory=territory)}:
        return {}
    catalogue = reader.catalogue
    figures = partial(
        coverages, reader, catalogue, before, territory=territory, indicator=indicator, level=level, cohort=cohort
    )
    given: dict[FigureKey, list[Coverage]] = {}
    for row in figures(by="organisation"):
        if row.measure is not None and catalogue.indicators[row.indicator].formula.plan_in == "percent":
            given.setdefault(row.key, []).append(row)
    totals: dict[FigureKey, list[Coverage]] = {}
    for row in figures() if given else ():
        totals.setdefault(row.key, []).append(row)
    return {
        key: [
            PlanOffer(percent=percent, ground=ground, period=before, met=_met(rows, percent), of=len(rows))
            for percent, ground in _percents(totals.get(key, []), rows)
        ]
        for key, rows in given.items()
    }


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
