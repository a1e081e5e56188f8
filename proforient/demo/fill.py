"""Fills an empty store: registers, periods, plans, judgements, and every file through the product's own intake."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from proforient.catalogue.entries import Catalogue
from proforient.demo import files, judgements, numbers, plans
from proforient.demo.districts import CONTINGENT_2022, GORNY, NYAZEPETROVSK, ZONES, organisations
from proforient.errors import Refused
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Cell, Contingent, Organisation, Reason, ReportState, local_day, now
from proforient.store import acceptance, campaign, enrolment, facts, planning, reporting
from proforient.store.store import Store
from proforient.store.writing import Writer

_FILLING = "filling"  # state of a filling that was begun and not ended: a later call goes on where it stopped
AUTHOR = "демонстрация"
METHODIST = "методист управления"
# Which campaigns are closed, and when (UTC).
CLOSED = (
    (NYAZEPETROVSK, "2021", dt.datetime(2022, 4, 1, 6, 0)),
    (NYAZEPETROVSK, "2022", dt.datetime(2023, 5, 3, 9, 0)),
    (GORNY, "2022", dt.datetime(2022, 8, 11, 3, 0)),
)
_SENT_2023 = (
    "n-school-severnaya",
    "n-school-lesnaya",
    "n-school-ozyornaya",
    "n-school-polevaya",
    "n-garden-ryabinka",
    "n-garden-solnyshko",
    "n-club-raduga",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One file on its way: whose, when (UTC), by whom."""

    name: str
    data: bytes
    period: str
    by: str
    at: dt.datetime
    accepted: bool = True  # whether the department has accepted the report


def fill(store: Store, *, territory: str | None = None, today: dt.date | None = None) -> int:
    """Fills an empty store with both districts (or with one); gives the number of files sent.

    Raises Refused where the store holds any organisation already: a store in use is never filled.
    """
    today = today or local_day(now(), ZoneInfo(ZONES[NYAZEPETROVSK]))
    chosen = [o for o in organisations() if territory in (None, o.territory)]
    if not chosen:
        raise Refused(f"Демонстрационных данных для территории «{territory}» нет. Есть: {NYAZEPETROVSK}; {GORNY}.")
    with store.write(AUTHOR, based_on=None) as writer:
        begun = writer.reader.fact(facts.DEMONSTRATION) == _FILLING
        if writer.reader.organisations() and not begun:
            raise Refused("В хранилище уже есть организации. Демонстрация пишется только в пустое хранилище.")
        if not begun:
            facts.set_fact(writer, facts.DEMONSTRATION, _FILLING)
            enrolment.import_organisations(writer, chosen)
            for place in dict.fromkeys(o.territory for o in chosen):
                facts.set_zone(writer, place, ZONES[place])
            _campaigns(writer, {o.territory for o in chosen}, today)
        there = {s.sha256 for s in writer.reader.submissions()}
    sent = 0
    for file in sorted(_files(store.catalogue, chosen, today), key=lambda f: f.at):
        if hashlib.sha256(file.data).hexdigest() not in there:
            _send(store, file)
            sent += 1
    with store.write(AUTHOR, based_on=None) as writer:
        _close(writer, {o.territory for o in chosen})
        facts.set_fact(writer, facts.DEMONSTRATION, "yes")
    return sent


def _campaigns(writer: Writer, territories: set[str], today: dt.date) -> None:
    catalogue = writer.catalogue
    if NYAZEPETROVSK in territories:
        for code, opened, closes in (
            ("2021", dt.date(2022, 2, 1), dt.date(2022, 3, 31)),
            ("2022", dt.date(2023, 4, 3), dt.date(2023, 4, 28)),
            ("2023", today - dt.timedelta(days=21), today + dt.timedelta(days=9)),
        ):
            at = dt.datetime.combine(opened, dt.time(6, 0))
            campaign.open_period(writer, code, closes=closes, territory=NYAZEPETROVSK, proposals=plans.PROPOSALS, at=at)
        for judgement in judgements.letter(catalogue):
            planning.add_judgement(writer, judgement)
        planning.import_contingent(writer, list(_contingent()))
    if GORNY in territories:
        at = dt.datetime(2022, 6, 1, 3, 0)
        campaign.open_period(writer, "2022", closes=dt.date(2022, 8, 10), territory=GORNY, at=at)
        for judgement in judgements.protocol(catalogue):
            planning.add_judgement(writer, judgement)


def _close(writer: Writer, territories: set[str]) -> None:
    """The campaigns that ended before the documents were written; the invented one of 2023 still goes on."""
    for place, code, at in CLOSED:
        if place in territories and writer.reader.period(code, territory=place).state == "open":
            campaign.close_period(writer, code, territory=place, at=at)


def _contingent() -> Iterator[Contingent]:
    for organisation, levels in CONTINGENT_2022.items():
        for level, number in levels.items():
            yield Contingent(
                period="2022",
                organisation=organisation,
                cell=Cell("pupils", level, "all"),
                number=number,
                source="выдумано для демонстрации",
            )


def _files(catalogue: Catalogue, chosen: list[Organisation], today: dt.date) -> Iterator[Sent]:
    own = [o for o in chosen if o.territory == NYAZEPETROVSK]
    if own:
        yield from _year_2021(catalogue, own)
        yield from _year_2022(catalogue, own)
        yield from _year_2023(catalogue, own, today)
    yield from _gorny(catalogue, [o for o in chosen if o.territory == GORNY])


