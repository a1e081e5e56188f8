"""``make soak``, part two: thousands of polluted tables and of damaged files; none silently wrong, no reader hangs.

Exit 1 where a polluted file was accepted with other values than the clean one, or where a reader died or hung.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import polluted
import pollution
from intake_files import GOOD, HEADER, check, ods_of, text, xls_of, xlsx_of

from benchmarks import machine
from proforient.intake.isolation import WALL_SECONDS
from proforient.intake.model import Screening
from proforient.intake.own_process import read_isolated

SEEDS, SEPARATORS = range(1, 6), ";,\t|"
DAMAGED = 2_000
_LAYOUTS: list[tuple[str, Iterable[int]]] = [*((layout, SEEDS) for layout in pollution.LAYOUTS), ("form", [1])]
_WRONG = ("silently wrong", "blank")
SLOW = WALL_SECONDS - 1


def main() -> int:
    print(machine.description(), "\n")
    wrong, hung = pollute(), damage()
    return 1 if wrong or hung else 0


def pollute() -> int:
    """How many files of any layout were accepted with other values, or with fewer, and without a word."""
    told: Counter[str] = Counter()
    for layout, seeds in _LAYOUTS:
        for seed in seeds:
            for separator in SEPARATORS:
                clean = polluted.clean(layout, seed, separator)
                for name, dirty in polluted.texts(layout, seed, separator):
                    _tell(told, f"{layout}, seed {seed}, separator {separator!r}, {name}", dirty, clean)
    print(f"polluted texts: {sum(told.values())}: {dict(told)}")
    books: Counter[str] = Counter()
    for layout, seeds in _LAYOUTS:
        for seed in seeds:
            clean = polluted.in_workbook(layout, seed)
            for name, made in polluted.workbooks(layout, seed):
                _tell(books, f"{layout}.xlsx, seed {seed}, {name}", made(), clean)
    print(f"polluted workbooks: {sum(books.values())}: {dict(books)}")
    return sum(counter[outcome] for counter in (told, books) for outcome in _WRONG)


def _tell(told: Counter[str], name: str, dirty: str | bytes, clean: Screening) -> None:
    outcome = polluted.outcome(check(dirty), clean, dirty)
    told[outcome] += 1
    if outcome in _WRONG:
        print(f"  {outcome}: {name}")


def damage() -> int:
    """How many readings of damaged files died or hung."""
    dice = random.Random(20261125)
    wholes = [text(HEADER, GOOD).encode("cp1251"), xlsx_of(GOOD, GOOD), xls_of(GOOD, GOOD), ods_of(GOOD, GOOD)]
    files = [_damaged(dice, dice.choice(wholes)) for _ in range(DAMAGED)]
    told: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for outcome in pool.map(_read, files):
            told[outcome] += 1
    print(f"damaged files: {DAMAGED}: {dict(told)}")
    return told["hung"] + told["died"]


def _damaged(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 6)):
        dice.choice(_WAYS)(dice, changed)
    return bytes(changed)


def _flip(dice: random.Random, data: bytearray) -> None:
    if data:
        data[dice.randrange(len(data))] = dice.randrange(256)


def _cut(dice: random.Random, data: bytearray) -> None:
    at = dice.randrange(len(data) + 1)
    del data[at : at + dice.randrange(1, 200)]


def _insert(dice: random.Random, data: bytearray) -> None:
    at = dice.randrange(len(data) + 1)
    data[at:at] = dice.choice((b"\x00", b"\xff" * 40, b'"', b";;;;", b"<!ENTITY x 'y'>", dice.randbytes(30)))


def _repeat(dice: random.Random, data: bytearray) -> None:
    at = dice.randrange(len(data) + 1)
    data[at:at] = data[at : at + 300] * dice.randrange(2, 30)


_WAYS: tuple[Callable[[random.Random, bytearray], None], ...] = (_flip, _flip, _cut, _insert, _repeat)


def _read(data: bytes) -> str:
    began = time.monotonic()
    reading = read_isolated("файл", data)
    if time.monotonic() - began > SLOW:
        return "hung"
    messages = " ".join(finding.message for finding in reading.findings)
    if "чтение прервалось" in messages:
        return "died"
    return "refused" if reading.findings else "read"


if __name__ == "__main__":
    sys.exit(main())
