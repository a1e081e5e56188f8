"""One transaction's cursor: runs the statements of ``sql/``, always with bound values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from itertools import starmap
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import duckdb
import pyarrow as pa

from proforient.catalogue.entries import Catalogue
from proforient.store.connect import in_russian

QUESTIONS = Path(__file__).parent / "sql"

Row = tuple[Any, ...]
Named = TypeVar("Named", bound=Row)
Asking = TypeVar("Asking", bound=Callable[..., Any])


@cache
def question(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return (QUESTIONS / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Question(Generic[Named]):
    """The question ``sql/<name>.sql`` and the named tuple that a row of its answer is, with the same names in order."""

    name: str
    row: type[Named]

    @property
    def text(self) -> str:
        return question(self.name)

    def asked_of(self, cursor: duckdb.DuckDBPyConnection, **values: object) -> list[Named]:
        """The answer of a database that is not open as a store: a copy, a file that is looked at first."""
        return list(starmap(self.row, cursor.execute(self.text, values or None).fetchall()))


def asked_once(asking: Asking) -> Asking:
    """Caches an answer until the transaction writes something or ends. Callers must not change the answer."""

    @wraps(asking)
    def asked(session: Transaction, *args: Any, **named: Any) -> Any:
        key = (asking, args, frozenset((name, value) for name, value in named.items() if value is not None))
        if key not in session._told:
            session._told[key] = asking(session, *args, **named)
        return session._told[key]

    return cast(Asking, asked)


class Transaction:
    """A cursor inside a transaction. It belongs to one thread.

    ``before`` is told each statement before it runs.
    """

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, catalogue: Catalogue, *, before: Callable[[str], None] | None = None
    ) -> None:
        self._cursor = cursor
        self._before = before
        self._told: dict[object, Any] = {}
        self.catalogue = catalogue

    def ask(self, question: Question[Named], **values: object) -> list[Named]:
        """All rows that answer the question; ``values`` are bound to its $parameters."""
        return list(starmap(question.row, self.run(question.text, values)))

    def run(self, statement: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """A short statement of the store's own (a constant) with bound values; the rows that it gives."""
        if self._before:
            self._before(statement)
        with in_russian():
            return self._cursor.execute(statement, dict(values) if values else None).fetchall()

    def table(self, question: Question[Named], **values: object) -> pa.Table:
        """The same rows as columns, named as the fields of the question's row."""
        with in_russian():
            return self._cursor.execute(question.text, values or None).to_arrow_table()


def one_or_several(organisations: Sequence[str] | None) -> dict[str, object]:
    """Codes that narrow a question (None: all) as its ``$organisation`` and ``$organisations``: one is found sooner."""
    codes = None if organisations is None else list(organisations)
    one = codes is not None and len(codes) == 1
    return {"organisation": codes[0] if codes and one else None, "organisations": None if one else codes}


def insert(session: Transaction, statement: str, columns: Mapping[str, Sequence[object]]) -> None:
    """Many rows in one statement, which unnests the bound columns; nothing where there is no row."""
    if any(len(column) for column in columns.values()):
        session.run(statement, {name: list(column) for name, column in columns.items()})


def forget(session: Transaction) -> None:
    """Empties the cache of ``asked_once`` after something was written."""
    session._told.clear()
