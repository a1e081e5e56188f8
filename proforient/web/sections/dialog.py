"""Which dialog of the page is open, kept for the session so that it outlives a drawing of the whole page.

A dialog is asked for in a button's callback, drawn at the end of the page, and gone when it is done or dismissed.
What is done in it is based on what the page showed when it was asked for: behind it nothing can be seen. Where that
has moved on it says so, the page is drawn anew, and from then on it is based on what was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from proforient.access import roles
from proforient.access.log_words import moved_on, names_of
from proforient.access.roles import Deed, Whose
from proforient.errors import MovedOn, ProforientError
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.clock import moment_ru
from proforient.web.sections import notice
from proforient.web.session import Session, current

KEY = "proforient.period.dialog"
Place = tuple[str | None, str | None]
MARK = "proforient.period.dialog.mark"
TOLD = "proforient.period.dialog.told"
DONE = "proforient.done"


def ask(mark: int, name: str, *details: str) -> None:
    """A callback: open the dialog of that name; ``mark`` is that of the drawing with the button."""
    st.session_state[KEY] = (_place(current()), name, details)
    st.session_state[MARK] = mark
    st.session_state.pop(TOLD, None)


def forget() -> None:
    """A callback: the dialog was dismissed."""
    for key in (KEY, MARK, TOLD):
        st.session_state.pop(key, None)


def draw(here: Session, dialogs: Mapping[str, Callable[..., None]]) -> None:
    """The dialog that was asked for, if it was asked for here: not for another period or territory."""
    place, name, details = st.session_state.get(KEY, (None, "", ()))
    if place != _place(here):
        forget()
    elif name in dialogs:
        dialogs[name](*details)


def show_moved_on() -> None:
    """At the top of a dialog: what has moved on since it was asked for."""
    text = st.session_state.get(TOLD, "")
    if text:
        widgets.message(text)


def _place(here: Session) -> Place:
    return here.view.territory, here.view.period


def reached(here: Session, place: str | None) -> list[str | None]:
    """For whom something may be set: the territory of the page, and everybody where all of them are in reach."""
    return [path for path in dict.fromkeys((place, None)) if here.person.reaches(path)]


@contextmanager
def reading(here: Session) -> Iterator[None]:
    """A dialog runs again without the frame, which would otherwise end the read transaction."""
    try:
        show_moved_on()
        yield
    finally:
        here.renew()


def act(
    here: Session,
    deed: Deed,
    do: Callable[[Writer], object],
    whose: Whose = None,
    *,
    mark: int,
    click: tuple[str, ...] = (),
    figures: bool = True,
) -> str:
    """Write as whoever acts on the page; gives why it was refused, empty when it was done.

    ``whose``: the organisation that it concerns, or the path of a territory; None: everything there is. ``mark``:
    that of the drawing on which it was decided. ``click``: which button; a second click on the same drawing of it is
    done already. ``figures``: whether figures follow from what is written.
    """
    done: dict[tuple[str, ...], int] = st.session_state.setdefault(DONE, {})
    if click and done.get(click) == mark:
        return ""
    try:
        _write(here, deed, do, whose, mark=mark, figures=figures)
    except MovedOn as error:
        return moved_words(here, error)
    except ProforientError as error:
        return str(error)
    if click:
        done[click] = mark
    return ""


def _write(
    here: Session, deed: Deed, do: Callable[[Writer], object], whose: Whose, *, mark: int, figures: bool
) -> None:
    roles.demand(here.person, deed, whose)
    with here.store.write(here.person.login, based_on=mark, figures=figures) as writer:
        do(writer)
    here.renew()


def moved_words(here: Session, moved: MovedOn) -> str:
    """What has changed since, when and by whom; read apart: in a callback the page's transaction may be ending."""
    here.renew()
    with here.store.read() as reader:
        return moved_on(moved, names_of(reader), lambda at: moment_ru(at, reader.zone(here.view.territory)))


def finish(
    here: Session,
    deed: Deed,
    do: Callable[[Writer], object],
    said: str,
    whose: Whose = None,
    *,
    figures: bool = True,
    then: Callable[[], None] | None = None,
) -> None:
    """Write, do what is to be done ``then`` and close the dialog, or say in it why not."""
    try:
        _write(here, deed, do, whose, mark=dialog_mark(), figures=figures)
    except MovedOn as moved:
        told_anew(here, moved)
    except ProforientError as error:
        widgets.message(str(error))
        return
    if then is not None:
        then()
    notice.say(said)
    leave()


def told_anew(here: Session, moved: MovedOn) -> NoReturn:
    """Draw everything anew, with what has moved on at the top of the dialog, which is based on that from now on."""
    st.session_state[TOLD] = moved_words(here, moved)
    st.session_state[MARK] = moved.last
    st.rerun()


def dialog_mark() -> int:
    """What the page showed when the dialog was asked for."""
    return int(st.session_state[MARK])


def leave() -> None:
    """Close the dialog and draw the page anew."""
    forget()
    st.rerun()
