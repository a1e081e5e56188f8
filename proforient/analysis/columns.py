"""Figures as columns: one row for each place (territory or organisation) and figure, computed for all rows at once.

In: what the store has ready-made, as Arrow. Out: whole numbers, shortfalls, needs and verdicts, exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from proforient.analysis.arithmetic import (
    VERDICTS,
    exact,
    fitting_amount,
    hundredths,
    need_of,
    short_parts,
    sign_of,
    verdicts,
)
from proforient.analysis.completeness import turns
from proforient.analysis.requirements import in_force, is_asked
from proforient.catalogue.figures import FigureKey, direction_of
from proforient.catalogue.kinds import kind_of
from proforient.monitoring import Verdict, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from proforient.analysis.scope import Scope
    from proforient.store.roster import Roster

MEASURED = [n for n, verdict in enumerate(VERDICTS) if verdict in (Verdict.MET, Verdict.NOT_MET)]
FigureOwner = tuple[str, str | None]  # territory, organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceColumn(Sequence[FigureOwner]):
    """The territories that occur, the one of each place, and codes of organisations; None: territories themselves."""

    paths: Sequence[str]
    path: NDArray[Any]
    codes: Sequence[str] | None

    def __len__(self) -> int:
        return len(self.path)

    @overload
    def __getitem__(self, at: int) -> FigureOwner: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[FigureOwner]: ...
    def __getitem__(self, at: int | slice) -> FigureOwner | Sequence[FigureOwner]:
        if isinstance(at, slice):
            return [self[n] for n in range(len(self))[at]]
        return self.paths[self.path[at]], None if self.codes is None else self.codes[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Rows in the order of places and figures; ``place`` and ``figure`` are positions in ``places`` and ``figures``.

    ``numerator``, ``denominator`` and ``value`` are whole, 0 where ``*_given`` is False. ``short`` is the shortfall in
    ``arithmetic.PARTS`` of a unit and ``needed`` in whole units; both, and ``turns``, hold where ``measured`` is True.
    ``verdict`` is a position in ``arithmetic.VERDICTS``. ``turns``: whether the missing could turn the verdict, as far
    as it is known (``unknown`` 0).
    """

    places: PlaceColumn
    figures: Sequence[FigureKey]
    place: NDArray[np.int32]
    figure: NDArray[np.int32]
    numerator: NDArray[Any]
    denominator: NDArray[Any]
    pair_given: NDArray[np.bool_]
    value: NDArray[Any]
    value_given: NDArray[np.bool_]
    submitted: NDArray[np.int64]
    on_review: NDArray[np.int64]
    late: NDArray[np.int64]
    missing: NDArray[np.int64]
    unknown: NDArray[np.int64]
    planned: NDArray[np.bool_]
    plan: NDArray[Any]
    measured: NDArray[np.bool_]
    short: NDArray[Any]
    needed: NDArray[Any]
    verdict: NDArray[np.int8]
    turns: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.place)


def of_territories(scope: Scope, wanted: Sequence[FigureKey], *, apart: bool) -> Columns:
    """The ready-made sums of the scope's territory, or of each municipality (``apart``)."""
    paths = scope.places(apart=apart)
    places = PlaceColumn(paths=paths, path=np.arange(len(paths)), codes=None)
    grid = _Grid(places, wanted)
    asked = np.tile(_in_force(scope, wanted), len(places))
    totals = scope.totals(wanted, apart=apart)
    at, row = grid.find(totals, totals["territory"], pa.array(paths, pa.string()), wanted)
    sums = grid.spread(totals, at, row, _SUMS)
    return _computed(scope, grid, sums, shown=asked | (sums["submitted"] > 0), own_plans=False)


def of_organisations(scope: Scope, wanted: Sequence[FigureKey]) -> Columns:
    """What each organisation of the register, and each one that gave something, gave; in the order of names."""
    answers = _answers(scope, wanted)
    sums = answers.grid.spread(answers.pairs, answers.at, answers.row, ("numerator", "denominator", "value"))
    waiting = pc.not_equal(answers.pairs["state"], "accepted").to_numpy(zero_copy_only=False)
    sums["submitted"] = answers.given.astype(np.int64)
    sums["on_review"] = np.zeros(answers.grid.size, dtype=np.int64)
    sums["on_review"][answers.at] = waiting[answers.row]
    sums["missing"] = answers.missing.astype(np.int64)
    for name in ("late", "possible", "unknown"):
        sums[name] = np.zeros(answers.grid.size, dtype=np.int64)
    in_year = np.tile(_in_force(scope, wanted), len(answers.grid.places))
    return _computed(scope, answers.grid, sums, shown=answers.given | in_year, own_plans=True)


