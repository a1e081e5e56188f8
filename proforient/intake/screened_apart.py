"""``screen_apart``: the checks of a file in a process of their own, so that nobody else's page waits for them.

Unlike the reading child this one is handed only what has been read, never a file; so it may be answered by pickle.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import sys
from collections.abc import Callable
from typing import IO

from proforient.catalogue.entries import Catalogue
from proforient.errors import ProforientError, Refused
from proforient.intake.apart import begin
from proforient.intake.model import Answers, Known, Reading, Screening
from proforient.intake.screen import screen

LONG = 5_000  # rows from which a person wants to see how far it is
SECONDS = 180  # seconds of processor time
MEMORY = 3 << 30  # bytes of address space
NICE = 5  # niceness of the process that checks a long file: other people's pages come first


def is_long(reading: Reading) -> bool:
    """Whether checking takes so long that a person wants to see it advance."""
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
    with begin("proforient.intake.screened_apart", seconds=SECONDS) as work:
        work.send(pickle.dumps((reading, catalogue, known, organisation, answers), pickle.HIGHEST_PROTOCOL))
        try:
            said = _answered(work.out, say)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            if work.late:
                raise Refused(
                    f"Проверка файла заняла больше {SECONDS} секунд и остановлена, ничего не записано. "
                    "Разделите файл на несколько, например по организациям, и отправьте их по одному."
                ) from error
            raise Refused(
                "Проверка файла прервалась: не хватило памяти или программу остановили. Ничего не записано. "
                "Отправьте файл ещё раз или разделите на несколько файлов."
            ) from error
    if isinstance(said, ProforientError):
        raise said
    return said


def _answered(out: IO[bytes], say: Callable[[float], None] | None) -> Screening | ProforientError:
    """Shares of the work done, one after another, then the screening itself or why there is none."""
    while True:
        said = pickle.load(out)  # noqa: S301  # our own child, which was given no file
        if isinstance(said, (Screening, ProforientError)):
            return said
        if say:
            say(said)


def main() -> int:
    """Reads one request from standard input, writes how far it is and then the screening."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.disable()  # it lives for one file, and what it makes it keeps
    reading, catalogue, known, organisation, answers = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our parent
    if is_long(reading):
        os.nice(NICE)
    out = sys.stdout.buffer

    def tell(said: float | Screening | ProforientError) -> None:
        pickle.dump(said, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    try:
        tell(screen(reading, catalogue, known, organisation=organisation, answers=answers, say=tell))
    except ProforientError as error:
        tell(error)
    return 0
