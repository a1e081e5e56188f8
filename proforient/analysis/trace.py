"""Back from a figure to the cells that make it: file, sheet, row and column of every number in the sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue, Indicator
from proforient.catalogue.figures import measured
from proforient.monitoring import Value

if TYPE_CHECKING:
    from proforient.store.reading import Reader

Role = Literal["numerator", "denominator", "value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedCell:
    """One value and what it does in the figure. A count on both sides of a share comes once for each role."""

    role: Role
    value: Value


def trace(reader: Reader, catalogue: Catalogue, coverage: Coverage) -> list[TracedCell]:
    """The cells of a figure, in the register's order, by role and count; only of who gave the whole pair.

    Numerators and denominators add up to the figure's own; a yes/no and a count have the role ``value``.
    """
    indicator = measured(catalogue, catalogue.indicators[coverage.indicator])
    roles = list(_roles(indicator))
    given = reader.pairs(
        coverage.period,
        territory=coverage.territory,
        organisation=coverage.organisation,
        indicator=indicator.code,
        level=coverage.level,
        cohort=coverage.cohort,
    )
    paired = {p.organisation for p in given}
    values = reader.values(
        coverage.period,
        territory=coverage.territory,
        organisation=coverage.organisation,
        counts=list(dict.fromkeys(count for _, count in roles)),
        level=coverage.level,
        cohort=coverage.cohort,
    )
    found = {(v.organisation, v.cell.count): v for v in values if v.number is not None}
    return [
        TracedCell(role=role, value=found[organisation, count])
        for organisation in dict.fromkeys(v.organisation for v in values)
        for role, count in roles
        if organisation in paired and (organisation, count) in found
    ]


def _roles(indicator: Indicator) -> Iterator[tuple[Role, str]]:
    if indicator.count is not None:
        yield "value", indicator.count
    for count in indicator.numerator:
        yield "numerator", count
    for count in indicator.denominator:
        yield "denominator", count
