"""Who makes up a gap: a territory's figure and those of its organisations in, contributions and closing set out.

Bars show an organisation's own need; sums, the 80 % and what others give back are exact shortfalls, which add up to
the territory's. Needs are added up in the closing set only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from proforient.analysis.arithmetic import fitting_amount, short_of, whole_need
from proforient.analysis.coverage import Coverage

MOST = Fraction(80, 100)  # of the positive sum: «почти весь недобор»


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

    ``given_back``: the exact sum by which the others are above the plan; ``closing_sum``: the needs of the closing set.
    """

    total: Coverage
    contributions: tuple[Contribution, ...]
    given_back: Fraction
    closing_sum: int

    @property
    def below(self) -> Fraction:
        """The exact sum of the positive shortfalls; less ``given_back`` it is the territory's own."""
        return sum((c.shortfall for c in self.contributions), Fraction(0))

    @property
    def in_80_percent(self) -> tuple[Contribution, ...]:
        return tuple(c for c in self.contributions if c.in_80_percent)

    @property
    def closing_set(self) -> tuple[Contribution, ...]:
        return tuple(c for c in self.contributions if c.in_closing_set)


def gap(total: Coverage, organisations: Sequence[Coverage]) -> Gap:
    """Who makes up the gap of ``total``; rows of other figures and rows without a pair are left out.

    ``organisations`` come in the order of their names, as ``coverages`` gives them: it decides between equals.

    Everybody is measured by the territory's own plan: only so the shortfalls add up to the territory's. A count's
    plan is the territory's alone and a figure without a plan has no gap: both give no contributions.
    """
    short = {c.organisation: s for c in organisations if (s := _short(total, c)) is not None}
    rows = {c.organisation: c for c in organisations if c.key == total.key and c.organisation in short}
    below = [(code, s) for code, s in short.items() if code and s > 0]
    largest = sorted(below, key=lambda item: -item[1])  # order: equals stay in that of names
    most = _holding(largest)
    closing = _closing([(code, whole_need(s)) for code, s in below], total.needed or 0)
    contributions = tuple(
        Contribution(
            organisation=code,
            numerator=rows[code].numerator or 0,
            denominator=rows[code].denominator or 0,
            needed=whole_need(s),
            shortfall=s,
            in_80_percent=code in most,
            in_closing_set=code in closing,
            coverage=rows[code],
        )
        for code, s in largest
    )
    return Gap(
        total=total,
        contributions=contributions,
        given_back=-sum((s for s in short.values() if s < 0), Fraction(0)),
        closing_sum=sum(c.needed for c in contributions if c.in_closing_set),
    )


def _short(total: Coverage, c: Coverage) -> Fraction | None:
    if total.kind == "count" or c.organisation is None or c.key != total.key:
        return None
    amount = fitting_amount(total.plan, total.kind)
    return short_of(total.kind, total.direction, amount, c.numerator, c.denominator, c.value)


def _holding(largest: Sequence[tuple[str, Fraction]]) -> set[str]:
    """The fewest, largest first, that hold 80 % of the sum."""
    bound = MOST * sum((s for _, s in largest), Fraction(0))
    held, chosen = Fraction(0), set[str]()
    for code, short in largest:
        if held >= bound:
            break
        held += short
        chosen.add(code)
    return chosen


def _closing(needs: Sequence[tuple[str, int]], wanted: int) -> set[str]:
    """The fewest whose own needs cover ``wanted``: largest need first, ties in the order given."""
    covered, chosen = 0, set[str]()
    # order: largest first, equals stay in that of names
    for code, need in sorted(needs, key=lambda item: -item[1]):
        if covered >= wanted:
            break
        covered += need
        chosen.add(code)
    return chosen
