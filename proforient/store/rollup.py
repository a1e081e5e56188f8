"""The totals that are kept ready: which counts make an indicator, what each organisation gave, sums by municipality.

Everything here follows from other tables; whoever changes one of them does so inside ``carried`` (values and states of
reports) or calls ``rewrite`` (known counts, the register) in the same transaction.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from proforient.catalogue.applicability import years_of
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.figures import keys_of, measured
from proforient.store.transaction import Question, Transaction, insert

READY_MADE = ("given", "rollup")  # the tables that follow from others
MOST_APART = 20  # municipalities or organisations up to which they are found one by one sooner than together


class Component(NamedTuple):
    """A count's part in an indicator at a level; ``good``: the answer that is (1 yes), ``parts`` of a whole pair."""

    indicator: str
    kind: str  # how it is summed
    role: str
    counted: str
    good: int | None
    level: str
    kinds: str  # of organisations, joined
    parts: int


class Figure(NamedTuple):
    """Whom a figure asks, and in which years; ``source``: whose counts make it.

    ``known``: counts that bound a missing answer, joined; none: it is one answer.
    """

    indicator: str
    level: str
    cohort: str
    source: str
    kinds: str
    since: int
    until: int
    known: str


COMPONENTS = Question("components", Component)
FIGURES = Question("figures", Figure)


def components(catalogue: Catalogue) -> list[Component]:
    """What makes the catalogue's indicators, sorted. A trend has none: it follows a share."""
    rows: list[Component] = []
    for indicator in catalogue.indicators.values():
        kind = indicator.formula
        roles, good = kind.components(indicator), kind.good_answer(indicator)
        asked = ",".join(indicator.organisation_kinds)
        rows += [
            Component(indicator.code, kind.summed, role, count, good, level, asked, len(roles))
            for level in indicator.levels
            for role, count in roles
        ]
    return sorted(rows, key=repr)  # order: to be compared


def figures(catalogue: Catalogue) -> list[Figure]:
    """In the catalogue's order."""
    rows: list[Figure] = []
    for indicator in catalogue.indicators.values():
        source, kinds = measured(catalogue, indicator).code, ",".join(indicator.organisation_kinds)
        years, known = years_of(catalogue, indicator), ",".join(indicator.formula.bounding(indicator))
        rows += [Figure(*key, source, kinds, *years, known) for key in keys_of(catalogue, indicator)]
    return rows


def in_step(session: Transaction) -> bool:
    """Whether the store computes with the catalogue's present arithmetic."""
    code = session.catalogue.code
    stored_components = sorted(session.ask(COMPONENTS, catalogue=code), key=repr)  # order: to be compared
    asked = set(session.ask(FIGURES, catalogue=code))
    return stored_components == components(session.catalogue) and asked == set(figures(session.catalogue))


def take_components(session: Transaction) -> None:
    """Takes the arithmetic of the session's catalogue; all that is ready-made must be rebuilt afterwards."""
    for table, names, rows in (
        ("component", _COMPONENT, components(session.catalogue)),
        ("figure", _FIGURE, figures(session.catalogue)),
    ):
        session.run(f"DELETE FROM {table} WHERE catalogue = $catalogue", {"catalogue": session.catalogue.code})  # noqa: S608
        columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
        insert(session, _insertion(table, names), {"catalogue": [session.catalogue.code] * len(rows), **columns})


def rebuild(session: Transaction) -> None:
    """All that is ready-made anew, of every period and municipality."""
    session.run("DELETE FROM given")
    session.run(_INSERT_EVERYTHING)
    rewrite(session, None, None)


def homes_of(session: Transaction, organisations: Iterable[str]) -> set[str]:
    """Every territory to which one of the organisations ever belonged."""
    return {row[0] for row in session.run(_HOMES, {"organisations": list(set(organisations))})}


