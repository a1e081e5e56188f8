"""What a person sees when there is nothing to show: an error comes in, a page in plain Russian goes out."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence

import streamlit as st

from proforient.charts.marks import Html, html, tag
from proforient.errors import (
    CatalogueError,
    DiskFull,
    ProforientError,
    Refused,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreNewer,
)
from proforient.web.templates import render

LOG = logging.getLogger("proforient")

# kind of error -> heading, what to do
TEXTS: tuple[tuple[type[ProforientError], str, str], ...] = (
    (
        CatalogueError,
        "В каталоге показателей ошибки",
        "Исправьте их и откройте страницу снова: файл будет прочитан заново.",
    ),
    (
        StoreBusy,
        "Данные держит другая программа",
        "Закройте её или подождите: страница попробует снова, когда вы её обновите.",
    ),
    (
        StoreNewer,
        "Данные записаны более новой версией программы",
        "Обновите программу на этом компьютере. Данные не изменены.",
    ),
    (
        StoreDamaged,
        "Файл данных повреждён",
        html("Ничего не изменено и не удалено. Остановите программу и восстановите последнюю копию: ")
        + tag("code", "python -m proforient restore ПАПКА")
        + ".",
    ),
    (DiskFull, "На диске нет места", "Освободите место и обновите страницу. Всё, что было принято, сохранено."),
    (Refused, "Программа не открыла данные", ""),
    (ProforientError, "Программа не открыла данные", "Исправьте причину и обновите страницу."),
)


def show(error: ProforientError) -> None:
    """The page of a run that has no store: what is the matter, where, and what to do."""
    heading, to_do = next((h, t) for kind, h, t in TEXTS if isinstance(error, kind))
    mistakes = list(map(str, error.mistakes)) if isinstance(error, CatalogueError) else []
    st.html(page(heading, str(error), to_do, mistakes))


def page(heading: str, what: str, to_do: str, items: Sequence[str] = ()) -> Html:
    """HTML of a failure; ``to_do`` may be HTML of our own."""
    return render("failure.html.j2", heading=heading, what=what, to_do=to_do, items=items)


def on_script_error(error: Exception) -> bool:
    """Called by Streamlit for what a page or a callback did not catch; True: Streamlit shows nothing itself.

    A ProforientError is a sentence for people. Anything else is a fault of the program: the person gets a number, the
    log gets the same number with the traceback.
    """
    if isinstance(error, ProforientError):
        if isinstance(error, StoreError):  # the person gets a sentence, whoever looks after the program the cause
            LOG.error("%s", error, exc_info=error)
        _say("Не получилось", str(error))
        return True
    number = secrets.token_hex(4)
    LOG.error("Ошибка %s", number, exc_info=error)
    _say(
        "Ошибка программы",
        f"Страница собрана не до конца. Обновите её; если повторится, сообщите номер {number} тому, "
        "кто обслуживает программу: под ним в журнале записана причина.",
    )
    return True


def _say(heading: str, text: str) -> None:
    st.html(message(heading, text))


def message(heading: str, text: str, *, role: str = "alert") -> Html:
    """A message in the page's type; ``heading`` may be empty."""
    return render("said.html.j2", heading=heading, text=text, role=role)


def first_day() -> Html:
    """What those see who cannot begin the work themselves."""
    return render("first_day.html.j2")
