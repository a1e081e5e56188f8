"""Who issues the documents of the territory: what is set, and the dialog that sets it."""

from __future__ import annotations

import streamlit as st

from proforient.access.log_words import OFFICE, actor_name
from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.documents.offices import FILE, LISTS, OF_PEOPLE, Office, office_of
from proforient.errors import Refused
from proforient.store import drafting
from proforient.web import widgets
from proforient.web.clock import moment_ru
from proforient.web.sections.dialog import ask, finish, forget, reading
from proforient.web.sections.documents.saving import lines
from proforient.web.session import Session, current
from proforient.wording import number, typo

# key of the office -> its field, and an example
FIELDS = {
    "letterhead": ("Наименование на бланке, по строкам", "Администрация района\nУправление образования"),
    "address": ("Адрес, телефон, почта, коды, по строкам", "ул. Мира, 1, п. Речной, 456000\nтел. 8 (35100) 3-00-00"),
    "name": ("Название органа: кто?", "Управление образования администрации района"),
    "name_gen": ("Название органа: кого?", "Управления образования администрации района"),
    "territory_gen": ("Территория: чего?", "Речного муниципального района"),
    "territory_prep": ("Территория: в чём?", "Речном муниципальном районе"),
    "city": ("Место: город, посёлок", "п. Речной"),
    "ground": ("Приказ о мониторинге: в чём? (от какого дня, под каким номером)", "в приказе от 10.01.2022 № 15"),
    "post": ("Должность подписывающего, по строкам", "Начальник\nУправления образования"),
    "posts": (
        "Должности и отделы, по строке: кто | кого | кому",
        "начальник отдела | начальника отдела | начальнику отдела",
    ),
}
PEOPLE = (
    "Фамилий программа не хранит: подписывающего и исполнителя вписывают в Word — или один раз в файл "
    f"{FILE} в папке шаблонов."
)
SHOWN = 10  # changes of the history


def in_force(here: Session) -> tuple[Office, str]:
    """The office of the territory; or an empty one, and why the department's file cannot be read."""
    territory = here.view.territory or ""
    stored = here.reader.office(territory)
    try:
        return office_of(here.settings.templates, territory, stored), ""
    except Refused as refused:
        return stored or Office(), str(refused)


def offer(here: Session) -> None:
    """How much of it is set, by whom, and the button; nothing for those who may not issue."""
    if not here.may(Deed.ISSUE, here.view.territory):
        return
    office, fault = in_force(here)
    widgets.section("Бланк и подписи")
    if fault:
        widgets.message(fault, heading=f"Файл {FILE} не подходит")
    widgets.caption(typo(_office_words(here, office)))
    st.button("Бланк и подписи…", key="documents-office", on_click=ask, args=(here.mark, "office"))


def _office_words(here: Session, office: Office) -> str:
    done = sum(bool(getattr(office, key)) for key in FIELDS)
    if not done:
        return "Не заполнено: в документах останутся места для названия органа, приказа, должности. Впишите один раз."
    whose = f"{actor_name(office.author)}, {moment_ru(office.at, here.zone)}" if office.at else f"из файла {FILE}"
    return f"Заполнено {number(done)} из {number(len(FIELDS))}: {whose}. Встаёт во все документы территории."


@st.dialog("Бланк и подписи", width="large", on_dismiss=forget)
def office_dialog() -> None:
    here = current()
    with reading(here):
        territory = here.view.territory or ""
        office, fault = in_force(here)
        widgets.caption(typo(fault or PEOPLE))
        given, keys = {}, list(FIELDS)
        for pair in zip(keys[::2], keys[1::2], strict=True):  # a row each: on a phone the pairs stay together
            for column, key in zip(st.columns(2), pair, strict=True):
                with column:
                    given[key] = _typed(key, office)
        if st.button("Сохранить", type="primary", key="office-do"):
            made = Office(**given)  # type: ignore[arg-type]
            said = "Бланк и подписи записаны: они встанут в каждый новый документ."
            finish(
                here, Deed.ISSUE, lambda writer: drafting.set_office(writer, territory, made), said, territory,
            )  # fmt: skip
        _history(here, territory)


def _typed(key: str, office: Office) -> str | tuple[str, ...]:
    label, example = FIELDS[key]
    old = getattr(office, key)
    if key in LISTS:
        return lines(label, old, f"office-{key}", height=110, example=example)
    given: str = st.text_input(label, old, key=f"office-{key}", max_chars=drafting.LINE, placeholder=example)
    return given.strip()


def _history(here: Session, territory: str) -> None:
    """Who changed what, newest first."""
    every = here.reader.office_history(territory)
    if not every:
        return
    with st.expander(f"Изменения: {len(every)}"):
        rows: list[list[str | Html]] = [
            [f"{actor_name(new.author)}, {moment_ru(new.at, here.zone)}", _changed(old, new)]
            for new, old in zip(every, [*every[1:], Office()], strict=True)
            if new.at is not None
        ]
        widgets.show_html(marks.table(["Кто и когда", "Что изменено"], rows[:SHOWN]))


def _changed(old: Office, new: Office) -> Html:
    lines = [_now(key, getattr(new, key)) for key in FIELDS if getattr(old, key) != getattr(new, key)]
    return marks.joined(marks.tag("span", text, "pf-line") for text in lines)


def _now(key: str, value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else "; ".join(value)
    return f"{OFFICE[key]}: {text or 'пусто'}"


assert set(FIELDS) | OF_PEOPLE | {"author", "at"} == set(Office.__dataclass_fields__)
