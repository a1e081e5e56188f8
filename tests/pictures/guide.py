"""The pictures of docs/guide.md and the README: what a reader sees at that step, at a laptop's size."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from serving import Server

READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
FAULTY = (
    "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\n"
    "Школа «Речная»;Охват мероприятиями;Начальное;все;88;95\n"
    "Школа «Речная»;Охват мероприятиями;Основное;все;150;140\n"
    "Школа «Речная»;Охват мероприятиями;Основное;ОВЗ;около 20;25\n"
)
# name of the picture -> address, height of the window
PAGES = {
    "overview": ("/?period=2022", 900),
    "guide-trace": ("/?period=2022&level=basic&trace=1#source", 768),
    "guide-indicators": ("/indicators?period=2022&indicator=coverage&level=basic", 900),
    "guide-problems": ("/problems?period=2022&problem=low-coverage-basic", 900),
    "guide-compare": (
        "/compare?period=2022&indicator=coverage&level=basic&sides=o:n-school-zarechnaya|o:n-school-rechnaya|p:2021",
        900,
    ),
    "guide-explore": ("/explore?period=2022&rows=level&columns=period", 768),
    "guide-advice": ("/advice?period=2022&action=act-coverage-plan", 768),
    "guide-organisations": ("/organisations?period=2022", 768),
    "guide-sheet": ("/organisations?period=2022&organisation=n-school-zarechnaya", 900),
    "guide-upload": ("/upload?period=2023&organisation=n-school-rechnaya", 768),
    "guide-period": ("/period?period=2023", 768),
    "guide-receipts": ("/receipts?period=2022", 768),
    "guide-start": ("/start", 768),
    "guide-registry": ("/registry", 768),
    "guide-form": ("/form?period=2023&organisation=n-school-lesnaya", 768),
    "guide-log": ("/log", 768),
    "guide-accounts": ("/accounts", 768),
    "guide-help": ("/help?period=2022&level=basic", 768),
}


def guide(browser: Browser, server: Server, out: Path) -> None:
    """Pages as they open, a file with faults, the deck, a phone."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server.address)
    page = context.new_page()
    page.goto("/login")
    page.evaluate("document.fonts.ready.then(() => true)")
    _picture(page, out / "guide-sign-in.png")
    server.sign_in(context)
    for name, (path, height) in PAGES.items():
        page.set_viewport_size({"width": 1366, "height": height})
        page.goto(path)
        _still(page)
        _picture(page, out / f"{name}.png")
    _links(page, out)
    _first_day(page, out)
    _documents(page, out)
    page.goto("/upload?period=2023&organisation=n-school-rechnaya")
    _still(page)
    file = {"name": "речная 2023.csv", "mimeType": "text/csv", "buffer": FAULTY.encode("cp1251")}
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("Что сделать").first.wait_for()
    _still(page)
    _picture(page, out / "guide-findings.png")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("/deck/new?period=2022")
    _picture(page, out / "guide-deck-start.png")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.wait_for_timeout(800)
    _picture(page, out / "guide-deck.png")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/?period=2022")
    _still(page)
    _picture(page, out / "guide-phone.png")
    context.close()


ROLL = (
    "Наименование\tИНН\n"
    "МБОУ «СОШ № 21»\t7707083893\n"
    "МБОУ «Основная школа № 22»\t7707083894\n"
    "Детский сад № 23 «Ромашка»\t\n"
    "Центр досуга\t\n"
)


def _first_day(page: Page, out: Path) -> None:
    """A list that is looked at before it is entered, and a period before it is opened; neither is done."""
    page.set_viewport_size({"width": 1366, "height": 850})
    page.goto("/registry")
    _still(page)
    page.get_by_text("Внести список").click()
    page.get_by_label("Вставьте строки из Excel").fill(ROLL)
    page.get_by_role("button", name="Прочитать").click()
    page.get_by_text("Что уточнить").wait_for()
    _still(page)
    _picture(page, out / "guide-roll.png")
    page.goto("/period?period=2023")
    _still(page)
    page.get_by_role("button", name="Новый период…").click()
    page.get_by_text("Только главное").click()
    page.get_by_text("12 чисел вместо").wait_for()
    _still(page)
    _picture(page, out / "guide-opening.png")


def _links(page: Page, out: Path) -> None:
    """A snapshot is made as a person makes it; then the page with it, and what a guest sees."""
    page.goto("/links?period=2022")
    _still(page)
    page.get_by_label("Примечание").fill("К коллегии: числа на день заседания.")
    page.get_by_role("button", name="Сделать снимок").click()
    page.get_by_text("Снимок № 1 открыт").wait_for()
    _still(page)
    page.set_viewport_size({"width": 1366, "height": 900})
    _picture(page, out / "guide-links.png")
    page.goto(page.locator("code").first.inner_text())
    page.evaluate("document.fonts.ready.then(() => true)")
    _picture(page, out / "guide-public.png")
    page.set_viewport_size({"width": 1366, "height": 768})


def _documents(page: Page, out: Path) -> None:
    """A decision is drafted as a person does it, then issued; the page of its measures."""
    page.goto("/documents?period=2022")
    _still(page)
    page.get_by_role("button", name="Новый документ…").click()
    page.get_by_role("dialog").get_by_role("combobox").first.click()
    page.get_by_role("option", name="Решение коллегии").click()
    page.get_by_role("button", name="Начать").click()
    page.locator(".pf-sheet").wait_for(timeout=60_000)
    page.reload()
    page.locator(".pf-sheet").wait_for(timeout=60_000)
    _still(page)
    page.set_viewport_size({"width": 1366, "height": 1200})
    _picture(page, out / "guide-documents.png")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("button", name="Выпустить…").click()
    page.get_by_role("button", name="Выпустить с пропусками").click()
    page.get_by_role("heading", name="Решение коллегии от").wait_for(timeout=60_000)
    page.goto("/measures?period=2022")
    _still(page)
    _picture(page, out / "guide-measures.png")


def _still(page: Page) -> None:
    page.wait_for_selector(READY, timeout=60_000)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1500)


def _picture(page: Page, file: Path) -> None:
    """A picture in few colours: it is kept in the repository."""
    page.screenshot(path=file)
    with Image.open(file) as drawn:
        drawn.convert("RGB").quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            file, optimize=True
        )
