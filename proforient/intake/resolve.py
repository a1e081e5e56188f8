"""Texts of a file -> codes of organisations, levels, categories, counts and indicators.

Only an exact match after normalisation, a person's answer or a remembered answer decides; likeness orders proposals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.lookup import Lookup
from proforient.catalogue.names import fold_organisation, nearest, normalise
from proforient.intake.model import AliasKey, Answers, Known, Unanswered

Kind = Literal["organisation", "indicator", "level", "cohort", "column"]
Figure = tuple[str, str | None]  # code, the level that the text itself names
_PROPOSED = 5


class Term(NamedTuple):
    """``count@level/cohort`` as the catalogue's rules write it; level and cohort may be missing."""

    figure: str
    level: str | None
    cohort: str | None


class Names:
    """Answers what a text means, in one catalogue, for one file; keeps what was answered by a person."""

    def __init__(self, catalogue: Catalogue, known: Known, answers: Answers, organisation: str | None = None) -> None:
        self.catalogue = catalogue
        self.lookup = Lookup(catalogue)
        self.remembered: dict[AliasKey, str] = {}
        self._known = known
        self._whose = organisation
        given: Mapping[Kind, Mapping[str, str]] = {
            "organisation": answers.organisations,
            "indicator": answers.indicators,
            "level": answers.levels,
            "cohort": answers.cohorts,
            "column": answers.columns,
        }
        self._given = {kind: {_key(text): code for text, code in texts.items()} for kind, texts in given.items()}
        self._by_code: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_fold: dict[str, set[str]] = {}
        self._words: dict[str, set[str]] = {}
        for code, entry in known.organisations.items():
            self._index(code, entry.inn, (entry.name, entry.full_name))
        self._organisations: dict[str, tuple[str, ...]] = {}

    def _index(self, code: str, inn: str, names: Sequence[str]) -> None:
        for exact in filter(None, (code, inn)):
            self._by_code.setdefault(exact, set()).add(code)
        for name in filter(None, names):
            self._by_name.setdefault(normalise(name), set()).add(code)
            self._by_fold.setdefault(fold_organisation(name), set()).add(code)
            self._words.setdefault(code, set()).update(w for w in normalise(name).split() if not w.isdigit())

    def answered(self, kind: Kind, text: str) -> str | None:
        """What a person said of this text, now or on an earlier occasion; None: nothing."""
        key = _key(text)
        if (now := self._given[kind].get(key)) is not None:
            self.remembered[AliasKey(kind, key, self._whose)] = now
            return now
        for whose in dict.fromkeys((self._whose, None)):
            if (before := self._known.aliases.get(AliasKey(kind, key, whose))) is not None:
                return before
        return None

    def organisation(self, text: str) -> tuple[str, ...]:
        """Codes of the organisations that the text may name; exactly one means that it does."""
        if text not in self._organisations:
            self._organisations[text] = self._organisation(text)
        return self._organisations[text]

    def _organisation(self, text: str) -> tuple[str, ...]:
        said = self.answered("organisation", text)
        if said is not None and said in self._known.organisations:
            return (said,)
        key = normalise(text)
        found = self._by_code.get(text, set()) | (self._by_name.get(key, set()) if key else set())
        if not found and key:
            # The legal form and «школа» for «сош» may differ, but one word in common there must be, not a number only.
            words = set(key.split())
            found = {code for code in self._by_fold.get(fold_organisation(text), ()) if words & self._words[code]}
        return tuple(sorted(found))

    def levels(self, text: str, asked: Sequence[str] = ()) -> tuple[str, ...]:
        """Codes of the levels that the text names for a figure asked at ``asked``; a blank one may name a level."""
        if text.strip() and (said := self.answered("level", text)) in self.catalogue.levels:
            return (str(said),)
        return self.lookup.levels_for(text, asked)

    def cohorts(self, text: str) -> tuple[str, ...]:
        """Codes of the categories that the text names."""
        if (said := self.answered("cohort", text)) in self.catalogue.cohorts:
            return (str(said),)
        return self.lookup.cohorts(text)

    def counts(self, text: str) -> tuple[Figure, ...]:
        """Counts that the text names."""
        term = self.term(self._said_figure(text))
        if term:
            return ((term.figure, term.level),) if term.figure in self.catalogue.counts else ()
        return self.lookup.counts(self._said_figure(text))

    def indicators(self, text: str) -> tuple[Figure, ...]:
        """Indicators that the text names."""
        term = self.term(self._said_figure(text))
        if term:
            return ((term.figure, term.level),) if term.figure in self.catalogue.indicators else ()
        return self.lookup.indicators(self._said_figure(text))

    def _said_figure(self, text: str) -> str:
        return self.answered("indicator", text) or text

    def term(self, text: str) -> Term | None:
        """The text as ``count@level/cohort``, when it is written so and its codes exist."""
        figure, at, rest = text.strip().partition("@")
        level, slash, cohort = rest.partition("/")
        if not at or (figure not in self.catalogue.counts and figure not in self.catalogue.indicators):
            return None
        if level not in self.catalogue.levels or (slash and cohort not in self.catalogue.cohorts):
            return None
        return Term(figure, level, cohort or None)

    @property
    def everybody(self) -> str:
        """The category that is meant where a table names none: the first that is no part of another."""
        cohorts = self.catalogue.cohorts.values()
        return next((c.code for c in cohorts if c.part_of is None), next(iter(self.catalogue.cohorts)))

    def question(self, kind: Kind, text: str) -> Unanswered:
        """The question that waits for a person, with the likeliest answers first."""
        return Unanswered(kind=kind, text=text, proposals=tuple(self._proposals(kind, text)))

    def _proposals(self, kind: Kind, text: str) -> list[tuple[str, str]]:
        if kind == "organisation":
            names = {entry.name: code for code, entry in self._known.organisations.items()}
            possible = self.organisation(text) or tuple(self._by_fold.get(fold_organisation(text), ()))
            first = [(code, self._known.organisations[code].name) for code in sorted(possible)]
            alike = [(names[name], name) for name in nearest(text, names, n=_PROPOSED)]
            return list(dict.fromkeys([*first, *alike]))[:_PROPOSED]
        if kind == "level":
            return self.lookup.propose("level", text, _PROPOSED) or [
                (level.code, level.name) for level in self.catalogue.levels.values()
            ]
        if kind == "cohort":
            return [(cohort.code, cohort.name) for cohort in self.catalogue.cohorts.values()]
        named = [*self.lookup.counts(text), *self.lookup.indicators(text)]
        exact = [(code, self._figure_title(code)) for code, _ in named]
        alike = [*self.lookup.propose("indicator", text, 3), *self.lookup.propose("count", text, 3)]
        return list(dict.fromkeys([*exact, *alike]))[:_PROPOSED]

    def _figure_title(self, code: str) -> str:
        return self.lookup.title("count" if code in self.catalogue.counts else "indicator", code)


def _key(text: str) -> str:
    return normalise(text) or text.strip()
