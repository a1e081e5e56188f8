"""``plan``: plan values with their ground and history."""

from __future__ import annotations

import argparse
from typing import get_args

from proforient.catalogue.entries import Origin
from proforient.commands.call import JSON, Command, Desk, OneOf, Outcome, argument, as_json, changing
from proforient.commands.parser import amount
from proforient.commands.tables import EXACT, Mistakes, TableLine, as_csv, read_table
from proforient.commands.territories import territory_of
from proforient.errors import ProforientError
from proforient.monitoring import PlanValue, now
from proforient.store import planning
from proforient.store.reading import Reader
from proforient.store.writing import Writer
from proforient.wording import plain_decimal

COLUMNS = ("period", "indicator", "level", "cohort", "territory", "percent", "number", "origin", "ground")
NEEDED = ("period", "indicator", "level", "origin", "ground")
LISTED = (*COLUMNS, "author", "at", "history")


def put(desk: Desk, given: argparse.Namespace) -> Outcome:
    """A later value replaces, the earlier one stays in the history."""
    with desk.write(given) as writer:
        plan = PlanValue(
            period=given.period,
            indicator=given.indicator,
            level=given.level,
            cohort=given.cohort,
            territory=territory_of(writer.reader, given.territory, strict=False),
            percent=given.percent,
            number=given.number,
            origin=given.origin,
            ground=given.ground,
            author=desk.user,
            at=now(),
        )
        planning.set_plan(writer, plan)
    shown = plain_decimal(plan.amount) + (" %" if plan.percent is not None else "")
    return Outcome(said=f"План записан: {plan.indicator}, {plan.level}, {plan.period} — {shown}.")


def load(desk: Desk, given: argparse.Namespace) -> Outcome:
    """All rows or none."""
    lines = read_table(desk.call.files["file"], COLUMNS, needed=NEEDED, name="Файл планов")
    mistakes = Mistakes("Файл планов")
    with desk.write(given) as writer:
        for line in lines:
            _load_one(desk, writer, line, mistakes)
        mistakes.refuse()
    return Outcome(said=f"Загружено плановых значений: {len(lines)}.")


def _load_one(desk: Desk, writer: Writer, line: TableLine, mistakes: Mistakes) -> None:
    before = len(mistakes.found)
    percent, number = mistakes.decimal(line, "percent"), mistakes.decimal(line, "number")
    if len(mistakes.found) == before and (percent is None) == (number is None):
        mistakes.add(line, "нужно одно из двух: percent или number")
    if line["origin"] not in get_args(Origin):
        mistakes.add(line, f"«origin» — «{line['origin']}». Можно: {', '.join(get_args(Origin))}")
    if len(mistakes.found) > before:
        return
    try:
        planning.set_plan(
            writer,
            PlanValue(
                period=line["period"],
                indicator=line["indicator"],
                level=line["level"],
                cohort=line["cohort"] or "all",
                territory=territory_of(writer.reader, line["territory"] or None, strict=False),
                percent=percent,
                number=number,
                origin=line["origin"],  # type: ignore[arg-type]  # one of the literals, looked at above
                ground=line["ground"],
                author=desk.user,
                at=now(),
            ),
        )
    except ProforientError as error:
        mistakes.add(line, str(error))


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """What holds now, each with everything that was ever set for the same figure and territory."""
    with desk.store.read() as reader:
        territory = territory_of(reader, given.territory)
        found = [_listed(reader, plan) for plan in reader.plans(given.period, territory=territory)]
    if given.json:
        return Outcome(out=as_json(found))
    for row in found:
        row["history"] = len(row["history"])  # type: ignore[arg-type]  # a list, in a table only its length
    return Outcome(out=as_csv(LISTED, found, exact=(*EXACT, "number")))


def _listed(reader: Reader, plan: PlanValue) -> dict[str, object]:
    history = reader.plan_history(plan.period, plan.indicator, plan.level, plan.cohort, plan.territory)
    return {**plan_json(plan), "history": [plan_json(earlier) for earlier in history]}


def plan_json(p: PlanValue) -> dict[str, object]:
    return {
        "period": p.period,
        "indicator": p.indicator,
        "level": p.level,
        "cohort": p.cohort,
        "territory": p.territory,
        "percent": plain_decimal(p.percent) if p.percent is not None else None,
        "number": plain_decimal(p.number) if p.number is not None else None,
        "origin": p.origin,
        "ground": p.ground,
        "author": p.author,
        "at": p.at.isoformat(timespec="seconds"),
    }


PERIOD = argument("--period", required=True, metavar="P", help="код периода")

COMMANDS = (
    changing(
        name="plan set",
        does="записать плановое значение с основанием; прежнее остаётся в истории",
        run=put,
        arguments=(
            PERIOD,
            argument("--indicator", required=True, metavar="I", help="код показателя"),
            argument("--level", required=True, metavar="L", help="код уровня"),
            OneOf(
                (
                    argument("--percent", type=amount, metavar="N", help="план доли в процентах"),
                    argument("--number", type=amount, metavar="N", help="план количества"),
                )
            ),
            argument(
                "--origin",
                required=True,
                choices=get_args(Origin),
                metavar="O",
                help=f"откуда: {', '.join(get_args(Origin))}",
            ),
            argument("--ground", required=True, metavar="TEXT", help="документ, номер, дата"),
            argument("--territory", metavar="T", help="без неё — для всех, у кого нет своего"),
            argument("--cohort", default="all", metavar="C", help="без неё — all"),
        ),
    ),
    Command(
        name="plan list",
        does="показать плановые значения с историей",
        run=show_list,
        arguments=(PERIOD, argument("--territory", metavar="T", help="территория"), JSON),
    ),
    changing(
        name="plan import",
        does="загрузить плановые значения из CSV: все строки или ни одной",
        run=load,
        arguments=(argument("file", reads=True, metavar="FILE", help=f"столбцы {';'.join(COLUMNS)}"),),
    ),
)
