"""CSV files that commands import, and the CSV that they print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from proforient.documents.tables import csv_text
from proforient.errors import WrongCall
from proforient.intake import limits
from proforient.intake.encoding import Undecodable, decode, garbled
from proforient.intake.text_rows import BrokenQuotes, read_separated
from proforient.wording import from_text
from proforient.wording.order import name_order

EXACT = frozenset({"share", "average", "plan", "shortfall", "percent"})  # columns of numbers that are texts in JSON
SHOWN = 20  # mistakes told at once; the rest is counted


@dataclass(frozen=True, slots=True)
class TableLine:
    """One row by column names, every cell stripped; ``number`` is the user's own."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(data: bytes, columns: Sequence[str], *, needed: Sequence[str], name: str) -> list[TableLine]:
    """The rows of a CSV with these columns, in any order; WrongCall where it is no such table."""
    if len(data) > limits.BYTES:
        raise WrongCall(f"{name}: больше 20 МБ. Разделите файл на части: каждая загружается отдельно.")
    try:
        text = decode(data).text
        rows = [row for row in read_separated(text)[1].rows if any(cell for cell in row.cells)]
    except Undecodable as error:
        raise WrongCall(f"{name}: не прочитать как текст. Сохраните файл как CSV в UTF-8.") from error
    except BrokenQuotes as error:
        raise WrongCall(f"{name}, строка {error.row}: кавычка открыта и не закрыта. Исправьте её.") from error
    if not rows or garbled(text):
        raise WrongCall(
            f"{name}: таблицы нет или текст испорчен перекодировкой. Ожидались столбцы: {';'.join(columns)}."
        )
    head = [str(cell or "").strip().lower() for cell in rows[0].cells]
    _check_head(head, columns, needed, name)
    return [
        TableLine(
            row.number,
            {column: from_text(str(cell or "").strip()) for column, cell in zip(head, row.cells, strict=False)},
        )
        for row in rows[1:]
    ]


def _check_head(head: Sequence[str], columns: Sequence[str], needed: Sequence[str], name: str) -> None:
    missing = [column for column in needed if column not in head]
    unknown = [column for column in head if column and column not in columns]
    twice = sorted({column for column in head if head.count(column) > 1}, key=name_order)
    if missing or unknown or twice:
        faults = [
            f"нет столбцов: {', '.join(missing)}" if missing else "",
            f"непонятные столбцы: {', '.join(unknown)}" if unknown else "",
            f"столбец дважды: {', '.join(twice)}" if twice else "",
        ]
        raise WrongCall(f"{name}: {'; '.join(f for f in faults if f)}. Ожидались: {';'.join(columns)}.")


class Mistakes:
    """What is wrong with the rows of a table, told all at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[str] = []

    def add(self, line: TableLine, text: str) -> None:
        self.found.append(f"строка {line.number}: {text}")

    def day(self, line: TableLine, column: str) -> dt.date | None:
        """An ISO date, as Excel saves it again or not, or nothing."""
        text = line[column]
        if not text:
            return None
        try:
            return dt.date.fromisoformat("-".join(reversed(text.split("."))))
        except ValueError:
            self.add(line, f"«{column}» — «{text}», а нужна дата вида 2026-12-25")
            return None

    def decimal(self, line: TableLine, column: str) -> Decimal | None:
        """A number from nought on, with a comma or a dot, or nothing."""
        text = line[column]
        if not text:
            return None
        try:
            found = Decimal(text.replace(",", "."))
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or found < 0:
            self.add(line, f"«{column}» — «{text}», а нужно число от нуля")
            return None
        return found

    def whole(self, line: TableLine, column: str) -> int:
        """A whole number from nought on."""
        text = line[column]
        if text.isascii() and text.isdigit():
            return int(text)
        self.add(line, f"«{column}» — «{text}», а нужно целое число")
        return 0

    def refuse(self) -> None:
        """WrongCall with all of it; nothing when nothing is wrong."""
        if self.found:
            rest = [f"и ещё {len(self.found) - SHOWN}"] if len(self.found) > SHOWN else []
            listed = "\n".join([*self.found[:SHOWN], *rest])
            raise WrongCall(f"{self.name} не загружен, ничего не изменено.\n{listed}")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, exact: Collection[str] = EXACT) -> str:
    """The listed columns of records like those of the JSON; the ``exact`` ones are written as numbers."""

    def cell(row: Mapping[str, object], column: str) -> object:
        found = row.get(column)
        return Decimal(found) if column in exact and isinstance(found, str) and found else found

    return csv_text(columns, ([cell(row, column) for column in columns] for row in rows))
