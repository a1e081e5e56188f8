"""What reading and checking a file gives: values with their places, findings, and what was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from proforient.catalogue.entries import Severity
from proforient.monitoring import Cell, Contingent, Merger, Organisation, Period, Reason

CellValue = str | int | float | bool | dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a file: a stable code, a place, and words made in ``findings.py``.

    ``row`` is the user's own (row 1 is the first line of the file), ``column`` a letter in a workbook and the
    column's name in a CSV. ``value`` is None where it must never be shown again (personal data).
    """

    code: str
    severity: Severity
    message: str
    to_do: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None

    @property
    def key(self) -> str:
        """``code@sheet!row:column``, by which an explanation answers this finding."""
        return f"{self.code}@{self.sheet}!{self.row or ''}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of a sheet; ``cells`` run from the first column, without trailing empty ones."""

    number: int
    cells: tuple[CellValue, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it stands in the file, before anybody asked what it means."""

    name: str  # empty for a CSV
    rows: tuple[SheetRow, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column; from 1
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()  # from 1
    names: Mapping[str, str] = field(default_factory=dict)  # defined names -> text of their single cell
    # What a cell's value alone does not tell, by (row, column) from 1: the code of the finding that it makes
    # where a number or a name is expected (``error-cell``, ``formula-without-value``, ``footnote-glued``, …).
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    # What a person sees in a cell, by (row, column) from 1, where it is not what is stored: «45%», «12 тыс.», «» where
    # the format, the colour or the size hides it, «формат …» where that is not known.
    shown: Mapping[tuple[int, int], str] = field(default_factory=dict)
    width: int = 0  # of a CSV: how many cells most of its rows have
    odd_widths: Mapping[int, int] = field(default_factory=dict)  # of a CSV: rows with another number of cells
    unfinished: bool = False  # of a CSV: its last line has no end, though the others have one


IN_PROPERTIES = "в свойствах файла"  # author, last editor, company: whoever's Office wrote the file, never a pupil
ON_THE_SHEET = "в надписи на листе"
IN_MARGINS = "в колонтитуле"


class BesideText(NamedTuple):
    """A text of a workbook that stands in no cell; ``where`` in Russian: «в примечании к ячейке»."""

    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as read: format facts, the sheets, and what already speaks against it."""

    name: str
    sha256: str
    size: int
    kind: str  # csv | xlsx | xls | ods
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    side_texts: tuple[BesideText, ...] = ()


class Place(NamedTuple):
    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValue:
    """One value understood from the file. Exactly one of ``number`` and ``reason`` is set."""

    organisation: str
    cell: Cell
    number: int | None
    reason: Reason | None
    place: Place
    text: str = ""  # as it stood in the file
    follows: bool = False  # it need not stand there: it is the sum of others, or known


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that waits for a person: its kind, the text of the file, proposals as (code, label).

    Kinds: column, contacts, organisation, indicator, level, cohort, period, sheet, dash. ``earlier`` are answers that
    others gave to the same words: proposals, never decisions. ``lacking``: what the answer must say beside a count, as
    ``count@level/cohort``, because the table has no column for it: «level», «cohort».
    """

    kind: str
    text: str
    proposals: tuple[tuple[str, str], ...] = ()
    lacking: tuple[str, ...] = ()
    earlier: tuple[Remembered, ...] = ()


class AliasKey(NamedTuple):
    """What an answer is about: kind as in Unanswered, normalised text."""

    kind: str
    text: str


class Giver(NamedTuple):
    """Who answers, and so whose files the answer binds.

    An organisation's (``name`` its code) binds its own files, the department's (``name`` empty) those of the
    territory, that of somebody without an account at the command line (``name`` as the log shows him) his own.
    """

    kind: Literal["organisation", "department", "login"] = "department"
    name: str = ""


DEPARTMENT = Giver()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """An answer that was given earlier; ``by`` says who gave it, for the eyes of the one who is asked now."""

    kind: str
    text: str  # normalised
    meaning: str
    by: str
    day: dt.date
    territory: str = ""  # files with organisations outside it are not bound; empty: everywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store already knows, handed to the checks as a value.

    ``current`` holds the current values of the period by organisation and cell: a number or a reason; ``past`` the
    numbers of the period that it is compared with.
    ``aliases`` are the answers that bind ``giver``, who sends the file; ``proposed`` those of others.
    ``own_account``: an organisation's account sends it, not the department for the organisation.
    ``former`` holds by code the names that an organisation bears on other days than the period's last.
    ``reopened``: whose files the period takes although it is closed, and until when.
    ``successors``: by code of each organisation that is joined to another on the period's last day, who reports for it.
    ``earlier`` maps the SHA-256 of stored files to the local day they came; ``newer_cells`` counts, for the
    file being checked, the cells of an earlier copy that a newer file has since replaced.
    """

    period: Period | None
    organisations: Mapping[str, Organisation] = field(default_factory=dict)  # by code, on the period's last day
    current: Mapping[tuple[str, Cell], int | Reason] = field(default_factory=dict)
    past: Mapping[tuple[str, Cell], int] = field(default_factory=dict)
    aliases: Mapping[AliasKey, Remembered] = field(default_factory=dict)
    proposed: Mapping[AliasKey, tuple[Remembered, ...]] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    giver: Giver = DEPARTMENT
    own_account: bool = False
    contingent: tuple[Contingent, ...] = ()
    reopened: Mapping[str, dt.date] = field(default_factory=dict)
    successors: Mapping[str, Merger] = field(default_factory=dict)
    earlier: Mapping[str, dt.date] = field(default_factory=dict)
    newer_cells: Mapping[str, int] = field(default_factory=dict)  # by SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person confirmed: on the page, or through ``--answers`` (``Answers.from_json`` in screen.py).

    ``columns`` maps a heading to the field it means («Знаменатель») or to "" (do not load);
    ``organisations``, ``indicators``, ``levels``, ``cohorts`` map a text of the file to a code;
    ``explanations`` maps ``Finding.key`` to a sentence.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    cohorts: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    sheet: str = ""
    dash: str = ""  # zero | no_data | not_applicable
    contacts: str = ""  # «leave-out»: rows that say who filled the table in are taken out of the file
    explanations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The whole outcome of checking one file. Nothing is stored by it."""

    name: str
    sha256: str
    size: int
    encoding: str
    delimiter: str
    sheet: str
    header_row: int | None
    layout: str  # long | form | wide | ""
    headings: Mapping[int, str] = field(default_factory=dict)  # as a person sees them, by column from 1
    period: str = ""  # the one period that the file names itself, as a period's code; empty when it names none
    values: tuple[ReadValue, ...]
    rows_read: int
    rows_used: int
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]
    unanswered: tuple[Unanswered, ...]
    contacts: tuple[tuple[str, int], ...] = ()  # (sheet, row) to be left out first: who filled it in
    answers: Answers = Answers()
    aliases: Mapping[AliasKey, str] = field(default_factory=dict)  # answers to remember on acceptance
    giver: Giver = DEPARTMENT  # who gave them
    remembered: tuple[Remembered, ...] = ()  # earlier answers by which the file was understood

    @property
    def sums(self) -> int:
        """How many of the values follow from others that the file says, or are known and need not be said."""
        return sum(value.follows for value in self.values)

    @property
    def said(self) -> int:
        """How many numbers and reasons the file says itself."""
        return len(self.values) - self.sums

    @property
    def acceptable(self) -> bool:
        """No error and nothing unanswered; warnings do not change it."""
        return not self.unanswered and all(f.severity != "error" for f in self.findings)

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        """Warnings that nobody has explained yet: accepting wants an explanation or a confirmation."""
        return tuple(
            f for f in self.findings if f.severity == "warning" and not self.answers.explanations.get(f.key, "").strip()
        )
