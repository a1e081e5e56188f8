"""What is wrong in a period: figures and judgements in, problems in the catalogue's words with evidence out.

A problem is raised by a plan not met, by a «нет», by a trend, or by experts who named a shortcoming.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from proforient.advice.wordless import wordless
from proforient.analysis.coverage import Coverage, OrganisationRows, coverages, total_rows
from proforient.analysis.on_demand import OnDemand
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Filters, Scope
from proforient.analysis.shortfall import Contribution, Gap, gap, measured_in
from proforient.catalogue.entries import Catalogue, Problem, When
from proforient.catalogue.figures import FigureKey
from proforient.catalogue.holding import holds
from proforient.monitoring import Judgement, Verdict
from proforient.wording.order import path_order

if TYPE_CHECKING:
    from proforient.store.reading import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One problem of a territory, or of an organisation on its own sheet.

    ``when`` says what raised it; what was computed goes before what was judged. ``gap`` is there for a territory's
    plan not met. ``organisations``: who makes the gap, or who answered «нет»; on an organisation's own sheet itself,
    marked as it stands in its territory's gap. ``judged``: the organisations of which experts named the shortcoming.
    """

    code: str
    number: int | None
    indicator: str
    level: str
    cohort: str
    territory: str
    organisation: str | None
    when: When
    text: str
    coverage: Coverage
    judgement: Judgement | None
    gap: Gap | None
    organisations: Sequence[Contribution]
    judged: tuple[Coverage, ...] = ()

    @property
    def unreliable(self) -> bool:
        """Whether it rests on a verdict of a few persons alone: then it is shown and nothing is advised on it."""
        return self.when == "not_met" and self.coverage.few


def problems(
    reader: Reader,
    catalogue: Catalogue,
    period: str,
    *,
    territory: str | None = None,
    organisation: str | None = None,
    indicator: str | None = None,
    cohort: str | None = None,
    named: bool = False,
) -> list[Found]:
    """The problems of a territory, of each municipality where none is named, or of one organisation.

    ``indicator`` and ``cohort`` narrow those of territories. Who stands behind a problem (``organisations``, the
    contributions of its gap) is read or made at the first look, which must be in the same transaction.

    By territory, then by the number in the source documents, then in the catalogue's order; those without words in
    the catalogue last. A plan not met is a problem in the whole cohort, in a part only where the catalogue names it.
    """
    if organisation is not None:
        behind = _behind(reader, catalogue, period, territory, organisation)
        return sorted(behind, key=_order(catalogue))  # order: of problems
    filters = Filters(indicator=indicator, level=None, cohort=cohort)
    scope = Scope(reader, catalogue, period, territory=territory, filters=filters)
    return problems_of(scope, total_rows(scope, keys(catalogue, indicator, None, cohort), named=named))


def problems_of(scope: Scope, totals: Sequence[Coverage]) -> list[Found]:
    """What ``problems`` gives of a scope whose totals are read already."""
    people = _People(scope, totals)
    found = (f for c in totals for f in _of_territory(scope, c, people))
    return sorted(found, key=_order(scope.catalogue))  # order: of problems


class _People:
    """The organisations behind figures, as columns that are read when somebody looks.

    ``rows``: of the figures of which single organisations decide, those with a gap and those judged one by one;
    ``answers``: of the yes/no to which not everybody gave the good answer; the totals tell how many did not.
    """

    def __init__(self, scope: Scope, totals: Sequence[Coverage]) -> None:
        self.scope = scope
        self.judged = {
            key for (_, key), judgements in scope.judgements.items() if any(j.organisation for j in judgements)
        }
        self._gaps = {c.key for c in totals if c.verdict is Verdict.NOT_MET}
        self._denied = list(dict.fromkeys(c.key for c in totals if denials(c)))
        self._every = [c.key for c in totals]
        self._answers: dict[FigureKey, OrganisationRows] = {}

    @cached_property
    def rows(self) -> OrganisationRows:
        return OrganisationRows(self.scope, self._those(self._gaps | self.judged))

    def answers(self, key: FigureKey) -> OrganisationRows:
        """Whoever looks at a second figure looks at all: those are read together."""
        if key not in self._answers:
            wanted = [k for k in self._denied if k not in self._answers] if self._answers else [key]
            self._answers |= dict.fromkeys(wanted, OrganisationRows(self.scope, wanted))
        return self._answers[key]

    def _those(self, keys: Collection[FigureKey]) -> list[FigureKey]:
        return [key for key in dict.fromkeys(self._every) if key in keys]


