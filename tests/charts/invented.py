"""Invented catalogue, organisations and analysis results for the tests of sentences, figures and rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from proforient.analysis.changes import Change
from proforient.analysis.coverage import FEW_BELOW, SETTLED_FROM, Coverage
from proforient.analysis.shortfall import Contribution, Gap
from proforient.catalogue.entries import Catalogue, Indicator, Level, OrganisationKind, Source
from proforient.monitoring import Judgement, Organisation, PlanValue, Verdict

TERRITORY = "Край / Район"
LONG_AGO = dt.datetime(2023, 4, 3, 9, 0)


def _levels() -> dict[str, Level]:
    stages = [
        ("preschool", "Дошкольное образование", "Дошкольное", None, "воспитанники"),
        ("primary", "Начальное общее образование", "Начальное", (1, 4), "обучающиеся 1–4 классов"),
        ("basic", "Основное общее образование", "Основное", (5, 9), "обучающиеся 5–9 классов"),
        ("secondary", "Среднее общее образование", "Среднее", (10, 11), "обучающиеся 10–11 классов"),
        ("additional", "Дополнительное образование", "Дополнительное", None, "дети в кружках"),
    ]
    levels = {
        code: Level(code=code, kind="stage", name=name, short=short, grades=grades, population={"nom": who}, chart=n)
        for n, (code, name, short, grades, who) in enumerate(stages, 1)
    }
    for first, last in ((5, 7), (8, 11), (6, 11)):
        code, name = f"grades-{first}-{last}", f"{first}–{last}"
        levels[code] = Level(code=code, kind="band", name=f"{name} классы", short=name, grades=(first, last))
    levels["leavers"] = Level(code="leavers", kind="band", name="9 классы", short="9", grades=(9, 9))
    levels["whole"] = Level(code="whole", kind="whole", name="Организация в целом", short="Организация")
    levels["authority"] = Level(code="authority", kind="authority", name="Муниципалитет в целом", short="МО")
    return levels


def catalogue() -> Catalogue:
    levels = _levels()
    every = tuple(levels)
    name = "Доля {population.gen}, охваченных мероприятиями"
    indicators = [
        Indicator(code="coverage", number="1", kind="share", name=name, levels=every, source="letter", headline=True),
        Indicator(code="away", number="5.1", kind="share", name="Доля уехавших", levels=every, direction="less"),
        Indicator(code="page", number="2.1", kind="yes_no", name="Страница на сайте", levels=("whole",), count="page"),
        Indicator(code="events", number="3.1", kind="count", name="Мероприятия", levels=("whole",), count="events"),
        Indicator(code="trend", number="5.2", kind="trend", name="Тенденция отъезда", levels=every, of="away"),
    ]
    kinds = [
        OrganisationKind(code="school", name="общеобразовательная организация", proposes=(), aliases=("ОО", "школа")),
        OrganisationKind(code="preschool", name="дошкольная организация", proposes=(), aliases=("детский сад",)),
        OrganisationKind(code="club", name="организация дополнительного образования", proposes=()),
    ]
    source = Source(code="letter", kind="letter", title="Письмо управления", number="1/1")
    return Catalogue(
        code="invented", version="1", aim="Выбор профессии", timezone="Europe/Moscow", file="indicators.toml",
        sources={"letter": source}, levels=levels, cohorts={}, organisation_kinds={k.code: k for k in kinds},
        addressees={}, groups={}, goals={}, tasks={}, counts={}, rules={},
        indicators={i.code: i for i in indicators}, plans=(), problems={}, actions={},
    )  # fmt: skip


NAMES = ("Северная", "Заречная", "Лесная", "Речная", "Горная", "Полевая", "Озёрная")
PAIRS = ((168, 262), (118, 170), (76, 112), (45, 70), (42, 56), (70, 88), (62, 72))


def organisation(code: str, name: str, kind: str = "school") -> Organisation:
    return Organisation(code=code, name=name, kind=kind, levels=("basic",), territory=TERRITORY)


def organisations(kind: str = "school", how: str = "Школа") -> dict[str, Organisation]:
    return {f"o{n}": organisation(f"o{n}", f"{how} «{name}»", kind) for n, name in enumerate(NAMES, 1)}


def plan(amount: str, *, count: bool = False, origin: Any = "demonstration", period: str = "2022") -> PlanValue:
    value = Decimal(amount)
    return PlanValue(
        period=period, indicator="coverage", level="basic", cohort="all", territory=TERRITORY,
        percent=None if count else value, number=value if count else None, origin=origin, ground="", author="методист",
        at=LONG_AGO,
    )  # fmt: skip


def judgement(outcome: Any = "shortcoming", percent: str | None = None) -> Judgement:
    return Judgement(
        id="1", period="2022", indicator="coverage", level="additional", cohort="all", territory=TERRITORY,
        organisation=None, outcome=outcome, text="Низкая доля", source="письмо", office="управление", date=None,
        percent=Decimal(percent) if percent else None, at=LONG_AGO,
    )  # fmt: skip


def _verdict(numerator: int, denominator: int, amount: str, direction: str) -> tuple[Verdict, int, Fraction]:
    target = Fraction(amount) * denominator / 100
    if direction == "less":
        need, short = max(0, numerator - floor(target)), numerator - target
    else:
        need, short = max(0, ceil(target) - numerator), target - numerator
    return (Verdict.NOT_MET if need else Verdict.MET), need, short


_UNMEASURED = {str(v) for v in Verdict} - {"met", "not_met"}


def cov(level: str = "basic", numerator: Any = None, denominator: int | None = None, amount: str | None = None,
        **other: Any) -> Coverage:  # fmt: skip
    """A coverage with its verdict worked out; ``numerator`` may be the name of a verdict without figures."""
    fields: dict[str, Any] = {
        "period": "2022", "territory": TERRITORY, "organisation": None, "indicator": "coverage", "level": level,
        "cohort": "all", "kind": "share", "unit": "children", "direction": "more", "value": None, "submitted": 7,
        "expected": 7, "can_change": False, "needed": None, "shortfall": None, "judgements": (),
        "settled_from": SETTLED_FROM, "few_below": FEW_BELOW,
        "plan": plan(amount) if amount is not None else None, **other,
    }  # fmt: skip
    if isinstance(numerator, str):
        assert numerator in _UNMEASURED
        verdict, numerator = Verdict(numerator), None
        if verdict == Verdict.JUDGED and not fields["judgements"]:
            fields["judgements"] = (judgement(),)
        if verdict == Verdict.NOBODY:
            numerator, denominator = 0, 0
        if "submitted" not in other:
            fields["submitted"] = 0
    elif numerator is None:
        verdict = Verdict.NO_DATA
    elif amount is None:
        verdict = Verdict.NO_PLAN
    else:
        verdict, need, short = _verdict(numerator, denominator or 0, amount, fields["direction"])
        fields |= {"needed": need, "shortfall": short}
    fields |= {"numerator": numerator, "denominator": denominator, "verdict": verdict}
    return Coverage(**fields)


def count(value: int | None, amount: str | None = None, **other: Any) -> Coverage:
    """The coverage of a count («12 мероприятий») against a plan that is a number."""
    need = max(0, ceil(Fraction(amount)) - (value or 0)) if amount and value is not None else None
    verdict = Verdict.NO_DATA if value is None else Verdict.NO_PLAN if amount is None else None
    if verdict is None:
        verdict = Verdict.NOT_MET if need else Verdict.MET
    fields: dict[str, Any] = {"indicator": "events", "level": "whole", "kind": "count", "unit": "events", **other}
    made = cov(numerator=None, **{k: v for k, v in fields.items() if k != "level"}, level=fields["level"])
    short = Fraction(amount) - value if amount and value is not None else None
    changes = {"value": value, "verdict": verdict, "needed": need, "shortfall": short}
    changes["plan"] = plan(amount, count=True) if amount else None
    return _replace(made, **changes)


def _replace(coverage: Coverage, **changes: Any) -> Coverage:
    return Coverage(**{f: getattr(coverage, f) for f in Coverage.__slots__} | changes)


def rows(pairs: Any = PAIRS, amount: str | None = "80", **other: Any) -> list[Coverage]:
    """A coverage an organisation; a pair may be the name of a verdict."""
    made = []
    for n, pair in enumerate(pairs, 1):
        numerator, denominator = (pair, None) if isinstance(pair, str) else pair
        made.append(cov("basic", numerator, denominator, amount, organisation=f"o{n}", **other))
    return made


def gap(pairs: Any = PAIRS, amount: str = "80", **other: Any) -> Gap:
    """A gap as ``analysis.shortfall`` gives it, worked out here in the plainest way."""
    each = rows(pairs, amount, **other)
    total = cov("basic", sum(p[0] for p in pairs), sum(p[1] for p in pairs), amount, **other)
    positive = sorted((c for c in each if c.shortfall > 0), key=lambda c: (-c.shortfall, c.organisation))
    whole = sum((c.shortfall for c in positive), Fraction(0))
    eighty, running = set(), Fraction(0)
    for c in positive:
        if running < whole * 4 / 5:
            eighty.add(c.organisation)
        running += c.shortfall
    closing: dict[str, int] = {}
    for c in sorted(positive, key=lambda c: (-c.needed, c.organisation)):
        if sum(closing.values()) < total.needed:
            closing[c.organisation] = c.needed
    contributions = tuple(
        Contribution(
            organisation=c.organisation, numerator=c.numerator, denominator=c.denominator, needed=c.needed,
            shortfall=c.shortfall, in_80_percent=c.organisation in eighty,
            in_closing_set=c.organisation in closing, coverage=c,
        )
        for c in positive
    )  # fmt: skip
    back = -sum((c.shortfall for c in each if c.shortfall < 0), Fraction(0))
    return Gap(total=total, contributions=contributions, below=whole, given_back=back, closing=tuple(closing.items()))


def series(figures: Any, **other: Any) -> list[Coverage]:
    """Periods, oldest first: (code, numerator, denominator, plan) or (code, verdict, None, plan)."""
    return [cov(other.get("level", "basic"), n, d, p, period=code, **{k: v for k, v in other.items() if k != "level"})
            for code, n, d, p in figures]  # fmt: skip


def change(current: Coverage, previous: Coverage | None, *, why_not: str = "", same: str | None = None,
           same_organisations: int = 0, by_chance: bool = False) -> Change:  # fmt: skip
    """A change as ``analysis.changes`` gives it."""
    points = difference = None
    if previous is not None and not why_not:
        if current.share is not None and previous.share is not None:
            points = current.share - previous.share
        if current.kind == "count" and current.value is not None and previous.value is not None:
            difference = current.value - previous.value
    return Change(
        current=current, previous=previous, points=points, why_not=why_not, difference=difference,
        same_points=Fraction(same) if same is not None else None, same_organisations=same_organisations,
        by_chance=by_chance,
    )  # fmt: skip


FIVE = [
    ["preschool", 232, 580, "50", {"submitted": 5, "expected": 6}],
    ["primary", 512, 640, "75"],
    ["basic", 581, 830, "80"],
    ["secondary", 96, 120, "80"],
    ["additional", "judged", None, "70", {"expected": 3}],
]


def levels(spec: Any = FIVE, **other: Any) -> list[Coverage]:
    return [cov(*row[:4], **(row[4] if len(row) > 4 else {}), **other) for row in spec]


OPEN = {"submitted": 3, "expected": 7, "can_change": True}  # what the missing could still turn


def places(spec: Any = ((40,), (62,), ("no_data",), (45, OPEN), (50,)), amount: str | None = "50") -> list[Coverage]:
    """A row a municipality: how many of a hundred (or the name of a verdict), and what else differs."""
    made = []
    for n, (gave, *more) in enumerate(spec, 1):
        own = {"of": 100, "plan": amount, "territory": f"Край / Район {n}", **(more[0] if more else {})}
        of, wanted = own.pop("of"), own.pop("plan")
        made.append(cov("basic", gave, None if isinstance(gave, str) else of, wanted, **own))
    return made
