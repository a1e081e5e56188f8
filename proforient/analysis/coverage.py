"""The figures of a period: shares, counts and answers with plan, verdict, need and completeness.

In: the store's reader and the catalogue. Out: a ``Coverage`` for each territory or organisation and figure asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from proforient.analysis.arithmetic import PARTS, VERDICTS
from proforient.analysis.columns import Columns, missing_codes, of_organisations, of_territories
from proforient.analysis.data_frame import of_columns
from proforient.analysis.history import trends
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Filters, Scope
from proforient.analysis.trend import TrendWord
from proforient.catalogue.entries import Catalogue, Direction, IndicatorKind
from proforient.catalogue.figures import FigureKey, direction_of, unit_of
from proforient.catalogue.kinds import FormulaKind, kind_of
from proforient.monitoring import Judgement, PlanValue, Verdict, within

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from proforient.store.reading import Reader

By = Literal["organisation", "territory", "below"]
# Part of the expected organisations from which on a figure may be final; a stored form keeps its own
SETTLED_FROM = Fraction(1, 2)
# Persons of a group below which a verdict hangs on one or two of them; a stored form keeps its own
FEW_BELOW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """An indicator at a level in a cohort and period, for a territory (``organisation`` None) or an organisation.

    ``numerator`` and ``denominator`` are sums over the organisations that gave a whole pair; None without one.
    ``value`` is a count's number, or 1/0 of one organisation's yes/no. ``needed`` is in the count's unit,
    ``shortfall`` exact and signed (positive: below plan). Both, and ``can_change``, are None unless met / not_met;
    beside such a verdict ``can_change`` is None where the contingent of a missing organisation is unknown.
    """

    period: str
    territory: str
    organisation: str | None
    indicator: str
    level: str
    cohort: str
    kind: IndicatorKind
    unit: str
    direction: Direction
    numerator: int | None
    denominator: int | None
    value: int | None
    plan: PlanValue | None
    verdict: Verdict
    needed: int | None
    shortfall: Fraction | None
    submitted: int
    expected: int
    can_change: bool | None
    judgements: tuple[Judgement, ...] = ()  # newest first
    trend: TrendWord | None = None
    trend_approximate: bool = False
    missing: tuple[str, ...] = field(default=(), compare=False)  # codes of who is missing, where they were read
    on_review: int = 0  # of the submitted: reports not yet accepted
    settled_from: Fraction  # the part of the expected from which on it is settled
    few_below: int = 0  # persons below which a verdict is called unreliable; 0: none is

    @property
    def key(self) -> FigureKey:
        """Indicator, level and cohort."""
        return FigureKey(self.indicator, self.level, self.cohort)

    @property
    def formula(self) -> FormulaKind:
        """What its kind knows."""
        return kind_of(self.kind)

    @property
    def measure(self) -> Fraction | None:
        """What stands beside the plan, exact and in its measure: percent, a count's number, so much for each."""
        return self.formula.measure(self)

    @property
    def share(self) -> Fraction | None:
        """Percent as an exact fraction; None without a denominator above 0 and for what is no percentage."""
        return self.measure if self.formula.in_percent else None

    @property
    def about(self) -> bool:
        """Whether its numbers of persons are rounded, as guests see them (``Rounded``): «около 80»."""
        return False

    @property
    def beyond(self) -> str:
        """«более», «менее» of a rounded share that is not quite 100 or 0; else empty."""
        return ""

    @property
    def near(self) -> bool:
        """Whether the share is rounded so that it would contradict the verdict: «чуть ниже плана»."""
        return False

    @property
    def provisional(self) -> bool:
        """Incomplete: somebody gave a pair, somebody who is expected did not."""
        return 0 < self.submitted < self.expected

    @property
    def unsettled(self) -> bool:
        """Incomplete so that nothing final can be said: fewer than ``settled_from`` have reported, or those who have
        not could still turn the verdict, or it is not known whether they could."""
        turns = self.verdict in (Verdict.MET, Verdict.NOT_MET) and self.can_change is not False
        return self.provisional and (turns or Fraction(self.submitted, self.expected) < self.settled_from)

    @property
    def few(self) -> bool:
        """Whether the verdict is of so few persons that one or two of them decide it."""
        against_plan = self.verdict in (Verdict.MET, Verdict.NOT_MET)
        return self.formula.small and against_plan and 0 < (self.denominator or 0) < self.few_below

    @property
    def judgement(self) -> Judgement | None:
        """The newest judgement, if there is one."""
        return self.judgements[0] if self.judgements else None