@contextmanager
def carried(session: Transaction, period: int, homes: Mapping[str, str], *, values: bool) -> Iterator[None]:
    """Carries into what is ready-made what is done inside to reports of organisations, each with its municipality.

    ``values``: to their values too, not to the states of their reports alone. Of one organisation the totals change by
    the difference between what it was in them and what it is: the others of its municipality are not read.
    """
    if len(homes) != 1:
        yield
        if values:
            _retake(session, period, homes)
        rewrite(session, [period], homes.values())
        return
    ((organisation, home),) = homes.items()
    report = {"period": period, "territory": home, "organisation": organisation}
    session.run(_KEEP_BEFORE, report)
    yield
    # Where this stops on the way the transaction is taken back, and its tables with it.
    asked = _ASKED if values and _retake_one(session, report) else ""
    session.run(_KEEP_TOTALS.format(asked=asked), report)
    session.run(_DELETE_TOTALS, {"period": period, "territory": home})
    session.run(_INSERT_KEPT)
    for table in ("answers_before", "totals_after", *(["asked_of_it"] if asked else [])):
        session.run(f"DROP TABLE {table}")  # names of our own


def _retake(session: Transaction, period: int, homes: Mapping[str, str]) -> None:
    """What organisations, each with its municipality, gave for one period."""
    codes, places = list(homes), list(set(homes.values()))
    for place in places if len(places) <= MOST_APART else [None]:
        session.run(_DELETE_GIVEN, {"period": period, "territory": place, "organisations": codes})
    for code in codes if len(codes) <= MOST_APART else ():
        session.run(_INSERT_GIVEN_ONE, {"period": period, "organisation": code})
    if len(codes) > MOST_APART:
        session.run(_INSERT_GIVEN, {"period": period, "organisations": codes})


def _retake_one(session: Transaction, report: Mapping[str, object]) -> bool:
    """The same of one report; whether it gave other figures than before: then ``asked_of_it`` has all it is asked."""
    session.run(_WORK_OUT_GIVEN, {name: report[name] for name in ("period", "organisation")})
    others = bool(session.run(_OTHER_FIGURES, report)[0][0])
    session.run(_DELETE_GIVEN_ONE, report)
    if others:  # while it has given nothing all that it is asked is missing
        session.run(_KEEP_ASKED, report)
    session.run("INSERT INTO given SELECT * FROM given_after")
    session.run("DROP TABLE given_after")
    return others


def rewrite(session: Transaction, periods: Iterable[int] | None, territories: Iterable[str] | None) -> None:
    """The totals of periods (None: all) in municipalities (None: all)."""
    numbers: Iterable[int | None] = [None] if periods is None else list(set(periods))
    places: list[str | None] = [None] if territories is None else list(set(territories))
    for chosen in itertools.product(numbers, places if len(places) <= MOST_APART else [None]):
        values = dict(zip(("period", "territory"), chosen, strict=True))
        session.run(_DELETE_TOTALS, values)
        session.run(_INSERT_TOTALS, values)


_COMPONENT = {"indicator": "VARCHAR", "kind": "VARCHAR", "role": "VARCHAR", "count": "VARCHAR", "good": "INTEGER",
              "level": "VARCHAR", "kinds": "VARCHAR", "parts": "INTEGER"}  # fmt: skip
_FIGURE = {"indicator": "VARCHAR", "level": "VARCHAR", "cohort": "VARCHAR", "source": "VARCHAR", "kinds": "VARCHAR",
           "since": "INTEGER", "until": "INTEGER", "known": "VARCHAR"}  # fmt: skip


def _insertion(table: str, columns: Mapping[str, str]) -> str:
    every = {"catalogue": "VARCHAR", **columns}
    values = ", ".join(f"unnest(${name}::{type_}[])" for name, type_ in every.items())
    return f"INSERT INTO {table} ({', '.join(every)}) SELECT {values}"  # names of our own


