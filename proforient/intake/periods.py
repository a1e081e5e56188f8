"""A cell that names a period -> the period's code («2024», «2021/2022», «2024-1», an ISO date), or None."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from proforient.intake.model import CellValue
from proforient.intake.numbers import text_of
from proforient.wording import from_text

_AFTER = r"(?: ?(?:уч\.?|учебн[а-я]*))?(?: ?(?:г\.?г?\.?|год[а-я]*))?"
_YEAR = re.compile(rf"((?:19|20)[0-9]{{2}}){_AFTER}")
_SCHOOL_YEAR = re.compile(rf"((?:19|20)[0-9]{{2}}) ?[/\u2013\u2014-] ?((?:19|20)?[0-9]{{2}}){_AFTER}")
_HALF = re.compile(r"((?:19|20)[0-9]{2}) ?[-/\u2013] ?([12])")
_HALF_WORDS = re.compile(r"(1|2|i|ii|первое|второе)(?:-?е)? полугодие ((?:19|20)[0-9]{2})(?: ?(?:г\.?|год[а-я]*))?")
_ISO = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})")
_RUSSIAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.((?:19|20)[0-9]{2})(?: ?г\.?)?")
_HALVES = {"1": 1, "i": 1, "первое": 1, "2": 2, "ii": 2, "второе": 2}


@lru_cache(maxsize=4096, typed=True)
def read_period(cell: CellValue) -> str | None:
    """The code of the period that a cell names, whatever its usual spelling; None when it names none."""
    if isinstance(cell, dt.date):
        return (cell.date() if isinstance(cell, dt.datetime) else cell).isoformat()
    text = from_text(text_of(cell)).lower().replace("ё", "е")
    if found := _YEAR.fullmatch(text):
        return found[1]
    if found := _HALF.fullmatch(text):
        return f"{found[1]}-{found[2]}"
    if found := _SCHOOL_YEAR.fullmatch(text):
        first = int(found[1])
        second = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
        return f"{first}/{second}" if second == first + 1 else None
    if found := _HALF_WORDS.fullmatch(text):
        return f"{found[2]}-{_HALVES[found[1]]}"
    return _date(text)


def _date(text: str) -> str | None:
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _RUSSIAN.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
