"""The one order of names: as a Russian reader looks them up, with the numbers in them as numbers.

«Школа № 2» stands before «Школа № 10», «Ё» beside «Е»; case, quotes, dashes, number signs and other marks do not
count; digits stand before letters, and of names that are equal so far the one with «Е» is first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")
_AFTER = str.maketrans({"ё": "е\uffff", "Ё": "Е\uffff"})  # of names that differ in nothing else
_END, _DIGITS, _LETTERS = "\x00\x01\x02"  # below every letter: a name that ends stands before one that goes on
NameKey = str


@lru_cache(maxsize=131_072)
def name_order(text: str) -> NameKey:
    """A key for ``sorted``; one text, because thousands of them are compared."""
    return (
        "".join(_number(p) if p.isdigit() else _LETTERS + p + _END for p in pieces(text))
        + _END
        + text.translate(_AFTER)
    )


def pieces(text: str) -> list[str]:
    """The words and numbers of a name in small letters, «е» for «ё»; what stands between them does not count."""
    return _PIECE.findall(unicodedata.normalize("NFC", text).casefold().replace("ё", "е"))


def _number(digits: str) -> str:
    """Of two numbers without leading zeros the longer is the larger: no name is too long to be compared so."""
    plain = digits.lstrip("0")
    return _DIGITS + chr(len(plain)) + plain


@lru_cache(maxsize=16_384)
def path_order(path: str) -> tuple[NameKey, ...]:
    """The same for a territory «Регион / Муниципалитет»: step by step, a region before what is within it."""
    return tuple(name_order(step.strip()) for step in path.split("/"))


def by_name(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """The codes in the order of what they are called; one without a name is called by its code."""
    return sorted(codes, key=lambda code: (name_order(names.get(code, code)), code))