def coverages(
    reader: Reader,
    catalogue: Catalogue,
    period: str,
    *,
    territory: str | None = None,
    organisation: str | None = None,
    by: By | None = None,
    indicator: str | None = None,
    level: str | None = None,
    cohort: str | None = None,
    named: bool = False,
) -> list[Coverage]:
    """Figures in the order of territory, organisation, and the catalogue's indicator, level, cohort.

    Without ``by`` totals: of the territory, or of each municipality where none is named (unrelated ones are never
    added up). ``by="organisation"`` and ``organisation`` give rows of organisations, ``by="territory"`` the
    municipalities of a region, ``by="below"`` what lies one step below: a country's regions, a region's municipalities.
    ``named``: who is missing is read, too. Raises WrongCall for what does not exist.
    """
    wanted = keys(catalogue, indicator, level, cohort)
    filters = Filters(indicator=indicator, level=level, cohort=cohort)
    below = by == "below"
    scope = Scope(
        reader, catalogue, period, territory=territory, organisation=organisation, filters=filters, below=below
    )
    if organisation is not None or by == "organisation":
        return organisation_rows(scope, wanted)
    return total_rows(scope, wanted, apart=below or by == "territory", named=named)


def organisation_rows(scope: Scope, wanted: Sequence[FigureKey]) -> list[Coverage]:
    """A row for each organisation of the register and each one that gave something, and each wanted figure."""
    found = of_organisations(scope, wanted)
    return _with_trends(scope, records(scope, found), organisations=True, apart=False)


def total_rows(
    scope: Scope, wanted: Sequence[FigureKey], *, apart: bool = False, named: bool = False
) -> list[Coverage]:
    """A row for each wanted figure of the territory, or of each municipality (``apart``, or no territory)."""
    apart = apart or scope.territory is None
    rows = records(scope, of_territories(scope, wanted, apart=apart))
    return _with_trends(scope, with_names(scope, rows) if named else rows, organisations=False, apart=apart)


def records(scope: Scope, columns: Columns, rows: Sequence[int] | None = None) -> list[Coverage]:
    """The rows of the columns, or some of them, for whoever reads them one by one."""
    chosen = range(len(columns)) if rows is None else rows
    about = [_about(scope.catalogue, key.indicator) for key in columns.figures]
    return [_record(scope, columns, row, about) for row in chosen]


class OrganisationRows:
    """Figures of the scope's organisations as columns; records are made of those rows only that are told of."""

    def __init__(self, scope: Scope, wanted: Sequence[FigureKey]) -> None:
        self._scope = scope
        self.columns = of_organisations(scope, wanted)
        self._about = [_about(scope.catalogue, key.indicator) for key in wanted]
        self._positions = {key: np.flatnonzero(self.columns.figure == n) for n, key in enumerate(wanted)}
        self._inside: dict[str, NDArray[np.bool_]] = {}

    def of(self, territory: str, key: FigureKey) -> NDArray[np.int64]:
        """The positions of a figure's rows within a territory, in the order of names; none of another figure."""
        rows = self._positions.get(key)
        if rows is None:
            return np.zeros(0, dtype=np.int64)
        if territory not in self._inside:
            places = self.columns.places
            inside = np.array([within(path, territory) for path in places.paths], dtype=bool)
            self._inside[territory] = inside[places.path]
        return rows[self._inside[territory][self.columns.place[rows]]]

    def organisation(self, row: int) -> str:
        """Whose row it is."""
        return self.columns.places[self.columns.place[row]][1] or ""

    def record(self, row: int) -> Coverage:
        """The row as it is told; without the word of a trend."""
        return _record(self._scope, self.columns, row, self._about)

    def asked_of(self, organisation: str) -> tuple[Coverage, ...]:
        """Its figures, without those that nobody asks of it."""
        place = self._place.get(organisation, len(self._place))
        first, last = np.searchsorted(self.columns.place, [place, place + 1])
        return tuple(self.record(row) for row in range(first, last) if self._is_asked[row])

    @cached_property
    def positions(self) -> list[int]:
        """The rows that ``asked_of`` tells of, those of one organisation beside each other."""
        return np.flatnonzero(self._is_asked).tolist()

    def frame(self) -> pd.DataFrame:
        """All rows as an exact table."""
        return of_columns(self._scope, self.columns, exact=True)

    def largest_needs(self) -> dict[str, int]:
        """Of each organisation the largest of its needs: what one figure needs is never added to another's."""
        columns = self.columns
        needs = np.zeros(len(columns.places), dtype=columns.needed.dtype)
        np.maximum.at(needs, columns.place, np.where(columns.measured, columns.needed, 0))
        return dict(zip(self._place, needs.tolist(), strict=True))

    def least_shares(self) -> dict[str, float]:
        """Of each organisation the least of its shares in percent, to order by; of those that have one."""
        columns = self.columns
        shares = np.array([kind_of(about.kind).in_percent for about in self._about], dtype=bool)[columns.figure]
        peopled = np.flatnonzero(shares & columns.pair_given & (columns.denominator > 0))
        least = np.full(len(columns.places), np.inf)
        np.minimum.at(least, columns.place[peopled], columns.numerator[peopled] / columns.denominator[peopled] * 100)
        return {code: share for code, share in zip(self._place, least.tolist(), strict=True) if share < np.inf}

    @cached_property
    def _place(self) -> dict[str, int]:
        return {code: n for n, code in enumerate(self.columns.places.codes or ())}

    @cached_property
    def _is_asked(self) -> NDArray[np.bool_]:
        asked_rows: NDArray[np.bool_] = self.columns.verdict != VERDICTS.index(Verdict.NOT_ASKED)
        return asked_rows


