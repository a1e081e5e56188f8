"""Addresses of organisations, and messages to them: at most one a day, however many people send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from proforient.errors import Refused, WrongCall
from proforient.intake.roll.email import is_email
from proforient.monitoring import local_day, now
from proforient.store import basis, period_rows, reopening_rows
from proforient.store.reminder_rows import Delivery
from proforient.store.reporting import of_reports
from proforient.store.writing import Writer
from proforient.wording import quoted


def set_mailboxes(writer: Writer, addresses: Mapping[str, str]) -> int:
    """By organisation its address, empty to take it away; how many are other than they were. All or none."""
    given = {code: email.strip().lower() for code, email in addresses.items()}
    wrong = [email for email in given.values() if email and not is_email(email)]
    if wrong:
        raise WrongCall(
            f"«{wrong[0][:60]}» — не адрес почты. Ожидалось, например: school5@edu.example.ru."
            + (f" И ещё таких: {len(wrong) - 1}." if len(wrong) > 1 else "")
        )
    known = writer.reader.mailboxes()
    moved = {code: email for code, email in given.items() if known.get(code, "") != email}
    if not moved:
        return 0
    writer.unless_moved(basis.mailboxes(moved))
    places = {writer.reader.organisation(code).territory for code in moved}
    at = now()
    for code, email in moved.items():
        values = {"id": writer.new_id(), "organisation": code, "email": email, "author": writer.actor, "at": at}
        writer.run(_INSERT_MAILBOX, values)
    detail = {"organisations": dict.fromkeys(moved, 1), "territory": places.pop() if len(places) == 1 else None}
    writer.log("mailbox.set", "mailboxes", detail, at=at)
    return len(moved)


def begin(writer: Writer, period: str, organisation: str, email: str) -> dt.date:
    """Takes the organisation's one message of the day, before anything is sent; gives the day.

    Refused where it was written to today, where its period takes no reports and where it has no address.
    """
    place = writer.reader.place_of(period, organisation)
    name = quoted(writer.reader.organisation(organisation).name)
    if not is_email(email):
        raise Refused(f"{name}: нет адреса почты.")
    if not reopening_rows.takes_from(writer, period, organisation, place):
        raise Refused(f"{name}: приём уже закрыт.")
    day = local_day(now(), writer.reader.zone(place))
    earlier = writer.reader.reminded(day).get(organisation)
    if earlier is not None and earlier.state != "failed":
        raise Refused(f"{name}: сегодня ей уже писали ({earlier.author}).")
    writer.unless_moved(of_reports(writer, period, {organisation: place}))
    _add(writer, period, organisation, email, day, "begun", "")
    writer.log("reminder.begun", f"organisation/{organisation}", {"period": period})
    return day


def end(writer: Writer, period: str, organisation: str, email: str, day: dt.date, why_not: str) -> None:
    """How sending it ended: ``why_not`` empty, it was taken by the server of mail."""
    begun = writer.reader.reminded(day).get(organisation)
    if begun is None or begun.state != "begun":
        raise WrongCall("Это напоминание не начинали. Обновите страницу.")
    writer.unless_moved(basis.reminder(organisation))
    _add(writer, period, organisation, email, day, "failed" if why_not else "sent", why_not)
    writer.log("reminder.ended", f"organisation/{organisation}", {"period": period, "failed": bool(why_not)})


def _add(
    writer: Writer, period: str, organisation: str, email: str, day: dt.date, state: Delivery, reason: str
) -> None:
    values = {
        "id": writer.new_id(), "period": period_rows.opening(writer, period).number, "organisation": organisation,
        "email": email, "day": day, "state": state, "reason": reason, "author": writer.actor, "at": now(),
    }  # fmt: skip
    writer.run(_INSERT_REMINDER, values)


_INSERT_MAILBOX = """
INSERT INTO mailbox (mailbox_id, organisation, email, author, happened_at)
VALUES ($id, $organisation, $email, $author, $at)
"""
_INSERT_REMINDER = """
INSERT INTO reminder (reminder_id, period_id, organisation, email, day, state, reason, author, happened_at)
VALUES ($id, $period, $organisation, $email, $day, $state, $reason, $author, $at)
"""
