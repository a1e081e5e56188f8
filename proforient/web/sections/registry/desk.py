"""The list that was brought and what was said about its rows, kept for the session; nothing of it is stored."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from proforient.catalogue.lookup import Lookup
from proforient.errors import WrongCall
from proforient.intake.own_process import read_isolated
from proforient.intake.roll.comparison import compare
from proforient.intake.roll.record import Roll, RollRow
from proforient.intake.roll.rows import levels_with, place_of, rows_of
from proforient.web.clock import today
from proforient.web.session import Session

KEY = "proforient.registry"
PASTED = "вставка.csv"
OTHER, SAME = "other", "same"  # what was said of a row that seems to name somebody a second time


@dataclass(slots=True, kw_only=True)
class RollDesk:
    """``said``: (row, field) -> what was answered: a kind, an ИНН, a municipality, whether it is another one."""

    name: str = ""
    rows: list[RollRow] = field(default_factory=list)
    answers: dict[tuple[int, str], str] = field(default_factory=dict)
    chooser: str = field(default_factory=lambda: secrets.token_hex(4))

    def put_away(self) -> None:
        """Another list is to be brought."""
        self.name, self.rows, self.answers, self.chooser = "", [], {}, secrets.token_hex(4)


def roll_desk() -> RollDesk:
    found = st.session_state.setdefault(KEY, RollDesk())
    assert isinstance(found, RollDesk)
    return found


def bring(here: Session, desk: RollDesk, name: str, data: bytes) -> None:
    """Reads a list in a process of its own; WrongCall where there is none in it."""
    reading = read_isolated(name, data)
    stop = next((found for found in reading.findings if found.severity == "error"), None)
    if stop is not None:
        raise WrongCall(f"{stop.message}. {stop.to_do}.")
    home = here.view.territory or here.reader.home()
    rows = rows_of(reading, here.catalogue, Lookup(here.catalogue), home)
    if not rows:
        raise WrongCall("Названий организаций не нашлось. Нужен столбец с названиями, лучше с заголовком «Название».")
    desk.put_away()
    desk.name, desk.rows = name, rows


def compared(here: Session, desk: RollDesk) -> Roll:
    """The list with what was answered, beside the register as it is now."""
    lookup = Lookup(here.catalogue)
    rows = [_answered(here, lookup, row, desk) for row in desk.rows if desk.answers.get((row.row, "alike")) != SAME]
    others = [row.row for row in rows if desk.answers.get((row.row, "alike")) == OTHER]
    reached = [o for o in here.reader.organisations() if here.person.reaches_organisation(o)]
    return compare(rows, reached, today(here.zone), others=others)


def _answered(here: Session, lookup: Lookup, row: RollRow, desk: RollDesk) -> RollRow:
    """A row with the answers in place of what was unclear."""
    said = {name: words for (number, name), words in desk.answers.items() if number == row.row}
    if kind := said.get("kind"):
        levels: Sequence[str] = row.levels if row.told_levels else ()
        row = replace(row, kind=kind, levels=levels_with(here.catalogue, lookup, kind, levels, row.name, row.full_name))
    if "inn" in said:
        row = replace(row, inn=said["inn"])
    if place := said.get("territory"):
        row = replace(row, territory=place_of(place, here.view.territory or here.reader.home()))
    return row
