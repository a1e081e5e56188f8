"""How a pair of children is rounded for guests, so that even all of its numbers together do not give it away.

Guests see three things of a pair: the whole percent, the exact verdict, and one of its two numbers roughly. All other
numbers are computed from these three, so they reveal nothing more. Larger numbers are rounded more coarsely
(``STEPS``). The reason: a region is the sum of its municipalities and of an organisation of its own. If all were
rounded to tens, guests could tell in the worst case that this organisation has at most three children.

In groups of fewer than ``LARGE`` children the covered ones are the rounded number, and the size follows from them and
the percent. Were the size rounded, a report that lowers the percent within one step would tell how few of its children
are covered: 48 of 131 and 49 of 143 both were «около 140», 37 % and 34 %, so that of twelve children three at most
were. A report of which nobody is covered now leaves the rounded number as it was, wherever it lies in its step. The
step is twenty at least (``BY_COVERED``): with tens four times as many pairs of sums that differ by one report left it
fewer than five numbers (13 of 4,000 at random, with twenties 2, with rounded sizes 53). In
larger groups one percent alone is five children and more, and the size is rounded: there a share may be so small that
the size would be far from the truth if it followed from the covered children.

What is hidden must be as wide as what is shown. Were a sum hidden where its rounded size lies more than a fifth from
the true one, this would happen at the ends of a step only: a sum of which guests know that enough children stand behind
it had 49, 50 or 51 covered when it was hidden. So from ``CLOSE`` covered children on the distance hides nothing.

Sometimes only a few pairs fit the shown numbers. Then the difference of two snapshots could give a small organisation's
numbers exactly. Of a small group nothing is shown in that case; of a large one the size of the nearest larger group of
pairs with the same share and verdict. What is shown depends on the pair alone, never on what was shown before.

An organisation with fewer children than ``THERE`` does not count as one of a sum, and guests know that. Its possible
numbers must therefore differ enough below that bound (``ROOM``): of fifteen children, none to five may be covered.

For a part of the children (those with a disability) the condition is stricter, because the sums of all children bound
the part as well: several of them together may show that an organisation has at most seven children. If seven children
follow the group's percent, too few numbers of covered ones are possible (at 45 %: none to three). So five more children
in the part, with any number of them covered, must not change what is shown.

This is not a proof: several sums together may narrow an organisation's numbers further than each sum alone. What holds
was measured by an attacker with a solver over seeded campaigns (``tests/test_guest_campaigns.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from proforient.wording import tens, whole_percent

FEWEST_CHILDREN = 20  # children of a group, or of a count, below which nothing of it is shown
SMALL = 5  # children covered, or not covered (none is allowed), below which nothing is shown
THERE = 16  # children that an organisation has at least where it counts as one of a sum
ROOM = 6  # different numbers that an organisation could have added without a change of what is shown; one to spare
WITHIN = THERE - 1  # children at most of an organisation that does not count as one of a sum; ``ROOM`` lies within them
WITHIN_OF_PART = 5  # children of a part within which its room lies: so few that all or none may be covered
LARGE = 490  # children that the rounded covered ones make by the percent, from which on the size is rounded instead
LITTLE = 15  # percent: of a smaller share the size would be too far from the truth if it followed from the covered
BY_COVERED = 20  # children: the least step of the covered ones where the size follows from them
# Children from which on a number is rounded, and the step of the rounding
STEPS = ((975, 200), (470, 100), (230, 50), (85, 20), (0, 10))
COVERED = 6  # children of one step that the share covers at least; else the next step is taken
WIDER = (1, 2, 4)  # factors by which a step is widened, tried one after the other
SHORTEST = 4  # steps that a size has at least, so that «около» stays true (``FARTHEST``)
FARTHEST = 20  # children between a shown number and the true one; in groups of more than 100 up to a fifth of the group
FEW_COVERED = 70  # covered children below which it may be almost half of the group, where the size follows from them
CLOSE = 15  # covered children from which on a size that follows from them is never hidden as too far from the truth


class Pair(NamedTuple):
    """A numerator and a denominator."""

    n: int
    d: int


class RoundedPair(NamedTuple):
    """What is said of a pair, rounded; ``needed`` is None unless the plan is not met."""

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


class SizeClass(NamedTuple):
    """The groups of one step whose sizes round to the same."""

    step: int
    width: int
    size: int


def is_small(n: int, d: int) -> bool:
    """Whether a group, its covered or its other children are few; that nobody is left uncovered is no secret."""
    return d < FEWEST_CHILDREN or n < SMALL or (d - n < SMALL and d != n)


def said_of(pair: Pair, plan: Fraction | None, *, less: bool, part: bool) -> Said:
    percent, edge = whole_percent(Fraction(100 * pair.n, pair.d))
    met = None
    if plan is not None:
        met = 100 * pair.n <= plan * pair.d if less else 100 * pair.n >= plan * pair.d
    return Said(percent, edge, met, plan, less, part)


def rounded_pair(pair: Pair, plan: Fraction | None, *, less: bool, part: bool) -> RoundedPair | None:
    """The pair's numbers for guests; None where so few could be meant that none may be shown.

    ``part``: whether they are a part of the children of whom the same is told.
    """
    if is_small(pair.n, pair.d):
        return None
    said = said_of(pair, plan, less=less, part=part)
    if _is_by_covered(pair.n, said.percent):
        return _by_covered(pair, said)
    for wider in range(len(WIDER)):
        every = _sizes(wider, _cell(wider, pair.d, said), said)
        sizes = [size for size in every if abs(size - pair.d) <= max(FARTHEST, pair.d // 5)]
        if sizes:
            return pair_of_size(min(sizes, key=lambda size: (abs(size - pair.d), size)), said)
    return None


def _by_covered(pair: Pair, said: Said) -> RoundedPair | None:
    """The same of a small group: the covered are rounded, the size is what they make by the percent."""
    size = _size_by_covered(pair.n, said.percent)
    if not size or not _is_near(size, pair) or not _covered_has_room(_covered(pair.n), said):
        return None
    return pair_of_size(size, said)


def _is_near(size: int, pair: Pair) -> bool:
    return pair.n >= CLOSE or abs(size - pair.d) <= FARTHEST


def _covered(n: int) -> int:
    width = _usual(n)
    return _size(n, width) if width > BY_COVERED else (n + BY_COVERED // 2) // BY_COVERED * BY_COVERED


def _is_by_covered(n: int, percent: int) -> bool:
    return percent >= LITTLE and _size_by_covered(n, percent) < LARGE


def _size_by_covered(n: int, percent: int) -> int:
    return tens(100 * _covered(n) // percent)


@lru_cache(maxsize=50_000)
def _covered_has_room(covered: int, said: Said) -> bool:
    """Whether the small groups of which this is said are different enough."""
    size = tens(100 * covered // said.percent)
    every: list[Pair] = []
    for n in range(max(SMALL, covered // 2), 2 * covered + 1):
        if _covered(n) == covered:
            least, most = 200 * n // (2 * said.percent + 1), 200 * n // (2 * said.percent - 1) + 1
            near = range(max(n, FEWEST_CHILDREN, least), most + 1)
            every += [Pair(n, d) for d in near if _is_near(size, Pair(n, d)) and not is_small(n, d)]
    return is_roomy((pair for pair in every if _is_said(pair, said)), part=said.part)


def _is_said(pair: Pair, said: Said) -> bool:
    return said_of(pair, said.plan, less=said.less, part=said.part) == said


def pair_of_size(size: int, said: Said) -> RoundedPair:
    """The numerator and the need that a group of this size has by the percent."""
    numerator = tens(size * said.percent // 100)
    if said.plan is None or said.met:
        return RoundedPair(numerator, size, None)
    short = (said.plan - said.percent) * size / 100
    return RoundedPair(numerator, size, tens(int(abs(short))))


def rounded_count(value: int, plan: Fraction | None, *, less: bool) -> tuple[int, int | None] | None:
    """The same of a count with a plan in numbers: rounded, or one step beside; and its need."""
    if value < FEWEST_CHILDREN:
        return None
    step = step_of(value)

    def met(n: int) -> bool:
        return plan is None or (n <= plan if less else n >= plan)

    def alike(shown: int) -> int:
        near = range(max(shown - 2 * step, FEWEST_CHILDREN), shown + 2 * step)
        return sum(_size(n, step_of(n)) == shown and met(n) == met(value) for n in near)

    neighbours = (_size(n, step_of(n)) for n in (value, value - step, value + step))
    found = [shown for shown in neighbours if alike(shown) >= ROOM]
    if not found or plan is None:
        return (found[0], None) if found else None
    short = found[0] - plan if less else plan - found[0]
    return found[0], None if met(value) else tens(max(0, short.__ceil__()))


@lru_cache(maxsize=50_000)
def step_of(children: int, percent: int = 100) -> int:
    """To how many children the size of a group is rounded; by the share coarser."""
    usual = _usual(children)
    coarser = [step for _, step in reversed(STEPS) if step == usual or usual < step <= children // SHORTEST]
    return next((step for step in coarser if step * percent >= 100 * COVERED), coarser[-1])


def _usual(children: int) -> int:
    return next(step for start, step in STEPS if children >= start)


@lru_cache(maxsize=50_000)
def _size(children: int, width: int) -> int:
    """Rounded to the width; where a coarser step begins the cell is at most a quarter narrower."""
    start = next(start for start, _ in STEPS if children >= start)
    return max((children + width // 2) // width * width, -(-start // width) * width)


def _cell(wider: int, d: int, said: Said) -> SizeClass:
    step = step_of(_least(d, said), said.percent)
    return SizeClass(step, WIDER[wider] * step, _size(_least(d, said), WIDER[wider] * step))


def _least(d: int, said: Said) -> int:
    """The children by which the size is rounded: whoever is just above the small groups goes to the first step."""
    return max(d, LARGE) if said.percent >= LITTLE else d


@lru_cache(maxsize=50_000)
def _sizes(wider: int, cell: SizeClass, said: Said) -> tuple[int, ...]:
    """Which sizes may be said in the cell: those of roomy smaller cells, else the cell's own; or none."""
    if cell.width > _usual(cell.size) and cell.size < SHORTEST * cell.width:
        return ()
    if wider:
        within = dict.fromkeys(_cell(wider - 1, d, said) for d in _denominators(cell, said))
        smaller = tuple(dict.fromkeys(size for one in within for size in _sizes(wider - 1, one, said)))
        if smaller:
            return smaller
    return (cell.size,) if _has_room(cell, said) else ()


