"""The helper that forks a process for each piece of work: everything is imported once, each process does one piece.

Started by ``apart.py`` only; ends when the process that started it does, and its children with it. It reads no file
itself: a child gets the bytes through its own pipe.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable

from proforient.intake.apart import STATUS

# What reading and checking need, and what they import where they need it: imported here once for all children. Any
# other piece of work imports its own when it is asked for.
_PRELOADED = (
    *("proforient.intake.child", "proforient.intake.call_apart"),
    *("proforient.intake.read", "proforient.intake.xlsx", "proforient.intake.xls", "proforient.intake.ods"),
    *("proforient.intake.extras", "proforient.intake.transport", "proforient.intake.screen"),
)


class Nursery:
    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._lines: dict[socket.socket, int] = {}  # to whoever waits for a child -> the child
        self._selector = selectors.DefaultSelector()
        self._woken, waking = socket.socketpair()
        for end in (self._woken, waking):
            end.setblocking(False)
        self._waking = waking
        signal.set_wakeup_fd(waking.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for end in (asked, self._woken):
            self._selector.register(end, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until the asking process is gone."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._asked:
                    if not self._answer():
                        return
                elif key.fileobj is self._woken:
                    self._woken.recv(4096)
                elif (pid := self._lines.get(key.fileobj)) is not None:  # type: ignore[call-overload]
                    os.kill(pid, signal.SIGKILL)  # whoever waits for it wants it no more, or is gone
                    self._selector.unregister(key.fileobj)
            self._bury()

    def _answer(self) -> bool:
        job, ends, _, _ = socket.recv_fds(self._asked, 256, 3)
        if not job:
            return False
        given, answer, far = ends
        pid = os.fork()
        if not pid:
            _begin(job.decode("ascii"), given, answer)
        os.close(given)
        os.close(answer)
        line = socket.socket(fileno=far)
        self._lines[line] = pid
        self._selector.register(line, selectors.EVENT_READ)
        return True

    def _bury(self) -> None:
        for line, pid in list(self._lines.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            del self._lines[line]
            if line in self._selector.get_map():
                self._selector.unregister(line)
            with contextlib.suppress(OSError):  # nobody waits for it any more
                line.send(STATUS.pack(os.waitstatus_to_exitcode(status)))
            line.close()

    def end(self) -> None:
        for pid in self._lines.values():
            os.kill(pid, signal.SIGKILL)


def _begin(job: str, given: int, answer: int) -> None:
    """In the child: its pipes as standard input and output, nothing else of the helper's open, its work, its end."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(given, 0)
        os.dup2(answer, 1)
        os.closerange(3, 1024)
        sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
        main: Callable[[], int] = importlib.import_module(job).main
        code = main()
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001  # the end of the process: what happened goes into the log
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def main() -> int:
    for name in _PRELOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    nursery = Nursery(socket.socket(fileno=int(sys.argv[1])))
    try:
        nursery.serve()
    finally:
        nursery.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
