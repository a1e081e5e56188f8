"""The figures of a period: shares, counts and answers with plan, verdict, need and completeness.

In: the store's reader and the catalogue. Out: a ``Coverage`` for each territory or organisation and figure asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from proforient.analysis.arithmetic import fitting_amount, needed, short_of, shortfall, verdict, whole_need
from proforient.analysis.asked import Key, direction_of, in_force, is_asked, keys, unit_of
from proforient.analysis.completeness import can_change
from proforient.analysis.history import trends
from proforient.analysis.scope import NOTHING, Scope, Sums, filters, sums_of_pair, sums_of_total
from proforient.analysis.trend import TrendWord
from proforient.catalogue.entries import Catalogue, Direction, IndicatorKind
from proforient.monitoring import Judgement, PlanValue, Verdict
from proforient.wording.order import name_order, path_order

if TYPE_CHECKING:
    from proforient.store.reading import Reader

__all__ = [
    "By",
    "Coverage",
    "coverages",
    "needed",
    "organisation_rows",
    "shortfall",
    "total_rows",
    "verdict",
]

By = Literal["organisation", "territory"]
SETTLED_FROM = Fraction(1, 2)  # of the expected organisations


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
    missing: tuple[str, ...] = ()  # codes of expected organisations without a pair
    on_review: int = 0  # of the submitted: reports not yet accepted

    @property
    def key(self) -> Key:
        """Indicator, level and cohort."""
        return Key(self.indicator, self.level, self.cohort)

    @property
    def share(self) -> Fraction | None:
        """Percent as an exact fraction, None without a denominator above 0."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(100 * self.numerator, self.denominator)

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
        """Incomplete so that nothing final can be said: fewer than ``SETTLED_FROM`` have reported, or those who have
        not could still turn the verdict, or it is not known whether they could."""
        turns = self.verdict in (Verdict.MET, Verdict.NOT_MET) and self.can_change is not False
        return self.provisional and (turns or Fraction(self.submitted, self.expected) < SETTLED_FROM)

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
) -> list[Coverage]:
    """Figures in the order of territory, organisation, and the catalogue's indicator, level, cohort.

    Without ``by`` totals: of the territory, or of each municipality where none is named (unrelated ones are never
    added up). ``by="organisation"`` and ``organisation`` give rows of organisations, ``by="territory"`` the
    municipalities of a region. Raises WrongCall for what does not exist.
    """
    wanted = keys(catalogue, indicator, level, cohort)
    scope = Scope(
        reader,
        catalogue,
        period,
        territory=territory,
        organisation=organisation,
        filters=filters(catalogue, indicator, level, cohort),
    )
    if organisation is not None or by == "organisation":
        return organisation_rows(scope, wanted)
    return total_rows(scope, wanted, apart=by == "territory")


def organisation_rows(scope: Scope, wanted: Sequence[Key]) -> list[Coverage]:
    """A row for each organisation of the register and each one that gave something, and each wanted figure."""
    rows = _with_can_change(scope, list(_of_organisations(scope, wanted)))
    return _with_trends(scope, rows, organisations=True, apart=False)


def total_rows(scope: Scope, wanted: Sequence[Key], *, apart: bool = False) -> list[Coverage]:
    """A row for each wanted figure of the territory, or of each municipality (``apart``, or no territory)."""
    apart = apart or scope.territory is None
    rows = _with_can_change(scope, list(_of_territories(scope, wanted, apart=apart)))
    return _with_trends(scope, rows, organisations=False, apart=apart)


def _of_organisations(scope: Scope, wanted: Sequence[Key]) -> Iterator[Coverage]:
    homes = {code: pair.territory for (code, _), pair in scope.given.items()}
    if scope.organisation and scope.territory:
        homes[scope.organisation] = scope.territory
    homes |= {code: o.territory for code, o in scope.register.items()}

    def place(item: tuple[str, str]) -> tuple[object, ...]:
        code, territory = item
        found = scope.register.get(code)
        return path_order(territory), name_order(found.name if found else code), code

    for code, territory in sorted(homes.items(), key=place):
        for key in wanted:
            indicator, pair = scope.catalogue.indicators[key.indicator], scope.given.get((code, scope.stored_as(key)))
            asks = in_force(indicator, scope.period)
            if pair or asks:
                organisation = scope.register.get(code)
                missing = not pair and organisation and is_asked(organisation, indicator, key.level)
                yield _coverage(
                    scope,
                    key,
                    territory=territory,
                    organisation=code,
                    sums=sums_of_pair(pair) if pair else NOTHING,
                    plan=scope.plans.nearest(territory, key) if indicator.kind == "share" else None,
                    judgements=scope.judgements.get((code, key), ()),
                    missing=(code,) if missing else (),
                )


