"""``adopted_apart``: an edited Word file beside the issued one, in processes of their own with a limit of time."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.catalogue.entries import Catalogue
from proforient.documents.adopted_text import AdoptedText, adopted
from proforient.documents.contents import Contents
from proforient.documents.word_parts import blocks_of
from proforient.intake.call_apart import Telling, call_apart

SECONDS = 60  # seconds by the clock


def adopted_apart(
    before: Contents,
    own: bytes,
    edited: bytes,
    *,
    issued: Mapping[str, str],
    catalogue: Catalogue,
    names: Mapping[str, str],
    say: Telling | None = None,
) -> AdoptedText:
    """``adopted`` of the document's own file and of the edited one.

    Raises Refused where the edited file cannot be read, and where comparing takes too long or dies.
    """
    return call_apart(
        adopted,
        before,
        blocks_of(own),
        blocks_of(edited),
        issued=issued,
        catalogue=catalogue,
        names=names,
        seconds=SECONDS,
        late=f"Сравнение текстов заняло больше {SECONDS} секунд и остановлено, ничего не записано. Уберите из файла "
        "лишние страницы и слишком длинные абзацы, оставьте пункты документа и выберите файл снова.",
        broken="Сравнение текстов прервалось: не хватило памяти или программу остановили. Ничего не записано. "
        "Выберите файл ещё раз.",
        say=say,
    )


__all__ = ["adopted_apart"]
