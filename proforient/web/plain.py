"""Answers of the program's own routes that are one plain page: what is the matter, a form, where to go on."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from starlette.responses import HTMLResponse

from proforient.charts.marks import Html, css, joined, tag
from proforient.web.fonts import base, faces
from proforient.wording import escape

STYLE = (Path(__file__).parent / "plain.css").read_text("utf-8")
NAME = "Профориентация: мониторинг"


def answer(
    status: int,
    heading: str,
    text: str,
    links: tuple[tuple[str, str], ...] = (),
    *,
    more: Iterable[str] = (),
    script: str = "",
) -> HTMLResponse:
    """A page of a heading, a paragraph, at most two links (words, address) and ``more`` (HTML of this module).

    ``script``: our own, without which the page works too.
    """
    led = joined(tag("p", tag("a", words, href=where)) for words, where in links)
    head = tag("p", tag("b", NAME), "issuer")
    body = tag("main", joined([head, tag("h1", heading), tag("p", text) if text else "", *more, led]))
    style = faces(base()) + css(body) + STYLE
    page = joined(
        [
            Html('<!doctype html><html lang="ru"><head><meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'),
            tag("title", f"{heading} · Профориент"),
            Html(f"<style>{style}</style></head><body>{body}"),
            Html(f"<script>{script}</script>" if script else ""),
            Html("</body></html>"),
        ]
    )
    headers = {
        "content-security-policy": "; ".join(
            (policy(style, script), f"form-action {SELF if more else NONE}", f"frame-ancestors {NONE}")
        ),
        "cache-control": "no-store",
        "x-robots-tag": "noindex, noarchive",
    }
    return HTMLResponse(str(page), status_code=status, headers=headers)


SELF, NONE = "'self'", "'none'"


def policy(style: str, script: str = "") -> str:
    """Nothing but this very style and script, and pictures that stand in it."""
    scripts = f"; script-src 'sha256-{_digest(script)}'" if script else ""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; font-src 'self'; img-src data:; "
        f"base-uri 'none'{scripts}"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def form(action: str, inside: Sequence[str], css_class: str = "") -> Html:
    return tag("form", joined(inside), css_class, method="post", action=action)


def entry(name: str, label: str, *, kind: str = "text", complete: str = "", wrong: bool = False) -> Html:
    """A labelled field."""
    attributes = {"id": name, "name": name, "type": kind, "autocomplete": complete, "required": "required"}
    written = "".join(f' {key}="{escape(given)}"' for key, given in attributes.items() if given)
    invalid = ' aria-invalid="true"' if wrong else ""
    return joined([tag("label", label, for_=name), Html(f"<input{written}{invalid}>")])


def hidden(name: str, value: str) -> Html:
    return Html(f'<input type="hidden" name="{name}" value="{escape(value)}">')


def alert(text: str) -> Html:
    return tag("p", text, role="alert")


def nothing_here(home: str) -> HTMLResponse:
    """404: an address behind which there is nothing."""
    text = "Ссылка скопирована не целиком или больше не действует. Попросите прислать её ещё раз."
    return answer(404, "По этому адресу ничего нет", text, (("На первую страницу", home),))
