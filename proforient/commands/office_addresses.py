"""``mailbox``: the addresses of offices, to which letters about awaited reports go."""

from __future__ import annotations

import argparse

from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing, plain
from proforient.commands.tables import as_csv, read_table
from proforient.store import reminding
from proforient.wording import counted

COLUMNS = ("organisation", "email")
NONE = "none"


def put(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The address of one office, or none any more."""
    with desk.write(given, figures=False) as writer:
        email = "" if given.email == NONE else given.email
        moved = reminding.set_mailboxes(writer, {given.organisation: email})
    return Outcome(said="Адрес записан." if moved else "Всё так и было: ничего не изменено.")


def load(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Those of a table, all or none; whom it does not name keeps what it has, an empty cell takes away."""
    lines = read_table(desk.call.files["file"], COLUMNS, needed=COLUMNS, name="Адреса почты")
    with desk.write(given, figures=False) as writer:
        moved = reminding.set_mailboxes(writer, {line["organisation"]: line["email"] for line in lines})
    return Outcome(said=plain(f"Сохранены адреса почты: {counted(moved, 'organisations')}."))


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Who has an address, in the order of the register."""
    with desk.store.read() as reader:
        known = reader.mailboxes()
        found: list[dict[str, object]] = [
            {"organisation": one.code, "name": one.name, "email": known[one.code]}
            for one in reader.organisations(codes=list(known))
        ]
    return Outcome(out=as_json(found) if given.json else as_csv(("organisation", "name", "email"), found))


COMMANDS = (
    changing(
        name="mailbox set",
        does="записать адрес почты организации: на него уходят напоминания",
        run=put,
        arguments=(
            argument("organisation", metavar="CODE", help="код организации"),
            argument("email", metavar="EMAIL", help="адрес приёмной, не личный; none — убрать"),
        ),
    ),
    changing(
        name="mailbox import",
        does="загрузить адреса почты организаций",
        run=load,
        arguments=(argument("file", reads=True, metavar="FILE", help=f"CSV со столбцами {';'.join(COLUMNS)}"),),
    ),
    Command(name="mailbox list", does="показать адреса почты организаций", run=show_list, arguments=(JSON,)),
)
