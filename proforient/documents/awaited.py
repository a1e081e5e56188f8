"""Whose reports are awaited: for each the message that says so, and all of them as a file to mail from.

In: reports, what they hold, the register. Out: records and CSV; nothing is sent from here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences.reminders import AWAITED, reminder, reminder_subject
from proforient.charts.sentences.standings import STANDINGS
from proforient.documents.tables import csv_bytes
from proforient.monitoring import Organisation, Period, Report, ReportStanding, territory_name
from proforient.store.contents import ReportContents
from proforient.store.reading import Reader
from proforient.store.reminder_rows import Reminder
from proforient.wording import capital, date_ru

HEAD = (
    *("Организация", "Муниципалитет", "Вид", "Чего ждём", "Заполнено", "Спрашивают", "Последний день", "Ссылка"),
    *("Почта", "Тема", "Текст"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedReport:
    """An organisation whose report is awaited, and the message that says so."""

    organisation: Organisation
    what: ReportStanding
    given: int
    asked: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be sent to whom."""

    organisation: Organisation
    email: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Postbag:
    """Those that are awaited, by what can be done: write, try again, nothing more today, nothing without an address."""

    ready: Sequence[Letter]
    failed: Sequence[Letter]
    written: int
    unknown: Sequence[Organisation]


def awaited(
    reports: Mapping[str, Report],
    standings: Mapping[str, ReportStanding],
    contents: Mapping[str, ReportContents],
    register: Mapping[str, Organisation],
    period: Period,
    *,
    today: dt.date,
    address: str,
) -> list[AwaitedReport]:
    """In the order of the register; who is asked nothing is not awaited. ``address``: where a school hands in."""
    found = []
    for code, report in reports.items():
        held = contents.get(code)
        given, asked = held if held else (0, 0)
        what = standings[code]
        if what not in AWAITED or not asked or code not in register:
            continue
        organisation = register[code]
        text = reminder(
            organisation.name, report, what, given=given, asked=asked, closes=period.closes, today=today,
            address=address,
        )  # fmt: skip
        found.append(AwaitedReport(organisation=organisation, what=what, given=given, asked=asked, text=text))
    return found


def awaited_in(reader: Reader, period: Period, territory: str, address: str) -> list[AwaitedReport]:
    """The same of a territory, today."""
    return awaited(
        reader.reports(period.code, territory=territory),
        reader.report_standings(period.code, territory=territory),
        reader.report_contents(period.code, territory=territory),
        reader.roster(on=period.ends, territory=territory),
        period,
        today=reader.today(territory),
        address=address,
    )


def addresses(reader: Reader) -> Mapping[str, str]:
    """By organisation: the address of its office, else the one by which its account comes in."""
    own = {a.organisation: a.email for a in reader.accounts() if a.active and a.email and a.organisation}
    return own | reader.mailboxes()


def postbag(reader: Reader, found: Sequence[tuple[Organisation, str]]) -> Postbag:
    """``found``: who is awaited, and the text."""
    known = addresses(reader)
    days = {place: reader.today(place) for place in {o.territory for o, _ in found}}
    today = {o.code: reader.reminded(days[o.territory]).get(o.code) for o, _ in found}
    letters = [Letter(organisation=o, email=known[o.code], text=text) for o, text in found if o.code in known]
    return Postbag(
        ready=[one for one in letters if today[one.organisation.code] is None],
        failed=[one for one in letters if _failed(today[one.organisation.code])],
        written=sum(was is not None and not _failed(was) for was in today.values()),
        unknown=[o for o, _ in found if o.code not in known],
    )


def _failed(was: Reminder | None) -> bool:
    return was is not None and was.state == "failed"


def mail_merge(
    reader: Reader, catalogue: Catalogue, period: Period, found: Sequence[AwaitedReport], address: str
) -> bytes:
    """A row an organisation, its message among it, as CSV for whatever sends letters."""
    emails = addresses(reader)
    return csv_bytes(HEAD, [_row(reader, catalogue, period, one, emails, address) for one in found])


def _row(
    reader: Reader,
    catalogue: Catalogue,
    period: Period,
    one: AwaitedReport,
    emails: Mapping[str, str],
    address: str,
) -> tuple[object, ...]:
    organisation = one.organisation
    kind = catalogue.organisation_kinds.get(organisation.kind)
    return (
        organisation.name,
        territory_name(organisation.territory),
        capital(kind.name) if kind else "—",
        STANDINGS[one.what],
        one.given,
        one.asked,
        date_ru(period.closes, "digits"),
        address,
        emails.get(organisation.code, ""),
        reminder_subject(period.code, closes=period.closes, today=reader.today(organisation.territory)),
        one.text,
    )
