"""A live page before any script runs: who asks and the address come in, its finding and chart go out as HTML.

What may be seen and what is shown are decided by what the page itself is drawn with: the person, the choices, the
view, the page's own reading of the store. Where the page would say something else, nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from proforient.access.roles import Person
from proforient.analysis.coverage import Coverage
from proforient.charts import figures, marks, sentences
from proforient.charts.marks import Html, joined, tag
from proforient.charts.still import still
from proforient.palette import EITHER
from proforient.view import read_view
from proforient.web import frame, widgets
from proforient.web.choices import choices_of
from proforient.web.fonts import base
from proforient.web.register import PAGES, PageEntry
from proforient.web.running import Opened
from proforient.web.sections import overview as overview_page
from proforient.web.sections import tour
from proforient.web.session import Session

LINK = (
    "M3.9 12c0-1.7 1.4-3.1 3.1-3.1h4V7H7a5 5 0 0 0 0 10h4v-1.9H7A3.1 3.1 0 0 1 3.9 12zM8 13h8v-2H8zm9-6h-4v1.9h4a3.1 "
    "3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10z"
)
DOWN = "M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z"


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """``chart``: the name of the page's chart, with which the live page has drawn as much as stands here."""

    title: str
    html: Html
    chart: str


def first(opened: Opened, person: Person, path: str, query: str) -> First | None:
    """The page at ``path`` below the program's base, or None where the page itself must speak."""
    entry = next((entry for entry in PAGES if entry.url_path == path), None)
    if entry is None or entry.code not in _DRAWN or not person.opens(entry.code):
        return None
    here = _session(opened, person, entry, parse_qs(query, keep_blank_values=True))
    if here is None:
        return None
    try:
        version = here.version
        drawn = _DRAWN[entry.code](here)
        # Figures of two states of the data never stand on one page.
        return drawn if opened.store.version == version else None
    finally:
        here.renew()


def _session(opened: Opened, person: Person, entry: PageEntry, asked: Mapping[str, Sequence[str]]) -> Session | None:
    """What the frame would give the page; None where it has something to say above it or in its place."""
    choices = choices_of(opened, person)
    # Of very many territories the live page offers those that are searched for, in a field of its own.
    if not choices.territories or not choices.periods or len(choices.territories) > widgets.MOST_OFFERED:
        return None
    view, not_understood = read_view(asked, choices)
    if not_understood or view.territory is None or view.period is None:
        return None
    here = Session(
        page=entry, person=person, view=view, choices=choices, not_understood=(), theme="light", opened=opened
    )
    return here if view.period in widgets.periods_here(here) else None


def overview(here: Session) -> First | None:
    if here.catalogue.headline is None:
        return None
    shown = overview_page.read(here)

    def where(coverage: Coverage) -> str:
        return overview_page.problem_or_indicator(here, shown, coverage)

    page = figures.levels(shown.levels, here.catalogue, EITHER, address=where)
    hall = figures.levels(shown.levels, here.catalogue, EITHER, size="hall", address=where)
    rows = tag("div", marks.levels(shown.levels, here.catalogue, address=where), "pf")
    left = [
        *(
            tag("div", tag("div", drawn, f"first-st-key-{size}-levels"))
            for size, drawn in (("wide", still(page, "page")), ("hall", still(hall, "hall")), ("narrow", rows))
        ),
        _pf(marks.caption(sentences.levels_caption(shown.levels, here.catalogue))),
    ]
    right = []
    if shown.steps:
        right = [_pf(tag("h2", overview_page.FIRST, "pf-section")), _pf(overview_page.steps(here, shown))]
    finding = sentences.overview_finding(shown.levels, here.catalogue)
    lead = sentences.overview_lead(shown.levels, here.catalogue)
    body = [*_head(finding, lead), _columns((2, left), (1, right))]
    return First(title=here.page.title, html=_whole(here, body), chart="levels")


_DRAWN: Mapping[str, Callable[[Session], First | None]] = {"overview": overview}


def _pf(inner: Html) -> Html:
    return tag("div", inner, "pf")


def _head(finding: str, lead: str) -> list[Html]:
    return [_pf(tag("h1", finding, "pf-finding")), *([_pf(tag("p", lead, "pf-lead"))] if lead else [])]


def _columns(*columns: tuple[int, Sequence[Html]]) -> Html:
    """Columns as wide beside each other as Streamlit makes them."""
    return tag("div", joined(tag("div", joined(c), f"first-stack first-of-{n}") for n, c in columns), "first-columns")


def _whole(here: Session, body: Sequence[Html], *, cohorts: bool = True) -> Html:
    """The page as Streamlit will lay it out: header, who looks, the step of a tour, the scope, then the ``body``."""
    step = tour.html_of(here)
    stack = [
        tag("div", _pf(frame.note(here.settings, here.person)), "first-note"),
        _pf(step) if step else "",
        Html("<div></div>"),  # a line that is there on paper only
        _scope(here, cohorts=cohorts),
        *body,
    ]
    main = tag("main", tag("div", joined(stack), "first-stack"), "stMainBlockContainer")
    return joined([_header(here), main])


def _header(here: Session) -> Html:
    shown = [entry for entry in PAGES if here.person.opens(entry.code)]
    items = [
        tag(
            "a",
            entry.title,
            href=f"{base()}/{entry.url_path}",
            aria_current="page" if entry.code == here.page.code else "",
        )
        for entry in shown
        if not entry.heading
    ]
    headings = dict.fromkeys(entry.heading for entry in shown if entry.heading)
    items += [tag("span", joined([heading, _icon(DOWN)]), aria_hidden="true") for heading in headings]
    logo = Html(f'<img src="{base()}/app/static/logo.svg" alt="Профориент" width="200" height="32">')
    nav = tag("nav", joined(items), aria_label="Разделы")
    return tag("header", tag("div", joined([logo, nav]), "stAppToolbar"), "stAppHeader")


def _scope(here: Session, *, cohorts: bool) -> Html:
    """What is chosen, in the places of the select boxes; the buttons are there for the eye only."""
    chosen = []
    for field, options in widgets.scope_of(here, cohorts=cohorts).items():
        words = options.get(getattr(here.view, field) or "", widgets.NOTHING)
        chosen.append(tag("span", joined([tag("span", words), _icon(DOWN)]), f"first-choice first-{field}"))
    share = tag("span", joined([_icon(LINK), widgets.SHARE, _icon(DOWN)]), "first-button", aria_hidden="true")
    deck = tag("span", widgets.DECK, "first-button first-primary", aria_hidden="true")
    buttons = [share, *([deck] if widgets.presents(here) else [])]
    return tag("div", joined([*chosen, Html("<span class='first-space'></span>"), *buttons]), "pf first-scope")


def _icon(path: str) -> Html:
    return Html(f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>')
