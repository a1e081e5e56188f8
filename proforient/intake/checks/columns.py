"""Columns that are missing, given twice, not understood, or left out."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.fields import NAMES
from proforient.intake.findings import clip, finding
from proforient.intake.form_codes import NAME_ORGANISATION
from proforient.intake.form_stops import cell_text
from proforient.intake.headings import Column
from proforient.intake.layout import Table, unheaded
from proforient.intake.model import Finding, Place
from proforient.intake.numbers import is_numeric

RAISES = ("missing-column", "duplicate-column", "column-unknown", "column-ignored")


def check(case: Case) -> Iterator[Finding]:
    if case.table is None:
        return
    if case.table.layout == "form":
        if case.organisation is None and not cell_text(case.table.sheet, NAME_ORGANISATION):
            sheet, row = case.table.sheet.name, case.table.heading_row
            yield finding("missing-column", sheet=sheet, row=row, words={"name": NAMES["organisation"]})
        return
    table = case.table
    sheet, row = table.sheet.name, table.header[-1]
    for name in missing(case, table):
        yield finding("missing-column", sheet=sheet, row=row, words={"name": name})
    some = clip(case.catalogue.count_name(next(iter(case.catalogue.counts))), 60)
    sample = {"sample": NAMES["denominator"] if table.layout == "long" else some}
    for column in table.columns:
        where = case.column_name(column.index)
        if column.role == "unknown":
            yield finding("column-unknown", sheet=sheet, row=row, column=where, value=column.heading, words=sample)
        elif column.role == "ignored":
            words = {"reason": column.reason}
            yield finding("column-ignored", sheet=sheet, row=row, column=where, value=column.heading, words=words)
    for index in unheaded(table):
        if any(is_numeric(table.cell(below, index)) for below in table.figured()):
            where = case.column_name(index)
            shown = f"без названия ({where})"
            yield finding("column-unknown", sheet=sheet, row=row, column=where, value=shown, words=sample)
    yield from _duplicates(case, table)


def missing(case: Case, table: Table) -> list[str]:
    """Headings of the columns that the table lacks, as a person would write them."""
    roles = {column.role for column in table.columns}
    names = []
    if not roles & {"organisation", "inn"} and case.organisation is None:
        names.append(NAMES["organisation"])
    if table.layout == "long":
        if not roles & {"indicator", "code"}:
            names.append(NAMES["indicator"])
        if roles & {"numerator", "denominator"}:
            names += [NAMES[role] for role in ("numerator", "denominator") if role not in roles]
        elif "value" not in roles:
            names.append(NAMES["value"])
    if any(t.code == "missing-column" for record in case.records for t in record.troubles):
        names.append(NAMES["level"])
    return [*names, *_other_halves(table)]


def _other_halves(table: Table) -> list[str]:
    parts = [column for column in table.columns if column.role == "part"]
    there = {_half(column) for column in parts}
    lacking: dict[str, None] = {}
    for column in parts:
        side = "denominator" if column.side == "numerator" else "numerator"
        if (column.figures, column.level, column.cohort, side) not in there:
            lacking[f"{column.code}, {NAMES[side].lower()}"] = None
    return list(lacking)


def _half(column: Column) -> tuple[object, ...]:
    return column.figures, column.level, column.cohort, column.side


def _duplicates(case: Case, table: Table) -> Iterator[Finding]:
    """Columns of one meaning, visible or hidden."""
    meanings: dict[tuple[object, ...], list[Column]] = {}
    for column in table.columns:
        if column.role not in ("unknown", "ignored"):
            key = _half(column) if column.is_figure else ()
            meanings.setdefault((column.role, *key), []).append(column)
    for columns in meanings.values():
        if len(columns) > 1:
            places = ", ".join(f"{_letter(case, c)} «{c.heading}»" for c in columns)
            words = {"name": NAMES.get(columns[0].role, columns[0].heading), "places": places}
            place = Place(table.sheet.name, table.header[-1], case.column_name(columns[1].index))
            yield finding("duplicate-column", **place._asdict(), words=words)


def _letter(case: Case, column: Column) -> str:
    return f"{column.index}-й столбец" if case.is_csv else case.column_name(column.index)
