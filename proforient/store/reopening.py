"""Opening a closed period again for one late organisation, with a reason and a last day; after it, it is closed."""

from __future__ import annotations

import datetime as dt

from proforient.errors import Refused, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import Period, now
from proforient.store import basis, organisation_rows, period_rows
from proforient.store.reopening_rows import reopening
from proforient.store.reporting import of_reports
from proforient.store.writing import Writer
from proforient.wording import counted, quoted

LONGEST = 300  # signs of a reason


def reopen_for(
    writer: Writer, period: str, organisation: str, *, last_day: dt.date, reason: str, at: dt.datetime | None = None
) -> None:
    """Takes the files of one organisation again until ``last_day``; once more: until another day.

    Refused where the period is open or was never opened there, WrongCall where day or reason will not do.
    """
    home = period_rows.place_of(writer, period, organisation)
    writer.unless_moved(_concern(writer, period, organisation, home))
    _closed(writer, period, organisation, home)
    if last_day < organisation_rows.today(writer, home):
        raise WrongCall("Последний день для организации уже прошёл. Назначьте сегодняшний день или позже.")
    said = " ".join(reason.split())
    if not said:
        raise WrongCall("Причина: поле пустое. Впишите одну фразу: почему отчёт сдают позже.")
    if len(said) > LONGEST:
        raise WrongCall(f"Причина: {counted(len(said), 'signs')}, а помещается {LONGEST}. Сократите текст.")
    refuse_personal(said, what="Причина")
    _put(writer, period, organisation, home, last_day, said, at or now())


def close_again(writer: Writer, period: str, organisation: str, *, at: dt.datetime | None = None) -> None:
    """Before its last day: from now on the organisation hands in no more than the others. Refused where it cannot."""
    home = period_rows.place_of(writer, period, organisation)
    writer.unless_moved(_concern(writer, period, organisation, home))
    _closed(writer, period, organisation, home)
    found = reopening(writer, period, organisation, home)
    if found is None:
        raise Refused("Приём для этой организации уже закрыт.")
    yesterday = organisation_rows.today(writer, home) - dt.timedelta(days=1)
    _put(writer, period, organisation, home, yesterday, found.reason, at or now())


def _concern(writer: Writer, period: str, organisation: str, home: str) -> basis.Concern:
    """Its report, the campaign there, and whether it is open for it alone."""
    campaigns = basis.openings(period, home)
    report = of_reports(writer, period, {organisation: home})
    return basis.any_of(report, campaigns, basis.reopening(period, organisation))


def _closed(writer: Writer, period: str, organisation: str, home: str) -> Period:
    campaign = period_rows.nearest_opening(writer, period, home)
    whose = organisation_rows.organisation(writer, organisation).name
    if campaign is None:
        raise Refused(f"Период «{period}» для территории «{home}» не открывали: {quoted(whose)} его не сдаёт.")
    if campaign.period.state == "open":
        raise Refused(f"Приём «{period}» открыт для всех: {quoted(whose)} может сдать отчёт и так.")
    return campaign.period


def _put(
    writer: Writer, period: str, organisation: str, home: str, last_day: dt.date, reason: str, at: dt.datetime
) -> None:
    writer.unless_moved(_concern(writer, period, organisation, home))
    number = period_rows.opening(writer, period).number
    values = {"id": writer.new_id(), "period": number, "organisation": organisation, "last_day": last_day}
    writer.run(_INSERT, values | {"reason": reason, "author": writer.actor, "at": at})
    detail = {"period": period, "closes": last_day, "reason": reason}
    writer.log("report.reopened", f"organisation/{organisation}", detail, at=at)


_INSERT = """
INSERT INTO reopening (reopening_id, period_id, organisation, last_day, reason, author, happened_at)
VALUES ($id, $period, $organisation, $last_day, $reason, $author, $at)
"""
