"""«Бланки для всех»: the forms of everybody who is asked something, made one after another, as one ZIP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from proforient.charts import marks
from proforient.documents import bundle
from proforient.documents.file_names import file_name
from proforient.intake.checks.missing_counts import asked_of
from proforient.intake.model import Known
from proforient.monitoring import Organisation, Period
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.period.collection import Collection, read_collection
from proforient.web.sections.period.reminders import address_of
from proforient.web.session import Session, current
from proforient.wording import counted, number, typo

KEPT = "proforient.period.forms"


@st.dialog("Бланки для всех", on_dismiss=forget)
def forms_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is not None and campaign.period is not None:
            _offer(here, campaign, campaign.period)


def _offer(here: Session, campaign: Collection, period: Period) -> None:
    asked = [o for o in campaign.organisations.listed() if o.open_on(period.ends) and _is_asked(here, o, period)]
    if not asked:
        widgets.message("Ни у одной организации этот период ничего не спрашивает.")
        return
    days = here.reader.last_days(period.code, {one.code: one.territory for one in asked})
    asked = [one for one in asked if one.code in days]
    if not asked:
        widgets.message("Приём закрыт и никому не открыт снова: заполнять бланк некому.")
        return
    data = _made(here, asked, period, days)
    widgets.show_html(
        marks.tag(
            "p",
            f"Готово: {counted(len(asked), 'files')}, по одному на организацию. В каждом только то, что спрашивают у "
            "неё; по бланку программа сама узнает, чей он, когда его вернут.",
        )
    )
    st.download_button(
        "Скачать ZIP",
        data,
        file_name=file_name("Бланки", territory=campaign.place or "", period=period.code, ending="zip"),
        mime="application/zip",
        type="primary",
        icon=":material/download:",
        key="period-forms-do",
        on_click="ignore",
    )


def _is_asked(here: Session, organisation: Organisation, period: Period) -> bool:
    return next(asked_of(here.catalogue, organisation, period), None) is not None


def _known(here: Session, period: Period) -> Known:
    return here.reader.known(period.code, territory=here.view.territory)


def _made(here: Session, asked: list[Organisation], period: Period, days: Mapping[str, dt.date]) -> bytes:
    """Made once for a dialog that is drawn again at every touch."""
    key = (here.view.territory, period, here.store.version, days)
    archive = st.session_state.get(KEPT)
    if archive is None or archive[0] != key:
        bar = st.progress(0.0, "Готовим бланки…")

        def advance(made: int) -> None:
            bar.progress(made / len(asked), typo(f"Готово {number(made)} из {number(len(asked))}"))

        archive = st.session_state[KEPT] = (
            key,
            bundle.forms(here.catalogue, asked, period, advance, _known(here, period), days, address_of(here)),
        )
        bar.empty()
    data = archive[1]
    assert isinstance(data, bytes)
    return data
