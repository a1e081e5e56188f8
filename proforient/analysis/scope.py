"""One question to the store: whose figures of which period, and what was read to answer it.

In: reader, catalogue, period, territory or organisation, filters. Out: the register, sums, plans, judgements.
Nothing is asked twice, and nothing once for each row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

import pyarrow as pa
import pyarrow.compute as pc

from proforient.analysis.requirements import Plans, known_territory
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.figures import FigureKey, measured
from proforient.errors import WrongCall
from proforient.monitoring import Judgement, common_territory, next_step, parent_territory, within
from proforient.wording.order import path_order

if TYPE_CHECKING:
    from proforient.store.reading import Reader
    from proforient.store.roster import Roster


class Filters(TypedDict):
    indicator: str | None
    level: str | None
    cohort: str | None


_KEYS = ["period", "territory", "indicator", "level", "cohort"]
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
        below: bool = False,
    ) -> None:
        """``below``: territories apart are those one step below, not municipalities.

        Raises WrongCall where the period, territory or organisation does not exist, or they do not fit.
        """
        known_territory(reader.territories(), territory)
        if organisation is not None:
            territory = home(reader, period, organisation, territory)
        self.reader = reader
        self.catalogue = catalogue
        self.period = reader.period(period, territory=territory)
        self.territory = territory
        self.organisation = organisation
        self.filters = filters
        self.below = below
        self.ahead: pa.Table | None = None  # the territory's sums, where they were read with those of other periods

    def stored_as(self, key: FigureKey) -> FigureKey:
        """Where the counts of a figure stand in the store: a trend has those of the share that it follows."""
        return key._replace(indicator=measured(self.catalogue, self.catalogue.indicators[key.indicator]).code)

    @cached_property
    def plans(self) -> Plans:
        return Plans(self.reader.plans(self.period.code, territory=self.territory))

    @cached_property
    def judgements(self) -> dict[tuple[str, FigureKey], tuple[Judgement, ...]]:
        """Newest first, by whom they are about (a territory's path or an organisation's code) and the figure."""
        found: dict[tuple[str, FigureKey], tuple[Judgement, ...]] = {}
        judgements = self.reader.judgements(self.period.code, territory=self.territory, organisation=self.organisation)
        for j in judgements:
            whom = (j.organisation or j.territory or "", FigureKey(j.indicator, j.level, j.cohort))
            found[whom] = (*found.get(whom, ()), j)
        return found

    def pairs(self, wanted: Sequence[FigureKey]) -> pa.Table:
        """What each organisation gave in this period for the wanted figures."""
        stored = {self.stored_as(key).indicator for key in wanted}
        return self.pairs_over([self.period.code], stored)

    def pairs_over(self, periods: Sequence[str], indicators: Collection[str]) -> pa.Table:
        """What each organisation gave for the indicators in each of the periods."""
        return self.reader.pairs_over(
            periods,
            territory=self.territory,
            organisation=self.organisation,
            indicators=indicators,
            level=self.filters["level"],
            cohort=self.filters["cohort"],
        )

    def totals(self, wanted: Sequence[FigureKey], *, apart: bool) -> pa.Table:
        """The territory's sums of the wanted figures in this period, or those of each place (``apart``)."""
        if self.ahead is not None and not apart:
            return self.ahead
        return self.totals_over([self.period.code], {key.indicator for key in wanted}, apart=apart)

    def totals_over(self, periods: Sequence[str], indicators: Collection[str], *, apart: bool) -> pa.Table:
        """The same of the indicators in each of the periods."""
        found = self.reader.totals_over(
            periods,
            territory=self.territory,
            children=apart,
            indicators=indicators,
            level=self.filters["level"],
            cohort=self.filters["cohort"],
        )
        return _joined(found, self._inside) if apart and self.below else found

    def places(self, *, apart: bool) -> list[str]:
        """The territories that get a row each, in order: municipalities, or what lies one step below."""
        if not apart and self.territory is not None:
            return [self.territory]
        return sorted(set(self._inside.values()), key=path_order) if self.below else self._municipalities

    @cached_property
    def _municipalities(self) -> list[str]:
        territories = self.reader.territories()
        regions = {parent_territory(t) for t in territories}
        places = {t for t in territories if t not in regions and within(t, self.territory)}
        return sorted(places | set(self.reader.homes(self.period.code, territory=self.territory)), key=path_order)

    @cached_property
    def _inside(self) -> dict[str, str]:
        """Municipality -> the territory one step below that holds it; a step that holds only one is passed over."""
        paths = self._municipalities
        if not paths:
            return {}
        top = common_territory(paths)
        steps: dict[str, list[str]] = {}
        for path in paths:
            steps.setdefault(next_step(path, top), []).append(path)
        return {path: common_territory(inside) or step for step, inside in steps.items() for path in inside}

    def people(self, pairs: pa.Table) -> Roster:
        """Who was open on the period's last day, and who has given something; columns in the order of names."""
        found = self.reader.roster(on=self.period.ends, territory=self.territory, code=self.organisation).ordered
        given = pc.is_in(found.table["code"], value_set=pairs["organisation"].combine_chunks()).to_numpy()
        return found.only(found.open_on(self.period.ends) | given | (self.organisation is not None))


def scopes(
    reader: Reader,
    catalogue: Catalogue,
    periods: Sequence[str],
    wanted: Sequence[FigureKey],
    territory: str | None,
    organisation: str | None,
    filters: Filters,
) -> Iterator[Scope]:
    """The same question for each of the periods; the sums of a territory are read for all of them at once."""
    ahead: pa.Table | None = None
    for period in periods:
        scope = Scope(reader, catalogue, period, territory=territory, organisation=organisation, filters=filters)
        if organisation is None and territory is not None:
            if ahead is None:
                ahead = scope.totals_over(periods, {key.indicator for key in wanted}, apart=False)
            scope.ahead = ahead.filter(pc.equal(ahead["period"], period))
        yield scope


def _joined(totals: pa.Table, inside: dict[str, str]) -> pa.Table:
    """The sums of municipalities as sums of the territories that hold them; a sum of nothing given is none."""
    sums = [name for name in totals.column_names if name not in _KEYS]
    names = pc.dictionary_encode(totals["territory"].combine_chunks())
    whose = pc.take(pa.array([inside.get(n, n) for n in names.dictionary.to_pylist()], pa.string()), names.indices)
    table = totals.set_column(totals.schema.get_field_index("territory"), "territory", whose)
    added = table.group_by(_KEYS).aggregate([(name, "sum") for name in sums])
    return added.rename_columns([name.removesuffix("_sum") for name in added.column_names])


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
