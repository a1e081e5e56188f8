"""A line between browser and server that counts what passes: the very bytes, compressed as they are sent."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Wire:
    """``bytes``: so far, in both directions."""

    address: str
    bytes: int = 0


@contextmanager
def wire(address: str) -> Iterator[Wire]:
    """Another address of the server at ``address``, until the block ends."""
    there = urlsplit(address)
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = Wire(f"http://127.0.0.1:{door.getsockname()[1]}")
        threading.Thread(target=_serve, args=(door, (there.hostname, there.port), line), daemon=True).start()
        yield line


def _serve(door: socket.socket, there: tuple[str | None, int | None], line: Wire) -> None:
    with contextlib.suppress(OSError):
        while True:
            near, _ = door.accept()
            far = socket.create_connection(there)
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(one, other, line), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket, line: Wire) -> None:
    with contextlib.suppress(OSError):
        while piece := one.recv(1 << 16):
            line.bytes += len(piece)
            other.sendall(piece)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_WR)
