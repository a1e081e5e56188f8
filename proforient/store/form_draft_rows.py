"""Reading the draft of a school's form: what was typed on the page and is not handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from proforient.monitoring import Cell
from proforient.store import period_rows
from proforient.store.transaction import Question, Transaction


class TypedCellRow(NamedTuple):
    organisation: str
    counted: str
    level: str
    cohort: str
    words: str
    author: str
    happened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class TypedCell:
    """What stands in a cell of a form that was not handed in; ``words`` empty: it was wiped."""

    words: str
    author: str
    at: dt.datetime


TYPED_CELLS = Question("typed_cells", TypedCellRow)
Typed = Mapping[Cell, TypedCell]


def typed_cells(session: Transaction, period: str, organisation: str) -> dict[Cell, TypedCell]:
    """The draft of an organisation's form, by cell; empty where nobody has typed anything."""
    rows = session.ask(TYPED_CELLS, period=period_rows.opening(session, period).number, organisation=organisation)
    return {Cell(r.counted, r.level, r.cohort): TypedCell(r.words, r.author, r.happened_at) for r in rows}
