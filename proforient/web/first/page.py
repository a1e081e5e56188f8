"""A live page before any script runs: who asks and the address come in, its finding and chart go out as HTML.

What may be seen and what is shown are decided by what the page itself is drawn with: the person, the choices, the
view, the page's own reading of the store. Where the page would say something else, nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from proforient.access.roles import Person
from proforient.charts.marks import Html
from proforient.view import read_view
from proforient.web import widgets
from proforient.web.choices import choices_of
from proforient.web.first import drawings, page_layout
from proforient.web.first.drawings import Drawing
from proforient.web.register import PAGES, PageEntry
from proforient.web.running import OpenApplication
from proforient.web.session import Session, drawing_for

_DRAWN: Mapping[str, Callable[[Session], Drawing | None]] = {
    "overview": drawings.overview,
    "indicators": drawings.indicators,
    "problems": drawings.problems,
    "upload": drawings.upload,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """``chart``: the name of the page's chart, with which the live page has drawn as much as stands here."""

    title: str
    html: Html
    chart: str


def first(opened: OpenApplication, person: Person, path: str, query: str) -> First | None:
    """The page at ``path`` below the program's base, or None where the page itself must speak."""
    entry = next((entry for entry in PAGES if entry.url_path == path), None)
    if entry is None or entry.code not in _DRAWN or not entry.is_open_to(person):
        return None
    here = _session(opened, person, entry, parse_qs(query, keep_blank_values=True))
    if here is None:
        return None
    try:
        version = here.version
        with drawing_for(here):
            made = _DRAWN[entry.code](here)
            whole = page_layout.whole(here, made.scope, made.body) if made else Html("")
        # Figures of two states of the data never stand on one page.
        if made is None or opened.store.version != version:
            return None
        return First(title=entry.title, html=whole, chart=made.chart)
    finally:
        here.renew()


def _session(
    opened: OpenApplication, person: Person, entry: PageEntry, asked: Mapping[str, Sequence[str]]
) -> Session | None:
    """What the frame would give the page; None where it has something to say above it or in its place."""
    choices = choices_of(opened, person)
    # Of very many territories the live page offers those that are searched for, in a field of its own whose height
    # depends on how the lines under it break: the page below it could not stand where it will stand.
    if not choices.territories or not choices.periods or len(choices.territories) > widgets.MOST_OFFERED:
        return None
    view, not_understood = read_view(asked, choices)
    if not_understood or view.period is None:
        return None
    here = Session(
        page=entry, person=person, view=view, choices=choices, not_understood=(), theme="light", opened=opened
    )
    # Загрузка has its own words for a period that is not opened there.
    opened_there = view.territory is None or entry.code == "upload" or view.period in widgets.periods_here(here)
    return here if opened_there else None
