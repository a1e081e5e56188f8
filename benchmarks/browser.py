"""A first view in Debian's chromium: how long until something is to be read, and how many bytes it took."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from proforient.access.cookies import NAME

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium() -> str | None:
    """The browser's shell without windows, of which a page costs a tenth; else the whole one; None: Playwright's."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@dataclass(frozen=True)
class View:
    seconds: float  # from the navigation until the selector is there
    bytes: int  # over the wire, headers, compressed bodies and websocket frames together


def first_view(address: str, ready: str, cookie: str) -> View:
    """One view with an empty cache; the bytes are those that the browser's own network log counts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.context.add_cookies([{"name": NAME, "value": cookie, "url": address}])
        log = page.context.new_cdp_session(page)
        log.send("Network.enable")
        sizes: list[int] = []
        log.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        log.on("Network.webSocketFrameReceived", lambda event: sizes.append(_frame(event)))
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_selector(ready, timeout=60_000)
        seconds = time.perf_counter() - began
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        browser.close()
    return View(seconds, sum(sizes))


def first_paint(address: str, *, bits: int, latency: float) -> float:
    """Seconds until something is painted on a slow line: ``bits`` a second, ``latency`` in milliseconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        slow = {"offline": False, "latency": latency, "downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
        line.send("Network.emulateNetworkConditions", slow)
        page.goto(address)
        page.wait_for_timeout(500)
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        browser.close()
    return float(painted) / 1000


def _frame(event: dict) -> int:
    """The payload of a frame, which comes as base64 where it is binary."""
    text = event["response"]["payloadData"]
    return len(text) * 3 // 4 if event["response"]["opcode"] == 2 else len(text)
