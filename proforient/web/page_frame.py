"""The frame of every page: menu, colours, what mode this is, what of the link was not understood; then the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from proforient.access.accounts import DEMONSTRATION
from proforient.access.roles import POLICY, ROLES, Person, Role
from proforient.charts.marks import Html, name_line, tag
from proforient.errors import ProforientError
from proforient.settings import Settings
from proforient.store.store import Store
from proforient.view import Choices
from proforient.web import failures, people, session, widgets
from proforient.web.choices import choices_of
from proforient.web.fonts import base
from proforient.web.register import PAGES, PageEntry, first_page, page_entry
from proforient.web.running import running
from proforient.web.sections import tour
from proforient.web.templates import render

BEFORE = ("start", "registry", "period", "accounts", "log", "help")  # pages that need no figures
STATIC = Path(__file__).parent / "static"


def run() -> None:
    """Everything that happens in one run of the script."""
    try:
        opened = running().open()
        person = people.present(opened)
        choices = choices_of(opened, person) if person else Choices()
    except ProforientError as error:
        _set_up([page_of(entry) for entry in PAGES])
        failures.show(error)
        return
    if person is None:
        _set_up([st.Page(_to_sign_in, title="Вход", default=True)]).run()
        return
    pages = {entry.code: page_of(entry, person) for entry in PAGES}
    chosen = _set_up(_menu(pages, person))
    if there := session.led():
        st.switch_page(pages[there])
    code = next((c for c, page in pages.items() if page is chosen or page.url_path == chosen.url_path), "overview")
    _note(opened.settings, person)
    if _begins(choices) and code not in BEFORE:
        if page_entry("start").is_open_to(person):
            st.switch_page(pages["start"])
        st.html(failures.first_day())
        return
    asked = bool(st.query_params)
    here = session.enter(page_entry(code), opened, choices, person)
    try:
        if not page_entry(code).is_open_to(person):
            if chosen.url_path == "" and not asked:  # the logo leads to the first page
                st.switch_page(pages[first_page(person).code])
            _not_yours(here)
            return
        if opened.store.away:
            _alone(opened.store)
        _not_understood(here.not_understood)
        tour.bar(here)
        chosen.run()
    finally:
        session.leave(here)


def page_of(entry: PageEntry, person: Person | None = None) -> st.Page:
    """A page that the person may not open is not in the menu; its address says why."""
    return st.Page(
        entry.file,
        title=entry.title,
        url_path=entry.url_path or None,
        default=entry.default,
        visibility="hidden" if person is not None and not entry.is_open_to(person) else "visible",
    )


def _menu(pages: Mapping[str, st.Page], person: Person) -> Mapping[str, list[st.Page]]:
    """What is looked at stands in the open, what is kept in order under headings; one page alone needs none."""
    found: dict[str, list[st.Page]] = {}
    headings = [page_entry(code).heading for code in pages if page_entry(code).is_open_to(person)]
    for code, page in pages.items():
        heading = page_entry(code).heading
        found.setdefault(heading if headings.count(heading) > 1 else "", []).append(page)
    return found


def _set_up(pages: Sequence[st.Page] | Mapping[str, list[st.Page]]) -> st.Page:
    """Menu, title and logo; the page that the address asks for."""
    # The two kinds of argument have one meaning each; the type checker wants them apart.
    chosen = st.navigation(pages if isinstance(pages, Mapping) else list(pages), position="top")
    st.set_page_config(page_title=f"{chosen.title} · Профориент", page_icon=str(STATIC / "favicon.svg"), layout="wide")
    st.logo(str(STATIC / "logo.svg"), size="large", link=None)
    return chosen


def _to_sign_in() -> None:
    """The session ended while the page was open. Only Markdown lets a page lead to another address."""
    where = f"{base()}/login"
    st.markdown(render("to_sign_in.html.j2", where=where), unsafe_allow_html=True)
    st.html(failures.page("Вход закончился", "Войдите снова: откроется страница входа.", ""))


def _not_yours(here: session.Session) -> None:
    """A page that the role does not open: whom it is for, and what this role opens instead."""
    first = first_page(here.person)
    own = sorted((entry for entry in PAGES if entry.is_open_to(here.person)), key=lambda entry: entry is not first)
    only = POLICY[here.page.deed] == {Role.ADMINISTRATOR}
    widgets.finding(f"Страница «{here.page.title}» открыта {'администратору' if only else 'управлению'}")
    widgets.lead(f"Вы вошли как {ROLES[here.person.role]}. Вам открыты:")
    lines = [
        widgets.Choice(text_html=name_line(entry.title, entry.about), changes={}, page=entry.code) for entry in own
    ]
    widgets.link_list(lines, label="Ваши страницы")


def _begins(choices: Choices) -> bool:
    """Whether no figure can be shown yet: nobody reports, or for no period."""
    return not (choices.organisations and choices.periods)


def _note(settings: Settings, person: Person) -> None:
    with st.container(key="frame-note"):
        st.html(tag("div", note(settings, person), "pf"))


def note(settings: Settings, person: Person) -> Html:
    """Who is signed in, with the way out; in the demonstration that it is one."""
    mode = "" if settings.signs_in else "Открытая демонстрация, только чтение" if settings.read_only else "Демонстрация"
    if settings.reads_only:
        mode = "Только чтение: в папку данных писать нельзя"
    who = ROLES[person.role] if person.login.startswith(DEMONSTRATION) else person.login
    said = " · ".join(part for part in (mode, who) if part)
    link = tag("a", said, href=f"{base()}/account", target="_self", title="Учётная запись и выход")
    return tag("span", link, "pf-frame-note")


@st.fragment(run_every=2.0)
def _alone(store: Store) -> None:
    """What is shown may be behind; the page is drawn again as soon as the store answers."""
    if not (reason := store.away):
        st.rerun()
    st.html(failures.message("Показано последнее известное", reason, role="status"))


def _not_understood(texts: tuple[str, ...]) -> None:
    if texts:
        st.html(failures.message("", " ".join(texts), role="status"))
