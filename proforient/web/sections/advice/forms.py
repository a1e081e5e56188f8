"""The dialogs of «Рекомендации»: one recommendation, one of one's own, carried over from a period, the events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from proforient.access.roles import Deed
from proforient.advice.actions import Suggested
from proforient.catalogue.entries import Deadline, DeadlineForm
from proforient.charts import marks
from proforient.errors import ProforientError, WrongCall
from proforient.monitoring import OWN, Amendment, now, territory_name
from proforient.store import amending
from proforient.web import widgets
from proforient.web.sections.advice.page import DEADLINES, AdviceList, place_of, read, standing
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.session import Session, current
from proforient.wording import counted, period_name, typo

AS_BEFORE = "as-before"
OFFERED: tuple[DeadlineForm, ...] = (
    *("none", "day", "next_year", "next_school_year", "school_year_start", "after_collegium", "standing"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceForm:
    """The fields of the form as they were typed."""

    text: str
    addressee: str
    responsible: str
    due: str  # a form of a deadline, or AS_BEFORE
    day: dt.date | None
    place: int
    answers: tuple[str, ...] = ()


@st.dialog("Изменить рекомендацию", width="large", on_dismiss=forget)
def edit_dialog(code: str) -> None:
    here = current()
    with reading(here):
        shown = read(here)
        suggested = next((a for a in shown.advice.every if a.code == code), None)
        if suggested is None:
            widgets.message("Этой рекомендации здесь больше нет. Закройте окно и выберите другую.")
            return
        typed = _fields(here, shown, suggested)
        if st.button("Сохранить", type="primary", key="advice-edit-do"):
            _save(here, shown, typed, suggested)


@st.dialog("Добавить свою рекомендацию", width="large", on_dismiss=forget)
def own_dialog() -> None:
    here = current()
    with reading(here):
        shown = read(here)
        typed = _fields(here, shown, None)
        if st.button("Добавить", type="primary", key="advice-own-do"):
            _save(here, shown, typed, None)


def _fields(here: Session, shown: AdviceList, a: Suggested | None) -> AdviceForm:
    """``a``: what is edited; None: a new one of the territory's own."""
    key = f"advice-{a.code if a else OWN}"
    catalogue = here.catalogue
    text = st.text_area("Что сделать", value=a.text if a else "", key=f"{key}-text", max_chars=amending.LONGEST)
    codes = list(catalogue.addressees)
    addressee = st.selectbox(
        "Кому",
        codes,
        index=codes.index(a.addressee) if a and a.addressee in codes else 0,
        format_func=lambda c: catalogue.addressees[c].dative or c,
        key=f"{key}-addressee",
    )
    responsible = st.text_input(
        "Ответственный: должность или отдел, без фамилии",
        value=a.responsible if a else "",
        key=f"{key}-responsible",
        max_chars=amending.POST,
        placeholder="Например: методист по воспитательной работе",
    )
    due, day = _deadline(a, key)
    place = st.number_input(
        "Место в списке", 1, amending.MOST_PLACES, place_of(shown, a.code) if a else len(shown.advice.every) + 1,
        key=f"{key}-place",
    )  # fmt: skip
    answers = a.answers if a else ()
    if a is None or a.words == "own":
        words = {p.code: p.text for p in catalogue.problems.values()}
        answers = tuple(
            st.multiselect(
                "На какие проблемы отвечает (ни одной — общая)",
                list(words),
                default=[code for code in answers if code in words],
                format_func=lambda c: words[c],
                key=f"{key}-answers",
                placeholder="Выберите проблемы",
            )
        )
    return AdviceForm(
        text=text, addressee=addressee, responsible=responsible, due=due, day=day, place=int(place), answers=answers
    )


def _deadline(a: Suggested | None, key: str) -> tuple[str, dt.date | None]:
    options = {AS_BEFORE: f"как сейчас: {a.deadline_text}"} if a else {}
    options |= {form: DEADLINES[form] for form in OFFERED}
    due = st.selectbox("Срок", list(options), format_func=lambda f: options[f], key=f"{key}-due")
    if due != "day":
        return due, None
    day = st.date_input("До какого дня", value=None, format="DD.MM.YYYY", key=f"{key}-day")
    return due, day if isinstance(day, dt.date) else None


