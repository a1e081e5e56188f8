"""Kinds and levels of organisations in few words, as the register shows them."""

from __future__ import annotations

from collections.abc import Collection

from proforient.catalogue.entries import Catalogue
from proforient.wording import capital


def kind_word(catalogue: Catalogue, kind: str) -> str:
    """«Общеобразовательная организация»; of no kind a dash."""
    known = catalogue.organisation_kinds.get(kind)
    return capital(known.name) if known else "—"


def levels_words(catalogue: Catalogue, levels: Collection[str]) -> str:
    """The stages alone: bands of grades and the whole follow from the kind. «Начальное, основное»."""
    stages = [level.short for code, level in catalogue.levels.items() if code in levels and level.kind == "stage"]
    return capital(", ".join(word.lower() for word in stages)) or "—"
