"""States of reports: moved by people, by an accepted file, by the end of a campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from proforient.errors import Refused, WrongCall
from proforient.monitoring import ReportState, now
from proforient.store import basis
from proforient.store.rollup import carried
from proforient.store.writing import Writer


def set_report(
    writer: Writer, period: str, organisation: str, state: ReportState, *, note: str = "", at: dt.datetime | None = None
) -> None:
    """Moves a report. A draft takes nothing back; what was not sent is neither accepted nor returned (Refused)."""
    before = writer.reader.reports(period, organisation=organisation).get(organisation)
    if before is None:
        raise WrongCall(f"Организации с кодом «{organisation}» нет в реестре на период «{period}». Проверьте код.")
    place = writer.reader.place_of(period, organisation)
    writer.unless_moved(of_reports(writer, period, {organisation: place}))
    sent = before.state.reported
    if state is ReportState.DRAFT and sent:
        return
    if state not in (ReportState.DRAFT, ReportState.NOT_SUBMITTED) and not sent:
        raise Refused(
            f"Организация «{organisation}» ещё не сдала отчёт за «{period}»: нечего принимать или возвращать."
        )
    if state is ReportState.NOT_SUBMITTED and sent:
        raise Refused("Отчёт сдан. Чтобы убрать его из показателей, отзовите принятый файл («Откатить»).")
    moment = at or now()
    with carried(writer, writer.reader.opening(period).number, {organisation: place}, values=False):
        put_reports(writer, period, {organisation: before.late}, state, note=note, at=moment)
    detail = {"period": period, "state": state.value, "before": before.state.value, "note": note}
    writer.log("report.state", f"organisation/{organisation}", detail, at=moment)


def accept_all(
    writer: Writer, period: str, organisations: Collection[str], *, at: dt.datetime | None = None
) -> list[str]:
    """Accepts those of the reports that wait for a check, in one go; gives whose."""
    homes = {code: writer.reader.place_of(period, code) for code in organisations}
    before = writer.reader.reports(period)
    waiting = {code: before[code].late for code in organisations if before[code].state is ReportState.SUBMITTED}
    concern = of_reports(writer, period, homes)
    writer.unless_moved(concern)
    moment = at or now()
    waited = {code: homes[code] for code in waiting}
    with carried(writer, writer.reader.opening(period).number, waited, values=False):
        put_reports(writer, period, waiting, ReportState.ACCEPTED, note="", at=moment)
    for code in waiting:
        writer.unless_moved(concern)
        detail = {"period": period, "state": "accepted", "before": "submitted", "note": ""}
        writer.log("report.state", f"organisation/{code}", detail, at=moment)
    return list(waiting)


def put_reports(
    writer: Writer, period: str, late: Mapping[str, bool], state: ReportState, *, note: str, at: dt.datetime
) -> None:
    """Writes the state of many reports (organisation -> late) without a word in the log: the caller logs."""
    number = writer.reader.opening(period).number
    codes = list(late)
    there = {row[0] for row in writer.run(_REPORTS_THERE, {"period": number, "organisations": codes})}
    fixed = {"period": number, "state": state.value, "author": writer.actor, "note": note, "at": at}
    for statement, chosen in (
        (_UPDATE_REPORTS, [c for c in codes if c in there]),
        (_INSERT_REPORTS, [c for c in codes if c not in there]),
    ):
        if chosen:
            writer.run(statement, {**fixed, "organisations": chosen, "late": [late[c] for c in chosen]})


def of_reports(writer: Writer, period: str, homes: Mapping[str, str]) -> basis.Concern:
    """What organisations (each with its territory) have sent and its state, which a closing changes, too."""
    nearest = {
        found.territory for home in set(homes.values()) if (found := writer.reader.nearest_opening(period, home))
    }
    return basis.any_of(basis.reports(period, homes), basis.closing(period, nearest))


_REPORTS_THERE = """
SELECT organisation FROM report
WHERE period_id = $period AND organisation IN (SELECT unnest($organisations::VARCHAR[]))
"""
_UPDATE_REPORTS = """
UPDATE report SET state = $state, happened_at = $at, author = $author, note = $note, late = n.late
FROM (SELECT unnest($organisations::VARCHAR[]) AS organisation, unnest($late::BOOLEAN[]) AS late) AS n
WHERE report.period_id = $period AND report.organisation = n.organisation
"""
_INSERT_REPORTS = """
INSERT INTO report (period_id, organisation, state, happened_at, author, note, late)
SELECT $period, n.organisation, $state, $at, $author, $note, n.late
FROM (SELECT unnest($organisations::VARCHAR[]) AS organisation, unnest($late::BOOLEAN[]) AS late) AS n
"""
