"""Publications, how often they were opened, and the codes of a hall: rows in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from proforient.errors import Refused, WrongCall
from proforient.store import basis
from proforient.store.rows import Publication
from proforient.store.writing import Writer


def publish(writer: Writer, publication: Publication) -> Publication:
    """Keeps it under the next number, which is given back with it."""
    homes = writer.reader.roster().homes
    shown = basis.figures(publication.period, publication.territory, homes)
    corrects = [basis.publication(publication.corrects)] if publication.corrects is not None else []
    writer.unless_moved(basis.any_of(shown, *corrects))
    rows = writer.run("SELECT coalesce(max(number), 0) + 1 FROM publication")
    made = publication._replace(number=int(rows[0][0]))
    bound = ", ".join(f"${name}" for name in made._fields)
    writer.run(
        f"INSERT INTO publication ({', '.join(made._fields)}) VALUES ({bound})",  # noqa: S608  # names of our own columns
        made._asdict(),
    )
    about = {
        "period": made.period,
        "territory": made.territory,
        "cohort": made.cohort,
        "sha256": made.sha256,
        "corrects": made.corrects,
    }
    writer.log("publication.made", f"publication/{made.number}", about, at=made.made_at)
    return made


def withdraw(writer: Writer, number: int, *, reason: str, at: dt.datetime) -> None:
    """The link shows no figures any more; for good."""
    found = writer.run("SELECT territory, withdrawn_at FROM publication WHERE number = $number", {"number": number})
    if not found:
        raise WrongCall(f"Снимка № {number} нет. Обновите список.")
    writer.unless_moved(basis.publication(number))
    if found[0][1] is not None:
        raise Refused(f"Снимок № {number} уже отозван: отзывать нечего.")
    writer.run(
        "UPDATE publication SET withdrawn_at = $at, reason = $reason WHERE number = $number AND withdrawn_at IS NULL",
        {"number": number, "at": at, "reason": reason},
    )
    writer.run(
        "DELETE FROM hall_code WHERE token IN (SELECT token FROM publication WHERE number = $number)",
        {"number": number},
    )
    about = {"reason": reason, "territory": found[0][0]}
    writer.log("publication.withdrawn", f"publication/{number}", about, at=at)


def count_openings(writer: Writer, opened: Mapping[str, int]) -> None:
    """Adds to the counts; not in the log, which keeps what people did with the data."""
    for token, more in opened.items():
        before = writer.run("SELECT openings FROM opening_count WHERE token = $token", {"token": token})
        values = {"token": token, "n": more + (int(before[0][0]) if before else 0)}
        if before:
            writer.run("UPDATE opening_count SET openings = $n WHERE token = $token", values)
        else:
            writer.run("INSERT INTO opening_count VALUES ($token, $n)", values)


def put_code(writer: Writer, code: str, publication: Publication, *, ends_at: dt.datetime, at: dt.datetime) -> None:
    """One code a link: an older one no longer holds, nor does any whose time is over."""
    writer.unless_moved(basis.hall_code(publication.number))
    writer.run("DELETE FROM hall_code WHERE ends_at <= $at OR token = $token", {"at": at, "token": publication.token})
    writer.run(
        "INSERT INTO hall_code VALUES ($code, $token, $ends)",
        {"code": code, "token": publication.token, "ends": ends_at},
    )
    until = {"until": ends_at.isoformat(timespec="minutes"), "territory": publication.territory}
    writer.log("publication.code", f"publication/{publication.number}", until, at=at)
