"""The content of a document before it is laid out: its statements, each with figure, problem, addressee and deadline.

Made of a frozen state by a kind of ``kinds``; a kind also says which words a template may print (``fields``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from proforient.analysis.changes import Change
from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.documents.contents import Contents
from proforient.store.offices import Office
from proforient.store.papers import Measure

if TYPE_CHECKING:
    from proforient.documents.state import DocumentState


class Audience(StrEnum):
    """For whom a document is: the department itself, or anybody, who reads what the public page shows."""

    INTERNAL = "internal"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure as a document tells it: ``code`` of its footnote; ``coverage`` rounded outside, None where hidden.

    ``hidden`` says in words why there is no figure for outside; ``source`` what the code stands for; ``level`` is a
    code, too.
    """

    code: str
    coverage: Coverage | None
    name: str
    hidden: str
    source: str
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToClose:
    """An organisation that closes a gap, with how many it lacks to the plan."""

    code: str
    name: str
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProblem:
    """A problem by its number in the document; ``closing`` and ``denying`` are empty for outside.

    ``statement`` is None where experts named it and the figure says nothing; ``experts``: what they said, for the
    department alone, ``figure`` the percent that they named. ``denying``: the names of who
    answered «нет». ``indicator`` and ``level`` are codes.
    """

    number: int
    code: str
    text: str
    statement: Statement | None
    judged: bool
    closing: tuple[ToClose, ...]
    unreliable: bool = False  # of a few persons: stated, and nothing is advised on it
    experts: str = ""
    figure: str = ""
    denying: tuple[str, ...] = ()
    indicator: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigure:
    """A figure of the organisation whose sheet it is, with its place in the self-diagnosis."""

    coverage: Coverage
    name: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The organisation whose sheet it is: what it was asked and gave, in the catalogue's order."""

    code: str
    name: str
    figures: tuple[OwnFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentItem:
    """One recommendation: what, to whom (dative), who answers for it, by when, and which problems it answers.

    ``responsible`` and ``deadline`` are empty where nobody has said; ``was_due`` is a deadline of the source that had
    passed on the document's day. ``organisations`` are named in it first. ``key`` is that of the ``DraftItem`` it was
    made of, or the code of the recommendation where nobody has drafted: by it a measure is known through all versions.
    """

    number: str
    text: str
    addressee: str
    addressee_name: str
    responsible: str
    deadline: str
    was_due: str
    answers: tuple[int, ...]
    organisations: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is issued. ``sha256`` is of the frozen state that it is made of; ``left_out``: why something is not in it.

    ``submitted`` of ``expected`` organisations have sent a report; ``invented``: the figures are the
    demonstration's. ``contents``: what people gave; ``names`` of organisations by code; ``changes`` for the department
    alone; ``others``: what is told besides the levels; ``own`` of a sheet; ``measures``: what became of the documents
    before it; ``office`` as it was set in the program.
    """

    kind: str
    audience: Audience
    territory: str
    period: str
    cohort: str
    day: dt.date
    sha256: str
    statements: tuple[Statement, ...]
    problems: tuple[NamedProblem, ...]
    general: tuple[DocumentItem, ...]  # to all organisations
    items: tuple[DocumentItem, ...]  # by addressee, in their order
    invented: bool
    left_out: tuple[str, ...]
    catalogue: Catalogue
    contents: Contents
    names: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    submitted: int = 0
    expected: int = 0
    own: Own | None = None
    others: tuple[Statement, ...] = ()
    measures: tuple[Measure, ...] = ()
    office: Office | None = None

    @property
    def every_item(self) -> tuple[DocumentItem, ...]:
        return (*self.general, *self.items)

    @property
    def every_statement(self) -> tuple[Statement, ...]:
        """Each figure once, in the order in which it is met."""
        statements = (p.statement for p in self.problems if p.statement is not None)
        return tuple({s.code: s for s in (*self.statements, *statements, *self.others)}.values())

    @property
    def noted(self) -> tuple[Statement, ...]:
        """Those whose codes are told at the end; others stand in a table that tells it itself."""
        there = {s.code for s in self.others}
        return tuple(s for s in self.every_statement if s.code not in there)


Fields = Mapping[str, Any]  # the words of a template by their Russian names: texts, lists of such, truths


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """One kind of document: ``compose`` says what it states, ``fields`` in which words, ``template`` how it looks.

    ``names`` is an example of the fields, by which a template is checked: what it names must be there. ``about``: what
    its draft asks of people beside the items. ``decides``: its items are to be carried out, once it is issued.
    """

    code: str
    title: str
    compose: Callable[[DocumentState, Audience, dt.date, Contents], Document]
    fields: Callable[[Document, Office], Fields]
    template: Callable[[], bytes]
    names: Fields
    about: Literal["", "meeting", "conference", "cycle"] = ""
    decides: bool = False


__all__ = [
    "Audience",
    "Document",
    "DocumentItem",
    "DocumentKind",
    "Fields",
    "NamedProblem",
    "Own",
    "OwnFigure",
    "Statement",
    "ToClose",
]
