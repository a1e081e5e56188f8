"""Reading what came in and what was done: submissions, parts, reports, events, remembered answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import NamedTuple

from proforient.errors import WrongCall
from proforient.intake.model import AliasKey, Giver, Remembered
from proforient.monitoring import Event, ReportState, Submission
from proforient.store import organisation_rows, period_rows, seals
from proforient.store.chain import START, canonical, event_hash
from proforient.store.report_rows import STATES, Reports
from proforient.store.rows import Alias, Part
from proforient.store.transaction import Question, Transaction, asked_once
from proforient.wording.order import name_order

MOST_PLACES = 2**31 - 1  # above the place of any file
AUTHOR = "@"  # sign in place of an organisation: the answer binds the files of its author only


class SubmissionRow(NamedTuple):
    submission_id: int
    period: str
    place: int
    file_name: str
    sha256: str
    file_size: int
    received_by: str
    received_at: dt.datetime
    late: bool
    organisations: list[str]
    cells: int
    withdrawn: bool


class PartRow(NamedTuple):
    part_id: int
    submission_id: int
    organisation: str
    period: str
    cells: int
    in_force: int
    withdrawn: bool
    file_name: str
    received_by: str
    received_at: dt.datetime


class SentRow(NamedTuple):
    part_id: int
    submission_id: int
    organisation: str
    file_name: str
    received_by: str


class ExplanationRow(NamedTuple):
    submission_id: int
    finding: str
    words: str


class ReportRow(NamedTuple):
    code: str
    state: str | None
    happened_at: dt.datetime | None
    author: str | None
    note: str | None
    late: bool | None
    territory: str
    name: str


class ReportsSentRow(NamedTuple):
    sent: int
    every: int


class ReportStateRow(NamedTuple):
    organisation: str
    state: str


class EventRow(NamedTuple):
    event_id: int
    happened_at: dt.datetime
    chain: str
    actor: str
    action: str
    object: str
    detail: str
    previous: str
    hash: str


class AliasRow(NamedTuple):
    alias_id: int
    kind: str
    words: str
    organisation: str
    territory: str
    meaning: str
    author: str
    happened_at: dt.datetime


class StoredFileRow(NamedTuple):
    sha256: str
    file_size: int
    file_name: str


SUBMISSIONS = Question("submissions", SubmissionRow)
PARTS = Question("parts", PartRow)
SENT = Question("sent", SentRow)
EXPLANATIONS = Question("explanations", ExplanationRow)
REPORTS = Question("reports", ReportRow)
REPORTS_SENT = Question("reports_sent", ReportsSentRow)
REPORT_STATES = Question("report_states", ReportStateRow)
EVENTS = Question("events", EventRow)
EVENTS_SINCE = Question("events_since", EventRow)
CHAIN = Question("chain", EventRow)
ALIASES = Question("aliases", AliasRow)
STORED_FILES = Question("stored_files", StoredFileRow)


def number_of(identifier: str) -> int:
    """The store's number of an identifier as people and addresses carry it; WrongCall where it is none."""
    if not (identifier.isascii() and identifier.isdigit() and len(identifier) < 20):
        raise WrongCall(f"«{identifier}» — не номер записи. Скопируйте номер из списка целиком.")
    return min(int(identifier), 2**63 - 1)


def submissions(
    session: Transaction, *, period: str | None = None, organisation: str | None = None, limit: int | None = None
) -> list[Submission]:
    """Accepted files, newest first."""
    number = period_rows.opening(session, period).number if period else None
    rows = session.ask(SUBMISSIONS, period=number, organisation=organisation, submission=None, place=None, limit=limit)
    places = organisation_rows.register_order(session, {code for row in rows for code in row.organisations})
    return [_submission(row, places) for row in rows]


def submission(session: Transaction, id: str) -> Submission:
    """One accepted file, by its identifier or by its short number; WrongCall where there is none."""
    code, dash, place = id.rpartition("-")
    number = period_rows.opening(session, code).number if dash else None
    rows = session.ask(
        SUBMISSIONS,
        period=number,
        organisation=None,
        submission=None if dash else number_of(id),
        place=min(number_of(place), MOST_PLACES) if dash else None,
        limit=1,
    )
    if not rows:
        raise WrongCall(f"Принятого файла с номером {id} нет. Проверьте номер по списку принятых файлов.")
    return _submission(rows[0], organisation_rows.register_order(session, rows[0].organisations))


