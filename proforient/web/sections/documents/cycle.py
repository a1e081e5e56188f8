"""The dialog of how the municipality manages the work: ground, aim, steps with their papers, events for specialists."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from proforient.documents import typed_cycle
from proforient.documents.contents import Cycle
from proforient.errors import WrongCall
from proforient.store import amending
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.documents.saving import lines, newest_version, save
from proforient.web.session import Session, current
from proforient.wording import typo

WHAT = (
    "Цели, задачи и показатели с формулами берутся из каталога. Здесь — чем подтверждается управление в районе: шаги "
    "цикла, под каждым — его документы со знаком «–»."
)
STEPS = (
    "Нормативно-правовое обеспечение\n– Приказ Управления образования | Об утверждении системы мониторинга | 12 | "
    "10.01.2022\nМониторинг\n– Аналитическая справка Управления образования | об итогах | | январь 2022 года"
)


@st.dialog("Система работы", width="large", on_dismiss=forget)
def cycle_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = newest_version(here, number)
        widgets.caption(typo(WHAT))
        typed = _typed(here, contents.cycle)
        if st.button("Сохранить", type="primary", key="cycle-do"):
            try:
                made = typed.cycle()
            except WrongCall as error:
                widgets.message(str(error))
                return
            save(here, draft, replace(contents, cycle=made))


@dataclass(frozen=True, slots=True, kw_only=True)
class _TypedCycle:
    """What stands in the fields."""

    ground: str
    aim: str
    steps: tuple[str, ...]
    place: str
    events: tuple[str, ...]

    def cycle(self) -> Cycle:
        """WrongCall with the line that is none."""
        return Cycle(
            ground=typed_cycle.paper_of(self.ground) if self.ground.strip() else None,
            aim=self.aim.strip(),
            steps=typed_cycle.steps_of(self.steps),
            events=typed_cycle.events_of(self.events),
            method_place=self.place.strip(),
        )


def _typed(here: Session, old: Cycle) -> _TypedCycle:
    return _TypedCycle(
        ground=st.text_input(
            f"Основание: {typed_cycle.PAPER}",
            value=typed_cycle.paper_line(old.ground) if old.ground else "",
            key="cycle-ground",
            max_chars=amending.LONGEST,
            placeholder="Приказ Управления образования | О системе работы | 15 | 10.01.2022",
        ),
        aim=st.text_area(
            "Стратегическая цель (пусто — из каталога)", value=old.aim, key="cycle-aim", max_chars=amending.LONGEST,
            placeholder=here.catalogue.aim, height=70,
        ),
        steps=lines(
            f"Шаги цикла; под шагом его документы: – {typed_cycle.PAPER}",
            typed_cycle.lines_of_steps(old.steps),
            "cycle-steps",
            height=220,
            example=STEPS,
        ),
        place=st.text_input(
            "Где учат ответственных: на базе чего", value=old.method_place, key="cycle-place", max_chars=500,
            placeholder="на базе методического центра",
        ),
        events=lines(
            f"Мероприятия для ответственных, по одному в строке: {typed_cycle.EVENT}",
            typed_cycle.lines_of_events(old.events),
            "cycle-events",
            example="13.01.2022 | Семинар-практикум | Модели сопровождения выбора профессии",
        ),
    )  # fmt: skip
