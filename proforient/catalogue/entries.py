"""What a catalogue says, as frozen records that know the line of the file they came from.

The shape of the file is documented in ``docs/catalogue.md``; ``read.py`` makes these records.
Codes are ASCII (``[a-z0-9.-]+``) and for ever; names and texts may improve.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from proforient.catalogue.kinds import FormulaKind, kind_of

CountValue = Literal["whole", "yes_no"]
IndicatorKind = str  # a code of ``kinds``
Direction = Literal["more", "less"]
Origin = Literal["document", "department", "demonstration"]
Severity = Literal["error", "warning", "note"]
When = Literal["not_met", "no", "judged", "trend"]
DeadlineForm = Literal[
    "none", "day", "year", "years", "school_year", "standing",
    "next_day", "next_year", "next_school_year", "school_year_start", "after_collegium",
]  # fmt: skip
PeriodKind = Literal["year", "school_year", "half_year", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake in a catalogue: where it stands, what was found, what was expected (Russian)."""

    file: str
    line: int
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: найдено {self.found}; ожидалось: {self.expected}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    code: str
    kind: str
    title: str
    number: str = ""
    date: dt.date | None = None
    date_is: str = ""
    address: str = ""
    territory: str | None = None  # with ``since`` and ``until``: where and when it holds (``catalogue.holding``)
    since: int | None = None
    until: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EventList:
    """The events of a territory that its recommendations name, until it has a list of its own."""

    code: str
    names: tuple[str, ...]
    territory: str | None = None
    since: int | None = None
    until: int | None = None
    source: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A stage of education, a band of grades, the organisation as a whole or the department itself."""

    code: str
    kind: Literal["stage", "band", "whole", "authority"]
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    grades: tuple[int, int] | None = None
    population: Mapping[str, str] = field(default_factory=dict)  # "nom", "gen"
    overlaps: tuple[str, ...] = ()
    chart: int | None = None  # its place in the chart of five levels, from 1
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationKind:
    code: str
    name: str
    proposes: tuple[str, ...]
    allows: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    addressee: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    code: str
    dative: str
    short: str = ""  # for a slide; empty: as in the dative
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    code: str
    name: str
    number: int | None = None
    source: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    code: str
    name: str
    number: int | None = None
    ground: str = ""
    municipal: tuple[str, ...] = ()
    source: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    code: str
    goal: str
    level: str
    text: str
    number: str = ""
    indicators: tuple[str, ...] = ()
    source: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What a person types, once per organisation, period, level and cohort."""

    code: str
    name: str  # may hold {population.nom} or {population.gen}: see Catalogue.count_name
    unit: str
    value: CountValue
    levels: tuple[str, ...]
    cohorts: tuple[str, ...]
    number: str = ""
    as_of: str = ""
    as_of_by_kind: Mapping[str, str] = field(default_factory=dict)  # see ``days``
    of: str = ""
    form: str = ""
    once: str = ""
    aliases: tuple[str, ...] = ()
    aliases_by_level: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    short: str = ""  # a short heading for tables; empty: the name
    until: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One ``count@level[/cohort]`` of a rule's formula; no cohort means the cohort being checked."""

    count: str
    level: str
    cohort: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``sum(left) + left_number`` operator ``sum(right) + right_number``, over whole numbers; a «да» counts as 1."""

    code: str
    formula: str
    left: tuple[Term, ...]
    operator: Literal["<=", "="]
    right: tuple[Term, ...]
    cohorts: tuple[str, ...]
    severity: Literal["error", "warning"]
    text: str
    left_number: int = 0  # plain numbers of the formula, added up: «a@l + b@l = 1» has right_number 1
    right_number: int = 0
    line: int = 0

    @property
    def terms(self) -> tuple[Term, ...]:
        """What both sides name, in the order of the formula."""
        return (*self.left, *self.right)

    def at(self, levels: Collection[str], ended: Collection[str] = ()) -> Rule | None:
        """The rule for an organisation with these levels: a level that it does not have adds nothing.

        Nor does a count that is no longer asked (``ended``). None where that leaves a side without what it counts:
        then the rule says nothing of the organisation.
        """
        left, right = (
            tuple(term for term in side if term.level in levels and term.count not in ended)
            for side in (self.left, self.right)
        )
        if (self.left and not left) or (self.right and not right):
            return None
        return replace(self, left=left, right=right)

    def sums(self, number_of: Callable[[Term], int | None]) -> tuple[int, int] | None:
        """Both sides of the formula; None when any term has no number: then the rule is not checked."""
        left = [number_of(term) for term in self.left]
        right = [number_of(term) for term in self.right]
        known_left = [n for n in left if n is not None]
        known_right = [n for n in right if n is not None]
        if len(known_left) < len(left) or len(known_right) < len(right):
            return None
        return sum(known_left) + self.left_number, sum(known_right) + self.right_number

    def allows(self, left: int, right: int) -> bool:
        """Whether two sides with these sums keep the rule."""
        return left <= right if self.operator == "<=" else left == right


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    code: str
    number: str
    kind: IndicatorKind
    name: str  # may hold {population.gen}: see Catalogue.indicator_name
    levels: tuple[str, ...]
    numerator: tuple[str, ...] = ()  # counts of one level, summed
    denominator: tuple[str, ...] = ()
    count: str | None = None  # the one number or answer
    of: str | None = None  # the share that a trend follows
    periods: int = 3
    test: str = ""
    alpha: Decimal = Decimal("0.05")
    organisation_kinds: tuple[str, ...] = ()  # empty: every kind
    good: Literal["yes", "no"] = "yes"
    target: Literal["every", "plan"] = "plan"
    direction: Direction = "more"
    groups: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    explicit: bool = True
    headline: bool = False
    since: int | None = None  # key ``from`` of the file
    until: int | None = None
    short: str = ""  # a short name for menus and lists; empty: the name
    source: str | None = None
    line: int = 0

    @property
    def formula(self) -> FormulaKind:
        """What its kind knows."""
        return kind_of(self.kind)

    @property
    def pairable(self) -> bool:
        """True when a row with «Числитель» and «Знаменатель» may set its two counts."""
        return len(self.numerator) == 1 and len(self.denominator) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposal:
    """What opening a period copies into the store; afterwards only the store is asked."""

    indicator: str
    level: str
    cohort: str
    period_kind: PeriodKind
    year: int
    percent: Decimal | None = None
    number: Decimal | None = None
    origin: Origin = "department"
    ground: str = ""  # one line: document, number, date, note
    territory: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    code: str
    indicator: str
    level: str
    when: When
    text: str
    number: int | None = None
    cohort: str = "all"
    territory: str | None = None
    since: int | None = None
    until: int | None = None
    source: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When an action is due, as the source worded it: fixed, or a rule of the period (``next_day`` and further)."""

    form: DeadlineForm = "none"
    date: dt.date | None = None
    year: int | None = None
    until: int | None = None
    day: str = ""  # month and day of ``next_day``: «06-15»
    months: int | None = None  # of ``after_collegium``


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A recommendation: which problems it answers, to whom, by when."""

    code: str
    answers: tuple[str, ...]  # ("*",) goes to every addressee's general part, () is general
    addressee: str
    text: str  # may hold {events}: the events of the territory
    short: str = ""  # the text for a slide; empty: the text itself
    deadline: Deadline = Deadline()
    shown: bool | None = None  # before anybody has decided; None: when it answers a problem of its own
    number: int | None = None  # number of the recommendation in the source documents
    territory: str | None = None
    since: int | None = None
    until: int | None = None
    source: str | None = None
    place: str = ""  # where in the source: «прил. 1, п. 2»
    line: int = 0

    @property
    def general(self) -> bool:
        """Whether it answers no problem of its own: to every addressee, or a general one."""
        return self.answers in ((), ("*",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A whole catalogue; mappings keep the order of the file, counts and actions that of ``order``."""

    code: str
    version: str
    aim: str  # the strategic goal; empty where there is none
    timezone: str
    file: str
    sources: Mapping[str, Source]
    levels: Mapping[str, Level]
    cohorts: Mapping[str, Cohort]
    organisation_kinds: Mapping[str, OrganisationKind]
    addressees: Mapping[str, Addressee]
    groups: Mapping[str, Group]
    goals: Mapping[str, Goal]
    tasks: Mapping[str, Task]
    counts: Mapping[str, Count]
    rules: Mapping[str, Rule]
    indicators: Mapping[str, Indicator]
    plans: tuple[PlanProposal, ...]
    problems: Mapping[str, Problem]
    actions: Mapping[str, Action]
    event_lists: Mapping[str, EventList] = field(default_factory=dict)
    text: str = field(default="", repr=False, compare=False)  # the file, word for word

    @property
    def headline(self) -> Indicator | None:
        """The indicator of the five-level chart, if the catalogue declares one."""
        return next((i for i in self.indicators.values() if i.headline), None)

    @property
    def chart_levels(self) -> tuple[Level, ...]:
        """The levels of the headline chart in their order (``chart`` of the level).

        Where no level has a place, the levels of the headline indicator in the order of the file.
        """
        placed = sorted((v for v in self.levels.values() if v.chart), key=lambda v: v.chart or 0)
        asked = self.headline.levels if self.headline else ()
        return tuple(placed or (v for v in self.levels.values() if v.code in asked))

    def fill(self, text: str, level: str) -> str:
        """``text`` with ``{population.nom}`` and ``{population.gen}`` of the level put in."""
        population = self.levels[level].population if level in self.levels else {}
        for case in ("nom", "gen"):
            text = text.replace("{population." + case + "}", population.get(case, "обучающихся"))
        return text

    def indicator_name(self, code: str, level: str | None = None) -> str:
        """The indicator's name; without a level the population is «обучающихся»."""
        return self.fill(self.indicators[code].name, level or "")

    def count_name(self, code: str, level: str | None = None) -> str:
        """The count's name; without a level the population is «обучающихся»."""
        return self.fill(self.counts[code].name, level or "")

    def cohorts_of(self, indicator: Indicator) -> tuple[str, ...]:
        """The cohorts in which every count behind the indicator is asked, in the catalogue's order."""
        if indicator.formula.follows and indicator.of:
            return self.cohorts_of(self.indicators[indicator.of])
        counts = [*indicator.numerator, *indicator.denominator, *([indicator.count] if indicator.count else [])]
        return tuple(c for c in self.cohorts if all(c in self.counts[n].cohorts for n in counts))
