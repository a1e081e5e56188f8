"""What a seam lacks in the Streamlit that is installed, and how that is found out: names in, lacks out."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """``what``: the name that is no longer there, or no longer has its form; ``effect``: a Russian sentence."""

    seam: str
    what: str
    effect: str

    def __str__(self) -> str:
        return f"{self.seam}: в этой версии Streamlit нет «{self.what}». {self.effect}"


def member(place: str, name: str) -> Any | None:
    """The object ``name`` of the module ``place``; None where there is no such module or it has no such object."""
    try:
        return getattr(importlib.import_module(place), name, None)
    except (ImportError, AttributeError):
        return None


def lacks_of(seam: str, effect: str, needed: dict[str, bool]) -> Iterator[Lack]:
    """``needed``: name -> whether it is there."""
    for what, there in needed.items():
        if not there:
            yield Lack(seam=seam, what=what, effect=effect)


def takes(function: Any, *names: str) -> bool:
    """Whether it can be called with parameters of these names."""
    try:
        return set(names) <= inspect.signature(function).parameters.keys()
    except (TypeError, ValueError):
        return False


def mentions(function: Any, *names: str) -> bool:
    """Whether the body of a function sets or reads attributes of these names: what its class keeps, what it heeds."""
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    return code is not None and set(names) <= set(_names(code))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
