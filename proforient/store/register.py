"""Reading the register: territories, organisations, periods, plan values, judgements, known counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from proforient.catalogue.entries import Origin, PeriodKind
from proforient.catalogue.order import indicator_order
from proforient.errors import WrongCall
from proforient.monitoring import (
    Cell,
    Contingent,
    Judgement,
    Organisation,
    Period,
    PlanValue,
    local_day,
    now,
    parent_territory,
    within,
)
from proforient.store.roster import ORGANISATIONS, Roster
from proforient.store.session import Question, Session, asked_once
from proforient.wording.order import path_order

ZONE_OF = "timezone/"  # before a territory's path, in the facts of the installation


class TerritoryRow(NamedTuple):
    territory: str


class NameRow(NamedTuple):
    code: str
    name: str


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


class PlanRow(NamedTuple):
    indicator: str
    level: str
    cohort: str
    territory: str
    percent: Decimal | None
    number: Decimal | None
    origin: Origin
    ground: str
    author: str
    happened_at: dt.datetime
    period_id: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Of the plan values with one key the newest is in force."""
        return self.indicator, self.level, self.cohort, self.territory


class JudgementRow(NamedTuple):
    judgement_id: int
    indicator: str
    level: str
    cohort: str
    territory: str | None
    organisation: str | None
    outcome: Literal["shortcoming", "good", "noted"]
    words: str
    source: str
    office: str
    dated: dt.date | None
    percent: Decimal | None
    happened_at: dt.datetime
    period_id: int


class KnownCountRow(NamedTuple):
    organisation: str
    counted: str
    level: str
    cohort: str
    number: int
    source: str


TERRITORIES = Question("territories", TerritoryRow)
OTHER_NAMES = Question("other_names", NameRow)
OPENINGS = Question("openings", OpeningRow)
PLANS = Question("plans", PlanRow)
JUDGEMENTS = Question("judgements", JudgementRow)
CONTINGENT = Question("contingent", KnownCountRow)

OfPeriod = TypeVar("OfPeriod", PlanRow, JudgementRow)


@dataclass(frozen=True, slots=True)
class Opening:
    """A period as opened for one territory ("" for all), with its number in the store."""

    number: int
    period: Period

    @property
    def territory(self) -> str:
        return self.period.territory or ""


@asked_once
def territories(session: Session) -> list[str]:
    """Paths of all municipalities and of the regions above them, sorted."""
    paths: set[str] = set()
    for row in session.ask(TERRITORIES):
        step: str | None = row.territory
        while step:
            paths.add(step)
            step = parent_territory(step)
    return sorted(paths, key=path_order)


def organisations(
    session: Session,
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
    session: Session, *, on: dt.date | None = None, territory: str | None = None, code: str | None = None
) -> Roster:
    """The same by code, for whoever looks at few of many."""
    codes = None if code is None else [code]
    return Roster(session.table(ORGANISATIONS, on=on or today(session, territory), territory=territory, codes=codes))


def register_order(session: Session, on: dt.date | None = None) -> dict[str, int]:
    """By code, the place of each organisation in the register of a day, which lists of organisations follow."""
    return {code: n for n, code in enumerate(roster(session, on=on))}


def organisation(session: Session, code: str, *, on: dt.date | None = None) -> Organisation:
    """One organisation; WrongCall where the register does not have it."""
    found = organisations(session, on=on, code=code)
    if not found:
        raise WrongCall(f"Организации с кодом «{code}» нет в реестре. Проверьте код или загрузите реестр.")
    return found[0]