def denials(c: Coverage) -> int:
    """How many gave an answer that is not the good one."""
    if not c.formula.answers or c.numerator is None or c.denominator is None:
        return 0
    return c.denominator - c.numerator


def _behind(
    reader: Reader, catalogue: Catalogue, period: str, territory: str | None, organisation: str
) -> Iterator[Found]:
    """What one organisation is behind in, with its place in the gap of its municipality."""
    own = coverages(reader, catalogue, period, territory=territory, organisation=organisation)
    short = [c for c in own if c.verdict is Verdict.NOT_MET]
    if own:
        places = _Places(reader, catalogue, period, own[0].territory, short)
        yield from (found for c in own for found in places.found(c))


def problems_of_each(
    reader: Reader, catalogue: Catalogue, period: str, *, territory: str | None
) -> Mapping[str, Sequence[Found]]:
    """For each organisation of the territory by its code what ``problems`` gives of it, read for all at once."""
    own: dict[str, list[Coverage]] = {}
    for c in coverages(reader, catalogue, period, territory=territory, by="organisation"):
        own.setdefault(c.organisation or "", []).append(c)
    homes: dict[str, list[Coverage]] = {}
    for rows in own.values():
        homes.setdefault(rows[0].territory, []).extend(c for c in rows if c.verdict is Verdict.NOT_MET)
    places = {path: _Places(reader, catalogue, period, path, short) for path, short in homes.items()}
    place = _order(catalogue)
    return {
        code: sorted((f for c in rows for f in places[rows[0].territory].found(c)), key=place)  # order: of problems
        for code, rows in own.items()
    }


class _Places:
    """A municipality in whose gaps its organisations have a place; each gap is made once."""

    def __init__(
        self, reader: Reader, catalogue: Catalogue, period: str, territory: str, short: Sequence[Coverage]
    ) -> None:
        self._scope = Scope(reader, catalogue, period, territory=territory)
        wanted = list(dict.fromkeys(c.key for c in short))
        self._totals = {c.key: c for c in total_rows(self._scope, wanted)} if wanted else {}
        self._rows = OrganisationRows(self._scope, wanted) if wanted else None
        self._gaps: dict[FigureKey, Gap | None] = {}

    def found(self, c: Coverage) -> Iterator[Found]:
        """What the organisation whose figure it is has to be told of it."""
        return _of_organisation(self._scope.catalogue, c, self._gap(c), self._scope.period.year)

    def _gap(self, c: Coverage) -> Gap | None:
        if self._rows is None or c.key not in self._totals:
            return None
        if c.key not in self._gaps:
            self._gaps[c.key] = gap(self._totals[c.key], measured_in(self._rows, c.territory, c.key))
        return self._gaps[c.key]


def _of_territory(scope: Scope, c: Coverage, people: _People) -> Iterator[Found]:
    catalogue = scope.catalogue
    denied = OnDemand(denials(c), lambda: _denying(c, people.answers(c.key)))
    judged = tuple(r for r in _judged(c, people) if _shortcoming(r))
    shortcoming = _shortcoming(c) or max(
        (j for r in judged if (j := _shortcoming(r))), key=lambda j: j.at, default=None
    )
    made_by = gap(c, measured_in(people.rows, c.territory, c.key)) if c.verdict is Verdict.NOT_MET else None
    for problem, when in _raised(catalogue, c, scope.period.year, denied=bool(denied), judged=shortcoming is not None):
        behind = denied if when == "no" else made_by.contributions if made_by else ()
        yield _found(
            problem,
            when,
            c,
            judgement=shortcoming,
            made_by=made_by,
            organisations=behind,
            judged=judged,
        )


def _of_organisation(catalogue: Catalogue, c: Coverage, place: Gap | None, year: int) -> Iterator[Found]:
    denied, shortcoming = denials(c) > 0, _shortcoming(c)
    for problem, when in _raised(catalogue, c, year, denied=denied, judged=shortcoming is not None):
        own: tuple[Contribution, ...] = ()
        if when == "not_met" and place is not None:
            own = tuple(x for x in place.contributions if x.organisation == c.organisation)
        elif when == "no":
            own = (_denial(c),)
        yield _found(
            problem,
            when,
            c,
            judgement=shortcoming,
            made_by=None,
            organisations=own,
            judged=(c,) if shortcoming else (),
        )


