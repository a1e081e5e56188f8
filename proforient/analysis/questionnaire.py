"""What a period would ask: ready choices of indicators, and how many numbers each comes to by kind of organisation.

In: the catalogue, the register on the period's last day. Out: codes and counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from proforient.catalogue.applicability import asked_in, counts_asked, with_trends
from proforient.catalogue.entries import Catalogue
from proforient.monitoring import Cell, Contingent, Organisation, within

HEADLINE, LETTER, EVERYTHING = "headline", "letter", "everything"


@dataclass(frozen=True, slots=True)
class AskedOfKind:
    """Numbers that one organisation of the kind is asked, of those that it would be asked of everything."""

    kind: str
    numbers: int
    of: int


@dataclass(frozen=True, slots=True)
class Burden:
    """``organisations`` are asked something and owe so many ``numbers`` together."""

    kinds: tuple[AskedOfKind, ...]
    organisations: int
    numbers: int


def ready_choices(catalogue: Catalogue, year: int, territory: str | None) -> dict[str, frozenset[str]]:
    """By name of the choice, its indicators with their trends; a choice without indicators is not there.

    The letter's are those by which its problems are seen, besides the headline.
    """
    every = [i for i in catalogue.indicators.values() if asked_in(catalogue, i, year)]
    headline = [catalogue.headline.code] if catalogue.headline else []
    seen = [
        p.indicator for p in catalogue.problems.values() if p.territory is None or within(territory or "", p.territory)
    ]
    found = {
        HEADLINE: with_trends(catalogue, headline),
        LETTER: with_trends(catalogue, [*headline, *seen]),
        EVERYTHING: frozenset(i.code for i in every),
    }
    return {name: codes for name, codes in found.items() if codes}


def burden(
    catalogue: Catalogue,
    year: int,
    register: Iterable[Organisation],
    day: dt.date,
    asked: Collection[str],
    known: Iterable[Contingent] = (),
) -> Burden:
    """``register``: as it stands on the period's last ``day``; of a kind that nobody is, nothing is told.

    ``known``: the numbers that are known and that nobody is asked; of a kind as such nothing is.
    """
    every = {i.code for i in catalogue.indicators.values() if asked_in(catalogue, i, year)}
    chosen = asked if every - set(asked) else None
    there = [o for o in register if o.open_on(day)]
    numbers: dict[tuple[str, tuple[str, ...]], frozenset[Cell]] = {}
    known_of: dict[str, set[Cell]] = {}
    for one in known:
        if catalogue.counts[one.cell.count].value == "whole":
            known_of.setdefault(one.organisation, set()).add(one.cell)

    def of(kind: str, levels: tuple[str, ...]) -> frozenset[Cell]:
        if (kind, levels) not in numbers:
            numbers[kind, levels] = _cells(catalogue, year, kind, levels, chosen)
        return numbers[kind, levels]

    owed = [len(of(o.kind, o.levels) - known_of.get(o.code, set())) for o in there]
    kinds = {o.kind for o in there}
    of_kinds = [
        AskedOfKind(kind, len(of(kind, entry.proposes)), len(_cells(catalogue, year, kind, entry.proposes, None)))
        for kind, entry in catalogue.organisation_kinds.items()
        if kind in kinds
    ]
    return Burden(tuple(of_kinds), sum(n > 0 for n in owed), sum(owed))


def _cells(
    catalogue: Catalogue, year: int, kind: str, levels: Collection[str], asked: Collection[str] | None
) -> frozenset[Cell]:
    found = counts_asked(catalogue, kind=kind, levels=levels, year=year, indicators=asked)
    return frozenset(Cell(*one) for one in found)
