"""A small campaign from an empty store to its closing, by pages alone; how much is pressed and typed is counted."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from aiosmtpd.controller import Controller
from conftest import at_rest, new_page
from playwright.sync_api import expect
from pypdf import PdfReader
from serving import free_port, serve

YEAR = dt.date.today().year + 1
LIST = (
    "№\tНаименование\tИНН\tПочта\n"
    "1\tМБОУ «СОШ № 1»\t7707083893\tschool1@edu.ru\n"
    "2\tМБОУ «Основная школа № 2»\t7707083894\tclosed@edu.ru\n"
    "3\tДетский сад № 3 «Ромашка»\t\n"
    "4\tДетский сад № 4 «Ручеёк»\t\n"
    "5\tДом детского творчества\t\n"
    "6\tЦентр досуга\t\n"
)
# What a person does, counted in the browser itself: it outlives the pages.
COUNTER = """
for (const kind of ['pointerdown', 'keydown', 'paste'])
  addEventListener(kind, () => {
    localStorage['did-' + kind] = +(localStorage['did-' + kind] || 0) + 1;
  }, true);
"""


@pytest.fixture
def empty_server(tmp_path_factory):
    """A server in production over a store in which nothing is, with a server of mail beside it."""
    box = PostBox()
    mail = Controller(box, hostname="127.0.0.1", port=free_port())
    mail.start()
    sends = {"PROFORIENT_SMTP": f"smtp+plain://127.0.0.1:{mail.port}", "PROFORIENT_MAIL_FROM": "prof@edu.ru"}
    with serve(tmp_path_factory.mktemp("campaign") / "data", PROFORIENT_MODE="production", **sends) as server:
        server.box = box
        yield server
    mail.stop()


class PostBox:
    """To whom letters came; one address is not known."""

    def __init__(self):
        self.to = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # aiosmtpd's name
        if address == "closed@edu.ru":
            return "550 closed"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # aiosmtpd's name
        self.to += envelope.rcpt_tos
        return "250 OK"


NEW_PLAN = 0.35  # of the width of «Планы таблицей»: where its third column stands
PASTE = """text => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


class Walk:
    """One methodist at one browser; ``did`` tells what a task has cost."""

    def __init__(self, page):
        self.page = page
        self.costs: dict[str, tuple[int, int]] = {}
        self._before = (0, 0)
        self._typed = 0

    def press(self, name, **more):
        self.page.get_by_role("button", name=name, **more).first.click()

    def heading(self, text):
        expect(self.page.locator("h1").first).to_have_text(re.compile(text.replace(" ", r"\s")))

    def seen(self, text):
        expect(self.page.get_by_text(re.compile(text.replace(" ", r"\s"))).first).to_be_visible()

    def fill(self, label, text, **more):
        self.page.get_by_label(label, **more).first.fill(text)
        self._typed += 2 if "\n" in text else len(text)  # Ctrl + V, or sign by sign

    def menu(self, group, name):
        if group:
            self.page.get_by_text(group, exact=True).first.click()
        self.page.get_by_role("menuitem" if group else "link", name=name, exact=True).first.click()

    def did(self, task):
        told = self.page.evaluate("['pointerdown', 'keydown'].map(kind => +(localStorage['did-' + kind] || 0))")
        self.costs[task] = (told[0] - self._before[0], told[1] - self._before[1] + self._typed)
        self._typed = 0
        self._before = tuple(told)


def filled(data, wrong=False, half=False):
    """A form with its white cells filled: forty of fifty, or more covered than there are pupils; ``half``: not all."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, asked = book.active, 0
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.protection.locked and cell.value is None:
                asked += 1
                if half and asked > 2:
                    continue
                whole = sheet.cell(cell.row, 1).value == "pupils"
                cell.value = 50 if whole else 60 if wrong else 40
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parcel(forms):
    """What came by mail: five good forms, one wrong, and a picture."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in forms.items():
            archive.writestr(name, filled(data, wrong="Ручеёк" in name))
        archive.writestr("подпись.jpg", b"\xff\xd8\xff\xe0 no table")
    return {"name": "почта.zip", "mimeType": "application/zip", "buffer": out.getvalue()}


