"""What stands in rows and columns, and what a cell says in the measure that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from proforient.charts.sentences.verdicts import figure
from proforient.monitoring import Verdict
from proforient.wording import join, noun, number, typo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proforient.analysis.coverage import Coverage
    from proforient.analysis.pivot import Axis, Pivot

Quantity = Literal["share", "numerator", "denominator", "needed", "completeness"]
QUANTITIES: Mapping[Quantity, str] = {
    "share": "Доля или число",
    "numerator": "Сколько",
    "denominator": "Из скольких",
    "needed": "Не хватает",
    "completeness": "Сдали",
}
AXIS_WORDS: Mapping[Axis, tuple[str, str]] = {
    "level": ("Уровни", "по уровням"),
    "period": ("Периоды", "по периодам"),
    "cohort": ("Категории", "по категориям"),
    "organisation": ("Организации", "по организациям"),
    "kind": ("Виды организаций", "по видам организаций"),
    "territory": ("Территории", "по территориям"),
    "indicator": ("Показатели", "по показателям"),
}
NOTHING, INAPPLICABLE, NOT_ASKED = "нет данных", "не применимо", "—"


def pivot_finding(pivot: Pivot, quantity: Quantity, name: str) -> str:
    """«Охват мероприятиями: доля или число по уровням и периодам»; ``name``: of the indicator, where it is one."""
    axes = [AXIS_WORDS[axis][1].removeprefix("по ") for axis in pivot.question.axes]
    what = QUANTITIES[quantity]
    by = f"по {join(axes)}"
    return typo(f"{name}: {what[0].lower()}{what[1:]} {by}" if name else f"{what} {by}")


def pivot_note(pivot: Pivot) -> str:
    """How the sums are made, and that levels have none."""
    sums = "Итог — сумма чисел, делённая на сумму чисел, а не среднее долей." if _has_sums(pivot) else ""
    levels = "Уровни не складываются: у каждого свой план." if "level" in pivot.question.axes else ""
    return typo(" ".join(filter(None, (sums, levels))))


def _has_sums(pivot: Pivot) -> bool:
    return len(pivot.every_row) > len(pivot.rows) or len(pivot.every_column) > len(pivot.columns)


def quantity_words(coverage: Coverage | None, quantity: Quantity) -> str:
    """A cell: nothing given, «не применимо», not asked and nought are four different things."""
    if coverage is None:
        return NOT_ASKED
    if quantity == "completeness":
        return typo(f"{number(coverage.submitted)} из {number(coverage.expected)}")
    if coverage.verdict is Verdict.NOT_ASKED:
        return INAPPLICABLE
    if coverage.verdict is Verdict.NO_DATA:
        return NOTHING
    if quantity == "share":
        return typo("0 из 0") if coverage.verdict is Verdict.NOBODY else figure(coverage)
    found = amount_of(coverage, quantity)
    return "—" if found is None else number(found)


def amount_of(coverage: Coverage, quantity: Quantity) -> int | None:
    """The whole number of a measure that is one; None where the figure has none."""
    if quantity == "needed":
        return coverage.needed
    if quantity == "completeness":
        return coverage.submitted
    if coverage.formula.plain:
        return coverage.value if quantity == "numerator" else None
    return coverage.numerator if quantity == "numerator" else coverage.denominator


def pivot_unit(pivot: Pivot, quantity: Quantity) -> str:
    """What the numbers count, where all cells count the same."""
    units = {noun(c.unit).gen_pl for c in pivot.cells.values()}
    if quantity == "completeness":
        return "Сколько организаций сдали из тех, кого ждут. «—» — не спрашивают."
    counted = f"Число {units.pop()}. " if len(units) == 1 else ""
    plan = (
        "«—» — не спрашивают, плана нет или у слагаемых он разный." if quantity == "needed" else "«—» — не спрашивают."
    )
    return typo(f"{counted}{plan}")
