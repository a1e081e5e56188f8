"""Results as a pandas DataFrame, for analysts: the columns of a page's figures, named and typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from proforient.analysis.arithmetic import PARTS, VERDICTS
from proforient.analysis.asked import keys
from proforient.analysis.columns import Columns, of_organisations, of_territories
from proforient.analysis.scope import Filters, Scope
from proforient.catalogue.figures import direction_of, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from proforient.analysis.coverage import By
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
) -> pd.DataFrame:
    """One row a figure; rows, their order and errors as ``coverages``, columns as ``proforient.results``."""
    wanted = keys(catalogue, indicator, level, cohort)
    filters = Filters(indicator=indicator, level=level, cohort=cohort)
    below = by == "below"
    scope = Scope(
        reader, catalogue, period, territory=territory, organisation=organisation, filters=filters, below=below
    )
    if organisation is not None or by == "organisation":
        return _framed(scope, of_organisations(scope, wanted))
    return _framed(scope, of_territories(scope, wanted, apart=below or by == "territory" or territory is None))


def _framed(scope: Scope, columns: Columns) -> pd.DataFrame:
    import pandas as pd  # half a second that only analysts wait for

    def whole(numbers: NDArray[Any], where: NDArray[np.bool_] | None = None) -> Any:
        known = np.ones(len(columns), dtype=bool) if where is None else where
        return pd.arrays.IntegerArray(np.where(known, numbers, 0).astype(np.int64), ~known)

    def part(numbers: NDArray[Any], where: NDArray[np.bool_]) -> Any:
        return pd.arrays.FloatingArray(np.where(where, numbers, 0).astype(np.float64), ~where)

    def words(values: list[str], at: NDArray[Any]) -> Any:
        names = list(dict.fromkeys(values))
        places = {name: n for n, name in enumerate(names)}
        codes = np.array([places[value] for value in values], dtype=np.int64)
        return pd.Categorical.from_codes(codes[at] if len(codes) else [], categories=pd.Index(names, dtype="str"))

    places = columns.places
    indicators = [scope.catalogue.indicators[key.indicator] for key in columns.figures]
    peopled = columns.pair_given & (columns.denominator > 0)
    percent = np.array([i.formula.in_percent for i in indicators], dtype=bool)[columns.figure]
    each = columns.numerator / np.where(peopled, columns.denominator, 1)
    told = columns.measured & ((columns.missing == 0) | (columns.unknown == 0))
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
            "share": part(each * 100, peopled & percent),
            "average": part(each, peopled & ~percent),
            "plan": part(columns.plan / 100, columns.planned),
            "verdict": words([v.value for v in VERDICTS], columns.verdict),
            "needed": whole(columns.needed, columns.measured),
            "shortfall": part(columns.short / PARTS, columns.measured),
            "submitted": whole(columns.submitted),
            "expected": whole(columns.submitted + columns.missing),
            "on_review": whole(columns.on_review),
            "can_change": pd.arrays.BooleanArray((columns.missing > 0) & columns.turns & told, ~told),
        }
    )
