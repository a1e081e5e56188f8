"""What is compared: territories, organisations, cohorts or periods side by side, each beside its own plan.

In: reader, catalogue, what all of them share, the codes of the sides. Out: a ``Comparison`` of ``Side``s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from proforient.analysis.coverage import Coverage, coverages
from proforient.errors import WrongCall
from proforient.monitoring import Verdict
from proforient.wording.order import name_order

if TYPE_CHECKING:
    from proforient.catalogue.entries import Catalogue
    from proforient.store.reading import Reader

SideOrder = Literal["given", "name", "share", "shortfall"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a side has where it does not say otherwise; without a territory cohorts and periods have no figures."""

    period: str
    territory: str | None
    cohort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """``kind``: territory, organisation, cohort or period. ``figures``: a level each, those that are asked there."""

    kind: str
    code: str
    name: str
    figures: tuple[Coverage, ...]

    def at(self, level: str) -> Coverage | None:
        return next((c for c in self.figures if c.level == level), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One indicator of several sides; ``level`` is the one that it speaks of and is put in order by."""

    indicator: str
    level: str
    sides: tuple[Side, ...]

    @property
    def figures(self) -> tuple[Coverage, ...]:
        """Of every side, those at the level."""
        found = (side.at(self.level) for side in self.sides)
        return tuple(c for c in found if c is not None)

    def ordered(self, order: SideOrder) -> Comparison:
        """The sides by name, or the largest share or shortfall first; those without a figure last."""
        if order == "given":
            return self
        if order == "name":
            return replace(self, sides=tuple(sorted(self.sides, key=lambda side: name_order(side.name))))
        return replace(self, sides=tuple(sorted(self.sides, key=lambda side: self._place(side, order))))  # order: size

    def _place(self, side: Side, order: SideOrder) -> tuple[bool, Fraction]:
        found = side.at(self.level)
        size = None if found is None else found.measure if order == "share" else found.shortfall
        return size is None, -(size or Fraction(0))


def compare(
    reader: Reader,
    catalogue: Catalogue,
    shared: Shared,
    indicator: str,
    level: str,
    sides: Sequence[tuple[str, str]],
    names: Mapping[tuple[str, str], str],
) -> Comparison:
    """``sides``: kind and code of each, in order; ``names``: theirs."""
    found = (
        Side(
            kind=kind,
            code=code,
            name=names.get((kind, code), code),
            figures=tuple(_figures(reader, catalogue, shared, indicator, kind, code)),
        )
        for kind, code in sides
    )
    return Comparison(indicator=indicator, level=level, sides=tuple(found))


def _figures(
    reader: Reader, catalogue: Catalogue, shared: Shared, indicator: str, kind: str, code: str
) -> list[Coverage]:
    """None where the side did not report then: the period is not opened there, nobody of that code was there."""
    territory = code if kind == "territory" else None if kind == "organisation" else shared.territory
    organisation = code if kind == "organisation" else None
    if territory is None and organisation is None:
        return []
    try:
        found = coverages(
            reader,
            catalogue,
            code if kind == "period" else shared.period,
            territory=territory,
            organisation=organisation,
            indicator=indicator,
            cohort=code if kind == "cohort" else shared.cohort,
        )
    except WrongCall:
        return []
    return [c for c in found if c.verdict is not Verdict.NOT_ASKED]
