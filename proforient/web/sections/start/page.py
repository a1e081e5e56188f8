"""What «С чего начать» draws: a line a step, with its state and the way to where it is done."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.monitoring import SEPARATOR, parent_territory, territory_name
from proforient.store import facts
from proforient.web import beside, widgets
from proforient.web.fonts import base
from proforient.web.sections.dialog import ask, finish, forget, reading
from proforient.web.sections.period.zone import ZONES, zone_name
from proforient.web.sections.start.steps import BeginningStep, next_step
from proforient.web.session import Session, Way, current, lead
from proforient.wording import typo


def step_list(here: Session, steps: list[BeginningStep]) -> None:
    """The next step has the button that stands out; the others can be done in any order."""
    waiting = next_step(steps)
    for place, step in enumerate(steps, start=1):
        with st.container(horizontal=True, vertical_alignment="center", key=f"start-step-{step.code}"):
            widgets.show_html(_step_card(place, step))
            if not step.mine:
                widgets.show_html(marks.tag("small", "делает администратор", "pf-quiet"))
                continue
            kind: Literal["primary", "secondary"] = "primary" if step is waiting else "secondary"
            if step.page:
                way = Way({}, step.page)
                st.button(step.button, key=f"start-go-{step.code}", type=kind, on_click=lead, args=(way,))
            else:
                st.button(step.button, key="start-territory", type=kind, on_click=ask, args=(here.mark, "territory"))


def _step_card(place: int, step: BeginningStep) -> marks.Html:
    sign = marks.glyph("✓" if step.done else "○")
    head = marks.tag("h2", marks.joined([sign, f"{place}. {step.title}"], " "), "pf-step")
    state = marks.tag("p", step.state_words) if step.state_words else marks.tag("p", "Ещё не сделано.", "pf-quiet")
    return marks.joined([head, state, marks.tag("p", step.about, "pf-caption")])


def demonstration(here: Session) -> None:
    """The way to the invented district: another store, so that nothing of it gets among one's own."""
    where = here.settings.demonstration
    if not where and beside.offered(here.settings, st.context.headers.get("host", ""), here.person):
        where = base() + beside.PATH
    if where:
        link = marks.tag("a", "Открыть демонстрацию", href=where, target="_blank", rel="noreferrer")
        said = "Посмотреть, как всё выглядит с числами: в ней выдуманный район, ваших данных она не касается."
        widgets.show_html(marks.tag("p", marks.joined([link, marks.html(f" — {said[0].lower()}{said[1:]}")])))


@st.dialog("Территория", on_dismiss=forget)
def territory_dialog() -> None:
    here = current()
    with reading(here):
        known = here.reader.home()
        region = st.text_input(
            "Регион",
            value=parent_territory(known) or known,
            key="start-region",
            max_chars=120,
            placeholder="Например: Челябинская область",
        )
        place = st.text_input(
            "Муниципалитет (пусто, если ведёте весь регион)",
            value=territory_name(known) if parent_territory(known) else "",
            key="start-place",
            max_chars=120,
            placeholder="Например: Нязепетровский муниципальный район",
        )
        own = here.reader.zones().get(known, "")
        offered = list(dict.fromkeys([*ZONES, *filter(None, [own, here.catalogue.timezone])]))
        usual = offered.index(own or here.catalogue.timezone)
        zone = st.selectbox("Местное время", offered, index=usual, format_func=zone_name, key="start-zone")
        if st.button("Сохранить", type="primary", key="start-territory-do"):
            _save(here, region.strip(), place.strip(), zone)


def _save(here: Session, region: str, place: str, zone: str) -> None:
    if not region:
        widgets.message("Впишите регион, например: Челябинская область.")
        return
    if "/" in region + place:
        widgets.message("Знак «/» в названии не нужен: регион и муниципалитет впишите в свои поля.")
        return
    path = SEPARATOR.join(step for step in (region, place) if step)
    said = typo(f"Территория: {territory_name(path)}.")
    finish(here, Deed.REGISTER, lambda writer: facts.set_home(writer, path, zone), said)
