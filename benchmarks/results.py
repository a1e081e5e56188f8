"""``benchmarks/RESULTS.md``: a section a measurement, each with its machine and day; a new run replaces its own."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks import machine

PATH = Path(__file__).with_name("RESULTS.md")
HEAD = """# What was measured

Written by `make bench`, `make bench-country` and `make soak`; every section is of one run.
"""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; all columns but the first are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def judged(target: str, good: bool) -> str:
    """«150 ms: kept»."""
    return f"{target}: {'kept' if good else '**missed**'}"


def write(title: str, body: str) -> None:
    """Prints a section and puts it in the place of the earlier one of the same title, or at the end."""
    where = f"{dt.date.today():%Y-%m-%d}, {machine.description()}, load {os.getloadavg()[1]:.0f}"
    section = f"## {title}\n\n{where}\n\n{body.strip()}\n"
    print(f"\n{section}", flush=True)
    before = PATH.read_text("utf-8") if PATH.exists() else HEAD
    head, *sections = re.split(r"(?m)^(?=## )", before)
    kept = {part.partition("\n")[0]: part.strip() for part in sections}
    kept[f"## {title}"] = section.strip()
    PATH.write_text("\n\n".join([head.strip(), *kept.values()]) + "\n", "utf-8")
