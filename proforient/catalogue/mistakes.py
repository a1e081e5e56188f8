"""How what was found is shown to a person, and mistakes at an entry of a catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol

from proforient.catalogue.entries import Mistake
from proforient.catalogue.name_keys import nearest

LONGEST = 80  # signs of a value that a mistake quotes


class Entry(Protocol):
    """Any record of a catalogue: it knows the line of its header."""

    @property
    def line(self) -> int: ...


def show(raw: Any) -> str:
    """A TOML value as a person would recognise it in the file, cut when long."""
    text = _show(raw)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _show(raw: Any) -> str:
    match raw:
        case bool():
            return "true" if raw else "false"
        case str():
            return f"«{raw}»"
        case list() | tuple():
            return "[" + ", ".join(map(_show, raw)) + "]"
        case dict():
            return "{ " + ", ".join(f"{key} = {_show(value)}" for key, value in raw.items()) + " }"
        case dt.date():
            return raw.isoformat()
        case _:
            return str(raw)


def in_quotes(codes: Iterable[str]) -> str:
    """Codes in a row: «a», «b»."""
    return ", ".join(f"«{code}»" for code in codes) or "ничего"


def like(text: str, known: Iterable[str], what: str) -> str:
    """What was expected in place of an unknown word: the nearest known one, or all of them when none is near."""
    known = list(known)
    if not known:
        return f"{what}; в каталоге нет ни одного"
    near = nearest(text, known, n=1, least=0.5)
    if near:
        return f"{what}; ближайший: «{near[0]}»"
    return f"{what}: {in_quotes(known)}" if len(known) <= 30 else what


def mistake_at(entry: Entry, key: str, found: str, expected: str) -> Mistake:
    """A mistake at a key of an entry. ``key`` is «block.key»; file and the key's own line are put in by ``read``."""
    return Mistake(file="", line=entry.line, key=key, found=found, expected=expected)
