"""``organisations``: the register of who reports, from a CSV and back."""

from __future__ import annotations

import argparse

from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.parser import day
from proforient.commands.tables import Mistakes, TableLine, as_csv, read_table
from proforient.monitoring import Organisation
from proforient.store import enrolment
from proforient.wording import number

COLUMNS = ("code", "inn", "name", "full_name", "kind", "levels", "territory", "part_of", "opened", "closed")
NEEDED = ("code", "name", "kind", "levels", "territory")


def load(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Adds or updates by code, never deletes."""
    lines = read_table(desk.call.files["file"], COLUMNS, needed=NEEDED, name="Реестр")
    mistakes = Mistakes("Реестр")
    rows = [_organisation(line, mistakes) for line in lines]
    mistakes.refuse()
    with desk.write(given) as writer:
        codes = [code.strip() for code in (given.different or "").split(",") if code.strip()]
        done = enrolment.import_organisations(writer, rows, since=given.since, different=codes)
    counts = f"добавлено {len(done.added)}, изменено {len(done.updated)}, без изменений {len(done.unchanged)}"
    return Outcome(said=f"Реестр загружен: {counts}. Всего строк: {number(len(rows))}.")


def _organisation(line: TableLine, mistakes: Mistakes) -> Organisation:
    return Organisation(
        code=line["code"],
        inn=line["inn"],
        name=line["name"],
        full_name=line["full_name"],
        kind=line["kind"],
        levels=tuple(level.strip() for level in line["levels"].split(",") if level.strip()),
        territory=line["territory"],
        part_of=line["part_of"] or None,
        opened=mistakes.day(line, "opened"),
        closed=mistakes.day(line, "closed"),
    )


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The register as it stands today, closed organisations too."""
    with desk.store.read() as reader:
        found = [organisation_json(o) for o in reader.organisations()]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def organisation_json(o: Organisation) -> dict[str, object]:
    return {
        "code": o.code,
        "inn": o.inn,
        "name": o.name,
        "full_name": o.full_name,
        "kind": o.kind,
        "levels": list(o.levels),
        "territory": o.territory,
        "part_of": o.part_of,
        "opened": o.opened.isoformat() if o.opened else None,
        "closed": o.closed.isoformat() if o.closed else None,
    }


COMMANDS = (
    changing(
        name="organisations import",
        does="загрузить реестр организаций из CSV: новые добавить, известные изменить, никого не удалить",
        run=load,
        arguments=(
            argument("file", reads=True, metavar="FILE", help=f"столбцы {';'.join(COLUMNS)}"),
            argument(
                "--from", dest="since", type=day, metavar="DATE", help="с какого дня верно; прежние периоды не меняются"
            ),
            argument("--different", metavar="CODE,CODE", help="это разные организации, хотя ИНН или название те же"),
        ),
    ),
    Command(name="organisations list", does="показать реестр", run=show_list, arguments=(JSON,)),
)
