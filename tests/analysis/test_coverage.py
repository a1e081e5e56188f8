"""Figures of territories and organisations: sums, verdicts, plans, who is expected and whether it may still turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from analysis.memory import INDICATORS, NORTH, REGION, SOUTH, Memory, make_catalogue, organisation, year
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.analysis.completeness import usual_period
from proforient.analysis.coverage import coverages
from proforient.analysis.data_frame import results_frame
from proforient.analysis.export import coverage_json
from proforient.charts.sentences import indicator_lead
from proforient.errors import WrongCall
from proforient.monitoring import Reason, ReportState, Verdict


def district(*codes: str, **more: object) -> Memory:
    return Memory(register=[organisation(code, **more) for code in codes])


def figure(memory: Memory, indicator: str = "coverage", level: str = "basic", cohort: str = "all", **scope: object):
    scope = {"territory": NORTH, **scope} if "organisation" not in scope else scope
    found = coverages(
        memory, memory.catalogue, "2024", indicator=indicator, level=level, cohort=cohort, named=True, **scope
    )
    assert len(found) == 1, found
    return found[0]


# ------------------------------------------------------------------------------------------------ shares


def test_a_share_is_the_sum_of_pairs_and_never_a_mean_of_shares():
    memory = district("a", "b", "c").give("a", "coverage", "basic", 1, 1)
    memory.give("b", "coverage", "basic", 0, 100).give("c", "coverage", "basic", 0, 100)
    assert figure(memory).share == Fraction(100, 201)


def test_who_gave_half_a_pair_is_missing_and_its_number_in_no_sum():
    memory = district("a", "b").give("a", "coverage", "basic", 40, 50).give("b", "coverage", "basic", None, 50)
    c = figure(memory)
    assert (c.numerator, c.denominator, c.submitted, c.expected, c.missing) == (40, 50, 1, 2, ("b",))
    assert c.provisional


@pytest.mark.parametrize(("of", "few"), [(19, True), (20, False)])
def test_a_verdict_of_fewer_than_twenty_children_is_one_of_few(of, few):
    assert figure(district("a").give("a", "coverage", "basic", 10, of).plan("coverage", "basic", "80")).few is few


def test_a_known_contingent_changes_no_share():
    memory = district("a", "b").give("a", "coverage", "basic", 40, 50)
    before = figure(memory)
    memory.expect("a", "pupils", "basic", 60).expect("b", "pupils", "basic", 500)
    assert figure(memory) == before


def test_every_component_of_a_summed_denominator_must_be_there():
    memory = district("a", "b").give("a", "away", "basic", 3, 7)
    memory.give("b", "away", "basic", 3, Reason.NO_DATA)
    assert (figure(memory, "away").numerator, figure(memory, "away").denominator) == (3, 10)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 60), st.integers(0, 60), st.booleans()), min_size=1, max_size=9),
    st.decimals(min_value=0, max_value=100, places=2),
)
def test_a_total_is_the_sum_of_its_parts(rows, plan):
    memory = Memory(register=[organisation(f"o{n}", NORTH if north else SOUTH) for n, (north, *_) in enumerate(rows)])
    memory.plan("coverage", "basic", str(plan))
    for n, (_, one, other, given_) in enumerate(rows):
        if given_:
            memory.give(f"o{n}", "coverage", "basic", min(one, other), max(one, other))
    asked = {"indicator": "coverage", "level": "basic", "cohort": "all"}
    whole = coverages(memory, memory.catalogue, "2024", territory=REGION, **asked)[0]
    apart = coverages(memory, memory.catalogue, "2024", **asked)
    single = coverages(memory, memory.catalogue, "2024", territory=REGION, by="organisation", **asked)
    for parts in (apart, single):
        for name in ("numerator", "denominator", "submitted", "expected"):
            assert sum(getattr(c, name) or 0 for c in parts) == (getattr(whole, name) or 0), name
        if whole.shortfall is not None:
            assert sum((c.shortfall or 0) for c in parts) == whole.shortfall


def test_zero_of_zero_zero_of_fifty_and_nothing_are_three_things():
    memory = district("a", "b", "c").give("a", "coverage", "basic", 0, 0).give("b", "coverage", "basic", 0, 50)
    memory.plan("coverage", "basic", "80")
    rows = {o: figure(memory, organisation=o) for o in "abc"}
    assert [rows[o].verdict for o in "abc"] == [Verdict.NOBODY, Verdict.NOT_MET, Verdict.NO_DATA]
    assert [rows[o].share for o in "abc"] == [None, Fraction(0), None]
    assert (rows["c"].numerator, rows["c"].denominator, rows["c"].submitted) == (None, None, 0)
    assert (rows["a"].needed, rows["a"].shortfall, rows["a"].can_change) == (None, None, None)


def test_a_verdict_comes_from_whole_counts_not_from_rounded_shares():
    memory = district("a").give("a", "coverage", "basic", 7996, 10000).plan("coverage", "basic", "80")
    c = figure(memory)
    assert (c.verdict, c.needed, c.shortfall) == (Verdict.NOT_MET, 4, Fraction(4))


def test_less_is_better_turns_the_comparison_round():
    memory = district("a").give("a", "away", "basic", 31, 69).plan("away", "basic", "30.5")
    c = figure(memory, "away")
    assert (c.verdict, c.needed, c.shortfall) == (Verdict.NOT_MET, 1, Fraction(1, 2))
    assert figure(memory.give("a", "away", "basic", 30, 70), "away").verdict is Verdict.MET


# ------------------------------------------------------------------------------------------------ yes/no and counts


def test_a_yes_no_is_yes_over_answered_and_every_without_a_plan_has_no_plan():
    memory = district("a", "b", "c", "d").give("a", "page", "whole", 1).give("b", "page", "whole", 0)
    memory.give("c", "page", "whole", 1)
    c = figure(memory, "page", "whole")
    assert (c.numerator, c.denominator, c.submitted, c.expected, c.value) == (2, 3, 3, 4, None)
    assert (c.verdict, c.unit) == (Verdict.NO_PLAN, "organisations")
    assert figure(memory, "page", "whole", organisation="b").value == 0


def test_where_no_is_good_the_no_answers_are_counted():
    memory = district("a", "b", "c").give("a", "unplanned", "whole", 1).give("b", "unplanned", "whole", 0)
    memory.give("c", "unplanned", "whole", 0).plan("unplanned", "whole", "100")
    c = figure(memory, "unplanned", "whole")
    assert (c.numerator, c.denominator, c.verdict, c.needed) == (2, 3, Verdict.NOT_MET, 1)


def test_a_count_is_summed_and_its_plan_is_a_number_of_the_territory_alone():
    memory = district("a", "b").give("a", "events", "whole", 3).give("b", "events", "whole", 4)
    memory.plan("events", "whole", "10")
    total = figure(memory, "events", "whole")
    assert (total.value, total.numerator, total.share) == (7, None, None)
    assert (total.verdict, total.needed, total.shortfall) == (Verdict.NOT_MET, 3, Fraction(3))
    own = figure(memory, "events", "whole", organisation="a")
    assert (own.value, own.plan, own.verdict, own.needed) == (3, None, Verdict.NO_PLAN, None)


def test_a_municipality_s_plan_stands_beside_an_organisation_for_shares_only():
    memory = district("a").give("a", "page", "whole", 0).give("a", "coverage", "basic", 1, 2)
    memory.plan("page", "whole", "50").plan("coverage", "basic", "50", territory=NORTH)
    assert figure(memory, "page", "whole").verdict is Verdict.NOT_MET
    assert figure(memory, "page", "whole", organisation="a").plan is None
    assert figure(memory, organisation="a").plan.percent == 50


def test_a_plan_in_the_wrong_measure_is_no_plan():
    memory = district("a").give("a", "coverage", "basic", 1, 2)
    memory.plan("coverage", "basic", "5", percent=None, number=Decimal(5))
    assert (figure(memory).plan, figure(memory).verdict) == (None, Verdict.NO_PLAN)


# ------------------------------------------------------------------------------------------------ plans


def test_the_nearest_plan_upwards_is_asked_then_the_one_for_all():
    memory = Memory(register=[organisation("a", NORTH), organisation("b", SOUTH), organisation("c", "Один")])
    memory.plan("coverage", "basic", "10").plan("coverage", "basic", "20", territory=REGION)
    memory.plan("coverage", "basic", "30", territory=NORTH)
    plans = {t: figure(memory, territory=t).plan.percent for t in (NORTH, SOUTH, REGION, "Один")}
    assert plans == {NORTH: 30, SOUTH: 20, REGION: 20, "Один": 10}
    assert figure(memory, organisation="a").plan.percent == 30


def test_no_plan_is_not_a_plan_of_zero_and_none_for_a_part_comes_from_the_whole():
    memory = (
        district("a").give("a", "coverage", "basic", 1, 2).give("a", "coverage", "basic", 1, 2, cohort="disability")
    )
    memory.plan("coverage", "basic", "0")
    assert figure(memory).verdict is Verdict.MET
    assert figure(memory, cohort="disability").verdict is Verdict.NO_PLAN


# ------------------------------------------------------------------------------------------------ who is expected


def test_expected_are_those_open_on_the_last_day_whose_list_has_the_level_and_kind():
    memory = Memory(
        register=[
            organisation("open"),
            organisation("opened-in-time", opened=dt.date(2024, 12, 31)),
            organisation("opened-later", opened=dt.date(2025, 1, 1)),
            organisation("closed-in-time", closed=dt.date(2024, 12, 31)),
            organisation("without-level", levels=("whole",)),
            organisation("garden", kind="preschool", levels=("whole", "basic")),
            organisation("branch", part_of="open", levels=("basic",)),
        ]
    )
    assert set(figure(memory).missing) == {"open", "opened-in-time", "garden", "branch"}
    assert set(figure(memory, "page", "whole").missing) == {"open", "opened-in-time", "without-level"}


def test_who_gave_a_pair_is_expected_too():
    memory = Memory(register=[organisation("open"), organisation("closed", closed=dt.date(2024, 6, 1))])
    memory.give("closed", "coverage", "basic", 1, 2)
    c = figure(memory)
    assert (c.submitted, c.expected, c.missing) == (1, 2, ("open",))
    assert figure(memory, organisation="closed").expected == 1


def test_a_level_that_nobody_has_is_not_asked_in_total_and_beside_an_organisation():
    memory = district("a", levels=("primary",)).give("a", "coverage", "primary", 1, 2)
    assert figure(memory).verdict is Verdict.NOT_ASKED
    own = figure(memory, organisation="a")
    assert (own.verdict, own.expected, own.submitted) == (Verdict.NOT_ASKED, 0, 0)


def test_a_kind_that_the_indicator_does_not_ask_is_not_asked():
    memory = district("a", kind="preschool", levels=("whole",))
    assert figure(memory, "page", "whole", organisation="a").verdict is Verdict.NOT_ASKED


def test_reports_that_nobody_accepted_yet_are_counted_as_on_review():
    memory = district("a", "b").give("a", "coverage", "basic", 1, 2).give("b", "coverage", "basic", 1, 2)
    memory.states["2024", "a"] = ReportState.ACCEPTED
    memory.states["2024", "b"] = ReportState.RETURNED
    assert figure(memory).on_review == 1
    assert [figure(memory, organisation=o).on_review for o in "ab"] == [0, 1]


def test_an_indicator_out_of_its_years_is_left_out_unless_somebody_answered():
    indicators = [replace(i, until=2023) if i.code == "events" else i for i in INDICATORS]
    memory = Memory(catalogue=make_catalogue(indicators=indicators), register=[organisation("a"), organisation("b")])
    assert coverages(memory, memory.catalogue, "2024", territory=NORTH, indicator="events") == []
    memory.give("a", "events", "whole", 3)
    assert figure(memory, "events", "whole").expected == 1


# ------------------------------------------------------------------------------------------------ can change


def may_turn(numerator: int, denominator: int, missing: int | None, plan: str = "80") -> bool | None:
    memory = district("a", "b").give("a", "coverage", "basic", numerator, denominator).plan("coverage", "basic", plan)
    if missing is not None:
        memory.expect("b", "pupils", "basic", missing)
    return figure(memory).can_change


def test_the_missing_can_change_a_verdict_by_reporting_none_or_all():
    assert may_turn(80, 100, 10) is True, "80 of 110 would not meet the plan"
    assert may_turn(70, 100, 50) is True, "120 of 150 would meet it"
    assert may_turn(70, 100, 49) is False, "119 of 149 would not"
    assert may_turn(90, 100, 12) is False, "90 of 112 still meets it"
    assert may_turn(90, 100, 0) is False


def test_nobody_can_tell_where_a_missing_contingent_is_unknown():
    assert may_turn(90, 100, None) is None


def test_when_nobody_is_missing_nothing_can_change():
    memory = district("a").give("a", "coverage", "basic", 1, 2).plan("coverage", "basic", "80")
    assert figure(memory).can_change is False
    assert memory.asked["contingent"] == 0


def test_without_a_verdict_to_turn_it_is_not_said():
    memory = district("a", "b").give("a", "coverage", "basic", 1, 2)
    assert figure(memory).can_change is None
    assert figure(district("a")).can_change is None


def test_a_missing_yes_no_is_one_answer_and_a_summed_denominator_needs_all_its_counts():
    memory = district("a", "b").give("a", "page", "whole", 1).plan("page", "whole", "100")
    assert figure(memory, "page", "whole").can_change is True
    memory = district("a", "b").give("a", "away", "basic", 1, 9).plan("away", "basic", "10")
    assert figure(memory.expect("b", "left", "basic", 5), "away").can_change is None
    assert figure(memory.expect("b", "stayed", "basic", 5), "away").can_change is True


@pytest.mark.parametrize(
    ("sent", "of", "children", "provisional", "unsettled"),
    [
        (1, 4, 1, True, True),  # fewer than half, though they cannot turn it
        (2, 5, 1, True, True),
        (2, 4, 1, True, False),
        (3, 4, 1, True, False),
        (2, 4, 1000, True, True),  # half, but they could turn it
        (3, 4, None, True, True),  # nobody knows how many the last one has
        (4, 4, None, False, False),
        (0, 4, 1, False, False),
    ],
)
def test_half_of_the_organisations_settle_what_the_others_cannot_turn(sent, of, children, provisional, unsettled):
    memory = district(*(f"s{n}" for n in range(of))).plan("coverage", "basic", "50")
    for n in range(sent):
        memory.give(f"s{n}", "coverage", "basic", 900, 1000)
    for n in range(sent, of if children is not None else sent):
        memory.expect(f"s{n}", "pupils", "basic", children)
    c = figure(memory)
    assert (c.provisional, c.unsettled) == (provisional, unsettled)


@pytest.mark.parametrize(
    ("sent", "period"),
    [
        ({"2024": 2, "2023": 4}, "2024"),  # half of four
        ({"2024": 1, "2023": 4}, "2023"),
        ({"2024": 1, "2023": 1, "2022": 1}, "2024"),  # the newest for which anybody has
        ({"2023": 1, "2022": 1}, "2023"),
        ({"2024": 1, "2023": 1, "2022": 2}, "2022"),
        ({}, "2024"),
    ],
)
def test_the_period_to_open_with_is_the_newest_for_which_half_have_sent_a_report(sent, period):
    memory = district("s1", "s2", "s3", "s4")
    for code, many in sent.items():
        for n in range(many):
            memory.give(f"s{n + 1}", "coverage", "basic", 1, 2, period=code)
    assert usual_period(memory, ["2024", "2023", "2022"], NORTH) == period
    assert usual_period(memory, [], NORTH) is None
    assert usual_period(memory, ["2024", "2023"], "Нигде") == "2024"  # nobody is there


# ------------------------------------------------------------------------------------------------ judgements


def test_a_judgement_stands_in_place_of_no_data_and_no_plan_only():
    memory = district("a", "b").judge("coverage", "basic", territory=NORTH)
    assert figure(memory).verdict is Verdict.JUDGED
    memory.give("a", "coverage", "basic", 70, 100)
    assert figure(memory).verdict is Verdict.JUDGED
    memory.plan("coverage", "basic", "80")
    c = figure(memory)
    assert (c.verdict, c.judgement.text) == (Verdict.NOT_MET, "низкая доля")
    memory.give("a", "coverage", "basic", 0, 0)
    assert figure(memory).verdict is Verdict.NOBODY


def test_judgements_come_newest_first_and_belong_to_exactly_their_figure():
    memory = district("a").judge("coverage", "basic", territory=NORTH, text="первая")
    memory.judge("coverage", "basic", territory=NORTH, text="вторая", outcome="good")
    memory.judge("coverage", "basic", organisation="a", text="о школе")
    memory.judge("coverage", "primary", territory=NORTH, text="о другом уровне")
    assert [j.text for j in figure(memory).judgements] == ["вторая", "первая"]
    assert [j.text for j in figure(memory, organisation="a").judgements] == ["о школе"]
    assert figure(memory, cohort="disability").judgements == ()


# ------------------------------------------------------------------------------------------------ scopes


def two_municipalities() -> Memory:
    memory = Memory(register=[organisation("n1", NORTH), organisation("n2", NORTH), organisation("s1", SOUTH)])
    for code in ("n1", "n2", "s1"):
        memory.give(code, "coverage", "basic", 1, 2)
    return memory


def test_without_a_territory_each_municipality_has_its_own_total():
    memory = two_municipalities()
    found = coverages(memory, memory.catalogue, "2024", indicator="coverage", level="basic", cohort="all")
    assert [(c.territory, c.numerator) for c in found] == [(NORTH, 2), (SOUTH, 1)]


def test_a_region_by_name_sums_its_municipalities_and_by_territory_lists_them():
    memory = two_municipalities()
    asked = {"indicator": "coverage", "level": "basic", "cohort": "all", "territory": REGION}
    assert [c.numerator for c in coverages(memory, memory.catalogue, "2024", **asked)] == [3]
    apart = coverages(memory, memory.catalogue, "2024", by="territory", **asked)
    assert [(c.territory, c.numerator) for c in apart] == [(NORTH, 2), (SOUTH, 1)]


COUNTRY = {
    "Страна / Край / Север": [(1, 4)], "Страна / Край / Юг": [(2, 4), (4, 4)], "Страна / Край": [(1, 2)],
    "Страна / Область / Один": [(3, 9)], "Страна / Округ / Запад / А": [(0, 5)], "Страна / Округ / Запад / Б": [(5, 5)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("territory", "places"),
    [
        (None, [("Страна / Край", 8, 14), ("Страна / Область / Один", 3, 9), ("Страна / Округ / Запад", 5, 10)]),
        ("Страна", [("Страна / Край", 8, 14), ("Страна / Область / Один", 3, 9), ("Страна / Округ / Запад", 5, 10)]),
        ("Страна / Край", [("Страна / Край", 1, 2), ("Страна / Край / Север", 1, 4), ("Страна / Край / Юг", 6, 8)]),
        ("Страна / Округ / Запад", [("Страна / Округ / Запад / А", 0, 5), ("Страна / Округ / Запад / Б", 5, 5)]),
        ("Страна / Край / Север", [("Страна / Край / Север", 1, 4)]),
    ],
)
def test_below_a_country_are_its_regions_and_below_a_region_its_municipalities(territory, places):
    """A step that holds only one other is passed over; a region's own organisations stand beside its municipalities."""
    memory = Memory()
    for path, pairs in COUNTRY.items():
        for n, (numerator, denominator) in enumerate(pairs):
            memory.register.append(organisation(f"{path} {n}", territory=path))
            memory.give(f"{path} {n}", "coverage", "basic", numerator, denominator)
    memory.register.append(organisation("silent", territory="Страна / Край / Юг"))
    asked = {"indicator": "coverage", "level": "basic", "cohort": "all", "territory": territory}
    found = coverages(memory, memory.catalogue, "2024", by="below", **asked)
    assert [(c.territory, c.numerator, c.denominator) for c in found] == places
    assert [c.expected - c.submitted for c in found] == [c.territory in ("Страна / Край", "Страна / Край / Юг")
                                                         and (c.territory != territory) for c in found]  # fmt: skip
    frame = results_frame(memory, memory.catalogue, "2024", by="below", **asked)
    assert list(frame["territory"]) == [path for path, _, _ in places]


