"""Writing: one transaction of one actor. Whatever it does is in the log before it is confirmed."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

import duckdb

from proforient.catalogue.entries import Catalogue, PeriodKind
from proforient.errors import MovedOn, Refused, WrongCall
from proforient.intake.model import Screening
from proforient.monitoring import Contingent, Event, Judgement, Organisation, Period, PlanValue, ReportState, now
from proforient.store import acceptance, basis, campaign, enrolment, freezing, seals
from proforient.store.chain import Tail, canonical, event_hash
from proforient.store.ids import Ids
from proforient.store.journal import event_of, number_of
from proforient.store.reading import Reader
from proforient.store.register import ZONE_OF
from proforient.store.rollup import rewrite
from proforient.store.rows import Frozen, ImportResult, Receipt
from proforient.store.session import Row


class Writer(Reader):
    """A Reader that may also write; made by ``Store.write``. Confirmed whole at its end, or not at all."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        catalogue: Catalogue,
        *,
        actor: str,
        chain: str,
        tail: Tail,
        ids: Ids,
        files: acceptance.Files,
        based_on: int | None,
        until: int,
    ) -> None:
        super().__init__(cursor, catalogue)
        self.actor = actor
        self.chain = chain
        self.tail = tail
        self.ids = ids
        self.files = files
        self.touched = seals.Touched()
        self._mark = ids.last
        self._unwritten: list[Row] = []  # the last event: what the transaction did to the tables is still to be added
        self.based_on = based_on
        self._until = until  # the last event before this transaction
        self._since: list[tuple[Event, basis.Detail]] | None = None
        self._looked = False

    def run(self, statement: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """As every session; what it writes is noted, and who asks for the log finds all of it."""
        self.touched.note(statement, values)
        if self._unwritten and "event" in statement:
            self._write_event()
        return super().run(statement, values)

    def unless_moved(self, concern: basis.Concern) -> None:
        """MovedOn where what the actor was shown has been touched since; every action says it before it begins."""
        self._looked = True
        if self.based_on is None:
            return
        if self.based_on > self._until:
            raise WrongCall(f"События {self.based_on} в журнале нет. Возьмите номер последнего: команда mark.")
        if self._since is None:
            rows = self.ask("events_since", after=self.based_on, until=self._until)
            self._since = [(event, json.loads(event.detail)) for event in map(event_of, rows)]
        moved = [event for event, detail in self._since if concern(event, detail)]
        if moved:
            raise MovedOn(moved)

    def log(self, action: str, object: str, detail: Mapping[str, object], *, at: dt.datetime | None = None) -> Event:
        """Adds a line to the log and the chain; ``detail`` becomes canonical JSON and holds no personal data."""
        if action not in basis.FREE and not self._looked:
            raise RuntimeError(f"«{action}» did not ask whether what it changes has moved on: unless_moved")
        self._looked = False
        self._write_event()
        number = self.ids.take()
        self._unwritten = [(number, at or now(), self.chain, self.actor, action, object, canonical(detail))]
        return event_of(self._hashed(self._unwritten[0]))

    def _hashed(self, row: Row) -> Row:
        return (*row, self.tail.hash, event_hash(self.tail.hash, *row))

    def _write_event(self) -> None:
        names = ("number", "at", "chain", "actor", "action", "object", "detail", "previous", "hash")
        for row in [self._hashed(row) for row in self._unwritten]:
            super().run(_INSERT_EVENT, dict(zip(names, row, strict=True)))
            self.tail = Tail(row[0], row[-1])
        self._unwritten = []

    def seal(self, before: duckdb.DuckDBPyConnection) -> None:
        """Ends the transaction's log: its last event says what became of every row; ``before`` sees none of it."""
        moved = seals.changes(self.touched, self._cursor, before, self._mark)
        if moved:
            if not self._unwritten:
                self.log("store.written", "store", {})
            (*row, detail) = self._unwritten[0]
            told = {**json.loads(detail), seals.FIELD: moved}
            self._unwritten = [(*row, canonical({**told, seals.WHOLE: True} if self.touched.first else told))]
        self._write_event()

    def set_fact(self, key: str, value: str) -> None:
        """Sets a fact of the installation (``ever_production``); logged when it changes."""
        before = self.fact(key)
        if before == value:
            return
        statement = (
            "INSERT INTO meta (key, value) VALUES ($key, $value)"
            if before is None
            else "UPDATE meta SET value = $value WHERE key = $key"
        )
        self.run(statement, {"key": key, "value": value})
        self.log("fact.set", f"store/{key}", {"value": value, "before": before})

    def import_organisations(
        self, rows: Sequence[Organisation], *, since: dt.date | None = None, different: Collection[str] = ()
    ) -> ImportResult:
        """Adds or updates by code, never deletes.

        Name, kind, levels and territory hold from ``since``, earlier periods keep theirs; without ``since`` the
        newest facts are corrected. Raises WrongCall (all that is wrong with the rows), and Refused where the same ИНН
        or name stands twice and ``different`` has neither code.
        """
        return enrolment.import_organisations(self, rows, since=since, different=different)

    def open_period(
        self,
        code: str,
        *,
        kind: PeriodKind = "year",
        closes: dt.date,
        territory: str | None = None,
        previous: str | Literal["none"] | None = None,
        at: dt.datetime | None = None,
    ) -> Period:
        """Opens a campaign for a territory (None: all) and copies the catalogue's plan proposals for it."""
        return campaign.open_period(
            self, code, kind=kind, closes=closes, territory=territory, previous=previous, at=at or now()
        )

    def close_period(self, code: str, *, territory: str | None = None, at: dt.datetime | None = None) -> list[Period]:
        """Closes one opening, or (None) every one of the code; reports still on review become accepted."""
        return campaign.close_period(self, code, territory=territory, at=at or now())

    def reopen_period(
        self, code: str, *, closes: dt.date, territory: str | None = None, at: dt.datetime | None = None
    ) -> list[Period]:
        """Opens closed ones again, or moves the closing date of open ones."""
        return campaign.reopen_period(self, code, closes=closes, territory=territory, at=at or now())

    def set_plan(self, plan: PlanValue) -> None:
        """A plan value; it replaces the one in force for the same key, which stays in the history."""
        campaign.check_plan(self, plan)
        self.unless_moved(basis.plan(plan))
        past = self.plan_history(plan.period, plan.indicator, plan.level, plan.cohort, plan.territory)
        self._store_plan(plan)
        key = "/".join((plan.period, plan.indicator, plan.level, plan.cohort, plan.territory or ""))
        detail = {
            "period": plan.period,
            "indicator": plan.indicator,
            "level": plan.level,
            "cohort": plan.cohort,
            "territory": plan.territory,
            "percent": plan.percent,
            "number": plan.number,
            "before": past[0].amount if past else None,
            "origin": plan.origin,
            "ground": plan.ground,
        }
        self.log("plan.set", f"plan/{key}", {k: v for k, v in detail.items() if v is not None}, at=plan.at)

    def _store_plan(self, plan: PlanValue) -> None:
        self.run(
            _INSERT_PLAN,
            {
                "id": self.ids.take(),
                "period": self.opening(plan.period).number,
                "indicator": plan.indicator,
                "level": plan.level,
                "cohort": plan.cohort,
                "territory": plan.territory or "",
                "percent": plan.percent,
                "number": plan.number,
                "origin": plan.origin,
                "ground": plan.ground,
                "author": plan.author,
                "at": plan.at,
            },
        )

    def add_judgement(self, judgement: Judgement) -> str:
        """Stores what experts said and gives its number; the number in ``judgement`` is not used."""
        campaign.check_judgement(self, judgement)
        self.unless_moved(basis.judgement(judgement))
        number = self.ids.take()
        self.run(
            _INSERT_JUDGEMENT,
            {
                "id": number,
                "period": self.opening(judgement.period).number,
                "indicator": judgement.indicator,
                "level": judgement.level,
                "cohort": judgement.cohort,
                "territory": judgement.territory,
                "organisation": judgement.organisation,
                "outcome": judgement.outcome,
                "words": judgement.text,
                "source": judgement.source,
                "office": judgement.office,
                "dated": judgement.date,
                "percent": judgement.percent,
                "author": self.actor,
                "at": judgement.at,
            },
        )
        about = {
            "period": judgement.period,
            "indicator": judgement.indicator,
            "level": judgement.level,
            "cohort": judgement.cohort,
            "outcome": judgement.outcome,
            "territory": judgement.territory,
            "organisations": [judgement.organisation] if judgement.organisation else None,
        }
        self.log("judgement.added", f"judgement/{number}", about, at=judgement.at)
        return str(number)

    def import_contingent(self, rows: Sequence[Contingent]) -> int:
        """Known counts; a later number replaces an earlier one. Gives how many were stored."""
        return campaign.import_contingent(self, rows)

    def freeze(
        self, *, period: str, territory: str, cohort: str, body: str, catalogue: str, at: dt.datetime | None = None
    ) -> Frozen:
        """Keeps results (canonical JSON) and the text of the catalogue that they go by, under a token of 128 bits."""
        return freezing.freeze(
            self,
            period=period,
            territory=territory,
            cohort=cohort,
            body=body,
            catalogue=catalogue,
            at=at or now(),
        )

    def accept(
        self,
        screening: Screening,
        *,
        period: str,
        confirm: bool = False,
        at: dt.datetime | None = None,
        recheck: acceptance.Recheck | None = None,
    ) -> Receipt:
        """Stores what a checked file says. Its bytes must be stored already (``Store.put_file``).

        The checks against the store are repeated here (``recheck``; None: the intake's own). Raises NotAcceptable
        with the findings, Refused, WrongCall.
        """
        return acceptance.accept(self, screening, period=period, confirm=confirm, at=at or now(), recheck=recheck)

    def note_refusal(self, screening: Screening, *, period: str | None, at: dt.datetime | None = None) -> None:
        """The event of a refused file: its hash, size and the codes of its findings; no name, no value."""
        codes = Counter(f.code for f in screening.findings if f.severity != "note")
        questions = Counter(u.kind for u in screening.unanswered)
        detail = {"period": period, "size": screening.size, "findings": codes, "unanswered": questions}
        self.log("submission.refused", f"file/{screening.sha256}", detail, at=at)

    def withdraw(self, part: str, *, at: dt.datetime | None = None) -> None:
        """Takes a part back: its cells fall back to the latest part not withdrawn."""
        acceptance.withdraw(self, part, at=at or now())

    def set_report(
        self, period: str, organisation: str, state: ReportState, *, note: str = "", at: dt.datetime | None = None
    ) -> None:
        """Moves a report. A draft takes nothing back; what was not sent is neither accepted nor returned (Refused)."""
        before = self._reports(period, territory=None, organisation=organisation).get(organisation)
        if before is None:
            raise WrongCall(f"Организации с кодом «{organisation}» нет в реестре на период «{period}». Проверьте код.")
        place = self.place_of(period, organisation)
        self.unless_moved(campaign.of_reports(self, period, {organisation: place}))
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
        self.put_reports(period, {organisation: before.late}, state, note=note, at=moment)
        detail = {"period": period, "state": state.value, "before": before.state.value, "note": note}
        self.log("report.state", f"organisation/{organisation}", detail, at=moment)
        rewrite(self, [self.opening(period).number], [place])

    def put_reports(
        self, period: str, late: Mapping[str, bool], state: ReportState, *, note: str, at: dt.datetime
    ) -> None:
        """Writes the state of many reports (organisation -> late) without a word in the log: the caller logs."""
        number = self.opening(period).number
        codes = list(late)
        there = {row[0] for row in self.run(_REPORTS_THERE, {"period": number, "organisations": codes})}
        fixed = {"period": number, "state": state.value, "author": self.actor, "note": note, "at": at}
        for statement, chosen in (
            (_UPDATE_REPORTS, [c for c in codes if c in there]),
            (_INSERT_REPORTS, [c for c in codes if c not in there]),
        ):
            if chosen:
                self.run(statement, {**fixed, "organisations": chosen, "late": [late[c] for c in chosen]})

    def place_of(self, period: str, organisation: str) -> str:
        """The territory of an organisation on the period's last day."""
        return self.organisation(organisation, on=self.opening(period).period.ends).territory

    def revoke_alias(self, id: str, *, at: dt.datetime | None = None) -> None:
        """A remembered answer is asked again from now on; WrongCall where there is none in force."""
        self.unless_moved(basis.answer(id))
        found = next((a for a in self.aliases() if a.id == id), None)
        if found is None:
            raise WrongCall(f"Запомненного ответа с номером {id} нет или он уже отозван. Обновите список.")
        moment = at or now()
        # What the same giver said before must not come back to life.
        same = (found.kind, found.text, found.giver, found.territory)
        ids = [number_of(a.id) for a in self.aliases() if (a.kind, a.text, a.giver, a.territory) == same]
        self.run(
            "UPDATE alias SET revoked_at = $at WHERE alias_id IN (SELECT unnest($ids::BIGINT[]))",
            {"at": moment, "ids": ids},
        )
        self.log("alias.revoked", f"alias/{id}", {"kind": found.kind, "meaning": found.meaning}, at=moment)

    def set_zone(self, territory: str, zone: str) -> None:
        """By which clocks the days of a territory and of all below it end ("": those of the territory above).

        WrongCall for an unknown one of either.
        """
        if territory not in self.territories():
            raise WrongCall(f"Территории «{territory}» нет в реестре. Укажите путь «Регион / Муниципалитет».")
        self.unless_moved(basis.zone(territory))
        try:
            if zone:
                ZoneInfo(zone)
        except (OSError, KeyError, ValueError) as error:
            raise WrongCall(f"Часового пояса «{zone}» нет. Ожидалось имя вида Asia/Yekaterinburg.") from error
        key, before = f"{ZONE_OF}{territory}", self.zones().get(territory, "")
        if zone == before:
            return
        values = {"key": key, "value": zone}
        if self.fact(key) is None:
            self.run("INSERT INTO meta (key, value) VALUES ($key, $value)", values)
        else:
            self.run("UPDATE meta SET value = $value WHERE key = $key", values)
        self.log("zone.set", f"zone/{territory}", {"territory": territory, "zone": zone, "before": before})
        self._zones = None


_INSERT_EVENT = """
INSERT INTO event (event_id, happened_at, chain, actor, action, object, detail, previous, hash)
VALUES ($number, $at, $chain, $actor, $action, $object, $detail, $previous, $hash)
"""
_INSERT_PLAN = """
INSERT INTO plan_value
  (plan_id, period_id, indicator, level, cohort, territory, percent, number, origin, ground, author, happened_at)
VALUES ($id, $period, $indicator, $level, $cohort, $territory, $percent, $number, $origin, $ground, $author, $at)
"""
_INSERT_JUDGEMENT = """
INSERT INTO judgement (judgement_id, period_id, indicator, level, cohort, territory, organisation, outcome, words,
  source, office, dated, percent, author, happened_at)
VALUES ($id, $period, $indicator, $level, $cohort, $territory, $organisation, $outcome, $words,
  $source, $office, $dated, $percent, $author, $at)
"""
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
