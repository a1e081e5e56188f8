"""``make bench``: pages on a region of 5,000 organisations beside the same pages of the demonstration and a bare page.

A rerun is the server's CPU, in turns with a bare Streamlit page; a first view is the time until the live page's finding
stands in chromium with an empty cache, in turns with the demonstration's.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from serving import Server, fill_with_demonstration, serve

from benchmarks import results, stores
from benchmarks.browser import first_view
from benchmarks.pages import BARE, PERIOD, PLACE, in_turns
from benchmarks.sessions import Session
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT
from proforient.web.register import PAGES, PageEntry

REGION = stores.Size(5_000, 50)
RERUN, FIRST, BYTES = 1.2, 1.5, 300_000  # times the bare page, times the demonstration's view, bytes of a rerun
VIEWS = 3
READY = "[data-testid=stMain] .pf-finding"


def main() -> None:
    """Of all pages; of those whose codes are named after ``--pages``. ``--region FOLDER``: a store that is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--region", type=Path, metavar="FOLDER")
    parser.add_argument("--pages", nargs="*", metavar="CODE")
    given = parser.parse_args()
    chosen = [entry for entry in PAGES if not given.pages or entry.code in given.pages]
    with tempfile.TemporaryDirectory() as place, ExitStack() as open_:
        demonstration = fill_with_demonstration(Path(place) / "demo")
        region = given.region or stores.make(Path(place) / "region", read_catalogue(ROOT / "indicators.toml"), REGION)
        small, large = open_.enter_context(serve(demonstration)), open_.enter_context(serve(region))
        bare = open_.enter_context(serve(demonstration, script=BARE))
        with Session(bare.address) as session:
            session.rerun()
            rows = [_row(entry, small, large, bare, session) for entry in chosen]
    head = ("page", "rerun ms", "bare ms", "times", "KB", "first view s", "demonstration s", "times", "kept")
    results.write("Pages on a region of 5,000 organisations", results.table(head, rows))


def _row(entry: PageEntry, small: Server, large: Server, bare: Server, session: Session) -> Sequence[str]:
    name, asked = "" if entry.default else entry.code, {"region": "territory=Регион 1&period=2024"}
    asked["demonstration"] = f"territory={PLACE}&period={PERIOD}"
    with Session(large.address, page=name, query=asked["region"], cookie=large.cookie()) as page:
        page.rerun()
        own, other, size = in_turns(large, page, bare, session)
    took: dict[str, list[float]] = {"region": [], "demonstration": []}
    for _ in range(VIEWS + 1):
        for which, server in (("region", large), ("demonstration", small)):
            address = f"{server.address}/{entry.url_path}?{asked[which]}"
            took[which].append(first_view(address, READY, server.cookie()).seconds)
    first, usual = (statistics.median(times[1:]) for times in took.values())  # the first of each is the server's own
    good = own <= RERUN * other and first <= FIRST * usual and size <= BYTES
    cells = [f"{own:.1f}", f"{other:.1f}", f"{own / other:.2f}", f"{size / 1000:.0f}"]
    views = [f"{first:.2f}", f"{usual:.2f}", f"{first / usual:.2f}"]
    return [entry.title, *cells, *views, results.judged("1.2x, 300 KB, 1.5x", good)]


if __name__ == "__main__":
    main()
