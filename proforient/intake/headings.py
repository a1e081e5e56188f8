"""Headings of a table -> what each column holds: a field, a count, one number of a pair, or nothing that we load."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from proforient.catalogue.name_keys import normalise
from proforient.intake.fields import field_of, names_a_share
from proforient.intake.resolve import Figure, Resolver

_PIECES = re.compile(r"[,;:()/|\n]|(?<=\s)[–—-](?=\s)")
_CLASSES = re.compile(r"\d{1,2}\s*[-–—]\s*\d{1,2}")
_UNITS = frozenset({"человек", "ед", "единиц", "шт", ""})
_MOST_PIECES = 12  # pieces of a heading; a text of more is none
_SIDES = ("numerator", "denominator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``role``: a field's name, «count», «part» (one number of an indicator's pair), «ignored», «unknown».

    ``figures`` are the counts (of «count») or indicators (of «part») that the heading may name.
    """

    index: int  # from 1
    heading: str
    role: str
    figures: tuple[Figure, ...] = ()
    side: str = ""  # numerator | denominator
    level: str | None = None
    cohort: str | None = None
    reason: str = ""  # why it is ignored
    answered: str = ""  # the words of the heading that a person's answer was asked for

    @property
    def is_figure(self) -> bool:
        return self.role in ("count", "part")

    @property
    def code(self) -> str:
        return self.figures[0][0]


@dataclass(slots=True)
class _Meaning:
    """What the pieces of a heading say together; ``strange`` when one of them says nothing known."""

    field: str | None = None
    side: str = ""
    counts: tuple[Figure, ...] = ()
    indicators: tuple[Figure, ...] = ()
    level: str | None = None
    cohort: str | None = None
    strange: bool = False

    def add(self, other: _Meaning) -> None:
        for name in ("field", "side", "level", "cohort"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine and theirs and mine != theirs:
                self.strange = True
            setattr(self, name, mine or theirs)
        if (self.counts or self.indicators) and (other.counts or other.indicators):
            self.strange = True
        self.counts += other.counts
        self.indicators += other.indicators
        self.strange = self.strange or other.strange


def read_heading(names: Resolver, index: int, parts: Sequence[str], *, marked: bool = False) -> Column:
    """The column under one or two heading cells; ``marked``: one of them carries a footnote, so nothing is exact."""
    heading = " / ".join(parts)
    unknown = Column(index=index, heading=heading, role="unknown")
    column = unknown if marked else _column(names, index, heading, _joined(names, parts))
    return answered_column(names, column, parts) if column.role == "unknown" else column


def answered_column(names: Resolver, column: Column, parts: Sequence[str] = ()) -> Column:
    """A column that its heading leaves open, as a person said it is; as it was, where nobody said anything."""
    text = next((t for t in dict.fromkeys((column.heading, *parts)) if names.said("column", t) is not None), None)
    if text is None:
        return column
    said = names.said("column", text) or ""
    if not said.strip():
        return Column(index=column.index, heading=column.heading, role="ignored", reason="так ответили", answered=text)
    return replace(_column(names, column.index, column.heading, _one(names, said)), answered=text)


def _joined(names: Resolver, parts: Sequence[str]) -> _Meaning:
    whole = _one(names, " ".join(parts))
    if not whole.strange or len(parts) == 1:
        return whole
    meanings = [_one(names, part) for part in parts]
    last = meanings[-1]
    if meanings[0].strange and last.side and not last.counts and not last.indicators:
        return last  # a group's title over «Числитель» and «Знаменатель»
    result = _Meaning()
    for meaning in meanings:
        result.add(meaning)
    return result


def _one(names: Resolver, text: str) -> _Meaning:
    """What one text says: as it stands, without «числитель», or piece by piece."""
    meaning = _exact(names, text)
    if not meaning.strange:
        return meaning
    pieces = [piece.strip() for piece in _PIECES.split(text) if normalise(piece) not in _UNITS]
    if not 2 <= len(pieces) <= _MOST_PIECES:
        return meaning
    result = _Meaning()
    for piece in pieces:
        result.add(_exact(names, piece))
    return result


def _exact(names: Resolver, text: str) -> _Meaning:
    if term := names.term(text):
        counts, indicators = names.counts(text), names.indicators(text)
        return _Meaning(counts=counts, indicators=indicators, level=term.level, cohort=term.cohort)
    field = field_of(text)
    if field in _SIDES:
        return _Meaning(side=field or "")
    classes = _CLASSES.fullmatch(text.strip())  # «1–4» are classes, not the indicator 1.4
    counts, indicators = ((), ()) if classes else (names.lookup.counts(text), names.lookup.indicators(text))
    if counts or indicators:
        return _Meaning(field=field, counts=counts, indicators=indicators)
    if field:
        return _Meaning(field=field)
    if sided := _beside_a_side(names, text):
        return sided
    cohorts, levels = names.lookup.cohorts(text), names.lookup.levels_for(text, tuple(names.catalogue.levels))
    if len(levels) == 1 and text.strip():
        return _Meaning(level=levels[0])
    if len(cohorts) == 1:
        return _Meaning(cohort=cohorts[0])
    return _Meaning(strange=True)


def _beside_a_side(names: Resolver, text: str) -> _Meaning | None:
    """«Охват, числитель»: an indicator named beside the word for one number of its pair."""
    words = normalise(text).removesuffix(" человек").split()
    for at in (0, -1):
        side = field_of(words[at]) if len(words) > 1 else None
        if side in _SIDES:
            rest = " ".join(words[1:] if at == 0 else words[:-1])
            indicators = names.lookup.indicators(rest)
            if indicators:
                return _Meaning(side=side or "", indicators=indicators)
    return None


def _column(names: Resolver, index: int, heading: str, meaning: _Meaning) -> Column:
    base = Column(index=index, heading=heading, role="unknown", level=meaning.level, cohort=meaning.cohort)
    if meaning.strange:
        shares = names_a_share(heading)
        return replace(base, role="ignored", reason="доля и план в счёт не идут") if shares else base
    if meaning.side:
        return _side_column(base, meaning)
    figures = meaning.counts or _single_figures(names, meaning.indicators)
    if meaning.field:
        return replace(base, role=meaning.field, figures=figures)
    if len({code for code, _ in figures}) == 1:
        return replace(base, role="count", figures=figures)
    if figures:
        return replace(base, figures=figures)
    if meaning.indicators:
        return replace(base, role="ignored", reason="доля считается из числителя и знаменателя")
    return base


def _side_column(base: Column, meaning: _Meaning) -> Column:
    """«Числитель» or «Знаменатель», alone or of an indicator."""
    if len({code for code, _ in meaning.indicators}) == 1:
        return replace(base, role="part", figures=meaning.indicators, side=meaning.side)
    if meaning.indicators or meaning.counts or meaning.level or meaning.cohort or meaning.field:
        return replace(base, figures=meaning.indicators)
    return replace(base, role=meaning.side)


def _single_figures(names: Resolver, indicators: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The counts of those indicators that are one count or one yes/no."""
    entries = names.catalogue.indicators
    return tuple((count, level) for code, level in indicators if (count := entries[code].count) is not None)
