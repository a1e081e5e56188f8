"""The JSON of results, values and traces."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from analysis.memory import NORTH, REGION, Memory, organisation
from analysis.schemas import validate
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.analysis.coverage import coverages
from proforient.analysis.export import coverage_json, trace_json, value_json
from proforient.analysis.trace import trace
from proforient.monitoring import Reason

NB = "\u00a0"


def exported(memory: Memory, indicator: str = "coverage", level: str = "basic", **scope: object) -> dict[str, object]:
    scope = scope or {"territory": NORTH}
    asked = {"indicator": indicator, "level": level, "cohort": "all", **scope}
    found = [coverage_json(c) for c in coverages(memory, memory.catalogue, "2024", named=True, **asked)]
    validate(found, "results.json")
    assert len(found) == 1
    return found[0]


def test_a_figure_has_exact_strings_and_whole_numbers():
    memory = Memory(register=[organisation("a"), organisation("b")]).give("a", "coverage", "basic", 578, 826)
    memory.plan("coverage", "basic", "80.00", territory=NORTH, origin="demonstration", ground="выдумано")
    assert exported(memory) == {
        "period": "2024",
        "territory": NORTH,
        "organisation": None,
        "indicator": "coverage",
        "level": "basic",
        "cohort": "all",
        "kind": "share",
        "unit": "children",
        "direction": "more",
        "numerator": 578,
        "denominator": 826,
        "value": None,
        "share": "69.9757869249",
        "average": None,
        "shown": f"70{NB}%",
        "plan": "80",
        "plan_origin": "demonstration",
        "plan_ground": "выдумано",
        "verdict": "not_met",
        "needed": 83,
        "shortfall": "82.8",
        "submitted": 1,
        "expected": 2,
        "missing": ["b"],
        "on_review": 1,
        "can_change": None,
        "judgement": None,
        "judgements": [],
        "trend": None,
        "trend_approximate": False,
    }


@pytest.mark.parametrize(
    ("pair", "plan", "share", "shown", "shortfall"),
    [
        ((7996, 10000), "80", "79.9600000000", "79,96", "4"),
        ((299, 300), "99.7", "99.6666666667", "99,67", "0.1"),
        ((1999, 2000), "100", "99.9500000000", "99,95", "1"),
        ((0, 50), "0", "0.0000000000", "0", "0"),
        ((10, 10), "62.5", "100.0000000000", "100", "-3.75"),
    ],
)
def test_a_share_is_printed_so_that_it_does_not_contradict_its_verdict(pair, plan, share, shown, shortfall):
    memory = Memory(register=[organisation("a")]).give("a", "coverage", "basic", *pair).plan("coverage", "basic", plan)
    found = exported(memory)
    assert (found["share"], found["shown"], found["shortfall"]) == (share, f"{shown}{NB}%", shortfall)


def test_one_of_one_and_none_of_two_hundred_are_half_a_percent_in_every_total():
    memory = Memory(register=[organisation(c) for c in "abc"]).give("a", "coverage", "basic", 1, 1)
    memory.give("b", "coverage", "basic", 0, 100).give("c", "coverage", "basic", 0, 100)
    for scope in ({"territory": NORTH}, {"territory": REGION}, {"territory": REGION, "by": "territory"}):
        assert exported(memory, **scope)["shown"] == f"0,5{NB}%"


def test_where_less_is_better_the_share_does_not_contradict_its_verdict_either():
    memory = Memory(register=[organisation("a")]).give("a", "away", "basic", 3004, 6996).plan("away", "basic", "30")
    found = exported(memory, "away")
    assert (found["verdict"], found["shown"], found["needed"]) == ("not_met", f"30,04{NB}%", 4)


def test_nobody_nothing_and_zero_are_printed_apart():
    memory = Memory(register=[organisation(c) for c in "abc"] + [organisation("d", levels=("whole",))])
    memory.give("a", "coverage", "basic", 0, 0).give("b", "coverage", "basic", 0, 50)
    shown = [exported(memory, organisation=o)["shown"] for o in "abcd"]
    assert shown == ["нет обучающихся", f"0{NB}%", "нет данных", "не спрашивают"]
    assert (
        exported(memory.judge("coverage", "basic", organisation="c"), organisation="c")["shown"] == "оценка экспертов"
    )


def test_counts_and_answers_are_printed_as_such():
    memory = Memory(register=[organisation("a"), organisation("b")]).give("a", "events", "whole", 1200)
    memory.give("a", "page", "whole", 1).give("b", "page", "whole", 0)
    events = exported(memory, "events", "whole")
    assert (events["value"], events["shown"], events["share"], events["numerator"]) == (1200, f"1{NB}200", None, None)
    assert exported(memory, "page", "whole")["shown"] == f"50{NB}%"
    assert exported(memory, "page", "whole")["value"] is None
    answers = [exported(memory, "page", "whole", organisation=o) for o in "ab"]
    assert [(a["value"], a["shown"]) for a in answers] == [(True, "да"), (False, "нет")]


def test_judgements_are_listed_newest_first_and_the_newest_stands_alone_too():
    memory = Memory(register=[organisation("a")]).judge(
        "coverage", "basic", territory=NORTH, outcome="good", text="хорошо"
    )
    memory.judge(
        "coverage", "basic", territory=NORTH, text="всего 45 %", percent=Decimal("45.00"), date=dt.date(2024, 5, 4)
    )
    found = exported(memory)
    assert found["judgement"] == {"outcome": "shortcoming", "text": "всего 45 %", "source": "письмо"}
    assert [j["outcome"] for j in found["judgements"]] == ["shortcoming", "good"]
    assert (found["judgements"][0]["percent"], found["judgements"][0]["date"]) == ("45", "2024-05-04")


def test_a_trace_holds_the_figure_and_its_cells():
    memory = Memory(register=[organisation("a"), organisation("b")]).give("a", "coverage", "basic", 3, 4)
    memory.give("b", "coverage", "basic", 3, Reason.NOT_APPLICABLE)
    figure = coverages(
        memory, memory.catalogue, "2024", territory=NORTH, indicator="coverage", level="basic", cohort="all"
    )[0]
    found = trace_json(memory.catalogue, figure, trace(memory, memory.catalogue, figure))
    validate(found, "trace.json")
    assert found["figure"] == coverage_json(figure)
    assert [(c["role"], c["value"], c["file"], c["row"], c["column"]) for c in found["cells"]] == [
        ("numerator", 3, "отчёт.xlsx", 2, "D"),
        ("denominator", 4, "отчёт.xlsx", 3, "D"),
    ]


def test_a_value_is_a_number_an_answer_or_null_with_its_reason():
    memory = Memory(register=[organisation("a")]).give("a", "coverage", "basic", 0, Reason.NO_DATA)
    memory.give("a", "page", "whole", 0)
    found = [value_json(memory.catalogue, v) for v in memory.values("2024")]
    validate(found, "values.json")
    assert [(v["count"], v["value"], v["reason"]) for v in found] == [
        ("covered", 0, None),
        ("pupils", None, "no_data"),
        ("page", False, None),
    ]


amounts = st.decimals(min_value=0, max_value=100, places=2)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=4),
    st.one_of(st.none(), amounts),
    st.booleans(),
)
def test_every_figure_of_a_region_fits_the_schema(rows, plan, judged):
    memory = Memory(register=[organisation(f"o{n}") for n in range(4)])
    for n, (one, other, yes) in enumerate(rows):
        memory.give(f"o{n}", "coverage", "basic", min(one, other), max(one, other)).give(
            f"o{n}", "page", "whole", int(yes)
        )
        memory.give(f"o{n}", "away", "basic", one, other).give(f"o{n}", "events", "whole", one)
    for name, level in (("coverage", "basic"), ("away", "basic"), ("page", "whole"), ("events", "whole")):
        if plan is not None:
            memory.plan(name, level, str(plan))
        if judged:
            memory.judge(name, level, territory=REGION)
    for by in (None, "organisation", "territory"):
        found = [coverage_json(c) for c in coverages(memory, memory.catalogue, "2024", territory=REGION, by=by)]
        validate(found, "results.json")
        assert not any("E" in (c["shortfall"] or "") for c in found)
