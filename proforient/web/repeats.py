"""Lines of the log that repeat are counted instead of written: nobody fills a disk by doing the same wrong thing."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from proforient.wording import number, plural

FIRST = 10  # lines of one kind that are written in a period
PERIOD = 60.0  # seconds of a period
LONGEST = 300  # signs of a line that is told again


@dataclass(slots=True)
class _Kind:
    since: float
    seen: int
    # A line to be told again: a record would hold all that an exception's frames hold.
    last: tuple[str, int, str, int, str]


class Repeats:
    """Kinds of lines: those written by one place of the program, of an exception also where it came from."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kinds: dict[Hashable, _Kind] = {}
        self._write: Callable[[logging.Logger, logging.LogRecord], None] = logging.Logger.callHandlers

    def install(self) -> None:
        """Every logger of the process passes through here, whoever made it and whenever."""
        if logging.Logger.callHandlers is not self._write:
            return

        def call_handlers(logger: logging.Logger, record: logging.LogRecord) -> None:
            self.tell()
            if self.passes(record):
                self._write(logger, record)

        logging.Logger.callHandlers = call_handlers  # type: ignore[method-assign, assignment]

    def passes(self, record: logging.LogRecord) -> bool:
        """Whether the line is written; else it is counted."""
        with self._lock:
            kind = self._kinds.setdefault(_kind_of(record), _Kind(self._clock(), 0, ("", 0, "", 0, "")))
            kind.seen += 1
            if kind.seen > FIRST:
                kind.last = (record.name, record.levelno, record.pathname, record.lineno, _text(record))
            return kind.seen <= FIRST

    def tell(self, *, all_of_them: bool = False) -> None:
        """Writes how often each line came again whose period is over."""
        for record in self._over(all_of_them):
            self._write(logging.getLogger(record.name), record)

    def _over(self, all_of_them: bool) -> list[logging.LogRecord]:
        with self._lock:
            now = self._clock()
            over = {key: kind for key, kind in self._kinds.items() if all_of_them or now - kind.since >= PERIOD}
            for key in over:
                del self._kinds[key]
        return [_repeat_record(kind.last, kind.seen - FIRST) for kind in over.values() if kind.seen > FIRST]


def _kind_of(record: logging.LogRecord) -> Hashable:
    error = record.exc_info[1] if record.exc_info else None
    trace = error.__traceback__ if error else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = (trace.tb_frame.f_code, trace.tb_lineno) if trace else None
    return record.name, record.pathname, record.lineno, type(error), where


def _text(record: logging.LogRecord) -> str:
    try:
        lines = record.getMessage().strip().splitlines()
    except (TypeError, ValueError, KeyError):  # a fault of whoever wrote the line must not reach his work
        lines = [str(record.msg)]
    return lines[0][:LONGEST] if lines else ""


def _repeat_record(last: tuple[str, int, str, int, str], times: int) -> logging.LogRecord:
    name, level, path, at, line = last
    text = f"{line.rstrip('.')}: ещё {number(times)} {plural(times, 'раз', 'раза', 'раз')} за минуту"
    return logging.LogRecord(name, level, path, at, text, None, None)


REPEATS = Repeats()
