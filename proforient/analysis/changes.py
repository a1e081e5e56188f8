"""What has changed since the period before, and a figure's whole chain of periods.

A change is a difference of exact shares; where two periods cannot be compared, it says why instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proforient.analysis.chance import OfMany, by_chance, crossed, within_chance
from proforient.analysis.coverage import Coverage, coverages, organisation_rows, total_rows
from proforient.analysis.earlier_periods import comparable, earlier, period_for
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Filters, scopes
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.figures import FigureKey, measured
from proforient.catalogue.kinds import FormulaKind
from proforient.errors import WrongCall
from proforient.monitoring import Period, Verdict, common_territory, parent_territory, within
from proforient.wording import period_in

if TYPE_CHECKING:
    from proforient.store.reading import Reader

NOTHING_BEFORE = "не с чем сравнить: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure beside the same one a period before. Completeness of both stands in the two coverages.

    ``points`` is the exact difference in the measure of the plan, of shares percentage points, ``difference`` that of
    a count; both None with the reason in ``why_not``. Where the organisations differ, ``same_points`` is the change
    over those that reported both times, and a title speaks of that one; ``same_organisations`` is how many they are.
    ``by_chance``: what a title speaks of is no more than chance makes of so many, and the plan was not crossed.
    """

    current: Coverage
    previous: Coverage | None
    points: Fraction | None
    why_not: str
    same_points: Fraction | None
    same_organisations: int
    difference: int | None = None
    by_chance: bool = False

    @property
    def spoken_of(self) -> Fraction | None:
        """The change that a title speaks of."""
        return self.points if self.same_points is None else self.same_points


def changes(reader: Reader, catalogue: Catalogue, figures: Sequence[Coverage]) -> list[Change]:
    """The change of each figure, in their order; all must be of one period. The store is not asked for each row."""
    if not figures:
        return []
    scope = common_territory([c.territory for c in figures])
    now = reader.period(figures[0].period, territory=scope)
    before, why_not = _before(reader, now, scope)
    if before is None:
        return [_without(c, None, why_not) for c in figures]
    shared = _shared(figures)
    past = {_whose(c): c for c in _past(reader, catalogue, before.code, figures, shared)}
    totals = any(c.organisation is None for c in figures)
    comparison = _Comparable.read(reader, catalogue, figures, before.code, scope, shared) if totals else _Comparable({})
    return [_change(catalogue, c, past.get(_whose(c)), before, comparison) for c in figures]


def series(
    reader: Reader,
    catalogue: Catalogue,
    indicator: str,
    level: str,
    cohort: str,
    *,
    period: str,
    territory: str | None = None,
    organisation: str | None = None,
) -> list[Coverage]:
    """One figure over the chain of comparable periods up to ``period``, oldest first.

    A period in which the catalogue does not ask the indicator has no element. Raises WrongCall where neither an
    organisation nor a territory is named and there are several municipalities: unrelated ones have no common figure.
    """
    now = reader.period(period, territory=territory)
    found: list[Coverage] = []
    wanted = keys(catalogue, indicator, level, cohort)
    filters = Filters(indicator=indicator, level=level, cohort=cohort)
    periods = [step.code for step in (now, *earlier(reader, now, territory=territory))]
    for scope in scopes(reader, catalogue, periods, wanted, territory, organisation, filters):
        rows = organisation_rows(scope, wanted) if organisation is not None else total_rows(scope, wanted)
        if len(rows) > 1:
            raise WrongCall("Ряд по периодам строится для одной территории или организации. Назовите её.")
        found += rows
    return found[::-1]


def _shared(figures: Sequence[Coverage]) -> Filters:
    """What all the figures have in common narrows the questions to the store."""
    found = [{getattr(c, name) for c in figures} for name in ("indicator", "level", "cohort")]
    indicator, level, cohort = (next(iter(codes)) if len(codes) == 1 else None for codes in found)
    return Filters(indicator=indicator, level=level, cohort=cohort)


Whose = tuple[str, FigureKey]


def _whose(c: Coverage) -> Whose:
    """An organisation keeps its code when it moves to another territory."""
    return (f"organisation {c.organisation}" if c.organisation else f"territory {c.territory}"), c.key


def _past(
    reader: Reader, catalogue: Catalogue, period: str, figures: Sequence[Coverage], shared: Filters
) -> Iterator[Coverage]:
    """The same figures of an earlier period, and possibly more."""
    organisations = list(dict.fromkeys(c.organisation for c in figures if c.organisation))
    places = list(dict.fromkeys(c.territory for c in figures if not c.organisation))
    whole = [t for t in places if len(places) == 1 or any(o != t and within(o, t) for o in places)]
    if len(organisations) == 1:
        yield from coverages(reader, catalogue, period, organisation=organisations[0], **shared)
    elif organisations:
        scope = common_territory([c.territory for c in figures if c.organisation])
        yield from coverages(reader, catalogue, period, territory=scope, by="organisation", **shared)
    for territory in whole:
        yield from coverages(reader, catalogue, period, territory=territory, **shared)
    if len(places) > len(whole):
        apart = [t for t in places if t not in whole]
        yield from coverages(reader, catalogue, period, territory=common_territory(apart), by="territory", **shared)


