"""Who issues the documents of a territory: letterhead, ground order, signatory's post, in the cases that are needed.

The department sets them on «Документы»; before that, and for the names of people, ``offices.toml`` in the folder of
templates holds, a table for each territory. What nobody has written is printed as a place to fill.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from proforient.errors import Refused
from proforient.monitoring import territory_name
from proforient.store.offices import Office

FILE = "offices.toml"

# The key of the file -> what it is, for whoever fills the place by hand.
KEYS: Mapping[str, str] = {
    "letterhead": "наименование органа",
    "name": "наименование органа",
    "name_gen": "наименование органа в родительном падеже",
    "address": "адрес, телефон, электронная почта, ОКПО, ОГРН, ИНН/КПП",
    "territory_gen": "территория в родительном падеже",
    "territory_prep": "территория в предложном падеже",
    "city": "место",
    "ground": "в каком приказе, от какого числа, под каким номером",
    "post": "должность",
    "posts": "должности и отделы в трёх падежах",
    "signatory": "И.О. Фамилия",
    "executor": "исполнитель, телефон",
}
LISTS = frozenset({"letterhead", "address", "post", "posts"})
OF_PEOPLE = frozenset({"signatory", "executor"})  # they stay in the file


def office_of(folder: Path, territory: str, stored: Office | None = None) -> Office:
    """What was set in the program (``stored``) with the file's names of people; else the file's table for the territory
    by its whole path or its name. Refused where the file cannot be read.
    """
    path = folder / FILE
    found = office_in(path.read_bytes(), territory, str(path)) if path.is_file() else Office()
    return found if stored is None else replace(stored, signatory=found.signatory, executor=found.executor)


def office_in(data: bytes, territory: str, path: str) -> Office:
    """The table of the territory in the file; empty where it has none. Refused where the file cannot be read."""
    try:
        every = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused(
            f"Файл {path} не прочитать: {error}. Исправьте его или уберите: без него в документе останутся места, "
            "которые заполняют от руки."
        ) from error
    return _office(path, every.get(territory, every.get(territory_name(territory), {})))


def _office(path: str, found: object) -> Office:
    if not isinstance(found, dict):
        raise Refused(f'Файл {path}: название территории пишут как ["Регион / Муниципалитет"], а ниже — её поля.')
    unknown = [key for key in found if key not in KEYS]
    if unknown:
        raise Refused(f"Файл {path}: поля «{unknown[0]}» нет. Есть: {', '.join(KEYS)}.")
    for key, value in found.items():
        lines = value if key in LISTS and isinstance(value, list) else [value]
        if not all(isinstance(line, str) for line in lines):
            expected = "строка или список строк" if key in LISTS else "строка"
            raise Refused(f"Файл {path}: в поле «{key}» ожидалась {expected} в кавычках.")
    made: dict[str, Any] = {key: _lines(value) if key in LISTS else value for key, value in found.items()}
    return Office(**made)


def _lines(value: str | list[str]) -> tuple[str, ...]:
    return tuple(line for line in ([value] if isinstance(value, str) else value) if line.strip())


assert set(KEYS) == {field.name for field in fields(Office)} - {"author", "at"}

__all__ = ["FILE", "KEYS", "LISTS", "OF_PEOPLE", "Office", "office_in", "office_of"]
