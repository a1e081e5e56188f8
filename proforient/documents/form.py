"""The list of counts for one organisation: a workbook to fill, or the same as CSV, both read back without a question.

In: catalogue, organisation, period, answers typed on the page. Out: bytes. What nobody asks for has no cell to fill.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from proforient.catalogue.entries import Catalogue, Count
from proforient.charts import sentences
from proforient.documents import file_names
from proforient.documents.file_names import clean
from proforient.documents.form_beside import NOTHING_BESIDE, FormBeside, control, explain
from proforient.documents.heights import height
from proforient.documents.tables import csv_bytes
from proforient.intake.checks.missing_counts import asked_of
from proforient.intake.findings import clip
from proforient.intake.form_codes import (
    BESIDE,
    CORNER,
    END,
    FORM,
    NAME_FORM,
    NAME_ORGANISATION,
    NAME_PERIOD,
    PART,
    TITLE_TAIL,
    column_code,
)
from proforient.intake.sums import needed_of, sums_among
from proforient.monitoring import Cell, Organisation, Period
from proforient.palette import LIGHT
from proforient.wording import as_text, period_name

CSV_HEAD = ("Организация", "Период", "Показатель", "Уровень", "Категория", "Значение")
SHEET = "Бланк"
YES_NO = ["да", "нет", "н/д", "х"]
SUM_TIP = "Считается из ваших чисел сама: вписывать не нужно."
# Rows and columns from 0: the first row holds the three named cells, the fifth the codes of the columns; both hidden,
# as are the last row and the last column, which hold the codes again.
NAMED, TITLE, HELP, HEAD, CODES, FIRST = 0, 1, 2, 3, 4, 5
CODE_COLUMN, NAME_COLUMN, FIGURES = 0, 1, 2
NAME_WIDTH, FIGURE_WIDTH = 60, 15  # signs
LONGEST_TIP = 255  # signs that a spreadsheet shows beside a cell
Answers = Mapping[Cell, int | str]  # a number, or words as they were typed
NO_ANSWERS: Answers = {}


def counts_csv(catalogue: Catalogue, organisation: Organisation, period: Period) -> bytes:
    """A row a cell, the value to be filled in; read back without a question also after Excel has saved it."""
    # The code of a half-year would come back as a month.
    when = period.code if as_text(period.code) == period.code else period_name(period.code)
    rows = (
        (
            organisation.name,
            when,
            catalogue.count_name(cell.count, cell.level),
            catalogue.levels[cell.level].short,
            catalogue.cohorts[cell.cohort].name,
            None,
        )
        for cell in asked_of(catalogue, organisation, period)
    )
    return csv_bytes(CSV_HEAD, rows)


def file_name(organisation: Organisation, period: Period, ending: str) -> str:
    """«Бланк, Школа Речная, Речной округ, 2023.xlsx»."""
    whose = organisation.name if clean(organisation.name) else organisation.code
    return file_names.file_name(
        "Бланк", whose=whose, territory=organisation.territory, period=period.code, ending=ending
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What stands where: the counts in rows, levels with categories in columns."""

    columns: tuple[tuple[str, str], ...]  # level, cohort
    counts: tuple[Count, ...]
    asked: frozenset[Cell]
    sums: Mapping[Cell, tuple[Cell, ...]]  # those of them that the workbook computes itself
    kind: str  # of the organisation


def form(
    catalogue: Catalogue,
    organisation: Organisation,
    period: Period,
    answers: Answers = NO_ANSWERS,
    beside: FormBeside = NOTHING_BESIDE,
) -> bytes:
    """The workbook; its hidden codes, not its words, are read when it comes back. ``answers`` stand in their cells."""
    plan = _plan(catalogue, organisation, period)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": SHEET, "author": "Профориент"})
    looks = _looks(book)
    sheet = book.add_worksheet(SHEET)
    _names(book, sheet, organisation, period)
    sheet.write_string(TITLE, NAME_COLUMN, f"{organisation.name}{TITLE_TAIL}{period_name(period.code)}", looks["title"])
    sheet.write_string(
        HELP,
        NAME_COLUMN,
        "Заполните белые клетки целыми числами. Чисел нет — «н/д», не относится к вам — «х»; "
        "пустая клетка ничего не меняет. Серые клетки не спрашивают.",
        looks["help"],
    )
    _head(catalogue, sheet, plan, looks)
    lines = _lines(plan, beside)
    columns = list(enumerate(plan.columns, start=FIGURES))
    every = {Cell(count.code, *pair): (line, column) for line, count in lines for column, pair in columns}
    at = {cell: place for cell, place in every.items() if cell in plan.asked}
    for line, count in lines:
        _row(catalogue, sheet, plan, line, count, looks, answers, at)
        _notes_row(sheet, plan, line + 1, count, looks, beside)
    control(sheet, catalogue, organisation.levels, at, looks["wrong"])
    _end(sheet, plan, lines, beside)
    _page(sheet, plan)
    if beside is not NOTHING_BESIDE:
        explain(book, organisation, period, beside, looks, sums=bool(plan.sums))
    book.close()
    return out.getvalue()


