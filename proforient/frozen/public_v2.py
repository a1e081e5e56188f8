"""The second form of a publication's text: whole percent and rounded numbers, each figure hidden by itself alone."""

from __future__ import annotations

from dataclasses import dataclass

from proforient.frozen.pieces_v1 import SETTLED_FROM, PeriodV1, PlanValueV1

FORM = "2"
# What stands where a figure is not shown.
HIDDEN = {"few-children": "мало детей", "few-organisations": "мало организаций"}
RULE_IN_SHORT = (
    "Доли — в целых процентах, числа людей — примерно, чем больше группа, тем грубее; вывод точный. Всё правило — "
    "на странице снимка."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeV2:
    """The share of an earlier period."""

    period: str
    percent: int
    edge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigureV2:
    """Nothing in it that was not rounded but verdict, plan and numbers of organisations."""

    period: str
    indicator: str
    level: str
    kind: str  # of formula: a code of the catalogue that is stored beside
    unit: str  # likewise
    direction: str  # more | less
    hidden: str  # empty | few-children | few-organisations
    percent: int | None
    edge: bool  # the share lies between the percent and 0 or 100
    tens: bool  # the numbers count persons and are told as «about»
    numerator: int | None
    denominator: int | None
    value: int | None
    plan: PlanValueV1 | None
    verdict: str  # met | not_met | no_data | no_plan | nobody | not_asked
    needed: int | None
    submitted: int
    expected: int
    before: BeforeV2 | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSnapshotV2:
    form: str
    territory: str
    cohort: str
    period: PeriodV1
    figures: tuple[PublicFigureV2, ...]
    submitted: int
    expected: int
    rule: str


__all__ = ["FORM", "HIDDEN", "RULE_IN_SHORT", "SETTLED_FROM", "BeforeV2", "PublicFigureV2", "PublicSnapshotV2"]
