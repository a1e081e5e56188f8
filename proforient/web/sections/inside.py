"""«Обзор» one step down: who stands behind a level, by gap against the same plan; of a region its municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from proforient.analysis.coverage import Coverage, coverages
from proforient.analysis.scope import Filters
from proforient.catalogue.entries import Catalogue
from proforient.charts import figures, marks, sentences
from proforient.monitoring import Organisation, Verdict
from proforient.palette import Theme, ThemeName
from proforient.web import chart, crumbs, lists, sides, widgets
from proforient.web.cache import cached
from proforient.web.sections import scenario, territories
from proforient.web.session import Session, Way

MOST = 16  # organisations of the picture; the table has all
TABLE = "Таблица к рисунку"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """The organisations of a level, each beside the plan of its municipality."""

    total: Coverage | None
    rows: tuple[Coverage, ...]
    organisations: Mapping[str, Organisation]

    @property
    def names(self) -> Mapping[str, str]:
        return sentences.names_of(self.organisations)

    def title(self, catalogue: Catalogue) -> str:
        return sentences.organisations_title(self.rows, catalogue, self.organisations)

    def figure(self, catalogue: Catalogue, theme: ThemeName | Theme) -> figures.Figure:
        return figures.organisations(self.rows, self.names, theme, title=self.title(catalogue), limit=MOST, by_gap=True)


@cached("territory", "period", "cohort", "down")
def read(here: Session) -> Inside:
    """Of the headline indicator at the level that is opened."""
    view, catalogue = here.view, here.catalogue
    assert catalogue.headline is not None and view.period is not None and view.down is not None
    one = Filters(indicator=catalogue.headline.code, level=view.down, cohort=view.cohort)
    found = coverages(here.reader, catalogue, view.period, territory=view.territory, by="organisation", **one)
    whole = coverages(here.reader, catalogue, view.period, territory=view.territory, **one)
    return Inside(
        total=next(iter(whole), None),
        rows=tuple(c for c in found if c.verdict is not Verdict.NOT_ASKED),
        organisations=here.reader.roster(on=here.reader.period(view.period).ends, territory=view.territory),
    )


def to_sheet(here: Session, code: str) -> Way:
    """Where an organisation's mark leads: to its sheet, at the cells of this figure."""
    assert here.catalogue.headline is not None
    figure = {"indicator": here.catalogue.headline.code, "level": here.view.down}
    return Way({"organisation": code, "trace": True, "source": None, **figure}, "organisations")


def rows(here: Session, found: Inside) -> marks.Html:
    """The same as rows."""
    return marks.organisations(
        found.rows, found.names, title=found.title(here.catalogue), limit=MOST, by_gap=True,
        opens=lambda c: here.way(_ways(here)(c.organisation or "")),
    )  # fmt: skip


def _ways(here: Session) -> chart.Ways:
    return sides.ways_of("o", lambda code: to_sheet(here, code))


def show(here: Session) -> None:
    """The crumbs, the chart and its table in the place of the chart of levels."""
    found = read(here)
    widgets.show_html(crumbs.line(here, here.view.down))
    widgets.chart_title(found.title(here.catalogue))
    if not found.rows:
        return
    figure = found.figure(here.catalogue, here.theme)
    chart.show("inside", figure, figures.alt(figure), rows(here, found), ways=_ways(here))
    make = partial(found.figure, here.catalogue, "light")
    chart.take("inside", make, figures.alt(figure), found.rows[:1], what="Организации уровня")
    every = figures.ranked(found.rows, found.names, by_gap=True)
    sides.offer("Сравнить первые организации", (f"o:{c.organisation}" for c in every))
    with st.expander(TABLE):
        lists.begin()
        table = marks.organisations_table(
            lists.page_of(every), found.names, by_gap=True,
            address=lambda c: here.way(to_sheet(here, c.organisation or "")),
        )  # fmt: skip
        widgets.show_html(table)
        lists.pages(len(every))
    scenario.offer(here, found.total, found.rows, found.organisations)
    widgets.take_away("Организации уровня", every, found.names)


def municipalities(here: Session, below: territories.TerritoriesBelow) -> None:
    """Of a region: the way to its organisations leads by way of its municipalities."""
    widgets.show_html(crumbs.line(here, here.view.down))
    territories.show(here, below)
