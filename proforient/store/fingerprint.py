"""A digest of everything that is stored and of every result that follows from it: equal digests, equal stores."""

from __future__ import annotations

import duckdb

from proforient.store.connect import in_russian

TABLES = (
    "meta",
    "migration",
    "organisation",
    "organisation_fact",
    "period",
    "period_opening",
    "period_indicator",
    "plan_value",
    "judgement",
    "amendment",
    "event_names",
    "contingent",
    "submission",
    "explanation",
    "alias",
    "part",
    "withdrawn_part",
    "value",
    "superseded_part",
    "superseded_value",
    "report",
    "component",
    "figure",
    "given",
    "rollup",
    "event",
    "snapshot",
    "catalogue_text",
    "account",
    "invitation",
    "ended_session",
    "publication",
    "opening_count",
    "hall_code",
    "document_draft",
    "issued_document",
    "document_number",
    "footnote",
    "measure",
    "measure_answer",
    "office",
    "typed_cell",
    "named_view",
    "inquiry",
    "reopening",
    "mailbox",
    "reminder",
    "merger",
)
RESULTS = ("current_value", "organisation_in_period", "pair", "answer", "no_answer", "pair_total", "asked", "missing")


_THERE = """
SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()
UNION ALL
SELECT view_name FROM duckdb_views() WHERE database_name = current_database()
"""


def digest_question(name: str, *, of: str = "") -> str:
    """One row: how many rows a table or view has, and a digest of all their columns that no order changes."""
    assert name in TABLES or name in RESULTS  # the only text that is put into the statement, all of it our own
    return f"SELECT count(*), sum(md5_number_lower(t::VARCHAR)) FROM {of}{name} AS t"  # noqa: S608  (asserted above)


def fingerprint(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """«rows:digest» by table and result; reads every column of every table of the current database.

    A database of an earlier schema has fewer of them: its own are read, so that an old backup can be put back.
    """
    with in_russian():
        there = {row[0] for row in cursor.execute(_THERE).fetchall()}
    found = {}
    for name in (name for name in (*TABLES, *RESULTS) if name in there):
        with in_russian():
            row = cursor.execute(digest_question(name)).fetchone()
        assert row is not None
        found[name] = f"{row[0]}:{row[1] or 0:x}"
    return found
