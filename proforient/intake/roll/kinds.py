"""What kind of organisation a name speaks of, and which levels such a one has: proposals that a person sees."""

from __future__ import annotations

import re

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.lookup import Lookup
from proforient.catalogue.name_keys import fold_organisation, normalise

# Words by which people know a kind, beside the catalogue's own: the first that fits wins. To the right a spelling of
# the kind, which the catalogue knows or not.
_TOLD: tuple[tuple[str, str], ...] = (
    (r"\bуправлени\w* образован|\bотдел\w* образован|\bдепартамент|\bкомитет\w* .*образован", "управление образования"),
    (r"\bспортивн|\bискусств|\bмузыкальн|\bхудожествен|\bдюсш\b|\bдши\b|\bдмш\b|\bсюн\b|\bсютур\b|\bсют\b", "УДО"),
    (r"\bдополнительн\w* образован|\bтворчеств|\bюннат|\bюных\b|\bдюц\b|\bцдо\b|\bцдт\b|\bддт\b|\bкванториум", "УДО"),
    (r"\bначальн\w* школ\w* детск\w* сад", "школа"),
    (r"\bдетск\w* сад|\bясли|\bдошкольн|\bдс\b|\bм\w?доу\b|\bдоу\b|\bдоо\b|\bцентр\w* развития ребенка", "детский сад"),
    (r"\bшкол|\bсош\b|\bоош\b|\bнош\b|\bгимнази|\bлице[йя]|\bкадетск|\bинтернат|\bобщеобразовательн", "школа"),
)


def kind_of(name: str, full_name: str, lookup: Lookup) -> str:
    """The code of the kind that the names speak of; empty where they do not say it, or say several."""
    for text in (name, full_name):
        key = f"{normalise(text)} {fold_organisation(text)}"
        for pattern, spelling in _TOLD:
            if re.search(pattern, key):
                return next(iter(lookup.organisation_kinds(spelling)), "")
    return ""


def levels_of(catalogue: Catalogue, lookup: Lookup, kind: str, name: str, full_name: str) -> tuple[str, ...]:
    """The levels that the catalogue proposes for the kind, without stages that the name rules out.

    A primary school has no grades above the fourth, a «основная» none above the ninth; a «школа — детский сад» has the
    kindergarten's stage, too.
    """
    words = set(fold_organisation(f"{name} {full_name}").split())
    own = catalogue.organisation_kinds[kind]
    also = lookup.levels("детский сад") if "дс" in words else ()
    proposed = tuple(dict.fromkeys([*(code for code in also if code in own.allows), *own.proposes]))
    highest = 4 if "нош" in words else 9 if "оош" in words and "сош" not in words else None
    if highest is None:
        return proposed
    grades = {code: catalogue.levels[code].grades for code in proposed}
    levels = [code for code in proposed if (found := grades[code]) is None or found[0] <= highest]
    return tuple(code for code in levels if catalogue.levels[code].kind != "stage" or _within(grades[code], highest))


def _within(grades: tuple[int, int] | None, highest: int) -> bool:
    return grades is None or grades[1] <= highest


def levels_told(text: str, catalogue: Catalogue, lookup: Lookup) -> tuple[list[str], list[str]]:
    """The levels that a cell names, and its words that name none."""
    found: list[str] = []
    unknown: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;/+]|\sи\s", text))):
        codes = (part,) if part in catalogue.levels else lookup.levels(part)
        found += codes
        unknown += [] if codes else [part]
    return list(dict.fromkeys(found)), unknown
