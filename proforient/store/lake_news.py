"""What the lake tells a server that has read it before: which steps follow, or that it was replaced or put back."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.errors import StoreDamaged, StoreNewer
from proforient.store import chain
from proforient.store.lake import Note
from proforient.store.lake_steps import Step, Turn, read_heading, unpack
from proforient.store.migrate import newest
from proforient.store.working_copy import Position

REPLACED = "Общее хранилище подменено другим. Остановите серверы и сверьте PROFORIENT_STORE."


def steps_after(at: Position, notes: Sequence[Note]) -> list[Step] | None:
    """What follows upon the copy that stands ``at``, one step upon the other; None where the notes have a gap.

    Raises StoreDamaged where the lake is another one or was put back, StoreNewer.
    """
    steps: list[Step] = []
    for note in notes:
        if note.heading is None:
            continue
        turn, server = read_heading(note.heading)
        _refuse_other(at, turn)
        if note.snapshot > at.snapshot:
            steps.append(Step(turn, server, note.snapshot, unpack(note.rows) if note.rows else None))
        elif turn != at.turn:
            raise chain.work_is_missing()
    known = bool(notes) and notes[0].snapshot == at.snapshot
    numbers = [step.turn.commits for step in steps]
    unbroken = numbers == list(range(at.turn.commits + 1, at.turn.commits + 1 + len(steps)))
    complete = all(step.moves is not None and step.turn.schema == at.turn.schema for step in steps)
    if not (known and unbroken and complete):
        return None
    if steps:
        steps[-1] = Step(steps[-1].turn, steps[-1].server, notes[-1].snapshot, steps[-1].moves)
    return steps


def refuse_lost(at: Position, turn: Turn | None) -> None:
    """StoreDamaged where the lake, which stands at ``turn``, is behind what this server has confirmed, or another."""
    if turn is None:
        raise StoreDamaged(REPLACED)
    _refuse_other(at, turn)
    if turn.commits < at.turn.commits:
        raise chain.work_is_missing()


def refuse_newer_lake(turn: Turn) -> None:
    """StoreNewer where a newer version of the program has changed the form of the shared store."""
    if turn.schema > newest():
        raise StoreNewer(
            f"Общее хранилище обновлено более новой версией программы: его схема {turn.schema}, известна {newest()}. "
            "Обновите программу на этом сервере; данные не тронуты."
        )


def _refuse_other(at: Position, turn: Turn) -> None:
    if turn.lake != at.turn.lake:
        raise StoreDamaged(REPLACED)
    refuse_newer_lake(turn)
