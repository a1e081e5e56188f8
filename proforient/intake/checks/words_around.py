"""Words around the table (title, sheet, file, sections, units, notes) that contradict what its figures mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from proforient.catalogue.entries import Severity
from proforient.catalogue.name_keys import normalise
from proforient.intake.case import Case, Record
from proforient.intake.claims import Claims, Figures, figures_of
from proforient.intake.describing import UNITS
from proforient.intake.fields import is_number_field, names_a_share
from proforient.intake.findings import finding
from proforient.intake.layout import Table, unheaded
from proforient.intake.model import IN_MARGINS, ON_THE_SHEET, Finding, Reading
from proforient.intake.numbers import is_numeric, text_of
from proforient.intake.rows import Section
from proforient.monitoring import Period
from proforient.wording import capital

RAISES = ("words-contradict", "section-unclear", "file-name-contradicts")
_PLAIN_SHEET = re.compile(r"(?:лист|sheet|таблица|table|бланк|отчет|отчёт)[ _-]?\d*", re.IGNORECASE)
_HEADLINE = re.compile(r"(?:раздел|таблица|часть|блок|глава|приложение|форма)\b.*|[ivx\d]{1,4}[.)] .*", re.IGNORECASE)
_LOOKS = re.compile(r"&(?:\"[^\"]{0,100}\"|\d{1,3}(?!\d)|[A-Z])")  # how a header of a book looks: «&C&"Arial"&12»
_BELOW = "В строке под числами"
_REMARKS = 200  # different texts of a column of remarks
_row = attrgetter("row")


def check(case: Case) -> Iterator[Finding]:
    if case.table is None or case.names is None or case.stops or not case.records:
        return
    claims = Claims(case.names, dict(case.known.organisations), _period(case))
    every = _figures(case, case.table, case.records)
    yield from _title(case, case.table, claims, every)
    yield from _headings(case, case.table, claims, every)
    yield from _sections(case, case.table, claims)
    for note in (*case.notes, *_added(case.table)):
        yield from _said(case, claims, note.text, every, _BELOW, note.row, note.column, footnote=True)
    yield from _remarks(case, case.table, claims)
    if case.reading is not None:
        yield from _boxes(case, case.reading, claims, every)
        for found in claims.against(case.reading.name.rpartition(".")[0].replace("_", " "), every):
            words = {"against": found.against}
            yield finding("file-name-contradicts", value=found.words, words=words)


def _period(case: Case) -> Period | None:
    """The period of the file; it lasts until the own last day of a late organisation whose file this is."""
    period, again = case.known.period, case.known.reopened
    days = [again[code] for code in case.touched if code in again]
    return replace(period, closes=max(period.closes, *days)) if period and days else period


def _added(table: Table) -> Iterator[Section]:
    """Rows of words that somebody wrote into or under a form: no code stands beside them."""
    corner = table.columns[0].index
    for row in table.below() if table.layout == "form" else ():
        if not text_of(table.cell(row, corner)):
            for at, cell in enumerate(row.cells, start=1):
                if text := text_of(cell):
                    yield Section(row.number, at, text)


def _figures(case: Case, table: Table, records: Sequence[Record]) -> Figures:
    givens = {(g.organisation, g.level, g.cohort) for record in records for g in record.givens}
    asked = table.layout == "form" or table.column("cohort") is not None
    asked = asked or any(column.cohort for column in table.columns if column.is_figure)
    pairs = any(c.role in ("part", "numerator") for c in table.columns)
    shares = any(c.role == "ignored" and names_a_share(c.heading) for c in table.columns)
    return figures_of(givens, asked=asked, shares=shares, pairs=pairs)


def _said(
    case: Case,
    claims: Claims,
    text: str,
    figures: Figures,
    where: str,
    row: int | None,
    column: int | None,
    *,
    footnote: bool = False,
) -> Iterator[Finding]:
    sheet = case.sheet.name if case.sheet else ""
    named = case.column_name(column) if column else ""
    for found in claims.against(text, figures, footnote=footnote):
        words = {"where": where, "against": found.against}
        yield finding("words-contradict", sheet=sheet, row=row, column=named, value=found.words, words=words)


def _title(case: Case, table: Table, claims: Claims, figures: Figures) -> Iterator[Finding]:
    # Of a form the row of visible headings and the hidden first one are compared with the codes elsewhere.
    form = table.layout == "form"
    first, last = (2, table.header[0] - 1) if form else (1, table.header[0])
    for row in table.sheet.rows:
        if first <= row.number < last:
            for at, cell in enumerate(row.cells, start=1):
                if text := text_of(cell):
                    yield from _said(case, claims, text, figures, "Над таблицей", row.number, at)
    if table.sheet.name and not _PLAIN_SHEET.fullmatch(table.sheet.name):
        yield from _said(case, claims, table.sheet.name, figures, "В названии листа", None, None)


def _boxes(case: Case, reading: Reading, claims: Claims, figures: Figures) -> Iterator[Finding]:
    """Boxes drawn on the sheet, headers and footers; of several sheets it is not known on which they stand."""
    if sum(bool(sheet.rows) and not sheet.hidden for sheet in reading.sheets) == 1:
        for where in (ON_THE_SHEET, IN_MARGINS):
            text = " ".join(_LOOKS.sub(" ", found.text) for found in reading.side_texts if found.where == where)
            yield from _said(case, claims, text, figures, capital(where), None, None)


def _headings(case: Case, table: Table, claims: Claims, figures: Figures) -> Iterator[Finding]:
    """The upper headings over figures, and the rows of units under them."""
    if table.layout == "form":
        return
    headed = {column.index for column in table.columns}
    first = min(headed)  # order: numbers of columns
    for column in table.columns:
        if column.role == "ignored" and column.reason == "он пуст":  # «тыс. чел.» beside the table
            apart = column.index > first and column.index - 1 not in headed  # it stands by itself: no heading
            said = claims.against if apart else claims.of_unit
            for found in said(column.heading, figures):
                words = {"where": "В строке заголовка", "against": found.against}
                place = case.place(table.header[-1], column.index)
                yield finding("words-contradict", **place._asdict(), value=found.words, words=words)
    figured = [c for c in table.columns if c.is_figure or is_number_field(c.role)]
    for column in figured:
        upper = column.heading.rpartition(" / ")[0]
        if upper and not column.level and not column.cohort:
            yield from _said(case, claims, upper, figures, "Над столбцом", table.header[0], column.index)
    units = [at for at, reason in table.described.items() if reason == UNITS]
    for at in units:
        for column in figured:
            if text := text_of(table.cell(table.sheet.rows[at - 1], column.index)):
                yield from _said(case, claims, text, figures, "В строке единиц", at, column.index)


def _sections(case: Case, table: Table, claims: Claims) -> Iterator[Finding]:
    for section, below in _governed(case, case.sections):
        if not below:
            continue
        figures = _figures(case, table, below)
        known = claims.recognised(section.text)
        found = list(_said(case, claims, section.text, figures, "В заголовке раздела", section.row, section.column))
        yield from found
        if not found and not known:
            severity: Severity = "warning" if _HEADLINE.fullmatch(section.text) else "error"
            place = case.place(section.row, section.column)
            yield finding("section-unclear", **place._asdict(), value=section.text, severity=severity)


def _governed(case: Case, sections: Sequence[Section]) -> Iterator[tuple[Section, Sequence[Record]]]:
    """Each heading with the rows of figures from it to the next heading; headings one under another share theirs."""
    records, after = case.records, len(case.records)
    end = after
    for place in range(len(sections) - 1, -1, -1):
        start = bisect_left(records, sections[place].row, key=_row)
        if start < after:
            end = after
        yield sections[place], records[start:end]
        after = start


def _remarks(case: Case, table: Table, claims: Claims) -> Iterator[Finding]:
    """Cells of columns that are not read: where such a cell is nothing but a category, a level, a period, a unit."""
    if table.layout == "form":
        return
    columns = [(c.index, c.heading) for c in table.columns if c.role == "ignored" and not names_a_share(c.heading)]
    columns += [(at, case.column_name(at)) for at in unheaded(table)]
    seen: set[tuple[str, Figures]] = set()
    for record in case.records if columns else ():
        row = table.sheet.rows[record.row - 1]
        figures = _figures(case, table, [record])
        for at, heading in columns:
            cell = table.cell(row, at)
            text = "" if is_numeric(cell) else text_of(cell)
            key = normalise(text)
            if not key or (key, figures) in seen or len(key.split()) > 3 or len(seen) > _REMARKS:
                continue
            seen.add((key, figures))
            where = f"В столбце «{heading}»"
            yield from _said(case, claims, text, figures, where, record.row, at)
