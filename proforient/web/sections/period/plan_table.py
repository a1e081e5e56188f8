"""«Планы таблицей»: all plan values of a period in one table, typed, pasted from Excel or proposed, with one ground.

What is proposed stands in the table with its source until a person sets it; a figure that nobody plans has no plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.offers import Ground, PlanOffer, offers_by_figure
from proforient.analysis.requirements import Plans, in_force
from proforient.catalogue.entries import Origin
from proforient.catalogue.figures import FigureKey
from proforient.charts import marks, sentences
from proforient.errors import ProforientError, WrongCall
from proforient.monitoring import Period, PlanValue, now, territory_name
from proforient.store import planning
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.number_field import typed_decimal
from proforient.web.sections import notice
from proforient.web.sections.dialog import finish, forget, reached, reading
from proforient.web.sections.period.plans import ORIGINS, PROPOSED, amount
from proforient.web.session import Session, current
from proforient.wording import NB, counted, number, percent, period_in, period_name, plain_decimal, plural, typo

NEW, SOURCE = "Новый план", "Откуда"
KEY = "period-plans-table"
PROGRAMME = "Предложение программы: "  # the beginning of a ground
LABELS: Mapping[Ground, str] = {
    "plan": "Взять все прошлого периода",
    "half": "Как у половины организаций",
    "quarter": "Как у лучшей четверти",
}
LOOKED_INTO = 400  # organisations whose results are compared for a table; of more for one figure, in its own window


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCell:
    """A row of the table: a figure that can have a plan, the one that holds, and what may be proposed."""

    key: FigureKey
    counted: bool  # whether the plan is a number, not a percent
    name: str
    level: str
    plan: PlanValue | None
    offers: Mapping[Ground, tuple[Decimal, str]]  # amount and source


@dataclass(slots=True)
class PlanFilling:
    """What stands in the last column before a person types: by figure, with its source, empty where it was typed.

    ``turn``: the table is another one after each filling.
    """

    turn: int = 0
    texts: dict[FigureKey, tuple[str, str]] = field(default_factory=dict)


@st.dialog("Планы таблицей", width="large", on_dismiss=forget)
def plan_table_dialog() -> None:
    here = current()
    with reading(here):
        cells, filling = _cells(here), _filling()
        words = "Впишите проценты или числа в столбец «Новый план» или вставьте столбец из Excel (Ctrl + V). Пустая "
        widgets.show_html(marks.tag("p", f"{words}ячейка оставляет план как есть."))
        _proposals(cells, filling)
        typed = _editor(here, cells, filling)
        left, right = st.columns(2)
        with left:
            scope: str | None = st.selectbox(
                "Для кого",
                reached(here, here.view.territory),
                format_func=lambda path: territory_name(path) if path else "Все территории, у которых нет своего плана",
                key="period-plans-scope",
            )
        with right:
            origin: Origin = st.selectbox(
                "Происхождение", ["document", "department"], format_func=lambda o: ORIGINS[o], key="period-plans-origin"
            )
        ground = st.text_input(
            "Основание: одно для всех строк",
            key="period-plans-ground",
            max_chars=500,
            placeholder="Например: постановление от 12.01.2026 № 5",
        )
        if st.button("Задать планы", type="primary", key="period-plans-do"):
            _save(here, cells, typed, scope, origin, ground)


def _filling() -> PlanFilling:
    found: PlanFilling = st.session_state.setdefault(PROPOSED, PlanFilling())
    return found


@cached("territory", "period")
def _cells(here: Session) -> Sequence[PlanCell]:
    return list(_rows(here))


def _rows(here: Session) -> Iterator[PlanCell]:
    """What the period asks, at every level, for everybody; in the catalogue's order."""
    assert here.view.period is not None
    catalogue, place = here.catalogue, here.view.territory or ""
    period = here.reader.period(here.view.period, territory=here.view.territory)
    plans = Plans(here.reader.plans(period.code, territory=here.view.territory))
    earlier = Plans(here.reader.plans(period.previous, territory=here.view.territory) if period.previous else [])
    cohort = next(iter(catalogue.cohorts))
    spread = _spread(here, period, cohort)
    for indicator in catalogue.indicators.values():
        if indicator.formula.plan_in is None or not in_force(catalogue, indicator.code, period):
            continue
        for level in (v for v in catalogue.levels if v in indicator.levels):
            key = FigureKey(indicator.code, level, cohort)
            before = earlier.nearest(place, key)
            yield PlanCell(
                key=key,
                counted=indicator.formula.plan_in == "number",
                name=f"{indicator.number} {indicator.short or catalogue.indicator_name(indicator.code)}".strip(),
                level=catalogue.levels[level].short,
                plan=plans.nearest(place, key),
                offers=_offers(period, before, spread.get(key, ())),
            )


def _spread(here: Session, period: Period, cohort: str) -> Mapping[FigureKey, Sequence[PlanOffer]]:
    place = here.view.territory
    if place is None or len(here.reader.roster(territory=place)) > LOOKED_INTO:
        return {}
    return offers_by_figure(here.reader, period.code, place, cohort)


def _offers(
    period: Period, before: PlanValue | None, spread: Sequence[PlanOffer]
) -> Mapping[Ground, tuple[Decimal, str]]:
    """By ground the amount and where it comes from; what was planned is known where nobody reported, too."""
    found: dict[Ground, tuple[Decimal, str]] = {}
    if before is not None and period.previous is not None:
        ground = before.ground.removeprefix(PROGRAMME) or "без основания"
        found["plan"] = (before.amount, f"план {period_in(period.previous)}: {ground}")
    return {offer.ground: (offer.percent, sentences.offer_words(offer)) for offer in spread} | found


