"""Guessing is slowed: after so many wrong tries a key (a login, an address) is closed for a while. In memory only."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_KEYS = 10_000


class Tries:
    """Counts tries by key; the oldest keys are forgotten where there are too many."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._made: OrderedDict[str, list[float]] = OrderedDict()

    def begin(self, key: str) -> int:
        """Counts a try before it is made, so that many at once are no more than one after another.

        Gives how many there are now; 0 where so many lie within the last ``seconds`` that no further one is made.
        """
        with self._lock:
            recent = self._recent(key)
            if len(recent) >= self._most:
                return 0
            self._made[key] = [*recent, self._clock()]
            self._made.move_to_end(key)
            while len(self._made) > MOST_KEYS:
                self._made.popitem(last=False)
            return len(recent) + 1

    def take_back(self, key: str) -> None:
        """The last one was right: it does not count."""
        with self._lock:
            if self._made.get(key):
                self._made[key].pop()

    def forget(self, key: str) -> None:
        """It was the right one, and with it those before are forgiven."""
        with self._lock:
            self._made.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = self._clock() - self._seconds
        return [at for at in self._made.get(key, ()) if at > since]