_HOMES = """
SELECT DISTINCT territory FROM organisation_fact WHERE code IN (SELECT unnest($organisations::VARCHAR[]))
"""
_INSERT_EVERYTHING = """
INSERT INTO given SELECT * FROM pair
-- order: as it is read, for speed
ORDER BY period_id, place, organisation
"""
_INSERT_GIVEN = """
INSERT INTO given SELECT * FROM pair
WHERE period_id = $period AND organisation IN (SELECT unnest($organisations::VARCHAR[]))
-- order: as it is read, for speed
ORDER BY place, organisation
"""
_GIVEN_ONE = "SELECT * FROM pair WHERE period_id = $period AND organisation = $organisation"
_INSERT_GIVEN_ONE = f"INSERT INTO given {_GIVEN_ONE}"
_PLACE = """place = md5_number_lower(split_part($territory, ' / ', 1)) // 4294967296 * 4294967296
    + md5_number_lower($territory) // 4294967296"""
_CHOSEN = f"""
WHERE ($period::BIGINT IS NULL OR period_id = $period)
  AND ($territory::VARCHAR IS NULL OR territory = $territory AND {_PLACE})
"""
_HERE = f"WHERE period_id = $period AND territory = $territory AND {_PLACE}"
_DELETE_GIVEN = f"DELETE FROM given {_CHOSEN} AND organisation IN (SELECT unnest($organisations::VARCHAR[]))"  # noqa: S608
_DELETE_TOTALS = f"DELETE FROM rollup {_CHOSEN}"  # noqa: S608
_INSERT_TOTALS = f"""
INSERT INTO rollup SELECT * FROM pair_total {_CHOSEN}
-- order: as it is read, for speed
ORDER BY period_id, place
"""  # noqa: S608
_OF_IT = f"{_HERE} AND organisation = $organisation"
_ANSWERS = f"SELECT * EXCLUDE (organisation) FROM answer {_OF_IT}"  # noqa: S608
_DELETE_GIVEN_ONE = f"DELETE FROM given {_OF_IT}"  # noqa: S608
_WORK_OUT_GIVEN = f"CREATE TEMP TABLE given_after AS {_GIVEN_ONE}"
_OTHER_FIGURES = f"""
SELECT count(*) FROM (SELECT indicator, level, cohort FROM given {_OF_IT}) AS b
FULL JOIN given_after AS a USING (indicator, level, cohort) WHERE a.place IS NULL OR b.indicator IS NULL
"""  # noqa: S608
_KEEP_BEFORE = f"CREATE TEMP TABLE answers_before AS {_ANSWERS}"
_KEEP_ASKED = f"CREATE TEMP TABLE asked_of_it AS SELECT * EXCLUDE (organisation) FROM no_answer {_OF_IT}"  # noqa: S608
_LESS = """
SELECT period_id, place, territory, indicator, level, cohort, -numerator, -denominator, -number, -submitted, -on_review,
  -late, -missing, -possible, -unknown
"""
_ASKED = f"""
  UNION ALL (FROM asked_of_it ANTI JOIN (FROM answer {_OF_IT}) USING (indicator, level, cohort))
  UNION ALL ({_LESS} FROM asked_of_it ANTI JOIN answers_before USING (indicator, level, cohort))
"""
_KEEP_TOTALS = f"""
CREATE TEMP TABLE totals_after AS
SELECT period_id, place, territory, indicator, level, cohort,
  CASE WHEN sum(submitted) > 0 THEN sum(numerator) END::BIGINT AS numerator,
  CASE WHEN sum(submitted) > 0 THEN sum(denominator) END::BIGINT AS denominator,
  CASE WHEN sum(submitted) > 0 THEN sum(number) END::BIGINT AS number,
  sum(submitted)::INTEGER AS submitted, sum(on_review)::INTEGER AS on_review, sum(late)::INTEGER AS late,
  sum(missing)::INTEGER AS missing, sum(possible)::BIGINT AS possible, sum(unknown)::INTEGER AS unknown
FROM (
  SELECT * FROM rollup {_HERE}
  UNION ALL ({_LESS} FROM answers_before)
  UNION ALL ({_ANSWERS})
  {{asked}}
)
GROUP BY period_id, place, territory, indicator, level, cohort
HAVING sum(submitted) + sum(missing) > 0
"""  # noqa: S608
_INSERT_KEPT = """
INSERT INTO rollup SELECT * FROM totals_after
-- order: as it is read, for speed
ORDER BY period_id, place
"""
