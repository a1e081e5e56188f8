"""Pieces that several pages draw: the scope bar, finding and lead, a chart with its rows, tables, lists of links.

Text parameters are plain text and are escaped here; parameters that end in ``_html`` are HTML made by ``charts``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import streamlit as st

from proforient.web.choices import period_labels, territory_labels
from proforient.web.session import address, current, go, link
from proforient.wording import capital, typo

NOTHING = "не выбрано"
CHART = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def scope_bar(*, cohorts: bool = True) -> None:
    """Territory, period and cohort of the page, and the link to it."""
    here = current()
    choices = here.choices
    with st.container(horizontal=True, key="scope", vertical_alignment="bottom"):
        choose("territory", "Территория", territory_labels(choices))
        choose("period", "Период", period_labels(choices))
        if cohorts:
            choose("cohort", "Категория", {c: capital(here.catalogue.cohorts[c].name) for c in choices.cohorts})
        st.space("stretch")
        share()


def choose(field: str, label: str, options: Mapping[str, str]) -> None:
    """A select box for one field of the view; ``options``: code -> words, an empty code stands for none."""
    key = f"scope-{field}"
    chosen = getattr(current().view, field) or ""
    words = dict(options) if chosen in options else {chosen: NOTHING, **options}
    # Set before it is drawn, on every run: the address decides what is chosen, never the widget.
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(words),
        key=key,
        format_func=lambda code: words.get(code, code),
        label_visibility="collapsed",
        on_change=_chosen,
        args=(field, key),
    )


def _chosen(field: str, key: str) -> None:
    go(**{field: st.session_state[key] or None})


def share() -> None:
    """The full link to what is shown, ready to be copied."""
    with st.popover("Поделиться", icon=":material/link:"):
        st.html(_block("p", "Ссылка открывает эту страницу с тем же выбором:"))
        st.code(link(), language=None, wrap_lines=True)


def finding(text: str) -> None:
    """The title of the page: what was found, as a sentence."""
    st.html(f'<div class="pf finding"><h1>{typo(escape(text))}</h1></div>')


def lead(text: str) -> None:
    """One or two lines under the finding: how many children."""
    st.html(_block("p", text, "lead"))


def section(text: str) -> None:
    st.html(_block("h2", text))


def chart_title(text: str) -> None:
    st.html(_block("h3", text))


def caption(text: str) -> None:
    """A small grey note: measure, source, how to read."""
    st.html(_block("p", text, "src"))


def message(text: str, *, heading: str = "") -> None:
    """Something the user must know before going on; colour is kept for verdicts."""
    start = f"<b>{escape(heading)}.</b> " if heading else ""
    st.html(f'<div class="pf"><div class="message" role="status"><p>{typo(start + escape(text))}</p></div></div>')


def show_html(inner_html: str) -> None:
    """Our own HTML in the page's type."""
    st.html(f'<div class="pf">{typo(inner_html)}</div>')


def both(name: str, figure: Mapping[str, Any], alt: str, rows_html: str) -> None:
    """A chart: Plotly on wide screens, rows of HTML on a phone and on paper; ``alt`` says it in words."""
    with st.container(key=f"wide-{name}"):
        st.plotly_chart(dict(figure), width="stretch", theme=None, alt=alt, config=CHART, key=f"chart-{name}")
    with st.container(key=f"narrow-{name}"):
        show_html(rows_html)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: ``value_html`` makes the cell of a row."""

    name: str
    value_html: Callable[[Any], str]
    kind: Literal["text", "number", "big"] = "text"

    @property
    def css(self) -> str:
        return {"text": "", "number": "r", "big": "r big"}[self.kind]


def html_table(columns: Sequence[Column], rows: Sequence[Any], *, title: str = "", stack: bool = True) -> None:
    """A table to be read; its first column names the row; on a phone the cells stand under each other."""
    show_html(table_html(columns, rows, title=title, stack=stack))


def table_html(columns: Sequence[Column], rows: Sequence[Any], *, title: str = "", stack: bool = True) -> str:
    head = "".join(f'<th scope="col" class="{c.css.removesuffix(" big")}">{escape(c.name)}</th>' for c in columns)
    body = "".join(f"<tr>{''.join(_cell(c, row, n) for n, c in enumerate(columns))}</tr>" for row in rows)
    above = f"<caption>{escape(title)}</caption>" if title else ""
    return (
        f'<div class="wide"><table class="{"stack" if stack else ""}">{above}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(column: Column, row: Any, place: int) -> str:
    value = f"<span>{column.value_html(row)}</span>"
    if place == 0:
        return f'<th scope="row" class="{column.css}">{value}</th>'
    return f'<td class="{column.css}" data-l="{escape(column.name)}">{value}</td>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line of a list from which one is chosen; ``changes`` are the fields of the view that it sets.

    A choice with ``heading`` and nothing else is a heading between the lines.
    """

    text_html: str = ""
    changes: Mapping[str, Any] | None = None
    selected: bool = False
    mark: str = ""
    heading: str = ""


def link_list(choices: Sequence[Choice], *, label: str, page: str | None = None) -> None:
    """A list of real links: each has an address, is reached with Tab and opens in a new tab when asked to."""
    lines = "".join(_line(choice, page) for choice in choices)
    show_html(f'<nav aria-label="{escape(label)}"><ul class="choose">{lines}</ul></nav>')


def _line(choice: Choice, page: str | None) -> str:
    if choice.heading:
        return f'<li class="heading">{escape(choice.heading)}</li>'
    where = escape(address(page, **(choice.changes or {})))
    now = ' aria-current="true"' if choice.selected else ""
    mark = f'<span class="n">{escape(choice.mark)}</span>' if choice.mark else ""
    return f'<li><a class="go" href="{where}"{now}>{mark}<span class="w">{choice.text_html}</span></a></li>'


def link_html(text: str, *, page: str | None = None, **changes: Any) -> str:
    """A link inside a sentence or a table that changes what is shown without loading the page again."""
    return f'<a class="go" href="{escape(address(page, **changes))}">{escape(text)}</a>'


def _block(tag: str, text: str, css: str = "") -> str:
    attribute = f' class="{css}"' if css else ""
    return f'<div class="pf"><{tag}{attribute}>{typo(escape(text))}</{tag}></div>'
