"""The questions of the first measurements, asked again: what they took when every figure was an object, and now.

``python -m benchmarks.beginning [--region FOLDER] [--country FOLDER]``: stores that are there are used, and a country
that is not there is left out.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks import results
from benchmarks.figures import DISTRICT, REGION, made, opened
from benchmarks.questions import PERIOD
from benchmarks.stores import Size
from proforient.advice.problems import problems
from proforient.analysis.coverage import coverages
from proforient.store.reading import Reader
from proforient.store.store import Store

TIMES = 3
ELSEWHERE = (
    "First views and reruns of pages: `python -m benchmarks.region`. The page that was 348,000 px high is at most six "
    "screens of a laptop, and a rerun at most 300 KB: `tests/browser/test_region_shown.py`."
)
BEFORE = {  # milliseconds by the clock on two busy cores: 100 organisations, a region of 5,000, one of a country
    "bare query of the ready totals": ("4", "5.5", "14"),
    "coverages of the territory": ("74", "2,817", "580"),
    "rows of organisations, all indicators": ("7,983", "not done after 10 min", "—"),
    "problems": ("124", "8,500 with its page", "506"),
}


def asked(store: Store, territory: str) -> Mapping[str, Callable[[Reader], object]]:
    catalogue = store.catalogue
    return {
        "bare query of the ready totals": lambda r: r.totals_over([PERIOD], territory=territory),
        "coverages of the territory": lambda r: coverages(r, catalogue, PERIOD, territory=territory),
        "rows of organisations, all indicators": lambda r: coverages(
            r, catalogue, PERIOD, territory=territory, by="organisation"
        ),
        "problems": lambda r: problems(r, catalogue, PERIOD, territory=territory),
    }


def took(store: Store, ask: Callable[[Reader], object]) -> str:
    """«CPU / by the clock», milliseconds, medians."""
    cpu, clock = [], []
    for _ in range(TIMES):
        with store.read() as reader:
            begun = time.process_time(), time.perf_counter()
            ask(reader)
            cpu.append(time.process_time() - begun[0])
            clock.append(time.perf_counter() - begun[1])
    return " / ".join(f"{statistics.median(one) * 1000:,.0f}" for one in (cpu, clock))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--region", type=Path, metavar="FOLDER")
    parser.add_argument("--country", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    columns: list[Mapping[str, str]] = []
    with ExitStack() as at_end:
        stores = [
            (at_end.enter_context(made(Size(100, 1))), DISTRICT),
            (at_end.enter_context(opened(given.region) if given.region else made(Size(5_000, 50))), REGION),
        ]
        if given.country:
            stores.append((at_end.enter_context(opened(given.country)), DISTRICT))
        for store, territory in stores:
            columns.append({name: took(store, ask) for name, ask in asked(store, territory).items()})
    rows = []
    for name, before in BEFORE.items():
        now = [column[name] for column in columns]
        now += ["—"] * (len(before) - len(now))
        rows.append([name, *(cell for pair in zip(before, now, strict=True) for cell in pair)])
    head = ("ms", "100: before", "now", "5,000: before", "now", "50 of a country: before", "now")
    about = f"Before: by the clock. Now: CPU / by the clock, medians of {TIMES}. {ELSEWHERE}"
    results.write("The first measurements, before and after", f"{about}\n\n{results.table(head, rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
