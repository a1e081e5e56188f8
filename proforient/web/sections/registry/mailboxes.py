"""«Адреса почты…»: where organisations are written to, one table, typed or pasted from Excel."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.intake.roll.email import LONGEST
from proforient.monitoring import territory_name
from proforient.store import reminding
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.clock import today
from proforient.web.sections import notice
from proforient.web.sections.dialog import finish, forget, leave, reading
from proforient.web.session import Session, current
from proforient.wording import counted, typo

COLUMN = "Адрес почты"


@st.dialog("Адреса почты", width="large", on_dismiss=forget)
def mailboxes_dialog() -> None:
    here = current()
    with reading(here):
        day = today(here.zone)
        register = here.reader.roster(on=day, territory=here.view.territory)
        codes = [code for code in register if register[code].open_on(day) and here.may(Deed.REGISTER, register[code])]
        known = here.reader.mailboxes()
        widgets.show_html(
            marks.tag(
                "p",
                "Адрес приёмной или канцелярии, не личный: на него уходят напоминания. Столбец можно вставить из Excel "
                "(Ctrl + V).",
            )
        )
        typed = _editor([(register[code].name, register[code].territory, known.get(code, "")) for code in codes])
        if st.button("Сохранить адреса", type="primary", key="registry-mailboxes-do"):
            _save(here, dict(zip(codes, typed, strict=True)))


def _editor(rows: list[tuple[str, str, str]]) -> list[str]:
    """What stands in the column of addresses."""
    frame = pd.DataFrame(
        {
            "Организация": [name for name, _, _ in rows],
            "Муниципалитет": [territory_name(place) for _, place, _ in rows],
            COLUMN: [email for _, _, email in rows],
        }
    )
    if frame["Муниципалитет"].nunique() < 2:
        frame = frame.drop(columns="Муниципалитет")
    edited = st.data_editor(
        frame,
        hide_index=True,
        num_rows="fixed",
        disabled=[name for name in frame.columns if name != COLUMN],
        column_config={COLUMN: st.column_config.TextColumn(max_chars=LONGEST, help="school5@edu.example.ru")},
        height=min(420, 38 + 35 * len(rows)),
        key="registry-mailboxes-table",
    )
    return [str(text or "").strip() for text in edited[COLUMN]]


def _save(here: Session, typed: dict[str, str]) -> None:
    known = here.reader.mailboxes()
    moved = {code: email for code, email in typed.items() if email.lower() != known.get(code, "")}
    if not moved:
        notice.say("Ничего не изменено.")
        leave()

    def do(writer: Writer) -> None:
        reminding.set_mailboxes(writer, moved)

    said = typo(f"Сохранены адреса почты: {counted(len(moved), 'organisations')}.")
    finish(here, Deed.REGISTER, do, said, here.view.territory, figures=False)
