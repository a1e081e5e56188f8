"""«Справка»: the list of topics, and the topic of the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from proforient.charts.marks import Html, html, joined, tag
from proforient.web import widgets
from proforient.web.choices import TOPICS
from proforient.web.register import page_entry
from proforient.web.sections import tour
from proforient.web.sections.help import figures as help_figures
from proforient.web.sections.help import files as help_files
from proforient.web.sections.help import findings as help_findings
from proforient.web.sections.help import goals as help_goals
from proforient.web.sections.help import words as help_words
from proforient.web.session import Session
from proforient.web.tours import TOURS


def topics(here: Session) -> None:
    """The topics as links; the one that is shown is marked."""
    lines = [
        widgets.Choice(text_html=html(words), changes={"topic": code}, selected=code == here.view.topic)
        for code, words in TOPICS.items()
    ]
    widgets.link_list(lines, label="Разделы справки")


def topic(here: Session) -> None:
    """The topic of the view."""
    _SHOWN[here.view.topic or next(iter(TOPICS))](here)


def tours(here: Session) -> None:
    """The three tours, each with its steps in a line and a link to the first."""
    widgets.finding("Знакомство: три пути по пять минут")
    widgets.lead("Путь ведёт по настоящим страницам с вашими числами; закончить можно в любой момент.")
    for each in TOURS:
        if not all(page_entry(step.page).is_open_to(here.person) for step in each.steps):
            continue
        widgets.section(each.who)
        steps = joined(tag("li", _opening(step.text)) for step in each.steps)
        widgets.show_html(tag("ol", steps, "pf-list"))
        widgets.show_link("Начать →", tour.beginning(here, each))


def _opening(text: str) -> Html:
    """The first sentence of a step."""
    return html(text.split(". ")[0].rstrip(".") + ".")


_SHOWN: Mapping[str, Callable[[Session], None]] = {
    "figures": help_figures.show,
    "words": help_words.show,
    "files": help_files.show,
    "findings": help_findings.show,
    "goals": help_goals.show,
    "tours": tours,
}
