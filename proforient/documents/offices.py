"""Who issues the documents of a territory: letterhead, ground order, signatory's post, in the cases that are needed.

The department writes them once into ``offices.toml`` in the folder of templates, a table for each territory; what it
has not written is printed as a place to fill.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from proforient.errors import Refused
from proforient.monitoring import territory_name

FILE = "offices.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The lines of a letterhead and the words about the territory; all may be empty."""

    letterhead: tuple[str, ...] = ()
    name: str = ""
    address: tuple[str, ...] = ()
    territory_gen: str = ""
    territory_prep: str = ""
    ground: str = ""
    post: tuple[str, ...] = ()
    signatory: str = ""
    executor: str = ""


# The key of the file -> what it is, for whoever fills the place by hand.
KEYS = {
    "letterhead": "наименование органа",
    "name": "наименование органа",
    "address": "адрес, телефон, электронная почта, ОКПО, ОГРН, ИНН/КПП",
    "territory_gen": "территория в родительном падеже",
    "territory_prep": "территория в предложном падеже",
    "ground": "в каком приказе, от какого числа, под каким номером",
    "post": "должность",
    "signatory": "И.О. Фамилия",
    "executor": "исполнитель, телефон",
}
_LISTS = {"letterhead", "address", "post"}


def office_of(folder: Path, territory: str) -> Office:
    """The office of the territory by its whole path or its name; Refused where the file cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return Office()
    try:
        every = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused(
            f"Файл {path} не прочитать: {error}. Исправьте его или уберите: без него в документе останутся места, "
            "которые заполняют от руки."
        ) from error
    found = every.get(territory, every.get(territory_name(territory), {}))
    return _office(path, found)


def _office(path: Path, found: object) -> Office:
    if not isinstance(found, dict):
        raise Refused(f'Файл {path}: название территории пишут как ["Регион / Муниципалитет"], а ниже — её поля.')
    unknown = [key for key in found if key not in KEYS]
    if unknown:
        raise Refused(f"Файл {path}: поля «{unknown[0]}» нет. Есть: {', '.join(KEYS)}.")
    for key, value in found.items():
        lines = value if key in _LISTS and isinstance(value, list) else [value]
        if not all(isinstance(line, str) for line in lines):
            expected = "строка или список строк" if key in _LISTS else "строка"
            raise Refused(f"Файл {path}: в поле «{key}» ожидалась {expected} в кавычках.")
    made: dict[str, Any] = {key: _lines(value) if key in _LISTS else value for key, value in found.items()}
    return Office(**made)


def _lines(value: str | list[str]) -> tuple[str, ...]:
    return tuple(line for line in ([value] if isinstance(value, str) else value) if line.strip())


assert set(KEYS) == {field.name for field in fields(Office)}

__all__ = ["FILE", "KEYS", "Office", "office_of"]
