"""What guests read of a territory, as the program of today speaks of it; how it is kept stands in ``stored_text``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from proforient.analysis.coverage import Coverage
from proforient.monitoring import Period


class Hidden(StrEnum):
    """Why a figure is not shown."""

    NO = ""
    CHILDREN = "few-children"
    ORGANISATIONS = "few-organisations"
    FEW = "few"  # of the first form: it is small itself
    HELD = "held"  # of the first form: it would have given another one away


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure:
    """``coverage`` names no organisation or person; of a hidden figure it holds the level and completeness only."""

    coverage: Coverage
    hidden: Hidden
    before: Coverage | None  # the same a period earlier, where that could be shown, too


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRule:
    """The rule of a form in words. ``in_short``: of a slide, empty where the whole text stands there, too.

    ``hidden``: what stands where a figure is not shown. ``current``: whether today's publications go by it.
    """

    text: str
    in_short: str
    hidden: Mapping[Hidden, str]
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSnapshot:
    """One territory, period and cohort by level; ``submitted`` of ``expected`` organisations have sent a report."""

    territory: str
    cohort: str
    period: Period
    figures: tuple[PublicFigure, ...]
    submitted: int
    expected: int
    rule: PublicRule
