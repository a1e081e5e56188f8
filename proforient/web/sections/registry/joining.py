"""«Присоединить к другой…»: one organisation goes into another from a day on; what that does is said before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import streamlit as st

from proforient.access.roles import Deed, demand
from proforient.charts import marks
from proforient.monitoring import Merger, Organisation
from proforient.store import merging
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.clock import today
from proforient.web.sections.dialog import ask, dialog_mark, finish, forget, reading
from proforient.web.session import Session, current
from proforient.wording import counted, date_ru, join, period_name, quoted, typo


def joining_buttons(here: Session, organisation: Organisation) -> None:
    """In the dialog of an organisation: the way to joining it, or back."""
    merger = here.reader.mergers().get(organisation.code)
    if merger is None:
        if st.button("Присоединить к другой…", key="registry-merge"):
            ask(dialog_mark(), "merge", organisation.code)
            st.rerun()
        return
    successor = here.reader.organisation(merger.successor)
    if here.may(Deed.REGISTER, successor) and st.button("Отменить присоединение", key="registry-unmerge"):
        _unmerge(here, organisation, successor)


def _unmerge(here: Session, organisation: Organisation, successor: Organisation) -> None:
    def do(writer: Writer) -> None:
        demand(here.person, Deed.REGISTER, successor)
        merging.unmerge(writer, organisation.code)

    said = f"Присоединение {quoted(organisation.name)} отменено: она снова сдаёт отчёт сама."
    finish(here, Deed.REGISTER, do, typo(said), organisation)


@st.dialog("Присоединить к другой организации", width="medium", on_dismiss=forget)
def merge_dialog(code: str) -> None:
    here = current()
    with reading(here):
        organisation = here.reader.organisation(code)
        words = (
            f"{quoted(organisation.name)} закроется с этого дня. За периоды, которые кончились раньше, её числа "
            "останутся как есть. За периоды, которые кончаются в этот день или позже, отчитается другая: каждого "
            "ребёнка посчитают один раз."
        )
        widgets.show_html(marks.tag("p", typo(words)))
        day = st.date_input("С какого дня", value=organisation.closed, format="DD.MM.YYYY", key="registry-merge-day",
                            min_value=dt.date(1900, 1, 1))  # fmt: skip
        into = _successor(here, organisation)
        if isinstance(day, dt.date) and into is not None:
            effects = list(_effects(here, organisation, into, day))
            if effects:
                widgets.show_html(marks.tag("ul", marks.joined(marks.tag("li", typo(text)) for text in effects)))
        if st.button("Присоединить", type="primary", key="registry-merge-do"):
            _merge(here, organisation, into, day if isinstance(day, dt.date) else None)


def _successor(here: Session, organisation: Organisation) -> Organisation | None:
    """Whom it is joined to: of those who act's reach, by name."""
    register = here.reader.roster(territory=here.person.territory or None)
    names = {c: name for c, name in register.names.items() if c != organisation.code and register[c].closed is None}
    offered = {code: names[code] for code in register if code in names}
    key = "registry-merge-into"
    labels = widgets.offered(key, offered, st.session_state.get(key), "Найти организацию")
    chosen = st.selectbox("К какой", list(labels), index=None, format_func=lambda c: labels.get(c, c), key=key,
                          placeholder="Выберите организацию")  # fmt: skip
    return register[chosen] if chosen else None


def _effects(here: Session, who: Organisation, into: Organisation, day: dt.date) -> Iterator[str]:
    """What comes with it besides closing: accounts, what was typed and not handed in, levels that nobody has then."""
    logins = join(list(here.reader.logins_of(who.code)))
    if logins and day <= today(here.zone):
        yield f"Её вход закроется: {logins}. Приглашения погаснут. Отмена присоединения откроет вход снова."
    elif logins:
        yield f"Её вход ({logins}) останется; когда день наступит, закройте его на странице «Кто входит»."
    for period, many in here.reader.typed_of(who.code, day).items():
        yield (
            f"В её бланке за {period_name(period)} набрано и не сдано: {counted(many, 'numbers')}. Они "
            "никуда не перенесутся и в доли не войдут."
        )
    for period in here.reader.reported_from(into.code, day):
        yield (
            f"{quoted(into.name)} уже сдала числа за {period_name(period)} без этих детей. Верните ей отчёт: пусть "
            "сдаст их вместе."
        )
    levels = here.catalogue.levels
    lacking = [levels[code].name for code in levels if code in who.levels and code not in into.levels]
    if lacking:
        yield (
            f"У {quoted(into.name)} нет уровней: {', '.join(lacking)}. Если эти дети теперь учатся там, добавьте ей "
            "уровни с того же дня, иначе о них никто не отчитается."
        )


def _merge(here: Session, organisation: Organisation, into: Organisation | None, day: dt.date | None) -> None:
    if into is None or day is None:
        widgets.message("Выберите день и организацию, к которой присоединяют.")
        return

    def do(writer: Writer) -> Merger:
        demand(here.person, Deed.REGISTER, into)
        return merging.merge(writer, organisation.code, into.code, day=day)

    said = f"{quoted(organisation.name)} присоединена к {quoted(into.name)} с {date_ru(day)}."
    finish(here, Deed.REGISTER, do, typo(said), organisation)
