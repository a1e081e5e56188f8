"""Long lists: a field to search in, pages of so many lines, what of how many is shown. All of it is in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from proforient.charts import marks
from proforient.view import LONGEST
from proforient.web import widgets
from proforient.web.session import address, current, go
from proforient.wording import number, typo
from proforient.wording.search import search

PAGE = 20
TOP = "list"  # where a list begins: its next page is read from there
Row = TypeVar("Row")


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


def found(rows: Sequence[Row], texts: Callable[[Row], Sequence[str]]) -> list[Row]:
    """The rows that hold what is searched for in any of their ``texts``, in the order given."""
    holds = search(current().view.find or "")
    return [row for row in rows if holds(*texts(row))]


def page_of(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of the page that is looked at; beyond the end the last page."""
    first = _first(len(rows))
    return rows[first : first + PAGE]


def head(shown: int, every: int) -> None:
    """Where the list begins; if not all of it is wanted, how much was found and the way back to everything."""
    view = current().view
    if not (view.find or view.kind or view.state):
        widgets.show_html(marks.tag("span", "", id=TOP, tabindex="-1"))
        return
    whole = marks.tag("a", f"Показать все {number(every)}", "go", href=address(find=None, kind=None, state=None))
    said = typo(f"Найдено: {number(shown)} из {number(every)}.") if shown else "Ничего не найдено."
    widgets.show_html(marks.tag("p", marks.joined([said, whole], " "), id=TOP, tabindex="-1", role="status"))


def pages(every: int) -> None:
    """«Показаны 1–20 из 60» with links to the pages beside; nothing where one page holds all."""
    if every <= PAGE:
        return
    first = _first(every)
    last = min(first + PAGE, every)
    links = []
    if first:
        links.append(_to("← Предыдущие", first // PAGE))
    if last < every:
        links.append(_to(f"Следующие {number(min(PAGE, every - last))} →", first // PAGE + 2))
    said = typo(f"Показаны {number(first + 1)}–{number(last)} из {number(every)}")
    widgets.show_html(
        marks.tag("nav", marks.joined([marks.tag("span", said), *links], " "), "pf-pages", aria_label="Страницы списка")
    )


def _to(words: str, part: int) -> marks.Html:
    return marks.tag("a", words, "go", href=address(part=str(part) if part > 1 else None) + f"#{TOP}")


def _first(every: int) -> int:
    part = int(current().view.part or 1)
    return PAGE * min(part - 1, max(0, every - 1) // PAGE)