def _proposals(cells: Sequence[PlanCell], filling: PlanFilling) -> None:
    """A button for each source: it fills what has no plan and nothing typed, for a person to look through."""
    for_none = {ground: [c for c in cells if c.plan is None and ground in c.offers] for ground in LABELS}
    if not any(for_none.values()):
        return
    with st.container(horizontal=True, key="period-plans-offers"):
        for ground, some in for_none.items():
            if some:
                label = typo(f"{LABELS[ground]}: {number(len(some))}")
                st.button(label, key=f"period-plans-take-{ground}", on_click=_take, args=(cells, some, ground))
    taken = [source for _, source in filling.texts.values() if source]
    if taken:
        verb = plural(len(taken), "Предложен", "Предложены", "Предложены")
        text = (
            f"{verb} {counted(len(taken), 'plans')}. Пока не нажато «Задать планы», ничего не записано; лишнее сотрите."
        )
        widgets.caption(typo(text))


def _take(cells: Sequence[PlanCell], some: Sequence[PlanCell], ground: Ground) -> None:
    """A callback: what was typed stays, the rest is proposed with its source."""
    filling = _filling()
    edits: Mapping[int, Mapping[str, Any]] = st.session_state.get(f"{KEY}-{filling.turn}", {}).get("edited_rows", {})
    for row, edit in edits.items():
        if NEW in edit:
            filling.texts[cells[int(row)].key] = (str(edit[NEW] or ""), "")
    for cell in some:
        if not filling.texts.get(cell.key, ("", ""))[0] or filling.texts[cell.key][1]:
            value, source = cell.offers[ground]
            filling.texts[cell.key] = (_as_typed(value), source.replace(NB, " "))
    filling.turn += 1


def _as_typed(value: Decimal) -> str:
    return plain_decimal(value).replace(".", ",")


def _editor(here: Session, cells: Sequence[PlanCell], filling: PlanFilling) -> Mapping[int, str]:
    """What stands in the last column, typed or proposed, by row."""
    texts = [filling.texts.get(cell.key, ("", "")) for cell in cells]
    frame = pd.DataFrame(
        {
            "Показатель": [cell.name for cell in cells],
            "Уровень": [cell.level for cell in cells],
            NEW: [text for text, _ in texts],
            SOURCE: [source or "—" for _, source in texts],
            "Чем": ["число" if cell.counted else "%" for cell in cells],
            "Сейчас": [amount(cell.plan) if cell.plan else "—" for cell in cells],
            "План был": [_offered(cell, "plan") for cell in cells],
            "У половины": [_offered(cell, "half") for cell in cells],
            "У лучшей четверти": [_offered(cell, "quarter") for cell in cells],
        }
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        num_rows="fixed",
        disabled=[name for name in frame.columns if name != NEW],
        column_config={
            "Показатель": st.column_config.TextColumn(width=235),
            "Уровень": st.column_config.TextColumn(width=110),
            NEW: st.column_config.TextColumn(max_chars=20, help="80 или 62,5", width=102),
            SOURCE: st.column_config.TextColumn(help="Откуда предложение; целиком — двойным щелчком", width=138),
            "Чем": st.column_config.TextColumn(width=50),
        },
        height=min(420, 38 + 35 * len(cells)),
        key=f"{KEY}-{filling.turn}",
    )
    found = [str(text or "").strip() for text in edited[NEW]]
    return {row: text for row, text in enumerate(found) if text}


def _offered(cell: PlanCell, ground: Ground) -> str:
    if ground not in cell.offers:
        return "—"
    value = cell.offers[ground][0]
    return number(value, places=2) if cell.counted else percent(value)


def _save(
    here: Session,
    cells: Sequence[PlanCell],
    typed: Mapping[int, str],
    scope: str | None,
    origin: Origin,
    ground: str,
) -> None:
    try:
        if not typed:
            raise WrongCall("Не вписано ни одного плана. Впишите хотя бы один в столбец «Новый план».")
        amounts = {
            row: typed_decimal(entry, what=f"{cells[row].name}, {cells[row].level}") for row, entry in typed.items()
        }
        proposed = _filling().texts
        sources = {row: source for row in typed if (source := _source(cells[row], proposed, typed[row]))}
        own = notice.typed_text(ground, what="Основание") if ground.strip() or len(sources) < len(typed) else ""
    except ProforientError as error:
        widgets.message(str(error))
        return
    plans = [
        _plan(here, cells[row], value, scope, origin if own else "department", own or sources[row])
        for row, value in amounts.items()
    ]

    def set_all(writer: Writer) -> None:
        for plan in plans:
            planning.set_plan(writer, plan)

    set_word = plural(len(plans), "Задан", "Заданы", "Заданы")
    said = typo(f"{set_word} {counted(len(plans), 'plans')}: {period_name(here.view.period or '')}.")
    finish(here, Deed.PLAN, set_all, said, scope)


def _source(cell: PlanCell, proposed: Mapping[FigureKey, tuple[str, str]], text: str) -> str:
    """The ground of a plan that was taken as it was proposed; empty where a person typed another one."""
    offered, source = proposed.get(cell.key, ("", ""))
    return f"{PROGRAMME}{source}" if source and offered == text else ""


def _plan(here: Session, cell: PlanCell, value: Decimal, scope: str | None, origin: Origin, ground: str) -> PlanValue:
    assert here.view.period is not None
    return PlanValue(
        period=here.view.period,
        indicator=cell.key.indicator,
        level=cell.key.level,
        cohort=cell.key.cohort,
        territory=scope,
        percent=None if cell.counted else value,
        number=value if cell.counted else None,
        origin=origin,
        ground=ground,
        author=here.person.login,
        at=now(),
    )
