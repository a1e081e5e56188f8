"""Columns, records and a slow count of single values say the same of random districts."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pandas as pd
import pytest
from analysis.memory import (
    COUNTS,
    INDICATORS,
    NORTH,
    REGION,
    SOUTH,
    Memory,
    count,
    indicator,
    make_catalogue,
    organisation,
)

from proforient.analysis.arithmetic import SAFE
from proforient.analysis.coverage import OrganisationRows, coverages
from proforient.analysis.data_frame import of_records, plain_rows, results_frame
from proforient.analysis.export import coverage_json, row_json
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Scope
from proforient.catalogue.figures import FigureKey, direction_of, measured
from proforient.commands.figures import RESULTS
from proforient.monitoring import PlanValue, Reason, ReportState, Verdict, within

YEAR = "2024"


def district(seed: int) -> Memory:
    """Up to nine organisations with whole, half and empty pairs, zeros, plans of every kind, known counts."""
    chance = random.Random(seed)
    levels = [("primary", "basic", "whole"), ("basic", "whole"), ("whole",), ()]
    hours = count("hours", unit="hours", levels=("basic", "whole"))
    each = indicator("hours", "ratio", "Часы на каждого", ("basic",), numerator=("hours",), denominator=("pupils",))
    over = replace(each, code="overload", direction="less")
    catalogue = make_catalogue(counts=[*COUNTS, hours], indicators=[*INDICATORS, each, over])
    memory = Memory(
        catalogue=catalogue,
        register=[
            organisation(f"o{n}", chance.choice([NORTH, SOUTH]), name=f"Школа № {chance.randrange(20)}",
                         levels=chance.choice(levels), kind=chance.choice(["school", "preschool"]))
            for n in range(chance.randrange(1, 10))
        ]
    )  # fmt: skip
    large = chance.choice([1, 1, 1, SAFE // 400, SAFE // 50])  # of nine times 400 of them a need still has 63 bits
    for key in keys(memory.catalogue):
        i = memory.catalogue.indicators[key.indicator]
        for o in memory.register:
            if i.kind != "trend" and chance.random() < 0.7:
                _give(memory, chance, o.code, key, large)
        if chance.random() < 0.6 and i.kind != "trend":
            amount = "0" if chance.random() < 0.2 else str(chance.randrange(0, 10_001) / Decimal(100))
            memory.plan(key.indicator, key.level, amount, cohort=key.cohort, territory=chance.choice([NORTH, REGION]))
        if chance.random() < 0.2:
            memory.judge(key.indicator, key.level, cohort=key.cohort, territory=chance.choice([NORTH, SOUTH, REGION]))
        for o in memory.register:
            if chance.random() < 0.05:
                memory.judge(key.indicator, key.level, cohort=key.cohort, territory=o.territory, organisation=o.code)
            for behind in [*i.denominator, *([i.count] if i.count else [])]:
                if chance.random() < 0.8:
                    memory.expect(o.code, behind, key.level, chance.randrange(0, 300), cohort=key.cohort)
    for o in memory.register:
        memory.states[YEAR, o.code] = chance.choice([ReportState.SUBMITTED, ReportState.ACCEPTED])
    return memory


def _give(memory: Memory, chance: random.Random, code: str, key: FigureKey, large: int) -> None:
    i = memory.catalogue.indicators[key.indicator]
    below = chance.choice([0, chance.randrange(1, 400)]) * large
    if i.kind == "share":
        half = chance.random() < 0.15
        other = Reason.NO_DATA if half else below - chance.randrange(0, below + 1) if len(i.denominator) > 1 else below
        memory.give(code, key.indicator, key.level, chance.randrange(0, below + 1), other, cohort=key.cohort)
    elif i.kind == "ratio":
        memory.give(
            code,
            key.indicator,
            key.level,
            chance.randrange(0, 80) * (below // large) * min(large, SAFE // 60),
            below,
            cohort=key.cohort,
        )
    else:
        memory.give(code, key.indicator, key.level, chance.randrange(0, 2), cohort=key.cohort)


def plan_of(memory: Memory, territory: str, key: FigureKey) -> PlanValue | None:
    """Of the territory itself, else of the nearest one that holds it, else the one for all."""
    steps = territory.split(" / ")
    places: list[str | None] = [" / ".join(steps[:n]) for n in range(len(steps), 0, -1)]
    own = {p.territory: p for p in memory.planned if (p.indicator, p.level, p.cohort) == key}
    return next((own[place] for place in [*places, None] if place in own), None)


def slowly(memory: Memory, territory: str, key: FigureKey, one: str | None = None) -> dict[str, object]:
    """One figure of a territory, or of one organisation in it, counted from single values with fractions."""
    catalogue = memory.catalogue
    indicator = catalogue.indicators[key.indicator]
    source = measured(catalogue, indicator)
    own = [o for o in memory.register if within(o.territory, territory) and one in (None, o.code)]
    pairs = {o.code: memory._pair(YEAR, o, source, key.level, key.cohort) for o in own
             if not source.organisation_kinds or o.kind in source.organisation_kinds}  # fmt: skip
    given = {code: p for code, p in pairs.items() if p}
    kinds = indicator.organisation_kinds
    asked = [o for o in own if key.level in o.levels and (not kinds or o.kind in kinds)]
    missing = [o for o in asked if o.code not in given]
    counted, each = indicator.kind == "count", indicator.kind == "ratio"
    n, d = (sum(getattr(p, name) or 0 for p in given.values()) for name in ("numerator", "denominator"))
    value = sum(p.value or 0 for p in given.values())
    plan = plan_of(memory, territory, key) if one is None or indicator.kind in ("share", "ratio") else None
    sign = 1 if direction_of(catalogue, indicator) == "more" else -1
    judged = any(
        (j.indicator, j.level, j.cohort) == key and ((j.organisation or j.territory) == (one or territory))
        for j in memory.said
    )

    def short(above: int, below: int) -> Fraction:
        assert plan is not None
        whole = Fraction(plan.amount) if counted else Fraction(plan.amount) * below / (1 if each else 100)
        return sign * (whole - above)

    measurable = plan is not None and indicator.kind != "trend" and bool(given) and (counted or d > 0)
    now = short(value if counted else n, d) if measurable else None
    possible = [memory._possible(YEAR, o, key.indicator, key.level, key.cohort) for o in missing]
    can_change = None
    if now is not None and None not in possible:
        more = sum(possible)
        ends = [short(value + m, 0) if counted else short(n + m, d + more) for m in (0, more)]
        if each and more:  # they may have had any number of hours
            ends[1] = short(10**40, d + more)
        can_change = bool(missing) and any((end <= 0) != (now <= 0) for end in ends)

    def verdict() -> Verdict:
        if not given and not asked:
            return Verdict.NOT_ASKED
        if not given:
            return Verdict.JUDGED if judged else Verdict.NO_DATA
        if not counted and d == 0:
            return Verdict.NOBODY
        if now is None:
            return Verdict.JUDGED if judged else Verdict.NO_PLAN
        return Verdict.MET if now <= 0 else Verdict.NOT_MET

    return {
        "submitted": len(given), "expected": len(given) + len(missing), "shortfall": now,
        "needed": None if now is None else max(0, ceil(now)), "can_change": can_change,
        "numerator": n if given and not counted else None, "denominator": d if given and not counted else None,
        "missing": {o.code for o in missing}, "verdict": verdict(),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_columns_records_and_a_slow_count_say_the_same(seed):
    memory = district(seed)
    for territory in (NORTH, REGION):
        if not any(within(o.territory, territory) for o in memory.register):
            continue
        rows = coverages(memory, memory.catalogue, YEAR, territory=territory, named=True)
        same_as_slowly(memory, rows, territory)
        same_as_records(memory, rows, territory=territory)
    apart = coverages(memory, memory.catalogue, YEAR, by="organisation")
    same_as_slowly(memory, apart)
    same_as_records(memory, apart, by="organisation")
    same_by_organisation(OrganisationRows(Scope(memory, memory.catalogue, YEAR), keys(memory.catalogue)), apart)


def same_as_slowly(memory: Memory, rows, territory: str = "") -> None:
    for c in rows:
        slow = slowly(memory, territory or c.territory, c.key, c.organisation)
        assert {**{name: getattr(c, name) for name in slow}, "missing": set(c.missing)} == slow, (c.organisation, c.key)


CSV = set(RESULTS) - {"judgement"}


def same_by_organisation(rows: OrganisationRows, records) -> None:
    """What lists are ordered by and show, beside the records of each organisation."""
    asked = [c for c in records if c.verdict is not Verdict.NOT_ASKED]
    assert [(c.organisation, c.key) for c in map(rows.record, rows.positions)] == [
        (c.organisation, c.key) for c in asked
    ]
    needs, least = rows.largest_needs(), rows.least_shares()
    for code in {c.organisation for c in records}:
        own = [c for c in asked if c.organisation == code]
        assert [(c.key, c.needed, c.share) for c in rows.asked_of(code)] == [(c.key, c.needed, c.share) for c in own]
        assert needs[code] == max((c.needed or 0 for c in own), default=0)
        shares = [float(c.share) for c in own if c.share is not None]
        assert least.get(code) == (pytest.approx(min(shares)) if shares else None)


def same_as_records(memory: Memory, rows, **asked) -> None:
    """The analyst's table beside the records, and the exact one in everything of which files are written."""
    frame = results_frame(memory, memory.catalogue, YEAR, **asked)
    exact, of_them = results_frame(memory, memory.catalogue, YEAR, exact=True, **asked), of_records(rows)
    assert list(frame) == list(exact) and set(exact) == set(of_them)
    same = list(plain_rows(exact[list(of_them)]))
    assert same == list(plain_rows(of_them))
    for told, c in zip(map(row_json, same), rows, strict=True):
        line = coverage_json(c)
        assert {name: told[name] or None for name in CSV} == {name: line[name] or None for name in CSV}
        assert told["judgement"] == (c.judgement.text if c.judgement else "")
    assert len(frame) == len(rows)
    for told, c in zip(frame.astype(object).itertuples(index=False), rows, strict=True):
        assert (told.territory, told.organisation or None, told.indicator, told.level, told.cohort) == (
            c.territory, c.organisation, *c.key,
        )  # fmt: skip
        assert (told.verdict, told.submitted, told.expected) == (c.verdict.value, c.submitted, c.expected)
        for name in ("numerator", "denominator", "value", "needed", "can_change"):
            assert (None if pd.isna(getattr(told, name)) else getattr(told, name)) == getattr(c, name), (name, c.key)
        assert pd.isna(told.share) == (c.share is None)
        assert c.share is None or told.share == pytest.approx(float(c.share))
        averaged = c.kind == "ratio" and c.denominator
        assert told.average == pytest.approx(c.numerator / c.denominator) if averaged else pd.isna(told.average)
