"""Writing: one transaction of one actor. Whatever it does is in the log before it is confirmed.

What is done stands in rooms of functions that are given the Writer: ``enrolment`` (the register), ``campaign``
(periods), ``planning`` (plan values, judgements, known counts), ``acceptance`` (files), ``reporting`` (states of
reports), ``filing`` (remembered answers), ``amending`` (a territory's own words), ``naming`` (tables of one's own),
``drafting`` and ``measuring`` (documents and what becomes of them), ``freezing`` and ``links`` (results for others),
``accounts``, ``facts`` (the installation's own), ``signing``. Each asks ``unless_moved`` first, writes with
``run`` and tells ``log``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Protocol

import duckdb

from proforient.catalogue.entries import Catalogue
from proforient.errors import MovedOn, WrongCall
from proforient.monitoring import Event, now
from proforient.store import basis, seals
from proforient.store.chain import Tail, canonical, event_hash
from proforient.store.connect import in_russian
from proforient.store.ids import Ids
from proforient.store.journal import EVENTS_SINCE, EventRow, event_of
from proforient.store.reading import Reader
from proforient.store.transaction import Row, Transaction, forget


class Files(Protocol):
    """Where the bytes of submitted files lie."""

    def has(self, sha256: str) -> bool:
        """Whether the bytes are stored; a rehearsal does without them."""

    def refused(self, sha256: str) -> None:
        """The file that is named so was not accepted: bytes that nothing else names may go."""


class Witness(Protocol):
    """Who must know which rows a transaction takes away and puts in."""

    def note(self, statement: str, values: Mapping[str, object] | None) -> None:
        """Told each statement before it runs."""


class Writer(Transaction):
    """A transaction that may write; made by ``Store.write``. Confirmed whole at its end, or not at all.

    ``actor`` is who writes, ``reader`` answers what stands in the store by now, ``files`` has the submitted bytes,
    ``touched`` knows which tables were written.
    """

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        catalogue: Catalogue,
        *,
        actor: str,
        chain: str,
        tail: Tail,
        ids: Ids,
        files: Files,
        based_on: int | None,
        until: int,
        witness: Witness | None = None,
    ) -> None:
        super().__init__(cursor, catalogue, before=self._asked)
        self.actor = actor
        self.reader = Reader(cursor, catalogue, before=self._asked)
        self.files = files
        self.touched = seals.Touched()
        self._witness = witness
        self._chain = chain
        self._tail = tail
        self._ids = ids
        self._mark = ids.last
        self._unwritten: EventRow | None = None  # the last event: what became of the tables is still to be added
        self._based_on = based_on
        self._until = until  # the last event before this transaction
        self._since: list[tuple[Event, basis.Detail]] | None = None
        self._looked = False

    def run(self, statement: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """As every session; what it writes is noted."""
        if self.touched.note(statement, values):
            forget(self)
            forget(self.reader)
            if self._witness:
                with in_russian():
                    self._witness.note(statement, values)
        return super().run(statement, values)

    def new_id(self, many: int = 1) -> int:
        """The first of ``many`` consecutive identifiers, above all that there are."""
        return self._ids.take(many)

    def unless_moved(self, concern: basis.Concern) -> None:
        """MovedOn where what the actor was shown has been touched since; every action says it before it begins."""
        self._looked = True
        if self._based_on is None:
            return
        if self._based_on > self._until:
            raise WrongCall(f"События {self._based_on} в журнале нет. Возьмите номер последнего: команда mark.")
        if self._since is None:
            rows = self.ask(EVENTS_SINCE, after=self._based_on, until=self._until)
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
        text = canonical(detail)
        self._unwritten = EventRow(
            self.new_id(), at or now(), self._chain, self.actor, action, object, text, previous="", hash=""
        )
        return event_of(self._hashed(self._unwritten))

    def seal(self, before: Transaction) -> Tail:
        """Ends the transaction's log: its last event says what became of every row; ``before`` sees none of it.

        Gives the end of the chain.
        """
        moved = seals.changes(self.touched, self, before, self._mark)
        if moved:
            if not self._unwritten:
                self.log("store.written", "store", {})
            assert self._unwritten is not None
            event_fields = {**json.loads(self._unwritten.detail), seals.FIELD: moved}
            detail = canonical({**event_fields, seals.WHOLE: True} if self.touched.first else event_fields)
            self._unwritten = self._unwritten._replace(detail=detail)
        self._write_event()
        return self._tail

    def _asked(self, statement: str) -> None:
        """Who asks for the log finds all of it."""
        if self._unwritten and "event" in statement:
            self._write_event()

    def _hashed(self, row: EventRow) -> EventRow:
        return row._replace(previous=self._tail.hash, hash=event_hash(self._tail.hash, *row[:7]))

    def _write_event(self) -> None:
        if self._unwritten is None:
            return
        row, self._unwritten = self._hashed(self._unwritten), None
        self.run(_INSERT_EVENT, row._asdict())
        self._tail = Tail(row.event_id, row.hash)


_INSERT_EVENT = """
INSERT INTO event (event_id, happened_at, chain, actor, action, object, detail, previous, hash)
VALUES ($event_id, $happened_at, $chain, $actor, $action, $object, $detail, $previous, $hash)
"""
