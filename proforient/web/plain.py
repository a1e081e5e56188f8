"""Answers of the program's own routes that are one plain page: what is the matter and where to go on."""

from __future__ import annotations

import base64
import hashlib

from starlette.responses import HTMLResponse

from proforient.charts.marks import Html, css, joined, tag

STYLE = """
body{margin:0;background:var(--pf-paper);color:var(--pf-ink);font:1.125rem/1.45 var(--pf-font)}
main{max-width:34rem;margin:12vh auto;padding:0 1.25rem}
h1{font-size:1.75rem;line-height:1.2;font-weight:650;text-wrap:balance}
a{color:inherit}
"""


def answer(status: int, heading: str, text: str, links: tuple[tuple[str, str], ...] = ()) -> HTMLResponse:
    """A page of a heading, a paragraph and at most two links (words, address)."""
    led = joined(tag("p", tag("a", words, href=where)) for words, where in links)
    body = tag("main", joined([tag("h1", heading), tag("p", text), led]))
    style = css(body) + STYLE
    page = joined(
        [
            Html('<!doctype html><html lang="ru"><head><meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'),
            tag("title", f"{heading} · Профориент"),
            Html(f"<style>{style}</style></head><body>{body}</body></html>"),
        ]
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    headers = {"content-security-policy": f"{policy}; frame-ancestors 'none'", "cache-control": "no-store"}
    return HTMLResponse(str(page), status_code=status, headers=headers)


def nothing_here(home: str) -> HTMLResponse:
    """404: an address behind which there is nothing."""
    text = "Ссылка скопирована не целиком или больше не действует. Попросите прислать её ещё раз."
    return answer(404, "По этому адресу ничего нет", text, (("На первую страницу", home),))
