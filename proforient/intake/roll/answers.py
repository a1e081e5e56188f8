"""The list with what was answered about its rows, beside the register: read and compared in processes of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.lookup import Lookup
from proforient.intake.call_apart import Telling, call_apart
from proforient.intake.model import Reading
from proforient.intake.roll.comparison import compare
from proforient.intake.roll.record import Roll, RollRow
from proforient.intake.roll.rows import levels_with, place_of, rows_of
from proforient.monitoring import Organisation

OTHER, SAME = "other", "same"  # what was said of a row that seems to name somebody a second time
SECONDS = 30  # seconds by the clock
_LATE = (
    "{what} заняло больше {seconds} секунд и остановлено, реестр не изменён. "
    "Разделите список на части, например по муниципалитетам, и вносите их по одной."
)
_BROKEN = (
    "{what} прервалось: не хватило памяти или программу остановили. Реестр не изменён. "
    "Внесите список ещё раз или разделите его на части."
)
_READING, _COMPARING = "Чтение списка", "Сравнение списка с реестром"

RollAnswers = Mapping[tuple[int, str], str]  # (row, field) -> a kind, an ИНН, a municipality, whether it is another one


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCase:
    """The rows of a list and what is known beside them; ``day``: today; ``home``: for rows that name no territory."""

    rows: Sequence[RollRow]
    answers: RollAnswers
    register: Sequence[Organisation]
    catalogue: Catalogue
    home: str
    day: dt.date


def rows_apart(reading: Reading, catalogue: Catalogue, home: str, say: Telling | None = None) -> list[RollRow]:
    """``rows_of`` in a process of its own; Refused when that takes too long or dies."""
    words = {"what": _READING, "seconds": SECONDS}
    return call_apart(
        rows_of,
        reading,
        catalogue,
        home,
        seconds=SECONDS,
        late=_LATE.format(**words),
        broken=_BROKEN.format(**words),
        say=say,
    )


def roll_apart(case: RollCase, say: Telling | None = None) -> Roll:
    """``roll_of`` in a process of its own; Refused when that takes too long or dies."""
    words = {"what": _COMPARING, "seconds": SECONDS}
    late, broken = _LATE.format(**words), _BROKEN.format(**words)
    return call_apart(roll_of, case, seconds=SECONDS, late=late, broken=broken, say=say)


def roll_of(case: RollCase, *, say: Telling | None = None) -> Roll:
    """The list with what was answered, beside the register."""
    lookup = Lookup(case.catalogue)
    rows = [_answered(case, lookup, row) for row in case.rows if case.answers.get((row.row, "alike")) != SAME]
    others = [row.row for row in rows if case.answers.get((row.row, "alike")) == OTHER]
    return compare(rows, case.register, case.day, others=others, say=say)


def _answered(case: RollCase, lookup: Lookup, row: RollRow) -> RollRow:
    """A row with the answers in place of what was unclear."""
    kind, inn, place = (case.answers.get((row.row, field)) for field in ("kind", "inn", "territory"))
    if kind:
        told_levels = row.levels if row.told_levels else ()
        levels = levels_with(case.catalogue, lookup, kind, told_levels, row.name, row.full_name)
        row = replace(row, kind=kind, levels=levels)
    if inn is not None:
        row = replace(row, inn=inn)
    if place:
        row = replace(row, territory=place_of(place, case.home))
    return row


__all__ = ["OTHER", "SAME", "RollAnswers", "RollCase", "roll_apart", "roll_of", "rows_apart"]
