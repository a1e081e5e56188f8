"""``period``: campaigns, opened and closed."""

from __future__ import annotations

import argparse
from typing import get_args

from proforient.catalogue.entries import PeriodKind
from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.parser import day
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.monitoring import Period, ReportState
from proforient.store import campaign, reopening
from proforient.wording import date_ru

COLUMNS = ("code", "kind", "starts", "ends", "closes", "state", "territory", "previous")


def start(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Opens for one territory or for all and copies the catalogue's plan proposals."""
    with desk.write(given) as writer:
        territory = territory_of(writer.reader, given.territory, strict=False)
        period = campaign.open_period(
            writer,
            given.code,
            kind=given.kind,
            closes=given.closes,
            territory=territory,
            previous=given.previous,
            asked=given.ask.split(",") if given.ask else None,
        )
        plans = len(writer.reader.plans(period.code, territory=territory))
    whom = f" для территории «{territory}»" if territory else ""
    closes = date_ru(period.closes)
    return Outcome(said=f"Период «{period.code}»{whom} открыт, приём до {closes}. Плановых значений: {plans}.")


def end(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Closes every opening of the code, or that of one territory; what waits for a look becomes accepted."""
    with desk.write(given) as writer:
        territory = territory_of(writer.reader, given.territory, strict=False)
        before = writer.reader.reports(given.code, territory=territory).having(ReportState.SUBMITTED)
        closed = campaign.close_period(writer, given.code, territory=territory)
        after = writer.reader.reports(given.code, territory=territory)
        unread = [r.organisation for r in before if after[r.organisation].state is ReportState.ACCEPTED]
    names = f": {', '.join(unread)}" if unread else ""
    return Outcome(
        said=f"Период «{given.code}» закрыт (открытий: {len(closed)}). Приняты без проверки — {len(unread)}{names}. "
        "Возвращённые остались на доработке."
    )


def again(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Files are taken again, or until another day."""
    if given.organisation:
        return _again_for(desk, given)
    with desk.write(given) as writer:
        territory = territory_of(writer.reader, given.territory, strict=False)
        campaign.reopen_period(writer, given.code, closes=given.closes, territory=territory)
    return Outcome(said=f"Период «{given.code}» открыт до {date_ru(given.closes)}.")


def _again_for(desk: Desk, given: argparse.Namespace) -> Outcome:
    """For one organisation; for the others it stays closed."""
    with desk.write(given) as writer:
        reopening.reopen_for(writer, given.code, given.organisation, last_day=given.closes, reason=given.reason or "")
        name = writer.reader.organisation(given.organisation).name
    return Outcome(said=f"Период «{given.code}» открыт до {date_ru(given.closes)} одной организации: {name}.")


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Every opening of every period."""
    with desk.store.read() as reader:
        found = [period_json(period) for period in reader.periods()]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def period_json(p: Period) -> dict[str, object]:
    return {
        "code": p.code,
        "kind": p.kind,
        "starts": p.starts.isoformat(),
        "ends": p.ends.isoformat(),
        "closes": p.closes.isoformat(),
        "state": p.state,
        "territory": p.territory,
        "previous": p.previous,
        "asked": None if p.asked is None else sorted(p.asked),  # order: codes, for programs
    }


CODE = argument("code", metavar="CODE", help="2024; учебный год 2021/2022; полугодие 2024-1; день 2024-03-15")
TERRITORY = argument("--territory", metavar="T", help="«Регион / Муниципалитет»; без неё — для всех")
CLOSES = argument("--closes", type=day, required=True, metavar="DATE", help="последний день приёма, 2025-04-30")

COMMANDS = (
    changing(
        name="period open",
        does="открыть период: с этого дня принимаются файлы",
        run=start,
        arguments=(
            CODE,
            CLOSES,
            argument(
                "--kind",
                choices=get_args(PeriodKind),
                default="year",
                metavar="KIND",
                help=f"вид: {', '.join(get_args(PeriodKind))}; без него — year",
            ),
            TERRITORY,
            argument("--previous", metavar="CODE", help="с каким периодом сравнивать; none — ни с каким"),
            argument("--ask", metavar="CODE,CODE", help="какие показатели спрашивать; без него — все"),
        ),
    ),
    changing(
        name="period close",
        does="закрыть период: файлы больше не принимаются, не проверенное принято, возвращённое остаётся на доработке",
        run=end,
        arguments=(CODE, TERRITORY),
    ),
    changing(
        name="period reopen",
        does="открыть закрытый период снова или перенести последний день приёма",
        run=again,
        arguments=(
            CODE,
            CLOSES,
            TERRITORY,
            argument("--organisation", metavar="CODE", help="закрытый период — только этой организации, с --reason"),
            argument("--reason", metavar="TEXT", help="почему она сдаёт позже"),
        ),
    ),
    Command(name="period list", does="показать периоды", run=show_list, arguments=(JSON,)),
)