def _of_territories(scope: Scope, wanted: Sequence[Key], *, apart: bool) -> Iterator[Coverage]:
    """The sums are read ready-made; who gave them is read beside, since the missing ones are named."""
    totals = {
        (t.territory, Key(t.indicator, t.level, t.cohort)): sums_of_total(t)
        for t in scope.totals(scope.period.code, apart=apart)
    }
    for place, organisations in scope.places(apart=apart).items():
        for key in wanted:
            indicator, source = scope.catalogue.indicators[key.indicator], scope.stored_as(key)
            asks, sums = in_force(indicator, scope.period), totals.get((place, source), NOTHING)
            if sums.submitted or asks:
                expected = [o.code for o in organisations if asks and is_asked(o, indicator, key.level)]
                yield _coverage(
                    scope,
                    key,
                    territory=place,
                    organisation=None,
                    sums=sums,
                    plan=scope.plans.nearest(place, key),
                    judgements=scope.judgements.get((place, key), ()),
                    missing=tuple(code for code in expected if (code, source) not in scope.given),
                )


def _coverage(
    scope: Scope,
    key: Key,
    *,
    territory: str,
    organisation: str | None,
    sums: Sums,
    plan: PlanValue | None,
    judgements: tuple[Judgement, ...],
    missing: tuple[str, ...],
) -> Coverage:
    indicator = scope.catalogue.indicators[key.indicator]
    kind, direction = indicator.kind, direction_of(scope.catalogue, indicator)
    amount = fitting_amount(plan, kind)
    short = short_of(kind, direction, amount, sums.numerator, sums.denominator, sums.value)
    return Coverage(
        period=scope.period.code,
        territory=territory,
        organisation=organisation,
        indicator=key.indicator,
        level=key.level,
        cohort=key.cohort,
        kind=kind,
        unit=unit_of(scope.catalogue, indicator),
        direction=direction,
        numerator=sums.numerator,
        denominator=sums.denominator,
        value=sums.value,
        plan=plan if amount is not None else None,
        verdict=verdict(
            asked=bool(missing) or sums.submitted > 0,
            given=sums.submitted > 0,
            nobody=kind != "count" and sums.denominator == 0,
            short=short,
            judged=bool(judgements),
        ),
        needed=None if short is None else whole_need(short),
        shortfall=short,
        submitted=sums.submitted,
        expected=sums.submitted + len(missing),
        can_change=None,
        judgements=judgements,
        missing=missing,
        on_review=sums.on_review,
    )


def _with_can_change(scope: Scope, rows: Sequence[Coverage]) -> list[Coverage]:
    """The same rows with ``can_change`` where there is a verdict to turn; known counts are read only if needed."""
    found = []
    for c in rows:
        amount = fitting_amount(c.plan, c.kind)
        if c.shortfall is None or amount is None:
            found.append(c)
            continue
        indicator = scope.catalogue.indicators[c.indicator]
        possible = [scope.contingents.of(indicator, code, c.level, c.cohort) for code in c.missing]
        turns = can_change(c.kind, c.direction, amount, c.numerator, c.denominator, c.value, missing=possible)
        found.append(replace(c, can_change=turns))
    return found


def _with_trends(scope: Scope, rows: Sequence[Coverage], *, organisations: bool, apart: bool) -> list[Coverage]:
    """The same rows with the word of each trend that has a figure."""
    told = [(c.organisation or c.territory, c.key) for c in rows if c.kind == "trend" and c.denominator]
    words = trends(scope, told, organisations=organisations, apart=apart)
    found = []
    for c in rows:
        word = words.get((c.organisation or c.territory, c.key))
        found.append(replace(c, trend=word.word, trend_approximate=word.approximate) if word else c)
    return found
