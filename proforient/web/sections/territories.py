"""What lies one step below a territory: municipalities of a region, regions of a country, each beside its plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import streamlit as st

from proforient.analysis.coverage import Coverage, coverages
from proforient.charts import figures, marks, sentences
from proforient.monitoring import Verdict, territory_name, within
from proforient.web import chart, lists, sides, widgets
from proforient.web.cache import EVERY_FIELD, cached
from proforient.web.choices import SORTS
from proforient.web.session import Session, Way, current
from proforient.wording import NOUNS, Noun, capital, noun

MOST_DRAWN = 40  # territories of the picture to take away; the file has all
OUTSIDE = "вне муниципалитетов"  # words for where a region's own organisations are


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoriesBelow:
    """One figure of each territory below; none where there is nothing below. ``word``: what the territories are."""

    rows: tuple[Coverage, ...]
    names: Mapping[str, str]
    word: Noun

    @property
    def title(self) -> str:
        return sentences.places_title(self.rows, self.names, self.word)


@cached("territory", "period", "cohort", "level")
def read(here: Session, indicator: str) -> TerritoriesBelow:
    """The indicator at the level of the view."""
    view = here.view
    assert view.period is not None
    below = view.territory is None or _holds(view.territory, here.choices.territories)
    if not below or view.level not in here.choices.indicators.get(indicator, ()):
        return TerritoriesBelow(rows=(), names={}, word=noun("municipalities"))
    found = coverages(
        here.reader, here.catalogue, view.period, territory=view.territory, by="below", indicator=indicator,
        level=view.level, cohort=view.cohort,
    )  # fmt: skip
    rows = tuple(c for c in found if c.verdict is not Verdict.NOT_ASKED)
    if all(c.territory == view.territory for c in rows):
        rows = ()
    paths = [c.territory for c in rows]
    return TerritoriesBelow(rows=rows, names=_names(paths), word=_word(paths, here.choices.territories))


def _names(paths: Sequence[str]) -> dict[str, str]:
    """As people say it, with the region where two have the same name."""
    said = Counter(territory_name(path) for path in paths)
    names = {path: territory_name(path) if said[territory_name(path)] == 1 else path for path in paths}
    return {path: OUTSIDE if _holds(path, paths) else name for path, name in names.items()}


def _holds(path: str, paths: Sequence[str]) -> bool:
    return any(other != path and within(other, path) for other in paths)


def _word(paths: Sequence[str], territories: Sequence[str]) -> Noun:
    holding = sum(_holds(path, territories) for path in paths)
    return NOUNS["municipalities" if not holding else "regions" if holding == len(paths) else "territories"]


def ranked(here: Session, found: TerritoriesBelow) -> list[Coverage]:
    """The figures in the order of the view."""
    return marks.ranked_places(found.rows, found.names, here.view.sort)


def plot(found: TerritoriesBelow, rows: Sequence[Coverage], page: str = "overview") -> marks.Html:
    """The dot plot, a page of the ``rows``; a name opens its territory on the ``page`` of that code."""
    leads = partial(_leads, found, page)
    return marks.places(lists.page_of(rows), rows, found.names, title=found.title, address=leads)


def _leads(found: TerritoriesBelow, page: str, c: Coverage) -> str:
    if found.names[c.territory] == OUTSIDE:
        return ""
    to_place = Way({"territory": c.territory, "part": None}, page)
    return current().way(sides.ways_of("t", lambda _: to_place)(c.territory))


def show(
    here: Session,
    found: TerritoriesBelow,
    *,
    levels: Mapping[str, str] | None = None,
    titled: bool = True,
    page: str = "overview",
) -> None:
    """The title, by which level and in what order, the dot plot and the same as a table, a page of the list at once.

    ``levels``: code -> words, where the level is chosen here; not ``titled``: the page's finding is the title.
    ``page``: the code of the page on which a name opens its territory.
    """
    if not found.rows:
        return
    if titled:
        widgets.chart_title(found.title)
    with st.container(horizontal=True, vertical_alignment="center", key="places-choose"):
        if levels and len(levels) > 1:
            widgets.switch("level", "Уровень", levels)
        widgets.switch("sort", "Порядок", SORTS)
    drawn = _drawn(here, found.rows[0].indicator, page, sides.is_picking("t"))
    lists.begin()
    widgets.show_html(drawn.plot)
    lists.pages(len(found.rows))
    widgets.invented_note(found.rows)
    with st.expander("Таблица к рисунку"):
        widgets.show_html(drawn.table)
    sides.offer(f"Сравнить первые {found.word.nom_pl}", (f"t:{c.territory}" for c in drawn.ranked))
    with st.container(horizontal=True, key="places-away"):
        _take(found, drawn.ranked)
        widgets.take_away(capital(found.word.nom_pl), drawn.ranked, {})


def _take(found: TerritoriesBelow, rows: Sequence[Coverage]) -> None:
    """The first of them as a picture."""
    panel = figures.FigurePanel("", [(found.names[c.territory], c) for c in rows[:MOST_DRAWN]])
    make = partial(figures.panels, [panel], "light", alt=found.title, look="dots")
    chart.take("places", make, found.title, rows[:MOST_DRAWN], what=capital(found.word.nom_pl))


class _Drawn(NamedTuple):
    ranked: Sequence[Coverage]
    plot: marks.Html
    table: marks.Html


@cached(*EVERY_FIELD)
def _drawn(here: Session, indicator: str, page: str, picking: bool) -> _Drawn:
    """A hundred lines of links are not written anew where nothing of the view has changed."""
    found = read(here, indicator)
    rows = ranked(here, found)
    what, leads = capital(found.word.nom), partial(_leads, found, page)
    table = marks.places_table(lists.page_of(rows), found.names, what=what, address=leads)
    return _Drawn(rows, plot(found, rows, page), table)
