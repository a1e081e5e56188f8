"""What is compared and by what: the figure, the sides from one field to search in, their order."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from proforient.charts.marks import tag
from proforient.charts.sentences import level_label
from proforient.view import BETWEEN, LONGEST, MOST_SIDES, sides_of
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.choices import SIDE_SORTS
from proforient.web.sections import indicators
from proforient.web.session import Session, current, go
from proforient.web.sides import every_side, side_names
from proforient.wording import number, typo
from proforient.wording.search import search

SIDES = "compare-sides"
WHAT = "Что сравнить, не больше шести"
HINT = "Школа, район, категория детей или год"


def figure(here: Session) -> None:
    """The indicator and its level."""
    with st.container(horizontal=True, vertical_alignment="center", key="compare-figure"):
        widgets.choose("indicator", "Показатель", indicators.every_name(here))
        levels = here.choices.indicators[here.view.indicator or ""]
        if len(levels) > 1:
            widgets.switch("level", "Уровень", {v: level_label(here.catalogue.levels[v]) for v in levels})


def names(here: Session) -> Mapping[str, str]:
    """Every side that the person may look at -> its words."""
    return _names(here, here.person.territory, here.person.organisation)


@cached()
def _names(here: Session, territory: str, organisation: str | None) -> Mapping[str, str]:
    """Kept by how far the person reaches: what others may look at is not among them."""
    return side_names(here.reader, here.catalogue, here.choices, every_side(here.choices))


def sides(here: Session) -> None:
    """One field for all of them; what is chosen stands in the address."""
    every, chosen = names(here), list(sides_of(here.view))
    offered = list(every)
    if len(every) > widgets.MOST_OFFERED:
        offered = _searched(every, chosen)
    st.session_state[SIDES] = chosen
    st.multiselect(
        WHAT,
        offered,
        key=SIDES,
        format_func=lambda side: every.get(side, side),
        max_selections=MOST_SIDES,
        placeholder=HINT,
        on_change=_chosen,
    )


def _searched(every: Mapping[str, str], chosen: list[str]) -> list[str]:
    """Of too many for one box those that are found by what is typed before it."""
    typed = st.text_input("Найти для сравнения", placeholder=HINT, max_chars=LONGEST, icon=":material/search:")
    holds = search(typed)
    found = [side for side, words in every.items() if holds(words, side)]
    first = min(len(found), widgets.OFFERED)
    said = typo(f"В списке первые {number(first)} из {number(len(found))}: впишите часть названия.")
    widgets.show_html(tag("small", said if found else "Ничего не найдено.", "pf-quiet", role="status"))
    return list(dict.fromkeys([*chosen, *found[:first]]))


def _chosen() -> None:
    go(sides=BETWEEN.join(st.session_state[SIDES][:MOST_SIDES]) or None)


def order() -> None:
    """In which order the panels stand."""
    view = current().view
    if len(sides_of(view)) > 1:
        widgets.switch("sort", "Порядок", SIDE_SORTS)
