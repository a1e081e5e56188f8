"""Processes that each do one piece of work on a file and may die of it; starting one takes a few milliseconds.

``begin`` asks the nursery (``nursery.py``), one helper that has everything imported and only forks; it is started
at the first call and ends with this process. Whoever begins a piece of work waits for it or ends it: no process
outlives the ``with``.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import proforient

HOME = Path(proforient.__path__[0]).parent
ENVIRONMENT = {"PATH": os.defpath, "PYTHONPATH": str(HOME), "PYTHONDONTWRITEBYTECODE": "1"}
STATUS = struct.Struct("i")  # how a child ended: its exit code, or minus the signal that ended it

_lock = threading.Lock()
_asking: socket.socket | None = None
_helper: subprocess.Popen[bytes] | None = None
_asked_by = 0  # the process whose nursery it is


class Work:
    """One piece of work in its process: bytes go ``into`` it and come ``out``; ``seconds`` is its limit."""

    def __init__(self, job: str, seconds: float) -> None:
        (given, into), (out, answer) = os.pipe(), os.pipe()
        self.into: IO[bytes] = os.fdopen(into, "wb")
        self.out: IO[bytes] = os.fdopen(out, "rb")
        self._line, far = socket.socketpair()
        self.late = False  # it was ended because it took too long
        try:
            _ask(job, [given, answer, far.fileno()])
        finally:
            os.close(given)
            os.close(answer)
            far.close()
        self._timer = threading.Timer(seconds, self._too_late)
        self._timer.daemon = True
        self._timer.start()

    def _too_late(self) -> None:
        self.late = True
        self.kill()

    def kill(self) -> None:
        """Ends the process; nothing where it has ended."""
        with contextlib.suppress(OSError):
            self._line.send(b"k")

    def send(self, *parts: bytes) -> None:
        """Writes all of the input and closes it; a process that died before it read everything is no error here."""
        with contextlib.suppress(BrokenPipeError), self.into:
            for part in parts:
                self.into.write(part)

    def ended(self) -> int:
        """Waits for the end: 0 all right, a positive exit code, or minus the signal."""
        said = self._line.recv(STATUS.size)
        return int(STATUS.unpack(said)[0]) if len(said) == STATUS.size else -9

    def close(self) -> None:
        self._timer.cancel()
        self.kill()
        for file in (self.into, self.out):
            with contextlib.suppress(OSError):
                file.close()
        self._line.close()


@contextlib.contextmanager
def begin(job: str, *, seconds: float) -> Iterator[Work]:
    """A process that does ``job``: a module whose ``main`` works from standard input to standard output.

    It is ended when the ``with`` is left.
    """
    work = Work(job, seconds)
    try:
        yield work
    finally:
        work.close()


def warm() -> None:
    """Starts the nursery, so that the first file does not wait for it."""
    with _lock:
        _nursery()


def _ask(job: str, ends: list[int]) -> None:
    with _lock:
        try:
            socket.send_fds(_nursery(), [job.encode("ascii")], ends)
        except OSError:  # it died: another one
            socket.send_fds(_nursery(anew=True), [job.encode("ascii")], ends)


def _nursery(*, anew: bool = False) -> socket.socket:
    """The socket on which the nursery is asked; it is started where there is none."""
    global _asking, _asked_by, _helper
    if _asking is not None and not anew and _asked_by == os.getpid():
        return _asking
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        _helper = subprocess.Popen(  # noqa: S603  # this program itself
            [sys.executable, "-m", "proforient.intake.nursery", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            cwd=HOME,
            env=ENVIRONMENT,
        )
    _asking, _asked_by = ours, os.getpid()
    return ours