def _has_room(cell: SizeClass, said: Said) -> bool:
    """Looked for from two pairs of the cell first: of a large group there are thousands."""
    for d in (cell.size - cell.width // 4, cell.size):
        numerators = _numerators(cell, d, said)
        if numerators:
            near = range(d, min(d + WITHIN, cell.size + cell.width) + 1)
            pairs = {Pair(n, e) for e in near for n in _numerators(cell, e, said) if n <= numerators[0] + WITHIN}
            if _is_start(Pair(numerators[0], d), pairs, part=said.part):
                return True
    every = (Pair(n, d) for d in _denominators(cell, said) for n in _numerators(cell, d, said))
    return is_roomy(every, part=said.part)


def _denominators(cell: SizeClass, said: Said) -> Iterator[int]:
    first = cell.size * 3 // 4 if said.percent >= LITTLE else cell.size - cell.width
    return (d for d in range(min(first, cell.size - cell.width), cell.size + cell.width) if _numerators(cell, d, said))


def _numerators(cell: SizeClass, d: int, said: Said) -> list[int]:
    """Of which, with this denominator, the same is said exactly in the cell."""
    wide = _least(d, said)
    if d < FEWEST_CHILDREN or step_of(wide, said.percent) != cell.step or _size(wide, cell.width) != cell.size:
        return []
    low, high = run(d, said)
    every = (n for n in range(low, high + 1) if not is_small(n, d))
    return [n for n in every if not _is_by_covered(n, said.percent)]


@lru_cache(maxsize=50_000)
def run(d: int, said: Said) -> tuple[int, int]:
    """The least and the greatest numerator of which the same is said: all between are alike, too."""
    low, high = max(0, (2 * said.percent - 1) * d // 200), min(d, (2 * said.percent + 1) * d // 200 + 1)
    if said.edge:  # beyond 99 or before 1 is everything up to all or down to none
        low, high = (0, high) if said.percent == 1 else (low, d)

    def alike(n: int) -> bool:
        return _is_said(Pair(n, d), said)

    while low <= high and not alike(low):
        low += 1
    while low < high and not alike(high):
        high -= 1
    return low, high


def is_roomy(pairs: Iterable[Pair], *, part: bool) -> bool:
    """Whether somebody's pair could be any of ``ROOM`` numerators and denominators, with the sum staying in it."""
    every = set(pairs)
    return any(_is_start(start, every, part=part) for start in sorted(every))


def _is_start(start: Pair, pairs: Set[Pair], *, part: bool) -> bool:
    """Whether so many of the pairs are the start and somebody's pair more."""
    most = WITHIN_OF_PART if part else WITHIN
    steps = [(n, d) for d in range(most + 1) for n in range(d + 1) if Pair(start.n + n, start.d + d) in pairs]
    return min(len({n for n, _ in steps}), len({d for _, d in steps})) >= ROOM
