"""``make bench``: what every page reads, on a municipality, a region and, apart from the rest, a country.

The page's own function on data that nobody has looked at yet, beside the bare queries of what it shows, pandas over the
same table in memory and SQLite, in turns; CPU of this process, of all its threads, because other work on the machine
slows the clock more than it does them. ``make bench-country`` measures the country: ``--country FOLDER`` keeps the
store, which takes minutes to make, and uses one that is there.
"""

from __future__ import annotations

import argparse
import math
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import accepting, results
from benchmarks.questions import BEFORE, PAGES, PERIOD, bare, choices_of, in_pandas, in_sqlite, page
from benchmarks.stores import Size, make
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT
from proforient.store.store import Store
from proforient.web.seams import garbage

if TYPE_CHECKING:
    import pandas as pd

ROUNDS = 15
TIMES = 3.0  # of the bare queries of the same, or of the time in a store of its own
SMALL, LARGE = 50, 150  # ms at p95
COUNTRY = Size(100_000, 2_000, 80)
OWN, OF_COUNTRY, WHOLE = 100, 300, 1024  # ms at p95, ms at p95, MiB
DISTRICT, REGION = "Регион 1 / Округ 1", "Регион 1"
OF_ALL = ("Обзор", "Показатели", "Организации")  # the others show where there is something to be chosen
COLUMNS = ("page", "data p50", "p95", "queries p50", "p95", "times", "pandas p50", "p95", "SQLite p50", "p95", "target")


def main() -> int:
    global ROUNDS
    parser = argparse.ArgumentParser()
    parser.add_argument("--country", type=Path, metavar="FOLDER")
    parser.add_argument("--make", type=int, nargs=3, metavar="N", help="organisations, municipalities, regions")
    parser.add_argument("--region", type=Path, metavar="FOLDER", help="a store of the region that is there already")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    ROUNDS = given.rounds
    garbage.freeze()  # as the server does
    if given.make:
        make(given.country, read_catalogue(ROOT / "indicators.toml"), Size(*given.make))
    elif given.country:
        country(given.country)
    else:
        districts(given.region)
    return 0


def districts(region: Path | None) -> None:
    """A municipality of 100 organisations and a region of 5,000."""
    with made(Size(100, 1)) as store:
        rows = measured(store, DISTRICT, f"{TIMES:.0f}x, {SMALL} ms", lambda ours, base: _kept(ours, base, SMALL))
        results.write("A municipality of 100 organisations", _told(store, rows))
    with opened(region) if region else made(Size(5_000, 50)) as store:
        rows = measured(store, REGION, f"{LARGE} ms", lambda ours, _: p95(ours) <= LARGE)
        results.write("A region of 5,000 organisations in 50 municipalities", _told(store, rows))


def country(folder: Path) -> None:
    """A municipality, a region and the whole of a country; the municipality beside one in a store of its own."""
    if not (folder / "proforient.duckdb").exists():
        shape = map(str, (COUNTRY.organisations, COUNTRY.municipalities, COUNTRY.regions))
        command = [sys.executable, "-m", "benchmarks.figures", "--country", str(folder), "--make", *shape]
        subprocess.run(command, check=True)
    alone = alone_in_its_store()
    with opened(folder) as store:
        at_start = _memory()
        choices, rows = choices_of(store), []
        for territory, limit in ((DISTRICT, OWN), (REGION, OF_COUNTRY), (None, OF_COUNTRY)):
            for name in PAGES if territory else OF_ALL:
                took, base = in_turns([page(store, choices, territory, name), bare(store, territory, name)])
                own = alone[name] if territory == DISTRICT else None
                good = p95(took) <= limit and (own is None or statistics.median(took) <= TIMES * statistics.median(own))
                target = f"{limit} ms" + (f", {TIMES:.0f}x alone" if own else "")
                beside = [f"{statistics.median(took) / statistics.median(own):.1f}"] if own else ["—"]
                where = territory or "the whole"
                rows.append([f"{where}: {name}", *_two(took), *_two(base), *beside, results.judged(target, good)])
        peak = _memory()
        head = ("page", "data p50", "p95", "queries p50", "p95", "times alone", "target")
        body = "\n\n".join(
            [
                _about(store),
                f"CPU milliseconds, {ROUNDS} rounds in turns; times alone: beside the same in a store of its own.",
                results.table(head, rows),
                f"Peak memory of the process: {peak:.0f} MiB, {at_start:.0f} of them before the first page; "
                + results.judged(f"{WHOLE} MiB", peak <= WHOLE) + ".",
            ]
        )  # fmt: skip
        results.write("A country of 100,000 organisations in 2,000 municipalities", body)
        results.write("Accepting a file in the country", accepting.beside_an_empty_store(store))


