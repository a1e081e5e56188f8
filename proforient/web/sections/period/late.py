"""After closing: for whom the period is open again, until when and why; what has come since; opening it for one."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.charts.sentences.standings import STANDINGS
from proforient.errors import ProforientError
from proforient.monitoring import Period, Reopening, ReportStanding
from proforient.store.reopening import LONGEST, close_again, reopen_for
from proforient.web import widgets
from proforient.web.sections import late as since
from proforient.web.sections import notice
from proforient.web.sections.dialog import act, ask, finish, forget, reading
from proforient.web.sections.period.collection import Collection, read_collection
from proforient.web.session import Session, current
from proforient.wording import date_ru, period_name, typo

FIRST = (ReportStanding.OVERDUE, ReportStanding.RETURNED, ReportStanding.INCOMPLETE, ReportStanding.REVIEW)


def late(here: Session, campaign: Collection) -> None:
    """Nothing while the period is open for everybody."""
    period = campaign.period
    if period is None or period.state == "open":
        return
    again = open_again(here, campaign)
    moment = _closed_at(here, period)
    came = since.handed_in_after(here, campaign.code, campaign.place, moment) if moment else []
    mine = here.may(Deed.APPROVE, period.territory)
    if not again and not came:
        return
    widgets.section("После закрытия")
    for one in again:
        _line(here, campaign, one, mine=mine)
    if came:
        items = marks.joined(marks.tag("li", line) for line in came)
        widgets.show_html(
            marks.joined([marks.tag("p", "Сданы после закрытия, доли изменились:"), marks.tag("ul", items)])
        )


def open_again(here: Session, campaign: Collection) -> list[Reopening]:
    """Those for whom it is open today, in the order of the register."""
    homes = campaign.reports.homes
    found = (
        here.reader.reopening(campaign.code, code, homes[code])
        for code in campaign.reports
        if code in here.reader.reopenings(campaign.code)
    )
    return [one for one in found if one is not None]


def _line(here: Session, campaign: Collection, one: Reopening, *, mine: bool) -> None:
    code = one.organisation
    with st.container(horizontal=True, vertical_alignment="center", key=f"period-row-late-{code}"):
        stands = STANDINGS[campaign.standings[code]]
        head = marks.joined([marks.tag("b", campaign.name(code)), marks.html(f"отчёт {stands}")], " ")
        sentence = typo(f"приём открыт до {date_ru(one.last_day, 'digits')}: {one.reason}")
        widgets.show_html(marks.joined([head, marks.tag("small", sentence, "pf-quiet pf-line")]))
        if mine:
            args = (here.mark, campaign.code, code, campaign.name(code))
            st.button("Закрыть сейчас", key=f"period-late-close-{code}", on_click=_close, args=args)


def _close(mark: int, period: str, organisation: str, name: str) -> None:
    """A callback."""
    here = current()
    with here.store.read() as reader:
        whose = reader.nearest_opening(period, reader.place_of(period, organisation))
    refused = act(
        here,
        Deed.APPROVE,
        lambda writer: close_again(writer, period, organisation),
        whose.period.territory if whose else None,
        mark=mark,
        click=("late-close", period, organisation),
    )
    notice.say(refused or typo(f"Приём закрыт и для этой организации: {name}."))


def late_button(here: Session) -> None:
    """Beside that for everybody."""
    label = "Открыть одной организации…"
    st.button(label, key="period-late", on_click=ask, args=(here.mark, "late"))


@st.dialog("Открыть приём одной организации", on_dismiss=forget)
def late_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is None or campaign.period is None:
            return
        words = (
            f"{period_name(campaign.code)}: для остальных приём останется закрыт. После последнего дня он закроется и "
            "для этой организации, сам. Что она сдаст, войдёт в доли с пометкой «с опозданием»."
        )
        widgets.show_html(marks.tag("p", words))
        _ask(here, campaign, campaign.period)


def _ask(here: Session, campaign: Collection, period: Period) -> None:
    order = {code: FIRST.index(s) if s in FIRST else len(FIRST) for code, s in campaign.standings.items()}
    # order: who is late first, of equals the register's
    offered = sorted((code for code in campaign.reports if code in order), key=lambda code: order[code])

    key = "period-late-whose"
    names = {code: campaign.name(code) for code in offered}
    labels = widgets.offered(key, names, st.session_state.get(key), "Найти организацию")

    def shown(code: str) -> str:
        return f"{labels.get(code, code)} — {STANDINGS[campaign.standings[code]]}"

    whose = st.selectbox("Организация", list(labels), format_func=shown, index=None, key=key,
                         placeholder="Выберите организацию")  # fmt: skip
    last_day = st.date_input("Последний день для неё", value=None, format="DD.MM.YYYY", key="period-late-day")
    reason = st.text_area("Причина", key="period-late-reason", max_chars=LONGEST, placeholder="Например: карантин")
    if not st.button("Открыть", type="primary", key="period-late-do"):
        return
    if whose is None or not isinstance(last_day, dt.date):
        widgets.message("Выберите организацию и последний день.")
        return
    try:
        text = notice.typed_text(reason, what="Причина")
    except ProforientError as error:
        widgets.message(str(error))
        return
    do = partial(reopen_for, period=campaign.code, organisation=whose, last_day=last_day, reason=text)
    said = typo(f"Приём открыт до {date_ru(last_day)}: {campaign.name(whose)}.")
    nearest = here.reader.nearest_opening(campaign.code, campaign.reports.homes[whose])
    finish(here, Deed.APPROVE, do, said, nearest.period.territory if nearest else period.territory)


def _closed_at(here: Session, period: Period) -> dt.datetime | None:
    """When it was closed for this territory, for the last time."""
    for event in here.reader.events(object=f"period/{period.code}", action="period.closed"):
        if json.loads(event.detail).get("territory") in (None, period.territory):
            return event.at
    return None
