"""The pivot as a table, a page of rows at once, and as files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

import streamlit as st

from proforient.analysis.coverage import Coverage
from proforient.analysis.pivot import ALL, Axis, Pivot
from proforient.charts import marks, sentences
from proforient.charts.sentences import AXIS_WORDS, Quantity
from proforient.documents.file_names import file_name
from proforient.documents.pivot import pivot_csv, pivot_xlsx
from proforient.documents.tables import Cell
from proforient.monitoring import Verdict, territory_name
from proforient.palette import PROVISIONAL_GLYPH, VERDICTS
from proforient.web import lists, widgets
from proforient.web.choices import territory_labels
from proforient.web.sections import indicators
from proforient.web.session import Session
from proforient.wording import capital, exact_percent, number, period_name, typo

MOST_COLUMNS = 12  # columns on the page; the file has all
SUM = "Всего"
LEGEND = (
    "✓ план достигнут, ✗ не достигнут; без знака — плана нет или у слагаемых он разный. "
    "«—» — не спрашивают, ◔ — сдали не все."
)


def names_of(here: Session, axis: Axis | None, codes: tuple[str, ...]) -> dict[str, str]:
    """The words of an axis; those of the sum are «Всего»."""
    catalogue = here.catalogue

    def words(code: str) -> str:
        if axis is None or code == ALL:
            return SUM
        if axis == "indicator":
            return indicators.name(catalogue.indicators[code])
        if axis == "level":
            return sentences.level_label(catalogue.levels[code])
        if axis == "cohort":
            return widgets.cohort_label(catalogue.cohorts[code])
        if axis == "period":
            return capital(period_name(code))
        if axis == "kind":
            return capital(catalogue.organisation_kinds[code].name)
        return territories.get(code, territory_name(code)) if axis == "territory" else called.get(code, code)

    territories = territory_labels(here.choices) if axis == "territory" else {}
    called: Mapping[str, str] = here.reader.roster().names if axis == "organisation" else {}
    return {code: words(code) for code in codes}


def show(here: Session, found: Pivot, quantity: Quantity) -> None:
    """The sum stands first, so that it is seen on each page of the rows."""
    columns, rows = found.every_column, found.every_row
    shown, rest = columns[:MOST_COLUMNS], len(columns) - MOST_COLUMNS
    names, heads = names_of(here, found.question.rows, rows), _heads(here, found, quantity)
    ordered = [row for row in rows if row == ALL] + [row for row in rows if row != ALL]
    lists.begin()
    table = [
        [marks.tag("b", names[row]), *(_cell(here, found.cells.get((row, column)), quantity) for column in shown)]
        for row in lists.page_of(ordered)
    ]
    head: list[str | marks.TableColumn] = [
        AXIS_WORDS[found.question.rows][0],
        *(marks.TableColumn(heads[column], figures=True) for column in shown),
    ]
    widgets.show_html(marks.table(head, table, css="pf-pivot"))
    lists.pages(len(ordered))
    if rest > 0:
        said = f"Показаны первые столбцы: {number(MOST_COLUMNS)} из {number(len(columns))}, остальные — в файле."
        widgets.caption(typo(said))
    widgets.caption(LEGEND if quantity == "share" else sentences.pivot_unit(found, quantity))


def _heads(here: Session, found: Pivot, quantity: Quantity) -> dict[str, str]:
    names = names_of(here, found.question.columns, found.every_column)
    if found.question.columns is None or found.every_column == (ALL,):
        names[ALL] = sentences.QUANTITIES[quantity]
    return names


def _cell(here: Session, coverage: Coverage | None, quantity: Quantity) -> marks.Html:
    words = sentences.quantity_words(coverage, quantity)
    if coverage is None:
        return marks.tag("span", words, "pf-quiet pf-unasked")  # a phone leaves it out
    if coverage.verdict in (Verdict.NOT_ASKED, Verdict.NO_DATA):
        return marks.tag("span", words, "pf-quiet")
    shown = marks.html(words)
    if quantity == "share" and coverage.verdict in (Verdict.MET, Verdict.NOT_MET):
        look = VERDICTS[coverage.verdict]
        shown = marks.tag("span", f"{look.glyph} {words}", f"pf-v pf-{look.tone.replace('_', '-')}")
    if coverage.provisional:
        shown = marks.joined([shown, marks.tag("small", PROVISIONAL_GLYPH, "pf-quiet")], " ")
    tip = sentences.mark_words(coverage)
    return marks.tag("a", shown, "go", href=leads(here, coverage), title=tip)


def leads(here: Session, coverage: Coverage) -> str:
    """An organisation's cell leads to the cells of its file, another to the figure."""
    figure = {
        "indicator": coverage.indicator, "level": coverage.level, "cohort": coverage.cohort, "source": None,
        "period": coverage.period, "territory": coverage.territory or None,
    }  # fmt: skip
    if coverage.organisation is not None:
        return here.address("organisations", **figure, organisation=coverage.organisation, trace=True)
    return here.address("indicators", **figure, trace=False)


def take(here: Session, found: Pivot, quantity: Quantity, title: str) -> None:
    """The whole table as files, made when somebody asks for them."""
    makers = {"CSV": partial(_csv, here, found, quantity), "XLSX": partial(_xlsx, here, found, quantity, title)}
    file_title = "Таблица (демонстрация)" if here.invented else "Таблица"
    called = partial(file_name, file_title, territory=here.view.territory or "", period=found.question.period)
    with st.popover("Скачать таблицу", icon=":material/download:"):
        for kind, make in makers.items():
            st.download_button(
                f"Скачать {kind}",
                make(),
                file_name=called(ending=kind.lower()),
                icon=":material/download:",
                key=f"take-pivot-{kind}",
                on_click="ignore",
            )


def _csv(here: Session, found: Pivot, quantity: Quantity) -> bytes:
    return pivot_csv(*_written(here, found, quantity))


def _xlsx(here: Session, found: Pivot, quantity: Quantity, title: str) -> bytes:
    return pivot_xlsx(f"{title}. {widgets.scope_words(here)}", *_written(here, found, quantity))


def _written(here: Session, found: Pivot, quantity: Quantity) -> tuple[list[str], list[list[Cell]]]:
    names, heads = names_of(here, found.question.rows, found.every_row), _heads(here, found, quantity)
    head = [AXIS_WORDS[found.question.rows][0], *(heads[column] for column in found.every_column)]
    rows: list[list[Cell]] = [
        [names[row], *(_plain(found.cells.get((row, column)), quantity) for column in found.every_column)]
        for row in found.every_row
    ]
    return head, rows


def _plain(coverage: Coverage | None, quantity: Quantity) -> Cell:
    """A number as one; what nobody gave is empty, «не применимо» and what is not asked are words."""
    if coverage is None:
        return "не спрашивают"
    if quantity != "completeness" and coverage.verdict is Verdict.NO_DATA:
        return None
    if quantity == "share" and coverage.measure is not None:
        exact = exact_percent(coverage.measure)
        return None if exact is None else Decimal(exact)
    if quantity in ("numerator", "denominator", "needed") and coverage.verdict is not Verdict.NOT_ASKED:
        return sentences.amount_of(coverage, quantity)
    return sentences.quantity_words(coverage, quantity)
