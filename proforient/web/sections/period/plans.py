"""Plan values of one indicator with ground, origin, author and history, and the form that sets one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.offers import PlanOffer, plan_offers
from proforient.analysis.requirements import Plans, in_force
from proforient.catalogue.entries import Indicator, Origin
from proforient.catalogue.figures import FigureKey
from proforient.charts import marks, sentences
from proforient.charts.marks import Html
from proforient.charts.sentences import INVENTED, level_label
from proforient.errors import ProforientError
from proforient.monitoring import PlanValue, now, territory_name
from proforient.store import planning
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.clock import day_ru
from proforient.web.number_field import typed_decimal
from proforient.web.sections import notice
from proforient.web.sections.dialog import ask, finish, forget, reached, reading
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session, current
from proforient.wording import NB, number, percent, plain_decimal, typo

ORIGINS: Mapping[Origin, str] = {
    "document": "документ",
    "department": "решение управления",
    "demonstration": INVENTED,
}
PROPOSED = "proforient.period.plans.proposed"  # what «Планы таблицей» proposes, by figure


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A level and category with the plan that holds there, and every value it ever had, newest first."""

    level: str
    cohort: str
    plan: PlanValue | None
    history: tuple[PlanValue, ...]


def plans(here: Session) -> None:
    """The table for the indicator of the view, which is chosen here."""
    code = here.view.indicator
    if code is None or here.view.period is None:
        return
    indicator = here.catalogue.indicators[code]
    st.space("small")
    widgets.section("Плановые значения")
    with st.container(key="period-indicator"):
        widgets.choose("indicator", "Показатель", _indicators(here, here.view.period))
    lines = read_lines(here, indicator)
    if not lines:
        widgets.show_html(marks.tag("p", "У этого показателя плана не бывает: он следит за тенденцией."))
        _buttons(here, plans=False)
        return
    _table(here, indicator, lines)
    _history(here, lines)
    widgets.caption(
        "Нет плана — это не план ноль: без него вердикт «план не задан». Отвечает план самой территории, "
        "а если его нет — ближайшей территории выше, затем общий."
    )
    _buttons(here, plans=here.may(Deed.PLAN, here.view.territory))


def _buttons(here: Session, *, plans: bool) -> None:
    with st.container(horizontal=True):
        if plans:
            st.button("Задать план…", key="period-plan", on_click=ask, args=(here.mark, "plan"))
            st.button("Планы таблицей…", key="period-plans", on_click=_ask_table, args=(here.mark,))
        if here.may(Deed.REGISTER, here.view.territory):
            st.button("Контингент…", key="period-known", on_click=ask, args=(here.mark, "known"))


def _ask_table(mark: int) -> None:
    """A callback: the table begins without what was proposed in it the last time."""
    st.session_state.pop(PROPOSED, None)
    ask(mark, "plans")


@cached("territory")
def _indicators(here: Session, period: str) -> dict[str, str]:
    """What the period asks, and what has a plan all the same."""
    when = here.reader.period(period)
    planned = {plan.indicator for plan in here.reader.plans(period, territory=here.view.territory)}
    return {
        i.code: f"{i.number} {i.short or here.catalogue.indicator_name(i.code)}".strip()
        for i in here.catalogue.indicators.values()
        if i.code in planned or in_force(here.catalogue, i.code, when)
    }


def read_lines(here: Session, indicator: Indicator) -> Sequence[PlanLine]:
    """Every level for all, and other categories where they have a plan; empty for a trend."""
    return _lines(here, indicator.code)


