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
_EVEN = 3.0  # per cent of each letter in a text whose letters were all alike frequent
_FREE = "№«»—–…“”„‘’\u00a0•°"
_FOREIGN = -6.0  # score of a character that Russian text does not have
_FLIPPED = 4.0  # score lost for each small letter before a capital: КОИ8-Р read as Windows-1251 has many
_WORST_FILE = -1.5  # score of a text below which no code page is chosen
_WORST_LINE = -2.0  # score of a line below which it cannot be judged by its letters
_ODD_LINE = -0.8  # score of a line below which it is odd: ordinary words read in their own code page have more
_CLEARLY = 0.8  # score by which another code page must read an odd line better before the line counts as garbled
_MORE_WORDS = 2  # words of a report that another code page must find in a line beyond those read now, likewise
_TELLING = 8  # characters above ASCII that a line needs before it is judged alone
_SHORT = 24  # characters above ASCII below which words that a report is made of say more than letters do
_UNDECIDED = 0.3  # score by which two code pages must differ on a text without a word of a report; else none is chosen

_REPORT = (
    "да нет все овз инвалиды дети человек чел всего итого код инн период год школа лицей гимназия сад садик сош оош "
    "мбоу маоу мкоу моу мбдоу мадоу мдоу мбу мау цдт ддт доо оо удо до доу ноо ооо соо доп нач осн ср дошк уровень "
    "дошкольное дошкольный начальное начальный основное основной среднее средний дополнительное дополнительный класс "
    "классы организация показатель категория числитель знаменатель значение н/д н/п х"
)
_WORDS = frozenset(_REPORT.split())

_WEIGHTS = {
    **dict.fromkeys(_FREE, 0.0),
    **{letter: math.log(share / _EVEN) for letter, share in zip(_ORDER, _PER_CENT, strict=True)},
    **{letter.upper(): math.log(share / _EVEN) for letter, share in zip(_ORDER, _PER_CENT, strict=True)},
}
_ASCII = bytes(range(128))
# The weight of each byte in each page, so that a line is judged without being decoded.
_BY_BYTE = {
    page: tuple(
        0.0 if byte < 128 else _WEIGHTS.get(bytes([byte]).decode(page, "replace"), _FOREIGN) for byte in range(256)
    )
    for page in PAGES
}
_HIGH = re.compile(r"[^\x00-\x7f]")
_PLAIN = re.compile(r"[\x00-\x2e\x30-\x7f]+")  # says nothing of the page; «/» divides «н/д»
_FLIP = re.compile("[а-яё][А-ЯЁ]")
_WORD = re.compile("(?<![а-яё/])[а-яё]+(?:/[а-яё]+)?(?![а-яё/])", re.IGNORECASE)
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


def _letters_alone(data: bytes, page: str) -> float:
    """The score without the check of capitals, which can only lower it; 0 without a character above ASCII."""
    high = data.translate(None, _ASCII)
    return sum(map(_BY_BYTE[page].__getitem__, high)) / len(high) if high else 0.0


def _score_of_page(data: bytes, page: str) -> tuple[float, str] | None:
    """The score of the whole file in one page; None where the page has no such byte."""
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return None
    count = len(data.translate(None, _ASCII))
    flips = len(_FLIP.findall(text))
    return (_letters_alone(data, page) - _FLIPPED * flips / count if count else 0.0), text


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
    if len(_HIGH.findall(found[0][1])) < _SHORT:
        return _by_words(found)
    best, text, page = max(found, key=lambda item: item[0])
    if best < _WORST_FILE:
        raise Undecodable("encoding-unknown")
    if row := _row_of_another_page(text, page):
        raise Undecodable("encoding-mixed", row)
    return Decoded(page, text)


def _by_words(found: list[tuple[float, str, str]]) -> Decoded:
    """The page of a short text: the one in which most of a report's own words appear, then by the letters."""
    ranked = sorted(((_own_words(text), best, text, page) for best, text, page in found), reverse=True)
    words, best, text, page = ranked[0]
    rivals = [other for other in ranked[1:] if other[0] == words and other[2] != text]
    if not words and (best < _WORST_FILE or any(best - other[1] < _UNDECIDED for other in rivals)):
        raise Undecodable("encoding-unknown")
    return Decoded(page, text)