def test_rows_come_by_territory_organisation_and_the_order_of_the_catalogue():
    memory = two_municipalities()
    found = coverages(memory, memory.catalogue, "2024", by="organisation")
    assert [c.organisation for c in found] == sorted(c.organisation for c in found)
    first = [(c.indicator, c.level, c.cohort) for c in found if c.organisation == "n1"]
    assert first[:4] == [("coverage", v, c) for v in ("primary", "basic") for c in ("all", "disability")]


def test_names_that_do_not_exist_are_refused_with_what_is_near():
    memory = two_municipalities()
    for scope, said in [
        ({"indicator": "coverag"}, "coverage"),
        ({"level": "basics"}, "basic"),
        ({"cohort": "everybody"}, "everybody"),
        ({"territory": "Край / Севера"}, NORTH),
        ({"organisation": "n3"}, "n3"),
        ({"organisation": "n1", "territory": SOUTH}, SOUTH),
    ]:
        with pytest.raises(WrongCall, match=said):
            coverages(memory, memory.catalogue, "2024", **scope)
    with pytest.raises(WrongCall, match="2031"):
        coverages(memory, memory.catalogue, "2031")


def test_the_number_of_questions_does_not_grow_with_the_organisations():
    asked = []
    for size in (2, 20):
        memory = district(*(f"o{n}" for n in range(size))).give("o0", "coverage", "basic", 1, 2)
        memory.plan("coverage", "basic", "80").give("o0", "away", "basic", 1, 2)
        coverages(memory, memory.catalogue, "2024", territory=NORTH)
        coverages(memory, memory.catalogue, "2024", territory=NORTH, by="organisation")
        asked.append(memory.asked.total())
    assert asked[0] == asked[1] <= 20