def other_names(session: Session, on: dt.date, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By code, the names and full names that organisations bear on other days than ``on``."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in session.ask(OTHER_NAMES, on=on, codes=list(codes)):
        found[code] = (*found.get(code, ()), name)
    return found


@asked_once
def zones(session: Session) -> dict[str, str]:
    """By path, the time zones that were set for territories; "" was taken back."""
    rows = session.run("SELECT key, value FROM meta WHERE starts_with(key, $key)", {"key": ZONE_OF})
    return {key.removeprefix(ZONE_OF): value for key, value in rows}


def zone(session: Session, territory: str | None) -> ZoneInfo:
    """By which clocks a territory's days end: its own zone, that of the one above it, the catalogue's."""
    set_for = zones(session)
    step = territory
    while step:
        if set_for.get(step):
            return ZoneInfo(set_for[step])
        step = parent_territory(step)
    return ZoneInfo(session.catalogue.timezone)


def today(session: Session, territory: str | None = None) -> dt.date:
    """The day it is there."""
    return local_day(now(), zone(session, territory))


@asked_once
def openings(session: Session) -> list[Opening]:
    """Every opening of every period of this catalogue, newest period first, «all» before its territories."""
    rows = sorted(session.ask(OPENINGS, catalogue=session.catalogue.code), key=lambda row: path_order(row.territory))
    rows.sort(key=lambda row: (row.starts, row.ends, row.code), reverse=True)  # order: dates; the code is shown
    return [Opening(row.period_id, _period(row, rows)) for row in rows]


def periods(session: Session, *, territory: str | None = None) -> list[Period]:
    """Newest first. With a territory, each period once, as it concerns that territory; without, every opening."""
    if territory is None:
        return [opening.period for opening in openings(session)]
    codes = dict.fromkeys(opening.period.code for opening in openings(session))
    found = (concerning(session, code, territory) for code in codes)
    return [opening.period for opening in found if opening]


def period(session: Session, code: str, *, territory: str | None = None) -> Period:
    """The period with the dates that hold for the territory; WrongCall where it is not opened for it."""
    return opening(session, code, territory).period


def opening(session: Session, code: str, territory: str | None = None) -> Opening:
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


def concerning(session: Session, code: str, territory: str | None) -> Opening | None:
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


def nearest_opening(session: Session, code: str, territory: str) -> Opening | None:
    """The opening that concerns an organisation's own territory: its own, one above it, or that for all."""
    mine = {o.territory: o for o in openings(session) if o.period.code == code}
    step: str | None = territory
    while step:
        if step in mine:
            return mine[step]
        step = parent_territory(step)
    return mine.get("")


def place_of(session: Session, code: str, whose: str) -> str:
    """The territory of an organisation on the period's last day."""
    return organisation(session, whose, on=opening(session, code).period.ends).territory


def plans(session: Session, period: str, *, territory: str | None = None) -> list[PlanValue]:
    """Plan values in force. With a territory: its own, those above it (None too) and those below it."""
    newest: dict[tuple[str, ...], PlanValue] = {}
    for row in _of_period(session, PLANS, period, territory=territory, indicator=None, level=None, cohort=None):
        newest.setdefault(row.key, _plan(period, row))
    place = indicator_order(session.catalogue)
    return sorted(newest.values(), key=lambda p: (path_order(p.territory or ""), place(p.indicator, p.level, p.cohort)))


def _of_period(session: Session, question: Question[OfPeriod], period: str, **values: str | None) -> list[OfPeriod]:
    """The rows of one period; as periods are looked at together, all of them are asked for at once."""
    number = opening(session, period).number
    return [row for row in _of_every_period(session, question, **values) if row.period_id == number]


@asked_once
def _of_every_period(session: Session, question: Question[OfPeriod], **values: str | None) -> list[OfPeriod]:
    return session.ask(question, period=None, **values)


def plan_history(
    session: Session, period: str, indicator: str, level: str, cohort: str, territory: str | None
) -> list[PlanValue]:
    """Every plan value ever set for exactly this territory (None: for all), newest first."""
    number = opening(session, period).number
    rows = session.ask(PLANS, period=number, territory=None, indicator=indicator, level=level, cohort=cohort)
    return [_plan(period, row) for row in rows if row.territory == (territory or "")]


def judgements(
    session: Session, period: str, *, territory: str | None = None, organisation: str | None = None
) -> list[Judgement]:
    """Newest first; of a territory: its own and those of everything within it."""
    rows = _of_period(session, JUDGEMENTS, period, territory=territory, organisation=organisation)
    return [_judgement(period, row) for row in rows]


def contingent(
    session: Session, period: str, *, territory: str | None = None, organisations: Sequence[str] | None = None
) -> list[Contingent]:
    """Known counts; they enter no share."""
    codes = None if organisations is None else list(organisations)
    number = opening(session, period).number
    rows = session.ask(CONTINGENT, period=number, territory=territory, organisations=codes)
    return [
        Contingent(
            period=period,
            organisation=row.organisation,
            cell=Cell(row.counted, row.level, row.cohort),
            number=row.number,
            source=row.source,
        )
        for row in rows
    ]


def _period(row: OpeningRow, rows: Iterable[OpeningRow]) -> Period:
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
    )


def _previous(opened: OpeningRow, rows: Iterable[OpeningRow]) -> str | None:
    """The latest earlier period of the kind; asked at reading, so that an older period opened later is found."""
    earlier = [(row.starts, row.code) for row in rows if row.kind == opened.kind and row.starts < opened.starts]
    return max(earlier)[1] if earlier else None  # order: the latest start


def _plan(period: str, row: PlanRow) -> PlanValue:
    return PlanValue(
        period=period,
        indicator=row.indicator,
        level=row.level,
        cohort=row.cohort,
        territory=row.territory or None,
        percent=row.percent,
        number=row.number,
        origin=row.origin,
        ground=row.ground,
        author=row.author,
        at=row.happened_at,
    )


def _judgement(period: str, row: JudgementRow) -> Judgement:
    return Judgement(
        id=str(row.judgement_id),
        period=period,
        indicator=row.indicator,
        level=row.level,
        cohort=row.cohort,
        territory=row.territory,
        organisation=row.organisation,
        outcome=row.outcome,
        text=row.words,
        source=row.source,
        office=row.office,
        date=row.dated,
        percent=row.percent,
        at=row.happened_at,
    )
