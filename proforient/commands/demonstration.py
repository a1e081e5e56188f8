"""``demo``: fills an empty store with the demonstration data."""

from __future__ import annotations

import argparse

from proforient.commands.call import Command, Desk, Outcome, argument, plain
from proforient.commands.opening import refuse_production
from proforient.demo.districts import GORNY, NYAZEPETROVSK
from proforient.demo.fill import fill
from proforient.errors import WrongCall
from proforient.monitoring import territory_name
from proforient.wording import number


def demo(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Refused where the store holds any organisation, or was ever opened in production."""
    refuse_production(desk.store)
    desk.say("Записываются данные для демонстрации…")
    sent = fill(desk.store, territory=_territory(given.territory))
    return Outcome(said=plain(f"Записаны данные для демонстрации, через проверку прошло файлов: {number(sent)}."))


def _territory(given: str | None) -> str | None:
    known = (NYAZEPETROVSK, GORNY)
    if given is None or given in known:
        return given
    found = [path for path in known if territory_name(path) == given]
    if not found:
        raise WrongCall(f"Данных для демонстрации по территории «{given}» нет. Есть: {'; '.join(known)}.")
    return found[0]


COMMANDS = (
    Command(
        name="demo",
        does="заполнить пустое хранилище данными для демонстрации",
        run=demo,
        arguments=(argument("--territory", metavar="T", help="только одна территория"),),
    ),
)
