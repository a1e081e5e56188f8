"""Middleware that sends static files from the shelf and puts the translated first page in place of Streamlit's, with
what the page is about to show drawn in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response

from proforient.web.first import handlers as first
from proforient.web.seams import first_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from proforient.web.shelf import Item, Shelf


class Assets:
    """Pure ASGI, so that websockets and uploads pass untouched."""

    def __init__(self, app: ASGIApp, shelf: Shelf, base: str = "") -> None:
        self._app = app
        self._shelf = shelf
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        item = self._shelf.find(scope["path"].removeprefix(self._base))
        if item is not None:
            await (await answer(item, scope))(scope, receive, send)
            return
        await self._with_own_page(scope, receive, send)

    async def _with_own_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streamlit answers every unknown path with its first page: that answer, and no other, is replaced."""
        replaced, page = False, self._shelf.page

        async def watch(message: Message) -> None:
            nonlocal replaced
            if page is not None and message["type"] == "http.response.start" and first_page.is_sent_by(message):
                replaced = True
                drawn = await first.answer(scope, page)
                await (drawn or await answer(page, scope))(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, watch)


async def answer(item: Item, scope: Scope) -> Response:
    """The response for ``item``: 304 when the browser has it, else the bytes in an encoding it accepts."""
    return await run_in_threadpool(response, item, Headers(scope=scope))


def response(item: Item, asked: Headers) -> Response:
    """The same; waits where the bytes are not packed yet."""
    etag = item.etag()
    headers = {"cache-control": item.cache, "etag": etag, "vary": "Accept-Encoding"}
    known = {tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")}
    if etag in known:
        return Response(status_code=304, headers=headers)
    body, encoding = item.packed(asked.get("accept-encoding", ""))
    if encoding:
        headers["content-encoding"] = encoding
    return Response(body, media_type=item.media_type, headers=headers)


def taken_away(response: Response, name: str) -> None:
    """The browser saves the answer as a file of that name; very old ones only take its ending."""
    ending = name.rpartition(".")[2]
    response.headers["content-disposition"] = (
        f"attachment; filename=\"proforient.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
