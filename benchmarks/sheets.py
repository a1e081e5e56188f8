"""``make bench``: the sheets of 60 organisations as one ZIP, beside a page that goes on being asked.

What is composed is this process's own CPU, what is rendered that of two processes; meanwhile another thread asks what
«Проблемы» asks, as an open page does, and is to be answered about as fast as alone.
"""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from large_district import LARGE
from serving import fill_with_large_district

from benchmarks import results
from proforient.advice.problems import problems
from proforient.catalogue.read import read_catalogue
from proforient.documents.all_sheets import PROCESSES, zip_of_sheets
from proforient.documents.blanks import printable
from proforient.documents.contents import NOTHING
from proforient.documents.kinds import sheet
from proforient.documents.offices import Office
from proforient.documents.record import Audience, Document
from proforient.documents.rendering import rendered
from proforient.documents.sheets import sheet_states
from proforient.settings import ROOT
from proforient.store.store import Store

PERIOD, MOST = "2022", 15.0  # seconds of all of it
EVERY = 0.2  # seconds between two looks at the page
DAY = dt.date(2023, 5, 4)


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = fill_with_large_district(Path(place) / "data")
        store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
        with _page(store) as alone:
            time.sleep(3)
        own = time.process_time()
        _composed(store)
        alone_cpu = time.process_time() - own
        began = time.perf_counter()
        with _page(store) as beside:
            documents = _composed(store)
            made = zip_of_sheets(documents, Path(place) / "none")
            took = time.perf_counter() - began
        store.close()
        one = _rendered(documents[0])
    free = alone_cpu + one * len(documents) / PROCESSES  # what two cores need that have nothing else to do
    rows = [
        ["composed, CPU", f"{alone_cpu:.1f} s", ""],
        ["a sheet rendered, CPU", f"{one * 1000:.0f} ms", ""],
        ["all of it on two free cores, by that", f"{free:.1f} s", results.judged(f"{MOST:.0f} s", free <= MOST)],
        ["all of it here, beside the page and all else", f"{took:.1f} s", ""],
        ["the page's data alone, median", f"{statistics.median(alone) * 1000:.0f} ms", ""],
        ["the page's data beside it, median", f"{statistics.median(beside) * 1000:.0f} ms", ""],
        ["the slowest of them", f"{max(beside) * 1000:.0f} ms", results.judged("1 s", max(beside) <= 1)],
    ]
    title = f"Sheets of {len(documents)} organisations as one ZIP ({len(made) / 1e6:.1f} MB)"
    results.write(title, results.table(["what", "took", ""], rows))


def _composed(store: Store) -> list[Document]:
    with store.read() as reader:
        states = sheet_states(reader, store.catalogue, PERIOD, territory=LARGE, cohort="all")
        return [sheet.KIND.compose(state, Audience.OUTSIDE, DAY, NOTHING) for state in states]


def _rendered(document: Document) -> float:
    """Seconds of CPU for one document, once the template is compiled."""
    template, fields = sheet.KIND.template(), printable(sheet.KIND.fields(document, Office()))
    rendered(template, fields)
    began = time.process_time()
    for _ in range(5):
        rendered(template, fields)
    return (time.process_time() - began) / 5


@contextmanager
def _page(store: Store) -> Iterator[list[float]]:
    """How many seconds each look takes, until the block ends."""
    took: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            began = time.perf_counter()
            with store.read() as reader:
                problems(reader, store.catalogue, PERIOD, territory=LARGE)
            took.append(time.perf_counter() - began)
            over.wait(EVERY)

    asking = threading.Thread(target=look)
    asking.start()
    try:
        yield took
    finally:
        over.set()
        asking.join()


if __name__ == "__main__":
    main()
