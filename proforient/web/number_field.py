"""What a person types as a number: text comes in, an exact Decimal goes out, or WrongCall in words for that person.

Streamlit's own number field drops a decimal comma without a word («45,5» becomes 455), so numbers are typed as text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from proforient.errors import WrongCall

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def typed_decimal(text: str, *, what: str) -> Decimal:
    """«45,5», «45.5 %», «1 234» as a Decimal that is not negative; ``what`` names the field, «План»."""
    given = _SPACES.sub(" ", text).strip().removesuffix("%").strip()
    if not given:
        raise WrongCall(f"{what}: поле пустое. Впишите число, например 80 или 62,5.")
    if len(given) > 20 or not (_PLAIN.fullmatch(given) or _GROUPED.fullmatch(given)):
        raise WrongCall(f"{what}: «{given[:20]}» — не число. Впишите число, например 80 или 62,5.")
    return Decimal(given.replace(" ", "").replace(",", "."))
