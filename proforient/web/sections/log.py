"""«Журнал»: who did what and when, in plain sentences, with what stood before; only what is in the reader's reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from proforient.access.log_words import SENTENCES, CodeNames, actor_name, in_reach, names_of, sentence
from proforient.charts import marks
from proforient.monitoring import Event, local, local_day
from proforient.web import lists, widgets
from proforient.web.clock import today, zone_now
from proforient.web.session import Session
from proforient.wording import counted, date_ru
from proforient.wording.order import by_name

LATEST = 20_000  # events that are looked through
EVERY = "Все события"
SPANS = {0: "всё время", 1: "сегодня", 7: "неделя", 31: "месяц", 366: "год"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the boxes above the table ask for, beside the words that are searched for."""

    group: str = EVERY
    actor: str = ""
    since: dt.date | None = None


def read(here: Session) -> tuple[list[Event], CodeNames]:
    """The newest events in reach, and what their codes are called."""
    names = names_of(here.reader)
    events = here.reader.events(limit=LATEST)
    # What a demonstration or an import tells of an earlier day stands at that day.
    events.sort(key=lambda e: (e.at, int(e.id)), reverse=True)  # order: moments, then numbers
    return [e for e in events if in_reach(e, here.person, names)], names


def filters(here: Session, events: Sequence[Event]) -> Wanted:
    """The fields: what, who, since when, a word."""
    groups = [EVERY, *dict.fromkeys(group for group, _ in SENTENCES.values())]
    people = ["", *by_name({e.actor for e in events}, {e.actor: actor_name(e.actor) for e in events})]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group = st.selectbox("Что", groups, key="log-what")
        labels = {a: actor_name(a) if a else "Все" for a in people}
        offered = widgets.offered("log-who", labels, st.session_state.get("log-who"), "Найти, кто")
        actor = st.selectbox("Кто", list(offered), key="log-who", format_func=lambda a: labels[a])
        days = st.selectbox("За какое время", list(SPANS), format_func=lambda d: SPANS[d], key="log-since")
        lists.search_field("Слово: название, номер, код")
    since = today(here.zone) - dt.timedelta(days=days - 1) if days else None
    return Wanted(group=group, actor=actor, since=since)


def matching(here: Session, events: Sequence[Event], names: CodeNames, asked: Wanted) -> list[tuple[Event, str]]:
    """The events that are asked for, each with its sentence."""
    found = []
    for event in events:
        if asked.group != EVERY and SENTENCES.get(event.action, ("",))[0] != asked.group:
            continue
        if asked.actor not in ("", event.actor):
            continue
        if asked.since and local_day(event.at, here.zone) < asked.since:
            continue
        found.append((event, sentence(event, names)))
    return lists.matching(found, lambda line: (line[1], actor_name(line[0].actor)))


def table(here: Session, lines: Sequence[tuple[Event, str]]) -> None:
    """When, who, what; newest first."""
    lists.begin()
    if not lines:
        widgets.lead("Таких событий нет.")
        return
    rows = []
    for event, text in lists.page_of(lines):
        at = local(event.at, here.zone)
        day = "сегодня" if at.date() == today(here.zone) else date_ru(at.date(), "digits")
        rows.append([f"{day}, {at:%H:%M}", actor_name(event.actor), text])
    widgets.show_html(marks.table([f"Когда ({zone_now(here.zone)})", "Кто", "Что"], rows, css="pf-log"))
    lists.pages(len(lines))


def chain_note(here: Session) -> None:
    """Whether each event still follows from the one before it."""
    broken = here.reader.broken_events()
    if broken:
        text = f"Цепочка нарушена: {counted(len(broken), 'records')}. Проверьте хранилище и восстановите копию."
        widgets.message(text, heading="Журнал изменён в обход программы")
        return
    widgets.caption(
        "Записи не меняются и не удаляются: отпечаток каждой посчитан вместе с предыдущей. "
        "Цепочка проверена при открытии страницы."
    )
