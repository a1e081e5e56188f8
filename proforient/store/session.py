"""One transaction's cursor: asks the questions of ``sql/`` with bound values and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import pyarrow as pa

from proforient.catalogue.entries import Catalogue
from proforient.store.connect import in_russian

QUESTIONS = Path(__file__).parent / "sql"

Row = tuple[Any, ...]
Asking = TypeVar("Asking", bound=Callable[..., Any])


@cache
def question(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return (QUESTIONS / f"{name}.sql").read_text(encoding="utf-8")


def asked_once(method: Asking) -> Asking:
    """What a still session was once told it gives again; whoever asks must not change it."""

    @wraps(method)
    def asking(session: Session, *args: Any, **named: Any) -> Any:
        if session.told is None:
            return method(session, *args, **named)
        key = (method.__name__, args, frozenset(named.items()))
        if key not in session.told:
            session.told[key] = method(session, *args, **named)
        return session.told[key]

    return cast(Asking, asking)


class Session:
    """A cursor inside a transaction. It belongs to one thread."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, catalogue: Catalogue, *, still: bool = False) -> None:
        """``still``: nothing changes as long as the transaction lasts, so nothing need be asked twice."""
        self._cursor = cursor
        self.catalogue = catalogue
        self.told: dict[object, Any] | None = {} if still else None

    def ask(self, name: str, **values: object) -> list[Row]:
        """All rows that answer the question ``name``; ``values`` are bound to its $parameters."""
        return self.run(question(name), values)

    def run(self, statement: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """A short statement of the store's own (a constant) with bound values; the rows that it gives."""
        with in_russian():
            return self._cursor.execute(statement, dict(values) if values else None).fetchall()

    def table(self, name: str, **values: object) -> pa.Table:
        """The same rows as columns, named as the question names them."""
        with in_russian():
            return self._cursor.execute(question(name), values or None).to_arrow_table()

    def insert(self, statement: str, columns: Mapping[str, Sequence[object]]) -> None:
        """Many rows in one statement, which unnests the bound columns; nothing where there is no row."""
        if any(len(column) for column in columns.values()):
            self.run(statement, {name: list(column) for name, column in columns.items()})
