"""Connections that strangers cannot use up: fewer than there are files, and none waits long for a silent peer.

Needs: ``uvicorn.Server.startup``, which reads ``backlog``, ``http_protocol_class`` and ``ws_protocol_class`` of its
``config``; the ``connections`` of its ``server_state``; what ``protocols`` needs.
Why: Streamlit starts uvicorn itself and passes on few of its settings. ``guard`` sets the others when the server
starts, puts connections of our own in place of uvicorn's, and looks at all of them once a second.
Without it: the number of live pages is still limited by the gate, that of connections by uvicorn where it can be set;
a peer that is silent keeps its connection.
"""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import uvicorn

from proforient.web.repeats import REPEATS
from proforient.web.seams import sessions
from proforient.web.seams.lacks import Lack, lacks_of, mentions
from proforient.web.seams.options import option

protocols: ModuleType | None
try:
    from proforient.web.seams import protocols
except (ImportError, AttributeError):
    protocols = None

if TYPE_CHECKING:
    import socket

EFFECT = "Молчащие соединения не закрываются: держите программу за nginx, как сказано в docs/operator.md."

MOST = 2_000  # connections; a hall of 300 phones with a few each is half of it
MOST_FILES = 16_384  # open files that we ask the system for, where it allows as many
CLOSING = 60.0  # seconds for the last bytes of a connection that is being closed
LOOK = 1.0  # seconds between two looks
QUEUE = 2_048  # connections that wait in the system, where they take none of our files


class Limits(NamedTuple):
    connections: int
    at_once: int  # connections that are taken on in one go
    sessions: int  # of live pages, those left a moment ago included


_limits = Limits(MOST, 256, MOST)


def guard() -> None:
    """From now on every server of this process is started with these limits."""
    global _limits
    begin: Any = getattr(uvicorn.Server, "startup", None)
    if begin is None:
        _limits = limits()
    if begin is None or hasattr(begin, "__wrapped__"):
        return

    async def startup(self: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        global _limits
        _limits = limits()
        _set(self.config, _limits)
        self.watch = asyncio.create_task(_watch(self))  # type: ignore[attr-defined]  # or it would be collected
        await begin(self, sockets)
        for listening in sockets or ():
            listening.listen(QUEUE)  # asyncio takes on as many at once as it lets wait: here more may wait

    startup.__wrapped__ = begin  # type: ignore[attr-defined]
    uvicorn.Server.startup = startup  # type: ignore[method-assign]


def _set(config: uvicorn.Config, held: Limits) -> None:
    config.backlog = held.at_once
    config.ws_max_size = min(config.ws_max_size, int(option("server.maxWidgetStateSize") or 4) * 1_000_000)
    if protocols is None or not all(there for _, there in protocols.needs()):
        config.limit_concurrency = held.connections
        return
    protocols.allow(held.connections)
    config.http_protocol_class = protocols.Connection
    config.ws_protocol_class = protocols.LivePage


def crowded(live: int) -> bool:
    """Whether no further live page is opened where ``live`` are open; pages that were left stay for two minutes."""
    return live >= _limits.connections // 2 or sessions.session_count(live) >= _limits.sessions


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
        elif protocols is not None and protocols.overdue(connection, now, leaving=leaving):
            transport.close()
    return seen


def lacking() -> Iterator[Lack]:
    startup: Any = getattr(uvicorn.Server, "startup", None)
    needed = {
        "uvicorn.Server.startup": callable(startup),
        "Config.backlog": mentions(startup, "backlog"),
        "Config.http_protocol_class": mentions(startup, "http_protocol_class"),
        "Server.server_state": mentions(uvicorn.Server.__init__, "server_state"),
        "proforient.web.seams.protocols": protocols is not None,
    }
    if protocols is not None:
        needed |= dict(protocols.needs())
    yield from lacks_of("connections", EFFECT, needed)
