"""The first form of a publication's text: exact numbers, hidden by what had been published before."""

from __future__ import annotations

from dataclasses import dataclass

from proforient.frozen.pieces_v1 import SETTLED_FROM, CoverageV1, PeriodV1

FORM = "1"
HIDDEN = {"few": "менее 5", "held": "скрыто"}  # what stands where a figure is not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigureV1:
    coverage: CoverageV1
    hidden: str  # empty | few | held
    before: CoverageV1 | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSnapshotV1:
    form: str
    territory: str
    cohort: str
    period: PeriodV1
    figures: tuple[PublicFigureV1, ...]
    submitted: int
    expected: int
    rule: str


__all__ = ["FORM", "HIDDEN", "SETTLED_FROM", "PublicFigureV1", "PublicSnapshotV1"]
