"""Which dialog of the page is open, kept for the session so that it outlives a drawing of the whole page.

A dialog is asked for in a button's callback, drawn at the end of the page, and gone when it is done or dismissed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from proforient.access import roles
from proforient.access.roles import Deed
from proforient.errors import ProforientError
from proforient.monitoring import Organisation
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.sections import notice
from proforient.web.session import Session, current

KEY = "proforient.period.dialog"
Place = tuple[str | None, str | None]
Whose = Organisation | str | None


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


def reached(here: Session, place: str | None) -> list[str | None]:
    """For whom something may be set: the territory of the page, and everybody where all of them are in reach."""
    return [path for path in dict.fromkeys((place, None)) if here.person.reaches(path)]


@contextmanager
def reading(here: Session) -> Iterator[None]:
    """A dialog runs again without the frame, which would otherwise end the read transaction."""
    try:
        yield
    finally:
        here.renew()


def act(here: Session, deed: Deed, do: Callable[[Writer], object], whose: Whose = None, *, figures: bool = True) -> str:
    """Write as whoever acts on the page; gives why it was refused, empty when it was done.

    ``whose``: the organisation that it concerns, or the path of a territory; None: everything there is. ``figures``:
    whether figures follow from what is written.
    """
    try:
        demand(here, deed, whose)
        with here.store.write(here.person.login, figures=figures) as writer:
            do(writer)
    except ProforientError as error:
        return str(error)
    here.renew()
    return ""


def demand(here: Session, deed: Deed, whose: Whose) -> None:
    """Refused where whoever acts may not do this, or not there."""
    if isinstance(whose, Organisation):
        roles.demand(here.person, deed, organisation=whose)
    else:
        roles.demand(here.person, deed, territory=whose)


def finish(here: Session, deed: Deed, do: Callable[[Writer], object], said: str, whose: Whose = None) -> None:
    """Write and close the dialog, or say in it why not."""
    refused = act(here, deed, do, whose)
    if refused:
        widgets.message(refused)
        return
    notice.say(said)
    leave()


def leave() -> None:
    """Close the dialog and draw the page anew."""
    forget()
    st.rerun()
