"""What another catalogue would do to the stored periods, before it is taken: two readings of one store, compared.

In: a reader by the catalogue in force, and one by the other (``store.preview``). Out: an ``Effect``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from proforient.analysis.coverage import coverages
from proforient.catalogue.applicability import ended_by
from proforient.catalogue.entries import Catalogue, Rule
from proforient.monitoring import Cell, ReportState, Verdict

if TYPE_CHECKING:
    from proforient.store.reading import Reader

SAID = (Verdict.MET, Verdict.NOT_MET, Verdict.JUDGED)  # what says something of a plan or by experts


class StoredFigure(NamedTuple):
    """Which figure of which municipality and period; in the order in which it is told."""

    period: str
    territory: str
    indicator: str
    level: str
    cohort: str


class Standing(NamedTuple):
    verdict: Verdict
    measure: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictTurn:
    """A verdict that becomes another; None: there is no such figure by that catalogue."""

    figure: StoredFigure
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBreach:
    """Organisations whose accepted reports of a period break a rule that is new or was changed."""

    rule: Rule
    period: str
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """``verdicts``: how many are said now or then; ``turns``: those that differ. ``figures``: how many numbers differ
    while the verdict stays. ``unread``: by count that is gone, how many stored values nobody would read."""

    verdicts: int
    turns: tuple[VerdictTurn, ...]
    figures: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    unread: Mapping[str, int]
    breaches: tuple[RuleBreach, ...]


def effect(before: Reader, after: Reader) -> Effect:
    """Compares the two over every period and municipality; both readers belong to one moment of the store."""
    now, then = standings(before), standings(after)
    places = list(dict.fromkeys([*now, *then]))
    turns, said, moved = [], 0, 0
    for place in places:
        old, new = now.get(place), then.get(place)
        verdicts = tuple(one.verdict if one else None for one in (old, new))
        counted_verdicts = [verdict for verdict in verdicts if verdict in SAID]
        said += bool(counted_verdicts)
        if counted_verdicts and verdicts[0] is not verdicts[1]:
            turns.append(VerdictTurn(figure=place, before=verdicts[0], after=verdicts[1]))
        elif old and new and old.measure != new.measure:
            moved += 1
    own, other = before.catalogue, after.catalogue
    return Effect(
        verdicts=said,
        turns=tuple(turns),
        figures=moved,
        new=tuple(code for code in other.indicators if code not in own.indicators),
        gone=tuple(code for code in own.indicators if code not in other.indicators),
        unread=_unread(before, other),
        breaches=tuple(_breaches(before, other)),
    )


def standings(reader: Reader) -> dict[StoredFigure, Standing]:
    """Every figure of every municipality by the reader's catalogue, newest period first."""
    found: dict[StoredFigure, Standing] = {}
    for period in _periods(reader):
        for c in coverages(reader, reader.catalogue, period):
            place = StoredFigure(period, c.territory, c.indicator, c.level, c.cohort)
            found[place] = Standing(c.verdict, c.measure)
    return found


def _unread(reader: Reader, other: Catalogue) -> dict[str, int]:
    gone = [code for code in reader.catalogue.counts if code not in other.counts]
    found: dict[str, int] = {}
    for period in _periods(reader) if gone else ():
        for value in reader.values(period, counts=gone):
            found[value.cell.count] = found.get(value.cell.count, 0) + 1
    return found


def _breaches(reader: Reader, other: Catalogue) -> Iterator[RuleBreach]:
    """By period, the rules that are not in force like that yet."""
    own = {code: (rule.formula, rule.severity) for code, rule in reader.catalogue.rules.items()}
    rules = [rule for rule in other.rules.values() if own.get(rule.code) != (rule.formula, rule.severity)]
    for code in _periods(reader) if rules else ():
        period = reader.period(code)
        roster, ended = reader.roster(on=period.ends), ended_by(other, period.year)
        numbers = _accepted_numbers(reader, code, {term.count for rule in rules for term in rule.terms})
        for rule in rules:
            broken = tuple(
                whose
                for whose, known in numbers.items()
                if whose in roster and (here := rule.at(roster[whose].levels, ended)) and _breaks(here, known)
            )
            if broken:
                yield RuleBreach(rule=rule, period=code, organisations=broken)


def _periods(reader: Reader) -> list[str]:
    """The codes of all periods of the catalogue, the newest first."""
    return list(dict.fromkeys(period.code for period in reader.periods()))


def _accepted_numbers(reader: Reader, period: str, counts: Collection[str]) -> dict[str, dict[Cell, int]]:
    """The numbers of the accepted reports, by organisation in the order of the register."""
    accepted = {whose for whose, state in reader.report_states(period).items() if state is ReportState.ACCEPTED}
    found: dict[str, dict[Cell, int]] = {}
    for value in reader.values(period, counts=counts):
        if value.number is not None and value.organisation in accepted:
            found.setdefault(value.organisation, {})[value.cell] = value.number
    return found


def _breaks(rule: Rule, numbers: Mapping[Cell, int]) -> bool:
    """Whether the numbers break the rule in any of its cohorts."""
    for cohort in rule.cohorts:
        sums = rule.sums(lambda term, of=cohort: numbers.get(Cell(term.count, term.level, term.cohort or of)))  # type: ignore[misc]
        if sums and not rule.allows(*sums):
            return True
    return False
