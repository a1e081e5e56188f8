"""One question to the store: whose figures of which period, and what was read to answer it.

In: reader, catalogue, period, territory or organisation, filters. Out: the register, sums, plans, judgements.
Nothing is asked twice, and nothing once for each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from proforient.analysis.asked import Key, Plans, known_territory, measured
from proforient.analysis.completeness import Contingents
from proforient.catalogue.entries import Catalogue
from proforient.errors import WrongCall
from proforient.monitoring import Judgement, Organisation, ReportState, parent_territory, within
from proforient.wording.order import name_order, path_order

if TYPE_CHECKING:
    from proforient.store.reading import Reader
    from proforient.store.rows import PairRow, TotalRow


class Filters(TypedDict):
    indicator: str | None
    level: str | None
    cohort: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What was given for one figure; all None and 0 where nobody gave it."""

    numerator: int | None = None
    denominator: int | None = None
    value: int | None = None
    submitted: int = 0
    on_review: int = 0


NOTHING = Sums()
EVERYTHING = Filters(indicator=None, level=None, cohort=None)


class Scope:
    """A territory (None: every municipality apart) or one organisation in a period; each thing is read once."""

    def __init__(
        self,
        reader: Reader,
        catalogue: Catalogue,
        period: str,
        *,
        territory: str | None = None,
        organisation: str | None = None,
        filters: Filters = EVERYTHING,
    ) -> None:
        """Raises WrongCall where the period, territory or organisation does not exist, or they do not fit."""
        known_territory(reader.territories(), territory)
        if organisation is not None:
            territory = home(reader, period, organisation, territory)
        self.reader = reader
        self.catalogue = catalogue
        self.period = reader.period(period, territory=territory)
        self.territory = territory
        self.organisation = organisation
        self.filters = filters

    def stored_as(self, key: Key) -> Key:
        """Where the counts of a figure stand in the store: a trend has those of the share that it follows."""
        return key._replace(indicator=measured(self.catalogue, self.catalogue.indicators[key.indicator]).code)

    @cached_property
    def register(self) -> dict[str, Organisation]:
        """By code, who was open on the period's last day; in the order of territory and name."""
        day = self.period.ends
        found = self.reader.organisations(on=day, territory=self.territory, code=self.organisation)
        in_order = sorted(found, key=lambda o: (path_order(o.territory), name_order(o.name), o.code))
        return {o.code: o for o in in_order if o.open_on(day)}

    @cached_property
    def given(self) -> dict[tuple[str, Key], PairRow]:
        """What each organisation gave, by its code and the figure."""
        return {(p.organisation, Key(p.indicator, p.level, p.cohort)): p for p in self.pairs(self.period.code)}

    @cached_property
    def plans(self) -> Plans:
        return Plans(self.reader.plans(self.period.code, territory=self.territory))

    @cached_property
    def judgements(self) -> dict[tuple[str, Key], tuple[Judgement, ...]]:
        """Newest first, by whom they are about (a territory's path or an organisation's code) and the figure."""
        found: dict[tuple[str, Key], tuple[Judgement, ...]] = {}
        told = self.reader.judgements(self.period.code, territory=self.territory, organisation=self.organisation)
        for j in told:
            whom = (j.organisation or j.territory or "", Key(j.indicator, j.level, j.cohort))
            found[whom] = (*found.get(whom, ()), j)
        return found

    @cached_property
    def contingents(self) -> Contingents:
        return Contingents(self.reader.contingent(self.period.code, territory=self.territory))

    def pairs(self, period: str, indicator: str | None = None) -> list[PairRow]:
        """What each organisation gave in this period or another one, for all figures or one indicator."""
        filters: Filters = {**self.filters, "indicator": indicator or self.filters["indicator"]}
        return self.reader.pairs(period, territory=self.territory, organisation=self.organisation, **filters)

    def totals(self, period: str, indicator: str | None = None, *, apart: bool) -> list[TotalRow]:
        """The territory's sums, or those of each municipality (``apart``); of this period or of another one."""
        filters: Filters = {**self.filters, "indicator": indicator or self.filters["indicator"]}
        return self.reader.totals(period, territory=self.territory, children=apart, **filters)

    def places(self, *, apart: bool) -> dict[str, list[Organisation]]:
        """The territories that get a row each, in order, with their organisations."""
        if not apart and self.territory is not None:
            return {self.territory: list(self.register.values())}
        territories = self.reader.territories()
        regions = {parent_territory(t) for t in territories}
        places: dict[str, list[Organisation]] = {t: [] for t in territories if t not in regions}
        for organisation in self.register.values():
            places.setdefault(organisation.territory, []).append(organisation)
        return {t: places[t] for t in sorted(places, key=path_order) if within(t, self.territory)}


def filters(catalogue: Catalogue, indicator: str | None, level: str | None, cohort: str | None) -> Filters:
    """What the store is asked for: a trend's counts are those of the share that it follows."""
    source = measured(catalogue, catalogue.indicators[indicator]).code if indicator else None
    return Filters(indicator=source, level=level, cohort=cohort)


def home(reader: Reader, period: str, organisation: str, territory: str | None) -> str:
    """The territory of an organisation on the period's last day, which must lie within the one that was named."""
    found = reader.organisations(on=reader.period(period).ends, code=organisation)
    if not found:
        raise WrongCall(f"Организации с кодом «{organisation}» нет в реестре. Проверьте код или загрузите реестр.")
    if not within(found[0].territory, territory):
        raise WrongCall(
            f"Организация «{organisation}» относится к территории «{found[0].territory}», "
            f"а названа «{territory}». Исправьте код или территорию."
        )
    return found[0].territory


def sums_of_pair(pair: PairRow) -> Sums:
    return Sums(
        numerator=pair.numerator,
        denominator=pair.denominator,
        value=pair.value,
        submitted=1,
        on_review=int(pair.state is not ReportState.ACCEPTED),
    )


def sums_of_total(total: TotalRow) -> Sums:
    return Sums(
        numerator=total.numerator,
        denominator=total.denominator,
        value=total.value,
        submitted=total.submitted,
        on_review=total.on_review,
    )
