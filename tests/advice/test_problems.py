"""What raises a problem, in whose words, with which organisations, in which order."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from analysis.memory import INDICATORS, NORTH, PROBLEMS, REGION, SOUTH, Memory, make_catalogue, organisation, year
from analysis.schemas import validate

from proforient.advice.export import advice_json
from proforient.advice.problems import Found, problems
from proforient.catalogue.entries import Problem
from proforient.monitoring import Verdict


def district(*codes: str, **more: object) -> Memory:
    return Memory(register=[organisation(code) for code in codes], **more)


def found(memory: Memory, **scope: object) -> list[Found]:
    listed = problems(memory, memory.catalogue, "2024", **(scope or {"territory": NORTH}))
    validate(advice_json(memory, "2024", scope.get("territory", NORTH), listed), "advice.json")
    return listed


def below_plan() -> Memory:
    memory = district("a", "b", "c").give("a", "coverage", "basic", 50, 100).give("b", "coverage", "basic", 70, 100)
    return memory.give("c", "coverage", "basic", 95, 100).plan("coverage", "basic", "80")


def test_a_plan_not_met_is_a_problem_in_the_catalogue_s_words_with_its_gap():
    (problem,) = found(below_plan())
    assert (problem.code, problem.number, problem.when, problem.text) == ("low-basic", 3, "not_met", "Низкая доля ООО")
    assert (problem.territory, problem.organisation, problem.coverage.needed) == (NORTH, None, 25)
    assert problem.gap is not None and problem.gap.given_back == 15
    assert [(o.organisation, o.needed, o.in_closing_set) for o in problem.organisations] == [
        ("a", 30, True),
        ("b", 10, False),
    ]


def test_a_plan_that_is_met_is_no_problem():
    memory = district("a").give("a", "coverage", "basic", 80, 100).plan("coverage", "basic", "80")
    assert found(memory) == []


def test_what_has_no_words_in_the_catalogue_gets_generic_ones_so_that_nothing_unmet_is_lost():
    memory = district("a").give("a", "coverage", "primary", 1, 10).plan("coverage", "primary", "80")
    memory.give("a", "away", "basic", 5, 5).plan("away", "basic", "10")
    memory.give("a", "events", "whole", 1).plan("events", "whole", "3")
    assert [(p.code, p.text, p.number) for p in found(memory)] == [
        (
            "not-met.coverage.primary",
            "Низкая доля обучающихся уровня primary, охваченных мероприятиями",
            None,
        ),
        ("not-met.away.basic", "Высокая доля выпускников, уехавших в другие регионы", None),
        ("not-met.events.whole", "План не достигнут: Число мероприятий", None),
    ]


def test_each_no_of_an_indicator_that_everybody_must_meet_is_a_problem_without_any_plan():
    memory = district("a", "b", "c").give("a", "page", "whole", 0).give("b", "page", "whole", 1)
    memory.give("c", "page", "whole", 0)
    (problem,) = found(memory)
    assert (problem.code, problem.when, problem.coverage.verdict) == ("few-pages", "no", Verdict.NO_PLAN)
    assert [(o.organisation, o.needed, o.shortfall) for o in problem.organisations] == [
        ("a", 1, Fraction(1)),
        ("c", 1, Fraction(1)),
    ]


def test_a_no_counts_without_words_too_and_a_good_no_is_none():
    memory = Memory(catalogue=make_catalogue(problems=[]), register=[organisation("a"), organisation("b")]).give(
        "a", "page", "whole", 0
    )
    memory.give("b", "unplanned", "whole", 0)
    assert [(p.code, p.text) for p in found(memory)] == [("no.page.whole", "Ответ «нет»: Страница на сайте")]


def test_an_indicator_of_which_only_the_share_is_judged_is_no_problem_of_each_organisation():
    memory = district("a", "b").give("a", "unplanned", "whole", 1).give("b", "unplanned", "whole", 0)
    assert found(memory) == []
    memory.plan("unplanned", "whole", "50")
    assert found(memory) == []
    memory.plan("unplanned", "whole", "60", territory=NORTH)
    (problem,) = found(memory)
    assert (problem.code, [o.organisation for o in problem.organisations]) == ("not-met.unplanned.whole", ["a"])


def test_a_problem_worded_for_a_no_is_raised_by_it_whatever_the_target():
    worded = Problem(code="by-chance", indicator="unplanned", level="whole", when="no", text="Работают без плана")
    memory = Memory(catalogue=make_catalogue(problems=[worded]), register=[organisation("a")])
    memory.give("a", "unplanned", "whole", 1)
    assert [(p.code, p.when) for p in found(memory)] == [("by-chance", "no")]


def test_a_no_with_a_plan_not_met_is_one_problem_with_its_gap():
    memory = district("a", "b").give("a", "page", "whole", 0).give("b", "page", "whole", 1).plan("page", "whole", "80")
    (problem,) = found(memory)
    assert (problem.code, problem.when) == ("few-pages", "no")
    assert problem.gap is not None and problem.gap.total.needed == 1


@pytest.mark.parametrize("when", ["not_met", "no", "judged", "trend"])
def test_a_shortcoming_raises_the_problem_of_its_figure_whatever_its_when(when):
    worded = Problem(code="worded", indicator="coverage", level="basic", when=when, text="Слова каталога")
    memory = Memory(catalogue=make_catalogue(problems=[worded]), register=[organisation("a")])
    memory.judge("coverage", "basic", territory=NORTH)
    (problem,) = found(memory)
    assert (problem.code, problem.when, problem.judgement.text) == ("worded", "judged", "низкая доля")


def test_praise_and_notes_raise_nothing():
    memory = district("a").judge("coverage", "basic", "good", territory=NORTH)
    assert found(memory.judge("coverage", "basic", "noted", territory=NORTH)) == []


def test_a_shortcoming_without_words_in_the_catalogue_is_not_lost():
    memory = district("a").judge("coverage", "primary", territory=NORTH, cohort="disability")
    memory.judge("away", "basic", territory=NORTH)
    memory = replace(memory, catalogue=make_catalogue(problems=[]))
    assert [(p.code, p.text) for p in found(memory)] == [
        (
            "judged.coverage.primary.disability",
            "Недостаток по оценке экспертов: Доля обучающихся уровня primary, охваченных мероприятиями"
            " (ОВЗ и инвалиды)",
        ),
        ("judged.away.basic", "Недостаток по оценке экспертов: Доля выпускников, уехавших в другие регионы"),
    ]


def test_computed_goes_before_judged_and_the_judgement_stands_beside():
    (problem,) = found(below_plan().judge("coverage", "basic", territory=NORTH))
    assert (problem.when, problem.judgement.outcome) == ("not_met", "shortcoming")


def test_a_shortcoming_of_schools_is_one_problem_of_the_territory_that_names_them():
    memory = district("a", "b", "c").judge("coverage", "basic", organisation="b")
    memory.judge("coverage", "basic", organisation="a", text="позже")
    (problem,) = found(memory)
    assert (problem.organisation, problem.when, problem.judgement.text) == (None, "judged", "позже")
    assert [c.organisation for c in problem.judged] == ["a", "b"]
    listed = advice_json(memory, "2024", NORTH, [problem])["problems"][0]["organisations"]
    assert [(o["code"], o["needed"], o["shortfall"]) for o in listed] == [("a", None, None), ("b", None, None)]


def test_a_trend_is_a_problem_where_it_is_present():
    memory = district("a", calendar=[year("2022"), year("2023", "2022"), year("2024", "2023")])
    for code, left in (("2022", 5), ("2023", 12), ("2024", 25)):
        memory.give("a", "away", "basic", left, 100 - left, period=code)
    assert [(p.code, p.when) for p in found(memory)] == [("leave", "trend")]
    assert [(p.code, p.organisation) for p in found(memory, organisation="a")] == [("leave", "a")]
    memory.give("a", "away", "basic", 6, 94)
    assert found(memory) == []


def test_a_part_of_the_cohort_is_a_problem_only_where_the_catalogue_names_it():
    memory = district("a").give("a", "coverage", "primary", 1, 10, cohort="disability")
    memory.give("a", "coverage", "basic", 1, 10, cohort="disability")
    memory.plan("coverage", "primary", "80", cohort="disability").plan("coverage", "basic", "80", cohort="disability")
    assert [(p.code, p.cohort) for p in found(memory)] == [("low-primary-disability", "disability")]


def test_problems_come_by_number_then_in_the_order_of_the_catalogue():
    memory = below_plan().give("a", "page", "whole", 0).give("a", "coverage", "primary", 1, 2)
    memory.plan("coverage", "primary", "80").give("a", "coverage", "primary", 1, 2, cohort="disability")
    memory.plan("coverage", "primary", "80", cohort="disability").judge("away-trend", "basic", territory=NORTH)
    assert [p.code for p in found(memory)] == [
        "low-primary-disability",
        "few-pages",
        "low-basic",
        "leave",
        "not-met.coverage.primary",
    ]


def test_without_a_territory_each_municipality_has_its_problems_and_a_region_one_of_its_own():
    memory = below_plan()
    memory.register.append(organisation("s", SOUTH))
    memory.give("s", "coverage", "basic", 0, 10)
    listed = problems(memory, memory.catalogue, "2024")
    assert [(p.territory, [o.organisation for o in p.organisations]) for p in listed] == [
        (NORTH, ["a", "b"]),
        (SOUTH, ["s"]),
    ]
    (region,) = found(memory, territory=REGION)
    assert (region.territory, [o.organisation for o in region.organisations]) == (REGION, ["a", "b", "s"])


def test_an_organisation_s_own_sheet_holds_what_it_is_behind_in_itself():
    memory = below_plan().give("b", "page", "whole", 0).give("c", "page", "whole", 1)
    memory.judge("coverage", "primary", organisation="b").judge("away", "basic", territory=NORTH)
    listed = found(memory, organisation="b")
    assert [(p.code, p.when, p.organisation) for p in listed] == [
        ("few-pages", "no", "b"),
        ("low-basic", "not_met", "b"),
        ("judged.coverage.primary", "judged", "b"),
    ]
    (own,) = listed[1].organisations
    assert (own.organisation, own.needed, own.in_80_percent, own.in_closing_set) == ("b", 10, True, False)
    assert found(memory, organisation="c") == []


def test_an_organisation_below_plan_is_behind_though_its_territory_is_not():
    memory = below_plan().give("c", "coverage", "basic", 950, 1000)
    assert found(memory) == []
    assert [p.code for p in found(memory, organisation="a")] == ["low-basic"]


def test_two_problems_of_one_figure_are_raised_each_by_its_own_cause():
    judged = Problem(code="judged-basic", indicator="coverage", level="basic", when="judged", text="По оценке")
    memory = below_plan()
    memory = replace(memory, catalogue=make_catalogue(problems=[*PROBLEMS, judged]))
    assert [p.code for p in found(memory)] == ["low-basic"]
    praised = district("a").give("a", "coverage", "basic", 9, 10).plan("coverage", "basic", "80")
    praised = replace(praised, catalogue=memory.catalogue).judge("coverage", "basic", territory=NORTH)
    assert [p.code for p in found(praised)] == ["judged-basic"], "of two wordings the experts' own"
    memory.judge("coverage", "basic", territory=NORTH)
    assert [(p.code, p.when) for p in found(memory)] == [("low-basic", "not_met"), ("judged-basic", "judged")]


def test_generic_words_name_the_level_where_the_name_does_not():
    several = replace(next(i for i in INDICATORS if i.code == "away"), levels=("primary", "basic"), name="Отъезд")
    catalogue = make_catalogue(indicators=[several], problems=[])
    memory = Memory(catalogue=catalogue, register=[organisation("a")]).give("a", "away", "basic", 5, 5)
    (problem,) = found(memory.plan("away", "basic", "10"))
    assert problem.text == "План не достигнут: Отъезд (basic)"
