"""What experts said, as quotations with their source, and the form that adds one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.requirements import in_force
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.errors import ProforientError, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import Judgement, now, territory_name
from proforient.store import planning
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.number_field import typed_decimal
from proforient.web.sections import notice
from proforient.web.sections.dialog import ask, finish, forget, reading
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session, current
from proforient.wording import counted, date_ru, percent, quoted, typo

Outcome = Literal["shortcoming", "good", "noted"]
OUTCOMES: Mapping[Outcome, str] = {
    "shortcoming": "недостаток",
    "good": "хороший результат",
    "noted": "отмечено",
}
FILLED = "proforient.period.judgements"  # what «Оценки таблицей» was filled with
SHOWN = 4  # judgements in the open; the rest is folded away


def judgements(here: Session) -> None:
    """Newest first; they never change a computed verdict, and that is said."""
    widgets.section("Оценки экспертов")
    assert here.view.period is not None
    found = _given(here)
    if not found:
        widgets.show_html(marks.tag("p", "За этот период оценок нет."))
    else:
        widgets.show_html(marks.joined(_quote(here, j) for j in found[:SHOWN]))
    if len(found) > SHOWN:
        rest = marks.joined(_quote(here, j) for j in found[SHOWN:])
        widgets.show_html(folded(f"Ещё {counted(len(found) - SHOWN, 'judgements')}", rest))
    widgets.caption("Оценка экспертов не меняет вердикт, посчитанный по числам организаций.")
    if here.may(Deed.JUDGE, here.view.territory):
        with st.container(horizontal=True):
            st.button("Добавить оценку…", key="period-judgement", on_click=ask, args=(here.mark, "judgement"))
            st.button("Оценки таблицей…", key="period-judgements", on_click=_ask_table, args=(here.mark,))


@cached("territory", "period")
def _given(here: Session) -> Sequence[Judgement]:
    assert here.view.period is not None
    return here.reader.judgements(here.view.period, territory=here.view.territory)


def _ask_table(mark: int) -> None:
    """A callback: the table begins without what stood in it the last time."""
    st.session_state.pop(FILLED, None)
    ask(mark, "judgements")


def _quote(here: Session, judgement: Judgement) -> Html:
    catalogue = here.catalogue
    indicator = catalogue.indicators.get(judgement.indicator)
    about = [
        OUTCOMES[judgement.outcome],
        indicator.short or catalogue.indicator_name(indicator.code) if indicator else judgement.indicator,
        catalogue.levels[judgement.level].name if judgement.level in catalogue.levels else judgement.level,
        percent(judgement.percent) if judgement.percent is not None else "",
        _of(here, judgement),
    ]
    source = [judgement.office, judgement.source, date_ru(judgement.date, "digits") if judgement.date else ""]
    if judgement.date and date_ru(judgement.date, "digits") in judgement.source:
        source.pop()
    lines = [
        quoted(judgement.text),
        marks.tag("small", marks.joined([marks.glyph("◇"), _dotted(about)], " "), "pf-quiet pf-line"),
        marks.tag("small", _dotted(source), "pf-quiet pf-line"),
    ]
    return marks.tag("blockquote", marks.joined(lines), "pf-quote")


def _dotted(parts: list[str]) -> Html:
    return marks.html(" · ".join(part for part in parts if part))


def _of(here: Session, judgement: Judgement) -> str:
    """Whom it concerns, where that is not the territory of the page itself."""
    if judgement.organisation:
        found = here.reader.organisations(code=judgement.organisation)
        return found[0].name if found else judgement.organisation
    if judgement.territory and judgement.territory != here.view.territory:
        return territory_name(judgement.territory)
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields of the form as they were typed."""

    whom: str  # a territory's path or an organisation's code
    indicator: str
    level: str
    cohort: str
    outcome: Outcome
    text: str
    source: str
    office: str
    date: dt.date | None
    percent: str