def alone_in_its_store() -> dict[str, list[float]]:
    """The pages of a municipality as large as one of the country's."""
    with made(Size(COUNTRY.organisations // COUNTRY.municipalities, 1)) as store:
        choices = choices_of(store)
        return {name: in_turns([page(store, choices, DISTRICT, name)])[0] for name in PAGES}


def measured(
    store: Store, territory: str, target: str, good: Callable[[Sequence[float], Sequence[float]], bool]
) -> list[list[str]]:
    """A row a page."""
    choices, frame = choices_of(store), _given(store)
    light = sqlite3.connect(":memory:")
    frame.astype(dict.fromkeys(frame.select_dtypes("category"), str)).to_sql("given", light, index=False)
    light.execute("CREATE INDEX territories ON given (territory)")
    rows = []
    for name in PAGES:
        others = [in_pandas(frame, territory, name), in_sqlite(light, territory, name)]
        ways = [page(store, choices, territory, name), bare(store, territory, name), *filter(None, others)]
        took, base, *beside = in_turns(ways)
        told = iter(beside)
        columns = [column for other in others for column in (_two(next(told)) if other else ("—", "—"))]
        times = f"{statistics.median(took) / statistics.median(base):.1f}"
        rows.append([name, *_two(took), *_two(base), times, *columns, results.judged(target, good(took, base))])
    return rows


def in_turns(ways: Sequence[Callable[[], object]]) -> list[list[float]]:
    """Milliseconds of CPU of each way, all of them in every round; a round before that warms what stays in memory."""
    took: list[list[float]] = [[] for _ in ways]
    for turn in range(ROUNDS + 1):
        for times, way in zip(took, ways, strict=True):
            began = time.process_time()
            way()
            if turn:
                times.append((time.process_time() - began) * 1000)
    return took


def p95(times: Sequence[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]  # order: milliseconds


def _kept(ours: Sequence[float], base: Sequence[float], limit: float) -> bool:
    return p95(ours) <= limit and statistics.median(ours) <= TIMES * statistics.median(base)


def _two(times: Sequence[float]) -> tuple[str, str]:
    return f"{statistics.median(times):.1f}", f"{p95(times):.1f}"


def _told(store: Store, rows: Sequence[Sequence[str]]) -> str:
    note = f"CPU milliseconds, {ROUNDS} rounds in turns; {COLUMNS[5]}: times the bare queries."
    return "\n\n".join([_about(store), note, results.table(COLUMNS, rows)])


def _about(store: Store) -> str:
    with store.read() as reader:
        values, given = (reader.run(f"SELECT count(*) FROM {table}")[0][0] for table in ("value", "given"))
    return f"{values:,} values of 5 periods, {given:,} figures of organisations."


def _given(store: Store) -> pd.DataFrame:
    with store.read() as reader:
        frame = reader.pairs_over([PERIOD, BEFORE]).to_pandas()
    frame = frame[frame["period"] == PERIOD]
    return frame.astype(dict.fromkeys(("territory", "organisation", "indicator", "level", "cohort"), "category"))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def made(size: Size) -> Iterator[Store]:
    folder = Path(tempfile.mkdtemp())
    try:
        make(folder / "data", read_catalogue(ROOT / "indicators.toml"), size)
        with opened(folder / "data") as store:
            yield store
    finally:
        shutil.rmtree(folder)


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
    try:
        yield store
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
