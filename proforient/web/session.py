"""What a page works with: the query string and the running program come in, a ``Session`` goes out.

The query string is the only truth about what the user looks at. It is read here, once, before the page runs; widgets
write it in their callbacks and never keep a state of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st

from proforient.access.roles import Deed, Person, Whose
from proforient.catalogue.entries import Catalogue
from proforient.palette import ThemeName
from proforient.settings import Settings
from proforient.store import facts
from proforient.store.reading import Reader
from proforient.store.store import Store
from proforient.view import Choices, View, read_view, to_query
from proforient.web.fonts import base
from proforient.web.register import PageEntry, page_entry
from proforient.web.running import OpenApplication

KEY = "proforient.session"
KEPT = "proforient.view"
ON = "proforient.page"  # key of the page to which the kept view belongs
SEEN = "seen"
PRESSED = "proforient.pressed"
BARE = "proforient.bare"  # key of whether the view was read while nobody reported, or for no period
LED = "proforient.led"  # to which page a chosen mark leads
_drawn: ContextVar[Session | None] = ContextVar("drawn", default=None)
# What is found and opened on one page is not on the next.
ON_ONE_PAGE: dict[str, Any] = dict.fromkeys(
    ("find", "part", "beside", "down", "document", "item", "progress", "addressee")
)
LISTED = {  # with any of these a list begins at its first page, and what was open there is not any more
    "document": {"territory", "period"},
    "item": {"territory", "period", "document"},
    "part": {"territory", "period", "problem", "find", "kind", "state", "sort", "down"},
    "beside": {
        *("territory", "period", "cohort", "indicator", "level", "organisation"),
        *("find", "trace", "progress", "addressee", "document"),
    },
}


class Way(NamedTuple):
    """Where a link or a mark leads: which fields of the view it changes, and on which page (None: the same one)."""

    changes: dict[str, Any]
    page: str | None = None


@dataclass(slots=True, kw_only=True)
class Session:
    """One run of one page.

    ``reader`` lends one read transaction for the whole run, so that the figures of a page belong together; the frame
    ends it. After writing something in the same run call ``renew`` to see it.
    """

    page: PageEntry
    person: Person
    view: View
    choices: Choices
    not_understood: tuple[str, ...]
    theme: ThemeName
    opened: OpenApplication
    _lent: ExitStack = field(default_factory=ExitStack)
    _reader: Reader | None = None
    _version: int | None = None
    _mark: int = 0
    relied: bool = False  # whether this run has shown something that was worked out before it began

    @property
    def settings(self) -> Settings:
        return self.opened.settings

    @property
    def store(self) -> Store:
        return self.opened.store

    def may(self, deed: Deed, whose: Whose) -> bool:
        """Whether a button for this is shown: exactly where ``roles.demand`` lets it pass and the store is written."""
        return self.acts(deed) and self.person.reaches_whose(whose)

    def acts(self, deed: Deed) -> bool:
        """The same of a deed whose object is chosen only after the button, out of what is in reach."""
        return self.person.may(deed) and not self.settings.read_only

    def reaches_all(self, codes: Iterable[str]) -> bool:
        """Whether everything about these organisations may be shown here, or done by whoever acts.

        Asked in callbacks, too: there the page's own transaction may just be ending in another thread.
        """
        asked = set(codes)
        with self.store.read() as reader:
            return self.person.reaches_all(reader.organisations(codes=asked), asked)

    @property
    def catalogue(self) -> Catalogue:
        return self.opened.catalogue

    @property
    def version(self) -> int:
        """The state of the data that this run shows; read before the transaction begins, so never newer than it."""
        if self._version is None:
            self._mark = self.store.mark  # before the version: never newer than anything that is shown
            self._version = self.store.version
        return self._version

    @property
    def mark(self) -> int:
        """What actions offered by this drawing are based on: give it to a button's callback when it is drawn.

        In a callback it would be that of another drawing.
        """
        _ = self.version
        return self._mark

    @property
    def reader(self) -> Reader:
        while self._reader is None:
            shown = self.version
            self._reader = self._lent.enter_context(self.store.read())
            if self.store.version != shown:
                # Something was written meanwhile: figures of two states of the data never stand on one page.
                self.renew()
                if self.relied:
                    st.rerun()
        return self._reader

    @property
    def zone(self) -> ZoneInfo:
        """By which clocks the page tells days and times: those of the territory looked at, or of the person's own."""
        return self.reader.zone(self.view.territory or self.person.territory)

    @property
    def invented(self) -> bool:
        """Whether the figures are those of the demonstration."""
        return facts.invented(self.reader)

    def changed(self, **changes: Any) -> View:
        """The view with ``changes``; what no longer fits (another territory's organisation) goes back to the usual."""
        view = self.view
        if "territory" in changes and changes["territory"] != view.territory:
            changes.setdefault("organisation", None)
            changes.setdefault("source", None)
        changing = {key for key, value in changes.items() if getattr(view, key) != value}
        changes |= {part: None for part, by in LISTED.items() if changing & by and part not in changes}
        if "indicator" in changes and view.level not in self.choices.indicators.get(changes["indicator"], ()):
            changes.setdefault("level", None)
        return replace(view, **changes)

    def query(self, **changes: Any) -> str:
        """The query string of the view as ``changes`` would make it, always complete."""
        return _query_string(self.changed(**changes))

    def address(self, page: str | None = None, **changes: Any) -> str:
        """The address of this page or of the ``page`` of that code, with the view as ``changes`` would make it."""
        target = self.page if page is None else page_entry(page)
        if target is not self.page:
            changes = ON_ONE_PAGE | changes
        return f"{base()}/{target.url_path}?{self.query(**changes)}"

    def way(self, way: Way) -> str:
        """The address to which it leads."""
        return self.address(way.page, **way.changes)

    def renew(self) -> None:
        """End the read transaction; the next use of ``reader`` begins a new one."""
        self._reader = None
        self._version = None
        self._lent.close()


