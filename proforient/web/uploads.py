"""Limits on files that a browser sends: Streamlit holds them in memory, and any visitor could fill it.

The size limit of a widget is checked only by the browser, so the server counts here what a session and all sessions
together hold, and refuses a file that would not fit before reading it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, cast

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from streamlit.runtime.uploaded_file_manager import UploadedFile

MEGABYTE = 1024 * 1024
ONE_FILE = 20 * MEGABYTE
ONE_SESSION = 60 * MEGABYTE
ALL_SESSIONS = 400 * MEGABYTE
ENVELOPE = 64 * 1024  # what the browser wraps around a file

PATH = "/_stcore/upload_file/"


class Held(Protocol):
    """What ``file_storage`` of Streamlit's manager offers: session -> file id -> record with its bytes."""

    file_storage: Mapping[str, Mapping[str, Any]]

    def remove_file(self, session_id: str, file_id: str) -> None: ...


def held_bytes(manager: Held, session: str | None = None) -> int:
    """Bytes that ``session``, or every session, holds now."""
    stores = list(manager.file_storage.values()) if session is None else [manager.file_storage.get(session, {})]
    return sum(len(record.data) for files in stores for record in list(files.values()))


class UploadLimits:
    """Pure ASGI. ``manager`` is asked for at each upload, because Streamlit makes it after the middleware."""

    def __init__(self, app: ASGIApp, base: str = "", manager: Held | None = None) -> None:
        self._app = app
        self._base = base
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(self._base)
        if scope["type"] != "http" or scope["method"] != "PUT" or not path.startswith(PATH):
            await self._app(scope, receive, send)
            return
        room = self._room(path.removeprefix(PATH).split("/")[0])
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdigit():
            await _refuse(411, "Файл пришёл без указания размера. Выберите его снова.")(scope, receive, send)
        elif int(length) > room + ENVELOPE:
            await _refuse(413, _too_much(room))(scope, receive, send)
        else:
            await self._app(scope, _counted(receive, int(length)), send)

    def _room(self, session: str) -> int:
        manager = self._manager or cast("Held", runtime.get_instance().uploaded_file_mgr)
        left = (ONE_FILE, ONE_SESSION - held_bytes(manager, session), ALL_SESSIONS - held_bytes(manager))
        return max(0, min(left))  # order: seconds


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


def forget(file: UploadedFile) -> None:
    """Free the bytes of ``file`` at once; otherwise they stay in memory until the session has ended.

    Streamlit has no public way: a new widget key or another page does not free them.
    """
    context = get_script_run_ctx()
    if context is not None:
        manager = cast("Held", context.uploaded_file_mgr)
        manager.remove_file(session_id=context.session_id, file_id=file.file_id)
