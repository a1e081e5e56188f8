"""«Добавить в доклад»: the comparison as a slide; it goes in the address until it is taken out of it."""

from __future__ import annotations

import streamlit as st

from proforient.analysis.sides import Comparison
from proforient.charts import sentences
from proforient.charts.marks import joined, tag
from proforient.view import APART, MOST_SLIDES, SIDES, SlideOfSides, slides_of
from proforient.web import widgets
from proforient.web.session import Session, current, go
from proforient.web.sides import comparison_of
from proforient.wording import number, typo

ADD = "Добавить в доклад"
SIGNS = {kind: sign for sign, kind in SIDES.items()}


def add(here: Session, compared: Comparison) -> None:
    """The button; nothing for one side alone and for what is in the deck already."""
    own, put_in = _slide_of(compared), slides_of(here.view)
    if not widgets.presents(here) or len(compared.sides) < 2 or own in put_in:
        return
    if len(put_in) < MOST_SLIDES:
        st.button(ADD, key="compare-add", icon=":material/add:", on_click=_add, args=(own,))
    else:
        full = f"Сравнений в докладе уже {number(MOST_SLIDES)}: уберите одно, чтобы добавить другое."
        widgets.caption(typo(full))


def added(here: Session) -> None:
    """What is in the deck already, with the way out of it."""
    put_in = slides_of(here.view)
    if not put_in or not widgets.presents(here):
        return
    widgets.section("Сравнения в докладе")
    for slide in put_in:
        _line(here, slide)
    widgets.caption("Слайды откроет кнопка «Доклад» на любой странице; сравнения держатся в адресе.")


def _line(here: Session, slide: SlideOfSides) -> None:
    found = comparison_of(here.reader, here.catalogue, here.choices, here.view, slide)
    name = ", ".join(side.name for side in found.sides)
    words = sentences.comparison_finding(found, here.catalogue)
    with st.container(horizontal=True, vertical_alignment="center"):
        widgets.show_html(tag("p", joined([tag("b", words), tag("small", name, "pf-quiet pf-line")])))
        st.button("Убрать", key=f"compare-out-{slide.code}", on_click=_take_out, args=(slide,))


def _slide_of(compared: Comparison) -> SlideOfSides:
    """In the order in which its panels stand."""
    sides = tuple(f"{SIGNS[side.kind]}:{side.code}" for side in compared.sides)
    return SlideOfSides(indicator=compared.indicator, level=compared.level, sides=sides)


def _add(slide: SlideOfSides) -> None:
    _write([*slides_of(current().view), slide])


def _take_out(slide: SlideOfSides) -> None:
    _write([other for other in slides_of(current().view) if other != slide])


def _write(slides: list[SlideOfSides]) -> None:
    go(slides=APART.join(slide.code for slide in slides) or None)