def missing_codes(scope: Scope, whose: Sequence[tuple[str, FigureKey]]) -> list[tuple[str, ...]]:
    """For each territory and figure the codes of who is asked and gave nothing, in the order of names."""
    wanted = list(dict.fromkeys(key for _, key in whose))
    answers = _answers(scope, wanted)
    places, missing = answers.grid.places, answers.missing.reshape(-1, len(wanted))
    codes = np.array(places.codes or (), dtype=object)
    inside = {
        territory: np.array([within(path, territory) for path in places.paths], dtype=bool)[places.path]
        for territory in dict.fromkeys(territory for territory, _ in whose)
    }
    figures = {key: n for n, key in enumerate(wanted)}
    return [tuple(codes[inside[territory] & missing[:, figures[key]]]) for territory, key in whose]


class _Answers(NamedTuple):
    """Every organisation with every figure: the rows of ``pairs`` that fill the grid ``at``, and who lacks."""

    grid: _Grid
    pairs: pa.Table
    at: NDArray[Any]
    row: NDArray[Any]
    given: NDArray[np.bool_]
    missing: NDArray[np.bool_]


def _answers(scope: Scope, wanted: Sequence[FigureKey]) -> _Answers:
    pairs = scope.pairs(wanted)
    people = scope.people(pairs)
    path, paths = people.split("territory")
    grid = _Grid(PlaceColumn(paths=paths, path=path, codes=people.codes), wanted)
    stored = [scope.stored_as(key) for key in wanted]
    at, row = grid.find(pairs, pairs["organisation"], people.table["code"].combine_chunks(), stored)
    given = np.zeros(grid.size, dtype=bool)
    given[at] = True
    return _Answers(grid, pairs, at, row, given, ~given & _asked_of(scope, people, wanted))


_SUMS = ("numerator", "denominator", "value", "submitted", "on_review", "late", "missing", "possible", "unknown")
Sums = dict[str, "NDArray[Any]"]


class _Grid:
    """Every place with every figure: the row of a place and figure is its position."""

    def __init__(self, places: PlaceColumn, wanted: Sequence[FigureKey]) -> None:
        self.places = places
        self.wanted = wanted
        self.size = len(places) * len(wanted)

    def find(
        self, table: pa.Table, whose: pa.ChunkedArray, names: pa.Array, stored: Sequence[FigureKey]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Rows of the grid, and beside them the rows of the table that belong there.

        ``whose`` holds one of the ``names``, which are in the order of places. ``stored``: under which figure the
        table has each wanted one; a share and its trend have the same.
        """
        place = pc.fill_null(pc.index_in(whose.combine_chunks(), value_set=names), -1).to_numpy(zero_copy_only=False)
        codes = [_encoded(table[name]) for name in ("indicator", "level", "cohort")]
        found: list[tuple[NDArray[Any], NDArray[Any]]] = []
        for layer in _layers(stored):
            lookup = np.full([len(names) + 1 for _, names in codes], -1, dtype=np.int64)
            for key, figure in layer.items():
                spot = tuple(names.get(code, -1) for (_, names), code in zip(codes, key, strict=True))
                if -1 not in spot:
                    lookup[spot] = figure
            figure_of = lookup[tuple(column for column, _ in codes)]
            row = np.flatnonzero((place >= 0) & (figure_of >= 0))
            found.append((place[row] * len(self.wanted) + figure_of[row], row))
        return np.concatenate([at for at, _ in found]), np.concatenate([row for _, row in found])

    def spread(self, table: pa.Table, at: NDArray[Any], row: NDArray[Any], names: Iterable[str]) -> Sums:
        """The table's columns as columns of the grid, 0 where it has no row; ``*_given``: where it has a number."""
        sums: Sums = {}
        for name in names:
            column = table[name].combine_chunks()
            sums[name] = np.zeros(self.size, dtype=np.int64)
            sums[name][at] = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)[row]
            sums[f"{name}_given"] = np.zeros(self.size, dtype=bool)
            sums[f"{name}_given"][at] = column.is_valid().to_numpy(zero_copy_only=False)[row]
        return sums


def _layers(stored: Sequence[FigureKey]) -> list[dict[FigureKey, int]]:
    """The positions of figures by what they are stored as, in as many mappings as figures are stored alike."""
    layers: list[dict[FigureKey, int]] = [{}]
    for n, key in enumerate(stored):
        layer = next((found for found in layers if key not in found), None)
        if layer is None:
            layers.append(layer := {})
        layer[key] = n
    return layers


def _encoded(column: pa.ChunkedArray) -> tuple[NDArray[Any], dict[str, int]]:
    encoded = pc.dictionary_encode(column.combine_chunks())
    names = {name: n for n, name in enumerate(encoded.dictionary.to_pylist())}
    return encoded.indices.to_numpy(zero_copy_only=False), names


def _in_force(scope: Scope, wanted: Sequence[FigureKey]) -> NDArray[np.bool_]:
    return np.array([in_force(scope.catalogue, key.indicator, scope.period) for key in wanted], dtype=bool)


