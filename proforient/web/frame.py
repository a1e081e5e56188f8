"""The frame of every page: menu, colours, what mode this is, what of the link was not understood; then the page."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

from proforient.errors import ProforientError
from proforient.settings import Settings
from proforient.view import Choices
from proforient.web import failures, session
from proforient.web.choices import choices_of
from proforient.web.register import PAGES, page_entry
from proforient.web.running import running
from proforient.web.sections import tour
from proforient.wording import typo

STATIC = Path(__file__).parent / "static"


def run() -> None:
    """Everything that happens in one run of the script."""
    pages = {
        entry.code: st.Page(entry.file, title=entry.title, url_path=entry.url_path or None, default=entry.default)
        for entry in PAGES
        if entry.file.exists()
    }
    chosen = st.navigation(list(pages.values()), position="top")
    code = next(
        (code for code, page in pages.items() if page is chosen or page.url_path == chosen.url_path), "overview"
    )
    st.set_page_config(page_title=f"{chosen.title} · Профориент", page_icon=str(STATIC / "favicon.svg"), layout="wide")
    st.logo(str(STATIC / "logo.svg"), size="large", link=None)
    try:
        opened = running().open()
        choices = choices_of(opened)
    except ProforientError as error:
        failures.show(error)
        return
    _note(opened.settings)
    missing = _missing(choices)
    if missing:
        st.html(failures.first_day(missing))
        return
    here = session.enter(page_entry(code), opened, choices)
    try:
        _not_understood(here.not_understood)
        tour.bar(here)
        chosen.run()
    finally:
        session.leave(here)


def _missing(choices: Choices) -> list[str]:
    """What must be set up before any page has something to show."""
    return [name for name, there in (("organisations", choices.territories), ("periods", choices.periods)) if not there]


def _note(settings: Settings) -> None:
    """Without sign-in everybody at this computer sees everything: that must be said on every page."""
    text = (
        "Открытая демонстрация: без входа, только чтение" if settings.read_only else "Без входа, только этот компьютер"
    )
    with st.container(key="frame-note"):
        st.html(f'<div class="pf"><span class="pf-frame-note">{typo(text)}</span></div>')


def _not_understood(texts: tuple[str, ...]) -> None:
    if texts:
        items = " ".join(html.escape(text) for text in texts)
        st.html(f'<div class="pf"><div class="pf-message" role="status"><p>{typo(items)}</p></div></div>')
