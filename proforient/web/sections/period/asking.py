"""«Что спрашиваем»: a ready choice of indicators or one's own, with how many numbers it comes to, while one chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.questionnaire import EVERYTHING, HEADLINE, LETTER, Burden, burden, ready_choices
from proforient.catalogue.applicability import asked_in
from proforient.catalogue.entries import Catalogue
from proforient.charts import marks
from proforient.monitoring import Contingent, Period
from proforient.store.asking import set_asked
from proforient.web import widgets
from proforient.web.sections.dialog import finish, forget, leave, reading
from proforient.web.sections.period.collection import read_collection
from proforient.web.session import Session, current
from proforient.wording import capital, counted, number, period_name, typo

OWN = "own"
WORDS = {
    HEADLINE: "Только главное: охват по уровням",
    LETTER: "Для письма: охват и то, по чему видны проблемы",
    EVERYTHING: "Всё, что есть в каталоге",
    OWN: "Выбрать показатели",
}
SHORT = {"school": "школа", "preschool": "детский сад", "additional": "дополнительное образование"}


def choose_asked(
    here: Session,
    year: int,
    day: dt.date,
    territory: str | None,
    key: str,
    now: Collection[str] | None = None,
    known: Sequence[Contingent] = (),
) -> frozenset[str]:
    """The indicators that are chosen. ``now``: those that the period asks so far; ``day``: its last."""
    ready = ready_choices(here.catalogue, year, territory)
    names = [*ready, OWN]
    same = next((name for name, codes in ready.items() if now is not None and set(now) == codes), OWN)
    usual = names.index(same if now is not None else EVERYTHING)
    name = st.radio("Что спрашиваем", names, index=usual, format_func=lambda n: WORDS[n], key=f"{key}-set")
    asked = ready[name] if name in ready else _own(here.catalogue, year, key, now)
    register = here.reader.organisations(on=day, territory=territory)
    found = burden(here.catalogue, year, register, day, asked, known)
    widgets.caption(burden_words(here.catalogue, found))
    return asked


def _own(catalogue: Catalogue, year: int, key: str, now: Collection[str] | None) -> frozenset[str]:
    """Ticked one by one; a trend comes with its share and is not offered."""
    offered = [i for i in catalogue.indicators.values() if asked_in(catalogue, i, year) and i.of is None]
    names = {i.code: f"{i.number} {i.short or catalogue.indicator_name(i.code)}".strip() for i in offered}
    chosen = st.multiselect(
        "Показатели",
        list(names),
        default=[code for code in names if now and code in now],
        format_func=lambda code: names[code],
        placeholder="Выберите",
        key=f"{key}-own",
    )
    return frozenset(chosen)


def burden_words(catalogue: Catalogue, found: Burden) -> str:
    """«Школа — 12 чисел вместо 98, детский сад — 4 вместо 23. Всего 38 организаций сдадут 360 чисел.»"""
    parts = []
    for kind in found.kinds:
        name = SHORT.get(kind.kind, catalogue.organisation_kinds[kind.kind].name)
        parts.append(f"{name} — {_numbers(kind.numbers, kind.of)}")
    if not parts:
        return "В реестре пока никого: сколько чисел спросят, будет видно потом."
    total = f"Всего {counted(found.organisations, 'organisations')}, {counted(found.numbers, 'numbers')}."
    return typo(f"{capital(', '.join(parts))}. {total}")


def _numbers(numbers: int, of: int) -> str:
    if not numbers:
        return "ничего"
    return counted(numbers, "numbers") if numbers == of else f"{counted(numbers, 'numbers')} вместо {number(of)}"


@st.dialog("Что спрашиваем", width="medium", on_dismiss=forget)
def asked_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is not None and campaign.period is not None:
            _change(here, campaign.period)


def _change(here: Session, period: Period) -> None:
    everything = ready_choices(here.catalogue, period.year, here.view.territory)[EVERYTHING]
    known = here.reader.contingent(period.code, territory=here.view.territory)
    asked = choose_asked(
        here, period.year, period.ends, here.view.territory, "period-asked", period.asked or everything, known
    )
    widgets.show_html(
        marks.tag(
            "p",
            "Бланки и проверки сразу станут другими. Уже сданные числа останутся, даже если их больше не спрашивают.",
        )
    )
    with st.container(horizontal=True):
        if st.button("Сохранить", type="primary", key="period-asked-do"):
            if not asked:
                widgets.message("Выберите хотя бы один показатель.")
                return
            said = typo(f"{capital(period_name(period.code))}: изменено, что спрашиваем.")
            finish(here, Deed.APPROVE, lambda writer: set_asked(writer, period.code, asked), said, period.territory)
        if st.button("Оставить как есть", key="period-asked-not"):
            leave()
