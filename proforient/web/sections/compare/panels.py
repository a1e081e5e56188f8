"""The comparison itself: panels of one scale, the table under them, both in the order that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from proforient.analysis.coverage import Coverage
from proforient.analysis.sides import Comparison, Side, SideOrder
from proforient.charts import figures, marks, sentences
from proforient.view import SlideOfSides, sides_of
from proforient.web import chart, widgets
from proforient.web.cache import cached
from proforient.web.choices import SIDE_SORTS
from proforient.web.session import Session
from proforient.web.sides import comparison_of

NOTHING = "Выберите, что поставить рядом"
HOW = "Впишите название школы, района, категории детей или год: у каждого свой план, шкала у всех одна."
ORDERS: Mapping[str, SideOrder] = {"given": "given", "name": "name", "share": "share", "shortfall": "shortfall"}


@cached("territory", "period", "cohort", "indicator", "level", "sides", "sort")
def read(here: Session) -> Comparison:
    """What the address names, in the order of the view."""
    view = here.view
    order = widgets.switched("sort", SIDE_SORTS)
    asked = SlideOfSides(indicator=view.indicator or "", level=view.level or "", sides=sides_of(view))
    whole = comparison_of(here.reader, here.catalogue, here.choices, view, asked)
    return whole.ordered(ORDERS[order])


def finding(here: Session, compared: Comparison) -> str:
    return sentences.comparison_finding(compared, here.catalogue) if compared.sides else NOTHING


def lead(here: Session, compared: Comparison) -> str:
    """What all sides share."""
    if not compared.sides:
        return HOW
    return f"{here.catalogue.indicator_name(compared.indicator)}. Остальное у всех общее: {widgets.scope_words(here)}."


def show(here: Session, compared: Comparison) -> None:
    def leads(side: Side, coverage: Coverage | None) -> str:
        return to_side(here, side, coverage)

    widgets.show_html(marks.panels(compared, here.catalogue, leads))
    take(here, compared)
    widgets.show_html(marks.sides_table(compared, here.catalogue, leads))
    every = [c for side in compared.sides for c in side.figures]
    widgets.invented_note(every)
    widgets.take_away("Сравнение", every, {side.code: side.name for side in compared.sides})


def take(here: Session, compared: Comparison) -> None:
    """The panels as a picture."""
    figures_of = [c for side in compared.sides for c in side.figures]
    title = finding(here, compared)
    found = [
        figures.FigurePanel(
            side.name,
            [(sentences.level_label(here.catalogue.levels[c.level]), c) for c in side.figures],
            sentences.side_without_figures(side),
        )
        for side in compared.sides
    ]
    make = partial(figures.panels, found, "light", alt=title)
    name = here.catalogue.indicator_name(compared.indicator)
    chart.take("compare", make, f"{title}. {name}", figures_of, what="Сравнение")


def to_side(here: Session, side: Side, coverage: Coverage | None) -> str:
    """An organisation leads to its sheet, everything else to the figure as «Показатели» shows it."""
    changes: dict[str, Any] = {side.kind: side.code, "source": None}
    if coverage is not None:
        changes |= {"level": coverage.level}
    if side.kind == "organisation":
        changes |= {"territory": here.choices.organisations[side.code]}
        return here.address("organisations", **changes, trace=coverage is not None)
    return here.address("indicators", **changes, trace=False)
