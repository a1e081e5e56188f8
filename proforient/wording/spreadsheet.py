"""Texts that a spreadsheet would take for something else when it opens a CSV: kept as texts, and read back."""

from __future__ import annotations

import datetime as dt
import re

GUARD = "'"
_FORMULA = ("=", "+", "-", "@")
_WORDS = {"true", "false", "истина", "ложь"}
# What Excel shows as it stands: a number as Russians write it, a day, a school year.
_SHOWN_ALIKE = re.compile(
    r"(?:0|[1-9][0-9]{0,10}|[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){1,3})(?:,[0-9]{1,4})?(?:[ \u00a0\u202f]?%)?"
    r"|[0-9]{4}/[0-9]{4}"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART = re.compile(r"[^\W\d_]+")
_FIGURE_SIGNS = re.compile(r"[\w\s.,:/%()+*$€£₽\u2010-\u2015\u2212-]+")
_NUMERIC = re.compile(
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}"
    r"|e|е|г|р|руб|rub|am|pm|a|p|ч"
)


def as_text(text: str) -> str:
    """``text`` with an apostrophe in front where Excel would make a formula, a day or another number of it.

    ``from_text`` takes the apostrophe away again. A number as Russians write it stays: it is shown as it stood.
    """
    return GUARD + text if _is_taken_for_something_else(text) else text


def from_text(cell: str) -> str:
    """What ``as_text`` was given."""
    return cell[1:] if cell.startswith(GUARD) and _is_taken_for_something_else(cell[1:]) else cell


def _is_taken_for_something_else(text: str) -> bool:
    bare = text.strip().lower()
    if text.startswith(GUARD):  # only that ``from_text`` gives back what was there
        return _is_taken_for_something_else(text[1:])
    if bare.startswith(_FORMULA) or bare.startswith("#") or bare in _WORDS or text[:1] in ("\t", "\r"):
        return True
    if not any(sign.isdigit() for sign in bare) or _SHOWN_ALIKE.fullmatch(text) or _is_day(text):
        return False
    return _FIGURE_SIGNS.fullmatch(bare) is not None and all(map(_NUMERIC.fullmatch, _PART.findall(bare)))


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return dt.date.fromisoformat(text).year >= 1900
    except ValueError:
        return False


__all__ = ["as_text", "from_text"]
