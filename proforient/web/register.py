"""The one register of pages: the menu, the routes and the guard tests read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from proforient.settings import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One page: ``code`` is its name in the program and, except for the first page, in the address."""

    code: str
    title: str
    default: bool = False
    heading: str = ""  # in the menu
    about: str  # what it is for, after a dash

    @property
    def file(self) -> Path:
        return ROOT / "pages" / f"{self.code}.py"

    @property
    def url_path(self) -> str:
        """The path below the program's address; the first page has none."""
        return "" if self.default else self.code


PAGES: tuple[PageEntry, ...] = (
    PageEntry(code="overview", title="Обзор", about="уровни образования рядом с планом", default=True),
    PageEntry(code="indicators", title="Показатели", about="каждый показатель по уровням, годам и организациям"),
    PageEntry(code="problems", title="Проблемы", about="чего не хватает и что сделать"),
    PageEntry(code="organisations", title="Организации", about="доли, файлы и рекомендации организаций"),
    PageEntry(code="upload", title="Загрузка", about="сдать числа и узнать, принят ли отчёт"),
    PageEntry(code="period", title="Период и планы", about="приём, планы, оценки экспертов"),
    PageEntry(code="links", title="Ссылки", about="снимки для тех, у кого нет входа", heading="Управление"),
    PageEntry(code="log", title="Журнал", about="кто, что и когда сделал", heading="Управление"),
    PageEntry(code="accounts", title="Доступ", about="учётные записи", heading="Управление"),
    PageEntry(code="help", title="Справка", about="что значат числа и замечания к файлу"),
)


def page_entry(code: str) -> PageEntry:
    """The page of that code; raises KeyError when there is none."""
    return {entry.code: entry for entry in PAGES}[code]
