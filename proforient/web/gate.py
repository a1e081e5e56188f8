"""The gate before everything: without a session only the sign-in, public links, static files and health answer.

Pure ASGI. A live page is watched for as long as it is open: when its session ends, its connection is closed with a
code at which the page goes to the sign-in (``static/gate.js``).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from http.cookies import CookieError, SimpleCookie
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from proforient.access.cookies import NAME
from proforient.access.roles import Person
from proforient.errors import ProforientError
from proforient.web import people
from proforient.web.register import first_page
from proforient.web.running import running
from proforient.web.seams import addresses, connections, sessions

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENDED = 4401  # close code of a live page's connection when nobody is signed in any more
LOOK = 1.0  # seconds between two looks whether a live page's session still holds
CROWDED = 1013  # close code of a live page for which there is no room now
MOST_LIVE = 20  # live pages of one session
NOT_KEPT = {"cache-control": "no-store"}
NOT_OURS = 1003  # close code for a message of a kind that no page of ours sends

OPEN_PATHS = frozenset({"/healthz", "/login", "/logout", "/k", "/favicon.ico", "/robots.txt", addresses.HEALTH})
OPEN_FOLDERS = ("/login/", "/begin/", "/invitation/", "/s/", addresses.STATIC, addresses.OWN_STATIC)
HARMLESS = frozenset({"/k"})  # paths that change nothing; their page hides its address, so that it has no origin
CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_live: Counter[str] = Counter()


def cookie_of(headers: Headers, name: str = NAME) -> str | None:
    """The session's cookie, or another one, among those of a request."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None


def who(headers: Headers) -> Person | None:
    """Who asks; nobody too where the store cannot be opened: then there is nothing to be seen."""
    try:
        return people.person_by(running().open(), cookie_of(headers))
    except ProforientError:
        return None


def from_elsewhere(headers: Headers) -> bool:
    """Whether a change was sent by a page of another site; every browser names its page with a change."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is None or is_foreign(origin, headers)


def is_foreign(origin: str, headers: Headers) -> bool:
    """Whether an origin is not this program; «null», that of a sandboxed page, is none of ours."""
    own = {headers.get("host", ""), urlsplit(running().settings.address).netloc} - {""}
    return urlsplit(origin).netloc not in own


class Gate:
    """Lets through, or sends to the sign-in; ``base`` is the path below which the program is served."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            refused = await self._refused(scope)
            await (refused or self._app)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._watched(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _refused(self, scope: Scope) -> Response | None:
        """The answer to a request that is not let through."""
        headers, path = Headers(scope=scope), scope["path"].removeprefix(self._base)
        if scope["method"] in CHANGES and path not in HARMLESS and from_elsewhere(headers):
            return PlainTextResponse("Запрос пришёл не со страницы программы.", status_code=403)
        # Both as it was sent and as it would be read: no way round a closed page leads through an open folder.
        if path in OPEN_PATHS or all(way.startswith(OPEN_FOLDERS) for way in (path, normpath(path))):
            return None
        person = await run_in_threadpool(who, headers)
        if person is not None and path in ("", "/") and scope["method"] == "GET" and not scope["query_string"]:
            # By the address alone: a page that led on by itself would catch whoever goes back.
            first = first_page(person).url_path
            return RedirectResponse(f"{self._base}/{first}", status_code=303, headers=NOT_KEPT) if first else None
        if person is not None or await run_in_threadpool(_nothing_there):
            return None
        if scope["method"] in ("GET", "HEAD") and not path.startswith((addresses.CORE, addresses.MEDIA)):
            wanted = path + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
            where = f"{self._base}/login" + (f"?next={quote(wanted, safe='')}" if wanted != "/" else "")
            return RedirectResponse(where, status_code=303, headers=NOT_KEPT)
        return PlainTextResponse("Войдите в программу.", status_code=401, headers=NOT_KEPT)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The connection of a live page, closed within a second of its session's end."""
        headers = Headers(scope=scope)
        person = await run_in_threadpool(who, headers)
        if is_foreign(headers.get("origin", f"//{headers.get('host', '')}"), headers):
            person = None
        empty = person is None and await run_in_threadpool(_nothing_there)
        # Live pages take at most half of all connections; the other half stays free for new visitors and the sign-in.
        crowded = connections.crowded(_live.total()) or (person and _live[person.session] >= MOST_LIVE)
        if crowded or (person is None and not empty):
            await _told_the_end(ENDED if person is None and not empty else CROWDED, receive, send)
            return
        key = person.session if person else ""
        _live[key] += 1
        watch = _Watch(headers, person, receive, send)
        try:
            await self._app(scope, watch.receive, watch.send)
        finally:
            watch.stop()
            sessions.note_closed_page()
            _live[key] -= 1
            if not _live[key]:
                del _live[key]


async def _told_the_end(code: int, receive: Receive, send: Send) -> None:
    """Closes a connection with a code. Accepted first: a page learns nothing of one that never was open."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": addresses.PROTOCOL})
    await send({"type": "websocket.close", "code": code})


class _Watch:
    """What passes over one connection, until its session ends."""

    def __init__(self, headers: Headers, person: Person | None, receive: Receive, send: Send) -> None:
        self._headers = headers
        self._person = person
        self._receive = receive
        self._send = send
        self._waiting: asyncio.Future[Message] | None = None
        self._over = False

    async def receive(self) -> Message:
        while not self._over:
            if self._waiting is None:
                self._waiting = asyncio.ensure_future(self._receive())
            done, _ = await asyncio.wait({self._waiting}, timeout=LOOK)
            if self._person is not None and await run_in_threadpool(who, self._headers) != self._person:
                await self._end()
                break
            if done:
                came, self._waiting = self._waiting.result(), None
                if came["type"] != "websocket.receive" or came.get("bytes") is not None:
                    return came
                await self._end(NOT_OURS)
        return {"type": "websocket.disconnect", "code": ENDED}

    def stop(self) -> None:
        """Nobody waits for a message any more."""
        self._over = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def _end(self, code: int = ENDED) -> None:
        self.stop()
        await self._send({"type": "websocket.close", "code": code})

    async def send(self, message: Message) -> None:
        if not self._over:
            await self._send(message)


def _nothing_there() -> bool:
    """Whether the store cannot be opened: every page then says why, and shows nothing else."""
    try:
        running().open()
    except ProforientError:
        return True
    return False
