"""Numbered migrations, each in one transaction with the row that records it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from pathlib import Path

import duckdb

from proforient.errors import StoreDamaged, StoreNewer, WrongCall
from proforient.monitoring import now
from proforient.store.connect import RESTORE, in_russian

MIGRATIONS = Path(__file__).parent / "migrations"
CONSTRAINT = re.compile(r"--F\s*$")
# Whose rows a statement can change: whatever else it names is only read.
_WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|ALTER\s+TABLE|RENAME\s+TO"
    r"|(?:DROP|CREATE(?:\s+OR\s+REPLACE)?)\s+TABLE(?:\s+IF\s+(?:NOT\s+)?EXISTS)?)\s+(\w+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Migration:
    version: int
    name: str
    path: Path

    def statements(self, *, constraints: bool) -> str:
        """Its SQL; without constraints every line that ends in ``--F`` is dropped."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return "\n".join(line for line in lines if constraints or not CONSTRAINT.search(line))


def migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """All migrations in their order; the file's name begins with its number."""
    # order: by number
    return sorted(Migration(int(path.stem[:4]), path.stem[5:], path) for path in folder.glob("[0-9]*.sql"))


def newest(folder: Path = MIGRATIONS) -> int:
    return migrations(folder)[-1].version


def written_by(version: int, folder: Path = MIGRATIONS) -> set[str]:
    """The tables that the migrations after that version write: the rows of others stay as they are."""
    later = (m.statements(constraints=True) for m in migrations(folder) if m.version > version)
    return {table.lower() for text in later for table in _WRITES.findall(re.sub(r"--.*", "", text))}


def schema_version(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number of the last applied migration, 0 for an empty database; StoreDamaged for somebody else's."""
    with in_russian():
        tables = {
            row[0]
            for row in cursor.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
            ).fetchall()
        }
        if not tables:
            return 0
        if "migration" not in tables:
            raise StoreDamaged(f"В файле данных нет таблиц этой программы. {RESTORE}")
        row = cursor.execute("SELECT max(version) FROM migration").fetchone()
    return int(row[0]) if row and row[0] else 0


def refuse_newer(version: int, folder: Path = MIGRATIONS) -> None:
    if version > newest(folder):
        raise StoreNewer(
            f"Хранилище записано более новой версией программы: его схема {version}, известна {newest(folder)}. "
            "Обновите программу; файл не тронут."
        )


def refuse_older(version: int, folder: Path = MIGRATIONS) -> None:
    """WrongCall where a store that is only read has an older schema: reading does not change it."""
    if version < newest(folder):
        raise WrongCall(
            "Хранилище записано прежней версией программы. Откройте его один раз для записи: оно обновится."
        )


def migrate(
    cursor: duckdb.DuckDBPyConnection,
    *,
    constraints: bool = True,
    folder: Path = MIGRATIONS,
    until: int | None = None,
) -> list[str]:
    """Applies what is pending, gives the names of what was applied. A migration that fails leaves no trace.

    ``constraints`` matters only for an empty database; afterwards the store remembers its form. ``until``: the last
    number that is applied.
    """
    version = schema_version(cursor)
    refuse_newer(version, folder)
    if version:
        constraints = _fact(cursor, "constraints") != "no"
    done = []
    for migration in migrations(folder):
        if version < migration.version <= (until or migration.version):
            _apply(cursor, migration, constraints=constraints)
            done.append(migration.name)
    return done


def _apply(cursor: duckdb.DuckDBPyConnection, migration: Migration, *, constraints: bool) -> None:
    with in_russian():
        cursor.execute("BEGIN TRANSACTION")
        try:
            cursor.execute(migration.statements(constraints=constraints))
            cursor.execute(
                "INSERT INTO migration VALUES ($version, $name, $at)",
                {"version": migration.version, "name": migration.name, "at": now()},
            )
            if migration.version == 1:
                form = "yes" if constraints else "no"
                facts = {"schema_version": "1", "installation_id": str(uuid.uuid4()), "constraints": form}
                for key, value in facts.items():
                    cursor.execute("INSERT INTO meta VALUES ($key, $value)", {"key": key, "value": value})
            cursor.execute(
                "UPDATE meta SET value = $version WHERE key = 'schema_version'", {"version": str(migration.version)}
            )
            cursor.execute("COMMIT")
        except BaseException:
            _rollback(cursor)
            raise


def _rollback(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.Error:
        # The failure that led here is the one to report; a dead transaction cannot be rolled back twice.
        return


def _fact(cursor: duckdb.DuckDBPyConnection, key: str) -> str:
    row = cursor.execute("SELECT value FROM meta WHERE key = $key", {"key": key}).fetchone()
    return str(row[0]) if row else ""
