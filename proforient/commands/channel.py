"""The way into the running application: a Unix socket in the data folder, for the same system user only.

A call and its answer are one message each: a line of JSON with the lengths of the blocks that follow, then the
blocks. Before the answer any number of lines of words may come, so that long work is seen to go on.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import pwd
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from proforient.catalogue.entries import Catalogue
from proforient.commands.call import Call, Outcome
from proforient.errors import ProforientError, Refused, StoreError
from proforient.settings import Settings
from proforient.store.store import Store

NAME = "commands.sock"
LARGEST = 64 << 20  # bytes of one message
RETRY = 5.0  # seconds until a store that did not open is tried again
SEND_PATIENCE = 30.0  # seconds for a caller to send what was announced

LOG = logging.getLogger("proforient")


class CatalogueAndStore(Protocol):
    """What the application holds, as far as a command needs it."""

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def store(self) -> Store: ...


class Holder(Protocol):
    """The application; ``open`` raises the ProforientError that says why it holds no store."""

    @property
    def settings(self) -> Settings: ...
    def open(self) -> CatalogueAndStore: ...


class Unavailable(Exception):
    """The application runs and holds no store: the command may open it itself."""


@contextlib.contextmanager
def _short_path(folder: Path) -> Iterator[str]:
    """A path of the socket that fits into the 107 bytes of an address, however deep the folder lies."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{NAME}"
    finally:
        os.close(handle)


class Channel:
    """The application's end. ``close`` ends it; calls that are under way are finished by their threads.

    Whoever holds no store must not take the place of a process that does: until the store opens nothing is served.
    """

    def __init__(self, held: Holder) -> None:
        self._held = held
        self._path = held.settings.data / NAME
        self._socket: socket.socket | None = None
        self._closed = threading.Event()
        if not self._begin():
            threading.Thread(target=self._wait, name="commands", daemon=True).start()

    def _wait(self) -> None:
        while not self._closed.wait(RETRY):
            if self._begin():
                return

    def _begin(self) -> bool:
        try:
            self._held.open()
            self._socket = _bound(self._held.settings.data)
        except (ProforientError, OSError) as error:
            LOG.warning("no commands while the application runs: %s", error)
            return False
        threading.Thread(target=self._serve, args=(self._socket,), name="commands", daemon=True).start()
        return True

    def _serve(self, taken: socket.socket) -> None:
        while True:
            try:
                connection, _ = taken.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), name="command", daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(SEND_PATIENCE)
            stream = connection.makefile("rwb")
            try:
                user = _caller(connection)
                call = _received_call(stream, user)
            except (ValueError, KeyError, TypeError, PermissionError) as error:
                LOG.warning("a call through the socket was refused: %s", type(error).__name__)
                return
            connection.settimeout(None)
            _send(stream, *_outcome(self._held, call, lambda text: _send(stream, {"say": text})))

    def close(self) -> None:
        self._closed.set()
        if self._socket is None:
            return
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._path.unlink(missing_ok=True)


def serve(held: Holder) -> Channel:
    """Takes commands for as long as the application runs and holds its store."""
    return Channel(held)


def _bound(folder: Path) -> socket.socket:
    taken = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _short_path(folder) as path:
        Path(path).unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            taken.bind(path)
        finally:
            os.umask(before)
    taken.listen(16)
    return taken


def _caller(connection: socket.socket) -> str:
    """The system user at the other end; PermissionError where it is another one than ours."""
    size = struct.calcsize("3i")
    _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    if uid not in (os.getuid(), 0):
        raise PermissionError
    return user_name(uid)


def user_name(uid: int) -> str:
    """The name of a system user, its number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _outcome(held: Holder, call: Call, say: Callable[[str], None]) -> tuple[dict[str, Any], list[bytes]]:
    # Imported here: the register of commands knows every room, the socket none of them.
    from proforient.commands.line import carry_out

    try:
        opened = held.open()
    except ProforientError:
        return {"unavailable": True}, []
    outcome = carry_out(call, held.settings, (opened.catalogue, opened.store), say)
    head = {"code": outcome.code, "out": outcome.out, "said": outcome.said, "files": list(outcome.files)}
    return head, list(outcome.files.values())


def ask(settings: Settings, call: Call, say: Callable[[str], None]) -> Outcome | None:
    """The answer of the running application; None where none runs. Raises Unavailable, StoreError."""
    connection = _connected(settings.data)
    if connection is None:
        return None
    with connection:
        stream = connection.makefile("rwb")
        head = {"arguments": call.arguments, "folder": str(call.folder), "catalogue": str(call.catalogue)}
        try:
            head |= {"files": list(call.files), "password": call.password}
            _send(stream, head, list(call.files.values()))
            return _heard(stream, say)
        except (OSError, ValueError) as error:
            raise StoreError(
                "Приложение прервало выполнение команды. Посмотрите его сообщения и повторите команду."
            ) from error


def running(settings: Settings) -> bool:
    """Whether an application answers for this data folder."""
    connection = _connected(settings.data)
    if connection is None:
        return False
    connection.close()
    return True


def _connected(folder: Path) -> socket.socket | None:
    if not folder.is_dir():
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short_path(folder) as path:
            connection.connect(path)
    except PermissionError as error:
        connection.close()
        raise Refused(
            f"Папка {folder} принадлежит другому пользователю системы. Выполните команду от его имени."
        ) from error
    except OSError:
        connection.close()
        return None
    return connection


def _heard(stream: io.BufferedRWPair, say: Callable[[str], None]) -> Outcome:
    while True:
        head, blocks = _receive(stream)
        if "say" in head:
            say(str(head["say"]))
        elif head.get("unavailable"):
            raise Unavailable
        else:
            files = dict(zip(head["files"], blocks, strict=True))
            return Outcome(code=int(head["code"]), out=str(head["out"]), said=str(head["said"]), files=files)


def _received_call(stream: io.BufferedRWPair, user: str) -> Call:
    head, blocks = _receive(stream)
    return Call(
        arguments=tuple(str(part) for part in head["arguments"]),
        folder=Path(str(head["folder"])),
        user=user,
        catalogue=Path(str(head["catalogue"])),
        files=dict(zip(map(str, head["files"]), blocks, strict=True)),
        password=str(head.get("password", "")),
    )


def _send(stream: io.BufferedRWPair, head: Mapping[str, Any], blocks: list[bytes] | None = None) -> None:
    line = {**head, "lengths": [len(block) for block in blocks or ()]}
    stream.write(json.dumps(line, ensure_ascii=True).encode("ascii") + b"\n")
    for block in blocks or ():
        stream.write(block)
    stream.flush()


def _receive(stream: io.BufferedRWPair) -> tuple[dict[str, Any], list[bytes]]:
    """One message; ValueError where it is none, OSError where the other end has gone."""
    line = stream.readline()
    if not line:
        raise ConnectionError
    head = json.loads(line)
    if not isinstance(head, dict) or not isinstance(head.get("lengths"), list):
        raise ValueError
    blocks = []
    for length in head["lengths"]:
        if not isinstance(length, int) or not 0 <= length <= LARGEST:
            raise ValueError
        block = stream.read(length)
        if len(block) != length:
            raise ConnectionError
        blocks.append(block)
    return head, blocks
