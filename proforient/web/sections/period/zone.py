"""By which clocks a territory's last day ends: shown beside the campaign, set in a dialog."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.monitoring import local, now, territory_name
from proforient.store import facts
from proforient.web import widgets
from proforient.web.clock import zone_now
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.session import Session, current
from proforient.wording import ends_ru, typo

ABOVE = ""
ZONES: Mapping[str, str] = {
    "Europe/Kaliningrad": "Калининград",
    "Europe/Moscow": "Москва",
    "Europe/Samara": "Самара",
    "Asia/Yekaterinburg": "Екатеринбург",
    "Asia/Omsk": "Омск",
    "Asia/Krasnoyarsk": "Красноярск",
    "Asia/Irkutsk": "Иркутск",
    "Asia/Chita": "Чита",
    "Asia/Yakutsk": "Якутск",
    "Asia/Vladivostok": "Владивосток",
    "Asia/Magadan": "Магадан",
    "Asia/Kamchatka": "Камчатка",
}


def zone_name(zone: str) -> str:
    """«Чита (UTC+9)»."""
    return f"{ZONES.get(zone, zone)} ({zone_now(ZoneInfo(zone))})" if zone else "Как у территории выше"


@st.dialog("Местное время", on_dismiss=forget)
def zone_dialog() -> None:
    here = current()
    with reading(here):
        territory = here.view.territory
        if territory is not None:
            _set(here, territory)


def _set(here: Session, territory: str) -> None:
    own = here.reader.zones().get(territory, ABOVE)
    offered = list(dict.fromkeys([ABOVE, *ZONES, own]))
    text = (
        f"{territory_name(territory)}: сейчас {local(now(), here.zone):%H:%M}. По этому времени кончаются последние "
        "дни приёма и показаны часы; отметки «с опозданием», которые уже стоят, не изменятся."
    )
    widgets.show_html(marks.tag("p", text))
    zone = st.selectbox(
        "Часовой пояс", offered, index=offered.index(own), format_func=zone_name, key=f"period-zone-{territory}"
    )
    if st.button("Сохранить", type="primary", key="period-zone-do"):
        holds = here.reader.zone(territory) if not zone else ZoneInfo(zone)
        said = "Местное время — как у территории выше." if not zone else f"Сроки — {ends_ru(local(now(), holds))}."
        finish(
            here,
            Deed.APPROVE,
            lambda writer: facts.set_zone(writer, territory, zone),
            typo(said),
            territory,
            figures=False,
        )
