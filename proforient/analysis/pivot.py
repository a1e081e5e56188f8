"""Figures by two axes that somebody chose: sums over sums, what must not be added is not, nothing made of nothing.

In: reader, catalogue, a ``PivotQuestion``. Out: a ``Pivot`` whose cells are figures like all others. A cell that is
not there is not asked; of the others «нет данных», «не применимо» and nought stay three things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from proforient.analysis.arithmetic import PARTS, fitting_amount, hundredths, need_of, short_parts, sign_of
from proforient.analysis.coverage import FEW_BELOW, SETTLED_FROM, Coverage
from proforient.analysis.data_frame import results_frame
from proforient.analysis.requirements import Plans
from proforient.catalogue.entries import Catalogue, Indicator
from proforient.catalogue.figures import FigureKey, direction_of, unit_of
from proforient.errors import WrongCall
from proforient.monitoring import PlanValue, Reason, Verdict
from proforient.wording.order import name_order, path_order

if TYPE_CHECKING:
    import pandas as pd

    from proforient.store.reading import Reader

Axis = Literal["indicator", "level", "cohort", "period", "territory", "kind", "organisation"]
AXES: tuple[Axis, ...] = ("level", "period", "cohort", "organisation", "kind", "territory", "indicator")
# What has a sum at all: levels have none, stages are added only where an indicator declares it, and none does.
ADDED: frozenset[Axis] = frozenset({"territory", "kind", "organisation"})
OF_ORGANISATIONS: frozenset[Axis] = frozenset({"kind", "organisation"})
MOST_PERIODS = 8  # periods where they are an axis, the newest
_SUMS = ["numerator", "denominator", "value", "submitted", "expected", "inapplicable"]
CellSums = dict[str, int | None]
ALL = ""  # in place of a code: the sum of all of an axis


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotQuestion:
    """What stands in rows and columns, and what holds where an axis does not say it. ``periods``: oldest first."""

    rows: Axis
    columns: Axis | None
    territory: str | None
    period: str
    periods: tuple[str, ...]
    cohort: str
    indicator: str
    level: str

    @property
    def axes(self) -> tuple[Axis, ...]:
        return (self.rows,) if self.columns is None else (self.rows, self.columns)

    def fixed(self, axis: Axis, code: str) -> str | None:
        """The one code of an axis that is in neither rows nor columns."""
        return None if axis in self.axes else code


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """``cells`` by row and column; ``ALL`` is the sum.

    A figure that nobody gave because all answered «не применимо» has the verdict ``NOT_ASKED``.
    """

    question: PivotQuestion
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Coverage]

    @property
    def every_row(self) -> tuple[str, ...]:
        """The rows and, where they have one, their sum."""
        summed = any(row == ALL for row, _ in self.cells)
        return (*self.rows, ALL) if summed and len(self.rows) > 1 else self.rows

    @property
    def every_column(self) -> tuple[str, ...]:
        summed = self.question.columns is not None and any(column == ALL for _, column in self.cells)
        return (*self.columns, ALL) if summed and len(self.columns) > 1 else self.columns


def pivot(reader: Reader, catalogue: Catalogue, question: PivotQuestion) -> Pivot:
    """WrongCall where the indicator, level, cohort or territory does not exist."""
    return _Pivoted(reader, catalogue, question).pivot()


class _Pivoted:
    """One question being answered."""

    def __init__(self, reader: Reader, catalogue: Catalogue, question: PivotQuestion) -> None:
        self._reader, self._catalogue, self._asked = reader, catalogue, question
        self._columns: Axis | None = question.columns if question.columns != question.rows else None

    def pivot(self) -> Pivot:
        cells: dict[tuple[str, str], Coverage] = {}
        for axes in self._groupings():
            for codes, sums in _summed(self._frame, axes):
                cells[codes] = self._cell(codes, sums)
        found = set(cells)
        return Pivot(
            question=self._asked,
            rows=self._ordered(self._asked.rows, {row for row, _ in found} - {ALL}),
            columns=(ALL,) if self._columns is None else self._ordered(self._columns, {c for _, c in found} - {ALL}),
            cells=cells,
        )

    def _groupings(self) -> Iterator[tuple[Axis | None, Axis | None]]:
        """The cells, then the sums that are allowed."""
        rows, columns = self._asked.rows, self._columns
        yield rows, columns
        if self._has_sum(rows):
            yield None, columns
        if columns is not None and self._has_sum(columns):
            yield rows, None
        if columns is not None and self._has_sum(rows) and self._has_sum(columns):
            yield None, None

    def _has_sum(self, axis: Axis) -> bool:
        """Territories that lie in no chosen one are never added up."""
        return axis in ADDED and (axis != "territory" or self._asked.territory is not None)

    @cached_property
    def _frame(self) -> pd.DataFrame:
        """A row a figure of an organisation or a municipality, those that are asked; ``kind`` of its organisation."""
        import pandas as pd  # half a second that only those wait for who want a table

        asked = self._asked
        periods = asked.periods[-MOST_PERIODS:] if "period" in asked.axes else (asked.period,)
        parts = [part for part in map(self._part, periods) if part is not None]
        frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*AXES, *_SUMS])
        return frame[frame["expected"] > 0]

    def _part(self, period: str) -> pd.DataFrame | None:
        asked, of_organisations = self._asked, bool(OF_ORGANISATIONS.intersection(self._asked.axes))
        try:
            found = results_frame(
                self._reader,
                self._catalogue,
                period,
                territory=asked.territory,
                by="organisation" if of_organisations else "territory",
                indicator=asked.fixed("indicator", asked.indicator),
                level=asked.fixed("level", asked.level),
                cohort=asked.fixed("cohort", asked.cohort),
            )
        except WrongCall:  # the period is not opened there
            return None
        names = [axis for axis in AXES if axis != "kind"]
        part = found[[*names, *_SUMS[:-1]]].astype(dict.fromkeys(names, object))
        kinds = self._kinds(period) if of_organisations else {}
        part["kind"] = [kinds.get(code, "") for code in part["organisation"]]
        lacking = self._inapplicable(period) if of_organisations else frozenset()
        rows = zip(part["organisation"], part["level"], part["cohort"], part["submitted"], strict=True)
        part["inapplicable"] = [int(not given and key in lacking) for *key_, given in rows for key in [tuple(key_)]]
        return part[[self._is_told(code) for code in part["indicator"]]]

    def _is_told(self, code: str) -> bool:
        return not self._catalogue.indicators[code].formula.follows

    def _kinds(self, period: str) -> Mapping[str, str]:
        ends = self._reader.period(period, territory=self._asked.territory).ends
        return self._reader.roster(on=ends, territory=self._asked.territory).by_code("kind")

    def _inapplicable(self, period: str) -> frozenset[tuple[str, ...]]:
        """Organisation, level and cohort of what was answered with «не применимо»."""
        if "indicator" in self._asked.axes:
            return frozenset()
        indicator = self._catalogue.indicators[self._asked.indicator]
        counts = [code for _, code in indicator.formula.components(indicator)]
        values = self._reader.values(period, territory=self._asked.territory, counts=counts)
        found = (v for v in values if v.reason is Reason.NOT_APPLICABLE)
        return frozenset((v.organisation, v.cell.level, v.cell.cohort) for v in found)

    def _ordered(self, axis: Axis, codes: set[str]) -> tuple[str, ...]:
        if axis == "territory":
            return tuple(sorted(codes, key=path_order))
        if axis == "organisation":
            return tuple(sorted(codes, key=lambda code: (name_order(self._names.get(code, code)), code)))
        known: Sequence[str] = {
            "indicator": tuple(self._catalogue.indicators),
            "level": tuple(self._catalogue.levels),
            "cohort": tuple(self._catalogue.cohorts),
            "period": self._asked.periods,
            "kind": tuple(self._catalogue.organisation_kinds),
        }[axis]
        return tuple(code for code in known if code in codes)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return self._reader.roster().names

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        return self._reader.roster().homes

    def _cell(self, codes: tuple[str, str], sums: CellSums) -> Coverage:
        asked = self._asked
        named = dict(zip((asked.rows, self._columns), codes, strict=True))
        level = named.get("level", asked.level)
        key = FigureKey(named.get("indicator", asked.indicator), level, named.get("cohort", asked.cohort))
        organisation = named.get("organisation") or None
        home = self._homes.get(organisation or "") or named.get("territory") or asked.territory or ""
        indicator = self._catalogue.indicators[key.indicator]
        figure = self._figure(indicator, key, named.get("period", asked.period), home, organisation, sums)
        plan = self._plan(figure)
        if not figure.formula.apart and any(named.get(axis) for axis in OF_ORGANISATIONS):
            plan = None  # a count's plan is its territory's alone
        return measured(replace(figure, plan=plan))

    def _figure(
        self, indicator: Indicator, key: FigureKey, period: str, home: str, organisation: str | None, sums: CellSums
    ) -> Coverage:
        submitted, expected = sums["submitted"] or 0, sums["expected"] or 0
        nothing = Verdict.NOT_ASKED if expected and sums["inapplicable"] == expected else Verdict.NO_DATA
        own = indicator.formula.answers and organisation is not None
        return Coverage(
            period=period,
            territory=home,
            organisation=organisation,
            indicator=key.indicator,
            level=key.level,
            cohort=key.cohort,
            kind=indicator.kind,
            unit=unit_of(self._catalogue, indicator),
            direction=direction_of(self._catalogue, indicator),
            numerator=sums["numerator"],
            denominator=sums["denominator"],
            value=sums["numerator"] if own else sums["value"] if indicator.formula.plain else None,
            plan=None,
            verdict=Verdict.NO_PLAN if submitted else nothing,
            needed=None,
            shortfall=None,
            submitted=submitted,
            expected=expected,
            can_change=None if submitted < expected else False,
            settled_from=SETTLED_FROM,
            few_below=FEW_BELOW,
        )

    def _plan(self, figure: Coverage) -> PlanValue | None:
        if figure.period not in self._plans:
            self._plans[figure.period] = Plans(self._reader.plans(figure.period, territory=self._asked.territory))
        return self._plans[figure.period].nearest(figure.territory, figure.key)

    @cached_property
    def _plans(self) -> dict[str, Plans]:
        return {}


def measured(figure: Coverage) -> Coverage:
    """The figure with the verdict and need that follow from its own sums and plan."""
    if figure.verdict is not Verdict.NO_PLAN:
        return figure
    if not figure.formula.plain and figure.denominator == 0:
        return replace(figure, verdict=Verdict.NOBODY)
    amount = fitting_amount(figure.plan, figure.kind)
    above = figure.value if figure.formula.plain else figure.numerator
    below = 1 if figure.formula.plain else figure.denominator
    if amount is None or above is None or not below:
        return figure
    short = short_parts(above, figure.formula.times * below, hundredths(amount), sign_of(figure.direction))
    verdict = Verdict.NOT_MET if short > 0 else Verdict.MET
    return replace(figure, verdict=verdict, needed=need_of(short), shortfall=Fraction(short, PARTS))


def _summed(frame: pd.DataFrame, axes: tuple[Axis | None, ...]) -> Iterator[tuple[tuple[str, str], CellSums]]:
    """Row and column with the sums of each; a sum of nothing given is none, not nought."""
    if frame.empty:
        return
    by: list[str] = [axis for axis in axes if axis is not None]
    if by:
        sums = frame.groupby(by, sort=False, observed=True)[_SUMS].sum(min_count=1).reset_index()
    else:
        sums = frame[_SUMS].sum(min_count=1).to_frame().T
    for row in sums.to_dict("records"):
        row_code, column_code = (ALL if axis is None else str(row[axis]) for axis in axes)
        yield (row_code, column_code), {name: _whole(row[name]) for name in _SUMS}


def _whole(number: Any) -> int | None:
    return None if number is None or number != number else int(number)


__all__ = ["ALL", "AXES", "Axis", "Pivot", "PivotQuestion", "measured", "pivot"]
