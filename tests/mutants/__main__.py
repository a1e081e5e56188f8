"""Judges mutants (`make mutants`) and writes the survivors of each room to build/mutants/all/report.md.

MUTANTS=200 takes so many, spread over the rooms, with SEED; without it every one is judged, which takes a night and
more. ROOM=public judges one room, beside others where that is wanted.
"""

from __future__ import annotations

import os
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

from mutants.judged import copied, loaded_ahead, passes
from mutants.made import Mutant, of_file, sample

ROOT = Path(__file__).parents[2]
OUT = ROOT / "build" / "mutants" / os.environ.get("ROOM", "all").replace("/", "-")
TREE, LOG, REPORT = OUT / "tree", OUT / "last.log", OUT / "report.md"
SLOWER = 5  # times what the tests take without a mutant: whatever takes longer never ends


def main() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    rooms = {room["name"]: room for room in told["room"] if os.environ.get("ROOM", room["name"]) == room["name"]}
    mutants = [
        mutant
        for room in rooms.values()
        for file in _files(room["files"])
        for mutant in of_file(room["name"], ROOT, file, told["without"])
    ]
    most = int(os.environ.get("MUTANTS") or len(mutants))
    chosen = sorted(sample(mutants, most, int(os.environ.get("SEED") or 1)), key=lambda m: (m.room, m.file, m.place))
    print(f"{len(chosen)} of {len(mutants)} mutants", flush=True)
    copied(ROOT, TREE)
    loaded_ahead()
    survivors = [mutant for name, room in rooms.items() for mutant in _judged(chosen, name, room["tests"])]
    _report(chosen, survivors)


def _files(given: list[str]) -> list[str]:
    found = []
    for name in given:
        path = ROOT / name
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        assert files, name
        found += [str(file.relative_to(ROOT)) for file in files]
    return found


def _judged(chosen: list[Mutant], room: str, tests: list[str]) -> list[Mutant]:
    """The survivors of a room; its tests must pass as the program stands."""
    here = [mutant for mutant in chosen if mutant.room == room]
    if not here:
        return []
    began = time.monotonic()
    if not passes(TREE, tests, 3600, LOG):
        sys.exit(f"{room}: its tests fail without any mutant, see {LOG}")
    seconds = SLOWER * (time.monotonic() - began) + 10
    print(f"{room}: {len(here)} mutants", flush=True)
    survivors = []
    for mutant in here:
        file = TREE / mutant.file
        source = file.read_text("utf-8")
        file.write_text(mutant.text(source), "utf-8")
        survived = passes(TREE, tests, seconds, LOG)
        file.write_text(source, "utf-8")
        if survived:
            survivors.append(mutant)
        print(f"{'SURVIVED' if survived else 'killed  '} {_told(mutant)}", flush=True)
    return survivors


def _told(mutant: Mutant) -> str:
    return f"{mutant.file}:{mutant.place[0]} {mutant.shown((TREE / mutant.file).read_text('utf-8'))}"


def _report(chosen: list[Mutant], survivors: list[Mutant]) -> None:
    made, left = Counter(m.room for m in chosen), Counter(m.room for m in survivors)
    lines = ["| Room | Mutants | Survived |", "|---|---:|---:|"]
    lines += [f"| {room} | {made[room]} | {left[room]} |" for room in made]
    lines += ["", *(f"- {_told(mutant)}" for mutant in survivors)]
    REPORT.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines[: len(made) + 2]), f"\n{REPORT}")


if __name__ == "__main__":
    main()
