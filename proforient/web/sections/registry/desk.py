"""The list that was brought and what was said about its rows, kept for the session; nothing of it is stored."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from proforient.errors import WrongCall
from proforient.intake.call_apart import Telling
from proforient.intake.own_process import read_isolated
from proforient.intake.roll.answers import RollCase, roll_apart, rows_apart
from proforient.intake.roll.record import Roll, RollRow
from proforient.web.clock import today
from proforient.web.session import Session

KEY = "proforient.registry"
PASTED = "вставка.csv"
LONG = 1_000  # rows from which a person wants to see how far it is

Result = TypeVar("Result")


@dataclass(slots=True, kw_only=True)
class RollDesk:
    """``answers``: what was said of rows, by row and field; ``made``: the comparison and on what it was made."""

    name: str = ""
    rows: list[RollRow] = field(default_factory=list)
    answers: dict[tuple[int, str], str] = field(default_factory=dict)
    made: tuple[Hashable, Roll] | None = None
    chooser: str = field(default_factory=lambda: secrets.token_hex(4))

    def put_away(self) -> None:
        """Another list is to be brought."""
        self.name, self.rows, self.answers, self.made, self.chooser = "", [], {}, None, secrets.token_hex(4)


def roll_desk() -> RollDesk:
    found = st.session_state.setdefault(KEY, RollDesk())
    assert isinstance(found, RollDesk)
    return found


def bring(here: Session, desk: RollDesk, name: str, data: bytes, *, drawing: bool) -> None:
    """Reads a list in processes of its own; WrongCall where there is none in it. ``drawing``: not in a callback."""
    reading = read_isolated(name, data)
    stop = next((found for found in reading.findings if found.severity == "error"), None)
    if stop is not None:
        raise WrongCall(f"{stop.message}. {stop.to_do}.")

    def read(say: Telling | None) -> list[RollRow]:
        return rows_apart(reading, here.catalogue, _home(here), say)

    size = sum(len(sheet.rows) for sheet in reading.sheets)
    rows = _shown(size, "Читаем список…", read) if drawing else read(None)
    if not rows:
        raise WrongCall("Названий организаций не нашлось. Нужен столбец с названиями, лучше с заголовком «Название».")
    desk.put_away()
    desk.name, desk.rows = name, rows


def compared(here: Session, desk: RollDesk) -> Roll:
    """The list with what was answered, beside the register as it is now; again only when either has changed."""
    day, home = today(here.zone), _home(here)
    key = (tuple(desk.answers.items()), here.store.version, here.person, day, home)
    if desk.made is None or desk.made[0] != key:
        case = RollCase(
            rows=desk.rows,
            answers=dict(desk.answers),
            register=[o for o in here.reader.organisations() if here.person.reaches_organisation(o)],
            catalogue=here.catalogue,
            home=home,
            day=day,
        )
        desk.made = key, _shown(len(desk.rows), "Сравниваем список с реестром…", lambda say: roll_apart(case, say))
    return desk.made[1]


def _home(here: Session) -> str:
    return here.view.territory or here.reader.home()


def _shown(rows: int, words: str, work: Callable[[Telling | None], Result]) -> Result:
    """The work with a bar that advances where the list is long, with a spinning sign where it is not."""
    if rows < LONG:
        with st.spinner(words):
            return work(None)
    bar = st.progress(0.0, words)

    def advance(done: float) -> None:
        bar.progress(min(done, 1.0), words)

    try:
        return work(advance)
    finally:
        bar.empty()
