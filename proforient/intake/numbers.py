"""The grammar of a cell: what one cell says where a count or a yes/no is expected.

``parse_count`` and ``parse_answer`` give an int, a Reason, BLANK, DASH or a Fault (the code of its finding).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from proforient.intake.model import CellValue
from proforient.monitoring import Reason

LARGEST = 9_999_999  # largest count of an organisation; a larger number is an ИНН or two cells run together


class Silence(Enum):
    """A cell without a number and without a reason: nothing at all, or a dash that may mean three things."""

    BLANK = "blank"
    DASH = "dash"


BLANK = Silence.BLANK
DASH = Silence.DASH


@dataclass(frozen=True, slots=True)
class Fault:
    """The cell cannot stand where it does; ``code`` is that of its finding."""

    code: str


Parsed = int | Reason | Silence | Fault

# Every space that Excel, Word and 1C put between thousands, and the marks that nobody sees.
_SPACES = " \t\r\n\u00a0\u1680\u2000-\u200e\u202f\u205f\u2060\u3000\ufeff\u00ad"
_SPACE = re.compile(f"[{_SPACES}]+")
_BREAK = re.compile(r"[\t\r\n\v\f\u2028\u2029]")
_MINUS = "\u2212\u2012\u2013\u2014\u2010\u2011\ufe63\uff0d-"
_DASHES = re.compile(f"[\u2015\u2500_{_MINUS}]+")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+")
_TAIL = re.compile(r"(?P<whole>[0-9 ]+)(?P<point>[,.])(?P<tail>[0-9]+)")
# «5.000», «5,000», «1.234,0», «5'000»: thousands to one reader, a fraction or a slip to another. Not «0,000».
_MARKED_THOUSANDS = re.compile(r"(?!0[.,'])[0-9]{1,3}(?: [0-9]{3})*(?:[.,'\u2019\u00b4`][0-9]{3})+(?:[.,][0-9]+)?")
_DATE = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?: .*)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_MONTH = re.compile(
    r"(?:[0-9]{1,2}[. ])?(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?(?:[. ][0-9]+)?"
)
_FRACTION = re.compile(r"[0-9]+ ?[/\u2044] ?[0-9]+|[0-9 ]*[¼½¾⅐-⅞]")
_UNIT = re.compile(
    r"(?P<figure>[0-9][0-9 ]*(?:[,.]0+)?) ?(?:(?:чел|обуч|уч|шт|ед)\.?|человека?\.?|детей|ребён(?:ок|ка)|ребен(?:ок|ка)"
    r"|обучающи(?:хся|йся)|учащи(?:хся|йся)|ученик(?:ов|а)?|школьник(?:ов|а)?|воспитанник(?:ов|а)?)"
)
_GLUED = re.compile(r"[0-9][0-9 ,.]*(?:[*†‡§¹²³⁰-⁹₀-₉]+|\(?[0-9*]{1,2}\))")

_NO_DATA = {
    *("н/д", "нд", "н.д.", "н.д", "н/д.", "нет данных", "нет сведений", "данных нет", "…", "...", "…."),
    *("не представлены", "не представлено", "не представлена", "не представлен"),
    *("данные не представлены", "сведения не представлены"),
}
_NOT_APPLICABLE = {"х", "x", "н/п", "нп", "н.п.", "н.п", "не применимо", "неприменимо", "не применяется"}
_YES = {"да", "истина", "true"}
_NO = {"нет", "ложь", "false"}


@lru_cache(maxsize=65_536)
def squeeze(text: str) -> str:
    """``text`` without spaces at its ends, every run of any spaces inside as one space."""
    return _SPACE.sub(" ", text).strip()


def text_of(cell: CellValue) -> str:
    """The cell as a person would read it in one line: 12.0 is «12», a date «01.05.2024», nothing is «»."""
    if isinstance(cell, str):
        return squeeze(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ИСТИНА" if cell else "ЛОЖЬ"
    if isinstance(cell, float):
        return _text_of_float(cell)
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return cell.strftime("%d.%m.%Y %H:%M")
    if isinstance(cell, dt.date):
        return cell.strftime("%d.%m.%Y")
    return str(cell)


def _text_of_float(number: float) -> str:
    # Fifteen digits are what Excel itself keeps and shows: 119.99999999999999 of a formula is its 120.
    shown = f"{number:.15g}"
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else shown.replace(".", ",")


@lru_cache(maxsize=16_384, typed=True)
def parse_count(cell: CellValue) -> Parsed:
    """What ``cell`` says where a whole number of zero or more is expected."""
    if cell is None:
        return BLANK
    if isinstance(cell, bool):
        return Fault("not-a-number")
    if isinstance(cell, int):
        return _sized(cell)
    if isinstance(cell, float):
        return _parse_float(cell)
    if isinstance(cell, dt.date):
        return Fault("date-in-count")
    if _BREAK.search(cell.strip()) and any(c.isdigit() for c in cell):
        return Fault("footnote-glued")  # two lines in a cell are two numbers, never one of a thousand
    return _parse_text(squeeze(cell))


def parse_answer(cell: CellValue) -> Parsed:
    """What ``cell`` says where «да» (1) or «нет» (0) is expected; anything else is a fault, reasons apart."""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, str):
        word = squeeze(cell).lower()
        if word in _YES or word in _NO:
            return int(word in _YES)
    parsed = parse_count(cell)
    if isinstance(parsed, Fault) or (isinstance(parsed, int) and parsed not in (0, 1)):
        return Fault("not-yes-no")
    return parsed


def is_numeric(cell: CellValue) -> bool:
    """Whether the cell holds a number of any kind, right or wrong as a count; text, reasons and blanks do not."""
    if isinstance(cell, str):
        parsed = parse_count(cell)
        return isinstance(parsed, int) or (isinstance(parsed, Fault) and parsed.code != "not-a-number")
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def begins_with_figure(cell: CellValue) -> bool:
    """Whether the cell is a number or a text that begins as one («10 чел.», «-3»)."""
    if isinstance(cell, str):
        text = squeeze(cell).lstrip(_MINUS + "+~≈<> ")
        return text[:1].isdigit()
    return is_numeric(cell)


def _sized(number: int) -> Parsed:
    if number < 0:
        return Fault("negative")
    return number if number <= LARGEST else Fault("number-too-large")


def _parse_float(number: float) -> Parsed:
    if not math.isfinite(number):
        return Fault("not-a-number")
    shown = float(f"{number:.15g}")
    return _sized(int(shown)) if shown.is_integer() else Fault("not-whole")


def _parse_text(text: str) -> Parsed:
    word = text.lower()
    if not word:
        return BLANK
    if word in _NO_DATA:
        return Reason.NO_DATA
    if word in _NOT_APPLICABLE:
        return Reason.NOT_APPLICABLE
    if _DASHES.fullmatch(word):
        return DASH
    if _PLAIN.fullmatch(word):
        return _sized(int(word)) if len(word) <= 18 else Fault("number-too-large")
    if word[0] in _MINUS and word[1:].strip()[:1].isdigit():
        return Fault("negative")
    return _parse_figure(word)


def _parse_figure(word: str) -> Parsed:
    """A text that is neither plain digits nor a word of its own: groups of three, a decimal part, or a fault."""
    if unit := _UNIT.fullmatch(word):
        return _parse_text(unit["figure"].strip())
    if any(sign in word for sign in "%٪％‰"):
        return Fault("percent-in-count")
    if _GROUPED.fullmatch(word):
        return _sized(int(word.replace(" ", ""))) if len(word) <= 18 else Fault("number-too-large")
    if _MARKED_THOUSANDS.fullmatch(word):
        return Fault("ambiguous-number")
    if tail := _TAIL.fullmatch(word):
        if tail["tail"].strip("0"):
            return Fault("not-whole")
        return _parse_whole_part(tail["whole"])
    if _DATE.fullmatch(word) or _MONTH.fullmatch(word):
        return Fault("date-in-count")
    if _FRACTION.fullmatch(word):
        return Fault("not-whole")
    if re.fullmatch(r"[0-9 ]+", word) or _GLUED.fullmatch(word):
        return Fault("footnote-glued")
    return Fault("not-a-number")


def _parse_whole_part(whole: str) -> Parsed:
    if _PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole):
        return _parse_text(whole)
    return Fault("footnote-glued")
