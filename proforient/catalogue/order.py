"""In which order lists show figures: that of the catalogue, never that of hidden codes.

In the file the blocks of one indicator stand together. What is listed without its indicator has an order of its own:
counts as a form asks them, actions as their documents number them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from proforient.catalogue.entries import Action, Catalogue, Count, Level

T = TypeVar("T")
Place = Callable[[str, str, str], tuple[int, int, int]]


def as_asked(counts: Mapping[str, Count], levels: Mapping[str, Level]) -> dict[str, Count]:
    """Numbers before questions; of each the levels first, then the organisation, then the department."""
    return _sorted(counts, lambda count: (count.value == "yes_no", _whose(levels, count.levels)))


def as_numbered(actions: Mapping[str, Action]) -> dict[str, Action]:
    """By the number in the source documents, those without one last."""
    return _sorted(actions, lambda action: (action.number is None, action.number or 0))


def _whose(levels: Mapping[str, Level], codes: Iterable[str]) -> int:
    kinds = {levels[code].kind for code in codes if code in levels}
    return 0 if kinds & {"stage", "band"} else 1 if "whole" in kinds else 2


def _sorted(entries: Mapping[str, T], place: Callable[[T], tuple[int, ...]]) -> dict[str, T]:
    ordered = sorted(entries.items(), key=lambda item: place(item[1]))  # order: explicit, then as in the file
    return dict(ordered)


def count_order(catalogue: Catalogue) -> Place:
    """Where a count at a level in a cohort stands; what the catalogue no longer has stands last."""
    return _order(catalogue, catalogue.counts)


def indicator_order(catalogue: Catalogue) -> Place:
    """The same of an indicator."""
    return _order(catalogue, catalogue.indicators)


def _order(catalogue: Catalogue, figures: Mapping[str, object]) -> Place:
    first, second, third = ({c: n for n, c in enumerate(of)} for of in (figures, catalogue.levels, catalogue.cohorts))

    def place(figure: str, level: str, cohort: str) -> tuple[int, int, int]:
        return first.get(figure, len(first)), second.get(level, len(second)), third.get(cohort, len(third))

    return place
