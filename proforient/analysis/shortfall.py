"""Who makes up a gap: a territory's figure and those of its organisations in, contributions and closing set out.

Bars show an organisation's own need; sums, the 80 % and what others give back are exact shortfalls, which add up to
the territory's. Needs are added up in the closing set only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from proforient.analysis.arithmetic import PARTS, exact, fitting_amount, hundredths, need_of, short_parts, sign_of
from proforient.analysis.coverage import Coverage, OrganisationRows
from proforient.analysis.on_demand import OnDemand
from proforient.catalogue.figures import FigureKey

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = Fraction(80, 100)  # part of all positive shortfalls that is called «почти весь недобор»


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one organisation adds to a gap: ``needed`` whole units of its own, ``shortfall`` exact.

    ``in_80_percent``: one of the fewest that hold 80 % of all shortfalls; ``in_closing_set``: one of the fewest
    which, each raised to the plan, cover what the territory needs.
    """

    organisation: str
    numerator: int
    denominator: int
    needed: int
    shortfall: Fraction
    in_80_percent: bool
    in_closing_set: bool
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A territory's figure and who is below its plan, largest shortfall first, ties in the order of the register.

    ``below``: the exact sum of the positive shortfalls, ``given_back`` that by which the others are above the plan;
    the one less the other is the territory's own. ``closing``: who is in the closing set, with the own need of each,
    largest first, ties in the order of the register.
    """

    total: Coverage
    contributions: Sequence[Contribution]
    below: Fraction
    given_back: Fraction
    closing: tuple[tuple[str, int], ...]

    @property
    def closing_sum(self) -> int:
        """The needs of the closing set."""
        return sum(need for _, need in self.closing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure of organisations as columns, in the order of their names: it decides between equals.

    ``given``: there is a pair. ``record`` gives the whole row of a position, for those that are told of, and
    ``organisation`` whose it is.
    """

    numerator: NDArray[Any]
    denominator: NDArray[Any]
    given: NDArray[np.bool_]
    organisation: Callable[[int], str]
    record: Callable[[int], Coverage]


def measured_in(rows: OrganisationRows, territory: str, key: FigureKey) -> Measured:
    """One figure of the organisations within a territory."""
    chosen, columns = rows.of(territory, key), rows.columns
    return Measured(
        numerator=columns.numerator[chosen],
        denominator=columns.denominator[chosen],
        given=columns.pair_given[chosen],
        organisation=lambda at: rows.organisation(int(chosen[at])),
        record=lambda at: rows.record(int(chosen[at])),
    )


def gap(total: Coverage, rows: Measured) -> Gap:
    """Who makes up the gap of ``total``; organisations without a pair are left out.

    Everybody is measured by the territory's own plan: only so the shortfalls add up to the territory's. A count's
    plan is the territory's alone and a figure without a plan has no gap: both give no contributions.
    """
    amount = fitting_amount(total.plan, total.kind)
    if amount is None or total.formula.plain:
        return Gap(total=total, contributions=(), below=Fraction(0), given_back=Fraction(0), closing=())
    plan, sign = hundredths(amount), sign_of(total.direction)
    short = short_parts(
        exact(rows.numerator), total.formula.times * exact(rows.denominator, total.formula.times * plan), plan, sign
    )
    short = np.where(rows.given & (rows.denominator > 0), short, 0)
    below = np.flatnonzero(short > 0)
    largest = below[np.argsort(-short[below], kind="stable")]  # order: equals stay in that of names
    needs = need_of(short)
    most, closing = _holding(largest, short), _closing(below, needs, total.needed or 0)

    def contributions() -> list[Contribution]:
        codes = set(closing)
        return [
            _contribution(rows.record(at), int(needs[at]), int(short[at]), at in most, at in codes)
            for at in largest.tolist()
        ]

    return Gap(
        total=total,
        contributions=OnDemand(len(largest), contributions),
        below=Fraction(int(short[below].sum()), PARTS),
        given_back=Fraction(-int(short[short < 0].sum()), PARTS),
        closing=tuple((rows.organisation(at), int(needs[at])) for at in closing),
    )


def _contribution(c: Coverage, need: int, short: int, in_80_percent: bool, in_closing_set: bool) -> Contribution:
    assert c.organisation is not None
    return Contribution(
        organisation=c.organisation,
        numerator=c.numerator or 0,
        denominator=c.denominator or 0,
        needed=need,
        shortfall=Fraction(short, PARTS),
        in_80_percent=in_80_percent,
        in_closing_set=in_closing_set,
        coverage=c,
    )


def _holding(largest: NDArray[Any], short: NDArray[Any]) -> set[int]:
    """The fewest, largest first, that hold 80 % of the sum."""
    own = short[largest]
    before = np.cumsum(own) - own
    return set(largest[before * MOST.denominator < own.sum() * MOST.numerator].tolist())


def _closing(below: NDArray[Any], needs: NDArray[Any], wanted: int) -> list[int]:
    """The fewest whose own needs cover ``wanted``: largest need first, ties in the order given."""
    order = below[np.argsort(-needs[below], kind="stable")]  # order: equals stay in that of names
    own = needs[order]
    chosen: list[int] = order[np.cumsum(own) - own < wanted].tolist()
    return chosen
