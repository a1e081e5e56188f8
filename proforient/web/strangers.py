"""The outermost middleware: limits on anybody's requests, headers of answers, the end of a connection that hung up."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("proforient")

LONGEST_HEAD = 32 * 1024  # bytes of address and headers; ours are below 4 KB
PIECE = 32 * 1024  # bytes; of an answer no more than some such pieces wait in memory for a slow peer


class Strangers:
    """Pure ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif _length(scope) > LONGEST_HEAD:
            await _refuse(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._app(scope, receive, _to_whom_it_reaches(send))
        else:
            try:
                await self._app(scope, receive, _in_pieces(send))
            except ClientDisconnect:
                # The first step only: what follows may be a key.
                LOG.warning("Запрос %s прерван: соединение закрыто, пока он передавался.", _first_step(scope))


def _length(scope: Scope) -> int:
    headers = sum(len(name) + len(value) for name, value in scope["headers"])
    return headers + len(scope.get("raw_path") or b"") + len(scope["query_string"])


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    text = "Адрес и заголовки запроса слишком длинны. Удалите cookie этого сайта и откройте страницу снова."
    await PlainTextResponse(text, status_code=431, headers={"connection": "close"})(scope, receive, send)


def _in_pieces(send: Send) -> Send:
    """``send`` that hands on a long body piece by piece: each waits until the peer has taken those before it."""

    async def sending(message: Message) -> None:
        body = message.get("body", b"") if message["type"] == "http.response.body" else b""
        if len(body) <= PIECE:
            await send(message)
            return
        for start in range(0, len(body), PIECE):
            more = start + PIECE < len(body) or message.get("more_body", False)
            await send({**message, "body": body[start : start + PIECE], "more_body": more})

    return sending


def _to_whom_it_reaches(send: Send) -> Send:
    """``send`` that drops what comes too late for a peer that has hung up; ``receive`` then tells of the end."""

    async def sending(message: Message) -> None:
        with suppress(OSError):
            await send(message)

    return sending


def _first_step(scope: Scope) -> str:
    return f"{scope['method'][:10]} /{scope['path'][:200].lstrip('/').partition('/')[0][:40]}"
