"""The first and the last day of a period, which follow from its code alone."""

from __future__ import annotations

import datetime as dt
import re

from proforient.catalogue.entries import PeriodKind
from proforient.errors import WrongCall

EXAMPLES: dict[PeriodKind, str] = {
    "year": "2024",
    "school_year": "2021/2022",
    "half_year": "2024-1",
    "date": "2024-09-20",
}
FIRST_YEAR, LAST_YEAR = 1990, 2199


def period_span(code: str, kind: PeriodKind) -> tuple[dt.date, dt.date]:
    """First and last day of a period; WrongCall where the code does not fit its kind.

    A school year runs from 1 September to 31 August, «2024-1» from January to June, a date is its own day.
    """
    span = _SPANS[kind](code) if kind in _SPANS else None
    if span is None or not FIRST_YEAR <= span[0].year <= LAST_YEAR:
        example = EXAMPLES.get(kind)
        expected = f"как «{example}»" if example else "одного из видов: " + ", ".join(EXAMPLES)
        raise WrongCall(f"Код периода «{code}» не подходит к виду «{kind}». Ожидался код {expected}. Исправьте код.")
    return span


def _year(code: str) -> tuple[dt.date, dt.date] | None:
    if not re.fullmatch(r"[0-9]{4}", code) or code == "0000":
        return None
    return dt.date(int(code), 1, 1), dt.date(int(code), 12, 31)


def _school_year(code: str) -> tuple[dt.date, dt.date] | None:
    match = re.fullmatch(r"([0-9]{4})/([0-9]{4})", code)
    if not match or int(match[2]) != int(match[1]) + 1 or match[1] == "0000":
        return None
    return dt.date(int(match[1]), 9, 1), dt.date(int(match[2]), 8, 31)


def _half_year(code: str) -> tuple[dt.date, dt.date] | None:
    match = re.fullmatch(r"([0-9]{4})-([12])", code)
    if not match or match[1] == "0000":
        return None
    year = int(match[1])
    if match[2] == "1":
        return dt.date(year, 1, 1), dt.date(year, 6, 30)
    return dt.date(year, 7, 1), dt.date(year, 12, 31)


def _day(code: str) -> tuple[dt.date, dt.date] | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", code):
        return None
    try:
        day = dt.date.fromisoformat(code)
    except ValueError:
        return None
    return day, day


_SPANS = {"year": _year, "school_year": _school_year, "half_year": _half_year, "date": _day}
