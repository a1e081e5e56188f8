"""Guessing is slowed: after so many failures a key (a login, an address) is closed for a while. In memory only."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_KEYS = 10_000


class Tries:
    """Counts failures by key; the oldest keys are forgotten where there are too many."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, list[float]] = OrderedDict()

    def closed(self, key: str) -> bool:
        """Whether so many failures lie within the last ``seconds`` that no further try is made."""
        with self._lock:
            return len(self._recent(key)) >= self._most

    def failed(self, key: str) -> int:
        """Notes a failure; how many there are now."""
        with self._lock:
            recent = [*self._recent(key), self._clock()]
            self._failed[key] = recent
            self._failed.move_to_end(key)
            while len(self._failed) > MOST_KEYS:
                self._failed.popitem(last=False)
            return len(recent)

    def forget(self, key: str) -> None:
        """It was the right one."""
        with self._lock:
            self._failed.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = self._clock() - self._seconds
        return [at for at in self._failed.get(key, ()) if at > since]
