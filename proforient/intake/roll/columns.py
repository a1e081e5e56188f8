"""Which column of a department's list says what: by the words of its heading, without one by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from proforient.catalogue.lookup import Lookup
from proforient.catalogue.name_keys import normalise
from proforient.intake.model import SheetRow

RollField = Literal["code", "inn", "name", "full_name", "kind", "levels", "territory", "opened", "closed", "email"]
HEADING_ROWS = 15  # rows among which the heading is looked for
_ENOUGH = 0.6  # share of the filled cells of a column without heading that must look alike

# The words of a heading, each set of which is in it -> what the column says; the first that fits wins.
_HEADINGS: tuple[tuple[tuple[str, ...], RollField], ...] = (
    (("инн",), "inn"),
    (("полное", "наименование"), "full_name"),
    (("полное", "название"), "full_name"),
    (("наименование", "муниципального"), "territory"),
    (("муниципальное", "образование"), "territory"),
    (("муниципалитет",), "territory"),
    (("муниципальный",), "territory"),
    (("территория",), "territory"),
    (("район",), "territory"),
    (("дата", "открытия"), "opened"),
    (("открыта",), "opened"),
    (("дата", "закрытия"), "closed"),
    (("закрыта",), "closed"),
    (("уровни",), "levels"),
    (("уровень",), "levels"),
    (("вид",), "kind"),
    (("тип",), "kind"),
    (("код",), "code"),
    (("наименование",), "name"),
    (("название",), "name"),
    (("организация",), "name"),
    (("учреждение",), "name"),
    (("школа",), "name"),
)
_OTHER = ("сад", "директор", "руководитель", "адрес", "телефон", "сайт")
_EMAIL = {normalise(word) for word in ("почта", "почты", "email", "mail")}  # «почтовый адрес» is none
# The columns of the command's own file are understood, too.
_CODES: Mapping[str, RollField] = {
    "code": "code", "inn": "inn", "name": "name", "full name": "full_name", "kind": "kind", "levels": "levels",
    "territory": "territory", "opened": "opened", "closed": "closed",
}  # fmt: skip


def text_of(cell: object) -> str:
    """A cell as one line; a whole number of a workbook has no point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) if cell is not None else ""


def heading_of(rows: Sequence[SheetRow]) -> tuple[int, dict[int, RollField]] | None:
    """The place of the heading among the rows, and by column what it says; None where there is no heading."""
    for place, row in enumerate(rows[:HEADING_ROWS]):
        found: dict[int, RollField] = {}
        for column, cell in enumerate(row.cells):
            said = _field_of_heading(text_of(cell))
            if said and said not in found.values():
                found[column] = said
        if "full_name" in found.values() and "name" not in found.values():
            found = {column: "name" if said == "full_name" else said for column, said in found.items()}
        if "name" in found.values() and not _is_data(row):
            return place, found
    return None


def _field_of_heading(heading: str) -> RollField | None:
    key = normalise(heading)
    if key in _CODES:
        return _CODES[key]
    words = key.split()
    if _EMAIL & set(words):
        return "email"
    if not words or len(words) > 12 or any(word in words for word in _OTHER):
        return None
    return next((said for needed, said in _HEADINGS if set(needed) <= set(words)), None)


def _is_data(row: SheetRow) -> bool:
    """Whether the row has an organisation already: a number of one, or its name in quotes."""
    texts = [text_of(cell) for cell in row.cells]
    return any(re.search(r"№\s*\d|[«\"“]|^\d{10,12}$", text) for text in texts)


def guessed(rows: Sequence[SheetRow], lookup: Lookup) -> dict[int, RollField]:
    """The columns of a list without a heading: digits of an ИНН, words of a kind, and the longest texts are names."""
    width = max((len(row.cells) for row in rows), default=0)
    found: dict[int, RollField] = {}
    lengths: dict[int, int] = {}
    for column in range(width):
        texts = [text_of(row.cells[column]) for row in rows if column < len(row.cells)]
        texts = [text for text in texts if text]
        if _mostly(texts, lambda text: bool(re.fullmatch(r"\d{10}|\d{12}", text))):
            found[column] = "inn"
        elif _mostly(texts, lambda text: bool(lookup.organisation_kinds(text))):
            found[column] = "kind"
        elif texts and not _mostly(texts, lambda text: bool(re.fullmatch(r"[\d.]+", text))):
            lengths[column] = sum(map(len, texts))
    if lengths:
        found[max(lengths, key=lambda column: lengths[column])] = "name"  # order: by length
    return found


def _mostly(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(holds, texts)) >= _ENOUGH * len(texts)
