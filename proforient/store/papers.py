"""Drafts of documents, what was issued, and the measures that became of it: the records, and reading them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import duckdb

from proforient.errors import WrongCall
from proforient.store.journal import STORED_FILES, StoredFileRow, number_of
from proforient.store.transaction import Question, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDraft:
    """A version of a draft: ``body`` is its contents as kept text; ``change`` says in words what it changed.

    ``follows`` and ``corrects`` are identifiers of issued documents, or empty; not ``kept``: it was put away.
    """

    id: str
    version: int
    kind: str
    period: str
    territory: str
    audience: str
    body: str
    follows: str
    corrects: str
    kept: bool
    change: str
    author: str
    at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """What was issued, with its file's name and hash; ``number`` and ``number_day`` as the office gave them, later.

    ``snapshot`` is the token of the frozen results that it states, ``state`` their hash; ``changes``: what it says of
    the document that it ``corrects``.
    """

    id: str
    draft: str
    version: int
    kind: str
    period: str
    territory: str
    audience: str
    day: dt.date
    snapshot: str
    state: str
    body: str
    file_name: str
    sha256: str
    size: int
    follows: str
    corrects: str
    changes: tuple[str, ...]
    number: str
    number_day: dt.date | None
    author: str
    at: dt.datetime  # UTC


class MeasureState(StrEnum):
    """How far a measure has come."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_DONE = "not_done"
    DROPPED = "dropped"