def _before(reader: Reader, now: Period, territory: str | None) -> tuple[Period | None, str]:
    """The period to compare with, or why there is none."""
    if now.previous is None:
        past = [p for p in reader.periods(territory=territory) if p.starts < now.starts]
        if any(comparable(p, now) for p in past):
            return None, f"{NOTHING_BEFORE}предыдущий период не назначен"
        return None, NOTHING_BEFORE + ("прежние периоды другого вида" if past else "более раннего периода нет")
    found = period_for(reader, now.previous, territory)
    if found is None:
        return None, f"{NOTHING_BEFORE}{period_in(now.previous)} сбора не было"
    if found.catalogue != now.catalogue:
        return None, f"{NOTHING_BEFORE}{period_in(found.code)} другой каталог"
    if found.kind != now.kind:
        return None, f"{NOTHING_BEFORE}предыдущий период другого вида"
    return found, ""


def _why_not(c: Coverage | None, period: str) -> str:
    """Why a figure has nothing to subtract; empty where it has."""
    if c is None or c.verdict is Verdict.NOT_ASKED:
        return f"{NOTHING_BEFORE}{period_in(period)} этого не спрашивали"
    if not c.submitted:
        return f"{NOTHING_BEFORE}{period_in(period)} нет данных"
    if not c.formula.plain and not c.denominator:
        return f"{NOTHING_BEFORE}{period_in(period)} нет обучающихся"
    return ""


def _without(current: Coverage, previous: Coverage | None, why_not: str) -> Change:
    return Change(
        current=current, previous=previous, points=None, why_not=why_not, same_points=None, same_organisations=0
    )


@dataclass(frozen=True, slots=True)
class _Same:
    """Of the organisations of a territory: how many gave a figure both times, their sums, whether others gave it."""

    organisations: int
    differ: bool
    now: OfMany
    before: OfMany

    def points(self, kind: FormulaKind) -> Fraction | None:
        """The change over these organisations; None where they have nobody in one of the periods."""
        if not self.now.denominator or not self.before.denominator:
            return None
        return kind.of_pair(*self.now) - kind.of_pair(*self.before)


@dataclass(frozen=True, slots=True)
class _Comparable:
    """Rows of ``Reader.comparable_pairs`` by figure and by each territory within which somebody gave it now or then."""

    rows: Mapping[tuple[FigureKey, str], Sequence[Mapping[str, Any]]]

    @classmethod
    def read(
        cls,
        reader: Reader,
        catalogue: Catalogue,
        figures: Sequence[Coverage],
        before: str,
        territory: str | None,
        shared: Filters,
    ) -> _Comparable:
        stored = {measured(catalogue, catalogue.indicators[c.indicator]).code for c in figures}
        level, cohort = shared["level"], shared["cohort"]
        found = reader.comparable_pairs(
            figures[0].period, before, stored, territory=territory, level=level, cohort=cohort
        )
        territories = {c.territory for c in figures}
        rows: dict[tuple[FigureKey, str], list[Mapping[str, Any]]] = {}
        for row in found.to_pylist():
            for path in {*_upwards(row["now_in"]), *_upwards(row["then_in"])} & territories:
                rows.setdefault((FigureKey(row["indicator"], row["level"], row["cohort"]), path), []).append(row)
        return cls(rows)

    def same(self, key: FigureKey, territory: str) -> _Same:
        """Who was within the territory both times."""
        rows = self.rows.get((key, territory), ())
        stayed = [row for row in rows if all(row[at] and within(row[at], territory) for at in ("now_in", "then_in"))]
        return _Same(
            organisations=sum(row["organisations"] for row in stayed),
            differ=len(stayed) < len(rows),
            now=_summed(stayed, ""),
            before=_summed(stayed, "past_"),
        )


def _upwards(path: str | None) -> Iterator[str]:
    while path:
        yield path
        path = parent_territory(path)


def _change(
    catalogue: Catalogue, current: Coverage, previous: Coverage | None, before: Period, comparison: _Comparable
) -> Change:
    why_not = _why_not(current, current.period) or _why_not(previous, before.code)
    if why_not or previous is None:
        return _without(current, previous, why_not)
    key = current.key._replace(indicator=measured(catalogue, catalogue.indicators[current.indicator]).code)
    same = comparison.same(key, current.territory) if current.organisation is None else None
    points = None
    if current.measure is not None and previous.measure is not None and not current.formula.plain:
        points = current.measure - previous.measure
    counts = current.formula.plain and current.value is not None and previous.value is not None
    return Change(
        current=current,
        previous=previous,
        points=points,
        why_not="",
        same_points=same.points(current.formula) if same and same.differ else None,
        same_organisations=same.organisations if same else 1,
        difference=(current.value or 0) - (previous.value or 0) if counts else None,
        by_chance=_by_chance(current, previous, same),
    )


def _by_chance(current: Coverage, previous: Coverage, same: _Same | None) -> bool:
    """Judged by the sums that a title speaks of: of those that reported both times where others did not."""
    if same is None or not same.differ or same.points(current.formula) is None:
        return within_chance(current, previous)
    return current.formula.small and not crossed(current, previous) and by_chance(same.now, same.before)


def _summed(rows: Sequence[Mapping[str, Any]], when: str) -> OfMany:
    return OfMany(*(sum(row[f"{when}{part}"] or 0 for row in rows) for part in ("numerator", "denominator")))
