"""Where things stand on a page of Streamlit, as HTML: the header, who looks, the scope, columns, switches, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from proforient.charts import figures
from proforient.charts.marks import Html, joined, tag
from proforient.charts.still import still
from proforient.web import chart, page_frame, widgets
from proforient.web.fonts import base
from proforient.web.register import PAGES
from proforient.web.sections import tour
from proforient.web.session import Session, address

LINK = (
    "M3.9 12c0-1.7 1.4-3.1 3.1-3.1h4V7H7a5 5 0 0 0 0 10h4v-1.9H7A3.1 3.1 0 0 1 3.9 12zM8 13h8v-2H8zm9-6h-4v1.9h4a3.1 "
    "3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10z"
)
IMAGE = (
    "M19 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V5a2 2 0 0 0-2-2zm0 16H5V5h14z"
    "M8.5 13.5l2.5 3 3.5-4.5 4.5 6H5z"
)
DOWN = "M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z"


def pf(inner: Html) -> Html:
    return tag("div", inner, "pf")


def head(finding: str, lead: str) -> list[Html]:
    return [pf(tag("h1", finding, "pf-finding")), *([pf(tag("p", lead, "pf-lead"))] if lead else [])]


def title(words: str) -> Html:
    """Over a chart."""
    return pf(tag("h3", words, "pf-title"))


def columns(*parts: tuple[str, Sequence[Html]]) -> Html:
    """Columns as wide beside each other as Streamlit makes them: each with its share of the width, «2-3»."""
    drawn = (tag("div", joined(column), f"first-stack first-of-{share}") for share, column in parts)
    return tag("div", joined(drawn), "first-columns")


def chart_in_sizes(name: str, figure: figures.Figure, rows: Html, *, hall: figures.Figure | None = None) -> list[Html]:
    """A chart in the places of ``chart.show``."""
    drawn = [("wide", still(figure, name))]
    if hall is not None:
        drawn.append(("hall", still(hall, f"{name}-hall")))
    return [sized(size, name, [one]) for size, one in (*drawn, ("narrow", pf(rows)))]


def picture() -> Html:
    """In the place of ``chart.take``; for the eye only."""
    button = tag("span", joined([_icon(IMAGE), chart.PICTURE, _icon(DOWN)]), "first-button", aria_hidden="true")
    return row(button)


def sized(size: str, name: str, inside: Sequence[Html]) -> Html:
    """What stands on screens of one size only: the place is there on all of them."""
    return tag("div", tag("div", tag("div", joined(inside), "first-stack"), f"first-st-key-{size}-{name}"))


def row(*parts: Html) -> Html:
    """Pieces beside each other."""
    return tag("div", joined(parts), "first-row")


def switch(field: str, options: Mapping[str, str]) -> Html:
    """The buttons of ``widgets.switch``, which lead to the page as it would be; the chosen one says what it is."""
    chosen = widgets.switched(field, options)
    buttons = (
        tag("a", words, href=address(**{field: code}), aria_current="true" if code == chosen else "")
        for code, words in options.items()
    )
    return tag("div", joined(buttons), "first-switch")


def choice(field: str, words: str) -> Html:
    """A select box with what is chosen in it."""
    return tag("span", joined([tag("span", words), _icon(DOWN)]), f"first-choice first-{field}")


def entry(hint: str) -> Html:
    """A field for words, for the eye only."""
    return tag("span", hint, "first-choice first-entry", aria_hidden="true")


def whole(here: Session, scope: Html, body: Sequence[Html]) -> Html:
    """The page as Streamlit will lay it out: header, who looks, the step of a tour, the ``scope``, the ``body``."""
    step = tour.html_of(here)
    stack = [
        tag("div", pf(page_frame.note(here.settings, here.person)), "first-note"),
        pf(step) if step else "",
        Html("<div></div>"),  # a line that is there on paper only
        scope,
        *body,
    ]
    main = tag("main", tag("div", joined(stack), "first-stack"), "first-block")
    return joined([_header(here), main])


def _header(here: Session) -> Html:
    shown = [entry for entry in PAGES if entry.is_open_to(here.person)]
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
    logo = Html('<img src="{}/app/static/logo.svg" alt="Профориент" width="200" height="32">').format(base())
    nav = tag("nav", joined(items), aria_label="Разделы")
    return tag("header", tag("div", joined([logo, nav]), "first-toolbar"), "first-header")


def scope(here: Session, *, cohorts: bool = True) -> Html:
    """What is chosen, in the places of the select boxes; the buttons are there for the eye only."""
    share = tag("span", joined([_icon(LINK), widgets.SHARE, _icon(DOWN)]), "first-button", aria_hidden="true")
    deck = tag("span", widgets.DECK, "first-button first-primary", aria_hidden="true")
    buttons = [share, *([deck] if widgets.presents(here) else [])]
    row = select_boxes(
        here, widgets.scope_of(here, cohorts=cohorts), Html("<span class='first-space'></span>"), *buttons
    )
    return joined([row, pf(widgets.invented_line())]) if here.invented else row


def select_boxes(here: Session, fields: Mapping[str, Mapping[str, str]], *after: Html) -> Html:
    """A row of select boxes; ``fields``: field of the view -> code -> words."""
    boxes = [choice(field, of.get(getattr(here.view, field) or "", widgets.NOTHING)) for field, of in fields.items()]
    return tag("div", joined([*boxes, *after]), "pf first-scope")


def _icon(path: str) -> Html:
    return Html('<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>').format(path)
