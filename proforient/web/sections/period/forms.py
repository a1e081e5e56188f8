"""Opening, prolonging and closing a campaign: each in a dialog that says what will happen before it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from proforient.access.roles import Deed
from proforient.catalogue.entries import PeriodKind
from proforient.charts import marks
from proforient.errors import WrongCall
from proforient.monitoring import Period, ReportState, territory_name
from proforient.store.campaign import close_period, open_period, reopen_period
from proforient.store.periods import EXAMPLES, period_span
from proforient.web import widgets
from proforient.web.sections.dialog import ask, finish, forget, leave, reached, reading
from proforient.web.sections.period.asking import choose_asked
from proforient.web.sections.period.collection import Collection, read_collection
from proforient.web.sections.period.late import late_button, open_again
from proforient.web.sections.period.unfinished import unfinished
from proforient.web.session import Session, current, go
from proforient.wording import capital, counted, date_ru, number, period_name, typo

KINDS: Mapping[PeriodKind, str] = {
    "year": "Год",
    "school_year": "Учебный год",
    "half_year": "Полугодие",
    "date": "На дату",
}
LATEST = "самым поздним из прежних"


def buttons(here: Session, campaign: Collection | None) -> None:
    """What can be done with the campaign as it is now."""
    if not here.acts(Deed.APPROVE):
        return
    period = campaign.period if campaign else None
    mine = period is not None and here.may(Deed.APPROVE, period.territory)
    if period is not None and not mine:
        widgets.caption(
            f"Приём открыт не только для вашей территории ({_whose(period)}): закрывает его и меняет срок тот, кто "
            "отвечает за все. Свой последний день для своей территории можно назначить: «Новый период…» с тем "
            "же периодом."
        )
    with st.container(horizontal=True):
        if period is not None and mine:
            if period.state == "open":
                st.button("Закрыть приём…", key="period-close", on_click=ask, args=(here.mark, "close"))
                st.button("Срок…", key="period-prolong", on_click=ask, args=(here.mark, "reopen"))
            else:
                st.button("Открыть приём снова…", key="period-reopen", on_click=ask, args=(here.mark, "reopen"))
                late_button(here)
        if period is not None and mine and period.state == "open":
            st.button("Что спрашиваем…", key="period-asked", on_click=ask, args=(here.mark, "asked"))
        if period is not None and here.acts(Deed.LOOK):
            st.button("Зачем эти числа…", key="period-ledger", on_click=ask, args=(here.mark, "ledger"))
        if period is not None and here.store.remembers and here.acts(Deed.LOOK):
            st.button("Как было на день…", key="period-earlier", on_click=ask, args=(here.mark, "earlier"))
        if period is not None and campaign and here.may(Deed.REVIEW, campaign.place) and _awaits(here, campaign):
            label = "Бланки для всех…" if period.state == "open" else "Бланки опоздавшим…"
            st.button(label, key="period-forms", on_click=ask, args=(here.mark, "forms"))
            st.button("Кого ждём…", key="period-remind", on_click=ask, args=(here.mark, "remind"))
        if campaign and here.may(Deed.APPROVE, campaign.place):
            st.button("Местное время…", key="period-zone", on_click=ask, args=(here.mark, "zone"))
        if reached(here, here.view.territory):
            st.button("Новый период…", key="period-open", on_click=ask, args=(here.mark, "open"))


def _awaits(here: Session, campaign: Collection) -> bool:
    """Whether anybody's files are taken: everybody's, or those of late ones for whom it was opened again."""
    return campaign.period is not None and (campaign.period.state == "open" or bool(open_again(here, campaign)))


def _whose(period: Period) -> str:
    return territory_name(period.territory) if period.territory else "все территории"


@st.dialog("Закрыть приём", on_dismiss=forget)
def close_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is not None and campaign.period is not None:
            _close(here, campaign, campaign.period)


def _nothing_waits(campaign: Collection) -> str:
    return "Все сданные отчёты уже приняты." if campaign.reports.count(ReportState.ACCEPTED) else "Сданных отчётов нет."


def _close(here: Session, campaign: Collection, period: Period) -> None:
    missing = len(campaign.reports) - campaign.submitted
    waiting = campaign.reports.count(ReportState.SUBMITTED)
    returned = campaign.reports.count(ReportState.RETURNED)
    lines = [
        f"{capital(period_name(period.code))}, {_whose(period)}.",
        f"Не сдали: {counted(missing, 'organisations')}." if missing else "Сдали все.",
        f"Станут принятыми без проверки: {waiting}." if waiting else "" if returned else _nothing_waits(campaign),
        f"Останутся на доработке: {returned}. Закрытие их не принимает." if returned else "",
        "После закрытия файлы не принимаются и принятое не отзывается; открыть приём можно снова.",
    ]
    widgets.show_html(marks.joined([*(marks.tag("p", line) for line in lines if line), *unfinished(here, campaign)]))
    with st.container(horizontal=True):
        label = f"Закрыть приём: принять и непроверенные ({number(waiting)})" if waiting else "Закрыть приём"
        if st.button(label, type="primary", key="period-close-do"):
            finish(
                here,
                Deed.APPROVE,
                lambda writer: close_period(writer, period.code, territory=period.territory),
                typo(f"Приём закрыт: {period_name(period.code)}, {_whose(period)}."),
                period.territory,
            )
        if st.button("Не закрывать", key="period-close-not"):
            leave()


@st.dialog("Срок приёма", on_dismiss=forget)
def reopen_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is not None and campaign.period is not None:
            _reopen(here, campaign.period)


def _reopen(here: Session, period: Period) -> None:
    opened = period.state == "open"
    widgets.show_html(
        marks.tag(
            "p",
            f"{capital(period_name(period.code))}, {_whose(period)}: последний день приёма "
            f"{'' if opened else 'был '}{date_ru(period.closes)}."
            + ("" if opened else " Файлы будут приниматься снова, состояния отчётов останутся."),
        )
    )
    closes = _day("Новый последний день приёма", "period-closes-new")
    if not st.button("Сохранить" if opened else "Открыть снова", type="primary", key="period-reopen-do"):
        return
    if closes is None:
        widgets.message("Выберите последний день приёма.")
        return
    finish(
        here,
        Deed.APPROVE,
        lambda writer: reopen_period(writer, period.code, closes=closes, territory=period.territory),
        typo(f"Приём открыт до {date_ru(closes)}: {_whose(period)}."),
        period.territory,
    )


def _day(label: str, key: str) -> dt.date | None:
    found = st.date_input(label, value=None, format="DD.MM.YYYY", key=key)
    return found if isinstance(found, dt.date) else None


@st.dialog("Новый период", on_dismiss=forget)
def open_dialog() -> None:
    here = current()
    with reading(here):
        territory = here.view.territory
        kind: PeriodKind = st.selectbox("Вид", list(KINDS), format_func=lambda k: KINDS[k], key="period-new-kind")
        left, right = st.columns(2)
        with left:
            code = st.text_input(
                "Период",
                value=_usual(here, kind),
                key="period-new-code",
                placeholder=f"Например: {EXAMPLES[kind]}",
            ).strip()
        with right:
            closes = _day("Последний день приёма", "period-new-closes")
        scope: str | None = st.selectbox(
            "Для кого",
            reached(here, territory),
            format_func=lambda path: territory_name(path) if path else "Все территории",
            key="period-new-scope",
        )
        asked = _asked(here, code, kind, scope)
        previous = _previous(here, kind)
        if st.button("Открыть период", type="primary", key="period-new-do"):
            _try_open(here, code, kind, closes, scope, previous, asked)


def _usual(here: Session, kind: PeriodKind) -> str:
    """This year, while it is not open yet."""
    year = str(here.reader.today(here.view.territory).year)
    return year if kind == "year" and all(period.code != year for period in here.reader.periods()) else ""


def _asked(here: Session, code: str, kind: PeriodKind, scope: str | None) -> frozenset[str] | None:
    """The chosen indicators; None where the period is open elsewhere: it asks the same there and here."""
    try:
        starts, ends = period_span(code, kind)
    except WrongCall:
        return frozenset()
    if any(period.code == code for period in here.reader.periods()):
        widgets.caption("Этот период уже открыт для другой территории: спрашивают в нём везде одно и то же.")
        return None
    return choose_asked(here, starts.year, ends, scope or here.view.territory, "period-new")


def _previous(here: Session, kind: PeriodKind) -> str | None:
    """None: the latest earlier one; «none»: not compared."""
    same = dict.fromkeys(p.code for p in here.reader.periods() if p.kind == kind)
    names = {"": LATEST, "none": "ни с каким", **{c: f"периодом {period_name(c)}" for c in same}}
    chosen: str = st.selectbox(
        "Сравнивать с", list(names), format_func=lambda c: capital(names[c]), key="period-new-previous"
    )
    return chosen or None


def _try_open(
    here: Session,
    code: str,
    kind: PeriodKind,
    closes: dt.date | None,
    scope: str | None,
    previous: str | None,
    asked: frozenset[str] | None,
) -> None:
    if not code:
        widgets.message(f"Впишите период, например {EXAMPLES[kind]}.")
        return
    if closes is None:
        widgets.message("Выберите последний день приёма.")
        return
    try:
        period_span(code, kind)
    except WrongCall:
        widgets.message(f"Период «{code}» записан не так: вид «{KINDS[kind]}» пишут как «{EXAMPLES[kind]}».")
        return
    if asked is not None and not asked:
        widgets.message("Выберите хотя бы один показатель.")
        return
    finish(
        here,
        Deed.APPROVE,
        lambda writer: open_period(
            writer, code, kind=kind, closes=closes, territory=scope, previous=previous, asked=asked
        ),
        typo(f"Период открыт: {period_name(code)}."),
        scope,
        then=lambda: go(period=code),
    )
