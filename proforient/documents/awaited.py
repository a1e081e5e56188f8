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
from proforient.wording import NB, capital, date_ru

HEAD = (
    *("Организация", "Муниципалитет", "Вид", "Чего ждём", "Заполнено", "Спрашивают", "Последний день", "Ссылка"),
    *("Почта", "Тема", "Текст"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedReport:
    """An organisation whose report is awaited, and the message that says so; ``subject``: the line above a letter."""

    organisation: Organisation
    what: ReportStanding
    given: int
    asked: int
    last_day: dt.date
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be sent to whom."""

    organisation: Organisation
    email: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Postbag:
    """Those that are awaited, by what can be done: write, try again, nothing more today, nothing without an address."""

    ready: Sequence[Letter]
    failed: Sequence[Letter]
    written: int
    unknown: Sequence[Organisation]


def awaited(
    reader: Reader,
    reports: Mapping[str, Report],
    standings: Mapping[str, ReportStanding],
    contents: Mapping[str, ReportContents],
    register: Mapping[str, Organisation],
    address: str,
) -> list[AwaitedReport]:
    """In the order of the register; who is asked nothing, or whose files are not taken any more, is not awaited.

    ``address``: where a school hands in. Each has its own last day and its own clocks.
    """
    waiting = {c: r for c, r in reports.items() if standings[c] in AWAITED and c in register and _asked(contents, c)}
    homes = {code: register[code].territory for code in waiting}
    days = reader.last_days(next(iter(waiting.values())).period, homes) if waiting else {}
    today = {home: reader.today(home) for home in set(homes.values())}
    return [
        _awaited(register[code], report, standings[code], contents[code], days[code], today[homes[code]], address)
        for code, report in waiting.items()
        if code in days
    ]


def _asked(contents: Mapping[str, ReportContents], code: str) -> bool:
    return code in contents and contents[code].asked > 0


def _awaited(
    organisation: Organisation,
    report: Report,
    what: ReportStanding,
    held: ReportContents,
    last_day: dt.date,
    today: dt.date,
    address: str,
) -> AwaitedReport:
    given, asked = held
    text = reminder(
        organisation.name, report, what, given=given, asked=asked, closes=last_day, today=today, address=address
    )
    subject = reminder_subject(report.period, closes=last_day, today=today)
    return AwaitedReport(
        organisation=organisation, what=what, given=given, asked=asked, last_day=last_day, subject=subject, text=text
    )


def awaited_in(reader: Reader, period: Period, territory: str, address: str) -> list[AwaitedReport]:
    """The same of a territory, today."""
    return awaited(
        reader,
        reader.reports(period.code, territory=territory),
        reader.report_standings(period.code, territory=territory),
        reader.report_contents(period.code, territory=territory),
        reader.roster(on=period.ends, territory=territory),
        address,
    )


def addresses(reader: Reader) -> Mapping[str, str]:
    """By organisation: the address of its office, else the one by which its account comes in."""
    own = {a.organisation: a.email for a in reader.accounts() if a.active and a.email and a.organisation}
    return own | reader.mailboxes()


def postbag(reader: Reader, found: Sequence[AwaitedReport]) -> Postbag:
    """What can be written to those who are awaited."""
    known, whose = addresses(reader), [one.organisation for one in found]
    days = {place: reader.today(place) for place in {o.territory for o in whose}}
    today = {o.code: reader.reminded(days[o.territory]).get(o.code) for o in whose}
    letters = [
        Letter(organisation=one.organisation, email=email, subject=one.subject, text=one.text)
        for one in found
        if (email := known.get(one.organisation.code))
    ]
    return Postbag(
        ready=[one for one in letters if today[one.organisation.code] is None],
        failed=[one for one in letters if _failed(today[one.organisation.code])],
        written=sum(was is not None and not _failed(was) for was in today.values()),
        unknown=[o for o in whose if o.code not in known],
    )


def _failed(was: Reminder | None) -> bool:
    return was is not None and was.state == "failed"


def mail_merge(reader: Reader, catalogue: Catalogue, found: Sequence[AwaitedReport], address: str) -> bytes:
    """A row an organisation, its message among it, as CSV for whatever sends letters."""
    emails = addresses(reader)
    return csv_bytes(HEAD, [_row(catalogue, one, emails, address) for one in found])


def _row(catalogue: Catalogue, one: AwaitedReport, emails: Mapping[str, str], address: str) -> tuple[object, ...]:
    organisation = one.organisation
    kind = catalogue.organisation_kinds.get(organisation.kind)
    return (
        organisation.name,
        territory_name(organisation.territory),
        capital(kind.name) if kind else "—",
        STANDINGS[one.what],
        one.given,
        one.asked,
        date_ru(one.last_day).replace(NB, " "),  # «25.12.2026» gets an apostrophe, which a letter would show
        address,
        emails.get(organisation.code, ""),
        one.subject,
        one.text,
    )
