"""Pieces that several pages draw: the scope bar, finding and lead, tables, lists of links.

Texts are escaped unless they are ``Html`` of ``charts``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.coverage import Coverage
from proforient.analysis.data_frame import of_records
from proforient.catalogue.entries import Cohort
from proforient.charts import sentences
from proforient.charts.marks import Html, html, joined, tag
from proforient.documents import figures
from proforient.documents.file_names import file_name
from proforient.documents.tables import Cell
from proforient.monitoring import common_territory, now, territory_name
from proforient.view import LONGEST
from proforient.web import clock
from proforient.web.cache import cached
from proforient.web.choices import period_labels, territory_labels
from proforient.web.register import page_entry
from proforient.web.session import Session, address, current, deck_address, go, link
from proforient.wording import capital, number, period_name, typo, uncapital
from proforient.wording.labels import one_line
from proforient.wording.order import by_name
from proforient.wording.search import search

if TYPE_CHECKING:
    import pandas as pd

NOTHING = "не выбрано"
SCOPE = {"territory": "Территория", "period": "Период", "cohort": "Категория"}
SHARE, DECK = "Поделиться", "Доклад"
CHOICE = 40  # signs that a select box has room for on a phone
MOST_OFFERED = 400  # lines of a select box, some 50 KB; of more it offers those that are searched for
OFFERED = 50  # lines that it then offers of them


def scope_bar(*, cohorts: bool = True) -> None:
    """Territory, period and cohort of the page, and the link to it."""
    here = current()
    print_heading()
    with st.container(horizontal=True, key="scope", vertical_alignment="bottom"):
        for field, options in scope_of(here, cohorts=cohorts).items():
            choose(field, SCOPE[field], options, names=len(options) > MOST_OFFERED)
        st.space("stretch")
        share()
        if presents(here):
            st.link_button(DECK, deck_address(), type="primary")
    if here.invented:
        show_html(invented_line())


def invented_line() -> Html:
    """That the demonstration is one: a guest must not take its figures for a district's."""
    return tag("p", tag("span", sentences.DEMONSTRATION, "pf-invented"), "pf-caption")


def scope_of(here: Session, *, cohorts: bool = True) -> dict[str, Mapping[str, str]]:
    """What there is to choose from, by field of the view: code -> words."""
    choices = here.choices
    territories = territory_labels(choices)
    found: dict[str, Mapping[str, str]] = {
        "territory": territories if len(territories) > MOST_OFFERED else choice_labels(territories),
        "period": period_labels(choices),
    }
    if cohorts:
        found["cohort"] = {c: cohort_label(here.catalogue.cohorts[c]) for c in choices.cohorts}
    return found


def presents(here: Session) -> bool:
    """Whether what is shown can be made into slides."""
    return here.person.may(Deed.PRESENT) and here.view.territory is not None and here.view.period is not None


def print_heading() -> None:
    """On paper only: the scope that the bar shows on a screen, and the day."""
    here = current()
    with st.container(key="paper"):
        show_html(tag("p", f"{scope_words(here)} · {clock.moment_ru(now(), here.zone)}", "pf-quiet"))


def scope_words(here: Session) -> str:
    """Territory, period and cohort in one line."""
    view = here.view
    cohort = here.catalogue.cohorts.get(view.cohort or "")
    place = territory_name(view.territory) if view.territory else "Все муниципалитеты"
    parts = [place, period_name(view.period or ""), cohort_label(cohort) if cohort else ""]
    return " · ".join(part for part in parts if part)


def cohort_label(cohort: Cohort) -> str:
    """«Все дети» stands alone where «все» stands beside a figure."""
    return "Все дети" if cohort.name == "все" else capital(cohort.name)


def choose(
    field: str,
    label: str,
    options: Mapping[str, str],
    *,
    names: bool = False,
    texts: Callable[[str], Sequence[str]] | None = None,
    usual: str = "",
    labelled: bool = False,
) -> None:
    """A select box for one field of the view; ``options``: code -> words, an empty code stands for none.

    ``usual``: the code that is shown where the view names none; ``labelled``: the label is seen.

    ``names``: the words are names of places or organisations, offered as ``offered`` does.
    """
    key = f"scope-{field}"
    chosen = getattr(current().view, field) or usual
    if names:
        options = offered(key, options, chosen, f"Найти: {uncapital(label)}", texts)
    words = dict(options) if chosen in options else {chosen: NOTHING, **options}
    # Set before it is drawn, on every run: the address decides what is chosen, never the widget.
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(words),
        key=key,
        format_func=lambda code: words.get(code, code),
        label_visibility="visible" if labelled else "collapsed",
        on_change=_chosen,
        args=(field, key),
    )


