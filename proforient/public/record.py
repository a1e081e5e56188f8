"""The text of a publication: what guests read and the printed hash is of. Texts of the first form stay readable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cattrs

from proforient.analysis.coverage import Coverage
from proforient.analysis.rounded import Rounded
from proforient.catalogue.entries import Direction, IndicatorKind
from proforient.errors import StoreDamaged
from proforient.monitoring import Period, PlanValue, Verdict
from proforient.snapshot import json_writer

FORM = 2  # of the text; the first form held exact numbers and hid by what had been published before


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
class PublicSnapshot:
    """One territory, period and cohort by level; ``submitted`` of ``expected`` organisations have sent a report."""

    form: int
    territory: str
    cohort: str
    period: Period
    figures: tuple[PublicFigure, ...]
    submitted: int
    expected: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A figure as it is written down: nothing that was not rounded but verdict, plan and numbers of organisations."""

    period: str
    indicator: str
    level: str
    kind: IndicatorKind
    unit: str
    direction: Direction
    hidden: Hidden
    percent: int | None
    edge: bool
    tens: bool
    numerator: int | None
    denominator: int | None
    value: int | None
    plan: PlanValue | None
    verdict: Verdict
    needed: int | None
    submitted: int
    expected: int
    before: _Before | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """The share of an earlier period."""

    period: str
    percent: int
    edge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    form: int
    territory: str
    cohort: str
    period: Period
    figures: tuple[_Told, ...]
    submitted: int
    expected: int
    rule: str


def text_of(snapshot: PublicSnapshot) -> str:
    """As canonical JSON: what the public hash is of."""
    text = _Text(
        form=snapshot.form,
        territory=snapshot.territory,
        cohort=snapshot.cohort,
        period=snapshot.period,
        figures=tuple(_told(figure) for figure in snapshot.figures),
        submitted=snapshot.submitted,
        expected=snapshot.expected,
        rule=snapshot.rule,
    )
    return json.dumps(_WRITER.unstructure(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _told(figure: PublicFigure) -> _Told:
    c, before = figure.coverage, figure.before
    assert isinstance(c, Rounded) and (before is None or isinstance(before, Rounded)), "only rounded figures go out"
    same: dict[str, Any] = {
        name: getattr(c, name) for name in _Told.__dataclass_fields__ if name not in ("hidden", "before")
    }
    past = None
    if before is not None and before.percent is not None:
        past = _Before(period=before.period, percent=before.percent, edge=before.edge)
    return _Told(hidden=figure.hidden, before=past, **same)


def read(text: str) -> PublicSnapshot:
    """What ``text_of`` wrote, in this form or the first; StoreDamaged where it is not one."""
    try:
        found = json.loads(text)
        if isinstance(found, dict) and found.get("form") == "1":
            return _WRITER.structure(found, PublicSnapshot)
        written = _WRITER.structure(found, _Text)
        if written.form != FORM:
            raise ValueError(f"form {written.form}")
    except (ValueError, cattrs.BaseValidationError) as error:
        raise StoreDamaged("Открытый снимок не читается: его записала другая версия программы.") from error
    return PublicSnapshot(
        form=written.form,
        territory=written.territory,
        cohort=written.cohort,
        period=written.period,
        figures=tuple(_figure(written, told) for told in written.figures),
        submitted=written.submitted,
        expected=written.expected,
        rule=written.rule,
    )


def _figure(text: _Text, told: _Told) -> PublicFigure:
    same: dict[str, Any] = {
        name: getattr(told, name) for name in _Told.__dataclass_fields__ if name not in ("hidden", "before")
    }
    around: dict[str, Any] = {"territory": text.territory, "cohort": text.cohort, "organisation": None}
    none: dict[str, Any] = {"shortfall": None, "can_change": None}
    past = told.before
    before = None
    if past is not None:
        gone: dict[str, Any] = {"numerator": None, "denominator": None, "value": None, "plan": None, "needed": None}
        gone |= {"verdict": Verdict.NO_PLAN, "period": past.period, "percent": past.percent, "edge": past.edge}
        before = Rounded(**(same | around | none | gone | {"submitted": 0, "expected": 0}))
    return PublicFigure(coverage=Rounded(**same, **around, **none), hidden=told.hidden, before=before)


_WRITER = json_writer()
