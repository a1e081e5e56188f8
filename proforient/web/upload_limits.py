"""Limits on files that a browser sends: Streamlit holds them in memory, and any visitor could fill it.

The size limit of a widget is checked only by the browser, so the server counts here what a session and all sessions
together hold, and refuses a file that would not fit before reading it. What it cannot count it refuses, too: a file
whose place in memory is not to be seen, or that is sent to another address than the one known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from proforient.web.seams import uploads
from proforient.web.seams.addresses import CORE, UPLOADS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEGABYTE = 1024 * 1024  # bytes
ONE_FILE = 20 * MEGABYTE
ONE_SESSION = 60 * MEGABYTE
ALL_SESSIONS = 400 * MEGABYTE
ENVELOPE = 64 * 1024  # bytes that the browser may wrap around a file
CANNOT = 501  # status of the answer where no limit could be kept


class UploadLimits:
    """Pure ASGI. ``manager`` is asked for at each upload, because Streamlit makes it after the middleware."""

    def __init__(self, app: ASGIApp, base: str = "", manager: uploads.FileManager | None = None) -> None:
        self._app = app
        self._base = base
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(self._base)
        if scope["type"] != "http" or not _sends_a_file(scope["method"], path):
            await self._app(scope, receive, send)
            return
        known = scope["method"] == "PUT" and path.startswith(UPLOADS)
        room = self._room(path.removeprefix(UPLOADS).split("/")[0]) if known else None
        length = Headers(scope=scope).get("content-length", "")
        if room is None:
            await _refuse(CANNOT, "Файлы сейчас не принимаются: сообщите тому, кто обслуживает программу.")(
                scope, receive, send
            )
        elif not length.isdigit():
            await _refuse(411, "Файл пришёл без указания размера. Выберите его снова.")(scope, receive, send)
        elif int(length) > room + ENVELOPE:
            await _refuse(413, _too_much(room))(scope, receive, send)
        else:
            await self._app(scope, _counted(receive, int(length)), send)

    def _room(self, session: str) -> int | None:
        """Bytes that may still come from ``session``; None where nobody can say."""
        manager = self._manager or uploads.manager()
        here, everywhere = (uploads.held_bytes(manager, of) if manager else None for of in (session, None))
        if here is None or everywhere is None:
            return None
        return max(0, min(ONE_FILE, ONE_SESSION - here, ALL_SESSIONS - everywhere))  # order: seconds


def _sends_a_file(method: str, path: str) -> bool:
    """None of our own addresses takes PUT or PATCH, and none below Streamlit's takes anything else than files."""
    return method in ("PUT", "PATCH") or (method == "POST" and path.startswith(CORE))


def _too_much(room: int) -> str:
    if room == ONE_FILE:
        return "Файл больше 20 МБ. Разделите его на части или удалите лишние листы."
    return "Загружено слишком много файлов сразу. Сдайте или уберите прежние, затем выберите этот файл снова."


def _refuse(status: int, text: str) -> PlainTextResponse:
    # The connection closes, so the bytes that were announced are never read.
    return PlainTextResponse(text, status_code=status, headers={"connection": "close"})


def _counted(receive: Receive, announced: int) -> Receive:
    """``receive`` that ends the upload when more bytes come than were announced."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return message if seen <= announced else {"type": "http.disconnect"}

    return counting
