"""Finding entries by the texts of files: a catalogue in, candidates for a heading or a cell out.

A text finds an entry only when their keys (``name_keys.normalise``) are equal. Several candidates are all returned:
what is meant, the file's columns or a person decide. ``propose`` orders proposals and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from proforient.catalogue.entries import Catalogue, Cohort, Count, Indicator, Level, OrganisationKind
from proforient.catalogue.name_keys import nearest, normalise
from proforient.catalogue.spellings import figure_spellings, levelled, place_spellings

What = Literal["level", "cohort", "organisation_kind", "count", "indicator"]
_ABBREVIATION = 3  # signs of a name up to which it is found in a text only when written in capitals
Figure = tuple[str, str | None]  # (code, level that the text itself names, or None)


class Within(NamedTuple):
    """What stands inside a text: codes of counts, levels and cohorts, and the words that name none of them."""

    counts: tuple[str, ...]
    levels: tuple[str, ...]
    cohorts: tuple[str, ...]
    rest: str


def _places(entries: Iterable[Level | Cohort | OrganisationKind]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for key, text in place_spellings(entry):
            name = normalise(text)
            # A blank cell names a level only through the alias ""; a dash is not a blank.
            if name or (key == "aliases" and not text.strip()):
                found.setdefault(name, {})[entry.code] = None
    return {name: tuple(codes) for name, codes in found.items()}


def _figures(catalogue: Catalogue, entries: Iterable[Count | Indicator]) -> dict[str, tuple[Figure, ...]]:
    found: dict[str, dict[Figure, None]] = {}
    for entry in entries:
        names_level = levelled(entry)
        spellings: list[tuple[str, str, str | None]] = [
            (key, text, None) for key, text in figure_spellings(catalogue, entry, "")
        ]
        for level in entry.levels:
            spellings += [
                (key, text, level) for key, text in figure_spellings(catalogue, entry, level) if names_level[key]
            ]
        for _, text, named in spellings:
            if name := normalise(text):
                figures = found.setdefault(name, {})
                if (entry.code, None) not in figures:
                    figures[entry.code, named] = None
    return {name: tuple(figures) for name, figures in found.items()}


class Lookup:
    """Built once for a catalogue; every question is one look into a dictionary."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._levels = _places(catalogue.levels.values())
        self._classes = {f"{v.grades[0]} {v.grades[1]}": (v.code,) for v in catalogue.levels.values() if v.grades}
        self._cohorts = _places(catalogue.cohorts.values())
        self._kinds = _places(catalogue.organisation_kinds.values())
        self._counts = _figures(catalogue, catalogue.counts.values())
        self._indicators = _figures(catalogue, catalogue.indicators.values())

    def levels(self, text: str) -> tuple[str, ...]:
        """Codes of the levels that the text names; a blank text names those with the alias ""."""
        name = normalise(text)
        return self._levels.get(name, ()) if name or not text.strip() else ()

    def levels_for(self, text: str, asked: Sequence[str]) -> tuple[str, ...]:
        """The levels that the cell «Уровень» names for a count or indicator asked at the levels ``asked``.

        A blank cell is read only where there is exactly one level and it has the alias "". A text that names several
        levels is narrowed to those asked, when any of them is.
        """
        found = self.levels(text)
        if not text.strip():
            return tuple(asked) if len(asked) == 1 and asked[0] in found else ()
        return tuple(level for level in found if level in asked) or found

    def cohorts(self, text: str) -> tuple[str, ...]:
        """Codes of the cohorts that the text names."""
        return self._cohorts.get(normalise(text), ()) if normalise(text) else ()

    def organisation_kinds(self, text: str) -> tuple[str, ...]:
        """Codes of the kinds of organisation that the text names."""
        return self._kinds.get(normalise(text), ()) if normalise(text) else ()

    def counts(self, text: str) -> tuple[Figure, ...]:
        """(code, level) of the counts that the text names; level None: the text does not say which."""
        return self._counts.get(normalise(text), ())

    def indicators(self, text: str) -> tuple[Figure, ...]:
        """(code, level) of the indicators that the text names; level None: the text does not say which."""
        return self._indicators.get(normalise(text), ())

    def within(self, text: str) -> Within:
        """What the words of a text name one after another, the longest spellings first. It decides nothing."""
        words = normalise(text).split()
        shouted = {word.lower() for word in text.split() if word.isupper()}
        free = [True] * len(words)
        found: dict[str, dict[str, None]] = {"count": {}, "level": {}, "cohort": {}}
        for size in range(len(words), 0, -1):
            for at in range(len(words) - size + 1):
                name = " ".join(words[at : at + size])
                if not all(free[at : at + size]) or (len(name) < _ABBREVIATION and name not in shouted):
                    continue
                for what, codes in self._named(name):
                    found[what] |= dict.fromkeys(codes)
                    free[at : at + size] = [False] * size
        rest = " ".join(word for word, is_free in zip(words, free, strict=True) if is_free)
        return Within(tuple(found["count"]), tuple(found["level"]), tuple(found["cohort"]), rest)

    def _named(self, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The first kind of thing that bears the name; bare digits are classes, never the number of a count."""
        counts = tuple(code for code, _ in self._counts.get(name, ())) if not name.replace(" ", "").isdigit() else ()
        levels = self._levels.get(name) or self._classes.get(name, ())
        every = (("count", counts), ("level", levels), ("cohort", self._cohorts.get(name, ())))
        yield from [(what, codes) for what, codes in every if codes][:1]

    def title(self, what: What, code: str) -> str:
        """How an entry is called in a proposal: its printed number and name."""
        catalogue = self.catalogue
        match what:
            case "level":
                return catalogue.levels[code].name
            case "cohort":
                return catalogue.cohorts[code].name
            case "organisation_kind":
                return catalogue.organisation_kinds[code].name
            case "count":
                number, name = catalogue.counts[code].number, catalogue.count_name(code)
            case "indicator":
                number, name = catalogue.indicators[code].number, catalogue.indicator_name(code)
        return f"{number} {name}".strip()

    def propose(self, what: What, text: str, n: int = 3) -> list[tuple[str, str]]:
        """At most ``n`` (code, title) of the entries whose spelling is most like the text, the most alike first."""
        spellings = self._spellings(what)
        codes: dict[str, str] = {}
        # An entry has several spellings, so more of them are asked for than entries are wanted.
        for spelling in nearest(text, spellings, n=4 * n):
            for code in spellings[spelling]:
                codes.setdefault(code, self.title(what, code))
        return list(codes.items())[:n]

    def _spellings(self, what: What) -> dict[str, tuple[str, ...]]:
        places = {"level": self._levels, "cohort": self._cohorts, "organisation_kind": self._kinds}
        if what in places:
            return {name: codes for name, codes in places[what].items() if name}
        figures = self._counts if what == "count" else self._indicators
        return {name: tuple(dict.fromkeys(code for code, _ in found)) for name, found in figures.items()}
