"""``contingent import``: counts known from a statistical form, by which a verdict is called safe or open."""

from __future__ import annotations

import argparse

from proforient.commands.call import Desk, Outcome, argument, changing
from proforient.commands.tables import Mistakes, TableLine, read_table
from proforient.monitoring import Cell, Contingent
from proforient.store import planning

COLUMNS = ("period", "organisation", "count", "level", "cohort", "number", "source")
NEEDED = ("period", "organisation", "count", "level", "number", "source")


def load(desk: Desk, given: argparse.Namespace) -> Outcome:
    """All rows or none; a later number replaces an earlier one."""
    lines = read_table(desk.call.files["file"], COLUMNS, needed=NEEDED, name="Файл контингента")
    mistakes = Mistakes("Файл контингента")
    rows = [_contingent(line, mistakes) for line in lines]
    mistakes.refuse()
    with desk.write(given) as writer:
        stored = planning.import_contingent(writer, rows)
    return Outcome(said=f"Загружено известных чисел: {stored}.")


def _contingent(line: TableLine, mistakes: Mistakes) -> Contingent:
    return Contingent(
        period=line["period"],
        organisation=line["organisation"],
        cell=Cell(line["count"], line["level"], line["cohort"] or "all"),
        number=mistakes.whole(line, "number"),
        source=line["source"],
    )


COMMANDS = (
    changing(
        name="contingent import",
        does="загрузить известные числа (контингент) из CSV: все строки или ни одной",
        run=load,
        arguments=(argument("file", reads=True, metavar="FILE", help=f"столбцы {';'.join(COLUMNS)}"),),
    ),
)
