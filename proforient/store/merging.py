"""Joining one organisation to another from a day on, and taking that back while nothing hangs on it."""

from __future__ import annotations

import datetime as dt

from proforient.errors import Refused, WrongCall
from proforient.monitoring import Merger, Organisation, now
from proforient.store import accounts, basis, merger_rows, organisation_rows
from proforient.store.rollup import homes_of, rewrite
from proforient.store.writing import Writer
from proforient.wording import date_ru, join, period_name, quoted


def merge(writer: Writer, code: str, into: str, *, day: dt.date, at: dt.datetime | None = None) -> Merger:
    """Closes ``code`` on the ``day``, from which on ``into`` reports for its children; its accounts end with it.

    Refused where children would be counted twice or a report is still awaited; WrongCall where either is not there.
    """
    at = at or now()
    who = organisation_rows.organisation(writer, code, on=day)
    successor = organisation_rows.organisation(writer, into, on=day)
    writer.unless_moved(basis.any_of(basis.register([code, into]), basis.organisation(code)))
    _refuse_pair(writer, who, successor, day)
    _refuse_reports(writer, who, successor, day)
    ended = merger_rows.logins_of(writer, code) if day <= organisation_rows.today(writer, who.territory) else ()
    merger = Merger(
        organisation=code, successor=into, day=day, closed_before=who.closed, logins=ended, author=writer.actor, at=at
    )  # fmt: skip
    _put(writer, merger, holds=True, closed=day)
    writer.log("organisation.merged", f"organisation/{code}", {"successor": into, "day": day}, at=at)
    for login in ended:
        accounts.set_active(writer, login, active=False, at=at)
    return merger


def unmerge(writer: Writer, code: str, *, at: dt.datetime | None = None) -> Merger:
    """Takes the joining back: the register has the organisation again as before, and its accounts are open.

    Refused where the other one has reported for the children of both since.
    """
    at = at or now()
    merger = merger_rows.mergers(writer).get(code)
    if merger is None:
        raise Refused(f"«{code}» ни к кому не присоединена: отменять нечего.")
    who, successor = (organisation_rows.organisation(writer, one, on=merger.day) for one in (code, merger.successor))
    writer.unless_moved(basis.any_of(basis.register([code, successor.code]), basis.organisation(successor.code)))
    sent = merger_rows.reported_since(writer, merger)
    if sent:
        raise Refused(
            f"Присоединение не отменить: {quoted(successor.name)} с тех пор сдала числа за {_listed(sent)}, с детьми "
            "обеих. Сначала отзовите её файл на странице «Период»."
        )
    _put(writer, merger, holds=False, closed=merger.closed_before)
    writer.log("organisation.unmerged", f"organisation/{who.code}", {"successor": successor.code}, at=at)
    still = {a.login for a in writer.reader.accounts() if a.organisation == code and not a.active}
    for login in (login for login in merger.logins if login in still):
        accounts.set_active(writer, login, active=True, at=at)
    return merger


def _refuse_pair(writer: Writer, who: Organisation, successor: Organisation, day: dt.date) -> None:
    """Where the two cannot be joined whatever they have sent."""
    if who.code == successor.code:
        raise WrongCall("Организацию не присоединить к ней самой. Выберите другую.")
    if who.code in merger_rows.mergers(writer):
        raise Refused(f"{quoted(who.name)} уже присоединена. Сначала отмените прежнее присоединение.")
    if who.closed is not None and who.closed < day:
        raise Refused(
            f"{quoted(who.name)} закрыта с {date_ru(who.closed)}, раньше дня присоединения. "
            "Выберите этот день или раньше."
        )
    if who.opened is not None and who.opened >= day:
        raise Refused(f"{quoted(who.name)} открыта с {date_ru(who.opened)}. Выберите день после этого.")
    if not successor.open_on(day):
        raise Refused(f"{quoted(successor.name)} в этот день не работает. Выберите другую организацию или другой день.")
    later = [m.day for m in merger_rows.mergers(writer).values() if m.successor == who.code and m.day >= day]
    if later:
        last = max(later)  # order: of days
        raise Refused(f"К {quoted(who.name)} самой с {date_ru(last)} присоединена другая. Выберите день после этого.")
    branches = [o.name for o in organisation_rows.organisations(writer, on=day) if o.part_of == who.code]
    if branches:
        raise Refused(
            f"У {quoted(who.name)} есть филиалы: {join(branches)}. Сначала запишите им другую головную организацию."
        )


def _refuse_reports(writer: Writer, who: Organisation, successor: Organisation, day: dt.date) -> None:
    """Where numbers were sent that would count children twice, or are awaited and nobody would send them."""
    sent = merger_rows.reported_from(writer, who.code, day)
    if sent:
        raise Refused(
            f"{quoted(who.name)} уже сдала числа за {_listed(sent)}. К последнему дню этого периода её дети будут в "
            f"{quoted(successor.name)} и были бы сосчитаны дважды. Отзовите её файл на странице «Период» или выберите "
            "день после конца периода."
        )
    awaited = merger_rows.awaited_before(writer, who.code, day)
    if awaited:
        raise Refused(
            f"{quoted(who.name)} ещё не сдала отчёт за {_listed(awaited)}, а приём открыт. Сдайте его за неё на "
            f"странице «Загрузка», закройте приём или выберите день не позже конца периода: тогда отчитается "
            f"{quoted(successor.name)}."
        )


def _listed(periods: list[str]) -> str:
    return join([period_name(period) for period in periods])


def _put(writer: Writer, merger: Merger, *, holds: bool, closed: dt.date | None) -> None:
    values = {
        "id": writer.new_id(), "organisation": merger.organisation, "successor": merger.successor, "day": merger.day,
        "closed_before": merger.closed_before, "logins": ",".join(merger.logins), "kept": holds,
        "author": writer.actor, "at": merger.at if holds else now(),
    }  # fmt: skip
    writer.run(_INSERT, values)
    writer.run(_CLOSE, {"code": merger.organisation, "closed": closed})
    rewrite(writer, None, homes_of(writer, [merger.organisation, merger.successor]))


_INSERT = """
INSERT INTO merger (merger_id, organisation, successor, day, closed_before, logins, kept, author, happened_at)
VALUES ($id, $organisation, $successor, $day, $closed_before, $logins, $kept, $author, $at)
"""
_CLOSE = "UPDATE organisation SET closed = $closed WHERE code = $code"
