"""``values``, ``results``, ``trace``, ``advice``: what was reported, what it means, where it comes from, what to do."""

from __future__ import annotations

import argparse
import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from typing import cast
from zoneinfo import ZoneInfo

from proforient.advice.export import advice_json
from proforient.advice.problems import problems
from proforient.analysis.coverage import By, Coverage, coverages
from proforient.analysis.data_frame import plain_rows, results_frame
from proforient.analysis.export import coverage_json, row_json, trace_json, value_json
from proforient.analysis.scope import Filters
from proforient.analysis.trace import trace
from proforient.commands.call import JSON, Command, Desk, OneOf, Outcome, argument, as_json
from proforient.commands.plans import PERIOD
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.errors import WrongCall
from proforient.store.reading import Reader
from proforient.store.store import Store

VALUES = (
    *("organisation", "period", "count", "level", "cohort", "value", "reason"),
    *("submission", "file", "sheet", "row", "column"),
)
RESULTS = (
    *("period", "territory", "organisation", "indicator", "level", "cohort", "kind", "unit", "numerator"),
    *("denominator", "value", "share", "shown", "plan", "plan_origin", "plan_ground", "verdict", "needed"),
    *("shortfall", "submitted", "expected", "can_change", "judgement", "average"),
)


def values(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The current values with their places."""
    with desk.store.read() as reader:
        if given.organisation:
            reader.organisation(given.organisation, on=reader.period(given.period).ends)
        stored = reader.values(given.period, organisation=given.organisation)
        found = [value_json(desk.catalogue, value) for value in stored]
    return Outcome(out=as_json(found) if given.json else as_csv(VALUES, found))


def _asked(desk: Desk, reader: Reader, given: argparse.Namespace, *, by: By | None = None) -> list[Coverage]:
    return coverages(reader, desk.catalogue, by=by, named=True, **_narrowed(reader, given))


class _Narrowed(Filters):
    period: str
    territory: str | None
    organisation: str | None


def _narrowed(reader: Reader, given: argparse.Namespace) -> _Narrowed:
    return _Narrowed(
        period=given.period,
        territory=territory_of(reader, given.territory),
        organisation=given.organisation,
        indicator=given.indicator,
        level=given.level,
        cohort=given.cohort,
    )


def results(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Shares, counts and answers with plan and verdict; ``--as-of``: as they were at the end of that day."""
    with _earlier(desk, vars(given)["as_of"]) as store, store.read() as reader:
        if given.json:
            return Outcome(out=as_json([coverage_json(c) for c in _asked(desk, reader, given, by=given.by)]))
        frame = results_frame(reader, desk.catalogue, exact=True, by=given.by, **_narrowed(reader, given))
    return Outcome(out=as_csv(RESULTS, map(row_json, plain_rows(frame))))


def _earlier(desk: Desk, day: str | None) -> AbstractContextManager[Store]:
    if day is None:
        return nullcontext(desk.store)
    try:
        end = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.max, ZoneInfo(desk.catalogue.timezone))
    except ValueError as error:
        raise WrongCall(f"--as-of {day}: ожидался день вида 2026-11-30.") from error
    return desk.store.earlier(end.astimezone(dt.UTC).replace(tzinfo=None))


def trace_back(desk: Desk, given: argparse.Namespace) -> Outcome:
    """One figure and every value that makes it."""
    with desk.store.read() as reader:
        rows = _asked(desk, reader, given)
        if len(rows) != 1:
            places = "; ".join(dict.fromkeys(row.territory for row in rows))
            raise WrongCall(
                f"Показателей подходит {len(rows)}, а нужен один. Уточните --territory или --organisation"
                f"{f'. Есть: {places}' if places else ''}."
            )
        document = trace_json(desk.catalogue, rows[0], trace(reader, desk.catalogue, rows[0]))
    if given.json:
        return Outcome(out=as_json(document))
    return Outcome(out=as_csv(("role", *VALUES), cast(list[dict[str, object]], document["cells"])))


def advice(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The problems with their recommendations by addressee."""
    with desk.store.read() as reader:
        territory = territory_of(reader, given.territory)
        found = problems(
            reader, desk.catalogue, given.period, territory=territory, organisation=given.organisation, named=True
        )
        document = advice_json(reader, given.period, territory, found)
    if given.json:
        return Outcome(out=as_json(document))
    columns = ("code", "number", "indicator", "level", "cohort", "territory", "organisation", "when", "text")
    return Outcome(out=as_csv(columns, cast(list[dict[str, object]], document["problems"])))


OUTPUT = OneOf((JSON, argument("--csv", action="store_true", help="таблица CSV (так и без ключа)")), required=False)
TERRITORY = argument("--territory", metavar="T", help="«Регион / Муниципалитет» или одно название, если оно одно")
ORGANISATION = argument("--organisation", metavar="CODE", help="одна организация")

COMMANDS = (
    Command(
        name="values",
        does="показать действующие числа с местом, откуда они взяты",
        run=values,
        arguments=(PERIOD, ORGANISATION, OUTPUT),
    ),
    Command(
        name="results",
        does="показать доли, количества и ответы с планом и вердиктом",
        run=results,
        arguments=(
            PERIOD,
            TERRITORY,
            ORGANISATION,
            argument("--indicator", metavar="I", help="код показателя"),
            argument("--level", metavar="L", help="код уровня"),
            argument("--cohort", metavar="C", help="код категории"),
            argument(
                "--by",
                choices=("organisation", "territory", "below"),
                metavar="BY",
                help="organisation — строки организаций, territory — муниципалитеты региона, below — территории "
                "ступенью ниже: регионы страны, муниципалитеты региона",
            ),
            argument("--as-of", metavar="DAY", help="как было в конце этого дня; помнит только общее хранилище"),
            OUTPUT,
        ),
    ),
    Command(
        name="trace",
        does="показать каждое число, из которого сложился показатель",
        run=trace_back,
        arguments=(
            PERIOD,
            argument("--indicator", required=True, metavar="I", help="код показателя"),
            argument("--level", required=True, metavar="L", help="код уровня"),
            argument("--cohort", default="all", metavar="C", help="без неё — all"),
            TERRITORY,
            ORGANISATION,
            JSON,
        ),
    ),
    Command(
        name="advice",
        does="показать проблемы с рекомендациями по адресатам",
        run=advice,
        arguments=(PERIOD, TERRITORY, ORGANISATION, JSON),
    ),
)
