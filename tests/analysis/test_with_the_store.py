"""The real store and the reader in memory, filled alike, give the same figures, traces, changes and problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from analysis.memory import NORTH, REGION, SOUTH, Memory, organisation, year
from analysis.schemas import validate
from store.tiny_store import submit

from proforient.advice.export import advice_json
from proforient.advice.problems import problems
from proforient.analysis.changes import changes
from proforient.analysis.coverage import coverages
from proforient.analysis.export import coverage_json, trace_json, value_json
from proforient.analysis.trace import trace
from proforient.monitoring import Reason, ReportState
from proforient.store import Store, campaign, enrolment, planning, reporting

YEARS = ("2022", "2023", "2024")


def in_memory() -> Memory:
    """Two municipalities with everything that a figure can meet."""
    memory = Memory(
        register=[
            organisation("001"),
            organisation("n2"),
            organisation("n3", levels=("primary", "whole")),
            organisation("gone", closed=dt.date(2024, 6, 1)),
            organisation("came", opened=dt.date(2024, 12, 31), levels=("primary",)),  # on the last day
            organisation("went", closed=dt.date(2024, 12, 31), levels=("primary",)),
            organisation("garden", kind="preschool", levels=("whole",)),
            organisation("s1", SOUTH),
            organisation("alone", "Область / Один"),
        ],
        calendar=[year("2022"), year("2023", "2022"), year("2024", "2023")],
    )
    memory.give("001", "coverage", "basic", 50, 100).give("n2", "coverage", "basic", 90, 100)
    memory.give("gone", "coverage", "basic", 1, 10).give("s1", "coverage", "basic", 0, 0)
    memory.give("n3", "coverage", "primary", 5, Reason.NO_DATA).give("n2", "coverage", "primary", 4, 8)
    memory.give("n2", "coverage", "primary", 1, 2, cohort="disability")
    memory.give("001", "page", "whole", 0).give("garden", "page", "whole", 1).give("n2", "page", "whole", 1)
    memory.give("001", "unplanned", "whole", 1).give("s1", "unplanned", "whole", 0)
    memory.give("001", "events", "whole", 3).give("s1", "events", "whole", 4)
    for code, left in zip(YEARS, (5, 12, 25), strict=True):
        memory.give("001", "away", "basic", left, 100 - left, period=code)
    memory.give("n2", "coverage", "basic", 40, 100, period="2023")
    memory.plan("coverage", "basic", "70.25").plan("coverage", "basic", "80", territory=NORTH)
    memory.plan("coverage", "primary", "60", territory=REGION).plan("events", "whole", "5").plan("page", "whole", "90")
    memory.plan("coverage", "primary", "60", territory=REGION, cohort="disability").plan("away", "basic", "10.5")
    memory.judge("coverage", "primary", territory=SOUTH).judge("coverage", "basic", organisation="n2")
    memory.expect("001", "pupils", "primary", 30).expect("n3", "pupils", "primary", 20)
    memory.states["2024", "001"] = ReportState.ACCEPTED
    memory.states["2024", "s1"] = ReportState.RETURNED  # still on review
    return memory


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    memory = in_memory()
    store = Store.open(tmp_path / "data", memory.catalogue)
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, memory.register)
        for period in memory.calendar:
            campaign.open_period(writer, period.code, closes=period.closes)
        for plan in memory.planned:
            planning.set_plan(writer, plan)
        for judgement in memory.said:
            planning.add_judgement(writer, judgement)
        planning.import_contingent(writer, memory.known)
    for code in YEARS:
        given = {
            (o, cell.count, cell.level, cell.cohort): number
            for (of, o, cell), number in memory.numbers.items()
            if of == code
        }
        submit(store, given, period=code, at=dt.datetime(int(code), 12, 1))
    with store.write("operator", based_on=None) as writer:
        for code, state in (("001", ReportState.ACCEPTED), ("s1", ReportState.RETURNED)):
            reporting.set_report(writer, "2024", code, state)
    yield store
    store.close()


SCOPES = [
    {},
    {"territory": NORTH},
    {"territory": REGION},
    {"territory": REGION, "by": "territory"},
    {"territory": REGION, "by": "organisation"},
    {"by": "organisation"},
    {"organisation": "001"},
    {"indicator": "away-trend", "territory": NORTH},
    {"indicator": "coverage", "level": "basic", "cohort": "all", "organisation": "gone"},
]


def told(figures):
    """Figures without the numbers and moments that only a store gives to judgements."""
    plain = [replace(j, id="", at=dt.datetime.min) for c in figures for j in c.judgements]
    return [replace(c, judgements=()) for c in figures], plain


def test_the_store_gives_the_figures_that_plain_sums_give(store):
    memory = in_memory()
    with store.read() as reader:
        for scope in SCOPES:
            found = coverages(reader, memory.catalogue, "2024", **scope)
            assert told(found) == told(coverages(memory, memory.catalogue, "2024", **scope)), scope
            validate([coverage_json(c) for c in found], "results.json")


def test_the_store_gives_the_changes_and_problems_that_plain_sums_give(store):
    memory = in_memory()
    with store.read() as reader:
        figures = coverages(reader, memory.catalogue, "2024", territory=REGION)
        ours = changes(memory, memory.catalogue, coverages(memory, memory.catalogue, "2024", territory=REGION))
        for found, plain in zip(changes(reader, memory.catalogue, figures), ours, strict=True):
            assert (found.points, found.why_not, found.same_points) == (plain.points, plain.why_not, plain.same_points)
        for scope in ({}, {"territory": NORTH}, {"organisation": "001"}):
            found = problems(reader, memory.catalogue, "2024", **scope)
            plain = problems(memory, memory.catalogue, "2024", **scope)
            assert [(p.code, p.when, p.text, p.organisations) for p in found] == [
                (p.code, p.when, p.text, p.organisations) for p in plain
            ]
            validate(advice_json(reader, "2024", scope.get("territory"), found), "advice.json")


def test_every_figure_of_the_store_leads_back_to_cells_that_add_up_to_it(store):
    catalogue = in_memory().catalogue
    with store.read() as reader:
        for c in coverages(reader, catalogue, "2024", territory=REGION):
            cells = trace(reader, catalogue, c)
            for role in ("numerator", "denominator"):
                if c.kind in ("share", "trend"):
                    assert sum(x.value.number for x in cells if x.role == role) == (getattr(c, role) or 0)
            if c.kind == "count":
                assert sum(x.value.number for x in cells) == (c.value or 0)
            validate(trace_json(catalogue, c, cells), "trace.json")
        validate([value_json(catalogue, v) for v in reader.values("2024")], "values.json")
