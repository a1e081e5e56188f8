"""«Кого ждём»: whose reports are awaited, by kind and municipality, with messages ready to copy and a file to mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from proforient.charts import marks
from proforient.charts.sentences.reminders import AWAITED, reminder_to_all
from proforient.charts.sentences.standings import STANDINGS
from proforient.documents.awaited import AwaitedReport, awaited, mail_merge
from proforient.documents.file_names import file_name
from proforient.monitoring import Organisation, Period, ReportStanding, territory_name
from proforient.web import lists, widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.period.collection import Collection, read_collection
from proforient.web.sections.period.letters import offer_letters, sends
from proforient.web.sections.registry.words import kind_word
from proforient.web.session import Session, current, link
from proforient.wording import capital, counted, number, typo
from proforient.wording.order import path_order


def read_awaited(here: Session, campaign: Collection) -> list[AwaitedReport]:
    """In the order of the register; who is asked nothing is not awaited."""
    return awaited(
        here.reader, campaign.reports, campaign.standings, campaign.contents, campaign.organisations, address_of(here)
    )


def address_of(here: Session) -> str:
    """Where a school hands in; it comes to its own page by itself."""
    return here.settings.address or link().partition("/period")[0]


@st.dialog("Кого ждём", width="large", on_dismiss=forget)
def reminders_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is None or campaign.period is None:
            return
        found = read_awaited(here, campaign)
        if not found:
            widgets.message(_nobody(campaign.period))
            return
        _board(here, campaign, found)
        _messages(here, campaign.period, campaign, found)


def _nobody(period: Period) -> str:
    if period.state == "closed":
        return "Ждать некого: приём закрыт и никому не открыт снова, или те, кому открыт, сдали всё."
    return "Ждать некого: сданы все отчёты, и в каждом есть всё, что спрашивали."


def _board(here: Session, campaign: Collection, found: Sequence[AwaitedReport]) -> None:
    """How many of how many, by municipality where there are several, and by kind."""
    numbers = Counter(one.what for one in found)
    said = [f"{STANDINGS[what]} — {number(numbers[what])}" for what in AWAITED if numbers[what]]
    closed = campaign.period is not None and campaign.period.state == "closed"
    late = ["для остальных приём закрыт"] if closed else ["срок прошёл"] if campaign.late else []
    widgets.show_html(marks.tag("p", typo(capital(", ".join(said + late)) + ".")))
    homes = {one.organisation.territory for one in found}
    if len(homes) > 1:
        _counts("Муниципалитет", found, sorted(homes, key=path_order), lambda o: o.territory, territory_name)
    kinds = [kind for kind in here.catalogue.organisation_kinds if any(o.organisation.kind == kind for o in found)]
    _counts("Вид", found, kinds, lambda o: o.kind, lambda kind: kind_word(here.catalogue, kind))


def _counts(
    head: str,
    found: Sequence[AwaitedReport],
    groups: Sequence[str],
    of: Callable[[Organisation], str],
    named: Callable[[str], str],
) -> None:
    """A row a group: how many of it are awaited, and for what."""
    there = [what for what in AWAITED if any(one.what is what for one in found)]
    columns = [marks.TableColumn(capital(STANDINGS[what]), figures=True) for what in there]
    numbers = Counter((of(one.organisation), one.what) for one in found)
    rows = [
        [named(group), *(number(numbers[group, what]) if numbers[group, what] else "—" for what in there)]
        for group in groups[: lists.PAGE]
    ]
    widgets.show_html(marks.table([head, *columns], rows))


def _messages(here: Session, period: Period, campaign: Collection, found: Sequence[AwaitedReport]) -> None:
    groups = {what: [one for one in found if one.what == what] for what in AWAITED}
    offered = [what for what, some in groups.items() if some]
    what: ReportStanding = st.selectbox(
        "Кому напомнить",
        offered,
        format_func=lambda w: f"{capital(STANDINGS[w])}: {counted(len(groups[w]), 'organisations')}",
        key="period-remind-whom",
    )
    some = groups[what]
    if sends(here):
        offer_letters(here, period, some)
    widgets.caption("Всем сразу, в общий чат:")
    names = [(one.organisation.name, one.last_day) for one in some]
    st.code(
        reminder_to_all(names, period.code, today=campaign.today, address=address_of(here)),
        language=None,
        wrap_lines=True,
    )
    key = f"period-remind-{what}"
    texts = {one.organisation.code: one.text for one in some}
    every = widgets.as_labelled({one.organisation.code: one.organisation.name for one in some})
    labels = widgets.offered(key, every, st.session_state.get(key), "Найти организацию")
    chosen = st.selectbox("Одной организации", list(labels), format_func=lambda code: labels.get(code, code), key=key)
    if chosen in texts:
        st.code(texts[chosen], language=None, wrap_lines=True)
    st.download_button(
        "Скачать для рассылки (CSV)",
        mail_merge(here.reader, here.catalogue, found, address_of(here)),
        file_name=file_name("Кого ждём", territory=campaign.place or "", period=period.code, ending="csv"),
        icon=":material/download:",
        key="period-remind-csv",
        on_click="ignore",
    )
    if not sends(here):
        offer_letters(here, period, some)