def places(catalogue: Catalogue, organisation: Organisation, period: Period) -> dict[Cell, tuple[int, int]]:
    """Row and column, from 1, in which the workbook has each cell that is asked."""
    plan = _plan(catalogue, organisation, period)
    columns = list(enumerate(plan.columns, start=FIGURES + 1))
    rows = list(enumerate(plan.counts, start=FIRST + 1))
    every = {Cell(count.code, *pair): (row, column) for row, count in rows for column, pair in columns}
    return {cell: place for cell, place in every.items() if cell in plan.asked}


def _lines(plan: _Plan, beside: FormBeside) -> list[tuple[int, Count]]:
    """On which row, from 0, each count stands: under one of which something is told there is a grey row."""
    found, line = [], FIRST
    for count in plan.counts:
        found.append((line, count))
        line += 1 + _has_notes(plan, count, beside)
    return found


def _has_notes(plan: _Plan, count: Count, beside: FormBeside) -> bool:
    return any(
        Cell(count.code, *pair) in plan.asked and Cell(count.code, *pair) in beside.notes for pair in plan.columns
    )


def _notes_row(sheet: Any, plan: _Plan, line: int, count: Count, looks: dict[str, Any], beside: FormBeside) -> None:
    """The grey row under a count: its numbers of the period before, and what is known from elsewhere."""
    if not _has_notes(plan, count, beside):
        return
    sheet.write_string(line, CODE_COLUMN, BESIDE)
    sheet.write_string(line, FIGURES + len(plan.columns), BESIDE)
    for column, pair in enumerate(plan.columns, start=FIGURES):
        cell = Cell(count.code, *pair)
        sheet.write_string(line, column, beside.notes.get(cell, "") if cell in plan.asked else "", looks["beside"])


def _plan(catalogue: Catalogue, organisation: Organisation, period: Period) -> _Plan:
    asked = frozenset(needed_of(catalogue, organisation, period))
    counts = {cell.count for cell in asked}
    pairs = {(cell.level, cell.cohort) for cell in asked}
    return _Plan(
        columns=tuple((v, c) for v in catalogue.levels for c in catalogue.cohorts if (v, c) in pairs),
        counts=tuple(count for count in catalogue.counts.values() if count.code in counts),
        asked=asked,
        sums=sums_among(catalogue, organisation.levels, asked),
        kind=organisation.kind,
    )


def _looks(book: Any) -> dict[str, Any]:
    line = {"border": 1, "border_color": LIGHT.hairline, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "help": book.add_format({"font_color": LIGHT.secondary}),
        "head": book.add_format({**line, "bold": True, "text_wrap": True, "align": "center", "bg_color": LIGHT.wash}),
        "name": book.add_format({**line, "text_wrap": True}),
        "open": book.add_format({**line, "locked": False, "align": "right", "num_format": "0"}),
        "sum": book.add_format({**line, "align": "right", "num_format": "0", "bold": True, "bg_color": LIGHT.wash}),
        "beside": book.add_format({"font_color": LIGHT.secondary, "align": "right", "italic": True, "font_size": 9}),
        "wrong": book.add_format({"bg_color": LIGHT.not_met, "font_color": LIGHT.paper}),
        "told": book.add_format({"text_wrap": True, "valign": "top"}),
        "closed": book.add_format({**line, "bg_color": LIGHT.hairline}),
    }


def _names(book: Any, sheet: Any, organisation: Organisation, period: Period) -> None:
    values = ((NAME_FORM, FORM), (NAME_PERIOD, period.code), (NAME_ORGANISATION, organisation.code))
    for column, (name, value) in enumerate(values):
        sheet.write_string(NAMED, column, value)
        where = xl_rowcol_to_cell(NAMED, column, row_abs=True, col_abs=True)
        book.define_name(name, f"='{SHEET}'!{where}")


def _head(catalogue: Catalogue, sheet: Any, plan: _Plan, looks: dict[str, Any]) -> None:
    sheet.write_string(CODES, CODE_COLUMN, CORNER)
    sheet.write_string(HEAD, NAME_COLUMN, "Что спрашивают", looks["head"])
    heads = []
    for column, (level, cohort) in enumerate(plan.columns, start=FIGURES):
        part = catalogue.cohorts[cohort]
        words = catalogue.levels[level].name + ("" if part.part_of is None else f"{PART}{part.name}")
        heads.append((words, FIGURE_WIDTH))
        sheet.write_string(HEAD, column, words, looks["head"])
        sheet.write_string(CODES, column, column_code(level, cohort))
    sheet.set_row(HEAD, height(heads))


