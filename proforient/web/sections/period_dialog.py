"""Which dialog of the page is open, kept for the session so that it outlives a drawing of the whole page.

A dialog is asked for in a button's callback, drawn at the end of the page, and gone when it is done or dismissed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from proforient.errors import ProforientError
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.actor import actor
from proforient.web.sections import notice
from proforient.web.session import Session, current

KEY = "proforient.period.dialog"
Place = tuple[str | None, str | None]


def ask(name: str, *details: str) -> None:
    """A callback: open the dialog of that name."""
    st.session_state[KEY] = (_place(current()), name, details)


def forget() -> None:
    """A callback: the dialog was dismissed."""
    st.session_state.pop(KEY, None)


def draw(here: Session, dialogs: Mapping[str, Callable[..., None]]) -> None:
    """The dialog that was asked for, if it was asked for here: not for another period or territory."""
    place, name, details = st.session_state.get(KEY, (None, "", ()))
    if place != _place(here):
        forget()
    elif name in dialogs:
        dialogs[name](*details)


def _place(here: Session) -> Place:
    return here.view.territory, here.view.period


@contextmanager
def reading(here: Session) -> Iterator[None]:
    """A dialog runs again without the frame, which would otherwise end the read transaction."""
    try:
        yield
    finally:
        here.renew()


def act(here: Session, do: Callable[[Writer], object]) -> str:
    """Write as whoever acts on the page; gives why it was refused, empty when it was done."""
    try:
        with here.store.write(actor()) as writer:
            do(writer)
    except ProforientError as error:
        return str(error)
    here.renew()
    return ""


def finish(here: Session, do: Callable[[Writer], object], said: str) -> None:
    """Write and close the dialog, or say in it why not."""
    refused = act(here, do)
    if refused:
        widgets.message(refused)
        return
    notice.say(said)
    leave()


def leave() -> None:
    """Close the dialog and draw the page anew."""
    forget()
    st.rerun()
