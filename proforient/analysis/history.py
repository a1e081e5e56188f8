"""The word of each trend indicator: its share over the chain of earlier periods, put to the test."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from proforient.analysis.earlier_periods import earlier
from proforient.analysis.scope import Scope
from proforient.analysis.trend import Point, Trend, trend
from proforient.catalogue.figures import FigureKey, direction_of, measured

Whose = tuple[str, FigureKey]  # an organisation's code or a territory's path, and the figure


def trends(scope: Scope, subjects: Sequence[Whose], *, organisations: bool, apart: bool) -> dict[Whose, Trend]:
    """For each trend figure that has numbers in this period, what can be said of it.

    The store is asked once, not once for each period or row.
    """
    if not subjects:
        return {}
    codes = list(dict.fromkeys(key.indicator for _, key in subjects))
    chain = [scope.period, *earlier(scope.reader, scope.period, territory=scope.territory)]
    points: dict[Whose, list[Point]] = {}
    scores = {period.code: score for score, period in enumerate(reversed(chain))}
    followed: dict[str, list[str]] = {}
    for code in codes:
        followed.setdefault(measured(scope.catalogue, scope.catalogue.indicators[code]).code, []).append(code)
    for period, whom, share, level, cohort, numerator, denominator in _counts(
        scope, list(scores), followed, organisations=organisations, apart=apart
    ):
        for code in followed[share]:
            point = Point(scores[period], numerator, denominator)
            points.setdefault((whom, FigureKey(code, level, cohort)), []).append(point)
    for found in points.values():
        found.sort(key=lambda point: point.score)  # order: of periods
    return {whose: _test(scope, whose[1], points.get(whose, [])) for whose in subjects}


def _counts(
    scope: Scope, periods: Sequence[str], shares: Collection[str], *, organisations: bool, apart: bool
) -> list[tuple[str, str, str, str, str, int, int]]:
    """Period, whose, share, level, cohort, numerator and denominator."""
    found = scope.pairs_over(periods, shares) if organisations else scope.totals_over(periods, shares, apart=apart)
    whose = "organisation" if organisations else "territory"
    names = ("period", whose, "indicator", "level", "cohort", "numerator", "denominator")
    columns = (found[name].to_pylist() for name in names)
    return [row for row in zip(*columns, strict=True) if None not in row]


def _test(scope: Scope, key: FigureKey, points: Sequence[Point]) -> Trend:
    indicator = scope.catalogue.indicators[key.indicator]
    direction = direction_of(scope.catalogue, indicator)
    return trend(points, periods=indicator.periods, alpha=indicator.alpha, direction=direction)
