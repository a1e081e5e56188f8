"""Views of «Исследовать» that have a name: the list of one's own and the department's, kept, changed, put away.

A view is the choices of the address; who opens it is shown no more than the address would show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from proforient.access.log_words import actor_name
from proforient.access.roles import Deed, Person
from proforient.analysis.pivot import PivotQuestion
from proforient.charts import marks
from proforient.charts.sentences import Quantity
from proforient.errors import WrongCall
from proforient.monitoring import territory_name, within
from proforient.store import naming
from proforient.store.views import NamedView
from proforient.view import NO_AXIS, Choices
from proforient.web import widgets
from proforient.web.sections import dialog, notice
from proforient.web.session import Session, current
from proforient.wording import join, quoted, typo

KEYS = ("territory", "period", "cohort", "indicator", "level", "rows", "columns", "measure", "look")
KEEP, CHANGE = "Сохранить вид…", "Изменить…"
OWN, SHARED = "для себя", "для управления"
WHAT = "Что этот вид показывает"
GONE = {
    "period": "периода", "cohort": "категории", "indicator": "показателя", "level": "уровня у этого показателя",
    "rows": "строк", "columns": "столбцов", "measure": "меры", "look": "вида рисунка",
}  # fmt: skip
ELSEWHERE = "сохранён для другой территории: откроется ваша"


def choices_here(here: Session, asked: PivotQuestion, quantity: Quantity, look: str) -> str:
    """What the page shows, as a view keeps it."""
    view = here.view
    chosen = {key: getattr(view, key) or "" for key in ("territory", "period", "cohort", "indicator", "level")}
    chosen |= {"rows": asked.rows, "columns": asked.columns or NO_AXIS, "measure": quantity, "look": look}
    return urlencode({key: chosen[key] for key in KEYS})


@dataclass(frozen=True, slots=True)
class KeptChoices:
    """Where a view leads by what exists for a person: the choices, what of them is gone, whether another place."""

    chosen: Mapping[str, str]
    gone: tuple[str, ...]
    elsewhere: bool


def opening_of(choices: Choices, number: str) -> KeptChoices:
    """``gone``: in words, what the view asks for and the program has no more."""
    chosen = {key: value for key, value in parse_qsl(number, keep_blank_values=True) if key in KEYS}
    levels = choices.indicators.get(chosen.get("indicator", ""), ())
    known = {
        "period": choices.periods, "cohort": choices.cohorts, "indicator": choices.indicators, "level": levels,
        "rows": choices.axes, "columns": (*choices.axes, NO_AXIS), "measure": choices.measures, "look": choices.looks,
    }  # fmt: skip
    gone = [key for key, there in known.items() if chosen.get(key) and chosen[key] not in there]
    if "indicator" in gone:
        gone = [key for key in gone if key != "level"]
    place = chosen.get("territory", "")
    elsewhere = place not in choices.territories if place else not choices.whole
    if elsewhere:
        chosen["territory"] = choices.default_territory or ""
    return KeptChoices(chosen, tuple(f"{GONE[key]} {quoted(chosen[key])}" for key in gone), elsewhere)


def may_see(view: NamedView, person: Person) -> bool:
    """One's own, and those of a department in which one works, above or below it."""
    if view.territory is None:
        return view.owner == person.login
    place, mine = view.territory, person.territory
    return not place or not mine or within(place, mine) or within(mine, place)


def _may_change(here: Session, view: NamedView) -> bool:
    if view.territory is None:
        return here.acts(Deed.LOOK)
    return here.may(Deed.SHARE, view.territory or None)


def show(here: Session, number: str) -> None:
    """The list, closed until somebody looks for it; ``number``: what the page shows now."""
    found = [view for view in here.reader.named_views(here.person.login) if may_see(view, here.person)]
    notice.show()
    if not found and not here.acts(Deed.LOOK):
        return
    with st.expander(f"Сохранённые виды: {len(found)}" if found else "Сохранить этот вид", key="explore-views"):
        for view in found:
            _line(here, view, number)
        if here.acts(Deed.LOOK):
            st.button(
                KEEP, key="view-keep", icon=":material/bookmark_add:", on_click=dialog.ask,
                args=(here.mark, "view", "", number),
            )  # fmt: skip


def _line(here: Session, view: NamedView, number: str) -> None:
    opens = opening_of(here.choices, view.choices)
    facts = [OWN if view.territory is None else f"{SHARED}, {_place(view)}: {actor_name(view.owner)}"]
    if opens.gone:
        facts.append(f"устарел: нет больше {join(list(opens.gone))}")
        name = marks.tag("b", view.name)
    else:
        facts += [ELSEWHERE] if opens.elsewhere else []
        changes = {key: value or None for key, value in opens.chosen.items()}
        same = view.choices == number
        name = marks.tag("a", view.name, "go", href=here.address(**changes), aria_current="true" if same else "")
    small = marks.tag("small", typo(" · ".join(facts)), "pf-quiet pf-line")
    with st.container(horizontal=True, vertical_alignment="center", key=f"view-{view.id}"):
        widgets.show_html(marks.tag("p", marks.joined([name, small])))
        if _may_change(here, view):
            details = (here.mark, "view", view.id, number)
            st.button(CHANGE, key=f"view-change-{view.id}", on_click=dialog.ask, args=details)


def _place(view: NamedView) -> str:
    return territory_name(view.territory) if view.territory else "все территории"


@st.dialog("Сохранённый вид", on_dismiss=dialog.forget)
def view_dialog(number: str, choices_text: str) -> None:
    """A new one without ``number``, else that one: its name, what it shows, whether it stays."""
    here = current()
    with dialog.reading(here):
        try:
            before = here.reader.named_view(number) if number else None
        except WrongCall as error:
            widgets.message(str(error))
            return
        if before is not None and not (may_see(before, here.person) and _may_change(here, before)):
            return
        name = st.text_input(
            WHAT, value=before.name if before else "", key=f"view-name-{number}", max_chars=naming.NAME,
            placeholder="Например: школы по годам",
        )  # fmt: skip
        if before is None:
            _new(here, name, choices_text)
        else:
            _old(here, before, name, choices_text)


def _new(here: Session, name: str, choices_text: str) -> None:
    place = here.person.territory or None
    whom = [OWN, SHARED] if here.may(Deed.SHARE, place) else [OWN]
    chosen = st.radio("Кому он виден", whom, key="view-whom", horizontal=True)
    if st.button("Сохранить", type="primary", key="view-do"):
        territory = here.person.territory if chosen == SHARED else None
        view = NamedView(id="", name=name, choices=choices_text, owner="", territory=territory)
        _write(here, view, f"Вид {quoted(view.name.strip())} сохранён {chosen}.")


def _old(here: Session, before: NamedView, name: str, choices_text: str) -> None:
    anew = before.choices != choices_text and st.checkbox("Показывать то, что сейчас на странице", key="view-anew")
    with st.container(horizontal=True):
        if st.button("Сохранить", type="primary", key="view-do"):
            _write(here, replace(before, name=name, choices=choices_text if anew else before.choices), "Вид изменён.")
        if st.button("Убрать вид", key="view-away"):
            _write(here, replace(before, kept=False), f"Вид {quoted(before.name)} убран.")


def _write(here: Session, view: NamedView, said: str) -> None:
    deed, whose = (Deed.LOOK, here.person.territory or None)
    if view.territory is not None:
        deed, whose = Deed.SHARE, view.territory or None
    dialog.finish(here, deed, lambda writer: naming.keep_view(writer, view), typo(said), whose, figures=False)


DIALOGS: Mapping[str, Callable[..., None]] = {"view": view_dialog}
