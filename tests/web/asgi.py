"""Calls an ASGI application without a network: a request goes in, status, headers and body come out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers


@dataclass
class Answer:
    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(app, method, path, headers=(), body=(b"",)):
    """``body`` is a sequence of pieces; no length is announced unless ``headers`` does."""
    return asyncio.run(asked(app, method, path, headers, body))


async def asked(app, method, path, headers=(), body=(b"",)):
    """The same in a loop that others use, too."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "http",
        "server": ("test", 80),
        "http_version": "1.1",
        "headers": [(name.lower().encode(), value.encode()) for name, value in dict(headers).items()],
    }
    pieces, sent = list(body), []

    async def receive():
        if not pieces:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    start = next(m for m in sent if m["type"] == "http.response.start")
    whole = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Answer(start["status"], Headers(raw=start["headers"]), whole)
