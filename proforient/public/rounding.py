"""How a pair of children is rounded for guests, so that even all of its numbers together do not give it away.

Whole percent, tens of the numerator, of the denominator and of the need are four cuts through the same two numbers.
Now and then only a handful of pairs lies between them; then the difference of two snapshots would give a small
organisation's numbers exactly. There the numbers of the nearest larger group of pairs with the same share and verdict
are shown: the need first, then the numerator, then the denominator is a little coarser. What is shown depends on the
pair alone, never on what was shown before.

Whose organisation does not count as one of a sum (``THERE``) is known to have fewer children; so the room lies within
so many, and they are enough to choose from: of fifteen children covered by 30 % none to five.

A part of the children (those with a disability) is asked for more. The sums of all children bound the part of an
organisation, too: where its report leaves their tens as they are, it has at most nine children, and several sums
together may say seven. Along the whole percent of a small part so few children are too few covered ones to choose from:
of 45 % none to three. So five more of them, all covered or none or any number between, must change nothing.

That is no proof: chains of sums may narrow the children of an organisation further than each of them does. What holds
was measured by an attacker with a solver over seeded campaigns (``tests/test_guest_campaigns.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from proforient.wording import tens, whole_percent

FEWEST_CHILDREN = 20  # of a denominator or a count
SMALL = 5  # fewer are covered, or (but for none) not covered
THERE = 16  # children that an organisation has at least where it counts as one of a sum
ROOM = 6  # so many numbers an organisation could have added without any change of what is shown; one to spare
WITHIN = THERE - 1  # children of an organisation that does not count; the room lies within so many
WITHIN_OF_PART = 5  # of a part: so few that all or none of them may be covered


class Pair(NamedTuple):
    """A numerator and a denominator."""

    n: int
    d: int


class Told(NamedTuple):
    """What is said of a pair in tens; ``needed`` is None unless the plan is not met."""

    numerator: int
    denominator: int
    needed: int | None


class Said(NamedTuple):
    """What is said exactly: the whole percent, whether it is beyond, the verdict by the plan (None without one)."""

    percent: int
    edge: bool
    met: bool | None
    plan: Fraction | None
    less: bool
    part: bool


def is_small(n: int, d: int) -> bool:
    """Whether a group, its covered or its other children are few; that nobody is left uncovered is no secret."""
    return d < FEWEST_CHILDREN or n < SMALL or (d - n < SMALL and d != n)


def said_of(pair: Pair, plan: Fraction | None, *, less: bool, part: bool) -> Said:
    short = _short(pair, plan, less=less)
    percent, edge = whole_percent(Fraction(100 * pair.n, pair.d))
    return Said(percent, edge, None if short is None else short <= 0, plan, less, part)


def told(pair: Pair, plan: Fraction | None, *, less: bool, part: bool) -> Told | None:
    """The pair's numbers for guests; None where so few could be meant that none may be shown.

    ``part``: whether they are a part of the children of whom the same is told.
    """
    if is_small(pair.n, pair.d):
        return None
    said, own = said_of(pair, plan, less=less, part=part), _exactly(pair, plan, less=less)
    for depth, key in enumerate(_keys(pair.d, own)):
        found = [t for t in _of_cell(depth, key, said) if abs(t.denominator - pair.d) <= WIDTHS[depth] // 2 + 10]
        if found:
            return min(found, key=lambda t: (_distance(t, own), t))
    return None


def told_count(value: int, plan: Fraction | None, *, less: bool) -> tuple[int, int | None] | None:
    """The same of a count with a plan in numbers: its tens, or those next to it, and those of the need."""
    if value < FEWEST_CHILDREN:
        return None

    def met(n: int) -> bool:
        return plan is None or (n <= plan if less else n >= plan)

    def alike(shown: int) -> int:
        return sum(met(n) == met(value) for n in range(max(shown - 5, FEWEST_CHILDREN), shown + 5))

    own = tens(value)
    found = [shown for shown in (own, own - 10, own + 10) if alike(shown) >= ROOM]
    if not found or plan is None:
        return (found[0], None) if found else None
    short = found[0] - plan if less else plan - found[0]
    return found[0], None if met(value) else tens(max(0, short.__ceil__()))


def _distance(one: Told, other: Told) -> int:
    return sum(abs((a or 0) - (b or 0)) for a, b in zip(one, other, strict=True))


def _short(pair: Pair, plan: Fraction | None, *, less: bool) -> int | None:
    """How many children the plan asks for beyond the numerator, up to whole ones; of less, how many too many."""
    if plan is None:
        return None
    below, whole = plan.numerator * pair.d - 100 * plan.denominator * pair.n, 100 * plan.denominator
    return -((below if less else -below) // whole)


def _exactly(pair: Pair, plan: Fraction | None, *, less: bool) -> Told:
    short = _short(pair, plan, less=less)
    return Told(tens(pair.n), tens(pair.d), None if short is None or short <= 0 else tens(short))


Key = tuple[int | None, ...]
WIDTHS = (10, 10, 10, 20, 40, 80)  # of the denominators in a cell, by depth
SHORTEST = 4  # a wide cell begins where its middle is so many times its width: «около» stays true (``FARTHEST``)
FARTHEST = 20  # children between a number told and the true one; in groups of more than 100 up to a fifth of the group


def _keys(d: int, own: Told) -> list[Key]:
    """The cells that hold the pair: by all three numbers, by two, by the denominator in wider and wider ranges."""
    wide = [(_bin(d, width),) for width in WIDTHS[3:]]
    return [(own.denominator, own.numerator, own.needed), (own.denominator, own.numerator), (own.denominator,), *wide]


def _bin(d: int, width: int) -> int:
    return (d + width // 2) // width * width


@lru_cache(maxsize=20_000)
def _of_cell(depth: int, key: Key, said: Said) -> tuple[Told, ...]:
    """What may be said of a pair in the cell: what roomy smaller cells say, else one thing of all; or nothing."""
    if depth > 2 and (key[0] or 0) < SHORTEST * WIDTHS[depth]:
        return ()
    every = list(_pairs(depth, key, said))
    roomy = is_roomy(every, part=said.part)
    if depth == 0:
        return (Told(key[1] or 0, key[0] or 0, key[2]),) if roomy else ()
    within: dict[Key, int] = Counter(_keys(p.d, _exactly(p, said.plan, less=said.less))[depth - 1] for p in every)
    smaller = tuple(dict.fromkeys(told for k in within for told in _of_cell(depth - 1, k, said)))
    return smaller or ((_middle(every, key[0] or 0, said),) if roomy else ())


def _middle(pairs: Sequence[Pair], middle: int, said: Said) -> Told:
    nearest = min(pairs, key=lambda p: (abs(p.d - middle), p))
    return _exactly(nearest, said.plan, less=said.less)


def _pairs(depth: int, key: Key, said: Said) -> Iterator[Pair]:
    """Every pair of which the same is said exactly, and that lies in the cell."""
    width, middle = WIDTHS[depth], key[0] or 0
    for d in range(max(FEWEST_CHILDREN, middle - width // 2), middle + width // 2):
        low, high = (2 * said.percent - 3) * d // 200, ((2 * said.percent + 3) * d) // 200 + 1
        if depth < 2:
            low, high = max(low, (key[1] or 0) - 5), min(high, (key[1] or 0) + 4)
        for n in range(max(low, 0), min(high, d) + 1):
            pair = Pair(n, d)
            if is_small(n, d) or said_of(pair, said.plan, less=said.less, part=said.part) != said:
                continue
            if depth > 0 or _exactly(pair, said.plan, less=said.less).needed == key[2]:
                yield pair


def is_roomy(pairs: Iterable[Pair], *, part: bool) -> bool:
    """Whether somebody's pair could be any of ``ROOM`` numerators and denominators, with the sum staying in it."""
    every = sorted(pairs)
    most = WITHIN_OF_PART if part else WITHIN
    for start in every:
        steps = [(p.n - start.n, p.d - start.d) for p in every]
        whole = [(n, d) for n, d in steps if 0 <= n <= d <= most]
        if min(len({n for n, _ in whole}), len({d for _, d in whole})) >= ROOM:
            return True
    return False
