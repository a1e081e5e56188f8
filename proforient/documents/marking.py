"""The process that writes a workbook with marks: a pickled ``Job`` in, the bytes of an XLSX out.

The school's own workbook is marked where it stands, so that its lists, fills, formulas and widths stay. Marks are
conditional formats: they lie over the school's own look and go away again, by ``_unmark``, when the file is read anew.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import resource
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties

from proforient.documents.heights import height
from proforient.documents.losses import losses_of
from proforient.documents.marks import Job, List, Mark
from proforient.intake.model import CellValue, Sheet, SheetRow
from proforient.palette import LIGHT
from proforient.wording import in_xml

MEMORY = 2 << 30  # bytes of the child's address space
AUTHOR = "Профориент"
OURS = f'LEN("{AUTHOR}")>0'  # formula that is always true; our own formats are known again by it
RULE = "\n\n— Профориент —\n"  # text between a comment of the school and ours
_LONGEST = 30_000  # characters of a cell
_COLOURED = 20_000  # cells that are coloured


def work(job: Job) -> bytes:
    """The marked workbook."""
    book = openpyxl.load_workbook(io.BytesIO(job.data), rich_text=True) if job.data else _built(job.sheets)
    _unmark(book, job.lists)
    for sheet in job.sheets:
        page = _page_of(book, sheet.name)
        if page is not None:
            _mark(page, job.marks.get(sheet.name, ()))
    first = len(book.sheetnames)
    for one in job.lists:
        _list(book, one)
    made = _saved(book)
    losses = losses_of(job.data, made) if job.data else []
    if losses:
        _say(book.worksheets[first], len(job.lists[0].rows) + 2, job.lists[0], losses)
        made = _saved(book)
    return made


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.calculation.fullCalcOnLoad = True  # results of formulas are not written: they are worked out on opening
    book.save(out)
    return out.getvalue()


def _page_of(book: Any, name: str) -> Any:
    title = name or "Таблица"
    return next((page for page in book.worksheets if page.title in (title, title[:31])), None)


# Building


def _built(sheets: Sequence[Sheet]) -> Any:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(_title(sheet.name or "Таблица", book.sheetnames))
        for row in sheet.rows:
            for at, cell in enumerate(row.cells, start=1):
                if cell is not None:
                    _put(page.cell(row.number, at), cell, percent=sheet.shown.get((row.number, at), "").endswith("%"))
            if row.hidden:
                page.row_dimensions[row.number].hidden = True
        _shape(book, page, sheet)
    if not any(page.sheet_state == "visible" for page in book.worksheets):
        for page in book.worksheets:
            page.sheet_state = "visible"
    return book


def _title(name: str, taken: Iterable[str]) -> str:
    """A sheet's name as Excel takes it, used by no other sheet."""
    used = {title.lower() for title in taken}
    clean = in_xml("".join("_" if sign in "[]:*?/\\" else sign for sign in name))
    clean = clean[:28].strip("'") or "Лист"
    found, again = clean, 1
    while found.lower() in used:
        again += 1
        found = f"{clean} {again}"
    return found


def _put(place: Any, cell: CellValue, *, percent: bool = False) -> None:
    """The value; a text stays a text, whatever it begins with."""
    if isinstance(cell, str):
        place.value = in_xml(cell[:_LONGEST])
        place.data_type = "s"
        return
    place.value = cell
    if isinstance(cell, dt.date):
        place.number_format = "DD.MM.YYYY"
    elif percent and isinstance(cell, (int, float)) and abs(cell) <= 1:
        place.number_format = "0%"


def _shape(book: Any, page: Any, sheet: Sheet) -> None:
    """Hidden parts, merged cells and the named cells of our own form, without which it is not read as a form again."""
    widths: dict[int, int] = {}
    for row in sheet.rows:
        for at, cell in enumerate(row.cells, start=1):
            widths[at] = (
                max(widths.get(at, 10), min(len(str(cell)) + 2, 44)) if cell is not None else widths.get(at, 10)
            )
    for at, width in widths.items():
        page.column_dimensions[get_column_letter(at)].width = width
    for at in sheet.hidden_columns:
        page.column_dimensions[get_column_letter(at)].hidden = True
    if sheet.hidden:
        page.sheet_state = "hidden"
    for top, left, bottom, right in sheet.merged:
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for name, text in sheet.names.items():
        where = _found(sheet.rows[:3], text) if name.startswith("pf_") else None
        if where is not None:
            line, at = where
            place = f"'{page.title}'!${get_column_letter(at)}${line}"
            book.defined_names[name] = DefinedName(name, attr_text=place)


def _found(rows: Iterable[SheetRow], text: str) -> tuple[int, int] | None:
    return next(((r.number, at) for r in rows for at, cell in enumerate(r.cells, 1) if cell == text), None)


# Marking


