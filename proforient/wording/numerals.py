"""Numerals in words up to ten, in every case and gender; larger ones in digits."""

from __future__ import annotations

from typing import Literal

from proforient.wording.figures import number

Gender = Literal["m", "f", "n"]
Case = Literal["nom", "gen", "dat", "acc", "ins", "prep"]
CASES: tuple[Case, ...] = ("nom", "gen", "dat", "acc", "ins", "prep")

# One row a number, one column a case; «acc» is of things, not of living beings.
_ONE: dict[Gender, tuple[str, ...]] = {
    "m": ("один", "одного", "одному", "один", "одним", "одном"),
    "f": ("одна", "одной", "одной", "одну", "одной", "одной"),
    "n": ("одно", "одного", "одному", "одно", "одним", "одном"),
}
_REST = {
    2: ("два", "двух", "двум", "два", "двумя", "двух"),
    3: ("три", "трёх", "трём", "три", "тремя", "трёх"),
    4: ("четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"),
    5: ("пять", "пяти", "пяти", "пять", "пятью", "пяти"),
    6: ("шесть", "шести", "шести", "шесть", "шестью", "шести"),
    7: ("семь", "семи", "семи", "семь", "семью", "семи"),
    8: ("восемь", "восьми", "восьми", "восемь", "восемью", "восьми"),
    9: ("девять", "девяти", "девяти", "девять", "девятью", "девяти"),
    10: ("десять", "десяти", "десяти", "десять", "десятью", "десяти"),
}


def numeral(n: int, gender: Gender = "m", case: Case = "nom") -> str:
    """«двух», «четырёх», «семь»; from 11 on and for 0 the digits."""
    at = CASES.index(case)
    if n == 1:
        return _ONE[gender][at]
    if n == 2 and gender == "f" and case in ("nom", "acc"):
        return "две"
    return _REST[n][at] if n in _REST else number(n)
