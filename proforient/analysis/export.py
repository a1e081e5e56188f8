"""Figures, values and traces as the JSON that other programs read; the forms are in ``docs/schemas``.

Numbers that may have decimals are strings: exact, without exponent. Codes are the catalogue's and the register's.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from proforient.analysis.arithmetic import fitting_amount
from proforient.analysis.coverage import Coverage
from proforient.analysis.trace import TracedCell
from proforient.catalogue.entries import Catalogue, Direction
from proforient.catalogue.kinds import WordedFigure, kind_of
from proforient.monitoring import Judgement, Value, Verdict
from proforient.palette import VERDICTS
from proforient.wording import exact_percent, plain_decimal, plain_fraction

Json = dict[str, object]


def coverage_json(c: Coverage) -> Json:
    """One element of ``results``."""
    plan = c.plan
    return {
        "period": c.period,
        "territory": c.territory,
        "organisation": c.organisation,
        "indicator": c.indicator,
        "level": c.level,
        "cohort": c.cohort,
        "kind": c.kind,
        "unit": c.unit,
        "direction": c.direction,
        "numerator": c.numerator,
        "denominator": c.denominator,
        "value": bool(c.value) if c.formula.answers and c.value is not None else c.value,
        "share": exact_percent(c.share),
        "average": None if c.formula.plain or c.formula.in_percent else exact_percent(c.measure),
        "shown": figure_text(c),
        "plan": plain_decimal(plan.amount) if plan else None,
        "plan_origin": plan.origin if plan else None,
        "plan_ground": plan.ground if plan else None,
        "verdict": c.verdict.value,
        "needed": c.needed,
        "shortfall": plain_fraction(c.shortfall),
        "submitted": c.submitted,
        "expected": c.expected,
        "missing": list(c.missing),
        "on_review": c.on_review,
        "can_change": c.can_change,
        "judgement": judgement_json(c.judgement) if c.judgement else None,
        "judgements": [_judgement_in_full(j) for j in c.judgements],
        "trend": c.trend,
        "trend_approximate": c.trend_approximate,
    }


def figure_text(c: Coverage) -> str:
    """The figure as a page prints it, or the words for why there is none: never a 0 for what nobody gave."""
    return _shown(c, c.kind, fitting_amount(c.plan, c.kind), c.submitted, c.verdict)


def _shown(figure: WordedFigure, kind: str, plan: Decimal | None, submitted: int, verdict: Verdict) -> str:
    if not submitted or verdict in (Verdict.NOBODY, Verdict.NOT_ASKED):
        return VERDICTS[verdict].word
    return kind_of(kind).figure(figure, plan)


class _FigureOfRow(NamedTuple):
    organisation: str | None
    numerator: int | None
    denominator: int | None
    value: int | None
    direction: Direction
    measure: Fraction | None
    about: bool = False
    beyond: str = ""


def row_json(row: Any) -> Json:
    """The columns of ``coverage_json`` that fit into a line, from a row of ``data_frame.plain_rows``."""
    measure, plan = row.average if row.share is None else row.share, plain_fraction(row.plan)
    figure = _FigureOfRow(row.organisation or None, row.numerator, row.denominator, row.value, row.direction, measure)
    return {
        **row._asdict(),
        "value": bool(row.value) if kind_of(row.kind).answers and row.value is not None else row.value,
        "share": exact_percent(row.share),
        "average": exact_percent(row.average),
        "shown": _shown(figure, row.kind, None if plan is None else Decimal(plan), row.submitted, Verdict(row.verdict)),
        "plan": plan,
        "shortfall": plain_fraction(row.shortfall),
    }


def judgement_json(j: Judgement) -> Json:
    return {"outcome": j.outcome, "text": j.text, "source": j.source}


def _judgement_in_full(j: Judgement) -> Json:
    return {
        **judgement_json(j),
        "date": j.date.isoformat() if j.date else None,
        "office": j.office,
        "percent": plain_decimal(j.percent) if j.percent is not None else None,
    }


def value_json(catalogue: Catalogue, value: Value) -> Json:
    """One element of ``values``: a whole number, true or false, or null with the reason."""
    count = catalogue.counts.get(value.cell.count)
    answer = count is not None and count.value == "yes_no" and value.number is not None
    return {
        "organisation": value.organisation,
        "period": value.period,
        "count": value.cell.count,
        "level": value.cell.level,
        "cohort": value.cell.cohort,
        "value": bool(value.number) if answer else value.number,
        "reason": value.reason.value if value.reason else None,
        "submission": value.submission,
        "file": value.file,
        "sheet": value.sheet,
        "row": value.row,
        "column": value.column,
    }


def trace_json(catalogue: Catalogue, figure: Coverage, cells: list[TracedCell]) -> Json:
    """``trace``: the figure as in ``results`` and every value that makes it, with its role."""
    return {
        "figure": coverage_json(figure),
        "cells": [{"role": cell.role, **value_json(catalogue, cell.value)} for cell in cells],
    }
