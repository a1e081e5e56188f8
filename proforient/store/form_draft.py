"""The draft of a school's form: what was typed on the page and is not handed in. Nothing is counted of it.

It is neither in the log nor sealed: no figure follows from it, and every number would be an event. What is handed in is
a file like any other.
"""

from __future__ import annotations

from collections.abc import Mapping

from proforient.errors import Refused, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import Cell, now
from proforient.store import period_rows
from proforient.store.form_draft_rows import Typed, TypedCell, typed_cells
from proforient.store.writing import Writer

LONGEST = 40  # signs of what is typed into one cell


def type_cells(
    writer: Writer, period: str, organisation: str, words: Mapping[Cell, str], seen: Typed
) -> dict[Cell, TypedCell]:
    """Keeps what was typed into cells; ``seen`` is the draft that the typist was shown.

    Gives the cells where somebody else has typed something different since: they stay as he left them. Refused where
    the period takes no files, WrongCall where a text cannot be kept.
    """
    if not writer.reader.takes_from(period, organisation, writer.reader.place_of(period, organisation)):
        raise Refused(f"Приём «{period}» закрыт: набранное уже не сохранить. Попросите управление открыть его снова.")
    _refuse(words)
    there, stored = typed_cells(writer, period, organisation), {}
    others: dict[Cell, TypedCell] = {}
    for cell, text in words.items():
        now_there = there.get(cell)
        if now_there and now_there.author != writer.actor and now_there != seen.get(cell) and now_there.words != text:
            others[cell] = now_there
        elif now_there is None or now_there.words != text:
            stored[cell] = text
    number = period_rows.opening(writer, period).number
    at = now()
    for cell, text in stored.items():
        about = {"period": number, "organisation": organisation, **_named(cell)}
        writer.run(_DELETE_CELL, about)
        writer.run(_INSERT, about | {"words": text, "author": writer.actor, "at": at})
    return others


def _refuse(words: Mapping[Cell, str]) -> None:
    for text in words.values():
        if len(text) > LONGEST:
            raise WrongCall(f"В клетке бланка помещается {LONGEST} знаков. Впишите число, «н/д» или «х».")
        refuse_personal(text, what="Клетка бланка")


def forget_typed(writer: Writer, period: str, organisation: str) -> None:
    """The draft was handed in, or is not wanted any more."""
    writer.run(_DELETE, {"period": period_rows.opening(writer, period).number, "organisation": organisation})


def _named(cell: Cell) -> dict[str, str]:
    return {"count": cell.count, "level": cell.level, "cohort": cell.cohort}


_DELETE = "DELETE FROM typed_cell WHERE period_id = $period AND organisation = $organisation"
_DELETE_CELL = f"{_DELETE} AND count = $count AND level = $level AND cohort = $cohort"
_INSERT = """
INSERT INTO typed_cell (period_id, organisation, count, level, cohort, words, author, happened_at)
VALUES ($period, $organisation, $count, $level, $cohort, $words, $author, $at)
"""
