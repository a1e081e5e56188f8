"""Formulas of rules: «a@l1 + b@l2/c <= d@l1» in, two sums of ``Term`` (and plain numbers) and the operator out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from proforient.catalogue.entries import Term

EXPECTED = "слагаемые вида count@level, count@level/cohort или целые числа, между ними «+», один знак «<=» или «=»"
_TERM = re.compile(r"([a-z0-9.-]+)@([a-z0-9.-]+)(?:/([a-z0-9.-]+))?")
_PIECE = r"\s*([a-z0-9.-]+@[a-z0-9.-]+(/[a-z0-9.-]+)?|[0-9]{1,9})\s*"
# The form of a formula for editors; of what it names they know nothing.
FORMULA_PATTERN = rf"^{_PIECE}(\+{_PIECE})*(<=|=){_PIECE}(\+{_PIECE})*$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    text: str
    left: tuple[Term, ...]
    operator: Literal["<=", "="]
    right: tuple[Term, ...]
    left_number: int = 0
    right_number: int = 0


def _sum(text: str) -> tuple[tuple[Term, ...], int]:
    terms: list[Term] = []
    number = 0
    for piece in map(str.strip, text.split("+")):
        if match := _TERM.fullmatch(piece):
            terms.append(Term(count=match[1], level=match[2], cohort=match[3]))
        elif re.fullmatch(r"[0-9]{1,9}", piece):
            number += int(piece)
        else:
            raise ValueError(f"{EXPECTED}; не читается «{piece}»")
    return tuple(terms), number


def parse_formula(text: str) -> Formula:
    """The formula as terms; raises ValueError whose text says what was expected (Russian)."""
    signs = re.findall(r"[<>=!]+", text)
    if len(signs) != 1 or signs[0] not in ("<=", "="):
        raise ValueError(EXPECTED)
    sides = text.split(signs[0])
    left, left_number = _sum(sides[0])
    right, right_number = _sum(sides[1])
    if not left and not right:
        raise ValueError(f"{EXPECTED}; в формуле нет ни одного исходного числа")
    return Formula(
        text=text,
        left=left,
        operator="<=" if signs[0] == "<=" else "=",
        right=right,
        left_number=left_number,
        right_number=right_number,
    )