def amendment_of(here: Session, shown: AdviceList, typed: AdviceForm, a: Suggested | None) -> Amendment:
    """What was typed, where it differs from the catalogue; WrongCall says which field to mend."""
    if typed.due == "day" and typed.day is None:
        raise WrongCall("Срок: день не выбран. Выберите день или другой вид срока.")
    amendment = standing(here, a.code) if a else None
    before = next((c for c in shown.catalogue.every if a and c.code == a.code), None)
    text, responsible = typed.text.strip(), typed.responsible.strip()
    deadline = amendment.deadline if amendment else None
    if typed.due != AS_BEFORE:
        deadline = Deadline(form=_form(typed.due), date=typed.day)
    place = amendment.place if amendment else None
    if a is None or typed.place != place_of(shown, a.code):
        place = typed.place
    return Amendment(
        period=here.view.period or "",
        territory=here.view.territory or "",
        action=a.code if a else OWN,
        text=None if before and text == before.text else text,
        addressee=None if before and typed.addressee == before.addressee else typed.addressee,
        responsible=responsible or None,
        deadline=deadline,
        place=place,
        shown=amendment.shown if amendment else None,
        answers=() if before else typed.answers,
        author=here.person.login,
        at=now(),
    )


def _form(word: str) -> DeadlineForm:
    return next(form for form in OFFERED if form == word)


def _save(here: Session, shown: AdviceList, typed: AdviceForm, a: Suggested | None) -> None:
    try:
        amendment = amendment_of(here, shown, typed, a)
    except ProforientError as error:
        widgets.message(str(error))
        return
    said = "Рекомендация изменена." if a else "Рекомендация добавлена."
    finish(here, Deed.ADVISE, lambda writer: amending.amend(writer, amendment), said, amendment.territory)


@st.dialog("Перенести с прошлого периода", width="medium", on_dismiss=forget)
def carry_dialog() -> None:
    here = current()
    with reading(here):
        shown = read(here)
        period, territory = shown.period.code, here.view.territory or ""
        if not shown.sources:
            widgets.message("Переносить нечего: в прежних периодах нет правок, которых нет здесь.")
            return
        source: str = st.selectbox(
            "Откуда",
            list(shown.sources),
            format_func=lambda code: f"{period_name(code)}: {counted(shown.sources[code], 'amendments')}",
            key="advice-carry-source",
        )
        text = (
            f"В период «{period_name(period)}» перейдут слова, адресаты, ответственные, сроки и порядок, "
            "которых здесь ещё не задавали. Сроки-правила считаются заново; день, который уже прошёл, не показывается."
        )
        widgets.show_html(marks.tag("p", typo(text)))
        if st.button("Перенести", type="primary", key="advice-carry-do"):
            said = f"Перенесено: {counted(shown.sources[source], 'amendments')} из периода «{period_name(source)}»."
            finish(
                here,
                Deed.ADVISE,
                lambda writer: amending.carry(writer, period, territory, source=source),
                typo(said),
                territory,
            )


@st.dialog("Назвать мероприятия", width="medium", on_dismiss=forget)
def events_dialog() -> None:
    here = current()
    with reading(here):
        shown, territory = read(here), here.view.territory or ""
        intro = f"{territory_name(territory)}: эти названия встанут в рекомендации вместо общих слов, за все периоды."
        widgets.show_html(marks.tag("p", typo(intro)))
        typed = st.text_area(
            "Мероприятия, по одному в строке",
            value="\n".join(shown.events),
            key="advice-events-names",
            placeholder="Неделя профессий\nЯрмарка учебных мест",
        )
        if st.button("Сохранить", type="primary", key="advice-events-do"):
            names: Sequence[str] = typed.splitlines()
            said = "Мероприятия названы." if any(n.strip() for n in names) else "Мероприятия названы общими словами."
            finish(here, Deed.ADVISE, lambda writer: amending.name_events(writer, territory, names), said, territory)
