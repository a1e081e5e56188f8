"""The country's last evening before the deadline: 40,000 schools hand in within three hours, one after the other.

``python -m benchmarks.evening SECONDS…``: for how long a transaction of the shared store has the turn, as measured.
A queue is simulated in which who came first is served first and whoever waits for longer than the program lets is
told to come again, which he does after a minute.
"""

from __future__ import annotations

import heapq
import random
import sys
from collections.abc import Sequence

from benchmarks import results
from proforient.store.lake import PATIENCE

SCHOOLS, HOURS = 40_000, 3
AGAIN = 60.0  # seconds after which somebody who was told so comes again
EVENLY, HALF = "evenly", "half of them in the last hour"


def arrivals(schools: int, how: str) -> list[float]:
    """Seconds from the beginning at which each school presses the button."""
    chance = random.Random(20)  # no secret
    last = HOURS * 3600.0
    late = schools // 2 if how == HALF else 0
    found = [chance.uniform(0, last - 3600 if late else last) for _ in range(schools - late)]
    return found + [chance.uniform(last - 3600, last) for _ in range(late)]


def evening(schools: int, held: float, how: str) -> tuple[float, float, float, float]:
    """Seconds of waiting at p50 and p95, the share that was told to come again, hours until the last one was served."""
    coming = arrivals(schools, how)
    heapq.heapify(coming)
    free, refused, waits = 0.0, 0, []
    while coming:
        came = heapq.heappop(coming)
        if free - came > PATIENCE:
            refused += 1
            heapq.heappush(coming, came + PATIENCE + AGAIN)
            continue
        free = max(free, came) + held
        waits.append(free - came)
    waits.sort()
    return waits[len(waits) // 2], waits[int(len(waits) * 0.95)], refused / (refused + len(waits)), free / 3600


def main(held: Sequence[float]) -> int:
    rows = []
    for seconds in held:
        for name, schools in (("the country in one store", SCHOOLS), ("a region of eighty", SCHOOLS // 80)):
            for how in (EVENLY, HALF):
                middle, most, told, until = evening(schools, seconds, how)
                told_words, when = f"{told:.0%}", f"{until:.1f} h"
                rows.append([f"{seconds:.2f} s, {name}, {how}", f"{middle:.1f}", f"{most:.1f}", told_words, when])
    head = ("turn held, where, how they come", "s p50", "s p95", "told to come again", "all served after")
    results.write("The last evening before the deadline", results.table(head, rows))
    return 0


if __name__ == "__main__":
    sys.exit(main([float(text) for text in sys.argv[1:]] or [0.1, 0.25]))
