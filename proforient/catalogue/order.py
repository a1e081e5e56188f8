"""In which order lists show figures: that of the catalogue, never that of hidden codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from proforient.catalogue.entries import Catalogue

Place = Callable[[str, str, str], tuple[int, int, int]]


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