def parcel_of(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.xlsx", data)
    return {"name": "почта.zip", "mimeType": "application/zip", "buffer": out.getvalue()}


def test_a_campaign_from_an_empty_store_to_its_closing(empty_server, browser):
    page, complaints = new_page(browser, empty_server, login=None)
    page.add_init_script(COUNTER)
    walk = Walk(page)
    _begin(walk, empty_server)
    _register(walk)
    _period_and_plan(walk)
    links = _invitations(walk)
    _steps_are_done(walk)
    forms = _forms(walk)
    assert len(links) == 6
    _a_school_comes_in(browser, empty_server, links["Детский сад № 4 «Ручеёк»"])
    _reminders(walk, empty_server.box)
    _mail(walk, parcel(forms))
    _acceptance_and_closing(walk)
    told = {task: f"мышью {presses}, клавиш {keys}" for task, (presses, keys) in walk.costs.items()}
    print("\n" + "\n".join(f"{task}: {cost}" for task, cost in told.items()))
    assert sum(presses for presses, _ in walk.costs.values()) < 60
    page.context.close()
    assert complaints.texts == []


def _begin(walk, server):
    address = re.findall(r"http://\S+/begin/\S+", server.log.read_text("utf-8"))[-1]
    walk.page.goto(address)
    for field in ("#password", "#again"):
        walk.page.fill(field, "три слова подряд")
    walk.press("Сохранить и начать")
    walk.heading("Пять шагов до первого отчёта")
    expect(walk.page.get_by_text("Ещё не сделано.")).to_have_count(5)
    expect(walk.page.get_by_role("link", name="Открыть демонстрацию")).to_have_attribute("href", "/demonstration")
    walk.press("Назвать территорию…")
    walk.fill("Регион", "Примерная область", exact=True)
    walk.fill(re.compile("^Муниципалитет"), "Речной округ")
    walk.press("Сохранить")
    walk.heading("Сделано 1 из 5: дальше — организации")
    walk.did("первый вход и территория")


def _register(walk):
    walk.press("Внести организации")
    walk.fill("Вставьте строки из Excel", LIST)
    walk.press("Прочитать")
    walk.heading("В списке 6 организаций: новых 4, ждут ответа 2")
    walk.press("Без ИНН")
    walk.heading("В списке 6 организаций: новых 5, ждут ответа 1")
    walk.page.get_by_role("combobox").first.click()
    walk.page.get_by_role("option", name=re.compile("дополнительного")).click()
    walk.heading("В списке 6 организаций: новых 6")
    walk.press(re.compile("Внести в.реестр: 6.организаций"))
    walk.heading("В реестре 6 организаций")
    walk.did("реестр из шести организаций")


def _period_and_plan(walk, owed="Школа — 12 чисел вместо 95, детский сад — 4 числа вместо 23"):
    page = walk.page
    page.get_by_role("link", name="Дальше: открыть период").click()
    walk.heading("Приём ещё не открывали")
    walk.press("Новый период…")
    page.get_by_role("spinbutton", name=re.compile("^day")).click()
    page.keyboard.type(f"2512{YEAR}", delay=40)
    page.get_by_text("Только главное: охват по уровням").click()
    walk.seen(owed)
    page.get_by_role("dialog").get_by_role("button", name="Открыть период", exact=True).click()
    walk.seen("Период открыт")
    walk.did("период")
    walk.press("Планы таблицей…")
    grid = page.locator('[data-testid="stDataFrameResizable"] canvas').first
    primary = page.get_by_test_id("glide-cell-2-1")  # what the canvas tells a reader of screens
    expect(primary).to_be_attached()
    at_rest(grid)
    box = grid.bounding_box()
    page.mouse.click(box["x"] + box["width"] * NEW_PLAN, box["y"] + 90)
    expect(primary).to_have_attribute("aria-selected", "true")  # before, the table is deaf to keys
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('75\\n80\\n')")  # two rows as they are copied out of Excel
    page.keyboard.press("Control+V")
    walk.fill("Основание: одно для всех строк", "Постановление № 5")
    page.keyboard.press("Tab")
    page.wait_for_timeout(600)
    walk.press("Задать планы")
    walk.seen("Заданы 2 плана")
    expect(page.get_by_role("cell", name=re.compile(r"Постановление №\s5"))).to_have_count(2)  # one ground for both
    walk.did("план")


def _invitations(walk, many=6):
    walk.menu("Управление", "Доступ")
    walk.press(re.compile(f"Пригласить всех: {many}.организаций"))
    walk.seen("Сохраните сейчас")
    with walk.page.expect_download() as saved:
        walk.press(re.compile("Скачать для рассылки"))
    rows = saved.value.path().read_text("utf-8-sig").splitlines()
    walk.did("приглашения")
    assert len(rows) == many + 1 and rows[0].startswith("Организация;Муниципалитет;Логин;Ссылка")
    return {row[0]: row[3] for row in csv.reader(rows[1:], delimiter=";")}


def _steps_are_done(walk):
    """«С чего начать» says of each step how far it has come."""
    walk.page.goto("/start")
    walk.heading("Всё готово: организации могут сдавать числа")
    expect(walk.page.get_by_text("Ещё не сделано.")).to_have_count(0)
    expect(walk.page.locator("[class*=st-key-start-step] h2", has_text="✓")).to_have_count(5)
    walk.seen(f"{YEAR - 1} год: приём до 25 декабря {YEAR} года. Спрашиваем 1 показатель: Охват мероприятиями")
    walk.seen("Задано: 2 плана.")
    walk.seen("Приглашены 6 из 6. Пароль ещё не задали: 6.")


def _forms(walk, many=6):
    walk.menu("", "Период и планы")
    walk.press("Бланки для всех…")
    with walk.page.expect_download() as saved:
        walk.press("Скачать ZIP")
    with zipfile.ZipFile(saved.value.path()) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    walk.page.keyboard.press("Escape")
    walk.did("бланки для всех")
    assert len(found) == many
    return found


def _a_school_comes_in(browser, server, link):
    """By its own link, to its own page; it types its numbers and hands them in, on a telephone."""
    page, complaints = new_page(browser, server, login=None, viewport={"width": 360, "height": 800})
    page.goto(link)
    for field in ("#password", "#again"):
        page.fill(field, "пароль школы длинный")
    page.get_by_role("button", name="Сохранить и войти").click()
    school = Walk(page)
    school.press("Заполнить на странице")
    school.heading("заполнено 0 чисел из 4")
    school.fill("Дошкольное", "50")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("60")
    page.keyboard.press("Tab")
    school.seen("60 больше, чем всего 50")
    school.heading("заполнено 2 числа из 4, исправьте одну ошибку")
    page.get_by_label("Дошкольное").first.focus()
    page.evaluate(PASTE, "50\n40\n50\n40\n")
    school.heading("заполнен: осталось сдать")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.reload()
    school.heading("заполнен: осталось сдать")
    school.press("Проверить и сдать")
    school.heading("Файл готов к сдаче: 4 числа, ошибок нет")
    school.press("Сдать", exact=True)
    school.heading("Принято: сдано 4 числа")
    _receipt_is_one_sheet(page)
    page.context.close()
    assert complaints.texts == []


def _receipt_is_one_sheet(page):
    """On paper: its number, the fingerprint of the file and nothing of the page around."""
    page.goto("/receipts")
    page.get_by_role("link", name=re.compile(r"№\s\d{4}-\d")).first.click()
    print_of = page.locator(".pf-receipt code")
    expect(print_of).to_have_text(re.compile("^[0-9a-f]{64}$"))
    number = page.locator(".pf-receipt b").first.inner_text()
    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = re.sub(r"\s", "", printed.pages[0].extract_text())
    assert len(printed.pages) == 1 and print_of.inner_text() in text and number in text, text
    assert "Всеквитанции" not in text and "Скачать" not in text


def _reminders(walk, box):
    """To who has an address and has sent nothing; once a day, whoever presses."""
    walk.menu("", "Период и планы")
    walk.press("Кого ждём…")
    walk.press(re.compile("Отправить.письма: 2"))
    walk.seen("Отправлено писем: 1.")
    walk.seen("сервер не принял адрес")
    expect(walk.page.get_by_role("button", name=re.compile("Отправить ещё раз"))).to_be_visible()
    expect(walk.page.get_by_role("button", name=re.compile("Отправить.письма"))).to_have_count(0)
    assert box.to == ["school1@edu.ru"]
    walk.page.keyboard.press("Escape")
    walk.did("напоминания")


def _mail(
    walk,
    sent,
    read="7 файлов: готовы 5, не приняты 2",
    ready="Сдать.готовые: 5.файлов",
    done="7 файлов: сданы 5, не приняты 2",
    task="сорок писем (здесь семь файлов)",
):
    page = walk.page
    walk.menu("", "Загрузка")
    walk.seen("Или сразу много файлов")
    page.locator("input[type=file]").last.set_input_files([sent])
    walk.heading(read)
    walk.press(re.compile(ready))
    walk.heading(done)
    if "не приняты" in done:  # else the list is gone with the last of its files
        walk.press("Убрать список")
    walk.did(task)


def _acceptance_and_closing(walk):
    walk.menu("", "Период и планы")
    walk.seen("На проверке отчётов: 6")
    walk.press("Принять все без замечаний (6)")
    walk.seen("Принято отчётов: 6")
    walk.did("приёмка")
    walk.press("Закрыть приём…")
    walk.page.get_by_role("dialog").get_by_role("button", name="Закрыть приём", exact=True).click()
    walk.seen("Приём закрыт")
    walk.did("закрытие")
    walk.menu("", "Обзор")
    walk.heading("План достигнут")


def said(name):
    """A name as a page writes it: with spaces that do not break, and no longer number after it."""
    return re.compile(name.replace(" ", r"\s") + r"(?!\d)")


GARDENS = [f"Детский сад № {n}" for n in range(1, 17)]
WRONG, HALF, ASKED, LATE = GARDENS[10:12], GARDENS[12], GARDENS[13], GARDENS[14]


def _pasted(walk, names):
    """A register of names alone, as it is copied out of Excel."""
    many = len(names)
    walk.press("Внести организации")
    walk.fill("Вставьте строки из Excel", "№\tНаименование\n" + "".join(f"{n}\t{g}\n" for n, g in enumerate(names, 1)))
    walk.press("Прочитать")
    walk.heading(f"В списке {many} организаций: новых {many}")
    walk.press(re.compile(f"Внести в.реестр: {many}.организаций"))
    walk.heading(f"В реестре {many} организаций")
    walk.did("реестр, вставленный из Excel")


def _demonstration(walk):
    """One click opens the invented district in a window of its own; one's own stays empty and signed in."""
    with walk.page.context.expect_page() as opened:
        walk.page.get_by_role("link", name="Открыть демонстрацию").click()
    other = opened.value
    other.get_by_text("Кем войти").wait_for(timeout=120_000)
    other.get_by_role("button", name=re.compile("Администратор")).click()
    other.get_by_text("Нязепетровский муниципальный район").first.wait_for()
    other.close()
    walk.page.reload()
    walk.heading("Сделано 1 из 5: дальше — организации")
    walk.did("демонстрация")


@pytest.mark.soak
def test_forty_organisations_from_nothing_to_the_first_accepted_file(empty_server, browser):
    """What a person who has never seen the program does within a quarter of an hour: so many presses, no more."""
    names = [f"Детский сад № {n}" for n in range(1, 41)]
    page, complaints = new_page(browser, empty_server, login=None)
    page.add_init_script(COUNTER)
    walk = Walk(page)
    _begin(walk, empty_server)
    _demonstration(walk)
    _pasted(walk, names)
    _period_and_plan(walk, "Всего 40 организаций, 160 чисел")
    links = _invitations(walk, 40)
    assert len(_forms(walk, 40)) == len(links) == 40
    _a_school_comes_in(browser, empty_server, links[names[0]])
    walk.menu("", "Период и планы")
    walk.seen("На проверке отчётов: 1")
    walk.press("Принять", exact=True)
    walk.seen("Отчёт принят")
    walk.did("первый принятый отчёт")
    print("\n" + "\n".join(f"{task}: мышью {did[0]}, клавиш {did[1]}" for task, did in walk.costs.items()))
    assert sum(presses for presses, _ in walk.costs.values()) <= 26
    assert sum(keys for _, keys in walk.costs.values()) <= 70
    page.context.close()
    assert complaints.texts == []


@pytest.mark.soak
def test_sixteen_hand_in_late_wrong_incomplete_questioned_and_corrected(empty_server, browser):
    page, complaints = new_page(browser, empty_server, login=None)
    page.add_init_script(COUNTER)
    walk = Walk(page)
    _begin(walk, empty_server)
    _pasted(walk, GARDENS)
    _period_and_plan(walk, "Всего 16 организаций, 64 числа")
    links = _invitations(walk, 16)
    made = _forms(walk, 16)
    begins = {g: f"Бланк, {g.replace('№', 'N')}, Речной округ, " for g in GARDENS}
    forms = {g: next(book for name, book in made.items() if name.startswith(begin)) for g, begin in begins.items()}
    first = parcel_of({g: filled(forms[g], g in WRONG, g == HALF) for g in GARDENS if g != LATE})
    _mail(
        walk,
        first,
        "15 файлов: готовы 13, не приняты 2",
        "Сдать.готовые: 13.файлов",
        "15 файлов: сданы 13, не приняты 2",
        "почта",
    )
    second = parcel_of({g: filled(forms[g]) for g in WRONG})
    _mail(walk, second, "2 файла: готовы 2", "Сдать.готовые: 2.файла", "Сдать числа", "исправленное")
    _asks(walk)
    _the_school_answers(browser, empty_server, links[ASKED])
    _accepts_and_closes(walk)
    _the_late_one(walk, forms)
    print("\n" + "\n".join(f"{task}: мышью {did[0]}, клавиш {did[1]}" for task, did in walk.costs.items()))
    page.context.close()
    assert complaints.texts == []


def _asks(walk):
    """One number of one report is questioned."""
    page = walk.page
    walk.menu("", "Период и планы")
    walk.seen("На проверке отчётов: 15")
    walk.press(re.compile("Показать все.15"))
    row = page.locator("[class*=st-key-period-row]", has_text=said(ASKED))
    row.get_by_role("button", name="Вернуть на доработку…").click()
    page.get_by_role("combobox", name="К каким числам есть вопрос").click()
    at_rest(page.get_by_role("option").first).click()
    page.keyboard.press("Escape")
    walk.fill(re.compile("^Вопрос: "), "Почему столько?")
    page.keyboard.press("Tab")
    walk.press("Вернуть", exact=True)
    walk.seen("Возвращено на доработку")
    walk.did("вопрос к числу")


def _the_school_answers(browser, server, link):
    page, complaints = new_page(browser, server, login=None)
    page.goto(link)
    for field in ("#password", "#again"):
        page.fill(field, "пароль школы длинный")
    page.get_by_role("button", name="Сохранить и войти").click()
    school = Walk(page)
    school.seen("на доработке")
    page.goto("/form")
    school.fill("Ваш ответ", "Закрыли группу")
    page.keyboard.press("Tab")
    school.seen("Вы ответили: Закрыли группу")
    school.press("Проверить и сдать")
    school.press("Сдать", exact=True)
    school.heading("Принято: сдано 4 числа")
    page.context.close()
    assert complaints.texts == []


def _accepts_and_closes(walk):
    walk.menu("", "Период и планы")
    walk.press("Принять все без замечаний (14)")
    walk.seen("Принято отчётов: 14")
    walk.did("приёмка")
    walk.press("Закрыть приём…")
    walk.seen("Не сдали: 1 организация")
    walk.press(re.compile(r"принять и.непроверенные \(1\)"))
    walk.seen("Приём закрыт")
    walk.did("закрытие")


def _the_late_one(walk, forms):
    page = walk.page
    walk.press("Открыть одной организации…")
    page.get_by_role("combobox", name="Организация").click()
    page.get_by_role("option", name=said(LATE)).click()
    page.get_by_role("spinbutton", name=re.compile("^day")).click()
    page.keyboard.type(f"3012{YEAR}", delay=40)
    walk.fill("Причина", "карантин")
    page.keyboard.press("Tab")
    walk.press("Открыть", exact=True)
    walk.seen("Приём открыт до")
    walk.did("приём одной опоздавшей")
    walk.menu("", "Загрузка")
    page.get_by_role("link", name=said(LATE)).click()
    book = {"name": "бланк.xlsx", "mimeType": "application/xlsx", "buffer": filled(forms[LATE])}
    page.locator("input[type=file]").first.set_input_files([book])
    walk.heading("Файл готов к сдаче: 4 числа")
    walk.press("Сдать", exact=True)
    walk.heading("Принято: сдано 4 числа")
    walk.menu("", "Период и планы")
    walk.seen("Сданы после закрытия")