def _row(
    catalogue: Catalogue,
    sheet: Any,
    plan: _Plan,
    line: int,
    count: Count,
    looks: dict[str, Any],
    answers: Answers,
    at: Mapping[Cell, tuple[int, int]],
) -> None:
    own = [level for level, _ in plan.columns if any(c.count == count.code and c.level == level for c in plan.asked)]
    only = own[0] if len(set(own)) == 1 else None
    sheet.write_string(line, CODE_COLUMN, count.code)
    name = catalogue.count_name(count.code, only)
    sheet.write_string(line, NAME_COLUMN, name, looks["name"])
    sheet.set_row(line, height([(name, NAME_WIDTH)]))
    for column, (level, cohort) in enumerate(plan.columns, start=FIGURES):
        cell = Cell(count.code, level, cohort)
        if cell not in plan.asked:
            sheet.write_blank(line, column, None, looks["closed"])
            continue
        parts = plan.sums.get(cell, ())
        if parts and (cell not in answers or set(parts) <= set(answers)):
            _sum(sheet, (line, column), [at[part] for part in parts], answers.get(cell), looks["sum"])
            continue
        _answer(sheet, line, column, answers.get(cell), looks["open"])
        tip = sentences.count_tip(catalogue, count, level, plan.kind)
        tip_option = {"input_message": clip(tip, LONGEST_TIP)} if tip else {}
        sheet.data_validation(line, column, line, column, _rule(count, xl_rowcol_to_cell(line, column)) | tip_option)


def _sum(
    sheet: Any, place: tuple[int, int], parts: Sequence[tuple[int, int]], answer: int | str | None, look: Any
) -> None:
    """Blank until every part says something, as where the sum is taken when the form comes back."""
    names = [xl_rowcol_to_cell(*part) for part in parts]
    every = ",".join(names)
    none = "".join(f'+({name}="х")' for name in names)
    formula = f'=IF(AND(COUNT({every})>0,COUNT({every}){none}={len(names)}),SUM({every}),"")'
    sheet.write_formula(*place, formula, look, "" if answer is None else answer)
    sheet.data_validation(*place, *place, {"validate": "any", "input_message": SUM_TIP})


def _answer(sheet: Any, line: int, column: int, answer: int | str | None, look: Any) -> None:
    if isinstance(answer, int):
        sheet.write_number(line, column, answer, look)
    elif answer:
        sheet.write_string(line, column, answer, look)
    else:
        sheet.write_blank(line, column, None, look)


def _end(sheet: Any, plan: _Plan, lines: Sequence[tuple[int, Count]], beside: FormBeside) -> None:
    """The codes once more, behind the figures and under them: by these a cell that was moved is seen."""
    right, below = FIGURES + len(plan.columns), FIRST
    for line, count in lines:
        sheet.write_string(line, right, count.code)
        below = line + 1 + _has_notes(plan, count, beside)
    sheet.write_string(CODES, right, END)
    sheet.write_string(below, CODE_COLUMN, END)
    for column, (level, cohort) in enumerate(plan.columns, start=FIGURES):
        sheet.write_string(below, column, column_code(level, cohort))
    sheet.set_row(below, None, None, {"hidden": True})


def _rule(count: Count, cell: str) -> dict[str, Any]:
    if count.value == "yes_no":
        return {"validate": "list", "source": YES_NO, "error_title": "Нужен ответ", "error_message": "да или нет"}
    # Not in one OR: of words INT is an error, and by an error Excel refuses what was typed.
    whole = f'=IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),OR({cell}="н/д",{cell}="х"))'
    return {
        "validate": "custom",
        "value": whole,
        "error_title": "Нужно целое число",
        "error_message": "Например 40; если чисел нет — н/д, если не относится к вам — х",
    }


def _page(sheet: Any, plan: _Plan) -> None:
    sheet.set_row(NAMED, None, None, {"hidden": True})
    sheet.set_row(CODES, None, None, {"hidden": True})
    sheet.set_column(CODE_COLUMN, CODE_COLUMN, None, None, {"hidden": True})
    sheet.set_column(NAME_COLUMN, NAME_COLUMN, NAME_WIDTH)
    sheet.set_column(FIGURES, FIGURES + max(len(plan.columns) - 1, 0), FIGURE_WIDTH)
    sheet.set_column(FIGURES + len(plan.columns), FIGURES + len(plan.columns), None, None, {"hidden": True})
    sheet.freeze_panes(FIRST, FIGURES)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)


__all__: Sequence[str] = ["counts_csv", "file_name", "form", "places"]
