"""A draft as a dialog opens it, and its new version kept when the dialog is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from proforient.access.roles import Deed
from proforient.documents import stored_text
from proforient.documents.contents import Contents
from proforient.errors import ProforientError
from proforient.store import drafting
from proforient.store.papers import DocumentDraft, IssuedDocument
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.sections.dialog import finish
from proforient.web.sections.documents.draft import change_words
from proforient.web.session import Session, go
from proforient.wording import typo


def newest_version(here: Session, number: str) -> tuple[DocumentDraft, Contents]:
    """Its newest version and what that holds."""
    draft = here.reader.draft_versions(number)[0]
    return draft, stored_text.read(draft.body)


def save(here: Session, draft: DocumentDraft, after: Contents, *, item: str = "", open_it: bool = False) -> None:
    """Keep these contents as a new version that says what it changed."""
    changes = change_words(here, stored_text.read(draft.body), after)
    keep_draft(
        here, replace(draft, body=stored_text.text_of(after), change=changes), changes, item=item, open_it=open_it
    )


def keep_draft(here: Session, draft: DocumentDraft, said: str, *, open_it: bool = False, item: str = "") -> None:
    """Save as a new version, close the dialog; or say in it why not."""
    new_drafts: list[DocumentDraft] = []

    def after() -> None:
        if open_it and new_drafts:
            go(document=f"d{new_drafts[0].id}", item=item or None)
        elif item:
            go(item=item)

    finish(
        here,
        Deed.DRAFT,
        lambda writer: new_drafts.append(drafting.save_draft(writer, draft)),
        typo(said),
        draft.territory,
        figures=False,
        then=after,
    )


def keep_issued(
    here: Session, data: bytes, write: Callable[[Writer, str], IssuedDocument], message: str, territory: str
) -> None:
    """Keep a file and the document that ``write`` makes of its SHA-256, then open it; or say in the dialog why not."""
    issued: list[IssuedDocument] = []
    try:
        sha256 = here.store.put_file(data)
    except ProforientError as error:
        widgets.message(str(error))
        return

    def after() -> None:
        if issued:
            go(document=f"i{issued[0].id}", item=None)

    finish(
        here,
        Deed.ISSUE,
        lambda writer: issued.append(write(writer, sha256)),
        message,
        territory,
        figures=False,
        then=after,
    )


def lines(label: str, given: Sequence[str], key: str, *, height: int = 90, example: str = "") -> tuple[str, ...]:
    """A field of lines; what is typed without empty ones."""
    typed = st.text_area(label, value="\n".join(given), key=key, height=height, placeholder=example or None)
    return tuple(line.strip() for line in typed.splitlines() if line.strip())
