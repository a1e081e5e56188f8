"""The one register of pages: menu, addresses, roles, the first HTML and the guard tests read it.

A page is an entry here, a file of ``pages/`` that says in which order its pieces stand, and a section that has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from proforient.access.roles import Deed, Person, Role
from proforient.settings import ROOT

SECTIONS = "proforient.web.sections"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One page: ``code`` is its name in the program and, except for the first page, in the address."""

    code: str
    title: str
    deed: Deed  # what one must be allowed to do to open it
    default: bool = False
    first_for: Role | None = None  # who lands here who asked for no page; all others land on the default
    heading: str = ""  # in the menu
    about: str  # what it is for, after a dash

    @property
    def file(self) -> Path:
        return ROOT / "pages" / f"{self.code}.py"

    @property
    def url_path(self) -> str:
        """The path below the program's address; the first page has none."""
        return "" if self.default else self.code

    def is_open_to(self, person: Person) -> bool:
        return person.may(self.deed)


PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        code="overview",
        title="Обзор",
        deed=Deed.LOOK,
        default=True,
        about="уровни образования рядом с планом",
    ),
    PageEntry(
        code="indicators",
        title="Показатели",
        deed=Deed.LOOK,
        about="каждый показатель по уровням, годам и организациям",
    ),
    PageEntry(
        code="problems",
        title="Проблемы",
        deed=Deed.LOOK,
        about="чего не хватает и что сделать",
    ),
    PageEntry(
        code="organisations",
        title="Организации",
        deed=Deed.LOOK_OWN,
        about="доли, файлы и рекомендации организаций",
    ),
    PageEntry(
        code="upload",
        title="Загрузка",
        deed=Deed.SUBMIT,
        first_for=Role.ORGANISATION,
        about="сдать числа и узнать, принят ли отчёт",
    ),
    PageEntry(
        code="period",
        title="Период и планы",
        deed=Deed.LOOK,
        about="приём, планы, оценки экспертов",
    ),
    PageEntry(
        code="compare",
        title="Сравнение",
        deed=Deed.LOOK,
        heading="Анализ",
        about="школы, районы, категории детей и годы рядом",
    ),
    PageEntry(
        code="explore",
        title="Исследовать",
        deed=Deed.LOOK,
        heading="Анализ",
        about="таблица со своими строками, столбцами и мерой",
    ),
    PageEntry(
        code="advice",
        title="Рекомендации",
        deed=Deed.LOOK,
        heading="Управление",
        about="что поручить, кому и к какому сроку, своими словами",
    ),
    PageEntry(
        code="documents",
        title="Документы",
        deed=Deed.DRAFT,
        heading="Управление",
        about="письмо, протокол, решение: составить, выпустить, найти в реестре",
    ),
    PageEntry(
        code="form",
        title="Бланк",
        deed=Deed.SUBMIT,
        heading="Управление",
        about="вписать числа на странице и сдать их",
    ),
    PageEntry(
        code="receipts",
        title="Квитанции",
        deed=Deed.LOOK_OWN,
        heading="Управление",
        about="что и когда сдано, по номеру",
    ),
    PageEntry(
        code="measures",
        title="Исполнение",
        deed=Deed.ANSWER,
        heading="Управление",
        about="что поручено, к какому сроку и что сделано",
    ),
    PageEntry(
        code="start",
        title="С чего начать",
        deed=Deed.REGISTER,
        heading="Управление",
        about="пять шагов до первого отчёта",
    ),
    PageEntry(
        code="registry",
        title="Реестр организаций",
        deed=Deed.REGISTER,
        heading="Управление",
        about="кто сдаёт числа, с какого дня и по какой",
    ),
    PageEntry(
        code="links",
        title="Ссылки",
        deed=Deed.SHARE,
        heading="Управление",
        about="снимки для тех, у кого нет входа",
    ),
    PageEntry(
        code="log",
        title="Журнал",
        deed=Deed.LOG,
        heading="Управление",
        about="кто, что и когда сделал",
    ),
    PageEntry(
        code="accounts",
        title="Доступ",
        deed=Deed.ACCOUNTS,
        heading="Управление",
        about="учётные записи",
    ),
    PageEntry(
        code="help",
        title="Справка",
        deed=Deed.READ_HELP,
        about="что значат числа и замечания к файлу",
    ),
)


def page_entry(code: str) -> PageEntry:
    """The page of that code; raises KeyError when there is none."""
    return {entry.code: entry for entry in PAGES}[code]


def first_page(person: Person) -> PageEntry:
    """Where one lands who asked for no page."""
    own = (entry for entry in PAGES if entry.first_for is person.role)
    return next(own, next(entry for entry in PAGES if entry.default))


def demand_whole(pages: Iterable[PageEntry] | None = None) -> None:
    """Ends the program where a page of the register lacks a part, and says which; an address may stand once only."""
    lacking = list(_lacking(PAGES if pages is None else tuple(pages)))
    if lacking:
        raise SystemExit("Страницы собраны не до конца.\n" + "\n".join(lacking))


def _lacking(pages: Iterable[PageEntry]) -> Iterator[str]:
    seen: dict[str, PageEntry] = {}
    for entry in pages:
        other = seen.setdefault(entry.url_path, entry)
        if other is not entry:
            yield f"«{entry.title}»: адрес «/{entry.url_path}» уже у страницы «{other.title}»."
        if not entry.file.exists():
            yield f"«{entry.title}»: нет файла {entry.file.relative_to(ROOT)}."
        if find_spec(f"{SECTIONS}.{entry.code}") is None:
            yield f"«{entry.title}»: нет раздела {SECTIONS}.{entry.code}."
