"""The figures of a catalogue: an indicator at a level in a cohort, and whose counts it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from proforient.catalogue.entries import Catalogue, Direction, Indicator


class FigureKey(NamedTuple):
    """What a figure says besides territory, organisation and period."""

    indicator: str
    level: str
    cohort: str


def keys_of(catalogue: Catalogue, indicator: Indicator) -> Iterator[FigureKey]:
    """The indicator's figures in the catalogue's order of levels and cohorts."""
    cohorts = catalogue.cohorts_of(indicator)
    for level in catalogue.levels:
        if level in indicator.levels:
            yield from (FigureKey(indicator.code, level, cohort) for cohort in cohorts)


def measured(catalogue: Catalogue, indicator: Indicator) -> Indicator:
    """The indicator whose counts make the figure: for a trend, the share that it follows."""
    followed = catalogue.indicators.get(indicator.of or "") if indicator.formula.follows else None
    return followed or indicator


def counts_of(indicator: Indicator) -> tuple[str, ...]:
    """The counts that the indicator itself names; a trend names none."""
    return (*indicator.numerator, *indicator.denominator, *([indicator.count] if indicator.count else []))


def unit_of(catalogue: Catalogue, indicator: Indicator) -> str:
    """In what a figure is counted, and so what is needed."""
    source = measured(catalogue, indicator)
    counts = [source.count] if source.count else list(source.numerator)
    return catalogue.counts[counts[0]].unit if counts and counts[0] in catalogue.counts else ""


def direction_of(catalogue: Catalogue, indicator: Indicator) -> Direction:
    """Which way is better; for a trend, of the share that it follows."""
    return measured(catalogue, indicator).direction
