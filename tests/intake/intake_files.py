"""What the tests of intake are made of: a catalogue, organisations, a period, and files of every kind."""

import datetime as dt
import io
from functools import cache
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from proforient.catalogue.read import read_catalogue
from proforient.intake.model import Answers, Known
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Organisation, Period

FILES = Path(__file__).parents[1] / "data" / "files"
HEADER = ("Организация", "Период", "Показатель", "Уровень", "Категория", "Числитель", "Знаменатель")
SINGLE = ("Организация", "Показатель", "Уровень", "Категория", "Значение")
GOOD = ("МБОУ СОШ № 5", "2024", "coverage", "Основное", "все", 45, 240)


@cache
def catalogue():
    return read_catalogue(FILES / "catalogue.toml")


LEVELS = ("primary", "basic", "secondary", "grades-6-11", "whole")
SCHOOLS = {
    "s5": Organisation(
        code="s5",
        inn="0105012345",
        name="МБОУ СОШ № 5",
        full_name="Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 5»",
        kind="school",
        levels=LEVELS,
        territory="Край / Район",
    ),
    "g2": Organisation(
        code="g2",
        inn="0105099999",
        name="МБОУ Гимназия № 2",
        kind="school",
        levels=("basic", "secondary", "whole"),
        territory="Край / Район",
    ),
    "007": Organisation(
        code="007", name="Берёзовская ООШ", kind="school", levels=("primary",), territory="Край / Район"
    ),
}
PERIOD = Period(
    code="2024",
    kind="year",
    starts=dt.date(2024, 1, 1),
    ends=dt.date(2024, 12, 31),
    closes=dt.date(2025, 2, 1),
    state="open",
    territory=None,
    catalogue="small",
    version="1",
)


def known(**more):
    return Known(**{"period": PERIOD, "organisations": SCHOOLS, **more})


def text(*rows, header=HEADER, separator=";", end="\n"):
    """A CSV as a text; cells are quoted only where they must be."""
    lines = []
    for row in (header, *rows) if header else rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        quote = separator, '"', "\n", "\r"
        lines.append(
            separator.join('"' + c.replace('"', '""') + '"' if any(q in c for q in quote) else c for c in cells)
        )
    return end.join(lines) + end


def good(**fields):
    """The good row with some cells changed: ``good(numerator=5)``."""
    names = ("organisation", "period", "indicator", "level", "cohort", "numerator", "denominator")
    return tuple(fields.get(name, cell) for name, cell in zip(names, GOOD, strict=True))


def check(content, name=None, *, answers=None, organisation=None, catalogue_=None, **more):
    """The screening of a CSV's text or of any bytes."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    name = name or ("файл.csv" if isinstance(content, str) else "файл.xlsx")
    return screen(
        read_bytes(name, data),
        catalogue_ or catalogue(),
        known(**more),
        organisation=organisation,
        answers=answers or Answers(),
    )


def codes(screening, severity="error"):
    return [finding.code for finding in screening.findings if finding.severity == severity]


def found(screening, code):
    """The findings of one code."""
    return [finding for finding in screening.findings if finding.code == code]


def numbers(screening):
    """The values as {(organisation, count, level, cohort): number or reason}."""
    return {(v.organisation, v.cell.count, v.cell.level, v.cell.cohort): v.reason or v.number for v in screening.values}


def xlsx(fill, **options):
    """The bytes of a workbook that ``fill(book)`` wrote with xlsxwriter."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    fill(book)
    book.close()
    return buffer.getvalue()


def xlsx_of(*rows, header=HEADER, name="Отчёт"):
    """A workbook with one plain table."""

    def fill(book):
        sheet = book.add_worksheet(name)
        for at, row in enumerate((header, *rows) if header else rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)

    return xlsx(fill)


def openpyxl_of(*rows, header=HEADER, change=None):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (header, *rows):
        sheet.append(row)
    if change:
        change(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls_of(*rows, header=HEADER, change=None, styles=None):
    """An old workbook; ``styles`` maps (row, column) from 0 to a style."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Отчёт")
    for at, row in enumerate((header, *rows)):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(at, column, cell, (styles or {}).get((at, column), xlwt.Style.default_style))
    if change:
        change(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods_cell(cell, **more):
    """A cell of an ODS; ``more`` are its further attributes."""
    if cell is None:
        return TableCell(**more)
    if isinstance(cell, (int, float)):
        made = TableCell(**{"valuetype": "float", "value": cell, **more})
    else:
        made = TableCell(**{"valuetype": "string", **more})
    made.addElement(P(text=str(cell)))
    return made


def ods_of(*rows, header=HEADER, change=None):
    document = OpenDocumentSpreadsheet()
    table = Table(name="Отчёт")
    document.spreadsheet.addElement(table)
    for row in (header, *rows):
        line = TableRow()
        for cell in row:
            line.addElement(cell if isinstance(cell, type(TableCell())) else ods_cell(cell))
        table.addElement(line)
    if change:
        change(document, table)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
