"""From a figure back to the cells it was computed from: organisation, number, file, sheet, row, column, who, when."""

from __future__ import annotations

from functools import partial

import streamlit as st

from proforient.analysis.coverage import Coverage
from proforient.analysis.trace import TracedCell, trace
from proforient.charts import marks, sentences
from proforient.monitoring import Submission
from proforient.web import widgets
from proforient.web.sections.upload_numbers import said
from proforient.web.session import Session, address
from proforient.wording import date_ru

ROLES = {"numerator": "числитель", "denominator": "знаменатель", "value": "значение"}


def source(here: Session, coverage: Coverage | None) -> None:
    """The panel that the figures' links open; nothing while it is closed."""
    if not here.view.trace or coverage is None:
        return
    cells = trace(here.reader, here.catalogue, coverage)
    level = here.catalogue.levels[coverage.level]
    st.html('<div class="pf" id="source"></div>')
    widgets.section(f"Откуда число: {sentences.level_label(level)}, {sentences.figure(coverage)}")
    widgets.show_html(
        marks.joined(
            [
                marks.tag("span", sentences.formula(coverage), "pf-strip"),
                marks.tag("a", "Закрыть", "go", href=address(trace=False)),
            ],
            " ",
        )
    )
    if not cells:
        widgets.caption("Ни одна организация ещё не дала обоих чисел: складывать нечего.")
        return
    sent = {s.id: s for s in here.reader.submissions(period=coverage.period)}
    _table(here, cells, sent)
    _downloads(here, cells, sent)


def _table(here: Session, cells: list[TracedCell], sent: dict[str, Submission]) -> None:
    names = {o.code: o.name for o in here.reader.organisations()}
    head: list[str | marks.Column] = [
        "Организация",
        "Что",
        marks.Column("Число", figures=True),
        "Файл",
        "Лист",
        marks.Column("Строка", figures=True),
        "Столбец",
        "Кто и когда сдал",
    ]
    rows = []
    for cell in cells:
        value = cell.value
        who = sent.get(value.submission)
        rows.append(
            [
                marks.tag("b", names.get(value.organisation, value.organisation)),
                marks.joined(
                    [
                        here.catalogue.count_name(value.cell.count, value.cell.level),
                        marks.tag("small", ROLES[cell.role], "pf-quiet pf-line"),
                    ]
                ),
                said(here.catalogue, value.cell, value.number or 0),
                value.file,
                value.sheet or "—",
                str(value.row),
                value.column,
                f"{who.by}, {date_ru(who.at.date(), 'digits')}" if who else "—",
            ]
        )
    widgets.show_html(marks.table(head, rows, css="pf-trace"))


def _downloads(here: Session, cells: list[TracedCell], sent: dict[str, Submission]) -> None:
    """The files themselves, as they were sent."""
    used = dict.fromkeys(cell.value.submission for cell in cells)
    with st.popover("Скачать файлы", icon=":material/download:"):
        for submission in (sent[code] for code in used if code in sent):
            store, sha256 = here.store, submission.sha256
            st.download_button(
                submission.file,
                partial(store.get_file, sha256),
                file_name=submission.file,
                key=f"file-{submission.id}",
                on_click="ignore",
            )
