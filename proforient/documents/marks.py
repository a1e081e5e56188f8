"""What the process that marks a workbook is told; whoever asks for marks needs none of the libraries that write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proforient.intake.model import Sheet

MARKING = "proforient.documents.marking"  # module that the process runs
SECONDS = 90  # seconds that the parent process waits
COMMENTS = 2_000  # comments of a workbook; with more it opens slowly


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A cell to be marked, by row and column from 1 (column 0: the row as a whole); without ``text`` no comment."""

    row: int
    column: int
    severity: str  # error | warning
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A sheet that is added: whole numbers and texts under a head."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """``data``: the workbook to be marked; empty: it is built of the ``sheets``, as they were read."""

    data: bytes
    sheets: tuple[Sheet, ...]
    marks: Mapping[str, tuple[Mark, ...]]
    lists: tuple[List, ...]


__all__ = ["COMMENTS", "MARKING", "SECONDS", "Job", "List", "Mark"]
