"""Records as canonical JSON: sorted keys, no spaces, numbers and moments as text."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import cattrs

Record = TypeVar("Record")


def canonical_text(record: object) -> str:
    """The record as the text that its hash is of."""
    return json.dumps(_CONVERTER.unstructure(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fields_of(text: str) -> dict[str, Any]:
    """The text as it stands; ValueError where it is no object with a form."""
    found = json.loads(text)
    if not isinstance(found, dict) or not isinstance(found.get("form"), str):
        raise ValueError("no object with a form")
    return found


def record_of(found: dict[str, Any], form: type[Record]) -> Record:
    """What was parsed as a record of a form; ValueError where it is none."""
    try:
        return _CONVERTER.structure(found, form)
    except cattrs.BaseValidationError as error:
        raise ValueError(f"no {form.__name__}") from error


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    for number in (int, Decimal, Fraction):
        converter.register_unstructure_hook(number, str)
        converter.register_structure_hook(number, lambda text, kind: kind(text))
    converter.register_unstructure_hook(bool, lambda answer: answer)
    converter.register_structure_hook(bool, lambda answer, _: bool(answer))
    for moment in (dt.date, dt.datetime):
        converter.register_unstructure_hook(moment, lambda when: when.isoformat())
        converter.register_structure_hook(moment, lambda text, kind: kind.fromisoformat(text))
    return converter


_CONVERTER = _converter()
