"""Measures by deadline, narrowed down by state, addressee and organisation; the chosen one with its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from proforient.access.log_words import actor_name
from proforient.access.roles import Deed, Role, demand
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.documents import file_names as file_names
from proforient.documents.calendar_file import calendar
from proforient.documents.drafts import addressee_name
from proforient.documents.measures import (
    GLYPHS,
    LISTED,
    STATES,
    URGENT,
    done_words,
    due_of,
    in_turn,
    measures_summary,
    urgency,
    urgent_words,
)
from proforient.monitoring import Organisation, now
from proforient.store.papers import ENDED, IssuedDocument, Measure, MeasureAnswer, MeasureState
from proforient.web import lists, widgets
from proforient.web.clock import moment_ru
from proforient.web.sections.dialog import ask
from proforient.web.sections.documents.listing import called
from proforient.web.session import Session
from proforient.wording import NB, capital, counted, number, typo, verb_form
from proforient.wording.labels import one_line
from proforient.wording.order import by_name

TALL = 640  # pixels of the list
SHOWN = 50  # measures on one page of the list
LINE = 150  # signs of a measure in the list
NOTHING = (
    "Мер ещё нет: они появятся, когда на странице «Документы» выпустят документ с пунктами. Каждый пункт станет мерой."
)
NOTHING_OF_MINE = "Управление ещё не поручило вам ничего: здесь появятся пункты документов, которые касаются вас."


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureList:
    """``every`` in reach, in turn; ``wanted`` of them by the filters; ``own``: the organisation of who looks."""

    every: tuple[Measure, ...]
    wanted: tuple[Measure, ...]
    chosen: Measure | None
    papers: Mapping[str, IssuedDocument]
    organisations: Mapping[str, Organisation]
    own: str
    today: dt.date

    def name(self, code: str) -> str:
        return self.organisations[code].name if code in self.organisations else code


def read(here: Session) -> MeasureList:
    """What the person reaches: of a territory everything, of an organisation its own."""
    own = here.person.organisation or "" if here.person.role is Role.ORGANISATION else ""
    place = here.person.territory or None if own else here.view.territory or here.person.territory or None
    found = here.reader.measures(None if own else place)
    if own:
        found = [own_part(m, own) for m in found if own in m.organisations and m.kept]
    else:
        found = [m for m in found if here.person.reaches(m.territory)]
    today = here.reader.today(here.view.territory or here.person.territory or None)
    every = tuple(in_turn(found, today))
    wanted = tuple(m for m in every if _wanted(here, m, today))
    codes = {code for m in every for code in m.organisations}
    documents = {m.document for m in every}
    return MeasureList(
        every=every,
        wanted=wanted,
        chosen=next((m for m in wanted if m.id == here.view.item), next(iter(wanted), None)),
        papers={paper.id: paper for paper in here.reader.issued_documents() if paper.id in documents},
        organisations={o.code: o for o in here.reader.organisations(codes=codes)} if codes else {},
        own=own,
        today=today,
    )  # fmt: skip


def own_part(measure: Measure, own: str) -> Measure:
    """The measure as it concerns one organisation: what others have answered is not its business."""
    answers = tuple(a for a in measure.answers if a.organisation in ("", own))
    return replace(measure, organisations=(own,), answers=answers)


def _wanted(here: Session, measure: Measure, today: dt.date) -> bool:
    view = here.view
    if view.document and view.document != f"i{measure.document}":
        return False
    if view.addressee and view.addressee != measure.addressee:
        return False
    if here.person.role is not Role.ORGANISATION and view.organisation not in (None, *measure.organisations):
        return False
    return view.progress in (None, measure.state.value, urgency(measure, today) or None)


def finding(shown: MeasureList) -> str:
    """«Исполнено 9 из 14, срок прошёл у 2 мер»."""
    if not shown.every:
        return "Мер пока нет"
    overdue = sum(urgency(m, shown.today) == "overdue" for m in shown.every)
    late = f", срок прошёл у {counted(overdue, 'measures', 'gen')}"
    return typo(capital(done_words(shown.every)) + (late if overdue else ""))


def lead(shown: MeasureList) -> str:
    if shown.every:
        return typo(capital(measures_summary(shown.every, shown.today).partition("; ")[2]))
    return NOTHING_OF_MINE if shown.own else NOTHING


def filters(here: Session, shown: MeasureList) -> None:
    """By state, addressee, organisation and document, what of how many is shown, the calendar."""
    if not shown.every:
        return
    with st.container(horizontal=True, key="list-choose", vertical_alignment="bottom"):
        widgets.choose("progress", "Состояние", {"": "Все меры", **{str(c): w for c, w in LISTED.items()}})
        if not shown.own:
            known = here.catalogue.addressees
            there = dict.fromkeys(m.addressee for m in shown.every if m.addressee in known)
            labels = {code: known[code].dative for code in there}
            widgets.choose("addressee", "Адресат", widgets.choice_labels({"": "Все адресаты", **labels}))
            names = {code: shown.name(code) for code in shown.organisations}
            ordered = {code: names[code] for code in by_name(names, names)}
            widgets.choose("organisation", "Организация", {"": "Все организации", **ordered}, names=True)
        st.download_button(
            "Сроки в календарь (ICS)",
            partial(calendar, shown.wanted, now()),
            file_name=file_names.file_name(
                "Сроки мер", territory=here.view.territory or "", period=here.view.period or "", ending="ics"
            ),
            mime="text/calendar",
            icon=":material/calendar_month:",
            key="measures-calendar",
            on_click="ignore",
        )
    paper = shown.papers.get((here.view.document or "i")[1:])
    if paper is not None:
        widgets.caption(marks.joined([f"Только меры документа: {called(paper)}.", " ",
                                      widgets.link_html("Показать все", document=None, item=None)]))  # fmt: skip
    lists.head(len(shown.wanted), len(shown.every), by=("progress", "addressee"))


def choose(shown: MeasureList) -> None:
    """The list under headings of urgency; on a phone a select box."""
    with st.container(key="wide-measures"), st.container(height=TALL, border=False):
        widgets.link_list(list(_entries(shown)), label="Меры")
        lists.pages(len(shown.wanted), SHOWN, part="beside")
    with st.container(key="narrow-measures"):
        words = {m.id: f"{URGENT.get(urgency(m, shown.today), '')} {m.number}. {m.text}".strip() for m in shown.wanted}
        widgets.choose("item", "Мера", widgets.choice_labels(words), usual=shown.chosen.id if shown.chosen else "")


def _entries(shown: MeasureList) -> Iterator[widgets.Choice]:
    before = ""
    for m in lists.page_of(shown.wanted, SHOWN, "beside"):
        group = _group(m, shown.today)
        if group != before:
            many = sum(_group(other, shown.today) == group for other in shown.wanted)
            yield widgets.Choice(heading=f"{group}: {number(many)}")
            before = group
        yield _entry(shown, m)


def _group(measure: Measure, today: dt.date) -> str:
    if measure.state in ENDED:
        return "Завершены"
    return {"overdue": "! Срок прошёл", "soon": "◔ Срок близко"}.get(
        urgency(measure, today), "Срок впереди" if measure.due_on else "Без последнего дня и постоянные"
    )


def _entry(shown: MeasureList, m: Measure) -> widgets.Choice:
    (text,) = one_line([m.text], LINE, as_written=True)
    facts = [state_words(m), urgent_words(m, shown.today) or due_of(m), _answered(m)]
    line = marks.tag("span", " · ".join(part for part in facts if part), "pf-line pf-quiet")
    return widgets.Choice(
        text_html=marks.joined([text, line]),
        mark=m.number,
        changes={"item": m.id},
        selected=shown.chosen is not None and shown.chosen.id == m.id,
    )


def state_words(m: Measure) -> str:
    """«✓ исполнена»."""
    return f"{GLYPHS[m.state]}{NB}{STATES[m.state]}"


def _answered(m: Measure) -> str:
    """«ответили 3 из 5», where several answer."""
    if len(m.organisations) < 2:
        return ""
    many = sum(m.latest(code) is not None for code in m.organisations)
    verb = verb_form(many, "f", "ответил", "ответила", "ответило", "ответили")
    return f"{verb} {number(many)} из {number(len(m.organisations))}"


def one(here: Session, shown: MeasureList) -> None:
    """The chosen measure: to whom, by when, how far it has come, every answer."""
    m = shown.chosen
    if m is None:
        widgets.caption("Таких мер нет. Уберите отбор.")
        return
    widgets.section(f"{m.number}. {m.text}")
    widgets.show_html(marks.tag("dl", marks.joined(_facts(here, shown, m)), "pf-facts"))
    whose = shown.organisations.get(shown.own) if shown.own else m.territory
    if m.kept and whose is not None and here.may(Deed.ANSWER, whose):
        st.button("Ответить…", type="primary", key="measure-answer", on_click=ask, args=(here.mark, "answer", m.id))
    _organisations(shown, m)
    _history(here, shown, m)


def _facts(here: Session, shown: MeasureList, m: Measure) -> Iterator[Html]:
    def fact(name: str, value: str | Html) -> Html:
        return marks.joined([marks.tag("dt", name), marks.tag("dd", value)])

    yield fact("Состояние", marks.tag("b", state_words(m)))
    pressing = urgent_words(m, shown.today)
    sign = URGENT.get(urgency(m, shown.today), "")
    due = marks.html(m.due_told) if m.due != "none" else marks.tag("span", "не задан", "pf-blank")
    yield fact("Срок", marks.joined([due, marks.tag("b", f"{sign} {pressing}") if pressing else ""], " — "))
    yield fact("Кому", addressee_name(m.addressee, here.catalogue))
    who = marks.html(m.responsible) if m.responsible else marks.tag("span", "не назван", "pf-blank")
    yield fact("Ответственный", who)
    paper = shown.papers.get(m.document)
    if paper is not None:
        name = called(paper)
        shown_name = widgets.link_html(name, page="documents", document=f"i{paper.id}", period=paper.period)
        yield fact("Документ", marks.html(name) if shown.own else shown_name)


def _organisations(shown: MeasureList, m: Measure) -> None:
    """What each of several organisations has said last; an organisation sees itself alone."""
    if shown.own or not m.organisations:
        return
    rows: list[list[str | Html]] = []
    names = {code: shown.name(code) for code in m.organisations}
    for code in by_name(names, names):
        answer = m.latest(code)
        state = answer.state if answer else MeasureState.NOT_BEGUN
        words = f"{GLYPHS[state]} {STATES[state]}" if answer else marks.tag("span", "ещё не ответила", "pf-blank")
        rows.append([marks.tag("b", names[code]), words, answer.comment if answer else "—"])
    widgets.chart_title("Кто отвечает")
    lists.begin()
    widgets.show_html(marks.table(["Организация", "Состояние", "Комментарий"], lists.page_of(rows)))
    lists.pages(len(rows))


def _history(here: Session, shown: MeasureList, m: Measure) -> None:
    """Every answer, newest first, with its evidence."""
    found = m.answers
    if not found:
        return
    widgets.chart_title("История")
    rows = [_answer_row(here, shown, a) for a in found]
    widgets.show_html(marks.table(["Кто и когда", "Состояние", "Комментарий", "Подтверждение"], rows))
    with st.container(horizontal=True, key="measure-files"):
        for at, a in enumerate(found):
            if a.sha256:
                st.download_button(
                    f"Скачать {a.evidence}",
                    partial(_file, here, m, a),
                    file_name=a.evidence,
                    icon=":material/download:",
                    key=f"measure-file-{m.id}-{at}",
                    on_click="ignore",
                )


def _answer_row(here: Session, shown: MeasureList, a: MeasureAnswer) -> list[str | Html]:
    who = shown.name(a.organisation) if a.organisation else "управление"
    when = marks.tag("small", f"{actor_name(a.author)}, {moment_ru(a.at, here.zone)}", "pf-line pf-quiet")
    evidence: str | Html = a.evidence or "—"
    if a.evidence and not a.sha256:
        evidence = marks.tag("a", a.evidence, href=a.evidence, rel="noopener noreferrer", target="_blank")
    return [marks.joined([who, when]), f"{GLYPHS[a.state]} {STATES[a.state]}", a.comment or "—", evidence]


def _file(here: Session, m: Measure, a: MeasureAnswer) -> bytes:
    """The evidence, for whom the measure is: the department, or the organisation that sent it."""
    whose: Organisation | str = m.territory
    if here.person.role is Role.ORGANISATION:
        with here.store.read() as reader:
            whose = reader.organisation(a.organisation or here.person.organisation or "")
    demand(here.person, Deed.ANSWER, whose)
    return here.store.get_file(a.sha256)
