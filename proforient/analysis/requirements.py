"""What is asked of whom: the cells of a catalogue, the organisations that must answer, the plan that holds where.

In: the catalogue, a period, the register on its last day, plan values. Out: lists of codes and plan values.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from proforient.catalogue.applicability import asked_in, asks
from proforient.catalogue.entries import Catalogue, Indicator
from proforient.catalogue.figures import FigureKey, keys_of
from proforient.errors import WrongCall
from proforient.monitoring import Organisation, Period, PlanValue, parent_territory


def keys(
    catalogue: Catalogue, indicator: str | None = None, level: str | None = None, cohort: str | None = None
) -> list[FigureKey]:
    """Every figure of the catalogue that fits, in its order; WrongCall where a code is not in the catalogue."""
    _known(catalogue.indicators, indicator, "Показателя", "в каталоге")
    _known(catalogue.levels, level, "Уровня", "в каталоге")
    _known(catalogue.cohorts, cohort, "Категории", "в каталоге")
    wanted = [catalogue.indicators[indicator]] if indicator else list(catalogue.indicators.values())
    every = (key for i in wanted for key in keys_of(catalogue, i))
    return [key for key in every if level in (None, key.level) and cohort in (None, key.cohort)]


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


def in_force(catalogue: Catalogue, indicator: str, period: Period) -> bool:
    """Whether the indicator is asked in the period: by the catalogue, and by who opened it."""
    return period.asks(indicator) and asked_in(catalogue, catalogue.indicators[indicator], period.year)


def is_asked(organisation: Organisation, indicator: Indicator, level: str) -> bool:
    """Whether the organisation's own list has the level and its kind is one that the indicator asks."""
    return level in organisation.levels and asks(indicator, organisation.kind)


class Plans:
    """The plan values of a period; the nearest territory upwards that has one is asked, then the one for all."""

    def __init__(self, values: Iterable[PlanValue]) -> None:
        self._values: Mapping[tuple[str | None, FigureKey], PlanValue] = {
            (p.territory, FigureKey(p.indicator, p.level, p.cohort)): p for p in values
        }
        self._figures = {key for _, key in self._values}
        self._apart = {key for territory, key in self._values if territory is not None}
        self._nearest: dict[tuple[str, FigureKey], PlanValue | None] = {}

    def has(self, key: FigureKey) -> bool:
        """Whether any territory has a plan of the figure."""
        return key in self._figures

    def differ(self, key: FigureKey) -> bool:
        """Whether territories may have different plans of the figure; else that of one is everybody's."""
        return key in self._apart

    def nearest(self, territory: str, key: FigureKey) -> PlanValue | None:
        """The plan that holds for the territory; None is no plan, which is not a plan of zero."""
        if (territory, key) not in self._nearest:
            self._nearest[territory, key] = self._upwards(territory, key)
        return self._nearest[territory, key]

    def _upwards(self, territory: str, key: FigureKey) -> PlanValue | None:
        step: str | None = territory
        while step:
            if found := self._values.get((step, key)):
                return found
            step = parent_territory(step)
        return self._values.get((None, key))
