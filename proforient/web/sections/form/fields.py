"""The fields of the form: a row a count, a field a level, beside each what is known; findings under their row."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from proforient.catalogue.entries import Count, Level
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.charts.sentences import count_tip
from proforient.intake.model import Finding
from proforient.monitoring import Cell
from proforient.store.inquiry_rows import Inquiry
from proforient.web import widgets
from proforient.web.sections.form.desk import ANSWERS, OpenForm, answer, field_value
from proforient.web.sections.upload.numbers import CountTable, level_head, tables_of
from proforient.wording import number, typo

SIGNS = {"error": "✗", "warning": "!"}
WIDTH = 148  # pixels of a field with its label


def fields(shown: OpenForm) -> dict[Cell, str | None]:
    """Draws all of them; gives what they say."""
    said: dict[Cell, str | None] = {}
    for group in tables_of(shown.form.catalogue, shown.form.cells):
        widgets.section(group.title)
        for count in group.counts:
            said |= _row(shown, group, count)
    return said


def _row(shown: OpenForm, group: CountTable, count: Count) -> dict[Cell, str | None]:
    form, said = shown.form, dict[Cell, str | None]()
    levels = [v for v in group.levels if Cell(count.code, v.code, group.cohort) in group.cells]
    name = form.catalogue.count_name(count.code, levels[0].code if len(levels) == 1 else None)
    with st.container(key=f"form-row-{group.cohort}-{count.code}"):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"form-line-{group.cohort}-{count.code}"):
            how = count_tip(form.catalogue, count, levels[0].code, form.organisation.kind)
            small = marks.tag("small", how, "pf-quiet pf-line") if how else Html("")
            widgets.show_html(marks.tag("p", marks.joined([name, small]), "pf-form-name"))
            for level in levels:
                cell = Cell(count.code, level.code, group.cohort)
                if cell in form.sums:
                    widgets.show_html(_sum(shown, cell, level))
                else:
                    said[cell] = _field(shown, cell, "" if group.whole else level_head(level))
        found = [f for v in levels for f in shown.found.get(Cell(count.code, v.code, group.cohort), [])]
        if found:
            widgets.show_html(_findings(found))
        for level in levels:
            if asked := shown.inquiries.get(Cell(count.code, level.code, group.cohort)):
                _inquiry(shown, asked, "" if group.whole else level_head(level))
    return said


def _inquiry(shown: OpenForm, asked: Inquiry, level: str) -> None:
    """What the department asks about a number, and the field for what the school says to it."""
    head = marks.tag("b", typo(f"Вопрос управления{f' ({level})' if level else ''}: "))
    state = "" if asked.is_open else marks.tag("small", f"Вы ответили: {asked.answer}", "pf-quiet pf-line")
    words = marks.joined([marks.glyph("?"), " ", head, asked.words, state])
    widgets.show_html(marks.tag("p", words, "pf-form-asked"))
    key = f"form-answer-{shown.desk.widget(asked.cell)}"
    label = "Ваш ответ" if asked.is_open else "Другой ответ"
    st.text_input(label, key=key, on_change=answer, args=(shown.mark, shown.desk, asked.cell, key))


def _field(shown: OpenForm, cell: Cell, level: str) -> str | None:
    desk, form = shown.desk, shown.form
    key, label = desk.widget(cell), _label(shown, cell, level)
    value = None if key in st.session_state else field_value(form, cell, shown.texts[cell])
    if form.is_answer(cell):
        return st.segmented_control(label, list(ANSWERS), default=value, format_func=ANSWERS.__getitem__, key=key)
    known = form.spared.get(cell)
    hint = None if known is None else number(known)
    return st.text_input(label, value or "", key=key, width=WIDTH, autocomplete="off", placeholder=hint)


def _label(shown: OpenForm, cell: Cell, level: str) -> str:
    """«✗ 5–9: было 58»: the sign of what was found, the level, the number of the period before."""
    form = shown.form
    worst = sorted({SIGNS[f.severity] for f in shown.found.get(cell, [])}, reverse=True)  # order: an error first
    known, before = form.spared.get(cell), form.before(cell)
    notes = ["" if known is None else f"известно {number(known)}"]
    if before is not None:
        notes.append(f"было {'да' if before else 'нет'}" if form.is_answer(cell) else f"было {number(before)}")
    note = ", ".join(part for part in notes if part)
    return typo(" ".join([*worst[:1], ": ".join(part for part in (level, note) if part) or "Число"]))


def _sum(shown: OpenForm, cell: Cell, level: Level) -> Html:
    """A number that follows from others: shown, not asked."""
    text = shown.texts[cell] or "—"
    parts = " + ".join(level_head(shown.form.catalogue.levels[part.level]) for part in shown.form.sums[cell])
    head = marks.tag("small", typo(f"{level_head(level)}: сумма {parts}"), "pf-quiet pf-line")
    return marks.tag("p", marks.joined([head, marks.tag("b", text)]), "pf-form-sum")


def _findings(found: Sequence[Finding]) -> Html:
    lines = []
    for finding in found:
        css = "pf-v pf-not-met" if finding.severity == "error" else "pf-v pf-warning"
        sign = marks.tag("span", marks.glyph(SIGNS[finding.severity]), css)
        lines.append(marks.tag("li", marks.joined([sign, f"{finding.message}. {finding.to_do}."], " ")))
    return marks.tag("ul", marks.joined(lines), "pf-form-found", role="status")
