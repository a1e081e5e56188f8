"""``judgement``: what experts said."""

from __future__ import annotations

import argparse

from proforient.commands.call import JSON, Command, Desk, OneOf, Outcome, argument, as_json, changing
from proforient.commands.parser import amount, day
from proforient.commands.plans import PERIOD
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.intake.personal import refuse_personal
from proforient.monitoring import Judgement, now
from proforient.store import planning
from proforient.wording import plain_decimal

OUTCOMES = ("shortcoming", "good", "noted")
COLUMNS = (
    *("id", "period", "indicator", "level", "cohort", "territory", "organisation"),
    *("outcome", "text", "source", "office", "date", "percent", "at"),
)


def add(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Never changes a computed verdict; a shortcoming makes a problem."""
    refuse_personal(given.text, what="Слова экспертов (--text)")
    with desk.write(given) as writer:
        number = planning.add_judgement(
            writer,
            Judgement(
                id="",
                period=given.period,
                indicator=given.indicator,
                level=given.level,
                cohort=given.cohort,
                territory=territory_of(writer.reader, given.territory),
                organisation=given.organisation,
                outcome=given.outcome,
                text=given.text,
                source=given.source,
                office=given.office,
                date=given.date,
                percent=given.percent,
                at=now(),
            ),
        )
    return Outcome(said=f"Оценка записана под номером {number}.")


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Newest first."""
    with desk.store.read() as reader:
        territory = territory_of(reader, given.territory)
        found = [judgement_json(j) for j in reader.judgements(given.period, territory=territory)]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def judgement_json(j: Judgement) -> dict[str, object]:
    return {
        "id": j.id,
        "period": j.period,
        "indicator": j.indicator,
        "level": j.level,
        "cohort": j.cohort,
        "territory": j.territory,
        "organisation": j.organisation,
        "outcome": j.outcome,
        "text": j.text,
        "source": j.source,
        "office": j.office,
        "date": j.date.isoformat() if j.date else None,
        "percent": plain_decimal(j.percent) if j.percent is not None else None,
        "at": j.at.isoformat(timespec="seconds"),
    }


COMMANDS = (
    changing(
        name="judgement add",
        does="записать экспертную оценку показателя",
        run=add,
        arguments=(
            PERIOD,
            argument("--indicator", required=True, metavar="I", help="код показателя"),
            argument("--level", required=True, metavar="L", help="код уровня"),
            argument("--cohort", default="all", metavar="C", help="без неё — all"),
            OneOf(
                (
                    argument("--territory", metavar="T", help="о какой территории"),
                    argument("--organisation", metavar="CODE", help="или о какой организации"),
                )
            ),
            argument("--outcome", required=True, choices=OUTCOMES, metavar="O", help=", ".join(OUTCOMES)),
            argument("--text", required=True, metavar="TEXT", help="слова экспертов"),
            argument("--source", required=True, metavar="TEXT", help="документ"),
            argument("--office", default="", metavar="TEXT", help="чья оценка: должность или отдел"),
            argument("--date", type=day, metavar="D", help="день документа"),
            argument("--percent", type=amount, metavar="N", help="доля, если она названа"),
        ),
    ),
    Command(
        name="judgement list",
        does="показать экспертные оценки",
        run=show_list,
        arguments=(PERIOD, argument("--territory", metavar="T", help="территория"), JSON),
    ),
)
