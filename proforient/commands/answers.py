"""``answers``: what people said that words of files mean, remembered for their later files."""

from __future__ import annotations

import argparse

from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.tables import as_csv
from proforient.store import filing
from proforient.store.rows import Alias, latest_answers

COLUMNS = ("id", "kind", "text", "meaning", "whose", "territory", "by", "at")


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Those in force: of one giver's answers to the same question the latest."""
    with desk.store.read() as reader:
        found = [_json(alias) for alias in latest_answers(reader.aliases())]
    return Outcome(out=as_json(found) if given.json else as_csv(COLUMNS, found))


def _json(alias: Alias) -> dict[str, object]:
    """``whose``: an organisation's code, «department», or who gave it without an account."""
    return {
        "id": alias.id,
        "kind": alias.kind,
        "text": alias.text,
        "meaning": alias.meaning,
        "whose": alias.giver.name or alias.giver.kind,
        "territory": alias.territory,
        "by": alias.by,
        "at": alias.at.isoformat(timespec="seconds") + "Z",
    }


def revoke(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Numbers that were accepted by it stand; the next file is asked again."""
    with desk.write(given) as writer:
        filing.revoke_alias(writer, given.id)
    return Outcome(said=f"Ответ {given.id} отозван: об этих словах снова спросят. Принятые числа не изменились.")


COMMANDS = (
    Command(name="answers list", does="показать запомненные ответы о словах файлов", run=show_list, arguments=(JSON,)),
    changing(
        name="answers revoke",
        does="отозвать запомненный ответ: об этих словах снова спросят",
        run=revoke,
        arguments=(argument("id", metavar="ID", help="номер ответа из answers list"),),
    ),
)
