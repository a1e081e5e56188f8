"""What is asked of whom: the cells of a catalogue, the organisations that must answer, the plan that holds where.

In: the catalogue, a period, the register on its last day, plan values. Out: lists of codes and plan values.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from proforient.catalogue.entries import Catalogue, Direction, Indicator
from proforient.errors import WrongCall
from proforient.monitoring import Organisation, Period, PlanValue, parent_territory


class Key(NamedTuple):
    """What a figure says besides territory, organisation and period."""

    indicator: str
    level: str
    cohort: str


def keys(
    catalogue: Catalogue, indicator: str | None = None, level: str | None = None, cohort: str | None = None
) -> list[Key]:
    """Every figure of the catalogue that fits, in its order; WrongCall where a code is not in the catalogue."""
    _known(catalogue.indicators, indicator, "Показателя", "в каталоге")
    _known(catalogue.levels, level, "Уровня", "в каталоге")
    _known(catalogue.cohorts, cohort, "Категории", "в каталоге")
    wanted = [catalogue.indicators[indicator]] if indicator else list(catalogue.indicators.values())
    return [
        Key(i.code, v, c)
        for i in wanted
        for v in catalogue.levels
        if v in i.levels and level in (None, v)
        for c in catalogue.cohorts_of(i)
        if cohort in (None, c)
    ]


def known_territory(territories: Sequence[str], territory: str | None) -> None:
    """WrongCall where nobody of the register belongs to the territory."""
    _known(territories, territory, "Территории", "в реестре организаций")


def _known(codes: Iterable[str], code: str | None, what: str, where: str) -> None:
    listed = list(codes)
    if code is None or code in listed:
        return
    near = difflib.get_close_matches(code, listed, n=3)
    hint = f" Похожие: {', '.join(near)}." if near else ""
    raise WrongCall(f"{what} «{code}» нет {where}.{hint} Исправьте код.")


def measured(catalogue: Catalogue, indicator: Indicator) -> Indicator:
    """The indicator whose counts make the figure: for a trend, the share that it follows."""
    return catalogue.indicators[indicator.of] if indicator.kind == "trend" and indicator.of else indicator


def unit_of(catalogue: Catalogue, indicator: Indicator) -> str:
    """In what a figure is counted, and so what is needed."""
    source = measured(catalogue, indicator)
    counts = [source.count] if source.count else list(source.numerator)
    return catalogue.counts[counts[0]].unit if counts and counts[0] in catalogue.counts else ""


def direction_of(catalogue: Catalogue, indicator: Indicator) -> Direction:
    """Which way is better; for a trend, of the share that it follows."""
    return measured(catalogue, indicator).direction


def in_force(indicator: Indicator, period: Period) -> bool:
    """Whether the catalogue asks for the indicator in the year in which the period starts."""
    year = period.starts.year
    return (indicator.since is None or indicator.since <= year) and (indicator.until is None or year <= indicator.until)


def is_asked(organisation: Organisation, indicator: Indicator, level: str) -> bool:
    """Whether the organisation's own list has the level and its kind is one that the indicator asks."""
    return level in organisation.levels and (
        not indicator.organisation_kinds or organisation.kind in indicator.organisation_kinds
    )


class Plans:
    """The plan values of a period; the nearest territory upwards that has one is asked, then the one for all."""

    def __init__(self, values: Iterable[PlanValue]) -> None:
        self._values: Mapping[tuple[str | None, Key], PlanValue] = {
            (p.territory, Key(p.indicator, p.level, p.cohort)): p for p in values
        }

    def nearest(self, territory: str, key: Key) -> PlanValue | None:
        """The plan that holds for the territory; None is no plan, which is not a plan of zero."""
        step: str | None = territory
        while step:
            if found := self._values.get((step, key)):
                return found
            step = parent_territory(step)
        return self._values.get((None, key))
