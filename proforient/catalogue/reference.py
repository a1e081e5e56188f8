"""The reference of the catalogue's shape: the tables of ``keys`` in, the Markdown of ``docs/catalogue.md`` out.

``python -m proforient.catalogue.reference > docs/catalogue.md`` writes it anew; a test holds the two together.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from proforient.catalogue.keys import BLOCKS
from proforient.catalogue.shape import Block, BlockKey

INTRODUCTION = """\
# Каталог: что и как записывается

Каталог — один файл TOML в UTF-8 (`indicators.toml`; другой называет переменная `PROFORIENT_CATALOGUE`). В нём всё,
что знает программа о мониторинге: уровни, исходные числа, показатели, планы, проблемы, рекомендации. Чтобы добавить
показатель, программу менять не нужно: допишите блоки и проверьте файл командой

    python -m proforient check-catalogue indicators.toml

Команда называет все ошибки сразу: файл, строка, ключ, что найдено, что ожидалось.

## Общие правила

- **Код** — строчные латинские буквы, цифры, точка и дефис. Код навсегда: по нему хранятся данные. Название и текст
  можно улучшать. Что больше не спрашивают, не удаляют, а закрывают ключом `until`.
- **Номер** (`number`) — то, что печатается: «1.1», «2(н)».
- **Другие написания** (`aliases`) — как это же названо в файлах школ. Написания сравниваются без учёта регистра, «ё»,
  знаков препинания, «№» и похожих латинских букв; два уровня, два числа одного уровня или два показателя одного уровня
  одинаково называться не могут. Число и показатель могут: в столбце «Значение» такая запись означает число, в столбцах
  «Числитель» и «Знаменатель» — показатель.
- **Слова уровня**: `{population.nom}` (кто) и `{population.gen}` (кого) в названиях чисел и показателей заменяются
  словами уровня, поэтому один блок служит нескольким уровням.
- **Пустая клетка «Уровень»** читается, только если у показателя или числа ровно один уровень и у этого уровня есть
  написание `""`.
- **Знаменатель-сумма**: показатель, у которого в числителе или знаменателе список, парой чисел не сдают — сдают
  исходные числа.
- Обязательные ключи отмечены «да». Неизвестный ключ — ошибка: программа называет ближайший известный.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rows(keys: Iterable[BlockKey], prefix: str = "") -> Iterator[str]:
    for key in keys:
        notes = [key.meaning]
        if key.refers:
            notes.append(f"Коды из `[[{key.refers}]]`")
        if key.kinds:
            notes.append("Только у показателей вида " + ", ".join(f"`{kind}`" for kind in key.kinds))
        cells = (
            f"`{prefix}{key.name}`",
            key.type.name,
            "да" if key.required else "",
            ". ".join(notes),
            f"`{key.good}`",
            f"`{key.bad}`",
        )
        yield "| " + " | ".join(map(_cell, cells)) + " |"
        yield from _rows(key.keys, f"{prefix}{key.name}.")


def _section(block: Block) -> str:
    header = f"[{block.name}]" if block.name == "catalogue" else f"[[{block.name}]]"
    lines = [
        f"## `{header}`",
        "",
        block.meaning,
        "",
        "| ключ | вид значения | обязателен | что значит | правильно | ошибка |",
        "|---|---|---|---|---|---|",
        *_rows(block.keys),
        "",
    ]
    return "\n".join(lines)


def reference() -> str:
    """The whole text of ``docs/catalogue.md``."""
    return "\n".join([INTRODUCTION, *map(_section, BLOCKS.values())]).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