@cached("territory", "period")
def _lines(here: Session, code: str) -> Sequence[PlanLine]:
    indicator = here.catalogue.indicators[code]
    period, place = here.view.period, here.view.territory
    if indicator.formula.plan_in is None or period is None:
        return []
    known = Plans(here.reader.plans(period, territory=place))
    lines = []
    for level in (v for v in here.catalogue.levels if v in indicator.levels):
        for cohort in here.catalogue.cohorts_of(indicator):
            plan = known.nearest(place or "", FigureKey(indicator.code, level, cohort))
            if plan is None and here.catalogue.cohorts[cohort].part_of is not None:
                continue
            past = here.reader.plan_history(period, indicator.code, level, cohort, plan.territory) if plan else []
            lines.append(PlanLine(level=level, cohort=cohort, plan=plan, history=tuple(past)))
    return lines


def amount(plan: PlanValue) -> str:
    """«80 %», of a count «15»."""
    return percent(plan.percent) if plan.percent is not None else number(plan.amount, places=2)


def _table(here: Session, indicator: Indicator, lines: Sequence[PlanLine]) -> None:
    head: list[str | marks.TableColumn] = [
        "Уровень",
        marks.TableColumn("План", figures=True),
        "Основание",
        "Происхождение",
        "Кто и когда",
        "История",
    ]
    rows = [_row(here, line) for line in lines]
    widgets.show_html(marks.table(head, rows, here.catalogue.indicator_name(indicator.code), css="pf-plans"))


def _row(here: Session, line: PlanLine) -> list[str]:
    cohort = here.catalogue.cohorts[line.cohort]
    part = marks.tag("small", cohort.name, "pf-quiet pf-line") if cohort.part_of is not None else Html("")
    name = marks.joined([marks.tag("b", level_label(here.catalogue.levels[line.level])), part])
    plan = line.plan
    if plan is None:
        return [name, marks.tag("span", "план не задан", "pf-quiet"), "—", "—", "—", "—"]
    whose = "" if plan.territory == here.view.territory else _whose(plan.territory)
    ground = marks.html(plan.ground) if plan.ground else marks.tag("span", "нет документа", "pf-quiet")
    if plan.origin == "demonstration":
        origin = marks.tag("span", ORIGINS[plan.origin], "pf-invented")
        if plan.ground.lower().startswith("выдуман"):
            ground = marks.tag("span", "нет документа", "pf-quiet")
    else:
        origin = marks.html(ORIGINS[plan.origin])
    css = "pf-share pf-invented" if plan.origin == "demonstration" else "pf-share"
    shown = marks.joined(
        [marks.tag("b", amount(plan), css), marks.tag("small", whose, "pf-quiet pf-line") if whose else ""]
    )
    return [name, shown, ground, origin, f"{plan.author}, {day_ru(plan.at, here.zone)}", _before(here, line)]


def _whose(territory: str | None) -> str:
    return f"задан для: {territory_name(territory)}" if territory else "задан для всех"


def _before(here: Session, line: PlanLine) -> Html:
    """«было 75 % до 03.04.2023»."""
    if len(line.history) < 2:
        return marks.tag("span", "без изменений", "pf-quiet")
    newest, previous = line.history[0], line.history[1]
    return marks.html(f"было {amount(previous)} до {day_ru(newest.at, here.zone)}")


def _history(here: Session, lines: Sequence[PlanLine]) -> None:
    """Every value that was ever set, where any was replaced."""
    rows = [
        [
            level_label(here.catalogue.levels[line.level]),
            amount(plan),
            plan.ground or "нет документа",
            ORIGINS[plan.origin],
            f"{plan.author}, {day_ru(plan.at, here.zone)}",
        ]
        for line in lines
        if len(line.history) > 1
        for plan in line.history
    ]
    if rows:
        head: list[str | marks.TableColumn] = [
            "Уровень",
            marks.TableColumn("План", figures=True),
            "Основание",
            "Происхождение",
            "Кто и когда",
        ]
        widgets.show_html(folded(f"Все изменения: {number(len(rows))}", marks.table(head, rows)))


