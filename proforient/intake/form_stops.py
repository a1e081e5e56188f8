"""Whose form a returned workbook is: what its hidden cells say against what was chosen, before any figure is read.

One thing wrong here is said once, for the whole form: its figures are then not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from proforient.catalogue.entries import Catalogue
from proforient.intake import form_codes
from proforient.intake.layout import Table
from proforient.intake.model import Known, Sheet
from proforient.intake.numbers import is_numeric, text_of
from proforient.intake.periods import read_period
from proforient.wording import period_name

_NAMES = (
    form_codes.NAME_FORM,
    form_codes.NAME_PERIOD,
    form_codes.NAME_ORGANISATION,
)  # the three cells, as they stand in the first row


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why the form is not read: the code of the finding, its place on the sheet, words and value for its text."""

    code: str
    words: Mapping[str, object] = field(default_factory=dict)
    value: str | None = None


def cell_text(sheet: Sheet, name: str) -> str:
    """What one of the form's three cells says; a form saved as CSV has lost their names, not the cells."""
    if any(sheet.names.get(key) for key in _NAMES):
        return sheet.names.get(name, "")
    first = [text_of(cell) for cell in sheet.rows[0].cells] if sheet.rows else []
    if len(first) < len(_NAMES) or not first[0].isdigit() or read_period(first[1]) is None:
        return ""
    return first[_NAMES.index(name)]


def is_wiped(sheet: Sheet) -> bool:
    """Whether the sheet was a form once and its corner of codes is gone."""
    return any(name in sheet.names for name in _NAMES) and not any(
        cell == form_codes.CORNER for row in sheet.rows for cell in row.cells
    )


def stops(table: Table, catalogue: Catalogue, known: Known, organisation: str | None) -> Iterator[Stop]:
    """What speaks against the form as a whole; ``organisation`` is whom the file is sent for."""
    sheet = table.sheet
    sample = cell_text(sheet, form_codes.NAME_FORM)
    if sample and sample != form_codes.FORM:
        yield Stop(code="form-other", words={"found": sample, "expected": form_codes.FORM})
        return
    whose = cell_text(sheet, form_codes.NAME_ORGANISATION)
    if whose and organisation is not None and whose != organisation:
        other = known.organisations.get(whose)
        own = known.organisations.get(organisation)
        words = {"expected": own.name if own else organisation}
        yield Stop(code="form-of-other", value=other.name if other else _shown(sheet) or whose, words=words)
    period = cell_text(sheet, form_codes.NAME_PERIOD)
    if period and known.period is not None and read_period(period) != known.period.code:
        code = read_period(period)
        words = {"expected": period_name(known.period.code)}
        yield Stop(code="form-of-other-period", value=period_name(code) if code else period, words=words)
    strange = list(_strange_codes(table, catalogue))
    if strange:
        more = f" и ещё {len(strange) - 1}" if len(strange) > 1 else ""
        words = {"found": f"«{strange[0]}»{more}", "expected": "нынешний перечень показателей"}
        yield Stop(code="form-other", words=words)


def _shown(sheet: Sheet) -> str:
    """The organisation as the form's title shows it: «Школа «Лесная»: числа за 2023 год»."""
    for row in sheet.rows:
        for cell in row.cells:
            name, found, _ = text_of(cell).partition(form_codes.TITLE_TAIL)
            if found:
                return name
    return ""


def _strange_codes(table: Table, catalogue: Catalogue) -> Iterator[str]:
    """Codes beside figures that the catalogue does not have: of an older or of another catalogue's form."""
    corner = table.columns[0].index
    columns = table.columns[1:]
    filled: set[int] = set()
    for row in table.below():
        given = {column.index for column in columns if is_numeric(table.cell(row, column.index))}
        filled |= given
        code = text_of(table.cell(row, corner))
        if given and code and code not in catalogue.counts and code != form_codes.END:
            yield text_of(table.cell(row, corner + 1)) or code
    for column in columns:
        known = column.level in catalogue.levels and column.cohort in catalogue.cohorts
        if column.index in filled and not known:
            yield column.heading or form_codes.column_code(column.level or "", column.cohort or "")