def files_sent(session: Transaction, period: str) -> int:
    """How many files were accepted for the period, withdrawn ones too."""
    rows = session.run(_FILES_SENT, {"period": period_rows.opening(session, period).number})
    return int(rows[0][0])


def parts(
    session: Transaction,
    *,
    period: str | None = None,
    organisation: str | None = None,
    organisations: Collection[str] | None = None,
    submission: str | None = None,
    part: str | None = None,
    parts: Collection[str] | None = None,
) -> list[Part]:
    """What each submission says for each organisation, newest submission first; withdrawn ones too."""
    organisations = [organisation] if organisation else organisations
    parts = [part] if part else parts
    rows = session.ask(
        PARTS,
        period=period_rows.opening(session, period).number if period else None,
        organisations=None if organisations is None else list(organisations),
        submission=number_of(submission) if submission else None,
        parts=None if parts is None else [number_of(one) for one in parts],
    )
    places = organisation_rows.register_order(session, {row.organisation for row in rows})
    found = sorted(map(_part, rows), key=lambda part: places.get(part.organisation, len(places)))
    return sorted(found, key=lambda part: -int(part.submission))  # order: newest first


def sent_parts(session: Transaction, period: str, *, territory: str | None) -> list[SentRow]:
    """The same parts of a period and territory, of which few are looked at: in the order of their numbers, newest
    first."""
    return session.ask(SENT, period=period_rows.opening(session, period).number, territory=territory)


def explanations(session: Transaction, submissions: Collection[str]) -> dict[str, dict[str, str]]:
    """Of each submission the sentences that answered its warnings, by ``Finding.key``."""
    explanations_of: dict[str, dict[str, str]] = {submission: {} for submission in submissions}
    rows = session.ask(EXPLANATIONS, submissions=[number_of(one) for one in explanations_of]) if explanations_of else []
    for row in sorted(rows, key=lambda row: name_order(row.finding)):
        explanations_of[str(row.submission_id)][row.finding] = row.words
    return explanations_of


def reports_sent(session: Transaction, period: str, *, territory: str | None = None) -> tuple[int, int]:
    """How many organisations have sent their report, and of how many; as ``reports`` would tell."""
    number = period_rows.opening(session, period).number
    states = [state.value for state in ReportState if state.reported]
    rows = session.ask(REPORTS_SENT, period=number, territory=territory, states=states)
    return (rows[0].sent, rows[0].every) if rows else (0, 0)


def report_states(
    session: Transaction, period: str, *, organisations: Collection[str] | None = None
) -> dict[str, ReportState]:
    """Of those of the organisations (None: of all) that have a report, its state."""
    if organisations is not None and not organisations:
        return {}
    codes, number = None if organisations is None else list(organisations), period_rows.opening(session, period).number
    found = session.table(REPORT_STATES, period=number, organisations=codes)
    states = zip(found["organisation"].to_pylist(), found["state"].to_pylist(), strict=True)
    return {code: STATES[state] for code, state in states}


@asked_once
def reports(
    session: Transaction, period: str, *, territory: str | None = None, organisation: str | None = None
) -> Reports:
    """By organisation code, everybody who works on the period's last day or has sent something; or the one named."""
    number = period_rows.opening(session, period).number
    return Reports(session.table(REPORTS, period=number, territory=territory, organisation=organisation), period)


def events(
    session: Transaction, *, object: str | None = None, action: str | None = None, limit: int | None = None
) -> list[Event]:
    """The log, newest first. ``object`` is as it was written: «period/2024», «submission/…», «organisation/…»."""
    return [event_of(row) for row in session.ask(EVENTS, object=object, action=action, limit=limit)]


def broken_events(session: Transaction) -> list[Event]:
    """Events that were changed, or before which one is missing; empty when every chain is whole."""
    previous: dict[str, str] = {}
    broken = []
    for row in session.ask(CHAIN):
        before = previous.get(row.chain, START)
        if row.previous != before or row.hash != event_hash(before, *row[:7]):
            broken.append(event_of(row))
        previous[row.chain] = row.hash
    return broken


