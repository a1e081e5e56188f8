"""How much a file may hold, and the counter that stops the reading of more. Light: the child process uses it."""

from __future__ import annotations

from collections.abc import Sequence

BYTES = 20 * 1024 * 1024  # bytes of a file
ROWS = 120_000  # rows of a sheet
COLUMNS = 500  # columns of a sheet
AREA = 8_000_000  # cells of the smallest rectangle around a sheet's content: readers hold it in memory whole
CELLS = 4_000_000  # filled cells of all sheets
CHARACTERS = 60_000_000  # characters of all cells together: one long text may be repeated by reference
CELL = 32_767  # characters of one cell: more no workbook holds
ENTRIES = 1_000  # entries of a workbook's archive
UNPACKED = 256 * 1024 * 1024  # bytes of all parts of a workbook, unpacked

TABLE_LIMIT = "не больше 120 000 строк и 500 столбцов"


class TooLarge(Exception):
    """The file holds more than can be taken; ``found`` says what, ``limit`` what is taken (Russian)."""

    def __init__(self, found: str, limit: str = TABLE_LIMIT) -> None:
        super().__init__(found)
        self.found = found
        self.limit = limit


class CellTooLong(Exception):
    """A cell holds more characters than a workbook's can; ``heading`` is that of its column where it is known."""

    def __init__(self, row: int, column: int, characters: int, heading: str = "") -> None:
        super().__init__(row, column, characters, heading)
        self.row = row
        self.column = column
        self.characters = characters
        self.heading = heading


def check_length(row: int, cells: Sequence[object]) -> None:
    """Raises ``CellTooLong`` for the first cell of a row that is too long."""
    for column, cell in enumerate(cells, start=1):
        if isinstance(cell, str) and len(cell) > CELL:
            raise CellTooLong(row, column, len(cell))


def letters(column: int) -> str:
    """The letters of a column of a workbook: 1 is A, 28 is AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def check_place(row: int, column: int) -> None:
    """Raises ``TooLarge`` for a filled cell beyond the limits."""
    if row > ROWS or column > COLUMNS:
        raise TooLarge(f"Ячейка {letters(column)}{row} стоит слишком далеко")


class Tally:
    """Counts filled cells and their characters over a whole file."""

    def __init__(self) -> None:
        self.cells = 0
        self.characters = 0

    def add(self, cells: int, characters: int) -> None:
        """Raises ``TooLarge`` when the file's cells together become too many or too long."""
        self.cells += cells
        self.characters += characters
        if self.cells > CELLS:
            raise TooLarge("В файле больше четырёх миллионов заполненных ячеек", "не больше четырёх миллионов")
        if self.characters > CHARACTERS:
            raise TooLarge("В файле больше 60 миллионов знаков", "не больше 60 миллионов знаков")
