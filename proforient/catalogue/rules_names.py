"""Rules on texts: a catalogue in, names that cannot be filled and names that two entries share out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proforient.catalogue.applicability import years_of
from proforient.catalogue.entries import Catalogue, Count, Indicator, Mistake
from proforient.catalogue.holding import EVENTS
from proforient.catalogue.keys import entries_of
from proforient.catalogue.keys_people import WORDS_OF_POPULATION
from proforient.catalogue.mistakes import in_quotes, mistake_at
from proforient.catalogue.name_keys import normalise
from proforient.catalogue.spellings import figure_spellings, place_spellings

_SLOT = re.compile(r"\{population\.(\w+)\}")
_BRACE = re.compile(r"\{[^{}]*\}|[{}]")
ALLOWED = " и ".join("{population." + word + "}" for word in WORDS_OF_POPULATION)


def names_fill_with_the_population_only(catalogue: Catalogue) -> Iterator[Mistake]:
    """Names of counts and indicators hold no other slots."""
    for block in ("count", "indicator"):
        for entry in entries_of(catalogue, block):
            for key in ("name", "short"):
                wrong = [slot for slot in _BRACE.findall(getattr(entry, key)) if not _known(slot)]
                if wrong:
                    found = f"{in_quotes(wrong)} в тексте"
                    yield mistake_at(entry, f"{block}.{key}", found, f"в скобках только {ALLOWED}")


def _known(slot: str) -> bool:
    match = _SLOT.fullmatch(slot)
    return match is not None and match[1] in WORDS_OF_POPULATION


def levels_have_the_words_that_fill_names(catalogue: Catalogue) -> Iterator[Mistake]:
    """A level has the population word of every name that is filled at it; each lack is said once."""
    users: dict[tuple[str, str], list[str]] = {}
    entries: list[Count | Indicator] = [*catalogue.counts.values(), *catalogue.indicators.values()]
    for entry in entries:
        for word in dict.fromkeys(_SLOT.findall(f"{entry.name} {entry.short}")):
            for asked in entry.levels:
                if word in WORDS_OF_POPULATION:
                    users.setdefault((asked, word), []).append(entry.code)
    for (code, word), names in users.items():
        level = catalogue.levels.get(code)
        if level is not None and not level.population.get(word):
            expected = f"population с ключом {word}: им заполняются названия {in_quotes(dict.fromkeys(names[:3]))}"
            yield mistake_at(level, "level.population", f"у уровня «{code}» нет слова {word}", expected)


def texts_have_no_slots(catalogue: Catalogue) -> Iterator[Mistake]:
    """Texts that are printed as they stand hold no braces; those of an action may hold the territory's events."""
    for block, keys in (
        ("task", ("text",)),
        ("rule", ("text",)),
        ("problem", ("text",)),
        ("action", ("text", "short")),
    ):
        for entry in entries_of(catalogue, block):
            for key in keys:
                wrong = [slot for slot in _BRACE.findall(getattr(entry, key)) if (block, slot) != ("action", EVENTS)]
                if wrong:
                    allowed = f"в скобках только {EVENTS}" if block == "action" else "текст без фигурных скобок"
                    yield mistake_at(entry, f"{block}.{key}", f"{in_quotes(wrong)} в тексте", allowed)


def places_have_names_of_their_own(catalogue: Catalogue) -> Iterator[Mistake]:
    """No two levels (cohorts, kinds of organisation) can be named by the same text; the empty one is exempt."""
    for block in ("level", "cohort", "organisation_kind"):
        owners: dict[str, str] = {}
        for entry in entries_of(catalogue, block):
            for key, text in place_spellings(entry):
                owner = owners.setdefault(normalise(text), entry.code) if normalise(text) else entry.code
                if owner != entry.code:
                    expected = f"написание, которого нет у другого [[{block}]]: так уже назван «{owner}»"
                    yield mistake_at(entry, f"{block}.{key}", f"«{text}»", expected)


def figures_have_names_of_their_own(catalogue: Catalogue) -> Iterator[Mistake]:
    """No two counts (indicators) of one level can be named by the same text.

    A count and an indicator may share one: the file's columns tell which is meant. So may two indicators that are
    never asked in the same year.
    """
    for block in ("count", "indicator"):
        owners: dict[tuple[str, str], Count | Indicator] = {}
        said: set[tuple[str, str, str]] = set()
        for entry in entries_of(catalogue, block):
            for level in entry.levels:
                for key, text in figure_spellings(catalogue, entry, level):
                    name = normalise(text)
                    owner = owners.setdefault((level, name), entry) if name else entry
                    if owner is entry or (entry.code, key, name) in said or _in_turn(catalogue, owner, entry):
                        continue
                    said.add((entry.code, key, name))
                    expected = (
                        f"написание, которого на уровне «{level}» нет у другого [[{block}]]: "
                        f"так уже назван «{owner.code}»"
                    )
                    yield mistake_at(entry, f"{block}.{key}", f"«{text}»", expected)


def _in_turn(catalogue: Catalogue, one: Count | Indicator, other: Count | Indicator) -> bool:
    """Whether one entry is asked only in years before or after the other."""
    if not isinstance(one, Indicator) or not isinstance(other, Indicator):
        return False
    (first, last), (from_, until) = years_of(catalogue, one), years_of(catalogue, other)
    return last < from_ or until < first
