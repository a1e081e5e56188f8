"""Files of the same figures to take away from «Проблемы»: slides, a workbook, the letter as PDF, all sheets as a ZIP.

Each is made when somebody asks for it, in a transaction of its own; who waits for the sheets sees how many are made.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from proforient.access.roles import Deed, demand
from proforient.documents.all_sheets import zip_of_sheets
from proforient.documents.contents import NOTHING
from proforient.documents.file_names import file_name as named
from proforient.documents.files import FILES, FileKind
from proforient.documents.issuing import fault_of_folder, file_name, issued
from proforient.documents.kinds import letter, sheet
from proforient.documents.offices import office_of
from proforient.documents.pdf import as_pdf, why_not
from proforient.documents.record import Audience
from proforient.documents.sheets import sheet_states
from proforient.documents.state import frozen_state
from proforient.monitoring import now
from proforient.web import widgets
from proforient.web.sections import letter as letter_section
from proforient.web.session import Session
from proforient.wording import counted, number, typo

KEPT = "proforient.problems.sheets"
WHAT = (
    "Слайды, в которых диаграммы с планами правятся в PowerPoint; книга, в которой нехватка считается формулами; лист "
    "каждой организации с её рекомендациями, самодиагностикой и проектом плана — одним архивом."
)
EXACT = "Точные числа и названия организаций, для управления"
ICON = ":material/download:"


def everything(here: Session) -> None:
    """The letter and the files, closed until somebody looks for them; nothing for those who may not show figures."""
    view = here.view
    if view.territory is not None and view.period is not None and here.may(Deed.PRESENT, view.territory):
        with st.expander("Скачать письмо, слайды, книгу, листы организаций", icon=ICON):
            letter_section.offer(here)
            offer(here)


def offer(here: Session) -> None:
    """For those who may show the territory's figures to others; rounded until they ask for the exact ones."""
    view = here.view
    if view.territory is None or view.period is None or not here.may(Deed.PRESENT, view.territory):
        return
    widgets.section("Слайды, книга, листы организаций")
    fault = fault_of_folder(here.settings.templates, sheet.KIND, view.territory)
    if fault:
        widgets.message(fault, heading="Шаблон листа не подходит")
        return
    widgets.caption(WHAT)
    audience = Audience.INTERNAL if st.toggle(EXACT, key="takeaway-exact") else Audience.OUTSIDE
    with st.container(horizontal=True):
        for kind in FILES.values():
            st.download_button(
                kind.title,
                partial(_made, here, kind, view.territory, view.period, audience),
                file_name=_name(kind.title, audience, view.territory, view.period, kind.ending),
                icon=ICON,
                key=f"takeaway-{kind.code}",
                on_click="ignore",
            )
        _pdf(here, view.territory, view.period, audience)
        asked = st.button("Собрать листы организаций", icon=":material/folder_zip:", key="takeaway-sheets")
    _sheets(here, view.territory, view.period, audience, asked=asked)


def _name(what: str, audience: Audience, territory: str, period: str, ending: str) -> str:
    whose = "для управления" if audience is Audience.INTERNAL else ""
    return named(what, whose=whose, territory=territory, period=period, ending=ending)


def _whole(here: Session) -> str:
    return next(c.code for c in here.catalogue.cohorts.values() if c.part_of is None)


def _made(here: Session, kind: FileKind, territory: str, period: str, audience: Audience) -> bytes:
    demand(here.person, Deed.PRESENT, territory)
    with here.store.read() as reader:
        state = frozen_state(reader, here.catalogue, period, territory=territory, cohort=_whole(here))
        today = now().astimezone(reader.zone(territory)).date()
        office = office_of(here.settings.templates, territory, state.office)
        return kind.make(reader, state, audience, today, NOTHING, office)


def _pdf(here: Session, territory: str, period: str, audience: Audience) -> None:
    """Where it cannot be made the button says why."""
    why = why_not()
    st.download_button(
        "Письмо в PDF",
        partial(_letter, here, territory, period, audience),
        file_name=file_name(letter.KIND, audience, territory, period).removesuffix("docx") + "pdf",
        icon=ICON,
        key="takeaway-pdf",
        on_click="ignore",
        disabled=bool(why),
        help=typo(why) or None,
    )


def _letter(here: Session, territory: str, period: str, audience: Audience) -> bytes:
    demand(here.person, Deed.PRESENT, territory)
    with here.store.read() as reader:
        state = frozen_state(reader, here.catalogue, period, territory=territory, cohort=_whole(here))
        today = now().astimezone(reader.zone(territory)).date()
    return as_pdf(issued(letter.KIND.compose(state, audience, today, NOTHING), here.settings.templates), "docx")


def _sheets(here: Session, territory: str, period: str, audience: Audience, *, asked: bool) -> None:
    """Made once for these figures; then they are there to be taken."""
    key = (territory, period, audience, here.store.version)
    if asked:
        st.session_state[KEPT] = (key, *_all_sheets(here, territory, period, audience))
    archive = st.session_state.get(KEPT)
    if archive is None or archive[0] != key:
        return
    data, made = archive[1:]
    st.download_button(
        typo(f"Скачать листы: {counted(made, 'files')}"),
        data,
        file_name=_name("Листы организаций", audience, territory, period, "zip"),
        mime="application/zip",
        type="primary",
        icon=ICON,
        key="takeaway-zip",
        on_click="ignore",
    )


def _all_sheets(here: Session, territory: str, period: str, audience: Audience) -> tuple[bytes, int]:
    demand(here.person, Deed.PRESENT, territory)
    bar = st.progress(0.0, "Считаем листы…")
    with here.store.read() as reader:
        states = sheet_states(reader, here.catalogue, period, territory=territory, cohort=_whole(here))
        today = now().astimezone(reader.zone(territory)).date()
        documents = [sheet.KIND.compose(state, audience, today, NOTHING) for state in states]

    def show_progress(done: int, of: int) -> None:
        bar.progress(done / of, typo(f"Готово {number(done)} из {number(of)}"))

    data = zip_of_sheets(documents, here.settings.templates, show_progress)
    bar.empty()
    return data, len(documents)


__all__ = ["offer"]
