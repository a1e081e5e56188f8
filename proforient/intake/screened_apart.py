"""``screen_apart``: the checks of a file in a process of their own, so that nobody else's page waits for them."""

from __future__ import annotations

from proforient.catalogue.entries import Catalogue
from proforient.intake.call_apart import Telling, call_apart
from proforient.intake.model import Answers, Known, Reading, Screening
from proforient.intake.screen import screen

LONG = 5_000  # rows from which a person wants to see how far it is
SECONDS = 180  # seconds by the clock


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
    say: Telling | None = None,
) -> Screening:
    """What ``screen`` gives, worked out by another process; raises Refused when that one dies or takes too long."""
    return call_apart(
        screen,
        reading,
        catalogue,
        known,
        organisation=organisation,
        answers=answers,
        seconds=SECONDS,
        late=f"Проверка файла заняла больше {SECONDS} секунд и остановлена, ничего не записано. "
        "Разделите файл на несколько, например по организациям, и отправьте их по одному.",
        broken="Проверка файла прервалась: не хватило памяти или программу остановили. Ничего не записано. "
        "Отправьте файл ещё раз или разделите на несколько файлов.",
        say=say,
        long=is_long(reading),
    )


__all__ = ["is_long", "screen_apart"]
