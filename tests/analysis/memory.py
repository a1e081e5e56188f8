"""A reader in memory and a small catalogue: what the store answers, computed the plain way from single values."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import asdict, dataclass, field
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from proforient.catalogue.entries import (
    Action,
    Addressee,
    Catalogue,
    Cohort,
    Count,
    Deadline,
    Indicator,
    Level,
    OrganisationKind,
    Problem,
    Source,
)
from proforient.errors import WrongCall
from proforient.monitoring import (
    Amendment,
    Cell,
    Contingent,
    Judgement,
    Organisation,
    Period,
    PlanValue,
    Reason,
    Report,
    ReportState,
    Value,
    parent_territory,
    within,
)
from proforient.store.figure_rows import PairRow, TotalRow
from proforient.store.roster import Roster
from proforient.wording.order import name_order, path_order

NORTH, SOUTH, REGION = "Край / Север", "Край / Юг", "Край"
TEXTS = [(name, pa.string()) for name in ("indicator", "level", "cohort")]
NUMBERS = [(name, pa.int64()) for name in ("numerator", "denominator", "value")]
PAIRS = pa.schema([("organisation", pa.string()), ("territory", pa.string()), *TEXTS, *NUMBERS, ("state", pa.string())])
COUNTED = ("submitted", "on_review", "late", "missing", "possible", "unknown")
TOTALS = pa.schema([("territory", pa.string()), *TEXTS, *NUMBERS, *((name, pa.int64()) for name in COUNTED)])
PEOPLE = pa.schema(
    [(name, pa.string()) for name in ("code", "inn", "name", "full_name", "kind", "levels", "territory", "part_of")]
    + [(name, pa.date32()) for name in ("opened", "closed")]
)
MOMENT = dt.datetime(2025, 1, 10, 9, 0)
STAGES = ("primary", "basic")


def level(code: str, kind: str = "stage", chart: int | None = None) -> Level:
    population = {"nom": f"обучающиеся уровня {code}", "gen": f"обучающихся уровня {code}"}
    return Level(code=code, kind=kind, name=code, short=code, chart=chart, population=population)


def count(code: str, *, unit: str = "children", value: str = "whole", levels: tuple[str, ...] = STAGES) -> Count:
    cohorts = ("all", "disability") if unit == "children" else ("all",)
    return Count(code=code, name=code, unit=unit, value=value, levels=levels, cohorts=cohorts)


def indicator(code: str, kind: str, name: str, levels: tuple[str, ...], **more: object) -> Indicator:
    return Indicator(code=code, number=code, kind=kind, name=name, levels=levels, **more)


INDICATORS = [
    indicator(
        "coverage",
        "share",
        "Доля {population.gen}, охваченных мероприятиями",
        STAGES,
        numerator=("covered",),
        denominator=("pupils",),
        headline=True,
    ),
    indicator(
        "away",
        "share",
        "Доля выпускников, уехавших в другие регионы",
        ("basic",),
        numerator=("left",),
        denominator=("left", "stayed"),
        direction="less",
    ),
    indicator("away-trend", "trend", "Тенденция отъезда выпускников", ("basic",), of="away"),
    indicator(
        "page",
        "yes_no",
        "Страница на сайте",
        ("whole",),
        count="page",
        target="every",
        organisation_kinds=("school",),
    ),
    indicator("unplanned", "yes_no", "Работа без плана", ("whole",), count="unplanned", good="no"),
    indicator("events", "count", "Число мероприятий", ("whole",), count="events"),
]

COUNTS = [
    count("covered"),
    count("pupils"),
    count("left", unit="graduates", levels=("basic",)),
    count("stayed", unit="graduates", levels=("basic",)),
    count("page", unit="organisations", value="yes_no", levels=("whole",)),
    count("unplanned", unit="organisations", value="yes_no", levels=("whole",)),
    count("events", unit="events", levels=("whole",)),
]

PROBLEMS = [
    Problem(code="low-basic", indicator="coverage", level="basic", when="not_met", number=3, text="Низкая доля ООО"),
    Problem(code="few-pages", indicator="page", level="whole", when="no", number=2, text="Нет страниц на сайтах"),
    Problem(code="leave", indicator="away-trend", level="basic", when="trend", text="Отмечена тенденция отъезда"),
    Problem(
        code="low-primary-disability",
        indicator="coverage",
        level="primary",
        cohort="disability",
        when="not_met",
        number=1,
        text="Низкая доля среди детей с ОВЗ",
    ),
]

ACTIONS = [
    Action(code="review", answers=("*",), addressee="heads", text="Рассмотреть результаты"),
    Action(
        code="plan",
        answers=("low-basic", "few-pages"),
        addressee="heads",
        text="Разработать план",
        deadline=Deadline(form="next_day", day="06-15"),
        source="letter",
        place="прил. 1, п. 2",
    ),
    Action(code="general", answers=(), addressee="authority", text="Усилить контроль{events}", shown=True),
]


def make_catalogue(**changes: object) -> Catalogue:
    levels = [
        level("primary", chart=1),
        level("basic", chart=2),
        level("whole", "whole"),
        level("authority", "authority"),
    ]
    kinds = [OrganisationKind(code=code, name=code, proposes=STAGES) for code in ("school", "preschool")]
    cohorts = [Cohort(code="all", name="все"), Cohort(code="disability", name="ОВЗ и инвалиды", part_of="all")]
    addressees = [Addressee(code="heads", dative="Руководителям"), Addressee(code="authority", dative="Управлению")]
    letter = Source(code="letter", kind="letter", title="Письмо", number="837/1", date=dt.date(2023, 5, 4))
    by_code = {
        "levels": levels,
        "organisation_kinds": kinds,
        "cohorts": cohorts,
        "addressees": addressees,
        "sources": [letter],
        "counts": COUNTS,
        "indicators": INDICATORS,
        "problems": PROBLEMS,
        "actions": ACTIONS,
        **changes,
    }
    tables = {name: {entry.code: entry for entry in entries} for name, entries in by_code.items()}
    whole = {"code": "tiny", "version": "1", "aim": "", "timezone": "Europe/Moscow", "file": "tiny.toml"}
    return Catalogue(**whole, groups={}, goals={}, tasks={}, rules={}, plans=(), **tables)


def organisation(code: str, territory: str = NORTH, **more: object) -> Organisation:
    facts = {"kind": "school", "levels": ("primary", "basic", "whole"), "name": code, **more}
    return Organisation(code=code, territory=territory, **facts)


def year(code: str, previous: str | None = None, **more: object) -> Period:
    number = int(code)
    facts = {
        "kind": "year",
        "starts": dt.date(number, 1, 1),
        "ends": dt.date(number, 12, 31),
        "closes": dt.date(number + 1, 1, 20),
        "state": "open",
        "territory": None,
        "catalogue": "tiny",
        "version": "1",
        "previous": previous,
    }
    return Period(code=code, **{**facts, **more})


def over(periods: list[str], tables: list[pa.Table], indicators) -> pa.Table:
    """Tables of single periods as one, of these indicators (None: all)."""
    codes = [pa.array([period] * len(table), pa.string()) for period, table in zip(periods, tables, strict=True)]
    whole = pa.concat_tables(t.append_column("period", code) for t, code in zip(tables, codes, strict=True))
    if indicators is None:
        return whole
    return whole.filter(pc.is_in(whole["indicator"], pa.array(sorted(indicators), pa.string())))


@dataclass
class Memory:
    """The Reader's questions over plain lists. ``asked`` counts how often each was put."""

    catalogue: Catalogue = field(default_factory=make_catalogue)
    register: list[Organisation] = field(default_factory=list)
    calendar: list[Period] = field(default_factory=lambda: [year("2024")])
    numbers: dict[tuple[str, str, Cell], int | Reason] = field(default_factory=dict)
    states: dict[tuple[str, str], ReportState] = field(default_factory=dict)
    planned: list[PlanValue] = field(default_factory=list)
    said: list[Judgement] = field(default_factory=list)
    known: list[Contingent] = field(default_factory=list)
    amended: list[Amendment] = field(default_factory=list)
    events: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def give(
        self,
        organisation: str,
        indicator: str,
        level: str,
        *numbers: int | Reason | None,
        cohort: str = "all",
        period: str = "2024",
    ) -> Memory:
        """Sets the counts of an indicator in the order numerator, denominator (or its single count)."""
        entry = self.catalogue.indicators[indicator]
        counts = [entry.count] if entry.count else list(dict.fromkeys([*entry.numerator, *entry.denominator]))
        for name, number in zip(counts, numbers, strict=True):
            if number is not None:
                self.numbers[period, organisation, Cell(name, level, cohort)] = number
        return self

    def plan(self, indicator: str, level: str, amount: str, **more: object) -> Memory:
        measure = "number" if self.catalogue.indicators[indicator].kind in ("count", "ratio") else "percent"
        facts = {
            "period": "2024",
            "cohort": "all",
            "territory": None,
            "percent": None,
            "number": None,
            "origin": "document",
            "ground": "приказ № 1",
            "author": "отдел",
            "at": MOMENT,
            measure: Decimal(amount),
            **more,
        }
        self.planned.append(PlanValue(indicator=indicator, level=level, **facts))
        return self

    def judge(self, indicator: str, level: str, outcome: str = "shortcoming", **more: object) -> Memory:
        facts = {
            "id": str(len(self.said)),
            "period": "2024",
            "cohort": "all",
            "territory": None,
            "organisation": None,
            "text": "низкая доля",
            "source": "письмо",
            "office": "управление",
            "date": None,
            "percent": None,
            "at": MOMENT + dt.timedelta(minutes=len(self.said)),
            **more,
        }
        self.said.append(Judgement(indicator=indicator, level=level, outcome=outcome, **facts))
        return self

    def expect(self, organisation: str, count: str, level: str, number: int, cohort: str = "all") -> Memory:
        cell = Cell(count, level, cohort)
        self.known.append(Contingent(period="2024", organisation=organisation, cell=cell, number=number, source="ОО-1"))
        return self

    # ------------------------------------------------------------------------------ the questions of the store

    def territories(self) -> list[str]:
        paths = {o.territory for o in self.register}
        return sorted(paths | {p for t in paths if (p := parent_territory(t))})

    def organisations(self, *, on=None, territory=None, code=None, codes=None):
        self.asked["organisations"] += 1
        found = [
            o
            for o in self.register
            if within(o.territory, territory) and code in (None, o.code) and (codes is None or o.code in codes)
        ]
        return sorted(found, key=lambda o: (path_order(o.territory), name_order(o.name), o.code))

    def roster(self, *, on=None, territory=None, code=None):
        found = self.organisations(on=on, territory=territory, code=code)
        return Roster(pa.Table.from_pylist([{**asdict(o), "levels": ",".join(o.levels)} for o in found], schema=PEOPLE))

    def homes(self, period, *, territory=None):
        day = self.period(period, territory=territory).ends
        return sorted({o.territory for o in self.register if within(o.territory, territory) and o.open_on(day)})

    def amendments(self, period, *, territory):
        return [a for a in self.amended if a.period == period and a.territory == territory]

    def event_names(self, territory):
        return self.events.get(territory)

    def periods(self, *, territory=None):
        return sorted(self.calendar, key=lambda p: p.starts, reverse=True)

    def period(self, code, *, territory=None):
        for period in self.calendar:
            if period.code == code and (period.territory is None or within(territory or "", period.territory)):
                return period
        raise WrongCall(f"Период «{code}» не открыт.")

    def pairs(self, period, *, territory=None, organisation=None, indicator=None, level=None, cohort=None):
        self.asked["pairs"] += 1
        return [
            pair
            for o in self.register
            if within(o.territory, territory) and organisation in (None, o.code)
            for i in self.catalogue.indicators.values()
            if indicator in (None, i.code) and (not i.organisation_kinds or o.kind in i.organisation_kinds)
            for v in i.levels
            if level in (None, v)
            for c in self.catalogue.cohorts
            if cohort in (None, c) and (pair := self._pair(period, o, i, v, c))
        ]

    def _pair(self, period, organisation, indicator, level, cohort) -> PairRow | None:
        def number(count: str) -> int | None:
            value = self.numbers.get((period, organisation.code, Cell(count, level, cohort)))
            return value if isinstance(value, int) else None

        row = PairRow(
            period=period,
            organisation=organisation.code,
            territory=organisation.territory,
            indicator=indicator.code,
            level=level,
            cohort=cohort,
            numerator=None,
            denominator=None,
            value=None,
            state=self.states.get((period, organisation.code), ReportState.SUBMITTED),
        )
        if indicator.kind in ("share", "ratio"):
            above, below = ([number(n) for n in names] for names in (indicator.numerator, indicator.denominator))
            if None in above or None in below:
                return None
            return row._replace(numerator=sum(above), denominator=sum(below))
        if indicator.count is None or (value := number(indicator.count)) is None:
            return None
        if indicator.kind == "count":
            return row._replace(value=value)
        return row._replace(value=value, numerator=int(value == (indicator.good == "yes")), denominator=1)

    def pairs_over(self, periods, *, indicators=None, **where):
        tables = [self.pairs_table(period, **where) for period in periods]
        self.asked["pairs"] -= len(tables) - 1
        return over(periods, tables, indicators)

    def totals_over(self, periods, *, indicators=None, **where):
        tables = [self.totals_table(period, **where) for period in periods]
        self.asked["totals"] -= len(tables) - 1
        return over(periods, tables, indicators)

    def comparable_pairs(self, now, before, indicators, *, territory=None, **where):
        self.asked["comparable"] += 1
        gave: list[dict[tuple[str, ...], PairRow]] = []
        for period in (now, before):
            pairs = [p for p in self.pairs(period, territory=territory, **where) if p.indicator in indicators]
            self.asked["pairs"] -= 1
            gave.append({(p.organisation, p.indicator, p.level, p.cohort): p for p in pairs})
        rows = []
        for who in dict.fromkeys([*gave[0], *gave[1]]):
            recent, past = (g.get(who) for g in gave)
            one = {"indicator": who[1], "level": who[2], "cohort": who[3], "organisations": 1}
            for p, place, start in ((recent, "now_in", ""), (past, "then_in", "past_")):
                one |= {place: p and p.territory, f"{start}numerator": p and p.numerator}
                one |= {f"{start}denominator": p and p.denominator}
            rows.append(one)
        return pa.Table.from_pylist(rows)

    def pairs_table(self, period, **where):
        rows = [{**p._asdict(), "state": p.state.value} for p in self.pairs(period, **where)]
        return pa.Table.from_pylist(rows, schema=PAIRS)

    def totals_table(self, period, **where):
        return pa.Table.from_pylist([t._asdict() for t in self.totals(period, **where)], schema=TOTALS)

    def totals(self, period, *, territory=None, indicator=None, level=None, cohort=None, children=False):
        self.asked["totals"] += 1
        gave: dict[tuple[str, ...], list[PairRow]] = {}
        lacks: dict[tuple[str, ...], list[Organisation]] = {}
        pairs = {(p.organisation, p.indicator, p.level, p.cohort): p for p in self.pairs(period, territory=territory)}
        self.asked["pairs"] -= 1
        for i, v, c in self._figures(indicator, level, cohort):
            for o in self.register:
                if not within(o.territory, territory):
                    continue
                place = territory if territory is not None and not children else o.territory
                pair = pairs.get((o.code, self._source(i).code, v, c))
                if pair:
                    gave.setdefault((place, i.code, v, c), []).append(pair)
                elif self._asks(period, o, i, v):
                    lacks.setdefault((place, i.code, v, c), []).append(o)

        def total(rows: list[PairRow], name: str) -> int | None:
            numbers = [getattr(p, name) for p in rows if getattr(p, name) is not None]
            return sum(numbers) if numbers else None

        return [
            TotalRow(
                period=period,
                territory=place,
                indicator=i,
                level=v,
                cohort=c,
                numerator=total(rows, "numerator"),
                denominator=total(rows, "denominator"),
                value=total(rows, "value") if self.catalogue.indicators[i].kind == "count" else None,
                submitted=len(rows),
                on_review=sum(p.state is not ReportState.ACCEPTED for p in rows),
                late=0,
                missing=len(absent),
                possible=sum(p for p in bounds if p is not None),
                unknown=bounds.count(None),
            )
            for place, i, v, c in sorted({*gave, *lacks})
            for rows, absent in [(gave.get((place, i, v, c), []), lacks.get((place, i, v, c), []))]
            for bounds in [[self._possible(period, o, i, v, c) for o in absent]]
        ]

    def _figures(self, indicator, level, cohort):
        return [
            (i, v, c)
            for i in self.catalogue.indicators.values()
            for v in i.levels
            for c in self.catalogue.cohorts_of(i)
            if indicator in (None, i.code) and level in (None, v) and cohort in (None, c)
        ]

    def _source(self, indicator):
        return self.catalogue.indicators[indicator.of] if indicator.of else indicator

    def _asks(self, period, organisation, indicator, level) -> bool:
        found = next(p for p in self.calendar if p.code == period)
        return (
            organisation.open_on(found.ends)
            and level in organisation.levels
            and (not indicator.organisation_kinds or organisation.kind in indicator.organisation_kinds)
            and (indicator.since or 0) <= found.starts.year <= (indicator.until or 9999)
        )

    def _possible(self, period, organisation, code, level, cohort) -> int | None:
        indicator = self.catalogue.indicators[code]
        if indicator.kind == "yes_no":
            return 1
        known = {(k.period, k.organisation, k.cell): k.number for k in self.known}
        counts = [indicator.count] if indicator.count else indicator.denominator
        numbers = [known.get((period, organisation.code, Cell(count, level, cohort))) for count in counts]
        return None if None in numbers else sum(numbers)

    def values(self, period, *, territory=None, organisation=None, counts=None, level=None, cohort=None):
        self.asked["values"] += 1
        homes = {o.code: o.territory for o in self.register}
        return [
            Value(
                id=str(n),
                part="1",
                submission="1",
                organisation=code,
                period=of,
                cell=cell,
                number=number if isinstance(number, int) else None,
                reason=number if isinstance(number, Reason) else None,
                file="отчёт.xlsx",
                sheet="Лист1",
                row=n + 2,
                column="D",
            )
            for n, ((of, code, cell), number) in enumerate(self.numbers.items())
            if of == period
            and within(homes[code], territory)
            and organisation in (None, code)
            and (counts is None or cell.count in counts)
            and level in (None, cell.level)
            and cohort in (None, cell.cohort)
        ]

    def plans(self, period, *, territory=None):
        self.asked["plans"] += 1
        return [p for p in self.planned if p.period == period]

    def judgements(self, period, *, territory=None, organisation=None):
        self.asked["judgements"] += 1
        newest_first = [j for j in self.said if j.period == period][::-1]
        return [j for j in newest_first if organisation in (None, j.organisation)]

    def contingent(self, period, *, territory=None, organisations=None):
        self.asked["contingent"] += 1
        return [c for c in self.known if c.period == period]

    def reports_sent(self, period, *, territory=None):
        reports = self.reports(period, territory=territory).values()
        return sum(report.state.reported for report in reports), len(reports)

    def reports(self, period, *, territory=None):
        self.asked["reports"] += 1
        sent = {code for of, code, _ in self.numbers if of == period}
        return {
            o.code: Report(
                organisation=o.code,
                period=period,
                state=ReportState.SUBMITTED if o.code in sent else ReportState.NOT_SUBMITTED,
                at=None,
                by="",
                note="",
                late=False,
            )
            for o in self.register
            if within(o.territory, territory)
        }
