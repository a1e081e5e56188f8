"""«Планы таблицей»: all plan values of a period in one table, typed or pasted from Excel, with one ground for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.requirements import Plans, in_force
from proforient.catalogue.entries import Origin
from proforient.catalogue.figures import FigureKey
from proforient.charts import marks
from proforient.errors import ProforientError, WrongCall
from proforient.monitoring import PlanValue, now, territory_name
from proforient.store import planning
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.number_field import typed_decimal
from proforient.web.sections import notice
from proforient.web.sections.dialog import finish, forget, reached, reading
from proforient.web.sections.period.plans import ORIGINS, amount
from proforient.web.session import Session, current
from proforient.wording import counted, period_name, plural, typo

NEW = "Новый план"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCell:
    """A row of the table: a figure that can have a plan, the one that holds, and that of the period before."""

    key: FigureKey
    counted: bool  # whether the plan is a number, not a percent
    name: str
    level: str
    plan: PlanValue | None
    before: PlanValue | None


@st.dialog("Планы таблицей", width="large", on_dismiss=forget)
def plan_table_dialog() -> None:
    here = current()
    with reading(here):
        cells = list(_cells(here))
        widgets.show_html(
            marks.tag(
                "p",
                "Впишите проценты или числа в последний столбец или вставьте столбец из Excel (Ctrl + V). Пустая "
                "ячейка оставляет план как есть.",
            )
        )
        typed = _editor(cells)
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


def _cells(here: Session) -> Iterator[PlanCell]:
    """What the period asks, at every level, for everybody; in the catalogue's order."""
    assert here.view.period is not None
    catalogue, place = here.catalogue, here.view.territory or ""
    period = here.reader.period(here.view.period, territory=here.view.territory)
    plans = Plans(here.reader.plans(period.code, territory=here.view.territory))
    earlier = Plans(here.reader.plans(period.previous, territory=here.view.territory) if period.previous else [])
    cohort = next(iter(catalogue.cohorts))
    for indicator in catalogue.indicators.values():
        if indicator.formula.plan_in is None or not in_force(catalogue, indicator.code, period):
            continue
        for level in (v for v in catalogue.levels if v in indicator.levels):
            key = FigureKey(indicator.code, level, cohort)
            yield PlanCell(
                key=key,
                counted=indicator.formula.plan_in == "number",
                name=f"{indicator.number} {indicator.short or catalogue.indicator_name(indicator.code)}".strip(),
                level=catalogue.levels[level].short,
                plan=plans.nearest(place, key),
                before=earlier.nearest(place, key),
            )


def _editor(cells: Sequence[PlanCell]) -> Mapping[int, str]:
    """What was typed, by row."""
    frame = pd.DataFrame(
        {
            "Показатель": [cell.name for cell in cells],
            "Уровень": [cell.level for cell in cells],
            "Чем": ["число" if cell.counted else "%" for cell in cells],
            "Прошлый период": [amount(cell.before) if cell.before else "—" for cell in cells],
            "План сейчас": [amount(cell.plan) if cell.plan else "—" for cell in cells],
            NEW: [""] * len(cells),
        }
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        num_rows="fixed",
        disabled=[name for name in frame.columns if name != NEW],
        column_config={
            "Показатель": st.column_config.TextColumn(width="large"),
            NEW: st.column_config.TextColumn(max_chars=20, help="80 или 62,5"),
        },
        height=min(420, 38 + 35 * len(cells)),
        key="period-plans-table",
    )
    texts = [str(text or "").strip() for text in edited[NEW]]
    return {row: text for row, text in enumerate(texts) if text}


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
        text = notice.typed_text(ground, what="Основание")
        amounts = {
            row: typed_decimal(entry, what=f"{cells[row].name}, {cells[row].level}") for row, entry in typed.items()
        }
    except ProforientError as error:
        widgets.message(str(error))
        return
    plans = [_plan(here, cells[row], value, scope, origin, text) for row, value in amounts.items()]

    def set_all(writer: Writer) -> None:
        for plan in plans:
            planning.set_plan(writer, plan)

    set_word = plural(len(plans), "Задан", "Заданы", "Заданы")
    said = typo(f"{set_word} {counted(len(plans), 'plans')}: {period_name(here.view.period or '')}.")
    finish(here, Deed.PLAN, set_all, said, scope)


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