@st.dialog("Добавить оценку экспертов", width="medium", on_dismiss=forget)
def judgement_dialog() -> None:
    here = current()
    with reading(here):
        typed = _fields(here)
        if st.button("Добавить", type="primary", key="period-judgement-do"):
            try:
                judgement = judgement_of(here.view.period or "", here.view.territory, typed)
            except ProforientError as error:
                widgets.message(str(error))
                return
            whose = judgement.territory or here.reader.organisation(judgement.organisation or "")
            finish(
                here, Deed.JUDGE, lambda writer: planning.add_judgement(writer, judgement), "Оценка добавлена.", whose
            )


def _fields(here: Session) -> Typed:
    catalogue, view = here.catalogue, here.view
    key = "period-judgement-whom"
    place = {view.territory: territory_name(view.territory)} if view.territory else {}
    known = here.reader.roster(territory=view.territory)
    names, full, inn = map(known.by_code, ("name", "full_name", "inn"))
    named = widgets.offered(key, widgets.as_labelled({code: names[code] for code in known}),
                            st.session_state.get(key), "Найти организацию",
                            lambda code: (full[code], inn[code]))  # fmt: skip
    whom = {**place, **named}
    who = st.selectbox("О ком", list(whom), format_func=lambda c: whom[c], key=key)
    period = here.reader.period(view.period or "")
    codes = [code for code in catalogue.indicators if in_force(catalogue, code, period)]
    indicator = st.selectbox(
        "Показатель",
        codes,
        index=codes.index(view.indicator) if view.indicator in codes else 0,
        format_func=lambda c: catalogue.indicators[c].short or catalogue.indicator_name(c),
        key="period-judgement-indicator",
    )
    levels = catalogue.indicators[indicator].levels
    return Typed(
        whom=who,
        indicator=indicator,
        level=st.selectbox(
            "Уровень", levels, format_func=lambda v: catalogue.levels[v].name, key=f"period-judgement-level-{indicator}"
        ),
        cohort=st.selectbox(
            "Категория",
            list(catalogue.cohorts),
            format_func=lambda c: catalogue.cohorts[c].name,
            key="period-judgement-cohort",
        ),
        outcome=st.selectbox(
            "Что отмечено", list(OUTCOMES), format_func=lambda o: OUTCOMES[o], key="period-judgement-outcome"
        ),
        text=st.text_area("Текст оценки, как в документе", key="period-judgement-text"),
        source=st.text_input("Источник", key="period-judgement-source", placeholder="Например: письмо № 837/1"),
        office=st.text_input("Кто дал оценку", key="period-judgement-office", placeholder="Учреждение или комиссия"),
        date=_date(st.date_input("Дата", value=None, format="DD.MM.YYYY", key="period-judgement-date")),
        percent=st.text_input(
            "Доля в оценке, %", key="period-judgement-percent", placeholder="Если названа, например 45,5"
        ),
    )


def _date(found: object) -> dt.date | None:
    return found if isinstance(found, dt.date) else None


def judgement_of(period: str, territory: str | None, typed: Typed) -> Judgement:
    """The judgement that was typed; WrongCall says which field to mend. Texts that name a person are refused."""
    text = notice.typed_text(typed.text, what="Текст оценки")
    source = notice.typed_text(typed.source, what="Источник")
    refuse_personal(typed.office, what="Кто дал оценку")
    share: Decimal | None = None
    if typed.percent.strip():
        share = typed_decimal(typed.percent, what="Доля в оценке")
        if share > 100:
            raise WrongCall(typo(f"Доля в оценке: {percent(share)}, а больше 100 % не бывает. Исправьте число."))
    about_all = typed.whom == territory
    return Judgement(
        id="",
        period=period,
        indicator=typed.indicator,
        level=typed.level,
        cohort=typed.cohort,
        territory=typed.whom if about_all else None,
        organisation=None if about_all else typed.whom,
        outcome=typed.outcome,
        text=text,
        source=source,
        office=typed.office.strip(),
        date=typed.date,
        percent=share,
        at=now(),
    )
