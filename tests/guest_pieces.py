"""Where a published sum may lie, in straight pieces: what guests read of a pair is asked of the product itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from guest_campaigns import MOMENT, PERIOD
from measures import short_of, verdict, whole_need

from proforient import public
from proforient.analysis.coverage import SETTLED_FROM, Coverage
from proforient.monitoring import PlanValue, Verdict
from proforient.public.rounding import Pair, Said, is_small, rounded_pair, run

Read = tuple[object, ...]
Numbers = tuple[int, int]  # a numerator and a denominator
NEAR = 8  # of a hidden sum, how far from the truth the pairs without room are listed


def said(figure: public.PublicFigure) -> Read:
    """All that guests read of a figure besides its place; who has reported the attacker knows anyhow."""
    c = figure.coverage
    return (figure.hidden, c.percent, c.edge, c.numerator, c.denominator, c.needed, c.verdict)


@cache
def published(part: bool, plan: int | None, n: int, d: int, there: int, submitted: int) -> Read:
    """What the product says of a sum; ``there``: how many organisations count as having such children."""
    held = None if plan is None else _plan(plan)
    short = short_of("share", "more", held.percent if held else None, n, d, None)
    coverage = Coverage(
        period=PERIOD, territory="", organisation=None, indicator="coverage", level="basic", cohort="all",
        kind="share", unit="children", direction="more", numerator=n, denominator=d, value=None, plan=held,
        verdict=verdict(asked=True, given=True, nobody=d == 0, short=short, judged=False),
        needed=None if short is None else whole_need(short), shortfall=short, submitted=submitted,
        expected=submitted, can_change=None, settled_from=SETTLED_FROM,
    )  # fmt: skip
    shown, hidden = public.rounded(coverage, persons=True, organisations=there, part=part)
    return said(public.PublicFigure(coverage=shown, hidden=hidden, before=None))


@cache
def _plan(percent: int) -> PlanValue:
    return PlanValue(
        period=PERIOD, indicator="coverage", level="basic", cohort="all", territory=None, percent=Decimal(percent),
        number=None, origin="document", ground="", author="", at=MOMENT,
    )  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Pairs between straight lines: rows over n and d; ``scarce``: any, of children in too few organisations."""

    rows: tuple[tuple[int, int, int, int], ...]  # weight of n, weight of d, at least, at most
    scarce: bool = False

    def holds(self, n: int, d: int) -> bool:
        return all(low <= a * n + b * d <= high for a, b, low, high in self.rows)


def shown(part: bool, plan: int | None, says: Read) -> list[Piece]:
    """The pairs of which just this is said: one piece where they make one, else pieces of tens, else rows."""
    _, percent, edge, numerator, about, needed, met = says
    assert isinstance(percent, int) and isinstance(about, int)
    amount = None if plan is None else Fraction(plan)
    saying = Said(percent, edge, None if plan is None else met == Verdict.MET, amount, False, part)
    reach, pairs = about // 3 + 16, []
    for d in range(max(public.FEWEST_CHILDREN, about - reach), about + reach + 1):
        low, high = run(d, saying)
        alike = [Pair(n, d) for n in range(low, high + 1) if not is_small(n, d)]
        pairs += [p for p in alike if rounded_pair(p, amount, less=False, part=part) == (numerator, about, needed)]
    return list(_split(pairs, plan, percent, 0))


def _split(pairs: Sequence[Numbers], plan: int | None, percent: int, depth: int) -> Iterator[Piece]:
    whole = Piece(tuple(_around(pairs, plan, percent)))
    if depth == 2 or _count(whole) == len(pairs):
        yield whole
        return
    groups: dict[object, list[Numbers]] = {}
    for n, d in pairs:
        groups.setdefault((d + 5) // 10 if depth == 0 else d, []).append((n, d))
    for group in groups.values():
        yield from _split(group, plan, percent, depth + 1)


def _count(piece: Piece) -> int:
    (_, _, low_n, high_n), (_, _, low_d, high_d) = piece.rows[:2]
    return sum(piece.holds(n, d) for d in range(low_d, high_d + 1) for n in range(low_n, high_n + 1))


def _around(pairs: Sequence[Numbers], plan: int | None, percent: int) -> Iterator[tuple[int, int, int, int]]:
    """A box, the stripe of the percent and that of the need, as tight as the pairs allow."""
    lines = [(1, 0), (0, 1), (-1, 1), (200, 1 - 2 * percent), (200, -1 - 2 * percent)]
    for a, b in lines if plan is None else [*lines, (-100, plan)]:
        reached = [a * n + b * d for n, d in pairs]
        yield a, b, min(reached), max(reached)


def hidden(part: bool, plan: int | None, true: Numbers, *, scarce: bool) -> list[Piece]:
    """The reasons for which a sum may be hidden; of those without room only some near the true one."""
    n, d = true
    fewest, small = _hidden_below(part, plan), public.SMALL
    pieces = [
        Piece(((0, 1, 0, fewest - 1),)),
        Piece(((1, 0, 0, small - 1),)),
        Piece(((-1, 1, 1, small - 1),)),
    ]
    if not scarce and not any(piece.holds(n, d) for piece in pieces):
        for near in range(max(fewest, d - NEAR), d + NEAR + 1):
            found = [m for m in range(max(0, n - NEAR), min(near, n + NEAR) + 1) if not _is_shown(part, plan, m, near)]
            pieces += [Piece(((0, 1, near, near), (1, 0, low, high))) for low, high in _runs(found)]
    return [*pieces, Piece((), scarce=True)]


def _runs(numbers: Sequence[int]) -> Iterator[Numbers]:
    start = None
    for number in numbers:
        if start is None:
            start = number
        if number + 1 not in numbers:
            yield start, number
            start = None


@cache
def _hidden_below(part: bool, plan: int | None) -> int:
    """The first denominator of which a figure may be shown."""
    d = public.FEWEST_CHILDREN
    while not any(_is_shown(part, plan, n, d) for n in range(d + 1)):
        d += 1
    return d


def _is_shown(part: bool, plan: int | None, n: int, d: int) -> bool:
    return not published(part, plan, n, d, public.FEWEST, public.FEWEST)[0]
