"""Bytes of a text file -> its text: by its mark, as strict UTF-8, else by the letters of four Cyrillic pages.

``decode`` raises ``Undecodable`` with the code of the finding. ``garbled`` tells text that was saved through a
wrong page before. A page is chosen by how ordinary its letters are in Russian; nothing is ever replaced.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

PAGES = ("cp1251", "cp866", "koi8-r", "mac_cyrillic")

# How often a letter stands in Russian text, per cent, by falling frequency.
_ORDER = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_PER_CENT = (
    *(10.97, 8.45, 8.01, 7.35, 6.70, 6.26, 5.47, 4.73, 4.54, 4.40, 3.49, 3.21, 2.98, 2.81, 2.62, 2.01, 1.90),
    *(1.74, 1.70, 1.65, 1.59, 1.44, 1.21, 0.97, 0.94, 0.73, 0.64, 0.48, 0.36, 0.32, 0.26, 0.04, 0.04),
)
_EVEN = 3.0  # per cent of a letter if all were alike
_FREE = "№«»—–…“”„‘’\u00a0•°"
_FOREIGN = -6.0
_FLIPPED = 4.0  # for each small letter followed by a capital: КОИ8-Р read as Windows-1251 looks so
_WORST_FILE = -1.5
_WORST_LINE = -2.0
_TELLING = 8  # characters above ASCII that a line needs before it is judged alone

_WEIGHTS = {
    **dict.fromkeys(_FREE, 0.0),
    **{letter: math.log(share / _EVEN) for letter, share in zip(_ORDER, _PER_CENT, strict=True)},
    **{letter.upper(): math.log(share / _EVEN) for letter, share in zip(_ORDER, _PER_CENT, strict=True)},
}
_HIGH = re.compile(r"[^\x00-\x7f]")
_FLIP = re.compile("[а-яё][А-ЯЁ]")
_UTF8_PAIR = re.compile(rb"[\xd0\xd1][\x80-\xbf]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    encoding: str
    text: str


class Undecodable(Exception):
    """The bytes are no text that can be read; ``code`` names the finding, ``row`` the first bad line or None."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.row = row


def _weight(histogram: Iterable[tuple[str, int]]) -> tuple[float, int]:
    total, count = 0.0, 0
    for character, times in histogram:
        total += times * _WEIGHTS.get(character, _FOREIGN)
        count += times
    return total, count


def score(text: str) -> float:
    """How ordinary the characters above ASCII are in Russian: 0 is ordinary, below -1.5 is not Russian."""
    high = _HIGH.findall(text)
    if not high:
        return 0.0
    total, count = _weight((c, 1) for c in high)
    return (total - _FLIPPED * len(_FLIP.findall(text))) / count


def _score_of_page(data: bytes, page: str) -> tuple[float, str] | None:
    """The score of the whole file in one page, from counts of its bytes; None where the page has no such byte."""
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return None
    codes = ((bytes([byte]), data.count(bytes([byte]))) for byte in range(128, 256))
    total, count = _weight((code.decode(page), times) for code, times in codes if times)
    flips = len(_FLIP.findall(text))
    return ((total - _FLIPPED * flips) / count if count else 0.0), text


def decode(data: bytes) -> Decoded:
    """The text of ``data`` and its encoding's name; raises ``Undecodable``."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(name, data.decode(name))
            except UnicodeDecodeError as error:
                raise Undecodable("encoding-mixed", data.count(b"\n", 0, error.start) + 1) from None
    if data.count(0) * 10 > len(data):
        return _utf16(data)
    try:
        return Decoded("utf-8", data.decode("utf-8"))
    except UnicodeDecodeError as error:
        bad_line = data.count(b"\n", 0, error.start) + 1
    high = sum(data.count(bytes([byte])) for byte in range(128, 256))
    pairs = len(_UTF8_PAIR.findall(data))
    if pairs >= 4 and 4 * pairs > high and score(data.decode("utf-8", "ignore")) > -0.6:
        raise Undecodable("encoding-mixed", bad_line)
    return _by_letters(data)


def _utf16(data: bytes) -> Decoded:
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if score(text[:100_000]) > -1.0 and "\x00" not in text:
            return Decoded(name, text)
    raise Undecodable("encoding-unknown")


def _by_letters(data: bytes) -> Decoded:
    found = [(*scored, page) for page in PAGES if (scored := _score_of_page(data, page))]
    if not found:
        raise Undecodable("encoding-unknown")
    best, text, page = max(found, key=lambda item: item[0])
    if best < _WORST_FILE:
        raise Undecodable("encoding-unknown")
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if len(_HIGH.findall(line)) >= _TELLING and score(line) < _WORST_LINE:
            raise Undecodable("encoding-mixed", number)
    return Decoded(page, text)


# The hard space between thousands («1 088»), written in one page and read in another, becomes a letter or a mark.
_LETTER_FOR_SPACE = re.compile(
    "(?<![0-9A-Za-zА-Яа-яЁё])[0-9]{1,3}([Кяаљ†])[0-9]{3}(?:\\1[0-9]{3})*(?![0-9A-Za-zА-Яа-яЁё])"
)
_WRONG_PAGES = ("cp1251", "cp866", "koi8-r", "mac_cyrillic", "cp1252", "latin-1")
_TRUE_PAGES = ("utf-8", *PAGES)
_LONG = 40  # characters above ASCII from which a text's score is steady


@lru_cache(maxsize=8192)
def garbled(text: str) -> bool:
    """Whether ``text`` reads as Russian only after undoing one wrong page («РџСЂРё» is «При» of UTF-8).

    One cell (from eight characters above ASCII) is judged with a wide margin, for a rare word may look odd too;
    a long text, such as all cells in a row, with a narrow one.
    """
    if _LETTER_FOR_SPACE.search(text):
        return True
    high = len(_HIGH.findall(text))
    if high < _TELLING:
        return False
    now = score(text)
    worst, margin = (0.1, 0.4) if high >= _LONG else (-1.0, 1.5)
    return now < worst and any(better > now + margin for better in _undone(text))


def _undone(text: str) -> Iterable[float]:
    """Scores of what ``text`` would have been, had one page been taken for another; only those that read well."""
    for wrong in _WRONG_PAGES:
        try:
            data = text.encode(wrong)
        except UnicodeEncodeError:
            continue
        for true in _TRUE_PAGES:
            try:
                undone = score(data.decode(true)) if true != wrong else _FOREIGN
            except UnicodeDecodeError:
                continue
            if undone > -0.5:
                yield undone