def _found(
    problem: Problem,
    when: When,
    c: Coverage,
    *,
    judgement: Judgement | None,
    made_by: Gap | None,
    organisations: Sequence[Contribution],
    judged: tuple[Coverage, ...],
) -> Found:
    return Found(
        code=problem.code,
        number=problem.number,
        indicator=c.indicator,
        level=c.level,
        cohort=c.cohort,
        territory=c.territory,
        organisation=c.organisation,
        when=when,
        text=problem.text,
        coverage=c,
        judgement=judgement,
        gap=made_by,
        organisations=organisations,
        judged=judged,
    )


def _raised(
    catalogue: Catalogue, c: Coverage, year: int, *, denied: bool, judged: bool
) -> Iterator[tuple[Problem, When]]:
    """Each problem of the figure once that has words there and then, with the first thing that raised it."""
    key = c.key
    entries = [
        p
        for p in catalogue.problems.values()
        if (p.indicator, p.level, p.cohort) == key and holds(p, c.territory, year)
    ]
    indicator = catalogue.indicators[c.indicator]
    worded = {when: [p for p in entries if p.when == when] for when in ("not_met", "no", "trend", "judged")}
    whole = catalogue.cohorts[c.cohort].part_of is None
    says_no = denied and (indicator.target == "every" or bool(worded["no"]))
    raised: dict[str, tuple[Problem, When]] = {}

    def add(when: When, problems: Sequence[Problem], *, must: bool) -> None:
        for problem in problems or ([wordless(catalogue, c.key, when)] if must else []):
            raised.setdefault(problem.code, (problem, when))

    if c.verdict is Verdict.NOT_MET:
        add("not_met", worded["not_met"], must=whole and not says_no)
    if says_no:
        add("no", worded["no"], must=whole)
    if c.trend == "present":
        add("trend", worded["trend"], must=whole)
    if judged:
        add("judged", worded["judged"] or entries, must=True)
    yield from raised.values()


def _denying(c: Coverage, rows: OrganisationRows) -> list[Contribution]:
    """Whose answer to a yes/no is not the good one."""
    chosen, columns = rows.of(c.territory, c.key), rows.columns
    said_no = columns.pair_given[chosen] & (columns.numerator[chosen] < columns.denominator[chosen])
    return [_denial(rows.record(int(row))) for row in chosen[said_no]]


def _judged(c: Coverage, people: _People) -> list[Coverage]:
    """The rows of whom experts said something about the figure."""
    if c.key not in people.judged:
        return []
    codes = {who for who, key in people.scope.judgements if key == c.key}
    rows = people.rows
    return [rows.record(int(row)) for row in rows.of(c.territory, c.key) if rows.organisation(int(row)) in codes]


def _denial(c: Coverage) -> Contribution:
    """An organisation that answered «нет»: it needs one «да», whatever the others do."""
    assert c.organisation is not None
    return Contribution(
        organisation=c.organisation,
        numerator=0,
        denominator=1,
        needed=1,
        shortfall=Fraction(1),
        in_80_percent=True,
        in_closing_set=True,
        coverage=c,
    )


def _shortcoming(c: Coverage) -> Judgement | None:
    """The newest shortcoming that experts named of this figure."""
    return next((j for j in c.judgements if j.outcome == "shortcoming"), None)


def _order(catalogue: Catalogue) -> Callable[[Found], tuple[object, ...]]:
    """The place of a problem in the list: by territory, number, place in the catalogue; those without words last."""
    entries = {code: n for n, code in enumerate(catalogue.problems)}
    indicators = {code: n for n, code in enumerate(catalogue.indicators)}
    levels = {code: n for n, code in enumerate(catalogue.levels)}

    def place(found: Found) -> tuple[object, ...]:
        numbered = (found.number is None, found.number or 0)
        worded = entries.get(found.code, len(entries))
        return (
            path_order(found.territory),
            *numbered,
            worded,
            indicators[found.indicator],
            levels[found.level],
            found.code,
        )

    return place
