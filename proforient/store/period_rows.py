"""Reading campaigns: which periods are opened, for whom, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from proforient.catalogue.entries import PeriodKind
from proforient.errors import WrongCall
from proforient.monitoring import (
    Period,
    parent_territory,
    within,
)
from proforient.store import organisation_rows
from proforient.store.transaction import Question, Transaction, asked_once
from proforient.wording.order import path_order


class OpeningRow(NamedTuple):
    period_id: int
    code: str
    kind: PeriodKind
    starts: dt.date
    ends: dt.date
    closes: dt.date
    state: Literal["open", "closed"]
    territory: str
    catalogue: str
    version: str
    previous: str | None


class ChosenRow(NamedTuple):
    period_id: int
    indicator: str


OPENINGS = Question("openings", OpeningRow)
CHOSEN = Question("period_indicators", ChosenRow)


@dataclass(frozen=True, slots=True)
class Opening:
    """A period as opened for one territory ("" for all), with its number in the store."""

    number: int
    period: Period

    @property
    def territory(self) -> str:
        return self.period.territory or ""


@asked_once
def openings(session: Transaction) -> list[Opening]:
    """Every opening of every period of this catalogue, newest period first, «all» before its territories."""
    rows = sorted(session.ask(OPENINGS, catalogue=session.catalogue.code), key=lambda row: path_order(row.territory))
    rows.sort(key=lambda row: (row.starts, row.ends, row.code), reverse=True)  # order: dates; the code is shown
    chosen: dict[int, set[str]] = {}
    for row in session.ask(CHOSEN):
        chosen.setdefault(row.period_id, set()).add(row.indicator)
    return [Opening(row.period_id, _period(row, rows, chosen.get(row.period_id))) for row in rows]


def periods(session: Transaction, *, territory: str | None = None) -> list[Period]:
    """Newest first. With a territory, each period once, as it concerns that territory; without, every opening."""
    if territory is None:
        return [opening.period for opening in openings(session)]
    codes = dict.fromkeys(opening.period.code for opening in openings(session))
    found = (concerning(session, code, territory) for code in codes)
    return [opening.period for opening in found if opening]


def period(session: Transaction, code: str, *, territory: str | None = None) -> Period:
    """The period with the dates that hold for the territory; WrongCall where it is not opened for it."""
    return opening(session, code, territory).period


def opening(session: Transaction, code: str, territory: str | None = None) -> Opening:
    """As ``period``, with its number in the store."""
    found = concerning(session, code, territory)
    if found:
        return found
    codes = list(dict.fromkeys(o.period.code for o in openings(session)))
    if code in codes:
        raise WrongCall(
            f"Период «{code}» не открыт для территории «{territory}». Откройте его: period open {code} --closes ДАТА."
        )
    known = "Открыты: " + ", ".join(codes) if codes else "Ни один период ещё не открыт"
    raise WrongCall(f"Период «{code}» не открыт. {known}. Исправьте код или откройте период.")


def concerning(session: Transaction, code: str, territory: str | None) -> Opening | None:
    """The nearest opening upwards; else, for a region, the one below it that closes last."""
    mine = {o.territory: o for o in openings(session) if o.period.code == code}
    step = territory
    while step:
        if step in mine:
            return mine[step]
        step = parent_territory(step)
    if "" in mine:
        return mine[""]
    below = [o for path, o in mine.items() if within(path, territory)]
    return max(below, key=lambda o: (o.period.state == "open", o.period.closes), default=None)


def nearest_opening(session: Transaction, code: str, territory: str) -> Opening | None:
    """The opening that concerns an organisation's own territory: its own, one above it, or that for all."""
    mine = {o.territory: o for o in openings(session) if o.period.code == code}
    step: str | None = territory
    while step:
        if step in mine:
            return mine[step]
        step = parent_territory(step)
    return mine.get("")


def place_of(session: Transaction, code: str, whose: str) -> str:
    """The territory of an organisation on the period's last day."""
    return organisation_rows.organisation(session, whose, on=opening(session, code).period.ends).territory


def _period(row: OpeningRow, rows: Iterable[OpeningRow], chosen: set[str] | None) -> Period:
    return Period(
        code=row.code,
        kind=row.kind,
        starts=row.starts,
        ends=row.ends,
        closes=row.closes,
        state=row.state,
        territory=row.territory or None,
        catalogue=row.catalogue,
        version=row.version,
        previous=_previous(row, rows) if row.previous is None else None if row.previous == "none" else row.previous,
        asked=None if chosen is None else frozenset(chosen),
    )


def _previous(opened: OpeningRow, rows: Iterable[OpeningRow]) -> str | None:
    """The latest earlier period of the kind; asked at reading, so that an older period opened later is found."""
    earlier = [(row.starts, row.code) for row in rows if row.kind == opened.kind and row.starts < opened.starts]
    return max(earlier)[1] if earlier else None  # order: the latest start
