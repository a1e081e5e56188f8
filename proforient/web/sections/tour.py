"""The bar of a tour above the page: which step, what is here, on to the next one, out."""

from __future__ import annotations

from proforient.charts.marks import Html, html, joined, tag
from proforient.web import widgets
from proforient.web.session import Session
from proforient.web.tours import STEPS, Tour


def bar(here: Session) -> None:
    """Nothing without a step in the address."""
    drawn = html_of(here)
    if drawn:
        widgets.show_html(drawn)


def html_of(here: Session) -> Html:
    """The step of the address; on another page than it speaks of, the way back: the visitor looks around."""
    if here.view.step is None:
        return Html("")
    tour, place = STEPS[here.view.step]
    step = tour.steps[place - 1]
    said = step.text if step.page == here.page.code else "Вы ушли со страницы этого шага, это не страшно."
    links: list[Html] = []
    if step.page != here.page.code:
        links.append(_to(here, tour, place, "Вернуться к шагу"))
    if place > 1:
        links.append(_to(here, tour, place - 1, "← Назад"))
    links.append(_to(here, tour, place + 1, "Дальше →") if place < len(tour.steps) else _out(here, "Готово"))
    if place < len(tour.steps):
        links.append(_out(here, "Закончить"))
    head = tag("b", f"{tour.who}: шаг {place} из {len(tour.steps)}.")
    words = tag("p", joined([head, html(said)], " "))
    return tag("aside", joined([words, tag("p", joined(links, " \u2003"))]), "pf-tour", aria_label="Знакомство")


def beginning(here: Session, tour: Tour) -> str:
    """The address of the tour's first step."""
    return _where(here, tour, 1)


def _where(here: Session, tour: Tour, place: int) -> str:
    step = tour.steps[place - 1]
    return here.address(step.page, **step.changes, step=f"{tour.code}-{place}")


def _to(here: Session, tour: Tour, place: int, words: str) -> Html:
    return tag("a", words, "go", href=_where(here, tour, place))


def _out(here: Session, words: str) -> Html:
    return tag("a", words, "go", href=here.address(step=None))
