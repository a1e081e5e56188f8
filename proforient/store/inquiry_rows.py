"""Reading what was asked about single numbers of reports, and what was answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from proforient.monitoring import Cell
from proforient.store import period_rows
from proforient.store.transaction import Question, Transaction, asked_once


class InquiryRow(NamedTuple):
    organisation: str
    counted: str
    level: str
    cohort: str
    answered: bool
    words: str
    author: str
    happened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The newest question about a number; ``answer`` empty: it is open."""

    cell: Cell
    words: str
    answer: str = ""

    @property
    def is_open(self) -> bool:
        return not self.answer


INQUIRIES = Question("inquiries", InquiryRow)


@asked_once
def inquiries(session: Transaction, period: str, organisation: str | None = None) -> dict[str, list[Inquiry]]:
    """By organisation, of each number the newest question, in the order of asking."""
    rows = session.ask(INQUIRIES, period=period_rows.opening(session, period).number, organisation=organisation)
    found: dict[str, dict[Cell, Inquiry]] = {}
    for row in rows:
        cells, cell = found.setdefault(row.organisation, {}), Cell(row.counted, row.level, row.cohort)
        before = cells.get(cell)
        if not row.answered:
            cells[cell] = Inquiry(cell, row.words)
        elif before:
            cells[cell] = Inquiry(cell, before.words, row.words)
    return {code: list(cells.values()) for code, cells in found.items()}