def _own_words(text: str) -> int:
    """How many words of a report stand in the text, in small letters, in capitals or with one capital in front."""
    words = _WORD.findall(text)
    return sum(word.lower() in _WORDS and word in (word.lower(), word.upper(), word.capitalize()) for word in words)


def _row_of_another_page(text: str, page: str) -> int | None:
    """The first line that was written in another page than the line that tells first; None: all in one page."""
    lines: dict[str, int] = {}  # what of a line tells -> its number; lines that tell the same are judged once
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        telling = _PLAIN.sub(" ", line)
        if telling not in lines and len(telling) - telling.count(" ") - telling.count("/") >= _TELLING:
            lines[telling] = number
    odd = next((number for line, number in lines.items() if _is_odd(line, page)), None)
    if odd is None:
        return None
    first = next(iter(lines)).encode(page)
    own = max((scored[0], other) for other in PAGES if (scored := _score_of_page(first, other)))[1]
    as_first = ((number, line.encode(page).decode(own, "replace")) for line, number in lines.items())
    return next((number for number, line in as_first if _is_odd(line, own)), odd)


def _is_odd(line: str, page: str) -> bool:
    """Whether the line, decoded by ``page``, is no Russian in it, or clearly better Russian in another page."""
    try:
        data = line.encode(page)
    except UnicodeEncodeError:
        return True
    scored_here = _score_of_page(data, page)
    if scored_here is None or scored_here[0] < _WORST_LINE:
        return True
    now = scored_here[0]
    likelier = [other for other in PAGES if other != page and _letters_alone(data, other) > now]
    if not likelier:
        return False
    words = _own_words(line)
    others = [scored for other in likelier if (scored := _score_of_page(data, other))]
    if any(best > now and _own_words(text) >= words + _MORE_WORDS for best, text in others):
        return True
    return now < _ODD_LINE and any(best > max(now + _CLEARLY, _ODD_LINE) for best, _ in others)


# The hard space between thousands («1 088»), written in one page and read in another, becomes a letter or a mark.
_LETTER_FOR_SPACE = re.compile(
    "(?<![0-9A-Za-zА-Яа-яЁё])[0-9]{1,3}([Кяаљ†])[0-9]{3}(?:\\1[0-9]{3})*(?![0-9A-Za-zА-Яа-яЁё])"
)
_WRONG_PAGES = ("cp1251", "cp866", "koi8-r", "mac_cyrillic", "cp1252", "latin-1")
_TRUE_PAGES = ("utf-8", *PAGES)
_TWICE = ("cp1251", "cp866", "koi8-r", "mac_cyrillic", "cp1252", "latin-1")
_LONG_ENOUGH = 2_000  # characters by which a text garbled twice is known
_MARKS_OF_A_WORD = 4  # question marks in a row that stand for a lost word; «???» is a person's doubt
_LONG = 40  # characters above ASCII from which a text's score is steady


@lru_cache(maxsize=8192)
def garbled(text: str) -> bool:
    """Whether ``text`` reads as Russian only after undoing one wrong page («РџСЂРё» is «При» of UTF-8).

    One cell (from eight characters above ASCII) is judged with a wide margin, for a rare word may look odd too;
    a long text, such as all cells in a row, with a narrow one.
    """
    if "\ufffd" in text or _LETTER_FOR_SPACE.search(text):
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
            elif wrong in _TWICE:
                yield from _undone_again(data.decode(true)[:_LONG_ENOUGH], wrong, true)


def _undone_again(text: str, wrong: str, true: str) -> Iterable[float]:
    """The score after undoing the same mistake once more."""
    try:
        undone = score(text.encode(wrong).decode(true)) if true != wrong else _FOREIGN
    except (UnicodeEncodeError, UnicodeDecodeError):
        return
    if undone > -0.5:
        yield undone


_LOST = re.compile(r"(?=[^?]*\?\?)[?\d\s.,;:()«»\"'№/-]+")


def is_lost(text: str) -> bool:
    """Whether nothing but question marks is left of the words («????????? ????», «???? ? 5»)."""
    return text.count("?") >= _MARKS_OF_A_WORD and bool(_LOST.fullmatch(text))
