"""``analysts``: the read-only copy for analysts, now; the application writes it by itself where it is told a path."""

from __future__ import annotations

import argparse
from pathlib import Path

from proforient.analysis.analysts import copy_for_analysts
from proforient.commands.call import Command, Desk, Outcome, argument
from proforient.errors import WrongCall


def analysts(desk: Desk, given: argparse.Namespace) -> Outcome:
    """One DuckDB file with views; the former one is replaced whole."""
    target: Path | None = desk.path(given.path) if given.path else desk.settings.analysts
    if target is None:
        raise WrongCall("Не сказано, куда писать копию. Укажите файл или задайте PROFORIENT_ANALYSTS.")
    with desk.store.read() as reader:
        copy_for_analysts(reader, desk.catalogue, target)
    return Outcome(said=f"Копия для аналитиков записана: {target}.")


COMMANDS = (
    Command(
        name="analysts",
        does="записать копию для аналитиков: файл DuckDB с итогами, числами, организациями и планами",
        run=analysts,
        arguments=(
            argument("path", nargs="?", metavar="FILE", help="файл вида analysts.duckdb; иначе PROFORIENT_ANALYSTS"),
        ),
    ),
)
