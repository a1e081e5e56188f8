"""Identifiers that grow with time, made by the program: the shared store has no sequences."""

from __future__ import annotations

import secrets
import time

RANDOM_BITS = 20  # random bits of an identifier, below those of its millisecond


class Ids:
    """Each identifier is above every earlier one, even where the clock goes back."""

    def __init__(self, last: int = 0) -> None:
        self._last = last

    @property
    def last(self) -> int:
        """The newest identifier that was given out."""
        return self._last

    def reach(self, last: int) -> None:
        """Nothing that is given out from now on is below ``last``, which somebody else has given out."""
        self._last = max(self._last, last)

    def take(self, many: int = 1) -> int:
        """The first of ``many`` consecutive identifiers (milliseconds, then 20 random bits)."""
        fresh = (time.time_ns() // 1_000_000) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
        first = max(fresh, self._last + 1)
        self._last = first + many - 1
        return first