# ------------------------------------------------------------------------------------------------ trends


def leavers(**years: tuple[int, int]) -> Memory:
    codes = sorted(code.removeprefix("y") for code in years)
    before = [None, *codes]
    memory = district("a", "b")
    memory.calendar = [year(code, previous) for code, previous in zip(codes, before, strict=False)]
    for code in codes:
        left, stayed = years[f"y{code}"]
        memory.give("a", "away", "basic", left, stayed, period=code)
    return memory


def test_a_trend_speaks_of_its_share_and_is_never_met_or_not_met():
    memory = leavers(y2022=(5, 95), y2023=(12, 88), y2024=(25, 75)).plan("away-trend", "basic", "10")
    c = figure(memory, "away-trend")
    assert (c.trend, c.trend_approximate, c.verdict) == ("present", False, Verdict.NO_PLAN)
    assert (c.numerator, c.denominator, c.direction, c.unit) == (25, 100, "less", "graduates")
    assert (c.plan, c.needed, c.can_change) == (None, None, None)
    assert figure(memory, "away-trend", organisation="a").trend == "present"
    assert figure(memory, "away-trend", organisation="b").verdict is Verdict.NO_DATA
    assert figure(memory, "away").trend is None


@pytest.mark.parametrize(("persons", "approximate"), [(100, False), (10_000, True)])
def test_whether_a_trend_is_approximate_is_said_in_the_results_and_on_the_page(persons, approximate):
    away = {"y2022": persons // 20, "y2023": persons // 10, "y2024": persons // 5}
    memory = leavers(**{period: (left, persons - left) for period, left in away.items()})
    c = figure(memory, "away-trend")
    assert (c.trend, c.trend_approximate) == ("present", approximate)
    assert coverage_json(c)["trend_approximate"] is approximate
    assert ("Тенденция проверена приближённо." in indicator_lead(c, memory.catalogue)) is approximate


def test_two_periods_are_too_early_and_no_data_is_no_trend():
    assert figure(leavers(y2023=(5, 95), y2024=(25, 75)), "away-trend").trend == "too_early"
    empty = figure(leavers(y2021=(5, 95), y2022=(12, 88), y2023=(25, 75), y2024=(0, 0)), "away-trend")
    assert (empty.trend, empty.verdict) == (None, Verdict.NOBODY)
    silent = figure(district("a"), "away-trend")
    assert (silent.trend, silent.verdict) == (None, Verdict.NO_DATA)


def test_periods_of_another_catalogue_are_not_compared():
    memory = leavers(y2022=(5, 95), y2023=(12, 88), y2024=(25, 75))
    memory.calendar[0] = year("2022", catalogue="other")
    assert figure(memory, "away-trend").trend == "too_early"


def test_a_judged_trend_without_a_plan_is_judged():
    memory = leavers(y2022=(5, 95), y2023=(5, 95), y2024=(5, 95)).judge("away-trend", "basic", territory=NORTH)
    c = figure(memory, "away-trend")
    assert (c.trend, c.verdict) == ("not_seen", Verdict.JUDGED)
