"""Where and when an entry of the catalogue holds: a letter of one region is no ground for another."""

from __future__ import annotations

from typing import Protocol

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.value_types import TERRITORY_SEPARATOR

EVENTS = "{events}"  # in the text of an action: the events of the territory


class Holding(Protocol):
    """An entry that may hold in one territory, from one year and until another; empty is no limit."""

    @property
    def territory(self) -> str | None: ...
    @property
    def since(self) -> int | None: ...
    @property
    def until(self) -> int | None: ...


def holds_in(entry: Holding, territory: str | None) -> bool:
    """Whether it holds for all of the territory (None: for everybody)."""
    place = entry.territory
    return not place or territory == place or (territory or "").startswith(place + TERRITORY_SEPARATOR)


def holds(entry: Holding, territory: str | None, year: int) -> bool:
    """Whether it holds in periods of the year (``Period.year``), too."""
    in_years = (entry.since is None or entry.since <= year) and (entry.until is None or year <= entry.until)
    return in_years and holds_in(entry, territory)


def events_of(catalogue: Catalogue, territory: str | None, year: int) -> tuple[str, ...]:
    """The events of the territory by the catalogue: of the nearest list upwards; none is known elsewhere."""
    lists = [one for one in catalogue.event_lists.values() if holds(one, territory, year)]
    nearest = max(lists, key=lambda one: len(one.territory or ""), default=None)
    return nearest.names if nearest else ()