def _unmark(book: Any, lists: Sequence[List]) -> None:
    """Takes away what an earlier return of the same workbook has left in it."""
    heads = {one.title: one.head for one in lists}
    for page in list(book.worksheets):
        head = next((value for title, value in heads.items() if page.title.startswith(title)), None)
        if head is not None and tuple(cell.value for cell in page[1]) == head and len(book.worksheets) > 1:
            book.remove(page)
            continue
        _keep_own_formats(page)
        for row in page.iter_rows():
            for cell in row:
                if getattr(cell, "comment", None) is not None:
                    _keep_own_comment(cell)


def _keep_own_formats(page: Any) -> None:
    own_formats = ConditionalFormattingList()
    for area in page.conditional_formatting:
        for rule in area.rules:
            if OURS not in rule.formula:
                rule.priority += 2  # ours come first
                own_formats.add(str(area.sqref), rule)
    page.conditional_formatting = own_formats


def _keep_own_comment(cell: Any) -> None:
    theirs, ours, _ = cell.comment.text.partition(RULE.strip())
    if ours:
        cell.comment = Comment(theirs.rstrip(), cell.comment.author)
    elif cell.comment.author == AUTHOR:
        cell.comment = None


def _mark(page: Any, marks: Sequence[Mark]) -> None:
    first = _first_seen(page)
    places: dict[str, list[str]] = {"error": [], "warning": []}
    for mark in marks[:_COLOURED]:
        cell = _cell(page, mark.row, mark.column or first)
        places[mark.severity].append(cell.coordinate)
        if page.protection.sheet:
            cell.protection = Protection(locked=False)  # it is to be mended
        if mark.text:
            _comment(cell, mark.text)
    for at, (severity, cells) in enumerate(places.items(), start=1):
        if cells:
            rule = Rule(type="expression", formula=[OURS], dxf=_LOOKS[severity], priority=at)
            page.conditional_formatting.add(" ".join(cells), rule)


def _first_seen(page: Any) -> int:
    """The first column that is not hidden: there a whole row is marked."""
    hidden = {at for d in page.column_dimensions.values() if d.hidden for at in range(d.min or 1, (d.max or 1) + 1)}
    return next(at for at in range(1, len(hidden) + 2) if at not in hidden)


def _cell(page: Any, row: int, column: int) -> Any:
    """The cell, or of merged ones the first."""
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        return page.cell(area.min_row, area.min_col)
    return cell


def _comment(cell: Any, text: str) -> None:
    theirs = cell.comment.text + RULE if cell.comment else ""
    author = cell.comment.author if cell.comment else AUTHOR
    made = Comment(in_xml(theirs + text)[:_LONGEST], author)
    made.width, made.height = 360, 150
    cell.comment = made


def _colour(sign: str) -> str:
    return "FF" + sign.removeprefix("#").upper()


def _look(fill: str, line: str) -> DifferentialStyle:
    side = Side(style="thin", color=_colour(line))
    return DifferentialStyle(
        fill=PatternFill(bgColor=_colour(fill), fill_type="solid"),
        border=Border(left=side, right=side, top=side, bottom=side),
    )


_LOOKS = {"error": _look(LIGHT.not_met_wash, LIGHT.not_met), "warning": _look(LIGHT.wash, LIGHT.secondary)}


# Lists


def _list(book: Any, one: List) -> None:
    page = book.create_sheet(_title(one.title, book.sheetnames))
    for at, width in enumerate(one.widths, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
    for at, word in enumerate(one.head, start=1):
        cell = page.cell(1, at, word)
        cell.font, cell.alignment = Font(name="Calibri", sz=11, bold=True), Alignment(wrap_text=True, vertical="top")
    page.row_dimensions[1].height = height(zip(one.head, one.widths, strict=True))
    for line, cells in enumerate(one.rows, start=2):
        _line(page, line, cells, one.widths)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0


def _line(page: Any, line: int, cells: Sequence[object], widths: Sequence[int]) -> None:
    page.row_dimensions[line].height = height((str(c), w) for c, w in zip(cells, widths, strict=True))
    for at, value in enumerate(cells, start=1):
        if value not in ("", None):
            place = page.cell(line, at)
            _put(place, value if isinstance(value, int) else str(value))
            place.font = Font(name="Calibri", sz=11)
            place.alignment = Alignment(wrap_text=True, vertical="top")


def _say(page: Any, line: int, one: List, losses: Sequence[str]) -> None:
    what = f"В этой копии не сохранилось: {', '.join(losses)}. В вашем файле всё цело"
    _line(
        page,
        line,
        ("", "", "", "замечание", "", what, "Если это нужно, исправьте названные места в своём файле"),
        one.widths,
    )


def main() -> int:
    """Reads the job from standard input, writes the workbook to standard output; 1 where it cannot be made."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    job = pickle.load(sys.stdin.buffer)  # noqa: S301  # our own parent made it; the file lies in it as bytes
    try:
        made = work(job)
    except Exception:  # noqa: BLE001  # its words may quote cells of the file, which are not for the log
        return 1
    sys.stdout.buffer.write(made)
    return 0
