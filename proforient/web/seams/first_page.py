"""Streamlit's first page, ``index.html``: it goes in, ours comes out.

Needs: its language, title, icon, preloaded face, inline script, first module script, element ``root`` and end of the
head, each written as it is now; the answer in which Streamlit sends it: 200, ``text/html``, ``no-cache``.
Why: the page is to be Russian, to ask for our sheet and scripts, and to hold no inline script, so that the content
policy can forbid them all; Streamlit has no setting for its first page.
Without it: what is not found stays as Streamlit has it. Without the whole file the page is Streamlit's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from proforient.charts.marks import Html, tag
from proforient.web.seams import bundles
from proforient.web.seams.lacks import Lack

if TYPE_CHECKING:
    from starlette.types import Message

EFFECT = "Первая страница останется на этом месте такой, какая она у Streamlit."
SCRIPTS = (
    "streamlit",
    "gate",
    "address",
    "lost",
    "copy",
    "typed",
    "plotly",
    "first",
)  # in the order in which they run
NOSCRIPT = "<p>Страница собирается в браузере: включите JavaScript и откройте её снова.</p>"

# What the first page loses and gains. The inline script would need a looser content policy; Source Sans is not used.
_CHANGES: tuple[tuple[str, str], ...] = (
    (r"<!--(?!\s*Copyright).*?-->\s*", ""),
    (r'<html lang="en">', '<html lang="ru">'),
    (r"<title>Streamlit</title>", "<title>Профориент</title>"),
    (
        r'<link rel="shortcut icon" href="[^"]*" />',
        '<link rel="icon" type="image/svg+xml" href="./app/static/favicon.svg" />',
    ),
    (r"<link\s+rel=\"preload\"\s+href=\"[^\"]*SourceSans[^\"]*\"[^>]*>", ""),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<script>\s*window\.prerenderReady = false\s*</script>\s*", ""),
    (
        r'(?=<script type="module")',
        "".join(Html('<script defer src="./app/static/{}.js"></script>').format(name) for name in SCRIPTS),
    ),
    (r"<noscript>.*?</noscript>", tag("noscript", Html(NOSCRIPT))),
    (
        r"</head>",
        '<link rel="preload" href="./app/static/golos-cyrillic.woff2" as="font" type="font/woff2" crossorigin />'
        '<link rel="stylesheet" href="./app/static/proforient.css" /></head>',
    ),
)


_PLACES = ('<html lang="ru">', "<title>", '<div id="root">')  # of our page, for a view that the server draws
_LOADED = re.compile(r'<script [^>]*></script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>')


def build(static: Path = bundles.STATIC) -> tuple[bytes | None, tuple[str, ...]]:
    """Our first page, and what of Streamlit's was not found; no page where Streamlit's is not there at all."""
    try:
        html = (static / "index.html").read_text("utf-8")
    except OSError:
        return None, ("static/index.html",)
    missing = []
    for pattern, replacement in _CHANGES:
        html, count = re.subn(pattern, lambda _, text=replacement: text, html, flags=re.DOTALL)  # type: ignore[misc]
        if count == 0:
            missing.append(pattern)
    return html.encode(), tuple(missing)


def around(page: str, added: str) -> tuple[str, str] | None:
    """What stands in our page before and after a view that the server draws into it; None without a place for one.

    All that is loaded comes, in its order, only after the view; ``added`` stands in the head before an empty title.
    """
    if not all(page.count(place) == 1 for place in _PLACES):
        return None
    loaded = "".join(_LOADED.findall(page))
    rest = _LOADED.sub("", page).replace('<html lang="ru">', '<html lang="ru" class="first-waits">')
    above, _, titled = rest.partition("<title>")
    rest = "".join((above, added, "<title></title>", titled.partition("</title>")[2]))
    top, root, bottom = rest.partition('<div id="root">')
    return top, root + bottom.replace("</div>", "</div>" + loaded, 1)


def is_sent_by(start: Message) -> bool:
    """Whether this beginning of an answer is that of the first page; Streamlit gives it at every unknown address."""
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and headers.get("content-type", "").startswith("text/html")
        and headers.get("cache-control") == "no-cache"
    )


def lacking(static: Path = bundles.STATIC) -> Iterator[Lack]:
    page, missing = build(static)
    for what in (*missing, *(place for place in _PLACES if page is not None and page.decode().count(place) != 1)):
        yield Lack(seam="first_page", what=what, effect=EFFECT)
