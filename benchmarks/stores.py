"""Stores of any size for measuring: seeded counts in the product's own schema, written as columns.

Everything is invented. Nine of ten organisations have reported the newest period, all of them those before; the known
contingents and a plan for each level of the headline are there, too. What is written so is not in the log: such a
store is for measuring only, ``verify`` would name every row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from proforient.catalogue.entries import Catalogue
from proforient.store import campaign, rollup
from proforient.store.connect import FILE_NAME
from proforient.store.store import Store
from proforient.store.transaction import Transaction

YEARS = (2020, 2021, 2022, 2023, 2024)
PLANS = {"preschool": 50, "primary": 70, "basic": 65, "secondary": 75, "additional": 40}  # three are not met


@dataclass(frozen=True, slots=True)
class Size:
    """How many organisations, in how many municipalities of how many regions."""

    organisations: int
    municipalities: int
    regions: int = 1
    years: Sequence[int] = YEARS

    def municipality(self, n: int) -> str:
        """The path of the n-th municipality, from 1."""
        return f"Регион {(n - 1) % self.regions + 1} / Округ {n}"


def make(folder: Path, catalogue: Catalogue, size: Size) -> Path:
    """Fills an empty folder; gives it back. 100,000 organisations take some minutes and some gigabytes of disk."""
    store = Store.open(folder, catalogue)
    with store.write("bench", based_on=None) as writer:
        for year in size.years:
            campaign.open_period(writer, str(year), closes=dt.date(year + 1, 3, 31), at=dt.datetime(year + 1, 1, 10))
    store.close()
    with duckdb.connect(folder / FILE_NAME) as connection:
        connection.execute("SET threads = 2")
        given = {"organisations": size.organisations, "municipalities": size.municipalities, "regions": size.regions}
        connection.execute(_KINDS)
        connection.execute(_CELLS)
        connection.execute(_REGISTER, given)
        for statement in (_ORGANISATIONS, _FACTS):
            connection.execute(statement)
        connection.execute(_REPORTED, {"newest": str(max(size.years))})
        for statement in (_SUBMISSIONS, _PARTS, _REPORTS, _VALUES, _CONTINGENTS):
            connection.execute(statement)
        _plans(connection)
        rollup.rebuild(Transaction(connection, catalogue))
        for name in ("kinds", "cells", "register", "reported"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("CHECKPOINT")
    return folder


def _plans(connection: duckdb.DuckDBPyConnection) -> None:
    for level, percent in PLANS.items():
        connection.execute(_PLAN, {"level": level, "percent": percent})


# Of twenty organisations eleven are schools, seven kindergartens, two clubs; every municipality has an authority.
_KINDS = """
CREATE TEMP TABLE kinds AS SELECT * FROM (VALUES
  ('school', 'primary,basic,secondary,grades-6-11,grades-1-11,whole', 'Средняя школа', 11),
  ('preschool', 'preschool,whole', 'Детский сад', 18),
  ('additional', 'additional,whole', 'Дом творчества', 20)) AS k (kind, levels, title, until)
"""
_CELLS = """
CREATE TEMP TABLE cells AS
SELECT DISTINCT c.count, c.level, h.cohort, c.kinds, c.kind = 'yes_no' AS answer,
  bool_or(c.role = 'denominator') OVER (PARTITION BY c.count) AS whole
FROM component AS c, (VALUES ('all'), ('disability')) AS h (cohort)
WHERE h.cohort = 'all' OR c.kind = 'share'
"""
_REGISTER = """
CREATE TEMP TABLE register AS
SELECT n, format('org-{:06}', n) AS code, k.kind, k.levels,
  format('{} № {}', k.title, n) AS name,
  format('Регион {} / Округ {}', (n % $municipalities) % $regions + 1, n % $municipalities + 1) AS territory
FROM range($organisations) AS r (n)
JOIN kinds AS k ON k.until = (SELECT min(until) FROM kinds WHERE until > hash(n) % 20)
ORDER BY territory, code
"""
_ORGANISATIONS = "INSERT INTO organisation SELECT code, '', NULL, NULL, NULL FROM register"
_FACTS = """
INSERT INTO organisation_fact
SELECT code, DATE '0001-01-01', DATE '9999-12-31', name, name, kind, levels, territory FROM register
"""
_REPORTED = """
CREATE TEMP TABLE reported AS
SELECT r.*, p.period_id, p.code AS period, row_number() OVER (ORDER BY p.code, r.territory, r.code) AS part
FROM register AS r, period AS p
WHERE p.code <> $newest OR hash(r.n, 'reported') % 10 > 0
ORDER BY p.code, r.territory, r.code
"""
_SUBMISSIONS = """
INSERT INTO submission
SELECT part, period_id, code || '.xlsx', 1000, sha256(code || period), '', 'form',
  make_timestamp(period::INTEGER + 1, 2, 1, 9, 0, 0), 'bench', false, false
FROM reported
"""
_PARTS = "INSERT INTO part SELECT part, part, period_id, code, 0, false FROM reported"
_REPORTS = """
INSERT INTO report
SELECT period_id, code, CASE WHEN hash(n, period) % 5 = 0 THEN 'submitted' ELSE 'accepted' END,
  make_timestamp(period::INTEGER + 1, 2, 1, 9, 0, 0), 'bench', '', hash(n, 'late') % 20 = 0
FROM reported
"""
_VALUES = """
INSERT INTO value
SELECT 1000000000 + row_number() OVER (), r.part, r.period_id, r.code, c.count, c.level, c.cohort,
  CASE WHEN c.answer THEN (hash(r.n, c.count) % 4 > 0)::BIGINT ELSE
    ((20 + hash(r.n, c.level) % 400) * CASE WHEN c.cohort = 'all' THEN 1.0 ELSE 0.06 END
      * CASE WHEN c.whole THEN 1.0 ELSE 0.3 + (hash(r.n, r.period, c.count) % 60) / 100.0 END)::BIGINT END,
  NULL, 'Лист1', 2 + (hash(c.count) % 100)::INTEGER, 'C'
FROM reported AS r
JOIN cells AS c ON list_contains(string_split(r.levels, ','), c.level)
  AND (c.kinds = '' OR list_contains(string_split(c.kinds, ','), r.kind))
ORDER BY r.part
"""
_CONTINGENTS = """
INSERT INTO contingent
SELECT row_number() OVER (), p.period_id, r.code, 'pupils', l.level, h.cohort,
  ((20 + hash(r.n, l.level) % 400) * CASE WHEN h.cohort = 'all' THEN 1.0 ELSE 0.06 END)::BIGINT,
  'ФСН', make_timestamp(2020, 1, 1, 0, 0, 0)
FROM register AS r, period AS p, (VALUES ('all'), ('disability')) AS h (cohort),
  unnest(string_split(r.levels, ',')) AS l (level)
WHERE l.level <> 'whole' AND hash(r.n, 'known') % 50 > 0
ORDER BY p.period_id, r.territory, r.code
"""
_PLAN = """
INSERT INTO plan_value
SELECT row_number() OVER () + (SELECT count(*) FROM plan_value), period_id, 'coverage', $level, 'all', '', $percent,
  NULL, 'department', 'для измерений', 'bench', make_timestamp(2020, 1, 1, 0, 0, 0)
FROM period
"""
