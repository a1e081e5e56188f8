"""The first page with the page drawn in it: a request comes in, an answer for this one reader goes out, or None.

Never in the way: worked out in threads of its own, for at most WAIT seconds; when it cannot be, whoever asks gets the
first page without it, and the log says why once.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response

from proforient.charts.marks import Html, joined, tag
from proforient.web import templates
from proforient.web.first.page import First, first
from proforient.web.fonts import base, faces
from proforient.web.gate import who
from proforient.web.running import running
from proforient.web.seams import first_page
from proforient.web.shelf import Item
from proforient.web.style import sheet

if TYPE_CHECKING:
    from starlette.types import Scope

LOG = logging.getLogger("proforient")
WAIT = 0.3  # seconds that the page waits for its picture; soon after that the page itself is there
AT_ONCE = 2  # first views that are drawn at the same time
CACHE = "no-store"
STYLE = (Path(__file__).parent / "first.css").read_text("utf-8")

_THREADS = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="first-view")
_logged: set[tuple[str, str]] = set()


async def answer(scope: Scope, page: Item) -> Response | None:
    """``page``: the first page as it is for everybody."""
    if scope["method"] != "GET":
        return None
    path, query = scope["path"].removeprefix(base()).removeprefix("/"), scope["query_string"].decode("latin-1")
    made = asyncio.get_running_loop().run_in_executor(_THREADS, _made, Headers(scope=scope), path, query, page)
    try:
        return await asyncio.wait_for(made, WAIT)
    except TimeoutError:
        _tell_once(path, f"its figures were not there after {WAIT} seconds")
    return None


def _made(headers: Headers, path: str, query: str, page: Item) -> Response | None:
    try:
        person = who(headers)
        drawn = first(running().open(), person, path, query) if person else None
        html = _with(drawn, page.read().decode()) if drawn else None
        if drawn and html is None:
            _tell_once(path, "Streamlit's first page has no place for it")
        return _response(html, headers) if html else None
    except Exception as error:  # noqa: BLE001 - whatever it is, the page itself will say it to whoever asks
        _tell_once(path, type(error).__name__, error)
        return None


def _response(html: str, headers: Headers) -> Response:
    item = Item("first.html", CACHE, html.encode)
    body, encoding = item.packed(headers.get("accept-encoding", ""))
    own_headers = {"cache-control": CACHE, "vary": "Cookie, Accept-Encoding"}
    return Response(
        body, media_type=item.media_type, headers=own_headers | ({"content-encoding": encoding} if encoding else {})
    )


def _with(drawn: First, page: str) -> str | None:
    """The page with ``drawn`` before everything that must be loaded, and with all of its style."""
    places = _shell(page)
    if places is None:
        return None
    top, bottom = places
    body = tag("div", drawn.html, id="first", data_chart=drawn.chart)
    style = joined([Html(faces(base(), display="block")), Html(sheet(body)), Html(STYLE)], "\n")
    head = joined([tag("title", Html("{} · Профориент").format(drawn.title)), tag("style", style)])
    return "".join((top.replace("<title></title>", head, 1), body, bottom))


@cache
def _shell(page: str) -> tuple[str, str] | None:
    return first_page.around(page, templates.render("first/fonts.html.j2", base=base()))


def _tell_once(path: str, why: str, error: Exception | None = None) -> None:
    if (path, why) not in _logged:
        _logged.add((path, why))
        LOG.warning("the first view of «/%s» is not drawn: %s", path, why, exc_info=error)
