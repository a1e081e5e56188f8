"""Changes from exact shares, the reasons why there is none, and the chain of periods."""

from __future__ import annotations

from fractions import Fraction

import pytest
from analysis.memory import NORTH, REGION, SOUTH, Memory, organisation, year

from proforient.analysis.changes import Change, changes, series
from proforient.analysis.coverage import coverages
from proforient.analysis.earlier_periods import earlier
from proforient.analysis.offers import offers_by_figure, plan_offers
from proforient.catalogue.figures import FigureKey
from proforient.errors import WrongCall

NB = "\u00a0"


def change(reader, catalogue, coverage) -> Change:
    (found,) = changes(reader, catalogue, [coverage])
    return found


def two_years(*codes: str, territory: str = NORTH) -> Memory:
    return Memory(
        register=[organisation(code, territory) for code in codes], calendar=[year("2023"), year("2024", "2023")]
    )


def now(memory: Memory, indicator: str = "coverage", level: str = "basic", **scope: object):
    scope = scope or {"territory": NORTH}
    return coverages(memory, memory.catalogue, "2024", indicator=indicator, level=level, cohort="all", **scope)[0]


def test_points_are_the_difference_of_exact_shares():
    memory = two_years("a").give("a", "coverage", "basic", 1, 3).give("a", "coverage", "basic", 1, 7, period="2023")
    found = change(memory, memory.catalogue, now(memory))
    assert found.points == Fraction(100, 3) - Fraction(100, 7)
    assert (found.why_not, found.same_points, found.same_organisations) == ("", None, 1)
    assert (found.previous.period, found.previous.submitted) == ("2023", 1)


def test_where_organisations_differ_those_of_both_times_are_compared_beside_all():
    memory = two_years("a", "b", "c")
    memory.give("a", "coverage", "basic", 60, 100).give("b", "coverage", "basic", 0, 100)
    memory.give("a", "coverage", "basic", 50, 100, period="2023").give(
        "c", "coverage", "basic", 100, 100, period="2023"
    )
    found = change(memory, memory.catalogue, now(memory))
    assert (found.points, found.same_points, found.same_organisations) == (Fraction(-45), Fraction(10), 1)
    assert found.spoken_of == 10


def test_an_organisation_s_own_change_has_no_other_organisations():
    memory = (
        two_years("a", "b").give("a", "coverage", "basic", 3, 10).give("a", "coverage", "basic", 2, 10, period="2023")
    )
    memory.give("b", "coverage", "basic", 3, 10)
    found = change(memory, memory.catalogue, now(memory, organisation="a"))
    assert (found.points, found.same_points, found.same_organisations) == (Fraction(10), None, 1)


def test_organisations_and_totals_may_be_compared_together():
    memory = two_years("a", "b").give("a", "coverage", "basic", 3, 10).give("b", "coverage", "basic", 3, 10)
    memory.give("a", "coverage", "basic", 2, 10, period="2023")
    figures = [now(memory, organisation="a"), now(memory)]
    own, total = changes(memory, memory.catalogue, figures)
    assert (own.same_points, own.same_organisations) == (None, 1)
    assert (total.points, total.same_points, total.same_organisations) == (Fraction(10), Fraction(10), 1)


def test_a_region_alone_is_compared_with_itself_and_not_with_a_municipality():
    memory = Memory(
        register=[organisation("a"), organisation("s", SOUTH)], calendar=[year("2023"), year("2024", "2023")]
    )
    for period, (north, south) in {"2023": (2, 4), "2024": (3, 5)}.items():
        memory.give("a", "coverage", "basic", north, 10, period=period)
        memory.give("s", "coverage", "basic", south, 10, period=period)
    found = change(memory, memory.catalogue, now(memory, territory=REGION))
    assert (found.points, found.previous.territory, found.previous.numerator) == (Fraction(10), REGION, 6)


def test_a_count_changes_by_a_number_and_not_by_points():
    memory = two_years("a").give("a", "events", "whole", 5).give("a", "events", "whole", 8, period="2023")
    found = change(memory, memory.catalogue, now(memory, "events", "whole"))
    assert (found.points, found.difference, found.why_not) == (None, -3, "")


