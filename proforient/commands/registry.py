"""``organisations``: the register of who reports, from a CSV and back."""

from __future__ import annotations

import argparse

from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.parser import day
from proforient.commands.tables import Mistakes, TableLine, as_csv, read_table
from proforient.monitoring import Merger, Organisation
from proforient.store import enrolment, merging, striking
from proforient.wording import date_ru, number, quoted

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
        mergers = reader.mergers()
        found = [organisation_json(o, mergers.get(o.code)) for o in reader.organisations()]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def merge(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Joins one organisation to another from a day on."""
    with desk.write(given) as writer:
        merger = merging.merge(writer, given.code, given.into, day=given.since)
        who, into = (writer.reader.organisation(code).name for code in (given.code, given.into))
    ended = f" Закрыты входы: {', '.join(merger.logins)}." if merger.logins else ""
    return Outcome(said=f"{quoted(who)} присоединена к {quoted(into)} с {date_ru(given.since)}.{ended}")


def unmerge(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Takes it back."""
    with desk.write(given) as writer:
        merger = merging.unmerge(writer, given.code)
        who, into = (writer.reader.organisation(code).name for code in (given.code, merger.successor))
    return Outcome(said=f"Присоединение {quoted(who)} к {quoted(into)} отменено.")


def strike(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Takes an organisation out that was entered by mistake."""
    with desk.write(given) as writer:
        name = writer.reader.organisation(given.code).name
        striking.strike(writer, given.code)
    return Outcome(said=f"Из реестра убрана {quoted(name)}.")


def organisation_json(o: Organisation, merger: Merger | None) -> dict[str, object]:
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
        "merged_into": merger.successor if merger else None,
    }


CODE = argument("code", metavar="CODE", help="код организации")

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
    changing(
        name="organisations merge",
        does="присоединить организацию к другой: с этого дня за её детей отчитывается та",
        run=merge,
        arguments=(
            CODE,
            argument("--into", required=True, metavar="CODE", help="к какой присоединить"),
            argument("--from", dest="since", required=True, type=day, metavar="DATE", help="с какого дня"),
        ),
    ),
    changing(
        name="organisations unmerge",
        does="отменить присоединение, пока другая не отчиталась за детей обеих",
        run=unmerge,
        arguments=(CODE,),
    ),
    changing(
        name="organisations strike",
        does="убрать организацию, внесённую по ошибке, пока с ней ничего не связано",
        run=strike,
        arguments=(CODE,),
    ),
    Command(name="organisations list", does="показать реестр", run=show_list, arguments=(JSON,)),
)