def offered(
    key: str,
    options: Mapping[str, str],
    chosen: str | Collection[str] | None,
    hint: str,
    texts: Callable[[str], Sequence[str]] | None = None,
) -> dict[str, str]:
    """What a select box offers, shortened apart: all ``options``, or of more than ``MOST_OFFERED`` those that are
    found by what is typed in a field before the box. What is ``chosen`` and an empty code are always among them.

    ``texts``: of a code, what else it is found by.
    A box sends all its lines with every drawing: five thousand names are two hundred kilobytes.
    """
    if len(options) <= MOST_OFFERED:
        return choice_labels(options)
    with st.container(key=f"{key}-search"):
        typed = st.text_input(
            hint,
            key=f"{key}-find",
            placeholder=hint,
            max_chars=LONGEST,
            label_visibility="collapsed",
            icon=":material/search:",
        )
        holds = search(typed)
        found = [c for c, words in options.items() if c and holds(words, c, *(texts(c) if texts else ()))]
        said = f"В списке первые {number(OFFERED)} из {number(len(found))}: впишите часть названия."
        if len(found) <= OFFERED:
            said = f"Найдено: {number(len(found))}." if found else "Ничего не найдено."
        show_html(tag("small", typo(said), "pf-quiet", role="status"))
    known = {chosen} if isinstance(chosen, str) else set(chosen or ())
    first = [c for c in options if not c or c in known]
    return choice_labels({c: options[c] for c in dict.fromkeys([*first, *found[:OFFERED]])})


def several(
    label: str, names: Mapping[str, str], before: Iterable[str], *, key: str, placeholder: str
) -> tuple[str, ...]:
    """The codes that are chosen of many names of organisations, offered as ``offered`` does, ``before`` at first."""
    usual = [code for code in before if code in names]
    labels = offered(key, as_labelled(names), st.session_state.get(key, usual), "Найти организацию")
    return tuple(
        st.multiselect(
            label,
            list(labels),
            default=usual,
            format_func=lambda code: labels.get(code, code),
            key=key,
            placeholder=placeholder,
        )
    )


def as_labelled(names: Mapping[str, str]) -> dict[str, str]:
    """The names in the order in which a select box shows them: that of their labels, or of many their own."""
    shown = choice_labels(names) if len(names) <= MOST_OFFERED else names
    return {code: names[code] for code in by_name(shown, shown)}


def choice_labels(names: Mapping[str, str]) -> dict[str, str]:
    """By code what a line of a select box says: it cuts what is too long, so the names are shortened apart before."""
    return dict(zip(names, one_line(list(names.values()), CHOICE), strict=True))


def switch(field: str, label: str, options: Mapping[str, str]) -> None:
    """A row of buttons for one field of the view; ``options``: code -> words, the first is the usual one."""
    key = f"scope-{field}"
    st.session_state[key] = switched(field, options)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=lambda code: options.get(code, code),
        label_visibility="collapsed",
        on_change=_chosen,
        args=(field, key),
    )


def switched(field: str, options: Mapping[str, str]) -> str:
    """Which of the ``options`` is the chosen one."""
    chosen = getattr(current().view, field)
    return chosen if chosen in options else next(iter(options))


def show_link(text: str, where: str) -> None:
    """A link on a line of its own; ``where`` is made by ``session.address``."""
    show_html(link_line(text, where))


def link_line(text: str, where: str) -> Html:
    """The same as HTML."""
    return tag("p", tag("a", text, "go", href=where))


def _chosen(field: str, key: str) -> None:
    go(
        **{
            field: st.session_state[key] or getattr(current().view, field)
            if field == "level"
            else st.session_state[key] or None
        }
    )


@cached("territory")
def periods_here(here: Session) -> tuple[str, ...]:
    return tuple(period.code for period in here.reader.periods(territory=here.view.territory))


def stop_without_period() -> None:
    """Where the period of the view is not opened for its territory: says so, offers those that are, ends the page."""
    here = current()
    view, opened = here.view, periods_here(here)
    if view.territory is None or view.period in opened:
        return
    place = territory_name(view.territory)
    finding(f"{place}: за {period_name(view.period or '')} данных не собирали")
    lead("Этот период здесь не открывали. Его открывает управление на странице «Период и планы».")
    if opened:
        section("Периоды, за которые данные есть")
        lines = [Choice(text_html=html(capital(period_name(code))), changes={"period": code}) for code in opened]
        link_list(lines, label="Периоды")
    st.stop()


def share() -> None:
    """The full link to what is shown, ready to be copied; and the way to a snapshot for those who do not sign in."""
    here = current()
    with st.popover(SHARE, icon=":material/link:"):
        show_html(tag("p", "Ссылка открывает эту страницу с тем же выбором тем, у кого есть вход:"))
        st.code(link(), language=None, wrap_lines=True)
        if page_entry("links").is_open_to(here.person):
            text = "Для зала, родителей и всех без входа сделайте снимок: числа в нём не меняются, организаций нет."
            show_html(tag("p", text))
            show_link("Сделать снимок для показа", address("links"))


