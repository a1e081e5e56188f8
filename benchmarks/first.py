"""``make bench``: when the first chart of a live page can be read, beside a bare Streamlit page, in one run.

Ours and the bare page take turns in one browser: with an empty cache, with a full one, and on return in the same tab;
on the line of this computer and on one of 4 Mbit/s with 100 ms. Then what a change of the period costs over the wire.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import Server, fill_with_demonstration, serve

from benchmarks import machine
from benchmarks.browser import OPTIONS
from benchmarks.pages import BARE, PLACE
from benchmarks.sessions import Session
from benchmarks.wire import wire
from proforient.access.cookies import NAME
from proforient.web.register import page_entry

ROUNDS = 5
LINES = {"this computer": None, "4 Mbit/s, 100 ms": (4_000_000, 100)}
VISITS = ("cold", "warm", "return")
TARGETS = {"cold": 0.5, "warm": 0.4, "return": 0.4}
MOST = 25  # KiB over the wire for another period
PATIENCE = 120_000

# Milliseconds since the navigation began, of the first frame in which a chart is seen with its own letters.
WATCH = """(() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const look = () => {
    const drawn = [...document.querySelectorAll("#first .pf-still, .stPlotlyChart .barlayer .point")].some(seen);
    if (drawn && document.fonts.status === "loaded") window.readable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
LIVE = ".stPlotlyChart .barlayer .point"


def main() -> None:
    print(machine.description())
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = fill_with_demonstration(Path(place) / "data")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        with serve(folder) as ours, serve(folder, script=BARE) as bare:
            print_first_charts(browser, ours, bare)
            print_changes(ours)
        browser.close()


def print_first_charts(browser: Browser, ours: Server, bare: Server) -> None:
    print(f"\nFirst readable chart, ms after the navigation began (median of {ROUNDS}, turn by turn)")
    print(f"  {'line':<18}{'visit':<8}{'ours':>8}{'bare':>8}{'ratio':>8}{'target':>8}{'live chart':>12}")
    for line, limits in LINES.items():
        took: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for _ in range(ROUNDS):
            for name, server in (("bare", bare), ("ours", ours)):
                for visit, times in zip(VISITS, visits(browser, server, limits), strict=True):
                    took.setdefault((name, visit), []).append(times)
        for visit in VISITS:
            own, live = (statistics.median(times) for times in zip(*took["ours", visit], strict=True))
            other = statistics.median(first for first, _ in took["bare", visit])
            ratio = f"x{own / other:.2f}"
            print(f"  {line:<18}{visit:<8}{own:8.0f}{other:8.0f}{ratio:>8}{'x' + str(TARGETS[visit]):>8}{live:12.0f}")


def visits(browser: Browser, server: Server, limits: tuple[int, int] | None) -> Iterator[tuple[float, float]]:
    """Of each kind of visit: when a chart was readable, and when the live one was."""
    with _context(browser, server) as context:
        yield _visit(_page(context, limits), server.address)
        page = _page(context, limits)
        yield _visit(page, server.address)
        page.goto(f"{server.address}/_stcore/health")
        yield _visit(page, server.address)


def _visit(page: Page, address: str) -> tuple[float, float]:
    page.goto(address, wait_until="commit", timeout=PATIENCE)
    page.wait_for_selector(LIVE, state="visible", timeout=PATIENCE)
    live = page.evaluate("performance.now()")
    page.wait_for_timeout(300)
    return float(page.evaluate("window.readable")), float(live)


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


def print_changes(ours: Server) -> None:
    print(f"\nAnother period, KiB over the wire in both directions (each change once; target {MOST})")
    with wire(ours.address) as line:
        for entry in (page_entry(code) for code in ("overview", "indicators", "problems")):
            view = f"territory={quote(PLACE)}&period="
            with Session(line.address, page=entry.url_path, query=f"{view}2022", cookie=ours.cookie()) as page:
                page.rerun()
                sizes = []
                for period in ("2023", "2021", "2022"):
                    before = line.bytes
                    page.rerun(query=view + period)
                    sizes.append((line.bytes - before) / 1024)
            print(f"  {entry.title:<18}{'  '.join(f'{size:6.1f}' for size in sizes)}")


if __name__ == "__main__":
    main()
