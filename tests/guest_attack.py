"""An attacker with a solver: whatever guests could keep of a campaign, and who had reported when, as one linear system.

Every solution is tried on the product itself: a world counts only if the product would have published the very same
figures of it. So each value that is found is truly possible, and a mistake in the system can only make the test
stricter, never milder.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import guest_pieces
import numpy as np
from guest_campaigns import COHORTS, LEVELS, Campaign, Cell
from guest_pieces import Numbers, Piece, published, said
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from proforient import public

MOST = 4000  # children of one organisation
ENOUGH = 5  # values that must stay possible
REACH = 10  # how far from a known world others are sought first
QUICK, LONG = 5.0, 60.0  # seconds for one world: on the way and at last
WALKS, STEPS = 3, 4
TRIES = 6  # worlds at random before a number is looked at by itself
STEPS_OF_TWO = sorted(
    ((n, d) for n in range(-6, 7) for d in range(-14, 15) if (n, d) != (0, 0)), key=lambda s: (abs(s[0]) + abs(s[1]), s)
)

Row = tuple[dict[int, int], int, int]  # coefficients by variable, at least, at most
World = list[int]


@dataclass
class System:
    """Integers between bounds and rows over them; a world is a solution."""

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def variable(self, most: int) -> int:
        self.lower.append(0)
        self.upper.append(most)
        return len(self.lower) - 1

    def solve(
        self, aim: Mapping[int, float], more: Sequence[Row], around: Sequence[int], reach: int, seconds: float
    ) -> tuple[World | None, bool]:
        """A world with the aim made small, no number further than ``reach`` from ``around``; whether there is none."""
        rows = [*self.rows, *more]
        lower = [max(low, at - reach) for low, at in zip(self.lower, around, strict=True)]
        upper = [min(high, at + reach) for high, at in zip(self.upper, around, strict=True)]
        at = [(r, v, c) for r, (given, _, _) in enumerate(rows) for v, c in given.items()]
        matrix = coo_array(
            ([c for _, _, c in at], ([r for r, _, _ in at], [v for _, v, _ in at])), shape=(len(rows), len(self.lower))
        )
        cost = np.zeros(len(self.lower))
        for variable, weight in aim.items():
            cost[variable] = weight
        found = milp(
            cost,
            integrality=np.ones(len(self.lower)),
            bounds=Bounds(np.array(lower), np.array(upper)),
            constraints=LinearConstraint(
                matrix.tocsr(), np.array([low for _, low, _ in rows]), np.array([high for _, _, high in rows])
            ),
            options={"time_limit": seconds, "mip_rel_gap": 0.2},
        )
        return (None if found.x is None else [round(x) for x in found.x]), found.status == 2


@dataclass(frozen=True)
class Sum:
    """A published cell with the pieces in which its sum may lie, each with its switch."""

    cell: Cell
    plan: int | None
    says: tuple[object, ...]
    pieces: tuple[tuple[Piece, int], ...]


class Attack:
    """One level of a campaign. After ``run``, ``narrow`` holds every number of which fewer than five values are
    possible, and ``unknown`` those of which that was not shown in time."""

    def __init__(self, campaign: Campaign, level: str) -> None:
        self.campaign, self.level = campaign, level
        self.system = System()
        self.pairs: dict[tuple[int, str], Numbers] = {}
        self.above: dict[tuple[int, str], int] = {}
        self._organisations()
        self.sums: list[Sum] = []
        seen = set()
        for cell in campaign.cells:
            key = (cell.versions, cell.cohort, said(cell.figure))
            if cell.level == level and cell.versions and key not in seen:
                seen.add(key)
                self.sums.append(self._sum(cell))
        self.holding: dict[tuple[int, str], list[int]] = {
            (version, cohort): [
                i for i, s in enumerate(self.sums) if s.cell.cohort == cohort and version in s.cell.versions
            ]
            for version, cohort in self.pairs
        }
        self.values: dict[str, set[int]] = {}
        self.unknown: set[str] = set()
        self.narrow: dict[str, set[int]] = {}
        self.truth = self._truth()
        assert self._note(self.truth), "the truth is one of the worlds"

    # The system

    def _organisations(self) -> None:
        """What an attacker knows beforehand: covered are some of all, and children with a disability some of them."""
        whole, part = COHORTS
        for number in range(len(self.campaign.versions)):
            for cohort in COHORTS:
                n, d, above = self.system.variable(MOST), self.system.variable(MOST), self.system.variable(1)
                self.pairs[number, cohort], self.above[number, cohort] = (n, d), above
                self.system.rows += [
                    ({d: 1, n: -1}, 0, MOST),
                    ({d: 1, above: -public.THERE}, 0, MOST),
                    ({d: 1, above: -MOST}, -MOST, public.THERE - 1),
                ]
            (n, d), (pn, pd) = self.pairs[number, whole], self.pairs[number, part]
            self.system.rows += [({n: 1, pn: -1}, 0, MOST), ({d: 1, n: -1, pd: -1, pn: 1}, 0, MOST)]

    def _sum(self, cell: Cell) -> Sum:
        plan = self.campaign.plan if cell.cohort == "all" else None
        says, few = said(cell.figure), public.FEWEST
        if cell.figure.hidden is public.Hidden.ORGANISATIONS:
            return Sum(cell, plan, says, ())
        counted = {self.above[v, cell.cohort]: 1 for v in cell.versions}
        scarce = sum(self._given(v, cell.cohort)[1] >= public.THERE for v in cell.versions) < few
        if cell.figure.hidden:
            pieces = guest_pieces.hidden(cell.cohort != "all", plan, self._true(cell), scarce=scarce)
        else:
            self.system.rows.append((counted, few, len(counted)))
            pieces = guest_pieces.shown(cell.cohort != "all", plan, says)
        switches = [self.system.variable(1) for _ in pieces]
        self.system.rows.append((dict.fromkeys(switches, 1), 1, 1))
        if pieces[-1].scarce:
            self.system.rows.append((counted | {switches[-1]: len(counted)}, 0, few - 1 + len(counted)))
        self._lines(cell, list(zip(pieces, switches, strict=True)))
        return Sum(cell, plan, says, tuple(zip(pieces, switches, strict=True)))

    def _lines(self, cell: Cell, pieces: Sequence[tuple[Piece, int]]) -> None:
        """The rows of a piece hold where its switch is on; no sum is far away in any case."""
        boxes = [[row for row in piece.rows if row[:2] in ((1, 0), (0, 1))] for piece, _ in pieces]
        most = self._true(cell)[1] + 100
        if not cell.figure.hidden:
            most = max(high for box in boxes for a, b, _, high in box if b)
        n, d = self._variables(cell)
        self.system.rows.append((d, 0, most))
        for variable in (*n, *d):
            self.system.upper[variable] = min(self.system.upper[variable], most)
        for piece, switch in pieces:
            for a, b, low, high in piece.rows:
                row = {v: a for v in n if a} | {v: b for v in d if b}
                least, top = min(0, a) * most + min(0, b) * most, max(0, a) * most + max(0, b) * most
                if len(pieces) == 1:
                    self.system.rows.append((row, low, high))
                    continue
                self.system.rows.append((row | {switch: least - low}, least, 2 * top - least))
                self.system.rows.append((row | {switch: top - high}, 2 * least - top, top))

    def _variables(self, cell: Cell) -> tuple[dict[int, int], dict[int, int]]:
        pairs = [self.pairs[v, cell.cohort] for v in cell.versions]
        return {n: 1 for n, _ in pairs}, {d: 1 for _, d in pairs}

    def _given(self, version: int, cohort: str) -> Numbers:
        return self.campaign.versions[version][1][self.level, cohort]

    def _true(self, cell: Cell) -> Numbers:
        given = [self._given(v, cell.cohort) for v in cell.versions]
        return sum(n for n, _ in given), sum(d for _, d in given)

    def _truth(self) -> World:
        world = [0] * len(self.system.lower)
        for key, (n, d) in self.pairs.items():
            world[n], world[d] = self._given(*key)
        return self._switched(world) or world

    def _switched(self, world: Sequence[int]) -> World | None:
        """The same numbers with the switches that belong to them; None where no piece holds one of the sums."""
        made = list(world)
        for key, (_, d) in self.pairs.items():
            made[self.above[key]] = int(world[d] >= public.THERE)
        for one in self.sums:
            n, d, there = self._added(one, world)
            for _, switch in one.pieces:
                made[switch] = 0
            for piece, switch in one.pieces:
                if piece.holds(n, d) and (not piece.scarce or there < public.FEWEST):
                    made[switch] = 1
                    break
            else:
                if one.pieces:
                    return None
        return made

    # Worlds

    def _added(self, one: Sum, world: Sequence[int]) -> tuple[int, int, int]:
        given = [self.pairs[v, one.cell.cohort] for v in one.cell.versions]
        dens = [world[d] for _, d in given]
        return sum(world[n] for n, _ in given), sum(dens), sum(d >= public.THERE for d in dens)

    def _fits(self, one: Sum, world: Sequence[int]) -> bool:
        n, d, there = self._added(one, world)
        return (
            published(one.cell.cohort != "all", one.plan, n, d, min(there, public.FEWEST), len(one.cell.versions))
            == one.says
        )

    def _is_sound(self, version: int, world: Sequence[int]) -> bool:
        (n, d), (pn, pd) = (self.pairs[version, cohort] for cohort in COHORTS)
        return 0 <= world[pn] <= world[n] and 0 <= world[pd] - world[pn] <= world[d] - world[n]

    def _note(self, world: Sequence[int]) -> bool:
        """Whether the world is possible; if so, the numbers of organisations and of hidden sums in it count."""
        if not all(self._is_sound(v, world) for v in range(len(self.campaign.versions))):
            return False
        if not all(self._fits(one, world) for one in self.sums):
            return False
        for (version, cohort), pair in self.pairs.items():
            for name, variable in zip("nd", pair, strict=True):
                self.values.setdefault(f"{version} {cohort} {name}", set()).add(world[variable])
        for at, one in enumerate(self.sums):
            if one.cell.figure.hidden:
                for name, number in zip("nd", self._added(one, world), strict=False):
                    self.values.setdefault(f"hidden {at} {name}", set()).add(number)
        return True

    def _left(self) -> list[str]:
        return [name for name, values in self.values.items() if len(values) < ENOUGH]

    def _aim(self, name: str) -> dict[int, int]:
        kind, *rest = name.split()
        if kind == "hidden":
            return self._variables(self.sums[int(rest[0])].cell)["nd".index(rest[1])]
        return {self.pairs[int(kind), rest[0]]["nd".index(rest[1])]: 1}

    # The search

    def run(self) -> Attack:
        """Children moved from one organisation to another first, then the solver near a world, then wherever."""
        draw = random.Random(self.level)  # the same worlds each time
        self._shift(self.truth)
        every = [v for pair in self.pairs.values() for v in pair]
        for _ in range(TRIES):
            if self._left():
                world = self._try({v: draw.uniform(-1, 1) for v in every}, self._held(self.truth), self.truth)
                if world:
                    self._shift(world)
        for name in self._left():
            self._look_at(name, self.truth, self._held(self.truth))
        for name in self._left():
            for _ in range(WALKS):
                if name in self._left():
                    self._walk(name, draw)
        for name in self._left():
            if name in self._left():
                self.ask(name)
        return self

    def _shift(self, world: World) -> None:
        """From each organisation of which too little is known to be possible some children to others, or away."""
        left = {(int(name.split()[0]), name.split()[1]) for name in self._left() if name[0] != "h"}
        for version, cohort in sorted(left):
            mine = set(self.holding[version, cohort])
            others = [v for v in range(len(self.campaign.versions)) if v != version]
            others.sort(key=lambda v: len(mine ^ set(self.holding[v, cohort])))
            for other in (None, *others):
                if all(len(self.values[f"{version} {cohort} {x}"]) >= ENOUGH for x in "nd"):
                    break
                for step in STEPS_OF_TWO:
                    self._step(world, version, other, cohort, step)

    def _step(self, world: World, version: int, other: int | None, cohort: str, step: Numbers) -> None:
        changed, touched = list(world), set(self.holding[version, cohort])
        for place, sign in ((version, 1), (other, -1)):
            if place is not None:
                for variable, by in zip(self.pairs[place, cohort], step, strict=True):
                    changed[variable] += sign * by
                if not self._is_sound(place, changed):
                    return
        if other is not None:
            touched |= set(self.holding[other, cohort])
        known = self.values
        fresh = any(
            changed[v] not in known[f"{version} {cohort} {x}"]
            for x, v in zip("nd", self.pairs[version, cohort], strict=True)
        )
        if fresh and all(self._fits(self.sums[i], changed) for i in touched):
            self._note(changed)

    def _held(self, world: Sequence[int], free: Sequence[Sum] = ()) -> list[Row]:
        """Every sum stays in the piece in which it lies in this world, but for the free ones."""
        return [
            ({switch: 1}, 1, 1)
            for one in self.sums
            if one not in free and len(one.pieces) > 1
            for _, switch in one.pieces
            if world[switch]
        ]

    def _look_at(self, name: str, world: World, held: list[Row]) -> None:
        aim, values = self._aim(name), self.values[name]
        for sign in (1, -1):
            if len(values) < ENOUGH:
                self._try({v: sign * c for v, c in aim.items()}, held, world)
        for value in range(min(values) + 1, max(values)):
            if len(values) < ENOUGH and value not in values:
                self._try({}, [*held, (aim, value, value)], world)

    def _walk(self, name: str, draw: random.Random) -> None:
        """Steps from world to world; in each another few of the sums that hold the number may change their piece."""
        aim, world, sign = self._aim(name), self.truth, draw.choice((1, -1))
        kind, *rest = name.split()
        cell = self.sums[int(rest[0])].cell if kind == "hidden" else None
        cohort, versions = (cell.cohort, set(cell.versions)) if cell else (rest[0], {int(kind)})
        every = [one for one in self.sums if one.cell.cohort == cohort]
        near = [one for one in every if versions & set(one.cell.versions)]
        for _ in range(STEPS):
            free = draw.sample(near, min(len(near), 3)) + draw.sample(every, min(len(every), 5))
            push = {v: float(sign * c) for v, c in aim.items()}
            nudge = {v: draw.uniform(-0.05, 0.05) for pair in self.pairs.values() for v in pair if v not in aim}
            world = self._try(push | nudge, self._held(world, free), world) or world
            if len(self.values[name]) >= ENOUGH:
                return
            self._look_at(name, world, self._held(world, free))

    def _try(self, aim: Mapping[int, float], more: Sequence[Row], around: World) -> World | None:
        world, _ = self.system.solve(aim, more, around, REACH, QUICK)
        return world if world is not None and self._note(world) else None

    def ask(self, name: str) -> None:
        """The long way: every sum free, any number; each gap between the values found is either filled or empty."""
        aim, closed = self._aim(name), set()
        while len(self.values[name]) < ENOUGH:
            gap = next((g for g in self._gaps(name) if g not in closed), None)
            if gap is None:
                self.narrow[name] = self.values[name]
                return
            world, none = self.system.solve({}, [(aim, *gap)], self.truth, 10 * MOST, LONG)
            if world is None and not none:
                self.unknown.add(name)
            if world is None or not self._note(world):
                closed.add(gap)
                if world is not None:
                    self.unknown.add(name)

    def _gaps(self, name: str) -> Iterator[Numbers]:
        values = sorted(self.values[name])
        ends = [-1, *values, 100 * MOST]
        gaps = [(low + 1, high - 1) for low, high in itertools.pairwise(ends) if high - low > 1]
        return iter(sorted(gaps, key=lambda gap: gap[1] - gap[0]))


def attack(campaign: Campaign) -> dict[str, Attack]:
    """By level."""
    return {level: Attack(campaign, level).run() for level in LEVELS}
