"""``make bench``: each page's data, each page's rerun, and the first view in a browser, beside a bare page.

Every figure of one table comes from one run: the bare page and ours take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from serving import Server, fill_with_demonstration, serve

from benchmarks import machine, results
from benchmarks.browser import first_view
from benchmarks.sessions import Session
from proforient.advice.problems import problems
from proforient.analysis.coverage import coverages
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT
from proforient.store.store import Store
from proforient.web.register import PAGES

PLACE = "Челябинская область / Нязепетровский муниципальный район"
PERIOD = "2022"
QUERY = f"territory={PLACE}&period={PERIOD}"
ROUNDS, RERUNS = 5, 30
STEPS, MOST_OF_STEP = 20, 1.2  # of each kind; what a step may take of the page's own rerun
OPENINGS = (  # what is opened: on which page, its view before and after
    ("a column of «Обзор» and back", "", "period=2022", "period=2022&down=basic&level=basic"),
    ("a period of «Показатели» and back", "indicators", "period=2022", "period=2021"),
    ("a problem of «Проблемы» and back", "problems", "period=2022", "period=2022&problem=low-coverage-basic"),
)
BARE = ROOT / "benchmarks" / "bare.py"


def main() -> None:
    print(machine.description(), "\n")
    with tempfile.TemporaryDirectory() as place:
        folder = fill_with_demonstration(Path(place) / "data")
        print("Data of a page, ms (median of 20, the demonstration)")
        for name, took in data_times(folder):
            print(f"  {name:<36}{took * 1000:8.1f}")
        with serve(folder) as ours, serve(folder, script=BARE) as bare:
            print(f"\nServer CPU of a rerun, ms (median of {ROUNDS} rounds of {RERUNS}), beside five charts alone")
            print_reruns(ours, bare)
            results.write("A step into a chart", steps(ours))
            print("\nFirst view in chromium with an empty cache, median of 3")
            print_first_views(ours, bare)


def data_times(folder: Path) -> Iterator[tuple[str, float]]:
    """What the pages ask of the domain, without drawing."""
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
    catalogue = store.catalogue
    asked: dict[str, Callable[..., object]] = {
        "totals of a territory": lambda r: coverages(r, catalogue, PERIOD, territory=PLACE),
        "rows of its organisations": lambda r: coverages(r, catalogue, PERIOD, territory=PLACE, by="organisation"),
        "problems with their organisations": lambda r: problems(r, catalogue, PERIOD, territory=PLACE),
        "values of a period": lambda r: r.values(PERIOD, territory=PLACE),
    }
    try:
        for name, ask in asked.items():
            took = []
            for _ in range(20):
                with store.read() as reader:
                    began = time.perf_counter()
                    ask(reader)
                    took.append(time.perf_counter() - began)
            yield name, statistics.median(took)
    finally:
        store.close()


def print_reruns(ours: Server, bare: Server) -> None:
    with Session(bare.address) as session:
        session.rerun()
        for entry in PAGES:
            name = "" if entry.default else entry.code
            with Session(ours.address, page=name, query=QUERY, cookie=ours.cookie()) as page:
                page.rerun()
                own, other, size = in_turns(ours, page, bare, session)
            print(f"  {entry.title:<20}{own:8.1f}   bare {other:6.1f}   x{own / other:5.2f}   {size / 1024:7.1f} KiB")


def steps(ours: Server) -> str:
    """Opening a mark and coming back, beside the page drawn again as it stands; both are looked at once before."""
    rows = []
    for name, page, closed, opened in OPENINGS:
        views = [f"territory={PLACE}&{more}" for more in (closed, opened)]
        with Session(ours.address, page=page, query=views[0], cookie=ours.cookie()) as session:
            for view in views:
                session.rerun(view)
            again, step = [], []
            for _ in range(STEPS):
                for here, there in (views, reversed(views)):
                    again.append(_timed(session, here))
                    step.append(_timed(session, there))
        own, to = (statistics.quantiles(times, n=20)[-1] * 1000 for times in (again, step))
        kept = results.judged(f"{MOST_OF_STEP}x", to <= MOST_OF_STEP * own)
        rows.append([name, f"{to:.1f}", f"{own:.1f}", f"{to / own:.2f}", kept])
    head = ("step", "p95", "the page's own rerun, p95", "times", "target")
    about = f"Milliseconds by the clock, {2 * STEPS} of each in turns, on the demonstration."
    return f"{about}\n\n{results.table(head, rows)}"


def _timed(session: Session, view: str) -> float:
    began = time.perf_counter()
    session.rerun(view)
    return time.perf_counter() - began


def in_turns(ours: Server, page: Session, bare: Server, session: Session) -> tuple[float, float, int]:
    own, other, size = [], [], 0
    for _ in range(ROUNDS):
        with _cpu(bare, other):
            for _ in range(RERUNS):
                session.rerun()
        with _cpu(ours, own):
            for _ in range(RERUNS):
                size = page.rerun()
    return statistics.median(own), statistics.median(other), size


@contextmanager
def _cpu(server: Server, into: list[float]) -> Iterator[None]:
    before = server.cpu()
    yield
    into.append((server.cpu() - before) * 1000 / RERUNS)


def print_first_views(ours: Server, bare: Server) -> None:
    for name, address, ready in (
        ("Обзор", f"{ours.address}/?{QUERY}", "[data-testid=stMain] .pf-finding"),
        ("hello plotly", bare.address, "[data-testid=stPlotlyChart] .barlayer .bars .point"),
    ):
        views = [first_view(address, ready, ours.cookie()) for _ in range(3)]
        took = statistics.median(view.seconds for view in views)
        size = statistics.median(view.bytes for view in views)
        print(f"  {name:<20}{took * 1000:8.0f} ms   {size / (1 << 20):6.2f} MiB")


if __name__ == "__main__":
    main()
