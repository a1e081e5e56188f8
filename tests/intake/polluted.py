"""What became of a polluted file: beside the clean one, for the tests and for ``make soak``."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial

import openpyxl
import pollution
from intake_files import PERIOD, SCHOOLS, catalogue, check, numbers, xlsx_of

from proforient.documents.form import form as blank_form
from proforient.intake.form_codes import CORNER, split_column_code
from proforient.intake.model import Screening
from proforient.intake.read import read_bytes

_SAYS = ("missing-counts",)  # a note that tells of a number that is not there


def outcome(screening: Screening, clean: Screening, dirty: str | bytes) -> str:
    """«exact», «refused», «told» of in words, «blank» (numbers are missing and nothing says so) or «silently wrong».

    A number that is another one, or that stands in the file and is not used, needs a warning at the least: a note
    («reports lack …») will do only of numbers that the file does not hold any more.
    """
    if not screening.acceptable:
        assert screening.findings or screening.unanswered, "a refusal gives its reason"
        return "refused"
    if numbers(screening) == numbers(clean):
        return "exact"
    known = {finding.message for finding in clean.findings}
    new = [f for f in screening.findings if f.message not in known]
    if any(f.severity == "warning" for f in new):
        return "told"
    if not set(numbers(screening).items()) < set(numbers(clean).items()) or _unused(dirty, screening, clean):
        return "silently wrong"
    return "told" if any(f.code in _SAYS for f in new) else "blank"


def _unused(dirty: str | bytes, screening: Screening, clean: Screening) -> Counter[int]:
    """Values of the clean file that still stand in a cell, are no value now and in no row listed as set aside."""
    reading = read_bytes("файл.csv", dirty.encode()) if isinstance(dirty, str) else read_bytes("файл.xlsx", dirty)
    aside = {row.row for row in screening.set_aside}
    texts = (
        str(cell) for sheet in reading.sheets for row in sheet.rows if row.number not in aside for cell in row.cells
    )
    held = Counter(int(text) for text in texts if text.isdigit() and len(text) > 1 and text != PERIOD.code)
    used, meant = (Counter(v.number for v in s.values if v.number is not None) for s in (screening, clean))
    return (held - used) & (meant - used)


@cache
def clean(layout: str, seed: int = 1, separator: str = ";") -> Screening:
    return check(form_text(separator) if layout == "form" else pollution.clean(seed, separator, layout))


def texts(layout: str, seed: int = 1, separator: str = ";") -> Iterator[tuple[str, str]]:
    """Every polluted text with its name."""
    if layout == "form":
        return pollution.of_lines(form_lines(), separator)
    return pollution.polluted(seed, separator, layout)


@cache
def form_lines() -> pollution.Lines:
    """The filled form as Excel saves it under «CSV»."""
    sheet = openpyxl.load_workbook(io.BytesIO(form())).worksheets[0]
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in sheet.iter_rows(values_only=True))


def form_text(separator: str = ";") -> str:
    return "\n".join(pollution.written(line, separator) for line in form_lines()) + "\n"


@cache
def in_workbook(layout: str, seed: int = 1) -> Screening:
    return filled() if layout == "form" else check(workbook(layout, seed))


@cache
def filled() -> Screening:
    return check(form())


def workbook(layout: str, seed: int = 1) -> bytes:
    return _book(pollution.in_a_workbook(layout, seed))


def workbooks(layout: str, seed: int = 1) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every polluted workbook with its name, made when it is wanted."""
    if layout == "form":
        for name, data in pollution.of_a_form(form()):
            yield name, partial(bytes, data)
        return
    for name, table in pollution.by_cells(pollution.in_a_workbook(layout, seed)):
        yield name, partial(_book, table)


def _book(table) -> bytes:
    head, *body = table
    typed = [[int(c) if c.isdigit() and c[0] != "0" else c or None for c in line] for line in body]
    return xlsx_of(*typed, header=head)


@cache
def form() -> bytes:
    """Our own form of a school, filled at every cell that is asked for."""
    book = openpyxl.load_workbook(io.BytesIO(blank_form(catalogue(), SCHOOLS["s5"], PERIOD)))
    sheet = book.worksheets[0]
    corner = next(cell for row in sheet.iter_rows() for cell in row if cell.value == CORNER)
    for row in range(corner.row + 1, sheet.max_row + 1):
        count = catalogue().counts.get(sheet.cell(row, corner.column).value)
        for column in range(corner.column + 1, sheet.max_column + 1):
            code = split_column_code(str(sheet.cell(corner.row, column).value or ""))
            cell = sheet.cell(row, column)
            if count is None or code is None or cell.value is not None:
                continue
            if code[0] in count.levels and code[1] in count.cohorts and code[0] in SCHOOLS["s5"].levels:
                every = {"pupils": 300, "covered": 150}.get(count.code, 40)
                cell.value = "да" if count.value == "yes_no" else every // (1 if code[1] == "all" else 10) + column
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
