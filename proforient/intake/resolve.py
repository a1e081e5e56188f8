"""Texts of a file -> codes of organisations, levels, categories, counts and indicators.

An exact match after normalisation decides, and no answer overrides it. Where there is none, or more than one, a
person's answer decides, given now or remembered of whoever sends the file; likeness only orders proposals.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.lookup import Lookup
from proforient.catalogue.name_keys import fold_organisation, nearest, normalise
from proforient.intake.model import AliasKey, Answers, Known, Remembered, Unanswered
from proforient.wording.order import by_name

Kind = Literal["organisation", "indicator", "level", "cohort", "column"]
Figure = tuple[str, str | None]  # code, the level that the text itself names
_PROPOSED = 5  # names that are proposed for one that is not known


class FigureText(NamedTuple):
    """``count@level/cohort`` as the catalogue's rules write it; either may be missing: ``count@/cohort``."""

    figure: str
    level: str | None
    cohort: str | None

    @property
    def text(self) -> str:
        return f"{self.figure}@{self.level or ''}" + (f"/{self.cohort}" if self.cohort else "")


class Resolver:
    """Answers what a text means, in one catalogue, for one file; keeps which words needed a person's answer.

    ``unbound`` are remembered answers that turned out not to hold for this file: they are proposals only.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        known: Known,
        answers: Answers,
        organisation: str | None = None,
        unbound: Collection[Remembered] = (),
    ) -> None:
        self.catalogue = catalogue
        self.lookup = Lookup(catalogue)
        self.asked: set[AliasKey] = set()  # what was not exact
        self.answers: dict[AliasKey, str] = {}  # of these, what was answered now
        self.used: dict[AliasKey, Remembered] = {}  # and what by an earlier answer
        self.meaningless: set[AliasKey] = set()  # and what was answered with a meaning that does not exist
        self.dash_met = False
        self.known = known
        self._unbound = frozenset(unbound)
        self._whose = organisation
        given: Mapping[Kind, Mapping[str, str]] = {
            "organisation": answers.organisations,
            "indicator": answers.indicators,
            "level": answers.levels,
            "cohort": answers.cohorts,
            "column": answers.columns,
        }
        self._given = {
            AliasKey(kind, key_of(text)): said for kind, texts in given.items() for text, said in texts.items()
        }
        self._named = {code: entry.name for code, entry in known.organisations.items()}
        self._by_code: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_fold: dict[str, set[str]] = {}
        self._words: dict[str, set[str]] = {}
        for code, entry in known.organisations.items():
            self._index(code, entry.inn, (entry.name, entry.full_name))
        self._formerly: dict[str, set[str]] = {}
        for code, names in known.former.items():
            for key in {key for name in names for key in (normalise(name), fold_organisation(name))}:
                self._formerly.setdefault(key, set()).add(code)
        self._organisations: dict[str, tuple[str, ...]] = {}

    def _index(self, code: str, inn: str, names: Sequence[str]) -> None:
        for exact in filter(None, (code, inn)):
            self._by_code.setdefault(exact, set()).add(code)
        for name in filter(None, names):
            self._by_name.setdefault(normalise(name), set()).add(code)
            self._by_fold.setdefault(fold_organisation(name), set()).add(code)
            self._words.setdefault(code, set()).update(w for w in normalise(name).split() if not w.isdigit())

    def said(self, kind: Kind, text: str) -> str | None:
        """What a person said of this text, now or on an earlier occasion; None: nothing."""
        key = AliasKey(kind, key_of(text))
        if (now := self._given.get(key)) is not None:
            return now
        before = self._binding(key)
        return before.meaning if before else None

    def _binding(self, key: AliasKey) -> Remembered | None:
        before = self.known.aliases.get(key)
        return None if before in self._unbound else before

    def answered(self, kind: Kind, text: str, exists: Callable[[str], bool]) -> str | None:
        """The same of a text that is not exact, noted down; a meaning that does not exist is none."""
        key = AliasKey(kind, key_of(text))
        said = self.said(kind, text)
        self.asked.add(key)
        if said is None:
            return None
        if key in self._given:
            if exists(said):
                self.answers[key] = said
            else:
                self.meaningless.add(key)
        elif exists(said):
            self.used[key] = self.known.aliases[key]
        return said if exists(said) else None

    def organisation(self, text: str) -> tuple[str, ...]:
        """Codes of the organisations that the text may name; exactly one means that it does."""
        if text not in self._organisations:
            self._organisations[text] = self._organisation(text)
        return self._organisations[text]

    def _organisation(self, text: str) -> tuple[str, ...]:
        found = self._exact_organisations(text)
        joined = [code for code in found if code in self.known.successors]
        if len(found) == 1 and not joined:
            return found
        said = self.answered("organisation", text, self._reports)
        # Who is joined to another is asked about together with that one: two are never understood without an answer.
        return (said,) if said else tuple(dict.fromkeys([*found, *map(self._reporting, joined)]))

    def _reports(self, code: str) -> bool:
        """Whether the organisation hands in for itself: it is there and not joined to another by then."""
        return code in self.known.organisations and code not in self.known.successors

    def _reporting(self, code: str) -> str:
        """Who reports for the children of an organisation."""
        merger = self.known.successors.get(code)
        return merger.successor if merger else code

    def _exact_organisations(self, text: str) -> tuple[str, ...]:
        """Who is called so; more than one where somebody else bears the name on another day."""
        key = normalise(text)
        found = self._by_code.get(text, set()) | (self._by_name.get(key, set()) if key else set())
        if not found and key:
            # The legal form and «школа» for «сош» may differ, but one word in common there must be, not a number only.
            words = set(key.split())
            found = {code for code in self._by_fold.get(fold_organisation(text), ()) if words & self._words[code]}
        if found and text not in self._by_code and self._whose not in found:
            found = found | self._once_called(text)
        return self._in_order(found)

    def _in_order(self, codes: Collection[str]) -> tuple[str, ...]:
        return tuple(by_name(codes, self._named)) if len(codes) > 1 else tuple(codes)

    def _once_called(self, text: str) -> set[str]:
        """Organisations that are called so on another day than the period's last."""
        return {code for key in (normalise(text), fold_organisation(text)) for code in self._formerly.get(key, ())}

    def knows(self, text: str) -> bool:
        """Whether the text names an organisation, a count or an indicator, be it by an answer."""
        organisation = self._exact_organisations(text) or self.said("organisation", text) in self.known.organisations
        return bool(organisation or self.lookup.counts(text) or self.lookup.indicators(text))

    def levels(self, text: str, asked: Sequence[str] = ()) -> tuple[str, ...]:
        """Codes of the levels that the text names for a figure asked at ``asked``; a blank one may name a level."""
        found = self.lookup.levels_for(text, asked)
        if len(found) == 1 or not text.strip():
            return found
        said = self.answered("level", text, self.catalogue.levels.__contains__)
        return (said,) if said else found

    def cohorts(self, text: str) -> tuple[str, ...]:
        """Codes of the categories that the text names."""
        found = self.lookup.cohorts(text)
        if len(found) == 1:
            return found
        said = self.answered("cohort", text, self.catalogue.cohorts.__contains__)
        return (said,) if said else found

    def counts(self, text: str) -> tuple[Figure, ...]:
        """Counts that the text itself names."""
        term = self.term(text)
        if term:
            return ((term.figure, term.level),) if term.figure in self.catalogue.counts else ()
        return self.lookup.counts(text)

    def indicators(self, text: str) -> tuple[Figure, ...]:
        """Indicators that the text itself names."""
        term = self.term(text)
        if term:
            return ((term.figure, term.level),) if term.figure in self.catalogue.indicators else ()
        return self.lookup.indicators(text)

    def figure_answered(self, text: str) -> str | None:
        """The count or indicator that a person said the text means, where its own words do not settle it."""
        return self.answered("indicator", text, lambda said: bool(self.counts(said) or self.indicators(said)))

    def exact(self, kind: str, text: str) -> tuple[str, ...]:
        """Titles of what the text itself names; empty where it names nothing."""
        match kind:
            case "organisation":
                return tuple(self.known.organisations[code].name for code in self._exact_organisations(text))
            case "level":
                return tuple(self.lookup.title("level", code) for code in self.lookup.levels(text))
            case "cohort":
                return tuple(self.lookup.title("cohort", code) for code in self.lookup.cohorts(text))
        named = (*self.counts(text), *self.indicators(text))
        return tuple(dict.fromkeys(self._figure_title(code) for code, _ in named))

    def term(self, text: str) -> FigureText | None:
        """The text as ``count@level/cohort``, when it is written so and its codes exist."""
        figure, at, rest = text.strip().partition("@")
        level, slash, cohort = rest.partition("/")
        if not at or (figure not in self.catalogue.counts and figure not in self.catalogue.indicators):
            return None
        if level not in self.catalogue.levels and (level or not slash):
            return None
        return (
            FigureText(figure, level or None, cohort or None) if not slash or cohort in self.catalogue.cohorts else None
        )

    @property
    def everybody(self) -> str:
        """The category that is meant where a table names none: the first that is no part of another."""
        cohorts = self.catalogue.cohorts.values()
        return next((c.code for c in cohorts if c.part_of is None), next(iter(self.catalogue.cohorts)))

    def question(self, kind: Kind, text: str) -> Unanswered:
        """The question that waits for a person, with the likeliest answers first."""
        earlier = self.earlier(kind, text)
        meanings = [answer.meaning for answer in earlier]
        meanings = list(map(self._reporting, meanings)) if kind == "organisation" else meanings
        said = [(meaning, self.title(kind, meaning)) for meaning in meanings]
        proposals = tuple(dict.fromkeys([*said, *self._proposals(kind, text)]))
        return Unanswered(kind=kind, text=text, proposals=proposals, earlier=earlier)

    def earlier(self, kind: Kind, text: str) -> tuple[Remembered, ...]:
        """What others said of these words, and what was said of them elsewhere; newest first."""
        key = AliasKey(kind, key_of(text))
        bound = self.known.aliases.get(key)
        joined = kind == "organisation" and bound is not None and bound.meaning in self.known.successors
        there = [*([bound] if joined or bound in self._unbound else []), *self.known.proposed.get(key, ())]
        possible = [answer for answer in there if answer is not None and self.title(kind, answer.meaning)]
        return tuple(replace(answer, territory="") for answer in possible)

    def title(self, kind: str, meaning: str) -> str:
        """What an answer means, in words; empty where it means nothing here."""
        if kind == "organisation":
            entry = self.known.organisations.get(meaning)
            return entry.name if entry else ""
        if kind == "level":
            return self.lookup.title("level", meaning) if meaning in self.catalogue.levels else ""
        if kind == "cohort":
            return self.lookup.title("cohort", meaning) if meaning in self.catalogue.cohorts else ""
        if kind == "column" and not meaning:
            return "не загружать"
        named = [*self.counts(meaning), *self.indicators(meaning)]
        if not named:
            return meaning if kind == "column" else ""
        term = self.term(meaning)
        return self.term_title(term) if term else self._figure_title(named[0][0])

    def term_title(self, term: FigureText) -> str:
        """«Численность обучающихся: начальное, все»."""
        level = self.catalogue.levels[term.level] if term.level else None
        parts = [(level.short or level.name).lower()] if level else []
        parts += [self.catalogue.cohorts[term.cohort].name] if term.cohort else []
        return f"{self._figure_title(term.figure)}{': ' if parts else ''}{', '.join(parts)}"

    def _proposals(self, kind: Kind, text: str) -> list[tuple[str, str]]:
        if kind == "organisation":
            names = {self._named[code]: code for code in by_name(self._named, self._named) if self._reports(code)}
            possible = self.organisation(text) or self._by_fold.get(fold_organisation(text), set())
            possible = set(map(self._reporting, (*possible, *self._once_called(text))))
            first = [(code, self.known.organisations[code].name) for code in self._in_order(possible)]
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


def key_of(text: str) -> str:
    """The words of an answer as they are remembered."""
    return normalise(text) or text.strip()
