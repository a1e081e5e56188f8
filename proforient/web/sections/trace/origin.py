"""From a figure back to the cells it was computed from: organisation, number, file, sheet, row, column, who, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from proforient.analysis.coverage import Coverage
from proforient.analysis.trace import TracedCell, trace
from proforient.charts import marks, sentences
from proforient.charts.marks import Html
from proforient.intake.positions import concerns
from proforient.monitoring import Submission, Value
from proforient.web import clock, lists, widgets
from proforient.web.sections.trace import rows as trace_rows
from proforient.web.sections.upload.numbers import value_words
from proforient.web.session import Session, address
from proforient.wording import capital, join, uncapital

LINES = 25  # organisations at once; of a share each has two lines
ROLES = {"numerator": "числитель", "denominator": "знаменатель", "value": "значение"}


def source(here: Session, coverage: Coverage | None) -> None:
    """The panel that the figures' links open; nothing while it is closed."""
    if not here.view.trace or coverage is None:
        return
    cells = trace(here.reader, here.catalogue, coverage)
    level = here.catalogue.levels[coverage.level]
    st.html('<div class="pf" id="source" tabindex="-1"></div>')
    widgets.section(f"Откуда число: {sentences.level_label(level)}, {sentences.figure(coverage)}")
    close = marks.tag("a", "Закрыть", "go", href=address(trace=False, source=None))
    widgets.show_html(marks.joined([marks.tag("span", sentences.formula(coverage), "pf-strip"), close], " "))
    if not cells:
        widgets.caption("Ни одна организация ещё не дала обоих чисел: складывать нечего.")
        return
    widgets.caption(_counts(here, cells))
    sent = {s.id: s for s in here.reader.submissions(period=coverage.period)}
    whose = list(dict.fromkeys(cell.value.organisation for cell in cells))
    shown = lists.page_of(whose, LINES, "beside")
    picked = coverage.organisation or here.view.source
    names = {o.code: o.name for o in here.reader.organisations(codes=[*shown, *([picked] if picked else [])])}
    own = [cell for cell in cells if cell.value.organisation == picked]
    if own and picked:
        trace_rows.show(here, own, sent, names.get(picked, picked))
    cells = [cell for cell in cells if cell.value.organisation in shown]
    _table(here, cells, sent, names)
    lists.pages(len(whose), LINES, "source", "beside")
    if coverage.organisation is None:
        _downloads(here, cells, sent)


def _counts(here: Session, cells: Sequence[TracedCell]) -> str:
    """What is added up on each side of the share, once for the whole table."""
    counts: dict[str, dict[str, None]] = {}
    for cell in cells:
        name = here.catalogue.count_name(cell.value.cell.count, cell.value.cell.level)
        counts.setdefault(ROLES[cell.role], {})[name] = None
    return " ".join(f"{capital(role)}: {uncapital(join(list(names)))}." for role, names in counts.items())


def _table(here: Session, cells: Sequence[TracedCell], sent: dict[str, Submission], names: Mapping[str, str]) -> None:
    """A row a cell; the organisation's name leads to its rows of the file."""
    head: list[str | marks.TableColumn] = [
        "Организация",
        "Что",
        marks.TableColumn("Число", figures=True),
        "Файл",
        "Лист",
        marks.TableColumn("Строка", figures=True),
        "Столбец",
        "Кто и когда сдал",
    ]
    explained = here.reader.explanations({cell.value.submission for cell in cells})
    several = len({c.value.cell.count for c in cells if c.role == "numerator"}) > 1
    rows = []
    for cell in cells:
        value = cell.value
        who = sent.get(value.submission)
        name = names.get(value.organisation, value.organisation)
        where = address(source=value.organisation, trace=True) + "#rows"
        count = here.catalogue.count_name(value.cell.count, value.cell.level)
        rows.append(
            [
                marks.tag("a", marks.tag("b", name), "go", href=where, title="Показать строки файла"),
                marks.joined([marks.tag("small", count, "pf-quiet pf-line") if several else "", ROLES[cell.role]]),
                marks.joined([value_words(here.catalogue, value.cell, value.number or 0), _words(explained, value)]),
                value.file,
                value.sheet or "—",
                str(value.row),
                value.column or marks.tag("small", "следует или известно", "pf-quiet"),
                _sent(here, who, name) if who else "—",
            ]
        )
    widgets.show_html(marks.table(head, rows, css="pf-trace"))


def _words(explained: Mapping[str, Mapping[str, str]], value: Value) -> Html:
    """What was said when the figure was questioned; nothing where it never was."""
    explanations = explained.get(value.submission, {})
    words = dict.fromkeys(said for key, said in explanations.items() if concerns(key, value.sheet, value.row))
    return marks.tag("small", f"пояснение: {'; '.join(words)}", "pf-quiet pf-line") if words else Html("")


def _sent(here: Session, submission: Submission, name: str) -> str:
    """The day, and who sent it where that is not the organisation itself."""
    day = clock.day_ru(submission.at, here.zone)
    return day if submission.by == name else f"{submission.by}, {day}"


def _downloads(here: Session, cells: Sequence[TracedCell], sent: dict[str, Submission]) -> None:
    """The files themselves, as they were sent."""
    used = dict.fromkeys(cell.value.submission for cell in cells)
    with st.popover("Скачать файлы", icon=":material/download:"):
        for submission in (sent[code] for code in used if code in sent):
            if not here.reaches_all(submission.organisations):
                continue
            store, sha256 = here.store, submission.sha256
            st.download_button(
                submission.file,
                partial(store.get_file, sha256),
                file_name=submission.file,
                key=f"file-{submission.id}",
                on_click="ignore",
            )