def aliases(session: Transaction, *, territory: str | None = None) -> list[Alias]:
    """Remembered answers that nobody has revoked, oldest first."""
    return [
        Alias(
            id=str(row.alias_id),
            kind=row.kind,
            text=row.words,
            giver=_giver(row.organisation, row.author),
            territory=row.territory or None,
            meaning=row.meaning,
            by=row.author,
            at=row.happened_at,
        )
        for row in session.ask(ALIASES, territory=territory)
    ]


def fact(session: Transaction, key: str) -> str | None:
    """A fact of the installation: installation_id, schema_version, ever_production."""
    rows = session.run("SELECT value FROM meta WHERE key = $key", {"key": key})
    return str(rows[0][0]) if rows else None


def answers(
    session: Transaction, giver: Giver, territory: str | None = None
) -> tuple[dict[AliasKey, Remembered], dict[AliasKey, tuple[Remembered, ...]]]:
    """What binds the files of ``giver``, and what others answered, newest first, to be proposed to him.

    Of one giver's answers to one question the latest holds; one's own goes before the department's.
    """
    latest = {(AliasKey(a.kind, a.text), a.giver, a.territory): a for a in aliases(session, territory=territory)}
    names = {o.code: o.name for o in organisation_rows.organisations(session)} if latest else {}
    bound: dict[AliasKey, Remembered] = {}
    proposed: dict[AliasKey, tuple[Remembered, ...]] = {}
    in_order = sorted(latest.items(), key=lambda item: (item[1].giver == giver, int(item[1].id)))
    for (key, who, _), alias in in_order:
        answer = Remembered(
            kind=alias.kind,
            text=alias.text,
            meaning=alias.meaning,
            by=_by_whom(alias, giver, names),
            day=_local_day(session, alias),
            territory=alias.territory or "",
        )
        if who in (giver, Giver()):
            bound[key] = answer
        else:
            proposed[key] = (answer, *proposed.get(key, ()))
    return bound, proposed


def _giver(organisation: str, author: str) -> Giver:
    if organisation == AUTHOR:
        return Giver("login", author)
    return Giver("organisation", organisation) if organisation else Giver()


def _by_whom(alias: Alias, asker: Giver, names: Mapping[str, str]) -> str:
    """Who gave an answer; to an organisation others' names and logins are not told."""
    if alias.giver.kind == "organisation":
        name = names.get(alias.giver.name, alias.giver.name)
        if asker.kind == "organisation" and alias.giver != asker:
            return "другая организация"
        return f"{name} ({alias.by})"
    if asker.kind == "organisation":
        return "управление"
    return f"управление ({alias.by})" if alias.giver.kind == "department" else alias.by


def _local_day(session: Transaction, alias: Alias) -> dt.date:
    return alias.at.replace(tzinfo=dt.UTC).astimezone(organisation_rows.zone(session, alias.territory)).date()


def event_of(row: EventRow) -> Event:
    return Event(
        id=str(row.event_id),
        at=row.happened_at,
        chain=row.chain,
        actor=row.actor,
        action=row.action,
        object=row.object,
        detail=_words_of_detail(row.detail),
        previous=row.previous,
        hash=row.hash,
    )


def _words_of_detail(detail: str) -> str:
    """What the event says to people: without the digests of rows, which are ``verify``'s."""
    if f'"{seals.FIELD}":' not in detail:
        return detail
    return canonical({key: value for key, value in json.loads(detail).items() if key not in (seals.FIELD, seals.WHOLE)})


def _submission(row: SubmissionRow, places: Mapping[str, int]) -> Submission:
    return Submission(
        id=str(row.submission_id),
        place=row.place,
        period=row.period,
        file=row.file_name,
        sha256=row.sha256,
        size=row.file_size,
        by=row.received_by,
        at=row.received_at,
        late=row.late,
        organisations=tuple(sorted(row.organisations, key=lambda code: places.get(code, len(places)))),
        values=row.cells,
        withdrawn=row.withdrawn,
    )


def _part(row: PartRow) -> Part:
    return Part(
        id=str(row.part_id),
        submission=str(row.submission_id),
        organisation=row.organisation,
        period=row.period,
        cells=row.cells,
        current=row.in_force,
        withdrawn=row.withdrawn,
        file=row.file_name,
        by=row.received_by,
        at=row.received_at,
    )


_FILES_SENT = "SELECT count(*) FROM submission WHERE period_id = $period"
