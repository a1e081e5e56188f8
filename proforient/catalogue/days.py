"""On which day a count is true: kinds of organisation report by forms of different days.

A level belongs to the kinds that usually have it (``proposes``): the groups of a kindergarten that a school runs are
reported by the kindergartens' form.
"""

from __future__ import annotations

from proforient.catalogue.entries import Catalogue, Count


def days_of(catalogue: Catalogue, count: Count, level: str) -> dict[str, tuple[str, ...]]:
    """Month and day -> kinds of organisation that count on it at the level; empty where it is of the whole period."""
    kinds = [kind for kind in catalogue.organisation_kinds.values() if level in kind.proposes] or [
        kind for kind in catalogue.organisation_kinds.values() if set(count.levels) & set(kind.proposes)
    ]
    days: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        day = count.as_of_by_kind.get(kind.code, count.as_of)
        days[day] = (*days.get(day, ()), kind.code)
    found = days or {count.as_of: ()}
    return {day: codes for day, codes in found.items() if day}


def day_of(catalogue: Catalogue, count: Count, level: str, kind: str) -> str:
    """The day on which an organisation of the kind counts at the level; empty: the whole period."""
    days = days_of(catalogue, count, level)
    own = next((day for day, kinds in days.items() if kind in kinds), None)
    return own or next(iter(days), "")
