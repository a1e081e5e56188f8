"""Guessing is limited: after so many wrong tries a key (a login, an address) is closed for a while. In memory only.

Several servers of one store count together: what one has counted it hands over as hashes of keys, and takes what all
have counted. Between two exchanges each goes by what it knows, so that no request waits for another server.

Only what was wrong is counted, and only so many tries of a key are under way at once that all of them may be wrong
and the limit still holds. Whoever comes when that many are under way waits for one to end: a right try takes no place
from the next, so that any number of right ones passes.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b

MOST_KEYS = 10_000  # keys whose wrong tries are remembered


@dataclass(frozen=True, slots=True)
class Handed:
    """What a server has counted since the last exchange: ``wrong`` tries by key as it is hashed for all servers, with
    the seconds since each; ``forgiven`` keys. ``own``: the same moments by the server's own keys."""

    wrong: Mapping[str, tuple[float, ...]]
    forgiven: tuple[str, ...]
    own: Mapping[str, tuple[float, ...]]


class Tries:
    """Counts wrong tries by key; the oldest keys are forgotten where there are too many. For one event loop."""

    def __init__(
        self, most: int, seconds: float, *, at_once: int = 8, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._at_once = at_once
        self._clock = clock
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._secret = b""  # empty: nobody counts with this server
        self._common: dict[str, list[float]] = {}  # of all servers, by the hash of the key
        self._forgiven: set[str] = set()  # hashes of keys, since the last exchange
        self._under_way: Counter[str] = Counter()
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}

    def closed(self, key: str) -> bool:
        """Whether so many wrong ones lie within the last ``seconds`` that no further one is made."""
        return len(self._recent(key)) >= self._most

    def full(self, key: str) -> bool:
        """Whether one must wait for the end of a try that is under way."""
        busy = self._under_way[key]
        return busy >= self._at_once or len(self._recent(key)) + busy >= self._most

    async def change(self, key: str) -> None:
        """Waits until a try of this key has ended."""
        ended = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(ended)
        try:
            await ended
        finally:
            with suppress(KeyError, ValueError):
                self._waiting[key].remove(ended)

    def begin(self, key: str) -> None:
        self._under_way[key] += 1

    def end(self, key: str) -> None:
        self._under_way[key] -= 1
        if not self._under_way[key]:
            del self._under_way[key]
        for ended in self._waiting.pop(key, ()):
            if not ended.done():
                ended.set_result(None)

    def count(self, key: str) -> int:
        """One more wrong try; gives how many there are within the last ``seconds``."""
        self._wrong[key] = [*self._recent_here(key), self._clock()]
        self._wrong.move_to_end(key)
        while len(self._wrong) > MOST_KEYS:
            self._wrong.popitem(last=False)
        return len(self._recent(key))

    def forget(self, key: str) -> None:
        """The wrong ones before are forgiven."""
        self._wrong.pop(key, None)
        if self._secret:
            self._common.pop(self._hash(key), None)
            self._forgiven.add(self._hash(key))

    def count_together(self, secret: bytes) -> None:
        """From now on others count with this server; all of them know the ``secret`` that hashes keys."""
        self._secret = secret

    def hand_over(self) -> Handed:
        """What the others do not know yet. It is kept until ``take`` says that they have it."""
        now, own = self._clock(), {key: tuple(self._recent_here(key)) for key in self._wrong}
        own = {key: times for key, times in own.items() if times}
        wrong = {self._hash(key): tuple(now - at for at in times) for key, times in own.items()}
        return Handed(wrong, tuple(self._forgiven), own)

    def take(self, handed: Handed, wrong: Iterable[tuple[str, Iterable[float]]]) -> None:
        """``wrong``: what all servers have counted, ``handed`` included, by hash: seconds since each try."""
        for key, times in handed.own.items():
            left = Counter(self._wrong.pop(key, ()))
            left.subtract(times)
            if since := sorted(left.elements()):  # order: of time
                self._wrong[key] = since
        now, later = self._clock(), self._forgiven.difference(handed.forgiven)
        self._common = {key: [now - age for age in ages] for key, ages in wrong if key not in later}
        self._forgiven = later

    def _recent(self, key: str) -> list[float]:
        since = self._clock() - self._seconds
        common = self._common.get(self._hash(key), ()) if self._common else ()
        return [*(at for at in common if at > since), *self._recent_here(key)]

    def _recent_here(self, key: str) -> list[float]:
        since = self._clock() - self._seconds
        return [at for at in self._wrong.get(key, ()) if at > since]

    def _hash(self, key: str) -> str:
        return blake2b(key.encode(), digest_size=16, key=self._secret).hexdigest()


class Try:
    """One that is being made: whoever made it says how it ended."""

    def __init__(self, counters: tuple[tuple[Tries, str], ...]) -> None:
        self._counters = counters

    def wrong(self) -> int:
        """Counts it everywhere; gives how many wrong ones the first counter has now."""
        first, *_ = [tries.count(key) for tries, key in self._counters]
        return first

    def right(self) -> None:
        """It was the right one, and with it the wrong ones of the first counter are forgiven."""
        tries, key = self._counters[0]
        tries.forget(key)


@asynccontextmanager
async def one_try(*counters: tuple[Tries, str]) -> AsyncIterator[Try | None]:
    """A try that falls under all of ``counters``, the narrowest first; None where one of them is closed."""
    while not any(tries.closed(key) for tries, key in counters):
        full = next(((tries, key) for tries, key in counters if tries.full(key)), None)
        if full is None:
            break
        await full[0].change(full[1])
    else:
        yield None
        return
    for tries, key in counters:
        tries.begin(key)
    try:
        yield Try(counters)
    finally:
        for tries, key in counters:
            tries.end(key)
