"""Facts of the installation: what it was used for, and by which clocks its days end."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from proforient.errors import WrongCall
from proforient.monitoring import SEPARATOR
from proforient.store import basis
from proforient.store.organisation_rows import HOME, ZONE_OF
from proforient.store.reading import Reader
from proforient.store.writing import Writer

MOST_STEPS = 2  # steps of a territory's path: region and municipality
DEMONSTRATION = "demonstration"  # the fact that says: organisations, plans and figures are invented


def invented(reader: Reader) -> bool:
    """Whether the store holds the demonstration."""
    return reader.fact(DEMONSTRATION) is not None


def set_fact(writer: Writer, key: str, value: str) -> None:
    """Sets a fact of the installation (``ever_production``); logged when it changes."""
    before = writer.reader.fact(key)
    if before == value:
        return
    statement = (
        "INSERT INTO meta (key, value) VALUES ($key, $value)"
        if before is None
        else "UPDATE meta SET value = $value WHERE key = $key"
    )
    writer.run(statement, {"key": key, "value": value})
    writer.log("fact.set", f"store/{key}", {"value": value, "before": before})


def set_home(writer: Writer, territory: str, zone: str) -> None:
    """Which territory the installation is for, «Регион / Муниципалитет» or a region, and by which clocks it lives.

    WrongCall for a path with an empty step or more than two.
    """
    steps = [" ".join(step.split()) for step in territory.split("/")]
    if not all(steps) or len(steps) > MOST_STEPS:
        raise WrongCall("Территория названа не так. Впишите регион и, если он один, муниципалитет, без знака «/».")
    path = SEPARATOR.join(steps)
    writer.unless_moved(basis.home())
    before = writer.reader.home()
    if path != before:
        values = {"key": HOME, "value": path}
        if before:
            writer.run("UPDATE meta SET value = $value WHERE key = $key", values)
        else:
            writer.run("INSERT INTO meta (key, value) VALUES ($key, $value)", values)
        writer.log("home.set", "store/home", {"territory": path, "before": before})
    set_zone(writer, path, zone)


def set_zone(writer: Writer, territory: str, zone: str) -> None:
    """By which clocks the days of a territory and of all below it end ("": those of the territory above).

    WrongCall for an unknown one of either.
    """
    if territory not in writer.reader.territories():
        raise WrongCall(f"Территории «{territory}» нет в реестре. Укажите путь «Регион / Муниципалитет».")
    writer.unless_moved(basis.zone(territory))
    try:
        if zone:
            ZoneInfo(zone)
    except (OSError, KeyError, ValueError) as error:
        raise WrongCall(f"Часового пояса «{zone}» нет. Ожидалось имя вида Asia/Yekaterinburg.") from error
    key, before = f"{ZONE_OF}{territory}", writer.reader.zones().get(territory, "")
    if zone == before:
        return
    values = {"key": key, "value": zone}
    if writer.reader.fact(key) is None:
        writer.run("INSERT INTO meta (key, value) VALUES ($key, $value)", values)
    else:
        writer.run("UPDATE meta SET value = $value WHERE key = $key", values)
    writer.log("zone.set", f"zone/{territory}", {"territory": territory, "zone": zone, "before": before})
