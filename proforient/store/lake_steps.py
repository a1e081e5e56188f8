"""What a transaction of the shared store tells the other servers: where the lake stands after it, which rows it moved.

It is written into the note of the lake's own snapshot, so it is there exactly where the transaction is: PostgreSQL
confirms both at once. Another server reads all notes since its own snapshot in one question.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

LARGEST = 8_000_000  # characters of a note's rows; a larger transaction is not told, and others copy everything anew


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the lake stands: its identity, transactions so far, those that moved figures, newest identifier, schema."""

    lake: str
    commits: int
    figures: int
    last: int
    schema: int


@dataclass(frozen=True, slots=True)
class TableMove:
    """Rows of one table that a transaction took away and put in."""

    table: str
    removed: pa.Table
    added: pa.Table


@dataclass(frozen=True, slots=True)
class Step:
    """A confirmed transaction; ``moves`` None: it moved more than is told."""

    turn: Turn
    server: str
    snapshot: int
    moves: tuple[TableMove, ...] | None


def heading(turn: Turn, server: str) -> str:
    """A snapshot's message."""
    return json.dumps([turn.lake, turn.commits, turn.figures, turn.last, turn.schema, server])


def read_heading(message: str) -> tuple[Turn, str]:
    *turn, server = json.loads(message)
    return Turn(*turn), server


def pack(moves: Sequence[TableMove]) -> str | None:
    """The rows as text; None where they are too many."""
    parts = [(move.table, _stream(move.removed), _stream(move.added)) for move in moves]
    sizes = json.dumps([(table, len(removed), len(added)) for table, removed, added in parts]).encode()
    whole = b"".join((sizes, b"\n", *(rows for _, *sides_of_move in parts for rows in sides_of_move)))
    text = base64.b64encode(zlib.compress(whole, 1)).decode("ascii")
    return text if len(text) <= LARGEST else None


def unpack(text: str) -> tuple[TableMove, ...]:
    sizes, _, rows = zlib.decompress(base64.b64decode(text)).partition(b"\n")
    moves, at = [], 0
    for table, removed, added in json.loads(sizes):
        moves.append(TableMove(table, _table(rows[at : at + removed]), _table(rows[at + removed :][:added])))
        at += removed + added
    return tuple(moves)


def together(steps: Sequence[Sequence[TableMove]]) -> list[TableMove]:
    """What several transactions, one after the other, did to each table; a row that came and went is in both parts."""
    found: dict[str, list[TableMove]] = {}
    for moves in steps:
        for move in moves:
            found.setdefault(move.table, []).append(move)
    return [
        TableMove(table, pa.concat_tables([m.removed for m in moves]), pa.concat_tables([m.added for m in moves]))
        for table, moves in found.items()
    ]


def sides(cursor: duckdb.DuckDBPyConnection, one: str, other: str) -> tuple[pa.Table, pa.Table]:
    """The rows of one table that the other has not and the reverse, each as often as it is there more often."""
    found = cursor.execute(_SIDES.format(one=one, other=other)).to_arrow_table()
    more = found.column("times_more").to_pylist()
    rows = found.drop_columns("times_more")
    ours, theirs = ([at for at, n in enumerate(more) for _ in range(sign * n)] for sign in (1, -1))
    return rows.take(pa.array(ours, pa.int64())), rows.take(pa.array(theirs, pa.int64()))


_SIDES = """
SELECT * EXCLUDE (times), sum(times)::BIGINT AS times_more
FROM (SELECT *, 1 AS times FROM {one} UNION ALL SELECT *, -1 FROM {other})
GROUP BY ALL HAVING times_more <> 0
"""


def _stream(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())


def _table(stream: bytes) -> pa.Table:
    return pa.ipc.open_stream(stream).read_all()