@st.dialog("Задать план", width="medium", on_dismiss=forget)
def plan_dialog() -> None:
    here = current()
    with reading(here):
        catalogue, place = here.catalogue, here.view.territory
        indicator = catalogue.indicators[here.view.indicator or next(iter(catalogue.indicators))]
        widgets.show_html(marks.tag("p", catalogue.indicator_name(indicator.code)))
        counted = indicator.formula.plan_in == "number"
        level, cohort = _figure(here, indicator)
        _offers(here, FigureKey(indicator.code, level, cohort))
        typed = st.text_input(
            "План, число" if counted else "План, %",
            key="period-plan-amount",
            placeholder="Например: 15" if counted else "Например: 62,5",
        )
        scope: str | None = st.selectbox(
            "Для кого",
            reached(here, place),
            format_func=lambda path: territory_name(path) if path else "Все территории, у которых нет своего плана",
            key="period-plan-scope",
        )
        origin: Origin = st.selectbox(
            "Происхождение", ["document", "department"], format_func=lambda o: ORIGINS[o], key="period-plan-origin"
        )
        ground = st.text_area(
            "Основание", key="period-plan-ground", max_chars=500, placeholder="Документ, номер, дата или решение"
        )
        if st.button("Задать план", type="primary", key="period-plan-do"):
            try:
                given = typed_decimal(typed, what="План")
                text = notice.typed_text(ground, what="Основание")
            except ProforientError as error:
                widgets.message(str(error))
                return
            plan = _plan(here, FigureKey(indicator.code, level, cohort), scope, given, counted, origin, text)
            said = typo(f"План задан: {catalogue.levels[level].name} — {amount(plan)}.")
            finish(here, Deed.PLAN, lambda writer: planning.set_plan(writer, plan), said, scope)


def _offers(here: Session, key: FigureKey) -> None:
    """What may be the plan by the period before; a button puts it and its ground into the fields."""
    assert here.view.period is not None
    if here.view.territory is None:
        return
    found = plan_offers(here.reader, here.view.period, here.view.territory, key)
    if not found:
        return
    with st.container(horizontal=True, key="period-plan-offers"):
        for offer in found:
            words = sentences.offer_words(offer)
            name = f"period-plan-offer-{offer.ground}"
            st.button(f"{percent(offer.percent)} — {words}", key=name, on_click=_take, args=(offer, words))


def _take(offer: PlanOffer, words: str) -> None:
    """A callback: the offer stands in the fields as if it had been typed."""
    _fill(offer.percent, f"Предложение программы: {words}")


def put_in(key: FigureKey, amount: Decimal, ground: str) -> None:
    """A callback of another page: the form that opens next stands filled in, for a person to decide on."""
    st.session_state["period-plan-level"], st.session_state["period-plan-cohort"] = key.level, key.cohort
    _fill(amount, ground)


def _fill(amount: Decimal, ground: str) -> None:
    st.session_state["period-plan-amount"] = plain_decimal(amount).replace(".", ",")
    st.session_state["period-plan-ground"] = ground.replace(NB, " ")
    st.session_state["period-plan-origin"] = "department"


def _figure(here: Session, indicator: Indicator) -> tuple[str, str]:
    """The level and the category that the plan is for."""
    catalogue = here.catalogue
    levels = [v for v in catalogue.levels if v in indicator.levels]
    level: str = st.selectbox(
        "Уровень", levels, format_func=lambda v: catalogue.levels[v].name, key="period-plan-level"
    )
    cohorts = list(catalogue.cohorts_of(indicator))
    cohort: str = st.selectbox(
        "Категория", cohorts, format_func=lambda c: catalogue.cohorts[c].name, key="period-plan-cohort"
    )
    return level, cohort


def _plan(
    here: Session, key: FigureKey, scope: str | None, given: Decimal, counted: bool, origin: Origin, ground: str
) -> PlanValue:
    assert here.view.period is not None
    return PlanValue(
        period=here.view.period,
        indicator=key.indicator,
        level=key.level,
        cohort=key.cohort,
        territory=scope,
        percent=None if counted else given,
        number=given if counted else None,
        origin=origin,
        ground=ground,
        author=here.person.login,
        at=now(),
    )
