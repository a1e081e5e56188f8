"""Results as a pandas DataFrame: the columns of a page's figures, named and typed; files are written from it, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from proforient.analysis.arithmetic import PARTS, VERDICTS
from proforient.analysis.columns import Columns, of_organisations, of_territories
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Filters, Scope
from proforient.catalogue.figures import direction_of, unit_of
from proforient.monitoring import PlanValue

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from proforient.analysis.coverage import By, Coverage
    from proforient.catalogue.entries import Catalogue
    from proforient.store.reading import Reader


def results_frame(
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
    exact: bool = False,
) -> pd.DataFrame:
    """One row a figure; rows, their order and errors as ``coverages``, columns as ``proforient.results``."""
    wanted = keys(catalogue, indicator, level, cohort)
    filters = Filters(indicator=indicator, level=level, cohort=cohort)
    below = by == "below"
    scope = Scope(
        reader, catalogue, period, territory=territory, organisation=organisation, filters=filters, below=below
    )
    if organisation is not None or by == "organisation":
        return of_columns(scope, of_organisations(scope, wanted), exact=exact)
    columns = of_territories(scope, wanted, apart=below or by == "territory" or territory is None)
    return of_columns(scope, columns, exact=exact)


def of_columns(scope: Scope, columns: Columns, *, exact: bool) -> pd.DataFrame:
    """Rows as they stand in the columns; ``exact``: what need not be whole as exact numbers, not as floats."""
    import pandas as pd  # half a second that only those wait for who want a table

    def whole(numbers: NDArray[Any], where: NDArray[np.bool_] | None = None) -> Any:
        known = np.ones(len(columns), dtype=bool) if where is None else where
        return pd.arrays.IntegerArray(np.where(known, numbers, 0).astype(np.int64), ~known)

    def part(above: NDArray[Any], below: NDArray[Any] | int, where: NDArray[np.bool_], times: int = 1) -> Any:
        below = np.where(where, below, 1)
        if exact:
            every = zip(above.tolist(), below.tolist(), where.tolist(), strict=True)
            return pd.Series([Fraction(times * a, b) if there else None for a, b, there in every], dtype=object)
        return pd.arrays.FloatingArray((np.where(where, above, 0) / below * times).astype(np.float64), ~where)

    def words(values: list[str], at: NDArray[Any]) -> Any:
        names = list(dict.fromkeys(values))
        places = {name: n for n, name in enumerate(names)}
        codes = np.array([places[value] for value in values], dtype=np.int64)
        return pd.Categorical.from_codes(codes[at] if len(codes) else [], categories=pd.Index(names, dtype="str"))

    def of_plans(field_of: Callable[[PlanValue], str]) -> Any:
        return words([field_of(plan) if plan else "" for plan in plans], plan_at)

    places = columns.places
    indicators = [scope.catalogue.indicators[key.indicator] for key in columns.figures]
    peopled = columns.pair_given & (columns.denominator > 0)
    percent = np.array([i.formula.in_percent for i in indicators], dtype=bool)[columns.figure]
    complete = columns.measured & ((columns.missing == 0) | (columns.unknown == 0))
    plans, plan_at = _plans(scope, columns)
    return pd.DataFrame(
        {
            "period": words([scope.period.code], np.zeros(len(columns), dtype=np.int64)),
            "territory": words(list(places.paths), places.path[columns.place]),
            "organisation": words(list(places.codes or [""] * len(places)), columns.place),
            "indicator": words([key.indicator for key in columns.figures], columns.figure),
            "level": words([key.level for key in columns.figures], columns.figure),
            "cohort": words([key.cohort for key in columns.figures], columns.figure),
            "kind": words([i.kind for i in indicators], columns.figure),
            "unit": words([unit_of(scope.catalogue, i) for i in indicators], columns.figure),
            "direction": words([direction_of(scope.catalogue, i) for i in indicators], columns.figure),
            "numerator": whole(columns.numerator, columns.pair_given),
            "denominator": whole(columns.denominator, columns.pair_given),
            "value": whole(columns.value, columns.value_given),
            "share": part(columns.numerator, columns.denominator, peopled & percent, times=100),
            "average": part(columns.numerator, columns.denominator, peopled & ~percent),
            "plan": part(columns.plan, 100, columns.planned),
            "plan_origin": of_plans(lambda plan: plan.origin),
            "plan_ground": of_plans(lambda plan: plan.ground),
            "verdict": words([v.value for v in VERDICTS], columns.verdict),
            "needed": whole(columns.needed, columns.measured),
            "shortfall": part(columns.short, PARTS, columns.measured),
            "submitted": whole(columns.submitted),
            "expected": whole(columns.submitted + columns.missing),
            "on_review": whole(columns.on_review),
            "can_change": pd.arrays.BooleanArray((columns.missing > 0) & columns.turns & complete, ~complete),
            "judgement": words(*_judgements(scope, columns)),
        }
    )


def _plans(scope: Scope, columns: Columns) -> tuple[list[PlanValue | None], NDArray[Any]]:
    """The plans that hold and, for each row, the place of its own among them; the first is none."""
    width = max(1, len(columns.figures))
    whose = np.where(columns.planned, columns.places.path[columns.place] * width + columns.figure, -1)
    kinds, at = np.unique(np.append(whose, -1), return_inverse=True)
    plans = [scope.plans.nearest(columns.places.paths[n // width], columns.figures[n % width]) for n in kinds[1:]]
    return [None, *plans], at[:-1]


def _judgements(scope: Scope, columns: Columns) -> tuple[list[str], NDArray[Any]]:
    """The texts of the newest judgements, of which the first is empty, and the place of each row's own among them."""
    texts, at = [""], np.zeros(len(columns), dtype=np.int64)
    if scope.judgements:
        for row, (place, figure) in enumerate(zip(columns.place.tolist(), columns.figure.tolist(), strict=True)):
            territory, organisation = columns.places[place]
            if found := scope.judgements.get((organisation or territory, columns.figures[figure])):
                at[row] = len(texts)
                texts.append(found[0].text)
    return texts, at


def of_records(figures: Iterable[Coverage]) -> pd.DataFrame:
    """The same exact table of figures that are records already: of several periods at once, or rounded ones."""
    import pandas as pd  # likewise

    return pd.DataFrame([_of_record(c) for c in figures], columns=[*_SAME, *_OWN], dtype=object)


_SAME = (
    *("period", "territory", "indicator", "level", "cohort", "kind", "unit", "direction", "numerator", "denominator"),
    *("value", "share", "verdict", "needed", "shortfall", "submitted", "expected", "on_review", "can_change"),
)
_OWN = ("organisation", "average", "plan", "plan_origin", "plan_ground", "judgement")


def _of_record(c: Coverage) -> tuple[object, ...]:
    own = (
        c.organisation or "",
        None if c.formula.plain or c.formula.in_percent else c.measure,
        Fraction(c.plan.amount) if c.plan else None,
        c.plan.origin if c.plan else "",
        c.plan.ground if c.plan else "",
        c.judgement.text if c.judgement else "",
    )
    return (*(getattr(c, name) for name in _SAME), *own)


def plain_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row by the names of its columns; what is empty is None."""
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).itertuples(index=False, name="Row")
