"""A database of its own for analysts, written beside and renamed: whoever reads it locks nothing of ours.

In: columns with their words. Out: a DuckDB file in which each table is a view whose columns are documented.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from proforient.errors import Refused
from proforient.store import files
from proforient.store.connect import FILE_NAME, in_russian, quoted
from proforient.store.reading import Reader
from proforient.store.transaction import Question

MODE = 0o640  # mode of the file: the group may read, as analysts are no users of ours


class AnalystValueRow(NamedTuple):
    period: str
    territory: str | None
    organisation: str
    organisation_name: str | None
    counted: str
    level: str
    cohort: str
    number: int | None
    reason: str | None
    state: str | None
    file_name: str
    sheet: str
    row_no: int
    column_name: str


class AnalystOrganisationRow(NamedTuple):
    period: str
    territory: str
    organisation: str
    name: str
    full_name: str
    kind: str
    levels: str
    inn: str
    part_of: str | None
    opened: dt.date | None
    closed: dt.date | None
    state: str | None
    late: bool | None


class AnalystPlanRow(NamedTuple):
    period: str
    territory: str
    indicator: str
    level: str
    cohort: str
    percent: float | None
    number: float | None
    origin: str
    ground: str
    happened_at: dt.datetime


ANALYST_VALUES = Question("analyst_values", AnalystValueRow)
ANALYST_ORGANISATIONS = Question("analyst_organisations", AnalystOrganisationRow)
ANALYST_PLANS = Question("analyst_plans", AnalystPlanRow)


class AnalystTable(NamedTuple):
    """What a view of the copy shows: its rows, what one is, and what each column holds."""

    rows: pa.Table
    about: str
    columns: Mapping[str, str]


def stored_views(reader: Reader) -> dict[str, pa.Table]:
    """What analysts are given as it stands in the store, by the name of its view."""
    code = reader.catalogue.code
    return {
        "values": reader.table(ANALYST_VALUES, catalogue=code),
        "organisations": reader.table(ANALYST_ORGANISATIONS, catalogue=code),
        "plans": reader.table(ANALYST_PLANS, catalogue=code),
    }


def write_copy(target: Path, views: Mapping[str, AnalystTable]) -> None:
    """The file is the former one or the new one, never half of it. Refused for the store's own file; DiskFull."""
    if target.name == FILE_NAME:
        raise Refused(
            f"{target} — имя самого хранилища. Назовите копию для аналитиков иначе, например analysts.duckdb."
        )
    half = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with in_russian(), closing(duckdb.connect(str(half))) as connection:
            connection.execute("CREATE SCHEMA kept")
            for name, view in views.items():
                _write_view(connection, name, view)
            connection.execute("CHECKPOINT")
        half.chmod(MODE)
        with half.open("rb") as stream:
            os.fsync(stream.fileno())
        half.replace(target)
    except OSError as error:
        raise files.cannot_write(error, target) from error
    finally:
        for left in (half, half.with_name(f"{half.name}.wal")):
            with contextlib.suppress(OSError):
                left.unlink()


def _write_view(connection: duckdb.DuckDBPyConnection, name: str, view: AnalystTable) -> None:
    """Names and words are the program's own."""
    connection.register("incoming", view.rows)
    connection.execute(f'CREATE TABLE kept."{name}" AS SELECT * FROM incoming')  # noqa: S608
    connection.unregister("incoming")
    connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM kept."{name}"')  # noqa: S608
    connection.execute(f'COMMENT ON VIEW "{name}" IS {quoted(view.about)}')
    for column, what in view.columns.items():
        connection.execute(f'COMMENT ON COLUMN "{name}"."{column}" IS {quoted(what)}')
