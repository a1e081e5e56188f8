"""What concerns one organisation besides its figures: its report and the next thing to do, questions, measures."""

from __future__ import annotations

from proforient.access.roles import Role
from proforient.charts import marks
from proforient.charts.sentences.standings import STANDINGS
from proforient.documents.measures import GLYPHS, STATES, due_of, in_turn, urgent_words
from proforient.monitoring import Organisation, ReportStanding
from proforient.store.papers import Measure
from proforient.web import widgets
from proforient.web.sections.measures.page import own_part
from proforient.web.sections.period.returning import inquiry_words
from proforient.web.sections.upload.beginning import LABELS
from proforient.web.sections.upload.sender import Sender, first_finding, for_period, next_step, read_sender
from proforient.web.session import Session
from proforient.wording import NB, counted, number, typo

MOST = 6  # measures in the list
ASKED = (ReportStanding.RETURNED, ReportStanding.INCOMPLETE, ReportStanding.REVIEW)


def report(here: Session) -> None:
    """How the report stands in one sentence, what is asked, the one next thing with the way to it; open questions."""
    campaign = read_sender(here)
    if campaign.organisation is None or campaign.period is None:
        return
    lines = [marks.tag("p", marks.joined([marks.tag("b", sentence(campaign)), _held(campaign)], " "))]
    if here.person.role is Role.ORGANISATION and campaign.takes_files:
        lines.append(marks.tag("p", next_step(campaign)))
        lines += [marks.tag("p", marks.joined(way, " · "))] if (way := _way(campaign)) else []
    widgets.show_html(marks.tag("div", marks.joined(lines), "pf-message", role="status"))
    _questions(here, campaign)


def sentence(campaign: Sender) -> str:
    """«Отчёт за 2022 год принят, приём закрыт.», «Сдать числа за 2023 год: до 9 декабря, осталось 9 дней.»"""
    if campaign.takes_files:
        return f"{first_finding(campaign)}."
    return typo(f"Отчёт {for_period(campaign.code)} {STANDINGS[campaign.standing]}, приём закрыт.")


def _held(campaign: Sender) -> str:
    """«Спрашивают 76 чисел, в отчёте 4.»"""
    if campaign.held is None or campaign.standing is ReportStanding.INCOMPLETE:
        return ""
    there = f", в отчёте {number(campaign.held.given)}" if campaign.standing.reported else ""
    return typo(f"Спрашивают {counted(campaign.held.asked, 'numbers', 'acc')}{there}.")


def _way(campaign: Sender) -> list[marks.Html]:
    """To the form and to the file, while something is to be done."""
    if campaign.standing in (ReportStanding.REVIEW, ReportStanding.ACCEPTED):
        return []
    label = LABELS.get(campaign.standing, "Заполнить на странице")
    return [
        widgets.link_html(label, page="form", period=campaign.code),
        widgets.link_html("Загрузить файл", page="upload", period=campaign.code),
    ]


def _questions(here: Session, campaign: Sender) -> None:
    assert campaign.organisation is not None
    asked = here.reader.inquiries(campaign.code, campaign.organisation.code).get(campaign.organisation.code, [])
    if not asked or campaign.standing not in ASKED:
        return
    left = sum(one.is_open for one in asked)
    title = f"Вопросы управления: {number(len(asked))}, без ответа {number(left)}"
    widgets.chart_title(title)
    lines = [marks.tag("li", inquiry_words(here.catalogue, one)) for one in asked]
    answer = []
    if left and here.person.role is Role.ORGANISATION and campaign.takes_files:
        answer = [marks.tag("p", widgets.link_html("Ответить у чисел", page="form", period=campaign.code))]
    widgets.show_html(marks.joined([marks.tag("ol", marks.joined(lines), "pf-list"), *answer]))


def measures(here: Session, organisation: Organisation) -> None:
    """What documents have charged it with, what presses first; nothing where they have charged it with nothing."""
    code = organisation.code
    found = [own_part(m, code) for m in here.reader.measures(None) if m.kept and code in m.organisations]
    if here.person.organisation is None:
        found = [m for m in found if here.person.reaches(m.territory)]
    if not found:
        return
    today = here.reader.today(organisation.territory)
    widgets.chart_title(f"Меры: {number(len(found))}")
    lines = [_measure(m, urgent_words(m, today)) for m in in_turn(found, today)[:MOST]]
    every = widgets.link_html("Все на «Исполнении»", page="measures", organisation=code)
    widgets.show_html(marks.joined([marks.tag("ol", marks.joined(lines), "pf-list"), marks.tag("p", every)]))


def _measure(measure: Measure, urgent: str) -> marks.Html:
    deadline_words = ", ".join(part for part in (due_of(measure), urgent) if part)
    small = marks.tag(
        "small", f"{GLYPHS[measure.state]}{NB}{STATES[measure.state]}, {deadline_words}", "pf-quiet pf-line"
    )
    return marks.tag("li", marks.joined([widgets.link_html(measure.text, page="measures", item=measure.id), small]))
