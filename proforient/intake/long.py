"""A long table: a row of it -> a record. A row names an indicator with its pair, or one count with its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proforient.catalogue.entries import Count, Indicator
from proforient.intake.case import NamingCell, Record, Trouble
from proforient.intake.model import SheetRow
from proforient.intake.records import TableReader
from proforient.intake.resolve import Figure
from proforient.intake.rows import is_blank, mark_of

_SIDES = ("numerator", "denominator")
_Entries = Mapping[str, Count] | Mapping[str, Indicator]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What the row is about: one count in one column, or the two counts of an indicator."""

    code: str
    counts: tuple[tuple[str, int], ...]  # count, column
    named: str | None  # the level that the text itself names
    levels: tuple[str, ...]
    cohorts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _RowMeaning:
    """What a row is about, whoever's it is: its subject with level and category, or what stands against it."""

    text: str
    subject: _Subject | None
    level: str | None
    cohort: str | None
    keys: tuple[NamingCell, ...]
    troubles: tuple[Trouble, ...]


def read_long(reader: TableReader, row: SheetRow, *, total: bool = False) -> Record:
    """The record of one row; a row whose figures are all blank says nothing."""
    return _LongRow(reader, row, total=total).record()


class _LongRow:
    def __init__(self, reader: TableReader, row: SheetRow, *, total: bool) -> None:
        self._reader = reader
        self._row = row
        self._total = total
        self._keys: list[NamingCell] = []
        self._troubles: list[Trouble] = []
        self._at = reader.sides
        self._filled = {
            role
            for role, column in self._at.items()
            if not is_blank(reader.table.cell(row, column), mark_of(reader.table, row, column))
        }

    def record(self) -> Record:
        if not self._filled:
            return Record(row=self._row.number, total=self._total)
        keys, organisation, troubles = ((), None, ()) if self._total else self._reader.organisation_of(self._row)
        about = self._about()
        counts = about.subject.counts if about.subject else ()
        return Record(
            row=self._row.number,
            keys=(*keys, *about.keys),
            period=self._reader.period(self._row),
            subject=about.subject.code if about.subject else about.text,
            givens=tuple(
                self._reader.given(self._row, column, organisation, count, about.level, about.cohort, about.text)
                for count, column in counts
            ),
            troubles=(*troubles, *about.troubles),
            total=self._total,
        )

    def _about(self) -> _RowMeaning:
        """What the row is about; rows of the same words are understood once, unless a mark on a cell may differ."""
        reader = self._reader
        signature = (reader.table.cells(self._row, reader.about_columns), frozenset(self._filled))
        table = reader.table
        if table.told_apart or signature not in reader.understood:
            reader.understood[signature] = self._understand()
        found = reader.understood[signature]
        assert isinstance(found, _RowMeaning)
        return found

    def _understand(self) -> _RowMeaning:
        text, subject = self._subject()
        level = cohort = None
        if subject:
            level = self._level(subject)
            cohort, key, trouble = self._reader.cohort_of(self._row, subject.cohorts)
            self._keys.extend([key] if key else [])
            self._troubles.extend([trouble] if trouble else [])
        return _RowMeaning(
            text=text,
            subject=subject,
            level=level,
            cohort=cohort,
            keys=tuple(self._keys),
            troubles=tuple(self._troubles),
        )

    def _trouble(self, code: str, column: int, value: str | None = None, **words: object) -> None:
        self._troubles.append(Trouble(code=code, column=column, value=value, words=words))

    def _subject(self) -> tuple[str, _Subject | None]:
        """The text that names the subject, and the subject when it is understood."""
        code_text, code_column = self._reader.key(self._row, "code")
        name_text, name_column = self._reader.key(self._row, "indicator")
        text, column = (code_text, code_column) if code_text else (name_text, name_column)
        if not text:
            self._trouble("key-empty", code_column or name_column, name="Показатель")
            return "", None
        if self._filled & set(_SIDES) and "value" in self._filled:
            self._trouble("value-and-pair", self._at["value"])
            return text, None
        marked = self._reader.marked(self._row, column)
        found = self._found(text, column) if not marked else None
        if found is None and not marked and not self._troubles:
            said = self._reader.names.figure_answered(text)
            found = self._found(said, column) if said else None
        if marked or (found is None and not self._troubles):
            codes = tuple(dict.fromkeys(code for code, _ in self._candidates(text)))
            self._keys.append(NamingCell(kind="indicator", text=text, column=column, codes=codes, unsure=True))
        if found and code_text and name_text:
            self._agree(found, code_text, name_text, name_column)
        return text, found

    def _agree(self, found: _Subject, code_text: str, name_text: str, column: int) -> None:
        """A name beside a code, when it is known, must mean the same."""
        named = {code for code, _ in self._candidates(name_text)}
        if named and found.code not in named and not {count for count, _ in found.counts} & named:
            words = {"first": f"«{code_text}»", "second": f"«{name_text}»"}
            self._trouble("names-disagree", column, name_text, **words)

    def _candidates(self, text: str) -> tuple[Figure, ...]:
        return (*self._reader.names.counts(text), *self._reader.names.indicators(text))

    def _found(self, text: str, column: int) -> _Subject | None:
        return self._single(text, column) if "value" in self._filled else self._pair(text, column)

    def _single(self, text: str, column: int) -> _Subject | None:
        """A count or yes/no in «Значение»; an indicator that is one count stands for it."""
        names = self._reader.names
        entries = names.catalogue.indicators
        indicators = names.indicators(text)
        figures = names.counts(text) or tuple(
            (count, level) for code, level in indicators if (count := entries[code].count) is not None
        )
        if chosen := self._narrowed(figures, names.catalogue.counts):
            return self._one_count(chosen, self._at["value"])
        if not figures and indicators:
            code = indicators[0][0]
            if entries[code].pairable:
                self._trouble("pair-expected", self._at["value"], name=text)
            else:
                self._computed(code, text, column)
        return None

    def _pair(self, text: str, column: int) -> _Subject | None:
        """An indicator in «Числитель» and «Знаменатель»; a yes/no may stand in «Числитель» alone."""
        names = self._reader.names
        indicators = names.indicators(text)
        if not indicators:
            chosen = self._narrowed(names.counts(text), names.catalogue.counts)
            return self._not_a_pair(chosen, text) if chosen else None
        chosen = self._narrowed(indicators, names.catalogue.indicators)
        if chosen is None:
            return None
        entry = names.catalogue.indicators[chosen[0]]
        if entry.count is not None:
            return self._not_a_pair((entry.count, chosen[1]), text)
        if not entry.pairable:
            self._computed(entry.code, text, column)
            return None
        counts = tuple(
            (codes[0], self._at[side])
            for codes, side in ((entry.numerator, "numerator"), (entry.denominator, "denominator"))
            if side in self._at
        )
        for side in _SIDES:
            if side in self._at and side not in self._filled:
                name = "Числитель" if side == "numerator" else "Знаменатель"
                self._trouble("half-pair", self._at[side], name=name)
        cohorts = names.catalogue.cohorts_of(entry)
        return _Subject(code=entry.code, counts=counts, named=chosen[1], levels=entry.levels, cohorts=cohorts)

    def _not_a_pair(self, figure: Figure, text: str) -> _Subject | None:
        """One count where a pair stands: right only for a yes/no in «Числитель» with «Знаменатель» empty."""
        if self._reader.names.catalogue.counts[figure[0]].value != "yes_no":
            # order: one of two sides
            self._trouble("value-expected", self._at[min(self._filled & set(_SIDES))], name=text)
            return None
        if "denominator" in self._filled:
            self._trouble("yes-no-pair", self._at["denominator"], name=text)
            return None
        return self._one_count(figure, self._at["numerator"])

    def _one_count(self, figure: Figure, column: int) -> _Subject:
        entry = self._reader.names.catalogue.counts[figure[0]]
        counts = ((entry.code, column),)
        return _Subject(code=entry.code, counts=counts, named=figure[1], levels=entry.levels, cohorts=entry.cohorts)

    def _computed(self, code: str, text: str, column: int) -> None:
        entry = self._reader.names.catalogue.indicators[code]
        reason = entry.formula.computed
        counts = ", ".join((*entry.numerator, *entry.denominator)) or "числа показателя, за которым он следит"
        self._trouble("indicator-computed", column, text, name=text, reason=reason, counts=counts)

    def _narrowed(self, figures: tuple[Figure, ...], entries: _Entries) -> Figure | None:
        """The one figure meant; where a text names several, the row's level may leave one."""
        text, _ = self._reader.key(self._row, "level")
        if len(figures) > 1 and text:
            fitting = tuple(f for f in figures if self._fits(f, text, entries))
            figures = fitting or figures
        codes = {code for code, _ in figures}
        if len(codes) != 1:
            return None
        levels = {level for _, level in figures}
        return (figures[0][0], figures[0][1] if len(levels) == 1 else None)

    def _fits(self, figure: Figure, text: str, entries: _Entries) -> bool:
        code, named = figure
        asked = entries[code].levels
        levels = self._reader.names.levels(text, asked)
        return named in levels if named else any(level in asked for level in levels)

    def _level(self, subject: _Subject) -> str | None:
        """The row's level; a level that the subject's own name carries must not differ from it."""
        text, column = self._reader.key(self._row, "level")
        if not text and subject.named:
            return subject.named
        codes = self._reader.names.levels(text, subject.levels)
        if text:
            key = NamingCell(
                kind="level", text=text, column=column, codes=codes, unsure=self._reader.marked(self._row, column)
            )
            self._keys.append(key)
            if subject.named and key.code and key.code != subject.named:
                words = {"first": f"«{subject.code}»", "second": f"«{text}»"}
                self._trouble("names-disagree", column, text, **words)
                return None
            return key.code
        if len(codes) == 1:
            return codes[0]
        self._trouble("key-empty" if column else "missing-column", column, name="Уровень")
        return None