@pytest.mark.parametrize(
    ("calendar", "reason"),
    [
        ([year("2024")], "более раннего периода нет"),
        ([year("2023"), year("2024")], "предыдущий период не назначен"),
        ([year("2023", kind="school_year"), year("2024")], "прежние периоды другого вида"),
        ([year("2024", "2023")], f"в{NB}2023{NB}году сбора не было"),
        ([year("2023", catalogue="old"), year("2024", "2023")], f"в{NB}2023{NB}году другой каталог"),
        ([year("2023", kind="date"), year("2024", "2023")], "предыдущий период другого вида"),
        ([year("2023"), year("2024", "2023")], f"в{NB}2023{NB}году нет данных"),
    ],
)
def test_without_a_comparable_figure_the_reason_is_said(calendar, reason):
    memory = Memory(register=[organisation("a")], calendar=calendar).give("a", "coverage", "basic", 1, 3)
    found = change(memory, memory.catalogue, now(memory))
    assert (found.points, found.why_not) == (None, f"не с чем сравнить: {reason}")


def test_nobody_then_or_nothing_now_is_said():
    memory = two_years("a").give("a", "coverage", "basic", 0, 0, period="2023").give("a", "coverage", "basic", 1, 2)
    assert change(memory, memory.catalogue, now(memory)).why_not.endswith(f"в{NB}2023{NB}году нет обучающихся")
    memory = two_years("a").give("a", "coverage", "basic", 1, 2, period="2023")
    assert change(memory, memory.catalogue, now(memory)).why_not.endswith(f"в{NB}2024{NB}году нет данных")


def test_many_figures_are_compared_with_a_handful_of_questions():
    memory = two_years("n1", "n2")
    memory.register.append(organisation("s1", SOUTH))
    for code in ("n1", "n2", "s1"):
        memory.give(code, "coverage", "basic", 2, 4).give(code, "coverage", "basic", 1, 4, period="2023")
    figures = coverages(memory, memory.catalogue, "2024", territory=REGION)
    figures += coverages(memory, memory.catalogue, "2024", territory=REGION, by="territory")
    figures += coverages(memory, memory.catalogue, "2024", territory=REGION, by="organisation")
    memory.asked.clear()
    found = changes(memory, memory.catalogue, figures)
    told = {(c.current.territory, c.current.organisation): c.points for c in found if c.points is not None}
    places = [(REGION, None), (NORTH, None), (SOUTH, None), (NORTH, "n1"), (NORTH, "n2"), (SOUTH, "s1")]
    assert told == dict.fromkeys(places, Fraction(25))
    assert memory.asked.total() <= 25


def test_a_series_goes_back_along_the_chain_oldest_first():
    memory = Memory(
        register=[organisation("a")],
        calendar=[year("2020", catalogue="old"), year("2021", "2020"), year("2023", "2021"), year("2024", "2023")],
    )
    for n, code in enumerate(("2020", "2021", "2023", "2024")):
        memory.give("a", "coverage", "basic", n, 10, period=code)
    found = series(memory, memory.catalogue, "coverage", "basic", "all", period="2024", territory=NORTH)
    assert [(c.period, c.share) for c in found] == [("2021", 10), ("2023", 20), ("2024", 30)]
    own = series(memory, memory.catalogue, "coverage", "basic", "all", period="2023", organisation="a")
    assert [(c.period, c.organisation) for c in own] == [("2021", "a"), ("2023", "a")]


def test_a_series_of_several_municipalities_is_refused():
    memory = two_years("a")
    memory.register.append(organisation("s1", SOUTH))
    with pytest.raises(WrongCall, match="Назовите"):
        series(memory, memory.catalogue, "coverage", "basic", "all", period="2024")


def test_periods_that_name_each_other_make_no_endless_chain():
    memory = Memory(register=[organisation("a")], calendar=[year("2023", "2024"), year("2024", "2023")])
    assert [period.code for period in earlier(memory, memory.period("2024"))] == ["2023"]


def test_a_plan_in_per_cent_is_offered_by_the_period_before_and_none_in_numbers():
    memory = two_years("a", "b").give("a", "coverage", "basic", 40, 50, period="2023")
    memory.give("b", "coverage", "basic", 10, 50, period="2023").give("a", "events", "whole", 4, period="2023")
    offers = [
        plan_offers(memory, "2024", NORTH, FigureKey(*key, "all"))
        for key in (("coverage", "basic"), ("events", "whole"))
    ]
    assert [[offer.percent for offer in some] for some in offers] == [[80], []]
    every = offers_by_figure(memory, "2024", NORTH, "all")
    assert {key: [(o.ground, o.percent, o.met, o.of) for o in some] for key, some in every.items()} == {
        FigureKey("coverage", "basic", "all"): [("half", 80, 1, 2), ("quarter", 80, 1, 2)]
    }
    assert plan_offers(memory, "2023", NORTH, FigureKey("coverage", "basic", "all")) == []
