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

    @property
    def file(self) -> Path:
        return ROOT / "pages" / f"{self.code}.py"

    @property
    def url_path(self) -> str:
        """The path below the program's address; the first page has none."""
        return "" if self.default else self.code


PAGES: tuple[PageEntry, ...] = (
    PageEntry(code="overview", title="Обзор", default=True),
    PageEntry(code="indicators", title="Показатели"),
    PageEntry(code="problems", title="Проблемы"),
    PageEntry(code="organisations", title="Организации"),
    PageEntry(code="upload", title="Загрузка"),
    PageEntry(code="period", title="Период и планы"),
    PageEntry(code="links", title="Ссылки", heading="Управление"),
    PageEntry(code="log", title="Журнал", heading="Управление"),
    PageEntry(code="accounts", title="Доступ", heading="Управление"),
    PageEntry(code="help", title="Справка"),
)


def page_entry(code: str) -> PageEntry:
    """The page of that code; raises KeyError when there is none."""
    return {entry.code: entry for entry in PAGES}[code]
