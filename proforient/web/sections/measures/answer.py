"""The dialog in which the department or an organisation says how far a measure has come."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from proforient.access.roles import Deed, Role, Whose
from proforient.documents.measures import GLYPHS, STATES
from proforient.errors import ProforientError
from proforient.store import measuring
from proforient.store.papers import Measure, MeasureAnswer, MeasureState
from proforient.web import widgets
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.session import Session, current
from proforient.wording import clean, typo

DEPARTMENT = ""
OWN_STATES = (MeasureState.UNDER_WAY, MeasureState.DONE, MeasureState.NOT_DONE, MeasureState.NOT_BEGUN)
WHAT = "Файл или адрес, по которому видно, что сделано: приказ, программа, отчёт. Без списков и фамилий детей."


@st.dialog("Что сделано", width="medium", on_dismiss=forget)
def answer_dialog(number: str) -> None:
    here = current()
    with reading(here):
        measure = here.reader.measure(number)
        organisation = _who(here, measure)
        states = OWN_STATES if here.person.role is Role.ORGANISATION else tuple(MeasureState)
        before = measure.latest(organisation)
        start = states.index(before.state) if before is not None and before.state in states else 0
        state: MeasureState = st.selectbox(
            "Состояние",
            states,
            index=start,
            format_func=lambda one: f"{GLYPHS[one]} {STATES[one]}",
            key=f"answer-{number}-state",
        )
        comment = st.text_area(
            "Комментарий",
            key=f"answer-{number}-comment",
            max_chars=measuring.COMMENT,
            placeholder="Например: приказ № 12",
        )
        widgets.caption(WHAT)
        address = st.text_input(
            "Адрес", key=f"answer-{number}-link", max_chars=measuring.EVIDENCE, placeholder="https://"
        )
        with st.form(f"answer-{number}", border=False):  # its button waits until the file has come in whole
            file = st.file_uploader("Файл", key=f"answer-{number}-file")
            pressed = st.form_submit_button("Записать", type="primary", key="answer-do")
        if pressed:
            said = MeasureAnswer(organisation=organisation, state=state, comment=comment.strip())
            named = clean(PurePath(file.name).name)[:200] if file is not None else address.strip()
            _save(here, measure, said, named, file.getvalue() if file is not None else None)


def _who(here: Session, measure: Measure) -> str:
    """In whose name: an organisation in its own, the department in its own or that of one that has told it."""
    if here.person.role is Role.ORGANISATION:
        return here.person.organisation or ""
    if not measure.organisations:
        return DEPARTMENT
    found = here.reader.organisations(codes=set(measure.organisations))
    names = {o.code: o.name for o in found}
    key = f"answer-{measure.id}-who"
    every = {DEPARTMENT: "за управление: мера в целом", **widgets.as_labelled(names)}
    labels = widgets.offered(key, every, st.session_state.get(key), "Найти организацию")
    chosen: str = st.selectbox("За кого", list(labels), format_func=lambda code: labels.get(code, code), key=key)
    return chosen


def _save(here: Session, measure: Measure, said: MeasureAnswer, evidence: str, data: bytes | None) -> None:
    whose: Whose = measure.territory
    if here.person.role is Role.ORGANISATION:
        whose = here.reader.organisation(said.organisation)
    try:
        sha256 = here.store.put_file(data) if data is not None else ""
    except ProforientError as error:
        widgets.message(str(error))
        return
    made = MeasureAnswer(
        organisation=said.organisation,
        state=said.state,
        comment=said.comment,
        evidence=evidence,
        sha256=sha256,
        size=len(data or b""),
    )
    finish(
        here,
        Deed.ANSWER,
        lambda writer: measuring.answer(writer, measure.id, made),
        typo(f"Записано: {STATES[made.state]}."),
        whose,
        figures=False,
    )