@lru_cache(maxsize=16_384)
def _query_string(view: View) -> str:
    """Each drawing of a long list asks for the same ones again."""
    return urlencode(to_query(view))


def current() -> Session:
    """The session of this run, in a page or in a widget's callback; that of a first view while it is ``drawn``."""
    session = _drawn.get() or st.session_state[KEY]
    assert isinstance(session, Session)
    return session


def is_first() -> bool:
    """Whether this is the first view of a page, which no script draws."""
    return _drawn.get() is not None


@contextmanager
def drawing_for(session: Session) -> Iterator[None]:
    """Within the block, and in its thread only, ``session`` is the current one although no script runs."""
    before = _drawn.set(session)
    try:
        yield
    finally:
        _drawn.reset(before)


def enter(page: PageEntry, opened: OpenApplication, choices: Choices, person: Person) -> Session:
    """Read the view from the address, complete the address in one message, and keep both for this run."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    # The menu empties the query string: what stood there before is what the user still looks at.
    remembered_query: dict[str, str] = dict(st.session_state.get(KEPT, {}))
    if st.session_state.get(ON) != page.code:
        remembered_query |= dict.fromkeys(ON_ONE_PAGE, "")
    st.session_state[ON] = page.code
    query = {name: [value] for name, value in remembered_query.items()} | asked
    if st.session_state.pop(BARE, False):  # nothing could be chosen then: that was no choice
        query = {name: values for name, values in query.items() if any(values)}
    if not choices.organisations or not choices.periods:
        st.session_state[BARE] = True
    view, not_understood = read_view(query, choices)
    session = Session(
        page=page,
        person=person,
        view=view,
        choices=choices,
        not_understood=tuple(not_understood),
        theme=theme(),
        opened=opened,
    )
    st.session_state[KEY] = session
    _write(view)
    return session


def leave(session: Session) -> None:
    session.renew()


def theme() -> ThemeName:
    return "dark" if st.context.theme.type == "dark" else "light"


def keep_mark(mark: int) -> None:
    """A callback of a button whose work is done in the run: what was shown when it was pressed."""
    st.session_state[PRESSED] = mark


def pressed_mark() -> int:
    """What was shown when the button of this run was pressed."""
    return int(st.session_state.pop(PRESSED))


def go(**changes: Any) -> None:
    """Change the view: only in a callback, so that the page of the same run is already drawn with it."""
    _write(current().changed(**changes))


def lead(way: Way) -> None:
    """Go there: only in a callback; another page is drawn instead of this one (``led``)."""
    here = current()
    if way.page is None or page_entry(way.page) is here.page:
        go(**way.changes)
    else:
        st.session_state[LED] = way.page
        st.session_state[KEPT] = to_query(here.changed(**ON_ONE_PAGE | way.changes))


def is_led() -> bool:
    """Whether a callback leads to another page: a fragment then lets the whole page be drawn."""
    return LED in st.session_state


def led() -> str | None:
    """Once: the page to which the callback of this run leads; there the view is what it has kept."""
    found: str | None = st.session_state.pop(LED, None)
    return found


def address(page: str | None = None, **changes: Any) -> str:
    """``Session.address`` of the session of this run."""
    return current().address(page, **changes)


def deck_address() -> str:
    """Where the view is frozen and shown as slides, as long as its figures are those of this drawing."""
    here = current()
    return f"{base()}/deck/new?{here.query()}&{SEEN}={here.mark}"


def link() -> str:
    """The full link to what is shown, to be copied."""
    session = current()
    here = session.settings.address or _server()
    return f"{here}/{session.page.url_path}?{session.query()}"


def _write(view: View) -> None:
    wanted = to_query(view)
    st.session_state[KEPT] = wanted
    if {name: st.query_params.get_all(name) for name in st.query_params} != {n: [v] for n, v in wanted.items()}:
        st.query_params.from_dict(wanted)


def _server() -> str:
    """Scheme, host and base of the address in the browser."""
    page = (st.context.url or "").rstrip("/")
    return page.removesuffix("/" + current().page.url_path) if current().page.url_path else page
