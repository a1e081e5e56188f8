"""What the store answers with, beside the nouns of monitoring: parts, receipts, results for others, damage."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from proforient.errors import Refused
from proforient.intake.model import Finding, Giver, Unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one submission says for one organisation; ``current`` counts its cells that are still in force."""

    id: str
    submission: str
    organisation: str
    period: str
    cells: int
    current: int
    withdrawn: bool
    file: str
    by: str
    at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A remembered answer that can be revoked by its ``id``; ``giver`` says whose files it binds."""

    id: str
    kind: str
    text: str
    giver: Giver
    territory: str | None
    meaning: str
    by: str
    at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """How many cells of one organisation an accepted file took over from an earlier submission."""

    submission: str
    organisation: str
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What accepting a file did. ``repeated``: the same click came twice, the first one's submission is named."""

    submission: str
    parts: tuple[str, ...]
    replaces: tuple[Replacement, ...]
    late: bool
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """Codes of the organisations that an import added, changed, and found as they were."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One thing that ``verify`` found: a stable code, what, where, and what to do (Russian)."""

    code: str
    what: str
    where: str
    to_do: str


class NotAcceptable(Refused):
    """A file is refused; ``findings`` and ``unanswered`` say why, nothing of it is stored."""

    def __init__(self, message: str, findings: Sequence[Finding] = (), unanswered: Sequence[Unanswered] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)
        self.unanswered = tuple(unanswered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """Results that were frozen: ``body`` is canonical JSON, ``sha256`` its hash, ``catalogue`` the text they go by."""

    id: str
    token: str
    period: str
    territory: str
    cohort: str
    sha256: str
    body: str
    catalogue: str
    at: dt.datetime  # UTC
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """Who may come in; ``territory`` empty: everything, ``password`` an argon2 hash or empty."""

    login: str
    role: str
    territory: str
    organisation: str | None
    email: str
    password: str
    version: int
    active: bool
    made_at: dt.datetime  # UTC


class Publication(NamedTuple):
    """What a link shows to whoever has it; ``body`` is the public text, ``sha256`` its hash. Times are UTC."""

    number: int
    token: str
    snapshot_id: int
    period: str
    territory: str
    cohort: str
    title: str
    note: str
    catalogue: str
    sha256: str
    body: str
    corrects: int | None
    made_at: dt.datetime
    made_by: str
    ends_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    reason: str

    @property
    def whole(self) -> bool:
        """Whether the text is still the one that was published: False where it was changed past the program."""
        return hashlib.sha256(self.body.encode()).hexdigest() == self.sha256


def latest_answers(aliases: Sequence[Alias]) -> list[Alias]:
    """Of each giver's answers to one question in one territory the latest, oldest first."""
    latest = {(a.kind, a.text, a.giver, a.territory): a for a in aliases}
    return sorted(latest.values(), key=lambda a: int(a.id))


class WrongTries(NamedTuple):
    """Of one key of a counter, by its hash: the seconds since each wrong try of a password or a code."""

    counter: str
    key: str
    ages: tuple[float, ...]
