"""The letter to organisations, to be taken away from «Проблемы»: made when somebody asks for it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from proforient.access.roles import Deed, demand
from proforient.documents.contents import NOTHING
from proforient.documents.issuing import fault_of_folder, file_name, issued
from proforient.documents.kinds.letter import KIND
from proforient.documents.record import Audience
from proforient.documents.state import frozen_state
from proforient.monitoring import now
from proforient.web import widgets
from proforient.web.session import Session

WHAT = (
    "Word с числами этого периода: доли у планов, проблемы, рекомендации по адресатам. Жёлтое заполняют в Word: срок, "
    "ответственного, дату и номер. В письме для организаций числа округлены, как на открытой странице, и никто не "
    "назван; в экземпляре для управления числа точные и названы организации, которые закроют нехватку."
)
BUTTONS = {Audience.OUTSIDE: "Письмо для организаций", Audience.INTERNAL: "Экземпляр для управления"}


def offer(here: Session) -> None:
    """Two files, for those who may show the territory's figures to others."""
    view = here.view
    if view.territory is None or view.period is None or not here.may(Deed.PRESENT, view.territory):
        return
    widgets.section(KIND.title)
    fault = fault_of_folder(here.settings.templates, KIND, view.territory)
    if fault:
        widgets.message(fault, heading="Шаблон письма не подходит")
        return
    widgets.caption(WHAT)
    with st.container(horizontal=True):
        for audience, label in BUTTONS.items():
            st.download_button(
                label,
                partial(_made, here, view.territory, view.period, audience),
                file_name=file_name(KIND, audience, view.territory, view.period),
                icon=":material/download:",
                key=f"letter-{audience}",
                on_click="ignore",
            )


def _made(here: Session, territory: str, period: str, audience: Audience) -> bytes:
    """Of the figures as they are when it is asked for, with a transaction of its own: the page's has ended by then."""
    demand(here.person, Deed.PRESENT, territory)
    whole = next(c.code for c in here.catalogue.cohorts.values() if c.part_of is None)
    with here.store.read() as reader:
        state = frozen_state(reader, here.catalogue, period, territory=territory, cohort=whole)
        today = now().astimezone(reader.zone(territory)).date()
    return issued(KIND.compose(state, audience, today, NOTHING), here.settings.templates)
