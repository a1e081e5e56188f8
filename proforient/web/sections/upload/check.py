"""The outcome of checking a file: what was found and where, what was understood, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from proforient.catalogue.entries import Severity
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.charts.sentences.pages import numbers_understood
from proforient.intake.findings import clip, finding_groups
from proforient.intake.model import Finding, ReadValue, Screening
from proforient.intake.positions import index_of
from proforient.monitoring import Cell, Reason
from proforient.web import widgets
from proforient.web.sections.upload.numbers import folded, matrix, tables, value_words
from proforient.web.sections.upload.sender import Sender
from proforient.web.session import Session
from proforient.wording import capital, counted, counted_words, number, plural, quoted, typo
from proforient.wording.order import by_name

# severity -> glyph, word, how the word looks
SEVERITIES: Mapping[Severity, tuple[str, str, str]] = {
    "error": ("✗", "ошибка", "pf-not-met"),
    "warning": ("!", "предупреждение", "pf-warning"),
    "note": ("○", "замечание", "pf-quiet"),
}
DELIMITERS = {";": "«;»", ",": "«,»", "\t": "табуляция", "|": "«|»"}
LAYOUTS = {
    "long": "строка — показатель",
    "wide": "строка — организация",
    "form": "бланк",
}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1251": "Windows-1251", "cp866": "DOS-866", "koi8-r": "КОИ8-Р"}
ROWS = 30  # findings in the open; the rest is folded away
ORGANISATIONS = 60  # organisations in the table


def understood_lead(screening: Screening) -> str:
    """«Файл «lesnaya.csv», лист «Лист1», названия столбцов в строке 4, …: прочитано 10 чисел из 12 строк.»"""
    parts = [f"Файл {quoted(screening.name)}"]
    if screening.sheet:
        parts.append(f"лист {quoted(screening.sheet)}")
    if screening.header_row:
        parts.append(f"названия столбцов в строке {screening.header_row}")
    if screening.layout:
        parts.append(LAYOUTS[screening.layout])
    if screening.encoding:
        parts.append(f"кодировка {ENCODINGS.get(screening.encoding.lower(), screening.encoding)}")
    if screening.delimiter:
        parts.append(f"разделитель {DELIMITERS.get(screening.delimiter, screening.delimiter)}")
    if not screening.rows_read:
        return typo(", ".join(parts) + ".")
    read = plural(screening.rows_read, "Прочитана", "Прочитаны", "Прочитано")
    rows = f"{read} {counted(screening.rows_read, 'rows')}, из них с числами {number(screening.rows_used)}"
    return typo(f"{', '.join(parts)}. {rows}. Понято: {numbers_understood(screening)}.")


def severity(kind: Severity) -> Html:
    """«✗ ошибка»."""
    sign, word, css = SEVERITIES[kind]
    return marks.tag("span", marks.joined([marks.glyph(sign), marks.tag("b", word)], " "), f"pf-v {css}")


def place_words(finding: Finding, rows: Sequence[int] = (), screening: Screening | None = None) -> str:
    """«строка 6, столбец D «Всего»», of several «строки 2–21»; «весь файл» when the finding has no place.

    ``screening``: where it was found; a workbook's letter is then followed by the heading of its column.
    """
    column = finding.column
    heads = screening.headings if screening and screening.sheet == finding.sheet else {}
    at = index_of(column)
    head = clip(heads.get(at, "")) if at and column not in heads.values() else ""
    named = f"столбец {column}{f' {quoted(head)}' if head else ''}" if at else ""
    one = f"строка {finding.row}" if finding.row else ""
    parts = [
        f"строки {_numbers(rows)}" if len(rows) > 1 else one,
        named or (f"столбец {quoted(column)}" if column else ""),
    ]
    return ", ".join(part for part in parts if part) or "весь файл"


def findings_table(findings: Sequence[Finding], screening: Screening | None = None) -> None:
    """Place, what stands there, what is wrong, what to do; errors first, the same fault of many rows once.

    Notes are folded away: they ask for nothing.
    """
    groups = finding_groups(findings)
    notes = [group for group in groups if group[0].severity == "note"]
    asking = groups[: len(groups) - len(notes)]
    if asking[:ROWS]:
        widgets.show_html(_findings(asking[:ROWS], screening))
    if asking[ROWS:]:
        widgets.show_html(folded(f"Ещё {number(len(asking) - ROWS)}", _findings(asking[ROWS:], screening)))
    if notes:
        title = f"{capital(counted_words(len(notes), 'notes'))}: исправлять не обязательно"
        widgets.show_html(folded(title, _findings(notes, screening)))


def _findings(groups: Sequence[Sequence[Finding]], screening: Screening | None) -> Html:
    head: list[str | marks.TableColumn] = ["Где", "Что в файле", "Что не так", "Что сделать"]
    return marks.table(head, [_finding_row(group, screening) for group in groups], css="pf-findings")


def _finding_row(group: Sequence[Finding], screening: Screening | None) -> list[str]:
    finding = group[0]
    place = place_words(finding, [f.row for f in group if f.row], screening)
    where = marks.joined([marks.tag("b", place, "pf-line"), severity(finding.severity)])
    if finding.sheet:
        where = marks.joined([where, marks.tag("small", f"лист {quoted(finding.sheet)}", "pf-quiet pf-line")])
    found = marks.tag("mark", finding.value, finding.severity) if finding.value else marks.html("—")
    return [where, found, finding.message, finding.to_do]


def set_aside(screening: Screening) -> None:
    """Rows that were not used, by reason, folded away."""
    reasons = Counter(row.reason for row in screening.set_aside)
    if not reasons:
        return
    rows = [
        [reason, number(many), _numbers([row.row for row in screening.set_aside if row.reason == reason])]
        for reason, many in reasons.most_common()
    ]
    table = marks.table(["Почему", marks.TableColumn("Строк", figures=True), "Какие"], rows)
    title = f"Строки без чисел: {number(len(screening.set_aside))} — почему каждая не взята"
    widgets.show_html(folded(title, table))


def _numbers(rows: Sequence[int]) -> str:
    """«1–3, 7»; a long list ends in «…»."""
    spans: list[list[int]] = []
    for row in sorted(rows):  # order: numbers of rows
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in spans[:12]]
    return ", ".join(shown) + (", …" if len(spans) > 12 else "")


def values_table(here: Session, campaign: Sender, screening: Screening) -> None:
    """The values as a table count × level, new and changed ones bold; of several organisations one at a time."""
    by_code: dict[str, list[ReadValue]] = {}
    for value in screening.values:
        by_code.setdefault(value.organisation, []).append(value)
    if not by_code:
        return
    widgets.section("Что понято")
    names = here.reader.roster().names
    by_code = {code: by_code[code] for code in by_name(by_code, names)}
    code = next(iter(by_code))
    if len(by_code) > 1:
        code = _which(by_code, names)
    standing = {
        v.cell: v.number if v.number is not None else v.reason
        for v in here.reader.values(campaign.code, organisation=code)
    }
    cells = {value.cell: _answer_of(value) for value in by_code[code]}

    def show(cell: Cell) -> Html:
        words = value_words(here.catalogue, cell, cells[cell])
        before = standing.get(cell)
        if before == cells[cell]:
            return marks.html(words)
        shown = marks.tag("b", words)
        if before is None:
            return shown
        was = marks.tag("small", f"было {value_words(here.catalogue, cell, before)}", "pf-quiet pf-line")
        return marks.joined([shown, was])

    widgets.show_html(tables(here.catalogue, cells, show, caption=names.get(code, code)))
    fresh = sum(standing.get(cell) != answer for cell, answer in cells.items())
    widgets.caption(
        f"Жирным — новые и изменённые числа: {number(fresh)} из {number(len(cells))}."
        if fresh
        else "Эти числа уже сданы раньше: ни одно из них не изменится."
    )


def _answer_of(value: ReadValue) -> int | Reason:
    answer = value.number if value.number is not None else value.reason
    assert answer is not None
    return answer


def _which(by_code: Mapping[str, Sequence[ReadValue]], names: Mapping[str, str]) -> str:
    """A list of the organisations in the file, and the one whose numbers are shown."""
    rows = [[names.get(code, code), number(len(values))] for code, values in by_code.items()]
    table = matrix(["Организация", "Чисел"], rows[:ORGANISATIONS])
    if len(rows) > ORGANISATIONS:
        table = marks.joined([table, marks.tag("p", f"и ещё {number(len(rows) - ORGANISATIONS)}", "pf-caption")])
    widgets.show_html(folded(f"В файле {counted(len(rows), 'organisations')}: сколько чисел у каждой", table))
    key = "upload-shown-organisation"
    names_by_code = {code: names.get(code, code) for code in by_code}
    labels = widgets.offered(key, names_by_code, st.session_state.get(key), "Найти организацию")
    return st.selectbox(
        "Показать числа организации", list(labels), format_func=lambda code: labels.get(code, code), key=key
    )
