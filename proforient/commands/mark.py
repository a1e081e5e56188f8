"""``mark``: the number of the last event, taken before one looks and given back with what one then decides."""

from __future__ import annotations

import argparse

from proforient.commands.call import Command, Desk, Outcome


def mark(desk: Desk, given: argparse.Namespace) -> Outcome:
    """A number of its own and not a field of every list: it is right only where it is older than what is read."""
    return Outcome(out=f"{desk.store.mark}\n")


COMMANDS = (
    Command(name="mark", does="номер последнего события журнала: взять до чтения, дать в --based-on", run=mark),
)
