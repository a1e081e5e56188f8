"""The word of each trend indicator: its share over the chain of earlier periods, put to the test."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.analysis.chain import earlier
from proforient.analysis.scope import Scope
from proforient.analysis.trend import Point, Trend, trend
from proforient.catalogue.figures import Key, direction_of, measured

Whose = tuple[str, Key]  # an organisation's code or a territory's path, and the figure


def trends(scope: Scope, told: Sequence[Whose], *, organisations: bool, apart: bool) -> dict[Whose, Trend]:
    """For each trend figure that has numbers in this period, what can be said of it.

    The store is asked once for each period of the chain and followed share, not once for each row.
    """
    if not told:
        return {}
    codes = list(dict.fromkeys(key.indicator for _, key in told))
    chain = [scope.period, *earlier(scope.reader, scope.period, territory=scope.territory)]
    points: dict[Whose, list[Point]] = {}
    for score, period in enumerate(reversed(chain)):
        for code in codes:
            share = measured(scope.catalogue, scope.catalogue.indicators[code]).code
            for whom, level, cohort, numerator, denominator in _counts(
                scope, period.code, share, organisations=organisations, apart=apart
            ):
                points.setdefault((whom, Key(code, level, cohort)), []).append(Point(score, numerator, denominator))
    return {whose: _test(scope, whose[1], points.get(whose, [])) for whose in told}


def _counts(
    scope: Scope, period: str, indicator: str, *, organisations: bool, apart: bool
) -> list[tuple[str, str, str, int, int]]:
    """Whose, level, cohort, numerator and denominator of one share in one period."""
    if organisations:
        found = scope.pairs_table(period, indicator)
    else:
        found = scope.totals_table(period, indicator, apart=apart)
    names = ("organisation" if organisations else "territory", "level", "cohort", "numerator", "denominator")
    columns = (found[name].to_pylist() for name in names)
    return [row for row in zip(*columns, strict=True) if None not in row]


def _test(scope: Scope, key: Key, points: Sequence[Point]) -> Trend:
    indicator = scope.catalogue.indicators[key.indicator]
    direction = direction_of(scope.catalogue, indicator)
    return trend(points, periods=indicator.periods, alpha=indicator.alpha, direction=direction)
