"""What stands in the workbook beside its cells: earlier numbers in grey, controls that turn red, a sheet that explains.

In: what is known of the organisation. Out: texts by cell, formats and a second sheet; none of it is read back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from proforient.catalogue.entries import Catalogue, Rule
from proforient.intake.model import Known
from proforient.monitoring import Cell, Organisation, Period
from proforient.wording import date_ru, number, period_in

SHEET = "Как заполнить"
WIDTH = 100  # signs of the sheet of explanations


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBeside:
    """``notes``: by cell what is said of it in grey; ``before``: the period of the earlier numbers.

    ``last_day``: until when this organisation hands in; None: as everybody.
    """

    notes: Mapping[Cell, str] = field(default_factory=dict)
    before: str = ""
    known: bool = False  # whether any number is known from elsewhere
    address: str = ""  # where the form is handed in
    last_day: dt.date | None = None


NOTHING_BESIDE = FormBeside()


def notes_for(known: Known, organisation: str, last_day: dt.date | None, address: str = "") -> FormBeside:
    """What of the store stands beside the cells of the organisation's form."""
    return besides(known, {organisation: last_day} if last_day else {}, address)(organisation)


def besides(known: Known, last_days: Mapping[str, dt.date], address: str = "") -> Callable[[str], FormBeside]:
    """The same of many organisations: what is known is gone through once."""
    past: dict[str, dict[Cell, str]] = {}
    counts: dict[str, dict[Cell, str]] = {}
    for (code, cell), n in known.past.items():
        past.setdefault(code, {})[cell] = f"было {number(n)}"
    for one in known.contingent:
        counts.setdefault(one.organisation, {})[one.cell] = f"известно {number(one.number)}"

    def of(code: str) -> FormBeside:
        own, there = past.get(code, {}), counts.get(code, {})
        notes = {cell: "; ".join(filter(None, (own.get(cell), there.get(cell)))) for cell in {**own, **there}}
        before = (known.period.previous or "") if known.period and own else ""
        return FormBeside(notes=notes, before=before, known=bool(there), address=address, last_day=last_days.get(code))

    return of


def explain(
    book: Any, organisation: Organisation, period: Period, around: FormBeside, looks: Mapping[str, Any], *, sums: bool
) -> None:
    """The second sheet: until when, where to, what is red and what is grey; ``sums``: whether the form has any."""
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, WIDTH)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, organisation.name, looks["title"])
    for line, text in enumerate(_lines(period, around, sums), start=1):
        sheet.write_string(line, 0, text, looks["told"])
    sheet.protect()


def _lines(period: Period, around: FormBeside, sums: bool) -> Iterator[str]:
    yield f"Сдать до {date_ru(around.last_day or period.closes)} включительно."
    if around.address:
        yield f"Где сдать: {around.address}, страница «Загрузка». Там же числа можно вписать без этого файла: «Бланк»."
    yield "Заполняйте белые клетки листа «Бланк». Чего у вас не спрашивают, закрашено серым."
    if sums:
        yield "Жирным — суммы: они считаются из ваших чисел сами, вписывать их не нужно."
    yield "Нет детей — 0. Нет сведений — «н/д». Не относится к вам — «х». Пустая клетка ничего не меняет."
    yield "Клетка краснеет, если число больше того, частью чего оно должно быть, или сумма не сходится: исправьте."
    if around.before:
        yield f"Серым под клеткой стоит ваше число {period_in(around.before)}: сравните, не опечатка ли."
    if around.known:
        yield "«Известно» — число из статистической формы управления: если ваше другое, сдайте своё."
    yield "Имён детей, дат рождения и телефонов в файле быть не должно. Строки и столбцы не переставляйте."


def control(
    sheet: Any, catalogue: Catalogue, levels: Sequence[str], at: Mapping[Cell, tuple[int, int]], look: Any
) -> None:
    """Turns a cell red where it breaks a rule that is checked when the form comes back; ``at``: places from 0."""
    for cells, wrong in _wrongs(catalogue, levels, set(at)):
        names = {cell: xl_rowcol_to_cell(*at[cell], row_abs=True, col_abs=True) for cell in cells}
        every = ",".join(names.values())
        criteria = f"=AND(COUNT({every})={len(names)},{wrong(names)})"
        for cell in cells:
            sheet.conditional_format(*at[cell], *at[cell], {"type": "formula", "criteria": criteria, "format": look})


def _wrongs(catalogue: Catalogue, levels: Sequence[str], asked: set[Cell]) -> Iterator[tuple[list[Cell], Any]]:
    """The cells of a rule, and the formula by their names that is true where it is broken."""
    for indicator in catalogue.indicators.values():
        if len(indicator.numerator) == len(indicator.denominator) == 1:
            for part in (c for c in asked if c.count == indicator.numerator[0] and c.level in indicator.levels):
                whole = Cell(indicator.denominator[0], part.level, part.cohort)
                if whole in asked:
                    yield [part, whole], lambda names, part=part, whole=whole: f"{names[part]}>{names[whole]}"
    for rule in catalogue.rules.values():
        here = rule.at(levels)
        for cohort in here.cohorts if here and here.severity == "error" else ():
            assert here is not None
            left, right = (
                [Cell(t.count, t.level, t.cohort or cohort) for t in side] for side in (here.left, here.right)
            )
            if asked >= {*left, *right}:
                yield list(dict.fromkeys([*left, *right])), _broken(here, left, right)


def _broken(rule: Rule, left: Sequence[Cell], right: Sequence[Cell]) -> Any:
    sign = ">" if rule.operator == "<=" else "<>"

    def formula(names: Mapping[Cell, str]) -> str:
        one, other = ("+".join(names[cell] for cell in side) or "0" for side in (left, right))
        return f"{one}+{rule.left_number}{sign}{other}+{rule.right_number}"

    return formula
