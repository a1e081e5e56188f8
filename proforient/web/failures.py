"""What a person sees when there is nothing to show: an error comes in, a page in plain Russian goes out."""

from __future__ import annotations

import html
import logging
import secrets
from collections.abc import Sequence

import streamlit as st

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
from proforient.wording import typo

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
        "Ничего не изменено и не удалено. Остановите программу и восстановите последнюю копию: "
        "<code>python -m proforient restore ПАПКА</code>.",
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


def page(heading: str, what: str, to_do: str, items: Sequence[str] = ()) -> str:
    """HTML of a failure; ``what`` and ``items`` are escaped, ``to_do`` is our own HTML."""
    listed = "".join(f"<li>{html.escape(item)}</li>" for item in items)
    return (
        f'<div class="pf"><h1 class="pf-finding">{typo(heading)}</h1><p class="pf-lead">{typo(html.escape(what))}</p>'
        + (f"<ul>{listed}</ul>" if listed else "")
        + (f"<p>{typo(to_do)}</p>" if to_do else "")
        + "</div>"
    )


def on_script_error(error: Exception) -> bool:
    """Called by Streamlit for what a page or a callback did not catch; True: Streamlit shows nothing itself.

    A ProforientError is a sentence for people. Anything else is a fault of the program: the person gets a number, the
    log gets the same number with the traceback.
    """
    if isinstance(error, ProforientError):
        if isinstance(error, StoreError):  # the person gets a sentence, whoever looks after the program the cause
            LOG.error("%s", error, exc_info=error)
        _say("Не получилось", html.escape(str(error)))
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
    st.html(
        f'<div class="pf"><div class="pf-message" role="alert"><p><b>{typo(heading)}.</b> {typo(text)}</p></div></div>'
    )


def first_day(missing: Sequence[str]) -> str:
    """The page of a store in which nothing has been set up; ``missing``: «organisations», «periods»."""
    steps = {
        "organisations": (
            "Загрузите перечень организаций: "
            "<code>python -m proforient organisations import ФАЙЛ.csv</code>. "
            "Столбцы: код, ИНН, название, вид, уровни, территория."
        ),
        "periods": (
            "Откройте период, за который собираются данные: "
            "<code>python -m proforient period open 2026 --closes 2026-12-15</code>."
        ),
    }
    items = "".join(f"<li>{typo(steps[key])}</li>" for key in missing)
    last = typo("После этого школы сдают файлы на странице «Загрузка», а здесь появятся доли и планы.")
    demo = typo("Чтобы сначала посмотреть на примере: <code>python -m proforient demo</code>.")
    return (
        f'<div class="pf"><h1 class="pf-finding">{typo("Данных пока нет")}</h1>'
        f'<p class="pf-lead">{typo("Программа готова к работе. Чтобы начать:")}</p>'
        f'<ol class="pf-list">{items}<li>{last}</li></ol><p class="pf-caption">{demo}</p></div>'
    )
