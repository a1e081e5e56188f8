"""``screen_apart``: the checks of a long file in a process of its own, so that nobody else's page waits for them.

Unlike the reading child this one is handed only what has been read, never a file; so it may be answered by pickle.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

import proforient
from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused
from proforient.intake.model import Answers, Known, Reading, Screening
from proforient.intake.screen import screen

LONG = 5_000  # rows; below that another process takes longer to start than the checks last
SECONDS = 180
NICE = 5  # other people's pages come first
_HOME = Path(proforient.__path__[0]).parent


def is_long(reading: Reading) -> bool:
    """Whether checking takes so long that it is done apart, and a person wants to see it advance."""
    return sum(len(sheet.rows) for sheet in reading.sheets) > LONG


def screen_apart(
    reading: Reading,
    catalogue: Catalogue,
    known: Known,
    *,
    organisation: str | None = None,
    answers: Answers | None = None,
    say: Callable[[float], None] | None = None,
) -> Screening:
    """What ``screen`` gives, worked out by another process; raises Refused when that one dies or takes too long."""
    child = subprocess.Popen(
        [sys.executable, "-m", "proforient.intake.screened_apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_HOME,
        env={"PATH": os.defpath, "PYTHONPATH": str(_HOME), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert child.stdin and child.stdout
    timer = threading.Timer(SECONDS, child.kill)
    timer.start()
    try:
        with child.stdin as into:
            pickle.dump((reading, catalogue, known, organisation, answers), into, pickle.HIGHEST_PROTOCOL)
        return _answered(child.stdout, say)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise Refused("Проверка файла прервалась. Отправьте его ещё раз или разделите на несколько файлов.") from error
    finally:
        timer.cancel()
        child.kill()
        child.stdout.close()
        child.wait()


def _answered(out: IO[bytes], say: Callable[[float], None] | None) -> Screening:
    """Shares of the work done, one after another, then the screening itself."""
    while True:
        said = pickle.load(out)  # noqa: S301  # our own child, which was given no file
        if isinstance(said, Screening):
            return said
        if say:
            say(said)


def main() -> int:
    """Reads one request from standard input, writes how far it is and then the screening."""
    os.nice(NICE)
    reading, catalogue, known, organisation, answers = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our parent
    out = sys.stdout.buffer

    def tell(said: float | Screening) -> None:
        pickle.dump(said, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    tell(screen(reading, catalogue, known, organisation=organisation, answers=answers, say=tell))
    return 0


if __name__ == "__main__":
    sys.exit(main())
