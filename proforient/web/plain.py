"""Answers of the program's own routes that are one plain page: what is the matter, a form, where to go on."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from starlette.responses import HTMLResponse

from proforient.charts.marks import Html, css
from proforient.web.fonts import base, faces
from proforient.web.templates import render

STYLE = (Path(__file__).parent / "plain.css").read_text("utf-8")
NAME = "Профориентация: мониторинг"
MAIN = "plain_main.html.j2"


def answer(
    status: int,
    heading: str,
    text: str,
    links: tuple[tuple[str, str], ...] = (),
    *,
    template: str = MAIN,
    script: str = "",
    **values: object,
) -> HTMLResponse:
    """A page of a heading, a paragraph and at most two links (words, address).

    ``template``: one that extends the usual one by a form or facts, made of ``values``. ``script``: our own, without
    which the page works too.
    """
    body = render(template, issuer=NAME, heading=heading, text=text, links=links, base=base(), **values)
    style = faces(base()) + css(body) + STYLE
    page = render("plain.html.j2", heading=heading, style=Html(style), body=body, script=Html(script))
    headers = {
        "content-security-policy": "; ".join(
            (policy(style, script), f"form-action {NONE if template == MAIN else SELF}", f"frame-ancestors {NONE}")
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


def nothing_here(home: str) -> HTMLResponse:
    """404: an address behind which there is nothing."""
    text = "Ссылка скопирована не целиком или больше не действует. Попросите прислать её ещё раз."
    return answer(404, "По этому адресу ничего нет", text, (("На первую страницу", home),))
