"""``zone``: by which clocks the days of a territory end."""

from __future__ import annotations

import argparse
import datetime as dt

from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.monitoring import local, now
from proforient.store import facts
from proforient.store.reading import Reader
from proforient.wording import ends_ru, zone_ru

COLUMNS = ("territory", "zone", "own", "offset")
NONE = "none"


def put(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Deadlines and times of the territory and of all below it; marks of lateness that were given stay."""
    with desk.write(given, figures=False) as writer:
        territory = territory_of(writer.reader, given.territory) or ""
        facts.set_zone(writer, territory, "" if given.zone == NONE else given.zone)
        there = _there(writer.reader, territory)
    return Outcome(said=f"Сроки и время для территории «{territory}» — {ends_ru(there)}.")


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Every territory of the register with the zone that holds there."""
    with desk.store.read() as reader:
        own = reader.zones()
        found: list[dict[str, object]] = [
            {
                "territory": path,
                "zone": reader.zone(path).key,
                "own": bool(own.get(path)),
                "offset": zone_ru(_there(reader, path)),
            }
            for path in reader.territories()
        ]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def _there(reader: Reader, territory: str) -> dt.datetime:
    return local(now(), reader.zone(territory))


COMMANDS = (
    changing(
        name="zone set",
        does="назначить территории часовой пояс: по нему кончаются дни сроков и показано время",
        run=put,
        arguments=(
            argument("territory", metavar="T", help="«Регион / Муниципалитет» или регион целиком"),
            argument("zone", metavar="ZONE", help="имя пояса, Asia/Yekaterinburg; none — как у территории выше"),
        ),
    ),
    Command(name="zone list", does="показать часовые пояса территорий", run=show_list, arguments=(JSON,)),
)
