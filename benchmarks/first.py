"""``make bench``: when the first chart of a live page can be read, beside a bare Streamlit page, in one run.

Ours and the bare page take turns in one browser: with an empty cache, with a full one, and on return in the same tab;
on the line of this computer and on one of 4 Mbit/s with 100 ms. Then what a change of the period costs over the wire.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, sync_playwright
from serving import Server, fill_with_demonstration, serve

from benchmarks import results
from benchmarks.browser import OPTIONS, chromium
from benchmarks.pages import BARE, PLACE
from benchmarks.sessions import Session
from benchmarks.wire import wire
from proforient.access.cookies import NAME
from proforient.web.register import PageEntry, page_entry

ROUNDS = 5
LONGEST = 120  # seconds of one line: no other round begins that would take longer
LINES = {"this computer": None, "4 Mbit/s, 100 ms": (4_000_000, 100)}
PAGES = [page_entry(code) for code in ("overview", "indicators", "problems")]
SLOW = PAGES[:1]  # what is looked at on the slow line
VISITS = ("cold", "warm", "return")
TARGETS = {"cold": 0.5, "warm": 0.4, "return": 0.4}
MOST = 25  # KiB over the wire for another period
PATIENCE = 90  # seconds for one visit: on a machine that is slower than that nothing is measured

# Milliseconds since the navigation began, of the first frame in which a chart is seen with its own letters.
LIVE = ".stPlotlyChart :is(.barlayer, .scatterlayer) .point"
WATCH = (
    """(() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const look = () => {
    const drawn = [...document.querySelectorAll("#first :is(.pf-still, .pf-rows), LIVE")].some(seen);
    if (drawn && document.fonts.status === "loaded") window.readable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
).replace("LIVE", LIVE)

Took = dict[tuple[str, str], list[tuple[float, float]]]  # address and kind of visit: when readable, when live


def main() -> None:
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = fill_with_demonstration(Path(place) / "data")
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        with serve(folder) as ours, serve(folder, script=BARE) as bare:
            for entry in PAGES:  # the browser's cache is what is empty, not the server's
                ours.ask(f"/{entry.url_path}")
            parts = [first_charts(browser, ours, bare), changes(ours)]
        browser.close()
    results.write("The first readable chart", "\n\n".join(parts))


def first_charts(browser: Browser, ours: Server, bare: Server) -> str:
    """The table of both lines; a line on which not one round came to its end has no figures."""
    rows, told = [], []
    for line, limits in LINES.items():
        pages = SLOW if limits else PAGES
        took, rounds = in_turns(browser, ours, bare, pages, limits)
        told.append(f"{rounds} on {line}")
        for entry, visit in product(pages, VISITS):
            times = took.get((_address(ours, entry), visit))
            figures, target = ["—"] * 4, "not measured"
            if times:
                own, live = (statistics.median(column) for column in zip(*times, strict=True))
                other = statistics.median(readable for readable, _ in took[bare.address, visit])
                figures = [f"{own:.0f}", f"{other:.0f}", f"{own / other:.2f}", f"{live:.0f}"]
                target = results.judged(f"{TARGETS[visit]}x", own <= TARGETS[visit] * other)
            rows.append([f"{entry.title}, {line}", visit, *figures, target])
    head = ("page, line", "visit", "ours", "bare", "times", "our live chart", "target")
    about = f"Milliseconds after the navigation began, medians of rounds in turns: {', '.join(told)}."
    return f"{about}\n\n{results.table(head, rows)}"


def in_turns(
    browser: Browser, ours: Server, bare: Server, pages: Sequence[PageEntry], limits: tuple[int, int] | None
) -> tuple[Took, int]:
    """What the visits took, and how many whole rounds there was time for."""
    took: Took = {}
    began, rounds = time.monotonic(), 0
    while rounds < ROUNDS and (time.monotonic() - began) * (rounds + 1) <= LONGEST * max(rounds, 1):
        one: Took = {}
        try:
            for address, server in ((bare.address, bare), *((_address(ours, entry), ours) for entry in pages)):
                for visit, times in zip(VISITS, visits(browser, server, address, limits), strict=True):
                    one.setdefault((address, visit), []).append(times)
        except TimeoutError as late:
            print(f"a round is left out: {late}")
            break
        for key, found in one.items():
            took.setdefault(key, []).extend(found)
        rounds += 1
    return took, rounds


def _address(server: Server, entry: PageEntry) -> str:
    return f"{server.address}/{entry.url_path}"


def visits(
    browser: Browser, server: Server, address: str, limits: tuple[int, int] | None
) -> Iterator[tuple[float, float]]:
    """Of each kind of visit: when a chart was readable, and when the live one was."""
    with _context(browser, server) as context:
        yield _visit(_page(context, limits), address)
        page = _page(context, limits)
        yield _visit(page, address)
        page.goto(f"{server.address}/_stcore/health")
        yield _visit(page, address)


def _visit(page: Page, address: str) -> tuple[float, float]:
    page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
    page.wait_for_selector(LIVE, state="visible", timeout=PATIENCE * 1000)
    live = page.evaluate("performance.now()")
    for _ in range(PATIENCE * 5):
        readable = page.evaluate("window.readable")
        if readable:
            return float(readable), float(live)
        page.wait_for_timeout(200)
    raise TimeoutError(f"the letters of {address} did not come")


@contextmanager
def _context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ru-RU")
    context.add_cookies([{"name": NAME, "value": server.cookie(), "url": server.address}])
    yield context
    context.close()


def _page(context: BrowserContext, limits: tuple[int, int] | None) -> Page:
    page = context.new_page()
    page.add_init_script(WATCH)
    if limits:
        bits, latency = limits
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        slow = {"offline": False, "latency": latency, "downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
        line.send("Network.emulateNetworkConditions", slow)
    return page


def changes(ours: Server) -> str:
    """What another period costs; each change is looked at once."""
    rows = []
    with wire(ours.address) as line:
        for entry in PAGES:
            view = f"territory={quote(PLACE)}&period="
            with Session(line.address, page=entry.url_path, query=f"{view}2022", cookie=ours.cookie()) as page:
                page.rerun()
                sizes = []
                for period in ("2023", "2021", "2022"):
                    before = line.bytes
                    page.rerun(query=view + period)
                    sizes.append((line.bytes - before) / 1024)
            figures = (f"{size:.1f}" for size in sizes)
            rows.append([entry.title, *figures, results.judged(f"{MOST} KiB", max(sizes) <= MOST)])
    head = ("another period, KiB over the wire both ways", "2023", "2021", "2022", "target")
    return results.table(head, rows)


if __name__ == "__main__":
    main()
