"""The register as it stands today: a line an organisation, with the button that changes it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.monitoring import Organisation, territory_name
from proforient.store.roster import Roster
from proforient.web import lists, widgets
from proforient.web.cache import cached
from proforient.web.clock import today
from proforient.web.sections.dialog import ask
from proforient.web.sections.mergers import merger_lines
from proforient.web.sections.registry.words import kind_word, levels_words
from proforient.web.session import Session
from proforient.wording import capital, counted, date_ru, typo


def read_roster(here: Session) -> Roster:
    """Who is in reach in the territory that is looked at, closed ones too."""
    return _register(here, today(here.zone))


@cached("territory")
def _register(here: Session, day: dt.date) -> Roster:
    return here.reader.roster(on=day, territory=here.view.territory)


def roster_finding(here: Session, register: Roster) -> str:
    """«60 организаций в реестре, две закрыты»."""
    if not len(register):
        return "В реестре ещё никого: внесите список организаций"
    there = int(register.open_on(today(here.zone)).sum())
    closed = len(register) - there
    tail = f", не работают {closed}" if closed else ""
    return typo(f"В реестре {counted(len(register), 'organisations')}{tail}")


def roster_list(here: Session, register: Roster) -> None:
    """Fifty at a time, by territory and name; many are searched."""
    codes = list(register)
    with st.container(horizontal=True, vertical_alignment="center", key="list-choose"):
        if len(codes) > 10 or here.view.find:
            lists.search_field("Название, ИНН, код")
        if here.acts(Deed.REGISTER):
            st.button("Добавить организацию…", key="registry-add", on_click=ask, args=(here.mark, "organisation", ""))
        if codes and here.may(Deed.REGISTER, here.view.territory):
            st.button("Адреса почты…", key="registry-mailboxes", on_click=ask, args=(here.mark, "mailboxes"))
    texts = [register.by_code(column) for column in ("name", "full_name", "inn")]
    wanted = lists.matching(codes, lambda code: (*(text[code] for text in texts), code))
    lists.head(len(wanted), len(codes), by=("find",))
    several = len(set(register.homes.values())) > 1
    day = today(here.zone)
    for code in lists.page_of(wanted):
        _line(here, register[code], day, several)
    lists.pages(len(wanted))


def way_on(here: Session) -> None:
    """While no period was opened: the next of the five steps."""
    if not here.choices.periods:
        widgets.show_link("Дальше: открыть период", here.address("period"))


def _line(here: Session, organisation: Organisation, day: dt.date, several: bool) -> None:
    catalogue = here.catalogue
    said = [
        kind_word(catalogue, organisation.kind),
        levels_words(catalogue, organisation.levels).lower() if organisation.levels else "",
        f"ИНН {organisation.inn}" if organisation.inn else "",
        organisation.code,
        territory_name(organisation.territory) if several else "",
    ]
    mergers = merger_lines(here, organisation.code)
    state = "" if organisation.open_on(day) or mergers else _not_open(organisation, day)
    with st.container(horizontal=True, vertical_alignment="center", key=f"registry-row-{organisation.code}"):
        small = " · ".join(part for part in said if part and part != "—")
        lines = [marks.tag("small", line, "pf-quiet pf-line") for line in (state, *mergers, small) if line]
        widgets.show_html(marks.joined([marks.tag("b", organisation.name), *lines]))
        if here.may(Deed.REGISTER, organisation):
            st.button(
                "Изменить…",
                key=f"registry-change-{organisation.code}",
                on_click=ask,
                args=(here.mark, "organisation", organisation.code),
            )


def _not_open(organisation: Organisation, day: dt.date) -> str:
    if organisation.closed and organisation.closed <= day:
        return capital(f"не работает с {date_ru(organisation.closed)}")
    return f"Откроется {date_ru(organisation.opened)}" if organisation.opened else ""
