"""``check-catalogue``: every mistake of a catalogue with its line and key."""

from __future__ import annotations

import argparse

from proforient.catalogue.entries import Mistake
from proforient.catalogue.read import check_catalogue
from proforient.commands.call import DONE, JSON, REFUSED, Command, Desk, Outcome, argument, as_json, plain
from proforient.wording import counted


def check(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Exit 0 without a mistake, 1 with; all of them at once."""
    path = desk.path(given.path) if given.path else desk.call.catalogue
    mistakes = check_catalogue(path)
    code = REFUSED if mistakes else DONE
    if given.json:
        return Outcome(code=code, out=as_json({"acceptable": not mistakes, "mistakes": [_json(m) for m in mistakes]}))
    if not mistakes:
        return Outcome(out=f"Каталог {path} без ошибок.\n")
    listed = "\n".join(str(mistake) for mistake in mistakes)
    return Outcome(code=code, out=f"{listed}\n", said=plain(f"Каталог не принят: {counted(len(mistakes), 'errors')}."))


def _json(mistake: Mistake) -> dict[str, object]:
    return {
        "file": mistake.file,
        "line": mistake.line,
        "key": mistake.key,
        "found": mistake.found,
        "expected": mistake.expected,
    }


COMMANDS = (
    Command(
        name="check-catalogue",
        does="проверить каталог показателей: все ошибки сразу, со строкой и ключом",
        run=check,
        arguments=(argument("path", nargs="?", metavar="PATH", help="файл каталога; без него — тот, что задан"), JSON),
        needs="nothing",
    ),
)
