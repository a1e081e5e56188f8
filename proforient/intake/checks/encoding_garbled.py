"""Text that was saved through a wrong encoding before: said as such, not as a missing header."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.encoding import garbled, is_lost
from proforient.intake.findings import finding
from proforient.intake.model import Finding, Sheet

RAISES = ("encoding-garbled",)
_SAMPLE = 4_000  # characters above ASCII from which a sheet's text as a whole is judged

_WRONG_PAGE = "файл когда-то открыли в неверной кодировке и так сохранили"
_NO_LETTERS = "вместо букв стоят вопросительные знаки, файл сохранили в кодировке без русских букв"


def check(case: Case) -> Iterator[Finding]:
    """Asked twice, first whether the other checks make sense; every text of the file is looked at once."""
    if "garbled" not in case.memo:
        case.memo["garbled"] = tuple(_garbled(case))
    found = case.memo["garbled"]
    assert isinstance(found, tuple)
    yield from found


def _garbled(case: Case) -> Iterator[Finding]:
    if case.reading is None:
        return
    for sheet in case.reading.sheets:
        if (row := _garbled_row(sheet)) is not None:
            yield finding("encoding-garbled", sheet=sheet.name, row=row, words={"found": _WRONG_PAGE})
        elif (row := _lost_row(sheet)) is not None:
            yield finding("encoding-garbled", sheet=sheet.name, row=row, words={"found": _NO_LETTERS})


def _lost_row(sheet: Sheet) -> int | None:
    """The first row with a text of which question marks alone are left."""
    return next((row.number for row in sheet.rows if any(isinstance(c, str) and is_lost(c) for c in row.cells)), None)


def _garbled_row(sheet: Sheet) -> int | None:
    """The first row that is garbled by itself, or the first with letters when the sheet as a whole is."""
    seen: set[str] = set()
    letters, first = 0, None
    for row in sheet.rows:
        for cell in row.cells:
            if not isinstance(cell, str) or cell in seen or cell.isascii():
                continue
            if garbled(cell):
                return row.number
            if letters < _SAMPLE:
                seen.add(cell)
                letters += len(cell)
                first = first or row.number
    return first if seen and garbled("\n".join(sorted(seen))) else None  # order: no matter, letters are counted