def _year_2021(catalogue: Catalogue, own: list[Organisation]) -> Iterator[Sent]:
    """The department's own wide tables, one a level, as such years came before."""
    for day, level in enumerate(("preschool", "primary", "basic", "secondary")):
        table = {}
        for organisation in own:
            given = numbers.answers(organisation, 2021)
            cells = {c: v for c, v in given.items() if c.level == level and c.count in ("pupils", "covered")}
            if cells:
                table[organisation] = cells
        title = f"Свод за 2021 год: {catalogue.levels[level].name.lower()}"
        data = files.wide_csv(catalogue, title, table, level=level, counts=("pupils", "covered"))
        at = dt.datetime(2022, 3, 21 + day, 7, 30)
        yield Sent(f"svod_2021_{level}.csv", data, "2021", METHODIST, at)


def _year_2022(catalogue: Catalogue, own: list[Organisation]) -> Iterator[Sent]:
    """A file an organisation; the history holds a refused, a replaced and a late one."""
    start = dt.datetime(2023, 4, 17, 5, 0)
    for place, organisation in enumerate(own):
        if organisation.code in ("n-garden-lastochka", "n-club-start", "n-club-garmoniya"):
            continue
        given = numbers.answers(organisation, 2022)
        stem, by = _stem(organisation), _sender(organisation)
        at = start + dt.timedelta(hours=13 * place)
        if organisation.code == "n-school-lesnaya":
            wrong = {**given, Cell("covered", "basic", "all"): 121}
            yield _long(catalogue, organisation, "2022", wrong, f"{stem}_2022.csv", by, dt.datetime(2023, 4, 28, 10, 5))
            at = dt.datetime(2023, 5, 2, 6, 40)
            stem += "_v2"
        if organisation.code == "n-school-polevaya":
            first = {**given, Cell("covered", "basic", "all"): 66}
            yield _long(catalogue, organisation, "2022", first, f"{stem}_2022.csv", by, at)
            stem, at = stem + "_ispravleno", at + dt.timedelta(days=3)
        yield _long(catalogue, organisation, "2022", given, f"{stem}_2022.csv", by, at)


def _year_2023(catalogue: Catalogue, own: list[Organisation], today: dt.date) -> Iterator[Sent]:
    start = dt.datetime.combine(today - dt.timedelta(days=8), dt.time(6, 15))
    for place, organisation in enumerate(o for o in own if o.code in _SENT_2023):
        given = numbers.answers(organisation, 2023)
        name = f"{_stem(organisation)}_2023.csv"
        at = start + dt.timedelta(hours=19 * place)
        sent = _long(catalogue, organisation, "2023", given, name, _sender(organisation), at)
        yield Sent(sent.name, sent.data, sent.period, sent.by, sent.at, accepted=place % 2 == 0)


def _gorny(catalogue: Catalogue, own: list[Organisation]) -> Iterator[Sent]:
    """The protocol's yes/no shortcomings as the two schools and the department answered them."""
    no = {
        "school": ("problem-group", "page", "site-news", "staff-incentives", "parents-counselling", "ministries"),
        "authority": ("staff-incentives", "ministries"),
    }
    for place, organisation in enumerate(own):
        level = "authority" if organisation.kind == "authority" else "whole"
        given: dict[Cell, int | Reason] = {Cell(count, level, "all"): 0 for count in no[organisation.kind]}
        at = dt.datetime(2022, 8, 4, 2, 0) + dt.timedelta(hours=5 * place)
        yield _long(
            catalogue, organisation, "2022", given, f"{_stem(organisation)}_2022.csv", _sender(organisation), at
        )


def _stem(organisation: Organisation) -> str:
    return organisation.code.partition("-")[2].removeprefix("school-").removeprefix("garden-").removeprefix("club-")


def _sender(organisation: Organisation) -> str:
    return METHODIST if organisation.kind == "authority" else organisation.name


def _long(
    catalogue: Catalogue,
    organisation: Organisation,
    period: str,
    given: files.Answers,
    name: str,
    by: str,
    at: dt.datetime,
) -> Sent:
    encoding = "cp1251" if len(name) % 2 else "utf-8-sig"
    return Sent(name, files.long_csv(catalogue, organisation, period, given, encoding=encoding), period, by, at)


def _send(store: Store, file: Sent) -> None:
    """The same way as an upload: read, checked against what is known, accepted or refused."""
    reading = read_bytes(file.name, file.data)
    with store.read() as reader:
        screening = screen(reading, store.catalogue, reader.known(file.period))
    if not screening.acceptable:
        with store.write(file.by, based_on=None) as writer:
            acceptance.note_refusal(writer, screening, period=file.period, at=file.at)
        return
    store.put_file(file.data)
    with store.write(file.by, based_on=None) as writer:
        acceptance.accept(writer, screening, period=file.period, confirm=True, at=file.at)
    if not file.accepted:
        return
    with store.write(METHODIST, based_on=None) as writer:
        for organisation in sorted({v.organisation for v in screening.values}):  # order: no matter, all are accepted
            at = file.at + dt.timedelta(days=1)
            reporting.set_report(writer, file.period, organisation, ReportState.ACCEPTED, at=at)
