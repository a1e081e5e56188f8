"""ИНН: ten digits of an organisation or twelve of a person, the last one or two of which follow from the others."""

from __future__ import annotations

import re

_ORGANISATION = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_PERSON = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def control_digits_hold(inn: str) -> bool:
    """Whether the control digits of a text of ten or twelve digits are what the others make them."""
    if not re.fullmatch(r"[0-9]{10}|[0-9]{12}", inn):
        return False
    digits = [int(sign) for sign in inn]
    if len(digits) == 10:
        return _control(digits, _ORGANISATION) == digits[9]
    return _control(digits, _PERSON[1:]) == digits[10] and _control(digits, _PERSON) == digits[11]


def _control(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 % 10
