"""What a period asks, each number once: of whom, for which indicators, and what need not be typed at all.

In: the catalogue, the register on the period's last day, the counts that are known. Out: an entry a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from proforient.catalogue.applicability import asked_in, asks
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.figures import counts_of, measured
from proforient.intake.sums import needed_of, sums_among
from proforient.monitoring import Cell, Organisation, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One count at one level in one cohort.

    ``organisations``: by kind of how many it is needed; ``follows``: of how many it is not asked, as it is the sum of
    ``parts``; ``known``: of how many of the others the number stands there already; ``indicators``: for which it is
    needed, none where it is asked for its own sake.
    """

    cell: Cell
    organisations: Mapping[str, int]
    parts: tuple[Cell, ...]
    follows: int
    known: int
    indicators: tuple[str, ...]

    @property
    def asked(self) -> int:
        """Of how many organisations."""
        return sum(self.organisations.values())

    @property
    def typed(self) -> int:
        """How many have to type it."""
        return self.asked - self.follows - self.known


def ledger(
    catalogue: Catalogue, period: Period, register: Iterable[Organisation], known: Collection[tuple[str, Cell]]
) -> list[LedgerEntry]:
    """In the catalogue's order; ``known``: organisation and cell of the counts known from a statistical form."""
    kinds: dict[Cell, Counter[str]] = {}
    sums: dict[Cell, tuple[Cell, ...]] = {}
    follows, there = Counter[Cell](), Counter[Cell]()
    alike: dict[tuple[str, tuple[str, ...]], tuple[list[Cell], dict[Cell, tuple[Cell, ...]]]] = {}
    for one in register:
        if not one.open_on(period.ends):
            continue
        key = (one.kind, one.levels)
        if key not in alike:
            needed = needed_of(catalogue, one, period)
            alike[key] = needed, sums_among(catalogue, one.levels, needed)
        cells, own = alike[key]
        for cell in cells:
            kinds.setdefault(cell, Counter())[one.kind] += 1
            if cell in own:
                follows[cell] += 1
                sums[cell] = max(own[cell], sums.get(cell, ()), key=len)  # order: that of who has every level
            elif (one.code, cell) in known and catalogue.counts[cell.count].value == "whole":
                there[cell] += 1
    return [
        LedgerEntry(
            cell=cell,
            organisations=dict(found),
            parts=sums.get(cell, ()),
            follows=follows[cell],
            known=there[cell],
            indicators=_needing(catalogue, period, cell, found),
        )
        for cell in _ordered(catalogue, kinds)
        if (found := kinds[cell])
    ]


def _ordered(catalogue: Catalogue, cells: Collection[Cell]) -> list[Cell]:
    return [
        cell
        for count in catalogue.counts.values()
        for level in catalogue.levels
        for cohort in catalogue.cohorts
        if (cell := Cell(count.code, level, cohort)) in cells
    ]


def _needing(catalogue: Catalogue, period: Period, cell: Cell, kinds: Collection[str]) -> tuple[str, ...]:
    """The indicators that are computed from it; a trend stands with the share that it follows."""
    users = [
        i
        for i in catalogue.indicators.values()
        if cell.count in counts_of(measured(catalogue, i))
        and asked_in(catalogue, i, period.year)
        and (period.asked is None or i.code in period.asked)
        and any(asks(i, kind) for kind in kinds)
    ]
    here = [i for i in users if cell.level in measured(catalogue, i).levels]
    return tuple(i.code for i in here or users)
