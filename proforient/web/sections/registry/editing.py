"""One organisation: changed from a day on or mended, closed, added, or struck off while nothing speaks of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from proforient.access.roles import Deed
from proforient.catalogue.name_keys import normalise
from proforient.charts import marks
from proforient.intake.roll.codes import code_for
from proforient.intake.roll.inn import control_digits_hold
from proforient.monitoring import SEPARATOR, Organisation, parent_territory, territory_name
from proforient.store import enrolment, striking
from proforient.store.organisation_rows import FactRow
from proforient.web import widgets
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.sections.mergers import merger_lines
from proforient.web.sections.registry.joining import joining_buttons
from proforient.web.sections.registry.words import kind_word, levels_words
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session, current
from proforient.wording import date_ru, quoted, typo

MENDED, FROM = "Исправление: так было всегда", "С определённого дня: прежние периоды останутся"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What stands in the fields."""

    organisation: Organisation
    since: dt.date | None
    fault: str = ""
    different: tuple[str, ...] = ()  # its code, where somebody has said that it is another one than it looks like


@st.dialog("Организация", width="medium", on_dismiss=forget)
def organisation_dialog(code: str) -> None:
    here = current()
    with reading(here):
        before = here.reader.organisation(code) if code else None
        for line in merger_lines(here, code) if code else ():
            widgets.message(line + ".")
        typed = _fields(here, before)
        with st.container(horizontal=True):
            if st.button("Сохранить", type="primary", key="registry-save"):
                _save(here, before, typed)
            if before is not None:
                joining_buttons(here, before)
            if before is not None and not here.reader.hanging(code):
                _strike(here, before)
        if before is not None:
            _past(here, here.reader.facts_of(code))


def _fields(here: Session, before: Organisation | None) -> _Typed:
    key, catalogue = f"registry-{before.code if before else 'new'}", here.catalogue
    name = st.text_input("Название", value=before.name if before else "", key=f"{key}-name", max_chars=200,
                         placeholder="Например: Школа № 5")  # fmt: skip
    full = st.text_input("Полное название (как в уставе, можно пусто)", value=before.full_name if before else "",
                         key=f"{key}-full", max_chars=400)  # fmt: skip
    kinds = list(catalogue.organisation_kinds)
    kind = st.selectbox("Вид", kinds, index=kinds.index(before.kind) if before and before.kind in kinds else 0,
                        format_func=lambda k: kind_word(catalogue, k), key=f"{key}-kind")  # fmt: skip
    levels = _levels(here, before, kind, key)
    left, right = st.columns(2)
    with left:
        inn = st.text_input("ИНН", value=before.inn if before else "", key=f"{key}-inn", max_chars=12)
        opened = _day("Открыта (пусто — давно)", before.opened if before else None, f"{key}-opened")
    with right:
        place = st.text_input(
            "Муниципалитет", value=territory_name(before.territory if before else _usual(here)), key=f"{key}-place"
        )
        closed = _day("Не работает с дня (пусто — работает)", before.closed if before else None, f"{key}-closed")
    head = _head(here, before, key)
    since = _since(before, key)
    organisation = Organisation(
        code=before.code if before else code_for(name, kind, here.reader.roster().rows),
        inn=inn.strip(),
        name=name.strip(),
        full_name=full.strip(),
        kind=kind,
        levels=tuple(levels),
        territory=_path(here, before, place),
        part_of=head,
        opened=opened,
        closed=closed,
    )
    fault = _fault(organisation, before, since, key)
    found = [] if fault else _twins(here, before, organisation)
    if found and not _is_other(found, organisation, key):
        fault = "Отметьте, что это другая организация, или исправьте ИНН и название."
    return _Typed(organisation=organisation, since=since, fault=fault, different=(organisation.code,) if found else ())


def _twins(here: Session, before: Organisation | None, organisation: Organisation) -> list[enrolment.Twins]:
    """Those in the register that it may be; nobody is looked for while nothing that names it is changed."""
    named = (organisation.inn, organisation.name, organisation.full_name, organisation.territory)
    if before is not None and named == (before.inn, before.name, before.full_name, before.territory):
        return []
    return enrolment.twins([organisation], enrolment.newest(here.reader))


def _is_other(found: Sequence[enrolment.Twins], organisation: Organisation, key: str) -> bool:
    """Shows whom it looks like, and asks: a tick for one of them is none for another."""
    lines, others = [], []
    for pair in found:
        other = pair.first if pair.second.code == organisation.code else pair.second
        what = f"Такой ИНН ({pair.inn}) уже" if pair.inn else "Такое название в этом муниципалитете уже"
        shut = f", не работает с {date_ru(other.closed, 'digits')}" if other.closed else ""
        lines.append(marks.tag("p", typo(f"{what} у {quoted(other.name)} (код {other.code}{shut}).")))
        others.append(other.code)
    widgets.show_html(marks.tag("div", marks.joined(lines), "pf-message", role="status"))
    return st.checkbox("Это другая организация", key=f"{key}-other-{','.join(others)}")


