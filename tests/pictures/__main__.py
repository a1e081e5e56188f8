"""Draws everything into build/pictures/, then docs/pictures/ anew; a page that shows an error ends it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from serving import ROOT, Server, fill_with_demonstration, serve
from views import VIEWS

from benchmarks.browser import chromium
from pictures.guide import guide

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]
SIZES = ((1920, 1080), (1366, 768), (360, 800))
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
HEIGHT = "Math.ceil(document.querySelector('[data-testid=stMain]').scrollHeight)"
TALLEST = 8000  # pixels of one picture
A4 = {"prefer_css_page_size": True, "print_background": True}
OUT = ROOT / "build" / "pictures"


def drawn(page: Page, path: str) -> None:
    """Open a page of the program and wait until nothing on it moves."""
    page.goto(path)
    page.wait_for_selector(READY, timeout=60_000)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1200)
    if page.locator('[data-testid="stException"]').count():
        raise SystemExit(f"{path} shows an error")


def pages(browser: Browser, server: Server) -> None:
    """Each view whole: three sizes in light and dark, grey at the laptop's size, A4."""
    for theme in ("light", "dark"):
        for width, height in SIZES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme, base_url=server.address
            )
            server.sign_in(context)
            page = context.new_page()
            for name, path in VIEWS.items():
                file = OUT / "pages" / f"{name.replace(' ', '-')}-{theme}-{width}.png"
                drawn(page, path)
                page.set_viewport_size({"width": width, "height": min(max(page.evaluate(HEIGHT), height), TALLEST)})
                page.wait_for_timeout(300)
                page.screenshot(path=file)
                if (theme, width) == ("light", 1366):
                    grey(page, file.with_name(file.name.replace("light", "grey")))
                    page.pdf(path=OUT / "paper" / f"{file.stem.removesuffix('-light-1366')}.pdf", **A4)
                page.set_viewport_size({"width": width, "height": height})
            context.close()
            print(f"{theme} {width}x{height}: {len(VIEWS)} pages", flush=True)


def grey(page: Page, file: Path) -> None:
    """As a printer without colours would show it."""
    page.add_style_tag(content="html { filter: grayscale(1) }")
    page.screenshot(path=file)


def deck(browser: Browser, server: Server) -> None:
    """Each slide in each size and grey, and the paper; the deck is always light."""
    for width, height in SIZES:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=server.address)
        server.sign_in(context)
        page = context.new_page()
        page.goto("/deck/new?period=2022")
        page.screenshot(path=OUT / "deck" / f"start-{width}.png")
        page.keyboard.press("Escape")
        codes = page.locator("section").evaluate_all("all => all.map(one => one.id)")
        for n, code in enumerate(codes, 1):
            page.evaluate("code => { location.hash = code; }", code)
            page.wait_for_timeout(500)
            file = OUT / "deck" / f"{n:02}-{code}-{width}.png"
            page.screenshot(path=file)
            if width == 1920:
                page.evaluate("document.documentElement.style.filter = 'grayscale(1)'")
                page.screenshot(path=file.with_name(file.name.replace("1920", "grey")))
                page.evaluate("document.documentElement.style.filter = ''")
        page.pdf(path=OUT / "paper" / "deck.pdf", **A4)
        context.close()
        print(f"deck {width}x{height}: {len(codes)} slides", flush=True)


def main() -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    for folder in ("pages", "deck", "paper"):
        (OUT / folder).mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = fill_with_demonstration(Path(scratch) / "data")
        with serve(folder) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            if "guide" not in sys.argv:
                pages(browser, server)
                deck(browser, server)
            guide(browser, server, ROOT / "docs" / "pictures")
            browser.close()
    print(f"pictures: {OUT}, {ROOT / 'docs' / 'pictures'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
