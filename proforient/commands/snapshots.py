"""``snapshot``: what was published by a link, and taking it back."""

from __future__ import annotations

import argparse

from proforient.access import links
from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.plans import PERIOD
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.errors import WrongCall
from proforient.monitoring import now
from proforient.store.publication_rows import refuse_damaged
from proforient.store.reading import Reader
from proforient.store.rows import Publication

COLUMNS = (
    *("number", "state", "territory", "period", "cohort", "title", "sha256"),
    *("made_at", "made_by", "ends_at", "openings", "address"),
)
NUMBER = argument("number", type=int, metavar="N", help="номер снимка")


def create(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Publishes the results as they are now; prints the address."""
    with desk.write(given, figures=False) as writer:
        territory = territory_of(writer.reader, given.territory)
        if territory is None:
            raise WrongCall("Укажите территорию: --territory.")
        made = links.publish(
            writer,
            desk.catalogue,
            period=given.period,
            territory=territory,
            cohort=given.cohort,
            title=given.title,
            note=given.note,
            days=given.days,
            corrects=given.corrects,
            at=now(),
        )
        found = snapshot_json(desk, writer.reader, made)
    return Outcome(
        out=as_json(found) if given.json else f"{found['address']}\n", said=f"Снимок № {made.number} открыт."
    )


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Newest first."""
    with desk.store.read() as reader:
        found = [snapshot_json(desk, reader, p) for p in reader.publications()]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def show(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The public text itself: its SHA-256 is the one that the page shows."""
    with desk.store.read() as reader:
        found = _of(reader, given.number)
    refuse_damaged(found)
    return Outcome(out=found.body)


def revoke(desk: Desk, given: argparse.Namespace) -> Outcome:
    """From now on the link shows no figures."""
    with desk.write(given, figures=False) as writer:
        links.withdraw(writer, given.number, reason=given.reason, at=now())
    return Outcome(said=f"Снимок № {given.number} отозван: по ссылке чисел больше нет.")


def _of(reader: Reader, number: int) -> Publication:
    found = next((p for p in reader.publications() if p.number == number), None)
    if found is None:
        raise WrongCall(f"Снимка № {number} нет. Список: snapshot list.")
    return found


def snapshot_json(desk: Desk, reader: Reader, p: Publication) -> dict[str, object]:
    every = reader.publications(territory=p.territory, period=p.period)
    settings = desk.settings
    return {
        "number": p.number,
        "state": str(links.state_of(p, every, now())),
        "territory": p.territory,
        "period": p.period,
        "cohort": p.cohort,
        "title": p.title,
        "sha256": p.sha256,
        "made_at": p.made_at.isoformat(timespec="seconds"),
        "made_by": p.made_by,
        "ends_at": p.ends_at.isoformat(timespec="seconds") if p.ends_at else None,
        "openings": reader.opened_times().get(p.token, 0),
        "address": f"{settings.address or f'http://{settings.host}:{settings.port}'}/s/{p.token}",
    }


COMMANDS = (
    changing(
        name="snapshot create",
        does="открыть результаты по ссылке",
        run=create,
        arguments=(
            PERIOD,
            argument("--territory", required=True, metavar="T", help="территория"),
            argument("--cohort", default="all", metavar="C", help="без неё — all"),
            argument("--title", default="", metavar="TEXT", help="заголовок; без него — вывод по числам"),
            argument("--note", default="", metavar="TEXT", help="примечание"),
            argument("--days", type=int, metavar="N", help="сколько дней действует ссылка; без неё — бессрочно"),
            argument("--corrects", type=int, metavar="N", help="номер снимка, в котором нашли ошибку"),
            JSON,
        ),
    ),
    Command(name="snapshot list", does="показать снимки и ссылки", run=show_list, arguments=(JSON,)),
    Command(name="snapshot show", does="напечатать открытые данные снимка", run=show, arguments=(NUMBER,)),
    changing(
        name="snapshot revoke",
        does="отозвать ссылку",
        run=revoke,
        arguments=(NUMBER, argument("--reason", default="", metavar="TEXT", help="причина: её увидят по ссылке")),
    ),
)
