"""The bar of a tour above the page: which step, what is here, on to the next one, out."""

from __future__ import annotations

from proforient.charts.marks import Html, html, joined, tag
from proforient.web import widgets
from proforient.web.session import Session, address
from proforient.web.tours import STEPS, Tour


def bar(here: Session) -> None:
    """Nothing without a step in the address, or on another page than the step speaks of: the visitor looks around."""
    if here.view.step is None:
        return
    tour, place = STEPS[here.view.step]
    step = tour.steps[place - 1]
    said = step.text if step.page == here.page.code else "Вы ушли со страницы этого шага, это не страшно."
    links: list[Html] = []
    if step.page != here.page.code:
        links.append(_to(tour, place, "Вернуться к шагу"))
    if place > 1:
        links.append(_to(tour, place - 1, "← Назад"))
    links.append(_to(tour, place + 1, "Дальше →") if place < len(tour.steps) else _out("Готово"))
    if place < len(tour.steps):
        links.append(_out("Закончить"))
    head = tag("b", f"{tour.who}: шаг {place} из {len(tour.steps)}.")
    words = tag("p", joined([head, html(said)], " "))
    widgets.show_html(
        tag("aside", joined([words, tag("p", joined(links, " \u2003"))]), "pf-tour", aria_label="Знакомство")
    )


def first(tour: Tour) -> str:
    """The address of the tour's first step."""
    return _where(tour, 1)


def _where(tour: Tour, place: int) -> str:
    step = tour.steps[place - 1]
    return address(step.page, **step.changes, step=f"{tour.code}-{place}")


def _to(tour: Tour, place: int, words: str) -> Html:
    return tag("a", words, "go", href=_where(tour, place))


def _out(words: str) -> Html:
    return tag("a", words, "go", href=address(step=None))