def finding(text: str) -> None:
    """The title of the page: what was found, as a sentence."""
    show_html(tag("h1", text, "pf-finding"))


def lead(text: str) -> None:
    """One or two lines under the finding: how many children."""
    show_html(tag("p", text, "pf-lead"))


def section(text: str, *, place: str = "") -> None:
    """A heading; ``place`` is what a link leads to, see ``down_to``."""
    show_html(tag("h2", text, "pf-section", **({"id": place, "tabindex": "-1"} if place else {})))


def down_to(text: str, place: str) -> None:
    """On a phone, where columns stand under each other: a link over a long list to the section that follows it."""
    show_html(tag("p", tag("a", f"{text} ↓", "go", href=f"{address()}#{place}"), "pf-down"))


def chart_title(text: str) -> None:
    show_html(tag("h3", text, "pf-title"))


def caption(text: str) -> None:
    """A small grey note: measure, source, how to read. ``text`` may be HTML of ``charts``."""
    show_html(tag("p", text, "pf-caption"))


def invented_note(coverages: Iterable[Coverage]) -> None:
    """Where any of the plans beside these figures was invented for the demonstration, it is said under them."""
    if any(sentences.invented(coverage) for coverage in coverages):
        made_up = tag("span", sentences.INVENTED, "pf-invented")
        caption(joined([joined(["План, с которым сравниваются доли,", made_up], " "), "."]))


def message(text: str, *, heading: str = "") -> None:
    """Something the user must know before going on; colour is kept for verdicts."""
    show_html(message_html(text, heading=heading))


def message_html(text: str, *, heading: str = "") -> Html:
    """The same as HTML."""
    start = tag("b", heading + ".") + " " if heading else Html("")
    return tag("div", tag("p", start + html(text)), "pf-message", role="status")


def show_html(inner_html: Html) -> None:
    """Our own HTML (texts, rows and tables of ``charts``) in the page's type; it is taken as it is."""
    st.html(tag("div", inner_html, "pf"))


def take_away(
    name: str,
    coverages: Sequence[Coverage],
    names: Mapping[str, str],
    frame: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """The figures of a table or chart as files; ``names``: organisations by code. Made only when asked for.

    ``frame`` gives the exact table where there are too many for records: ``coverages`` are its first and its last.
    """
    here = current()
    if not coverages:
        return
    table = partial(of_records, coverages) if frame is None else frame

    def rows() -> list[tuple[Cell, ...]]:
        return figures.rows_of(table(), here.catalogue, names)

    makers = {"CSV": lambda: figures.as_csv(rows()), "XLSX": lambda: figures.as_xlsx(rows())}
    first = coverages[0].organisation
    only = names.get(first or "", "") if all(c.organisation == first for c in coverages) else ""
    where = common_territory([c.territory for c in coverages]) if frame is None else here.view.territory
    title = f"{name} (демонстрация)" if here.invented else name
    called = partial(file_name, title, whose=only, territory=where or "", period=coverages[0].period)
    with st.popover("Скачать числа", icon=":material/download:"):
        for kind, make in makers.items():
            st.download_button(
                f"Скачать {kind}",
                make,
                file_name=called(ending=kind.lower()),
                icon=":material/download:",
                key=f"take-{name}-{kind}",
                on_click="ignore",
            )


NO_WORDS = Html("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line of a list from which one is chosen: ``changes`` are the fields of the view that it sets.

    A choice with ``heading`` and nothing else is a heading of the lines that follow; ``below`` another heading.
    """

    text_html: Html = NO_WORDS
    changes: Mapping[str, Any] | None = None
    selected: bool = False
    mark: str = ""
    heading: str = ""
    below: bool = False
    page: str | None = None


def link_list(choices: Sequence[Choice], *, label: str, page: str | None = None) -> None:
    """A list of real links: each has an address, is reached with Tab and opens in a new tab when asked to.

    ``page`` is the code of another page that the links lead to.
    """
    show_html(links(choices, label=label, page=page))


def links(choices: Sequence[Choice], *, label: str, page: str | None = None) -> Html:
    """The list itself."""
    lines = joined(_line(choice, page) for choice in choices)
    return tag("nav", tag("ul", lines, "pf-choose"), aria_label=label)


def _line(choice: Choice, page: str | None) -> Html:
    if choice.heading:
        return tag("li", choice.heading, "pf-heading pf-below" if choice.below else "pf-heading")
    mark = tag("span", choice.mark, "pf-mark") if choice.mark else ""
    inside = joined([mark, tag("span", choice.text_html, "pf-words")])
    where = address(choice.page or page, **(choice.changes or {}))
    return tag("li", tag("a", inside, "go", href=where, aria_current="true" if choice.selected else ""))


def link_html(text: str, *, page: str | None = None, **changes: Any) -> Html:
    """A link inside a sentence or a table that changes what is shown without loading the page again."""
    return tag("a", text, "go", href=address(page, **changes))
