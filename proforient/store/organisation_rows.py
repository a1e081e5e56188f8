"""Reading the register: territories, organisations as they stood on a day, and by which clocks their days end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple
from zoneinfo import ZoneInfo

from proforient.errors import WrongCall
from proforient.monitoring import (
    Organisation,
    local_day,
    now,
    parent_territory,
)
from proforient.store.roster import ORGANISATIONS, Roster
from proforient.store.transaction import Question, Transaction, asked_once
from proforient.wording.order import path_order

HOME = "home"  # the fact that names the territory of the installation before anybody stands in the register
ZONE_OF = "timezone/"  # prefix of a territory's path among the facts of the installation


class TerritoryRow(NamedTuple):
    territory: str


class NameRow(NamedTuple):
    code: str
    name: str


Fact = tuple[str, str, str, str, str]  # name, full_name, kind, levels joined, territory


class FactRow(NamedTuple):
    since: dt.date  # 0001-01-01: always
    until: dt.date  # 9999-12-31: still holds
    name: str
    full_name: str
    kind: str
    levels: str
    territory: str

    @property
    def fact(self) -> Fact:
        return self.name, self.full_name, self.kind, self.levels, self.territory


class HangingRow(NamedTuple):
    what: str


HANGING = Question("hanging", HangingRow)
FACTS = Question("facts", FactRow)
HANGING_WORDS = {
    "part": "числа", "report": "состояние отчёта", "typed": "набранное в бланке", "contingent": "контингент",
    "judgement": "оценка экспертов", "alias": "ответ о названии", "measure": "мера", "account": "вход",
    "branch": "филиал", "reminder": "напоминание", "mailbox": "адрес почты",
    "merger": "присоединение",
}  # fmt: skip
TERRITORIES = Question("territories", TerritoryRow)
OTHER_NAMES = Question("other_names", NameRow)


@asked_once
def territories(session: Transaction) -> list[str]:
    """Paths of all municipalities and of the regions above them, that of the installation too, sorted."""
    paths: set[str] = set()
    for path in (home(session), *(row.territory for row in session.ask(TERRITORIES))):
        step: str | None = path
        while step:
            paths.add(step)
            step = parent_territory(step)
    return sorted(paths, key=path_order)


def home(session: Transaction) -> str:
    """The territory that the installation is for; empty where nobody has said it."""
    rows = session.run("SELECT value FROM meta WHERE key = $key", {"key": HOME})
    return str(rows[0][0]) if rows else ""


def organisations(
    session: Transaction,
    *,
    on: dt.date | None = None,
    territory: str | None = None,
    code: str | None = None,
    codes: Collection[str] | None = None,
) -> list[Organisation]:
    """Organisations as they stood on a day (None: today), closed ones too; by territory and name."""
    if codes is None:
        return roster(session, on=on, territory=territory, code=code).listed()
    day = on or today(session, territory)
    return Roster(session.table(ORGANISATIONS, on=day, territory=territory, codes=list(codes))).listed()


@asked_once
def roster(
    session: Transaction, *, on: dt.date | None = None, territory: str | None = None, code: str | None = None
) -> Roster:
    """The same by code, for whoever looks at few of many."""
    codes = None if code is None else [code]
    return Roster(session.table(ORGANISATIONS, on=on or today(session, territory), territory=territory, codes=codes))


def register_order(session: Transaction, codes: Collection[str], on: dt.date | None = None) -> dict[str, int]:
    """The place of each of the organisations among them, in the order of a day's register; lists follow it."""
    return {o.code: n for n, o in enumerate(organisations(session, on=on, codes=codes) if codes else ())}


def organisation(session: Transaction, code: str, *, on: dt.date | None = None) -> Organisation:
    """One organisation; WrongCall where the register does not have it."""
    found = organisations(session, on=on, code=code)
    if not found:
        raise WrongCall(f"Организации с кодом «{code}» нет в реестре. Проверьте код или загрузите реестр.")
    return found[0]


def facts_of(session: Transaction, code: str) -> list[FactRow]:
    """What an organisation was called and was, day by day, oldest first."""
    return session.ask(FACTS, code=code)


def hanging(session: Transaction, code: str) -> list[str]:
    """What of the store speaks of an organisation: «числа», «вход»; empty where it can be struck off."""
    found = {row.what for row in session.ask(HANGING, code=code)}
    return [word for what, word in HANGING_WORDS.items() if what in found]


def other_names(session: Transaction, on: dt.date, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By code, the names and full names that organisations bear on other days than ``on``."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in session.ask(OTHER_NAMES, on=on, codes=list(codes)):
        found[code] = (*found.get(code, ()), name)
    return found


@asked_once
def zones(session: Transaction) -> dict[str, str]:
    """By path, the time zones that were set for territories; "" was taken back."""
    rows = session.run("SELECT key, value FROM meta WHERE starts_with(key, $key)", {"key": ZONE_OF})
    return {key.removeprefix(ZONE_OF): value for key, value in rows}


def zone(session: Transaction, territory: str | None) -> ZoneInfo:
    """By which clocks a territory's days end: its own zone, that of the one above it, the catalogue's."""
    set_for = zones(session)
    step = territory
    while step:
        if set_for.get(step):
            return ZoneInfo(set_for[step])
        step = parent_territory(step)
    return ZoneInfo(session.catalogue.timezone)


def today(session: Transaction, territory: str | None = None) -> dt.date:
    """The day it is there."""
    return local_day(now(), zone(session, territory))
