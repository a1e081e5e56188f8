"""The dialog in which a Word file that was edited at the meeting comes back: what changed is shown, then accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable

import streamlit as st

from proforient.charts import marks
from proforient.documents import stored_text
from proforient.documents.adopted_apart import adopted_apart
from proforient.documents.adopted_text import AdoptedText
from proforient.documents.releasing import keep_adopted
from proforient.errors import ProforientError
from proforient.store.papers import IssuedDocument
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.documents.saving import keep_issued
from proforient.web.session import Session, current
from proforient.wording import typo

WHAT = (
    "Файл, который правили в Word на заседании. Пункты узнаются по номеру и словам; сначала покажем, что изменилось, "
    "и ничего не запишем, пока вы не подтвердите."
)
COMPARING = "Сравниваем с выпущенным документом…"
KEY = "proforient.documents.adopted"
NOTHING = "Пункты, сроки и ответственные в файле те же, что в выпущенном документе."


@st.dialog("Загрузить правленый Word", width="large", on_dismiss=forget)
def adopt_dialog(number: str) -> None:
    here = current()
    with reading(here):
        paper = here.reader.issued_document(number)
        widgets.caption(WHAT)
        file = st.file_uploader("Правленый документ", type=["docx"], key=f"adopt-{number}")
        if file is None:
            return
        try:
            text = _compared(here, paper, file.getvalue())
        except ProforientError as error:
            widgets.message(typo(str(error)))
            return
        _show(text)
        if st.button("Принять этот текст", type="primary", key="adopt-do"):
            _keep(here, paper, text, file.getvalue())


def _compared(here: Session, paper: IssuedDocument, data: bytes) -> AdoptedText:
    """The two texts compared, again only when the file or the store has changed; a bar shows how far it is."""
    key = (paper.id, hashlib.sha256(data).hexdigest(), here.store.version)
    before: tuple[Hashable, AdoptedText] | None = st.session_state.get(KEY)
    if before is not None and before[0] == key:
        return before[1]
    bar = st.progress(0.0, COMPARING)

    def advance(done: float) -> None:
        bar.progress(min(done, 1.0), COMPARING)

    try:
        text = adopted_apart(
            stored_text.read(paper.body),
            here.store.get_file(paper.sha256),
            data,
            issued={m.item: m.number for m in here.reader.measures(paper.territory) if m.document == paper.id},
            catalogue=here.catalogue,
            names=here.reader.roster().names,
            say=advance,
        )
    finally:
        bar.empty()
    st.session_state[KEY] = key, text
    return text


def _show(text: AdoptedText) -> None:
    """What changed, came and went; deadlines that say no day."""
    if not text.changes:
        widgets.show_html(marks.tag("p", NOTHING))
    else:
        lines = marks.joined(marks.tag("li", line) for line in text.changes)
        widgets.show_html(marks.joined([marks.tag("p", marks.tag("b", "Что изменилось")), marks.tag("ul", lines)]))
    if text.unread:
        widgets.message(typo(" ".join([*text.unread, "Останется прежний: исправьте его потом кнопкой «Исправить»."])))


def _keep(here: Session, paper: IssuedDocument, text: AdoptedText, data: bytes) -> None:
    keep_issued(
        here,
        data,
        lambda writer, sha256: keep_adopted(writer, here.catalogue, paper, text, data, sha256),
        "Принятый текст записан: меры идут по нему, прежний файл остался в реестре.",
        paper.territory,
    )