ENDED = frozenset({MeasureState.DONE, MeasureState.DROPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAnswer:
    """What was said of a measure by an ``organisation`` (empty: the department).

    ``evidence`` is an address or the name of a file; ``sha256`` of that file, empty for an address.
    """

    organisation: str
    state: MeasureState
    comment: str = ""
    evidence: str = ""
    sha256: str = ""
    size: int = 0
    author: str = ""
    at: dt.datetime = dt.datetime.min  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An item of an issued document that is to be carried out; ``answers`` newest first.

    ``organisations`` answer for it, the department where there are none. ``due_on`` is the last day that is in time.
    Not ``kept``: the text that was adopted has it no more.
    """

    id: str
    document: str
    kind: str  # of that document
    period: str
    territory: str
    item: str
    place: int
    number: str
    text: str
    addressee: str  # a code of the catalogue, or the words of an office
    responsible: str
    due: str  # form of the deadline
    due_told: str
    due_on: dt.date | None
    organisations: tuple[str, ...]
    kept: bool = True
    answers: tuple[MeasureAnswer, ...] = ()

    def latest(self, organisation: str) -> MeasureAnswer | None:
        """What that organisation (empty: the department) has said last."""
        return next((a for a in self.answers if a.organisation == organisation), None)

    @property
    def state(self) -> MeasureState:
        """The department's last word, or what the answers of the organisations since then come to."""
        if not self.kept:
            return MeasureState.DROPPED
        if not self.answers:
            return MeasureState.NOT_BEGUN
        return self.answers[0].state if not self.answers[0].organisation else self._of_organisations()

    def _of_organisations(self) -> MeasureState:
        said = [answer.state if (answer := self.latest(code)) else None for code in self.organisations]
        if all(state in ENDED for state in said):
            return MeasureState.DONE
        if all(state is not None for state in said) and MeasureState.NOT_DONE in said:
            return MeasureState.NOT_DONE
        begun = any(state not in (None, MeasureState.NOT_BEGUN) for state in said)
        return MeasureState.UNDER_WAY if begun else MeasureState.NOT_BEGUN


class DraftRow(NamedTuple):
    version_id: int
    draft: int
    version: int
    kind: str
    period: str
    territory: str
    audience: str
    body: str
    follows: int | None
    corrects: int | None
    kept: bool
    change: str
    author: str
    happened_at: dt.datetime


class IssuedRow(NamedTuple):
    issued_id: int
    draft: int
    version: int
    kind: str
    period: str
    territory: str
    audience: str
    day: dt.date
    token: str | None
    state: str | None
    body: str
    file_name: str
    sha256: str
    file_size: int
    follows: int | None
    corrects: int | None
    changes: str
    author: str
    happened_at: dt.datetime
    number: str | None
    number_day: dt.date | None


class FootnoteRow(NamedTuple):
    issued: int
    code: str
    indicator: str
    level: str
    cohort: str


class MeasureRow(NamedTuple):
    measure: int
    issued: int
    kind: str
    period: str
    territory: str
    item: str
    place: int
    number: str
    words: str
    addressee: str
    responsible: str
    due: str
    due_told: str
    due_on: dt.date | None
    organisations: str | None
    kept: bool


class MeasureAnswerRow(NamedTuple):
    measure: int
    organisation: str
    state: str
    comment: str
    evidence: str
    sha256: str | None
    file_size: int | None
    author: str
    happened_at: dt.datetime


DRAFTS = Question("drafts", DraftRow)
ISSUED = Question("issued_documents", IssuedRow)
FOOTNOTES = Question("footnotes", FootnoteRow)
MEASURES = Question("measures", MeasureRow)
MEASURE_ANSWERS = Question("measure_answers", MeasureAnswerRow)
DOCUMENT_FILES = Question("document_files", StoredFileRow)


def drafts(session: Transaction, territory: str | None = None) -> list[DocumentDraft]:
    """The newest version of each that was not put away, newest first; of the territory and those below it."""
    found = session.ask(DRAFTS, draft=None, territory=territory)
    return [_draft(row) for row in found if row.kept]


def draft_versions(session: Transaction, draft: str) -> list[DocumentDraft]:
    """Every version of a draft, the newest first; WrongCall where there is none."""
    found = session.ask(DRAFTS, draft=number_of(draft), territory=None)
    if not found:
        raise WrongCall(f"Черновика {draft} нет. Выберите его в списке на странице «Документы».")
    return [_draft(row) for row in found]


def issued_documents(session: Transaction, territory: str | None = None) -> list[IssuedDocument]:
    """Newest first; of the territory (None: all) and those below it."""
    return [_issued(row) for row in session.ask(ISSUED, issued=None, territory=territory)]


def issued_document(session: Transaction, issued: str) -> IssuedDocument:
    """WrongCall where there is none."""
    found = session.ask(ISSUED, issued=number_of(issued), territory=None)
    if not found:
        raise WrongCall(f"Выпущенного документа {issued} нет. Выберите его в реестре на странице «Документы».")
    return _issued(found[0])


def footnotes(session: Transaction, code: str) -> list[FootnoteRow]:
    """The figures that go by this code in issued documents, the newest document first."""
    return session.ask(FOOTNOTES, code=code, issued=None)


def footnotes_of(session: Transaction, issued: str) -> list[FootnoteRow]:
    """The figures that the issued document names by codes."""
    return session.ask(FOOTNOTES, code=None, issued=number_of(issued))


def measures(session: Transaction, territory: str | None = None, *, at: dt.datetime | None = None) -> list[Measure]:
    """Of the territory and those below it, by document and place; ``at``: as they stood at that moment."""
    return _measures(session, territory=territory, measure=None, at=at)


def measures_changed(session: Transaction) -> dt.datetime | None:
    """When something of any measure was written last."""
    ((at,),) = session.run(_CHANGED)
    found: dt.datetime | None = at
    return found


def measure(session: Transaction, number: str) -> Measure:
    """WrongCall where there is none."""
    found = _measures(session, territory=None, measure=number_of(number), at=None)
    if not found:
        raise WrongCall(f"Меры {number} нет. Выберите её в списке на странице «Исполнение».")
    return found[0]


def document_files(cursor: duckdb.DuckDBPyConnection) -> list[StoredFileRow]:
    """Every kept file that the database names: submitted ones, and, where its schema has them, those of documents."""
    there = cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'issued_document'").fetchall()
    return [*STORED_FILES.asked_of(cursor), *(DOCUMENT_FILES.asked_of(cursor) if there else [])]


def _measures(
    session: Transaction, *, territory: str | None, measure: int | None, at: dt.datetime | None
) -> list[Measure]:
    said: dict[int, list[MeasureAnswer]] = {}
    rows = session.ask(MEASURES, territory=territory, measure=measure, at=at)
    for answer in session.ask(MEASURE_ANSWERS, measure=measure, at=at) if rows else ():
        said.setdefault(answer.measure, []).append(_answer(answer))
    return [_measure(row, said.get(row.measure, ())) for row in rows]


def _measure(row: MeasureRow, answers: Sequence[MeasureAnswer]) -> Measure:
    return Measure(
        id=str(row.measure),
        document=str(row.issued),
        kind=row.kind,
        period=row.period,
        territory=row.territory,
        item=row.item,
        place=row.place,
        number=row.number,
        text=row.words,
        addressee=row.addressee,
        responsible=row.responsible,
        due=row.due,
        due_told=row.due_told,
        due_on=row.due_on,
        organisations=tuple(row.organisations.split(",")) if row.organisations else (),
        kept=row.kept,
        answers=tuple(answers),
    )


def _answer(row: MeasureAnswerRow) -> MeasureAnswer:
    return MeasureAnswer(
        organisation=row.organisation,
        state=MeasureState(row.state),
        comment=row.comment,
        evidence=row.evidence,
        sha256=row.sha256 or "",
        size=row.file_size or 0,
        author=row.author,
        at=row.happened_at,
    )


def _draft(row: DraftRow) -> DocumentDraft:
    return DocumentDraft(
        id=str(row.draft),
        version=row.version,
        kind=row.kind,
        period=row.period,
        territory=row.territory,
        audience=row.audience,
        body=row.body,
        follows=_text_of_number(row.follows),
        corrects=_text_of_number(row.corrects),
        kept=row.kept,
        change=row.change,
        author=row.author,
        at=row.happened_at,
    )


def _issued(row: IssuedRow) -> IssuedDocument:
    return IssuedDocument(
        id=str(row.issued_id),
        draft=str(row.draft),
        version=row.version,
        kind=row.kind,
        period=row.period,
        territory=row.territory,
        audience=row.audience,
        day=row.day,
        snapshot=row.token or "",
        state=row.state or "",
        body=row.body,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.file_size,
        follows=_text_of_number(row.follows),
        corrects=_text_of_number(row.corrects),
        changes=tuple(row.changes.splitlines()),
        number=row.number or "",
        number_day=row.number_day,
        author=row.author,
        at=row.happened_at,
    )


def _text_of_number(number: int | None) -> str:
    return "" if number is None else str(number)


_CHANGED = """
SELECT max(happened_at) FROM (SELECT happened_at FROM measure UNION ALL SELECT happened_at FROM measure_answer)
"""
