"""The pivot as bars, as dots, or as a line of years: a picture a column, all of one scale."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from proforient.analysis.coverage import Coverage
from proforient.analysis.pivot import ALL, Pivot
from proforient.charts import figures, marks, sentences
from proforient.charts.marks.rows import bar, block, readable, scale_of
from proforient.charts.sentences import Quantity
from proforient.monitoring import Verdict
from proforient.web import chart, widgets
from proforient.web.sections.explore.table import leads, names_of
from proforient.web.session import Session
from proforient.wording import number, typo

MOST_PICTURES, MOST_ROWS = 6, 40


def drawable(coverage: Coverage, quantity: Quantity) -> Coverage:
    """The figure itself; in another measure a count of so many, without a plan."""
    if quantity == "share":
        return coverage
    if coverage.verdict in (Verdict.NO_DATA, Verdict.NOT_ASKED):
        return replace(coverage, plan=None)
    found = sentences.amount_of(coverage, quantity)
    verdict = Verdict.NO_DATA if found is None else Verdict.NO_PLAN
    return replace(
        coverage, kind="count", value=found, numerator=None, denominator=None, plan=None, verdict=verdict, needed=None,
        shortfall=None,
    )  # fmt: skip


def show(here: Session, found: Pivot, quantity: Quantity, look: str, title: str) -> None:
    """At most six pictures; the table has the rest."""
    if "level" not in found.question.axes:  # a picture says on its own of which level it is
        title = f"{title}. {sentences.level_label(here.catalogue.levels[found.question.level])}"
    if look == "years":
        _years(here, found, quantity, title)
        return
    if look == "dots":
        _dots(here, found, quantity)
    else:
        _bars(here, found, quantity)
    _take(here, found, quantity, "dots" if look == "dots" else "bars", title)


def _take(here: Session, found: Pivot, quantity: Quantity, look: figures.PanelLook, title: str) -> None:
    """The pictures as one."""
    names, heads = _names(here, found), names_of(here, found.question.columns, found.columns)
    panels = [
        figures.FigurePanel(
            heads[column] if column != ALL else "",
            [(names[row], c) for row, c in _cells(found, column, quantity)],
        )
        for column in _pictures(found)
    ]
    make = partial(figures.panels, panels, "light", alt=title, look=look)
    shown = [c for panel in panels for _, c in panel.rows]
    chart.take("explore", make, title, shown, what="Исследовать")


def _pictures(found: Pivot) -> tuple[str, ...]:
    return found.columns[:MOST_PICTURES]


def _rest(found: Pivot, *, by_row: bool | None = None) -> None:
    """What had no room. ``by_row``: of lines of years, whether the years are the rows."""
    pictures = len(found.rows if by_row is False else found.columns)
    longest = max(sum((row, column) in found.cells for row in found.rows) for column in found.columns)
    parts = []
    if pictures > MOST_PICTURES:
        parts.append(f"показаны первые рисунки: {number(MOST_PICTURES)} из {number(pictures)}")
    if by_row is None and longest > MOST_ROWS:
        parts.append(f"строк на рисунке не больше {number(MOST_ROWS)}")
    if parts:
        widgets.caption(typo(f"Не всё поместилось — {', '.join(parts)}; целиком — в таблице."))


def _cells(found: Pivot, column: str, quantity: Quantity) -> list[tuple[str, Coverage]]:
    """Of a column, those that are asked."""
    rows = ((row, found.cells.get((row, column))) for row in found.rows)
    return [(row, drawable(c, quantity)) for row, c in rows if c is not None][:MOST_ROWS]


def _names(here: Session, found: Pivot) -> dict[str, str]:
    """Of the rows, as short as bars and dots have room for."""
    names = names_of(here, found.question.rows, found.rows)
    return dict(zip(found.rows, readable(found.rows, names), strict=True))


def _bars(here: Session, found: Pivot, quantity: Quantity) -> None:
    names, heads = (
        _names(here, found),
        names_of(here, found.question.columns, found.columns),
    )
    full = scale_of([c for column in _pictures(found) for _, c in _cells(found, column, quantity)])
    panels = []
    for column in _pictures(found):
        rows = []
        for row, c in _cells(found, column, quantity):
            real = found.cells[row, column]
            side = marks.verdict(c, short=True) if quantity == "share" else marks.Html("")
            picture, words = bar(c, full, labelled=False), sentences.mark_words(real)
            rows.append(marks.row(names[row], side, picture, opens=leads(here, real), words=words))
        title = marks.tag("h3", heads[column], "pf-title") if column != ALL else ""
        panels.append(marks.tag("li", marks.joined([title, block(rows, heads[column], "pf-levels")])))
    widgets.show_html(marks.tag("ul", marks.joined(panels), "pf-panels"))
    _rest(found)


def _dots(here: Session, found: Pivot, quantity: Quantity) -> None:
    names, heads = (
        _names(here, found),
        names_of(here, found.question.columns, found.columns),
    )
    for column in _pictures(found):
        cells = [replace(c, territory=row, organisation=None) for row, c in _cells(found, column, quantity)]
        if column != ALL:
            widgets.chart_title(heads[column])
        where = partial(_leads, here, found, column)
        widgets.show_html(marks.places(cells, cells, names, title=heads[column], address=where))
    _rest(found)


def _leads(here: Session, found: Pivot, column: str, dot: Coverage) -> str:
    """A dot stands for its row, whose code is in the place of a territory."""
    return leads(here, found.cells[dot.territory, column])


def _years(here: Session, found: Pivot, quantity: Quantity, title: str) -> None:
    """A line for each of the other axis, or one."""
    by_row = found.question.rows == "period"
    periods, others = (found.rows, found.columns) if by_row else (found.columns, found.rows)
    names = names_of(here, found.question.columns if by_row else found.question.rows, others)
    places = st.columns(2, gap="large") if len(others) > 1 else [st.container()]
    for n, other in enumerate(others[:MOST_PICTURES]):
        cells = [found.cells.get((p, other) if by_row else (other, p)) for p in periods]
        with places[n % len(places)]:
            series = [drawable(c, quantity) for c in cells if c is not None]
            _line(here, n, names[other] if other != ALL else "", series, title)
    _rest(found, by_row=by_row)


def _line(here: Session, n: int, name: str, series: list[Coverage], title: str) -> None:
    """One line; a single period is a row."""
    if name:
        widgets.chart_title(name)
    if len(series) < 2:
        widgets.show_html(marks.periods(series))
        return
    figure = figures.periods(series, here.theme)
    chart.show(f"years-{n}", figure, f"{name}. {figures.alt(figure)}".removeprefix(". "), marks.periods(series))
    called = ". ".join(part for part in (title, name) if part)
    chart.take(f"years-{n}", partial(figures.periods, series, "light"), called, series, what="Исследовать")
