"""uvicorn's connections, of requests and of live pages, that know what their peer owes them.

Needs: ``H11Protocol`` and ``WebSocketsSansIOProtocol`` of uvicorn with the methods that are overridden here, and what
these keep: ``connections``, ``cycle``, ``flow``, ``transport``, ``loop``, ``close_sent``.
Why: uvicorn waits without end for one who sends half of a request or takes no answer, and refuses newcomers when all
places are taken: a stranger could take them all and give none back.
Without it: uvicorn's own classes serve, with its own limit to how many there are; a silent peer is waited for. Behind
a proxy that has such limits, as the operator's guide asks for, nothing changes for those who work.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from proforient.web.seams.lacks import mentions
from proforient.wording import number

LOG = logging.getLogger("proforient")

HEAD = 20.0  # seconds for all lines of a request; also for the rest of one that was answered before its end
BODY, SLOWEST = 20.0, 500  # seconds for its body, and one more for so many bytes as came
STALLED = 60.0  # seconds in which nothing of an answer was taken
FORM = 16 * 1024  # bytes; a body that is longer is a file, of somebody who is signed in

_FULL = "Сейчас открыто слишком много соединений. Повторите через минуту.".encode()
_REFUSED = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 60\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%b" % (len(_FULL), _FULL)
)

# The connections whose peer is to do something, whoever has owed it longest first.
_owing: OrderedDict[Connection | LivePage, None] = OrderedDict()
_most = [0]  # connections that there may be


def allow(most: int) -> None:
    """From now on there may be so many."""
    _most[0] = most


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
        if len(self.connections) > _most[0]:
            self._make_room()

    def _make_room(self) -> None:
        """Closes the one that has owed us something for the longest time; where all others are at work, this one."""
        oldest, _ = _owing.popitem(last=False)
        LOG.warning("Соединений больше %s: закрыто то, которое дольше всех молчит.", number(_most[0]))
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


def overdue(connection: object, now: float, *, leaving: bool) -> bool:
    """Whether it is one of ours and its peer has had time enough; ``leaving``: the server ends and waits for nobody."""
    return isinstance(connection, Connection) and (connection.overdue(now) or (leaving and connection in _owing))


def needs() -> Iterator[tuple[str, bool]]:
    """What is used of uvicorn's classes: name, whether it is there."""
    for method in ("connection_made", "connection_lost", "data_received", "pause_writing", "resume_writing"):
        yield f"H11Protocol.{method}", callable(getattr(H11Protocol, method, None))
    yield "H11Protocol.on_response_complete", callable(getattr(H11Protocol, "on_response_complete", None))
    for cls, names in (
        (H11Protocol, ("connections", "cycle", "flow", "loop", "transport")),
        (RequestResponseCycle, ("more_body", "response_complete")),
        (FlowControl, ("read_paused",)),
        (WebSocketsSansIOProtocol, ("close_sent", "connections", "transport")),
    ):
        for name in names:
            yield f"{cls.__name__}.{name}", mentions(cls.__init__, name)
    for method in ("send", "connection_lost"):
        yield f"WebSocketsSansIOProtocol.{method}", callable(getattr(WebSocketsSansIOProtocol, method, None))
