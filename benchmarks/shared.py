"""A region's store in one file and moved into the shared store: the same pages, acceptance, catching up, joining.

``python -m benchmarks.shared [ORGANISATIONS MUNICIPALITIES]``; needs PostgreSQL.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import postgres

from benchmarks import results
from benchmarks.accepting import accepting
from benchmarks.figures import DISTRICT, p95
from benchmarks.questions import LEVEL, PERIOD, choices_of, page
from benchmarks.stores import Size, make
from proforient.catalogue.read import read_catalogue
from proforient.intake.checks.missing_counts import asked_of
from proforient.settings import ROOT
from proforient.store import moving
from proforient.store.shared import FRESH, SharedStore
from proforient.store.store import Store

ROUNDS = 15


def seconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def measured(store: Store, other: SharedStore | None) -> list[str]:
    """Milliseconds: a municipality's page at p50 and p95, an acceptance, catching up with one."""
    draw = page(store, choices_of(store), DISTRICT, "Обзор")
    draw()
    took = [seconds(draw) * 1000 for _ in range(ROUNDS)]
    with store.read() as reader:
        given = reader.pairs_over([PERIOD], indicators=["coverage"], level=LEVEL)["organisation"][0].as_py()
        (own,) = reader.organisations(on=reader.period(PERIOD).ends, code=given)
        asked = set(asked_of(store.catalogue, own, None))
        answers = {v.cell: v.number or 0 for v in reader.values(PERIOD, organisation=given) if v.cell in asked}
    accepted = statistics.median(clock for _, clock in accepting(store, own, answers))
    caught = "—"
    if other is not None:
        time.sleep(2 * FRESH)
        caught = f"{seconds(lambda: other.mark) * 1000:.0f} (8 files)"
    return [f"{statistics.median(took):.0f}", f"{p95(took):.0f}", f"{accepted:.0f}", caught]


def main(organisations: int, municipalities: int) -> int:
    catalogue = read_catalogue(ROOT / "indicators.toml")
    with tempfile.TemporaryDirectory() as name, postgres.postgres() as server:
        folder, dsn = Path(name), server.dsn("bench")
        make(folder / "one", catalogue, Size(organisations, municipalities))
        one = Store.open(folder / "one", catalogue)
        with patch.object(moving, "document_files", lambda cursor: []):  # the files of this store are named, not made
            moved = seconds(lambda: moving.move_into(one, dsn, folder / "shared"))
        joined: list[SharedStore] = []
        took = [
            seconds(lambda n=n: joined.append(SharedStore.join(folder / n, catalogue, dsn, folder / "shared")))
            for n in ("first", "second")
        ]
        rows = [["one file", *measured(one, None)], ["the shared store", *measured(joined[0], joined[1])]]
        head = ("ms", "a municipality's page p50", "p95", "accept a file, p50", "catch up with it")
        said = f"Moved there and compared: {moved:.0f} s; a server joins with an empty folder: {took[1]:.0f} s."
        results.write(f"The shared store of {organisations:,} organisations", f"{results.table(head, rows)}\n\n{said}")
        for store in (one, *joined):
            store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:3])) if len(sys.argv) > 2 else main(5_000, 50))
