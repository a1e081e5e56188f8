"""``make bench``: what pages ask of the domain on a municipality and a region, beside the bare query, pandas, SQLite.

Everything in one run and in turns, in CPU seconds of this process: other work on the machine slows the clock, not them.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import machine
from benchmarks.stores import Size, make
from proforient.advice.problems import problems
from proforient.analysis.coverage import coverages
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT
from proforient.store.reading import Reader
from proforient.store.store import Store

PERIOD, ROUNDS = "2024", 15
SIZES = {"municipality of 100": (Size(100, 1), "Регион 1 / Округ 1"), "region of 5,000": (Size(5000, 50), "Регион 1")}
SUMS = "SELECT indicator, level, cohort, sum(numerator), sum(denominator) FROM given GROUP BY indicator, level, cohort"


def main() -> None:
    print(machine.description())
    catalogue = read_catalogue(ROOT / "indicators.toml")
    for name, (size, place) in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(make(Path(folder) / "data", catalogue, size), catalogue)
            try:
                print(f"\n{name}: CPU ms, p50 and p95 of {ROUNDS}")
                _measure(store, catalogue, place)
            finally:
                store.close()


def _measure(store: Store, catalogue: Catalogue, place: str) -> None:
    headline = catalogue.headline
    assert headline is not None
    one = headline.code
    asked: dict[str, Callable[[Reader], object]] = {
        "bare query of the ready totals": lambda r: r.totals_table(PERIOD, territory=place),
        "totals of the territory": lambda r: coverages(r, catalogue, PERIOD, territory=place),
        "the headline's levels": lambda r: coverages(
            r, catalogue, PERIOD, territory=place, indicator=one, cohort="all"
        ),
        "the same with who is missing": lambda r: coverages(
            r, catalogue, PERIOD, territory=place, indicator=one, cohort="all", named=True
        ),
        "municipalities at one level": lambda r: coverages(
            r, catalogue, PERIOD, territory=place, by="territory", indicator=one, level="basic", cohort="all"
        ),
        "organisations at one level": lambda r: coverages(
            r, catalogue, PERIOD, territory=place, by="organisation", indicator=one, level="basic", cohort="all"
        ),
        "problems with who makes them": lambda r: problems(r, catalogue, PERIOD, territory=place),
    }
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, ask in asked.items():
            with store.read() as reader:
                took[name].append(_cpu(lambda ask=ask, reader=reader: ask(reader)))
    _print(took)
    _print(_beside(store))


def _beside(store: Store) -> Mapping[str, list[float]]:
    """The sums of the same period by pandas in memory and by SQLite."""
    with store.read() as reader:
        frame = reader.pairs_table(PERIOD).to_pandas()
    light = sqlite3.connect(":memory:")
    frame.to_sql("given", light, index=False)
    by = ["indicator", "level", "cohort"]
    ways: dict[str, Callable[[], object]] = {
        "pandas, the sums from what was given": lambda: frame.groupby(by)[["numerator", "denominator"]].sum(),
        "SQLite, the same": lambda: light.execute(SUMS).fetchall(),
    }
    return {name: [_cpu(way) for _ in range(ROUNDS)] for name, way in ways.items()}


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _print(took: Mapping[str, list[float]]) -> None:
    for name, times in took.items():
        p95 = sorted(times)[int(0.95 * (len(times) - 1))]
        print(f"  {name:<40}{statistics.median(times):9.1f}{p95:9.1f}")


if __name__ == "__main__":
    main()
