"""A server with the demonstration data and Debian's Chromium, one of each for all browser tests."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright
from serving import Server, fill_with_demonstration, serve

from benchmarks.browser import chromium

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"),
    "--host-resolver-rules=MAP school.test 127.0.0.1",  # a name that is not this computer's, for a browser
]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'

# The client first asks below the page's own path; Streamlit answers 404 and it goes on with the right one.
HARMLESS = re.compile(r"/_stcore/(health|host-config)$")

PATIENCE = 60  # seconds: a machine that is busy with much else is slow, not wrong
expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = fill_with_demonstration(tmp_path_factory.mktemp("demonstration") / "data")
    with serve(folder) as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server over a demonstration of its own, for a test that writes."""
    folder = fill_with_demonstration(tmp_path / "data")
    with serve(folder) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def whole_browser(browser: Browser) -> Iterator[Browser]:
    """A browser with its windows: in the shell a mouse that nobody moved takes a finger's place after each change."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("the whole chromium is not installed: what a finger shows was not tried")
    started = browser.browser_type.launch(executable_path=program, args=ARGUMENTS)
    yield started
    started.close()


class Complaints:
    """What the browser wrote to its console as an error, without what is known to be harmless."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.texts.append(f"page error: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        where = (message.location or {}).get("url", "")
        if message.type == "error" and not HARMLESS.search(where):
            self.texts.append(f"{message.text} ({where})")


def new_page(
    browser: Browser, server: Server, login: str | None = "demo-administrator", **context: object
) -> tuple[Page, Complaints]:
    """A page in a context of its own: ``context`` may change size, theme, what is allowed; no ``login``: a guest."""
    settings = {"viewport": {"width": 1366, "height": 768}, "locale": "ru-RU", "base_url": server.address} | context
    opened = browser.new_context(**settings)  # type: ignore[arg-type]  # a mapping of keywords
    if login:
        server.sign_in(opened, login)
    page = opened.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    return page, Complaints(page)


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page at 1366 x 768; the test fails when the browser complained of anything."""
    opened, complaints = new_page(browser, server)
    yield opened
    opened.context.close()
    assert complaints.texts == []


def until(page: Page, expression: str, argument: object = None) -> None:
    """Wait until a JavaScript expression is true; the program's own rules forbid the browser to poll it itself."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def idle(page: Page) -> None:
    """Wait until nothing runs. Right after an action the state is still the old one: wait for the effect first."""
    page.wait_for_selector(READY)
    page.evaluate("document.fonts.ready.then(() => true)")


def at_rest(locator: Locator) -> Locator:
    """Wait until it stands where it stood a third of a second ago: a dialog slides in, a list of choices is laid out
    twice. Gives the same locator.
    """
    stood: list[object] = []
    while len(stood) < 4 or any(box != stood[-1] for box in stood[-4:]) or stood[-1] is None:
        stood.append(locator.bounding_box())
        locator.page.wait_for_timeout(100)
    return locator


def visit(page: Page, path: str = "/") -> None:
    """Open an address of the program and wait until the page is drawn and its address complete."""
    page.goto(path)
    idle(page)
    # Between a run that ends in another and that other nothing runs, and nothing may have been drawn yet.
    page.locator('[data-testid="stMain"] h1').first.wait_for(state="attached")
    # The page completes its address in a run of its own: what was opened before that would close again.
    end = time.monotonic() + PATIENCE
    while "trace=" not in page.url and time.monotonic() < end:
        page.wait_for_timeout(50)
    idle(page)