def _asked_of(scope: Scope, people: Roster, wanted: Sequence[FigureKey]) -> NDArray[np.bool_]:
    """Of whom which figure is asked; the organisations of one kind with the same levels are asked alike."""
    indicators, in_year = scope.catalogue.indicators, _in_force(scope, wanted)
    (kind, _), (levels, lists) = people.split("kind"), people.split("levels")
    sorts, row_of, alike = np.unique(kind * len(lists) + levels, return_index=True, return_inverse=True)
    answers = np.zeros((len(sorts), len(wanted)), dtype=bool)
    for n, row in enumerate(row_of.tolist()):
        one = people.at(row)
        answers[n] = in_year & [is_asked(one, indicators[key.indicator], key.level) for key in wanted]
    there = people.open_on(scope.period.ends)
    return np.asarray(answers[alike] & there[:, None], dtype=bool).ravel()


def _plans(scope: Scope, places: PlaceColumn, wanted: Sequence[FigureKey], *, own: bool) -> tuple[Any, Any]:
    """Where a plan holds, and in hundredths. An organisation has the plans of its territory's shares (``own``)."""
    planned = np.zeros((len(places.paths), len(wanted)), dtype=bool)
    plan = np.zeros((len(places.paths), len(wanted)), dtype=np.int64)
    for figure, key in enumerate(wanted):
        kind = scope.catalogue.indicators[key.indicator].kind
        if not scope.plans.has(key) or (own and not kind_of(kind).apart):
            continue
        one_for_all = not scope.plans.differ(key)
        for n, territory in enumerate(places.paths[:1] if one_for_all else places.paths):
            amount = fitting_amount(scope.plans.nearest(territory, key), kind)
            if amount is not None:
                rows = slice(None) if one_for_all else n
                planned[rows, figure], plan[rows, figure] = True, hundredths(amount)
    return planned[places.path].ravel(), plan[places.path].ravel()


def _judged(scope: Scope, grid: _Grid) -> NDArray[np.bool_]:
    judged = np.zeros(grid.size, dtype=bool)
    if scope.judgements:
        whose = {organisation or territory: n for n, (territory, organisation) in enumerate(grid.places)}
        figures = {key: n for n, key in enumerate(grid.wanted)}
        for who, key in scope.judgements:
            if who in whose and key in figures:
                judged[whose[who] * len(grid.wanted) + figures[key]] = True
    return judged


def _computed(scope: Scope, grid: _Grid, sums: Sums, *, shown: NDArray[np.bool_], own_plans: bool) -> Columns:
    """Plan, shortfall, need, verdict and whether it can turn; only the rows that are ``shown`` are kept."""
    rows = np.flatnonzero(shown)
    place, figure = (part.astype(np.int32) for part in np.divmod(rows, max(1, len(grid.wanted))))
    chosen_sums = {name: column[rows] for name, column in sums.items()}
    indicators = [scope.catalogue.indicators[key.indicator] for key in grid.wanted]
    counted = np.array([i.formula.plain for i in indicators], dtype=bool)[figure]
    bounded = np.array([i.formula.bounded for i in indicators], dtype=bool)[figure]
    times = np.array([i.formula.times for i in indicators], dtype=np.int64)[figure]
    sign = np.array([sign_of(direction_of(scope.catalogue, i)) for i in indicators], dtype=np.int64)[figure]
    planned, plan = (column[rows] for column in _plans(scope, grid.places, grid.wanted, own=own_plans))
    pair_given = chosen_sums["numerator_given"] & chosen_sums["denominator_given"]
    above, below = (
        exact(np.where(counted, chosen_sums["value"], chosen_sums["numerator"])),
        times * exact(np.where(counted, 1, chosen_sums["denominator"]), times * plan),
    )
    has = np.where(counted, chosen_sums["value_given"], pair_given & (chosen_sums["denominator"] > 0))
    measured, plan = planned & has, exact(plan)
    short = short_parts(above, below, plan, sign)
    return Columns(
        places=grid.places,
        figures=grid.wanted,
        place=place,
        figure=figure,
        numerator=chosen_sums["numerator"],
        denominator=chosen_sums["denominator"],
        pair_given=pair_given,
        value=chosen_sums["value"],
        value_given=chosen_sums["value_given"],
        submitted=chosen_sums["submitted"],
        on_review=chosen_sums["on_review"],
        late=chosen_sums["late"],
        missing=chosen_sums["missing"],
        unknown=chosen_sums["unknown"],
        planned=planned,
        plan=plan,
        measured=measured,
        short=short,
        needed=need_of(short),
        verdict=verdicts(
            asked=(chosen_sums["missing"] > 0) | (chosen_sums["submitted"] > 0),
            given=chosen_sums["submitted"] > 0,
            nobody=~counted & chosen_sums["denominator_given"] & (chosen_sums["denominator"] == 0),
            planned=measured,
            short=short,
            judged=_judged(scope, grid)[rows],
        ),
        turns=turns(
            numerator=above,
            denominator=below,
            plan=plan,
            sign=sign,
            possible=exact(chosen_sums["possible"]),
            grows=np.where(counted, 0, times * exact(chosen_sums["possible"], times * plan)),
            bounded=bounded,
        ),
    )