class _Measured(NamedTuple):
    kind: IndicatorKind
    unit: str
    direction: Direction


def _about(catalogue: Catalogue, code: str) -> _Measured:
    indicator = catalogue.indicators[code]
    return _Measured(indicator.kind, unit_of(catalogue, indicator), direction_of(catalogue, indicator))


def _record(scope: Scope, columns: Columns, row: int, about: Sequence[_Measured]) -> Coverage:
    (territory, organisation), figure = columns.places[columns.place[row]], columns.figure[row]
    key, (kind, unit, direction) = columns.figures[figure], about[figure]
    measured, missing = bool(columns.measured[row]), int(columns.missing[row])
    submitted = int(columns.submitted[row])
    unknown = measured and bool(columns.unknown[row])
    return Coverage(
        period=scope.period.code,
        territory=territory,
        organisation=organisation,
        indicator=key.indicator,
        level=key.level,
        cohort=key.cohort,
        kind=kind,
        unit=unit,
        direction=direction,
        numerator=int(columns.numerator[row]) if columns.pair_given[row] else None,
        denominator=int(columns.denominator[row]) if columns.pair_given[row] else None,
        value=int(columns.value[row]) if columns.value_given[row] else None,
        plan=scope.plans.nearest(territory, key) if columns.planned[row] else None,
        verdict=VERDICTS[columns.verdict[row]],
        needed=int(columns.needed[row]) if measured else None,
        shortfall=Fraction(int(columns.short[row]), PARTS) if measured else None,
        submitted=submitted,
        expected=submitted + missing,
        can_change=None if unknown or not measured else bool(missing and columns.turns[row]),
        judgements=scope.judgements.get((organisation or territory, key), ()),
        missing=(organisation,) if missing and organisation else (),
        on_review=int(columns.on_review[row]),
        settled_from=SETTLED_FROM,
        few_below=FEW_BELOW,
    )


def with_names(scope: Scope, rows: Sequence[Coverage]) -> list[Coverage]:
    """The same totals of the scope with the codes of who is missing, in the order of their territories and names."""
    lacking = list(dict.fromkeys((c.territory, c.key) for c in rows if c.expected > c.submitted))
    if not lacking:
        return list(rows)
    codes = dict(zip(lacking, missing_codes(scope, lacking), strict=True))
    return [replace(c, missing=codes.get((c.territory, c.key), c.missing)) for c in rows]


def _with_trends(scope: Scope, rows: Sequence[Coverage], *, organisations: bool, apart: bool) -> list[Coverage]:
    """The same rows with the word of each trend that has a figure."""
    subjects = [(c.organisation or c.territory, c.key) for c in rows if c.formula.follows and c.denominator]
    words = trends(scope, subjects, organisations=organisations, apart=apart)
    found = []
    for c in rows:
        word = words.get((c.organisation or c.territory, c.key))
        found.append(replace(c, trend=word.word, trend_approximate=word.approximate) if word else c)
    return found
