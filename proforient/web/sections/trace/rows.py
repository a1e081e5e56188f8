"""The rows of a file behind one organisation's part of a figure, as they stand there, with the cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from proforient.analysis.trace import TracedCell
from proforient.intake.model import Sheet
from proforient.intake.numbers import text_of
from proforient.intake.own_process import read_isolated
from proforient.intake.positions import column_of, heads_of, index_of
from proforient.monitoring import Submission, Value
from proforient.web import clock, widgets
from proforient.web.cache import Memory
from proforient.web.sections.trace.excerpt import Excerpt, Kind, columns_of, draw, rows_near
from proforient.web.session import Session
from proforient.wording import NOUNS, join, typo, verb_form

_excerpts = Memory(64)  # excerpts, not files: an accepted file never changes


def show(here: Session, cells: Sequence[TracedCell], sent: dict[str, Submission], name: str) -> None:
    """Each file behind the cells: its rows, who sent it and when, and the file itself."""
    st.html('<div class="pf" id="rows" tabindex="-1"></div>')
    for number, values in _by_submission(cells).items():
        submission = sent.get(number)
        if submission is None:
            continue
        widgets.chart_title(f"{name}: {_places(values)}")
        when = clock.moment_ru(submission.at, here.zone)
        widgets.caption(f"Файл {submission.file}{_sheet(values)}. Сдано {when}: {submission.by}.")
        excerpt = _excerpts.get((submission.sha256, tuple(values)), partial(_read, here, submission, values))
        if excerpt is None:
            widgets.caption("Показать строку не вышло: скачайте файл и откройте её по номеру.")
        else:
            widgets.show_html(draw(excerpt))
        if not here.reaches_all(submission.organisations):
            continue  # the whole file holds the numbers of others, too
        st.download_button(
            f"Скачать {submission.file}",
            partial(here.store.get_file, submission.sha256),
            file_name=submission.file,
            key=f"row-file-{submission.id}",
            on_click="ignore",
        )


def _by_submission(cells: Sequence[TracedCell]) -> dict[str, list[Value]]:
    """The values of each file once, although a count may stand on both sides of a share."""
    found: dict[str, dict[str, Value]] = {}
    for cell in cells:
        found.setdefault(cell.value.submission, {}).setdefault(cell.value.id, cell.value)
    return {number: list(values.values()) for number, values in found.items()}


def _places(values: Sequence[Value]) -> str:
    """«строки 12 и 13, столбец «Значение»»."""
    rows = list(dict.fromkeys(str(v.row) for v in sorted(values, key=lambda v: v.row)))
    columns = list(dict.fromkeys(v.column for v in values))
    row = NOUNS["rows"].nom if len(rows) == 1 else NOUNS["rows"].nom_pl
    column = "столбец" if len(columns) == 1 else "столбцы"
    return typo(f"{row} {join(rows)}, {column} {join([f'«{c}»' for c in columns])}")


def _sheet(values: Sequence[Value]) -> str:
    named = list(dict.fromkeys(v.sheet for v in values if v.sheet))
    return (
        f", {verb_form(len(named), 'm', 'лист', 'лист', 'лист', 'листы')} {join([f'«{n}»' for n in named])}"
        if named
        else ""
    )


def _read(here: Session, submission: Submission, values: Sequence[Value]) -> Excerpt | None:
    """The file is read in a process of its own, as it was when it was handed in."""
    reading = read_isolated(submission.file, here.store.get_file(submission.sha256))
    sheet = next((s for s in reading.sheets if s.name == values[0].sheet), None)
    here_values = [v for v in values if sheet is not None and v.sheet == sheet.name]
    if sheet is None or not here_values:
        return None
    header = _header_row(sheet, here_values)
    heads = heads_of(sheet, header)
    framed: dict[tuple[int, int], Kind] = {(v.row, column_of(v.column, heads)): "traced" for v in here_values}
    rows = rows_near(sheet, sorted({row for row, _ in framed}), header)
    columns = columns_of(sheet, rows, {column for _, column in framed if column}, heads)
    rows_shown = tuple(row for row in sheet.rows if row.number == header or row in rows)
    return Excerpt(
        sheet=replace(sheet, rows=rows_shown, marks={}, odd_widths={}),
        header_row=header,
        heads=heads,
        lettered=reading.kind != "csv",
        rows=rows,
        columns=columns,
        marks=framed,
    )


def _header_row(sheet: Sheet, values: Sequence[Value]) -> int | None:
    """Where the columns are named: the nearest row above that says the column's name or, in a workbook, any words."""
    column, first = values[0].column, min(v.row for v in values)
    at = index_of(column)
    for row in reversed([r for r in sheet.rows if r.number < first and not r.hidden]):
        texts = [text_of(cell) for cell in row.cells]
        if column in texts:
            return row.number
        if at and at <= len(texts) and texts[at - 1] and not texts[at - 1].replace(" ", "").isdigit():
            return row.number
    return None