def _levels(here: Session, before: Organisation | None, kind: str, key: str) -> list[str]:
    """Those that the kind may have; with another kind those that it proposes."""
    entry = here.catalogue.organisation_kinds[kind]
    own = before.levels if before and before.kind == kind else entry.proposes
    offered = list(dict.fromkeys([*entry.proposes, *entry.allows, *own]))
    ordered = [code for code in here.catalogue.levels if code in offered]
    return st.multiselect("Уровни, о которых она отчитывается", ordered, default=[c for c in ordered if c in own],
                          format_func=lambda c: here.catalogue.levels[c].name, key=f"{key}-levels-{kind}")  # fmt: skip


def _head(here: Session, before: Organisation | None, key: str) -> str | None:
    """Of a branch, the organisation that it is part of."""
    register = here.reader.roster(territory=before.territory if before else _usual(here) or None)
    names = {code: name for code, name in register.names.items() if before is None or code != before.code}
    offered = {"": "нет, это не филиал", **{code: names[code] for code in register if code in names}}
    own = before.part_of or "" if before else ""
    named = f"{key}-head"
    labels = widgets.offered(named, offered, st.session_state.get(named, own), "Найти головную организацию")
    index = list(labels).index(own) if own in labels else 0
    chosen = st.selectbox("Головная организация", list(labels), index=index, format_func=lambda c: labels.get(c, c),
                          key=named)  # fmt: skip
    return chosen or None


def _since(before: Organisation | None, key: str) -> dt.date | None:
    """From which day a change of name, kind, levels or municipality holds."""
    if before is None:
        return None
    how = st.radio("Что меняется", (MENDED, FROM), key=f"{key}-how")
    return _day("С какого дня верно", None, f"{key}-since") if how == FROM else None


def _day(label: str, value: dt.date | None, key: str) -> dt.date | None:
    found = st.date_input(label, value=value, format="DD.MM.YYYY", min_value=dt.date(1900, 1, 1), key=key)
    return found if isinstance(found, dt.date) else None


def _usual(here: Session) -> str:
    return here.view.territory or here.reader.home()


def _path(here: Session, before: Organisation | None, place: str) -> str:
    """The municipality by its name: one that is known, else below the same region."""
    name = " ".join(place.split())
    known = [path for path in here.reader.territories() if parent_territory(path)]
    same = next((path for path in known if normalise(territory_name(path)) == normalise(name)), None)
    if same is not None:
        return same
    usual = before.territory if before else _usual(here)
    region = parent_territory(usual) or usual
    return SEPARATOR.join(part for part in (region, name) if part)


def _fault(organisation: Organisation, before: Organisation | None, since: dt.date | None, key: str) -> str:
    """Why it cannot be saved as it is; empty where it can."""
    if not organisation.name:
        return "Впишите название."
    known = before is not None and before.inn == organisation.inn
    if organisation.inn and not known and not control_digits_hold(organisation.inn):
        return "ИНН не сходится по контрольной цифре: нужно 10 цифр без опечатки. Исправьте его или оставьте пустым."
    if not parent_territory(organisation.territory):
        return "Впишите муниципалитет."
    if before is not None and since is None and st.session_state.get(f"{key}-how") == FROM:
        return "Выберите день, с которого это верно."
    return ""


def _save(here: Session, before: Organisation | None, typed: _Typed) -> None:
    if typed.fault:
        widgets.message(typed.fault)
        return
    organisation = typed.organisation
    words = f"В реестре изменена {quoted(organisation.name)}." if before else f"Внесена {quoted(organisation.name)}."
    finish(
        here,
        Deed.REGISTER,
        lambda writer: enrolment.import_organisations(
            writer, [organisation], since=typed.since, different=typed.different
        ),
        typo(words),
        before or organisation.territory,
    )


def _strike(here: Session, organisation: Organisation) -> None:
    if st.button("Внесена по ошибке: убрать", key="registry-strike"):
        said = typo(f"Из реестра убрана {quoted(organisation.name)}.")
        finish(here, Deed.REGISTER, lambda writer: striking.strike(writer, organisation.code), said, organisation)


def _past(here: Session, facts: Sequence[FactRow]) -> None:
    """What it was called and was before, where anything has changed."""
    if len(facts) < 2:
        return
    rows = [
        [
            "давно" if fact.since.year == 1 else f"с {date_ru(fact.since, 'digits')}",
            fact.name,
            kind_word(here.catalogue, fact.kind),
            levels_words(here.catalogue, fact.levels.split(",")),
        ]
        for fact in reversed(facts)
    ]
    widgets.show_html(folded("Как менялась", marks.table(["С какого дня", "Название", "Вид", "Уровни"], rows)))
