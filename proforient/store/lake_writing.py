"""Confirming transactions in the shared store: all rows or none, once, and told to whoever catches up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence

import duckdb
import pyarrow as pa

from proforient.errors import StoreBusy, StoreError
from proforient.store.connect import DATABASE
from proforient.store.fingerprint import digest_question
from proforient.store.lake import OVERTAKEN, Lake, Overtaken
from proforient.store.lake_steps import TableMove, Turn, heading, pack, read_heading
from proforient.store.lake_tables import CARRIED, TURN, Form, carry, creation, forms

FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.3  # seconds between two attempts
ATTEMPTS = 8  # attempts at one transaction that the lake refuses although nobody else has written
UNSURE = (
    "Связь с общим хранилищем прервалась в момент записи, и неизвестно, записано ли последнее действие. "
    "Откройте страницу снова и посмотрите, прежде чем повторять."
)
Rows = Callable[[str], tuple[tuple[object, ...], pa.Table]]  # of a table: its digest, and all of it


def pauses(first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> Iterator[float]:
    """Seconds to wait between attempts: growing, and random so that two who wait do not meet again."""
    pause = first
    while True:
        yield pause * random.uniform(0.5, 1.5)  # noqa: S311  # no secret
        pause = min(pause * 1.6, longest)


def take_form(lake: Lake, form: Form, rows: Rows, new: Turn, server: str) -> int:
    """Brings the tables to ``form`` and to ``rows``, in one transaction; gives its snapshot.

    Of an empty lake, or by a newer version of the program: tables whose rows are as they should be stay.
    """
    with lake.writing() as cursor:
        there = forms(cursor)
        for table in (table for table in form if table in CARRIED):
            _take_table(cursor, there, table, form, rows)
        if "turn" not in there:
            cursor.execute(creation("turn", TURN))
        cursor.execute("DELETE FROM turn")
        values = {**_values(new), "lake": new.lake, "schema": new.schema}
        cursor.execute("INSERT INTO turn VALUES ($lake, $commits, $figures, $last, $schema)", values)
        cursor.execute(_NOTE, {"server": server, "heading": heading(new, server), "moves": None})
    return _confirmed(lake)


def _take_table(cursor: duckdb.DuckDBPyConnection, there: Form, table: str, form: Form, rows: Rows) -> None:
    digest, added = rows(table)
    if there.get(table) == form[table]:
        if digest == cursor.execute(digest_question(table)).fetchall()[0]:
            return
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own
    else:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(creation(table, form[table]))
    carry(cursor, TableMove(table, added.slice(0, 0), added), form[table])


def publish(
    lake: Lake, moves: Sequence[TableMove], form: Form, *, seen: Turn, snapshot: int, new: Turn, server: str
) -> int:
    """Confirms the rows in the lake, all or none; gives the snapshot that has them. ``seen`` stood at ``snapshot``.

    Refusals of the lake are tried again with growing pauses as long as nobody else has written. Raises Overtaken,
    StoreError; where the connection broke on the way it is asked again whether the rows are there.
    """
    packed_moves = pack(moves)
    for attempt, pause in enumerate(pauses(), 1):
        try:
            return _publish_once(lake, moves, form, packed_moves, seen, new, server)
        except Overtaken:
            raise
        except StoreError as error:
            if str(error) != OVERTAKEN:
                return _found_after_all(lake, snapshot, new, server, error)
            if attempt == ATTEMPTS:
                raise StoreBusy(OVERTAKEN) from error
            time.sleep(pause)
    raise AssertionError


def _publish_once(
    lake: Lake, moves: Sequence[TableMove], form: Form, packed_moves: str | None, seen: Turn, new: Turn, server: str
) -> int:
    with lake.writing() as cursor:
        moved = cursor.execute(_MOVE_ON, {**_values(new), "seen": seen.commits, "known": seen.schema}).fetchall()
        if moved[0][0] != 1:
            raise Overtaken(OVERTAKEN)
        cursor.execute(_NOTE, {"server": server, "heading": heading(new, server), "moves": packed_moves})
        for move in moves:
            if move.table in CARRIED:
                carry(cursor, move, form[move.table])
    return _confirmed(lake)


def _confirmed(lake: Lake) -> int:
    with lake.working() as cursor:
        return int(cursor.execute(_COMMITTED).fetchall()[0][0])


def _found_after_all(lake: Lake, seen: int, new: Turn, server: str, error: StoreError) -> int:
    """The snapshot of a transaction whose confirmation was not heard; the error again where it was not made."""
    try:
        headings = [(note.snapshot, read_heading(note.heading)) for note in lake.notes(seen) if note.heading]
    except StoreError:
        raise StoreError(UNSURE) from None
    for snapshot, written in headings:
        if written == (new, server):
            return snapshot
    raise error


def _values(turn: Turn) -> dict[str, int]:
    return {"commits": turn.commits, "figures": turn.figures, "last": turn.last}


_MOVE_ON = """
UPDATE turn SET commits = $commits, figures = $figures, last = $last WHERE commits = $seen AND schema = $known
"""
_NOTE = f"CALL {DATABASE}.set_commit_message($server, $heading, extra_info => $moves)"
_COMMITTED = f"SELECT * FROM ducklake_last_committed_snapshot('{DATABASE}')"  # noqa: S608
