"""Long lists: a field to search in, pages of so many lines, what of how many is shown. All of it is in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st

from proforient.charts import marks
from proforient.view import LONGEST
from proforient.web import widgets
from proforient.web.session import address, current, go
from proforient.wording import number, typo
from proforient.wording.search import search

PAGE = 50  # lines of one page of a list
TOP = "list"  # anchor of a list's beginning, from which its next page is read
Row = TypeVar("Row")
Part = Literal["part", "beside"]  # in which field of the view the page is: the second list of a page has its own


def search_field(hint: str) -> None:
    """``hint`` says what can be typed."""
    st.session_state["list-find"] = current().view.find or ""
    st.text_input(
        "Найти",
        key="list-find",
        placeholder=hint,
        max_chars=LONGEST,
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=_typed,
    )


def _typed() -> None:
    go(find=" ".join(st.session_state["list-find"].split()) or None)


def matching(rows: Sequence[Row], texts: Callable[[Row], Sequence[str]]) -> list[Row]:
    """The rows that hold what is searched for in any of their ``texts``, in the order given."""
    if not current().view.find:
        return list(rows)
    holds = search(current().view.find or "")
    return [row for row in rows if holds(*texts(row))]


def page_of(rows: Sequence[Row], size: int = PAGE, part: Part = "part") -> Sequence[Row]:
    """The rows of the page that is looked at; beyond the end the last page."""
    first = _first(len(rows), size, part)
    return rows[first : first + size]


def begin() -> None:
    """Where a list begins of which all is shown."""
    widgets.show_html(marks.tag("span", "", id=TOP, tabindex="-1"))


def head(shown: int, every: int, by: Sequence[str] = ("find", "kind", "state")) -> None:
    """Where the list begins; if not all of it is wanted, how much was found and the way back to everything.

    ``by``: the fields of the view that choose its lines.
    """
    if not any(getattr(current().view, field) for field in by):
        begin()
        return
    whole = marks.tag("a", f"Показать все {number(every)}", "go", href=address(**dict.fromkeys(by)))
    said = typo(f"Найдено: {number(shown)} из {number(every)}.") if shown else "Ничего не найдено."
    widgets.show_html(marks.tag("p", marks.joined([said, whole], " "), id=TOP, tabindex="-1", role="status"))


def pages(every: int, size: int = PAGE, top: str = TOP, part: Part = "part") -> None:
    """«Показаны 1–50 из 60» with links to the pages beside; nothing where one page holds all.

    ``top``: where the list begins.
    """
    if every <= size:
        return
    first = _first(every, size, part)
    last = min(first + size, every)
    links = []
    if first:
        links.append(_to("← Предыдущие", first // size, top, part))
    if last < every:
        links.append(_to(f"Следующие {number(min(size, every - last))} →", first // size + 2, top, part))
    said = typo(f"Показаны {number(first + 1)}–{number(last)} из {number(every)}")
    widgets.show_html(
        marks.tag("nav", marks.joined([marks.tag("span", said), *links], " "), "pf-pages", aria_label="Страницы списка")
    )


def _to(words: str, page: int, top: str, part: Part) -> marks.Html:
    return marks.tag("a", words, "go", href=address(**{part: str(page) if page > 1 else None}) + f"#{top}")


def _first(every: int, size: int, part: Part) -> int:
    page = int(getattr(current().view, part) or 1)
    return size * min(page - 1, max(0, every - 1) // size)
