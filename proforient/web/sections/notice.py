"""What was done, said once at the top of the page that is drawn next; and texts of people that must name nobody."""

from __future__ import annotations

import streamlit as st

from proforient.errors import WrongCall
from proforient.intake.personal import refuse_personal
from proforient.web import widgets
from proforient.wording import counted

KEY = "proforient.notice"
LONGEST = 2000  # signs of a typed text


def say(text: str) -> None:
    """Keep a sentence for the next drawing of a page."""
    st.session_state[KEY] = text


def show() -> None:
    """The sentence that was kept, once."""
    text = st.session_state.pop(KEY, "")
    if text:
        widgets.message(text)


def typed_text(text: str, *, what: str) -> str:
    """A text that people will read, in one piece; WrongCall when it is empty, too long or names a person."""
    given = text.strip()
    if not given:
        raise WrongCall(f"{what}: поле пустое. Впишите одну-две фразы.")
    if len(given) > LONGEST:
        raise WrongCall(f"{what}: {counted(len(given), 'signs')}, а помещается {LONGEST}. Сократите текст.")
    refuse_personal(given, what=what)
    return given
