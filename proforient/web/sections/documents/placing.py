"""An item that another page has written out: in which draft it is to stand, a person says here."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from proforient.documents import editing, stored_text
from proforient.documents.contents import DraftItem
from proforient.documents.record import Audience
from proforient.store import amending
from proforient.store.papers import DocumentDraft
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.documents import listing
from proforient.web.sections.documents.draft import new_draft
from proforient.web.sections.documents.forms import found_here
from proforient.web.sections.documents.saving import keep_draft, save
from proforient.web.session import Session, current
from proforient.wording import period_name, typo

TAKEN = "proforient.documents.taken"
KIND = "decision"  # of the document that is begun with it
NOTE = "Ответственного и срок впишите в черновике: «Изменить пункт…»."


def put_in(item: DraftItem) -> None:
    """A callback of another page: the dialog that opens next has this item."""
    st.session_state[TAKEN] = item
    st.session_state.pop("taken-text", None)


@st.dialog("Пункт решения", width="large", on_dismiss=forget)
def taken_dialog() -> None:
    here = current()
    with reading(here):
        item: DraftItem | None = st.session_state.get(TAKEN)
        if item is None:
            return
        text = st.text_area("Что сделать", value=item.text, key="taken-text", max_chars=amending.LONGEST)
        drafts = {draft.id: draft for draft in listing.read(here).drafts if draft.period == here.view.period}
        number: str = st.selectbox(
            "В какой документ",
            [*drafts, ""],
            format_func=lambda code: _called(drafts[code]) if code else f"новый: {listing.title(KIND).lower()}",
            key="taken-draft",
        )
        widgets.caption(NOTE)
        if st.button("Добавить пункт", type="primary", key="taken-do"):
            if not text.strip():
                widgets.message("Что сделать: поле пустое. Впишите одну-две фразы.")
            else:
                _add(here, drafts.get(number), replace(item, text=text.strip()))


def _called(draft: DocumentDraft) -> str:
    return typo(f"{listing.title(draft.kind)}, {period_name(draft.period)}, версия {draft.version}")


def _add(here: Session, draft: DocumentDraft | None, item: DraftItem) -> None:
    contents = found_here(here) if draft is None else stored_text.read(draft.body)
    made = replace(item, key=editing.new_key(contents))
    after = editing.with_item(contents, made)
    if draft is None:
        keep_draft(
            here, new_draft(here, KIND, Audience.INTERNAL.value, after),
            "Черновик начат: в нём этот пункт и найденное.",
            open_it=True, item=made.key,
        )  # fmt: skip
    else:
        save(here, draft, after, item=made.key, open_it=True)
