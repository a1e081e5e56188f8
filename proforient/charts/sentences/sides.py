"""What stands side by side: how many sides meet their plan, between which figures all of them are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from proforient.charts.sentences.completeness import preliminarily
from proforient.charts.sentences.names import level_label
from proforient.charts.sentences.verdicts import evidence, figure, measured
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import number, typo

if TYPE_CHECKING:
    from proforient.analysis.coverage import Coverage
    from proforient.analysis.sides import Comparison, Side
    from proforient.catalogue.entries import Catalogue


def comparison_finding(comparison: Comparison, catalogue: Catalogue) -> str:
    """«Основное: план достигнут у 2 из 4, доли — от 62 % до 93 %»."""
    name, figures = level_label(catalogue.levels[comparison.level]), comparison.figures
    given = [c for c in figures if c.measure is not None]
    if not given:
        return typo(f"{name}: чисел для сравнения нет")
    if len(comparison.sides) == 1:
        return typo(f"{name}: {evidence(given[0])}")
    known = [c for c in given if measured(c)]
    met = sum(c.verdict is Verdict.MET for c in known)
    plan = _met(met, len(known)) if known else VERDICTS[Verdict.NO_PLAN].word
    return preliminarily(typo(f"{name}: {plan}, {_range(given)}"), given)


def _met(met: int, known: int) -> str:
    if known == 1:
        return "план достигнут" if met else "план не достигнут"
    if not met:
        return f"плана не достиг никто из {number(known)}"
    return (
        f"плана достигли все {number(known)}" if met == known else f"план достигнут у {number(met)} из {number(known)}"
    )


def _range(given: Sequence[Coverage]) -> str:
    ordered = sorted(given, key=lambda c: c.measure or 0)  # order: of figures
    least, most = figure(ordered[0]), figure(ordered[-1])
    word = "доли" if given[0].formula.in_percent else "числа"
    if len(given) == 1:
        return f"число есть только одно — {least}"
    return f"{word} — от {least} до {most}" if least != most else f"{word} равны — {least}"


def side_without_figures(side: Side) -> str:
    """Why nothing stands there."""
    return {
        "territory": "В этом периоде показатель здесь не спрашивают или период не открывали.",
        "organisation": "В этом периоде показатель у этой организации не спрашивают.",
        "cohort": "По этой категории показатель не спрашивают.",
    }.get(side.kind, "В этом периоде показатель не спрашивали.")
