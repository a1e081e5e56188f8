"""Every text by which a file may name an entry: entries in, texts with the keys that hold them out."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.entries import Catalogue, Cohort, Count, Indicator, Level, OrganisationKind

Spelling = tuple[str, str]  # the key that holds it, the text


def place_spellings(entry: Level | Cohort | OrganisationKind) -> Iterator[Spelling]:
    """Code, name, short name and aliases of a level, a cohort or a kind of organisation."""
    yield "code", entry.code
    yield "name", entry.name
    if isinstance(entry, Level):
        yield "short", entry.short
    for alias in entry.aliases:
        yield "aliases", alias


def figure_spellings(catalogue: Catalogue, entry: Count | Indicator, level: str) -> Iterator[Spelling]:
    """Code, printed number, name and short name (with the level's population), aliases of a count or indicator."""
    yield "code", entry.code
    yield "number", entry.number
    yield "name", catalogue.fill(entry.name, level)
    yield "short", catalogue.fill(entry.short, level)
    if isinstance(entry, Count):
        for alias in entry.aliases:
            yield "aliases", alias
        for alias in entry.aliases_by_level.get(level, ()):
            yield "aliases_by_level", alias


def levelled(entry: Count | Indicator) -> dict[str, bool]:
    """Which keys name the level together with the entry: a name with a population, an alias of one level."""
    return {
        "code": False,
        "number": False,
        "aliases": False,
        "name": "{population." in entry.name,
        "short": "{population." in entry.short,
        "aliases_by_level": True,
    }
