"""Connections that strangers cannot use up: fewer than there are files, and none waits long for a silent peer.

Streamlit starts uvicorn itself and passes on few of its settings. ``guard`` sets the others when the server starts,
puts ``Connection`` in place of uvicorn's class, and looks at all connections once a second.
"""

from __future__ import annotations

import asyncio
import logging
import resource
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import uvicorn
from streamlit import runtime
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from proforient.web.repeats import REPEATS
from proforient.wording import number

if TYPE_CHECKING:
    import socket

LOG = logging.getLogger("proforient")

MOST = 2_000  # connections; a hall of 300 phones with a few each is half of it
MOST_FILES = 16_384  # what we ask the system for, where it allows as much
HEAD = 20.0  # seconds for all lines of a request; also for the rest of one that was answered before its end
BODY, SLOWEST = 20.0, 500  # seconds for its body, and one more for so many bytes as came
STALLED = 60.0  # seconds in which nothing of an answer was taken
CLOSING = 60.0  # seconds for the last bytes of a connection that is being closed
FORM = 16 * 1024  # bytes; a body that is longer is a file, of somebody who is signed in
LOOK = 1.0
QUEUE = 2_048  # connections that wait in the system, where they take none of our files

_FULL = "Сейчас открыто слишком много соединений. Повторите через минуту.".encode()
_REFUSED = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 60\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%b" % (len(_FULL), _FULL)
)


class Limits(NamedTuple):
    connections: int
    at_once: int  # connections that are taken on in one go
    sessions: int  # of live pages, those left a moment ago included


_limits = Limits(MOST, 256, MOST)
# The connections whose peer is to do something, whoever has owed it longest first.
_owing: OrderedDict[Connection | LivePage, None] = OrderedDict()


class Connection(H11Protocol):
    """uvicorn's connection, with a limit to how many there are and to how long a peer may owe us something."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._since = self.loop.time()
        self._came = 0
        self._stalled_since: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _owing[self] = None
        if len(self.connections) > _limits.connections:
            self._make_room()

    def _make_room(self) -> None:
        """Closes the one that has owed us something for the longest time; where all others are at work, this one."""
        oldest, _ = _owing.popitem(last=False)
        LOG.warning("Соединений больше %s: закрыто то, которое дольше всех молчит.", number(_limits.connections))
        if oldest is self:
            self.transport.write(_REFUSED)
            self.transport.close()
        else:
            self.connections.discard(oldest)
            oldest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        _owing.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        self._came += len(data)
        super().data_received(data)
        if self.cycle is not before:
            self._since, self._came = self.loop.time(), 0
            _owing.pop(self, None)
        self._settle()

    def on_response_complete(self) -> None:
        self._since, self._came = self.loop.time(), 0
        super().on_response_complete()
        self._settle()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled_since = self.loop.time()
        self._settle()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stalled_since = None
        self._settle()

    def _settle(self) -> None:
        if self in self.connections and self._owes():
            _owing.setdefault(self)
        else:
            _owing.pop(self, None)

    def _owes(self) -> bool:
        if self._stalled_since is not None or self.cycle is None or self.cycle.response_complete:
            return True
        return self.cycle.more_body and self._came < FORM

    def overdue(self, now: float) -> bool:
        """Whether the peer has owed us something for too long."""
        if self._stalled_since is not None:
            return now - self._stalled_since > STALLED
        if self.cycle is None or self.cycle.response_complete:
            return now - self._since > HEAD
        waiting = self.cycle.more_body and not self.flow.read_paused
        return waiting and now - self._since > BODY + self._came / SLOWEST


class LivePage(WebSocketsSansIOProtocol):
    """uvicorn's connection of a live page: one that was told its end and stays gives way to others, too."""

    async def send(self, message: Any) -> None:
        await super().send(message)
        if self.close_sent and self in self.connections:
            _owing.setdefault(self)

    def connection_lost(self, exc: Exception | None) -> None:
        _owing.pop(self, None)
        self.connections.add(self)  # uvicorn takes it out itself, and only once
        super().connection_lost(exc)


def guard() -> None:
    """From now on every server of this process is started with these limits."""
    if getattr(uvicorn.Server.startup, "guarded", False):
        return
    begin = uvicorn.Server.startup

    async def startup(self: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        global _limits
        _limits = limits()
        self.config.backlog = _limits.at_once
        self.config.http_protocol_class = Connection
        self.config.ws_protocol_class = LivePage
        self.config.ws_max_size = min(self.config.ws_max_size, get_max_widget_state_size_bytes())
        self.watch = asyncio.create_task(_watch(self))  # type: ignore[attr-defined]  # or it would be collected
        await begin(self, sockets)
        for listening in sockets or ():
            listening.listen(QUEUE)  # asyncio takes on as many at once as it lets wait: here more may wait

    startup.guarded = True  # type: ignore[attr-defined]
    uvicorn.Server.startup = startup  # type: ignore[method-assign]


def crowded(live: int) -> bool:
    """Whether no further live page is opened where ``live`` are open; pages that were left stay for two minutes."""
    sessions = runtime.get_instance()._session_mgr.num_sessions() if runtime.exists() else 0
    return live >= _limits.connections // 2 or sessions >= _limits.sessions


def limits() -> Limits:
    """How the files that this process may open are divided.

    Three eighths are for connections, an eighth for those that are just being taken on, three for the sessions of
    live pages (Streamlit opens three files for each), and the last is for the store, the log, commands and the
    processes that read files.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    files = wanted if soft == resource.RLIM_INFINITY else max(soft, wanted)
    return Limits(min(MOST, files * 3 // 8), min(256, files // 16), min(MOST, files // 8))


async def _watch(server: uvicorn.Server) -> None:
    closing: dict[Any, float] = {}
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(LOOK)
        closing = _look(server.server_state.connections, closing, loop.time(), leaving=server.should_exit)
        REPEATS.tell()


def _look(connections: Iterable[Any], closing: dict[Any, float], now: float, *, leaving: bool) -> dict[Any, float]:
    """Ends what is overdue; ``closing``: since when each was seen to be closing, given back as it is now.

    ``leaving``: the server ends, and waits for nobody who owes it something.
    """
    seen: dict[Any, float] = {}
    for connection in list(connections):
        transport = connection.transport
        if transport.is_closing():
            seen[connection] = closing.get(connection, now)
            if leaving or now - seen[connection] > CLOSING:
                transport.abort()
        elif isinstance(connection, Connection) and (connection.overdue(now) or (leaving and connection in _owing)):
            transport.close()
    return seen
