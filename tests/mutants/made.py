"""The mutants of a file: every place that an operator of cosmic-ray changes, and the changed text."""

from __future__ import annotations

import ast
import difflib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# Where a star is no multiplication.
STARRED = ("parameters", "param", "argument", "arglist", "star_expr", "exprlist", "lambdef")


@dataclass(frozen=True)
class Mutant:
    """``occurrence``: which of the places of the operator in the file; ``place``: its line and column."""

    room: str
    file: str
    operator: str
    occurrence: int
    place: tuple[int, int]

    def text(self, source: str) -> str:
        changed = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        assert changed is not None, self
        return changed

    def shown(self, source: str) -> str:
        """The line before and after."""
        lines = difflib.unified_diff(source.splitlines(), self.text(source).splitlines(), lineterm="", n=0)
        return " → ".join(line[1:].strip() for line in lines if re.match(r"[-+](?![-+]{2})", line))


def of_file(room: str, root: Path, file: str, without: Sequence[str]) -> Iterator[Mutant]:
    """``without``: patterns of operators whose changes mean nothing here."""
    source = (root / file).read_text("utf-8")
    idle = _idle(source)
    nodes = list(ast_nodes(get_ast(source)))
    for name in operator_names():
        if any(re.fullmatch(pattern, name.removeprefix("core/")) for pattern in without):
            continue
        operator = get_operator(name)()
        occurrence = 0
        for node in nodes:
            star = node.parent is not None and node.parent.type in STARRED
            for start, _ in operator.mutation_positions(node):
                if not star and start not in idle:
                    yield Mutant(room, file, name, occurrence, (start[0], start[1]))
                occurrence += 1


def _idle(source: str) -> set[tuple[int, int]]:
    """Every place within an annotation, which nobody evaluates, and within a decorator: slots and frozen ones."""
    found = set()
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        annotated = [getattr(node, name, None) for name in ("annotation", "returns")]
        for part in filter(None, [*annotated, *getattr(node, "decorator_list", ())]):
            for line in range(part.lineno, part.end_lineno + 1):
                first = _column(lines[line - 1], part.col_offset) if line == part.lineno else 0
                last = _column(lines[line - 1], part.end_col_offset) if line == part.end_lineno else 200
                found |= {(line, column) for column in range(first, last)}
    return found


def _column(line: str, offset: int) -> int:
    """Python counts bytes, the other parser signs."""
    return len(line.encode()[:offset].decode())


def sample(mutants: Sequence[Mutant], most: int, seed: int) -> list[Mutant]:
    """So many, as many of each room as of another, each of another place of the program while there are any."""
    draw = random.Random(seed)  # the same every time
    rooms: dict[str, dict[tuple[str, tuple[int, int]], list[Mutant]]] = {}
    for mutant in mutants:
        rooms.setdefault(mutant.room, {}).setdefault((mutant.file, mutant.place), []).append(mutant)
    queues = []
    for places in rooms.values():
        queue = [draw.choice(here) for here in places.values()]
        draw.shuffle(queue)
        queues.append(queue)
    chosen: list[Mutant] = []
    while len(chosen) < most and any(queues):
        for queue in queues:
            if queue and len(chosen) < most:
                chosen.append(queue.pop())
    return chosen
