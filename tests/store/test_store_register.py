"""The register, campaigns, plan values, judgements and known counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from tiny_store import (
    ALONE,
    CLOSES,
    MOMENT,
    NORTH,
    REGION,
    REGISTER,
    SOUTH,
    make_catalogue,
    organisation,
    pair,
    proposal,
    shares,
    submit,
    totals,
)

from proforient.errors import Refused, WrongCall
from proforient.monitoring import Cell, Contingent, Judgement, PlanValue, ReportState
from proforient.store import Store, campaign, enrolment, planning, reporting
from proforient.store.verify import verify


def names(store, on):
    with store.read() as reader:
        return {o.code: o.name for o in reader.organisations(on=on)}


def test_territories_come_from_the_paths_of_the_organisations(store):
    with store.read() as reader:
        assert reader.territories() == [REGION, NORTH, SOUTH, "Область", ALONE]


def test_codes_and_tax_numbers_keep_their_leading_zeros(store):
    with store.read() as reader:
        (school,) = reader.organisations(code="007")
    assert (school.code, school.inn) == ("007", "0105012345")


def test_importing_the_same_rows_again_changes_nothing_and_logs_nothing(store):
    with store.read() as reader:
        before = len(reader.events())
    with store.write("operator", based_on=None) as writer:
        result = enrolment.import_organisations(writer, REGISTER)
    with store.read() as reader:
        assert len(reader.events()) == before
    assert result.unchanged == tuple(o.code for o in REGISTER)
    assert (result.added, result.updated) == ((), ())


def test_an_import_never_deletes_and_updates_by_code(store):
    with store.write("operator", based_on=None) as writer:
        result = enrolment.import_organisations(writer, [organisation("n2", name="Лицей 2"), organisation("n3")])
    assert (result.added, result.updated) == (("n3",), ("n2",))
    assert names(store, dt.date(2024, 12, 31))["n2"] == "Лицей 2"
    assert set(names(store, dt.date(2024, 12, 31))) == {"007", "n2", "n3", "s1", "s2", "a1"}


def test_a_change_with_a_date_leaves_earlier_periods_as_they_were(store):
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("n2", name="Лицей 2")], since=dt.date(2025, 9, 1))
        enrolment.import_organisations(writer, [organisation("n2", name="Гимназия 2")], since=dt.date(2025, 3, 1))
        enrolment.import_organisations(writer, [organisation("n2", name="Лицей № 2")], since=dt.date(2025, 9, 1))
    days = [dt.date(2024, 12, 31), dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2025, 8, 31), dt.date(2025, 9, 1)]
    assert [names(store, day)["n2"] for day in days] == [
        "Школа n2",
        "Школа n2",
        "Гимназия 2",
        "Гимназия 2",
        "Лицей № 2",
    ]
    with store.read() as reader:  # a second change on the same day takes the place of the first
        assert [[str(day) for day in row] for row in reader.run(
            "SELECT since, until FROM organisation_fact WHERE code = 'n2' ORDER BY since"
        )] == [["0001-01-01", "2025-03-01"], ["2025-03-01", "2025-09-01"], ["2025-09-01", "9999-12-31"]]  # fmt: skip


def test_a_new_organisation_is_there_for_earlier_periods_too(store):
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("n9")], since=dt.date(2026, 1, 1))
    assert "n9" in names(store, dt.date(2020, 1, 1))


def test_moving_an_organisation_moves_its_figures_but_not_in_earlier_periods(store):
    submit(store, pair("n2", 5, 10))
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("n2", SOUTH)], since=dt.date(2025, 1, 1))
    assert shares(store) == {(NORTH, "basic", "all"): (5, 10, 1)}
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("n2", SOUTH)], since=dt.date(2024, 12, 31))
    assert shares(store) == {(SOUTH, "basic", "all"): (5, 10, 1)}
    assert verify(store) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"inn": "105012345"}, "отрезать нуль"),
        ({"code": "1,05E+09"}, "E\\+"),
        ({"code": " "}, "код пуст"),
        ({"name": ""}, "название пусто"),
        ({"kind": "bank"}, "вида «bank»"),
        ({"levels": ("primary", "tertiary")}, "tertiary"),
        ({"territory": "Край / "}, "территория пуста"),
        ({"part_of": "nobody"}, "nobody"),
        ({"part_of": "x1"}, "головной"),
        ({"opened": dt.date(2024, 1, 1), "closed": dt.date(2023, 1, 1)}, "раньше"),
    ],
)
def test_a_faulty_row_refuses_the_whole_import(store, changes, said):
    with pytest.raises(WrongCall, match=said), store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("x0"), replace(organisation("x1"), **changes)])
    assert set(names(store, dt.date(2024, 1, 1))) == {o.code for o in REGISTER}


def test_every_faulty_row_is_told_at_once_and_a_code_given_twice_too(store):
    with pytest.raises(WrongCall) as refusal, store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(
            writer, [organisation("x1", kind="bank"), organisation("x2"), organisation("x2", name="")]
        )
    for said in ("Организация 1 («x1»)", "Организация 3 («x2»): такой код уже есть у организации 2", "название пусто"):
        assert said in str(refusal.value)


def test_a_path_is_tidied_and_levels_take_the_order_of_the_catalogue(store):
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("x1", "Край/  Север", levels=("basic", "primary"))])
        (row,) = writer.reader.organisations(code="x1")
    assert (row.territory, row.levels) == (NORTH, ("primary", "basic"))


def test_opening_copies_the_proposals_of_that_kind_and_year(store):
    with store.read() as reader:
        plans = {(p.territory, p.indicator): p.amount for p in reader.plans("2024")}
    assert plans == {
        (None, "coverage"): Decimal("75"),
        (NORTH, "coverage"): Decimal("60.5"),
        (SOUTH, "clubs"): Decimal("12"),
    }
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2021/2022", kind="school_year", closes=dt.date(2022, 9, 10))
        (plan,) = writer.reader.plans("2021/2022")
    assert (plan.amount, plan.origin, plan.ground) == (Decimal("50"), "document", "приказ № 1")


def test_opening_for_a_territory_copies_its_own_and_the_common_proposals_once(tmp_path):
    catalogue = make_catalogue(
        plans=(
            proposal("coverage", "basic", percent=Decimal("70")),
            proposal("coverage", "basic", percent=Decimal("60"), territory=NORTH),
            proposal("coverage", "basic", percent=Decimal("50"), territory=SOUTH),
        )
    )
    store = Store.open(tmp_path / "data", catalogue)
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=CLOSES, territory=NORTH)
        assert {p.territory for p in writer.reader.plans("2024")} == {None, NORTH}
        planning.set_plan(writer, replace(writer.reader.plans("2024")[0], percent=Decimal("71"), author="она"))
        campaign.open_period(writer, "2024", closes=CLOSES, territory=SOUTH)
        amounts = {p.territory: p.amount for p in writer.reader.plans("2024")}
    store.close()
    assert amounts == {None: Decimal("71"), NORTH: Decimal("60"), SOUTH: Decimal("50")}


def test_a_period_opened_for_a_territory_has_its_own_dates_there(store):
    later = dt.date(2025, 2, 1)
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=later, territory=NORTH)
    with store.read() as reader:
        assert reader.period("2024", territory=NORTH).closes == later
        assert reader.period("2024", territory=SOUTH).closes == CLOSES
        assert reader.period("2024").territory is None
        assert [p.closes for p in reader.periods(territory=NORTH)] == [later]
        assert [p.territory for p in reader.periods()] == [None, NORTH]


def test_a_region_sees_the_period_of_its_municipality_and_a_stranger_does_not(tmp_path, catalogue):
    store = Store.open(tmp_path / "data", catalogue)
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=CLOSES, territory=NORTH)
        assert writer.reader.period("2024", territory=REGION).territory == NORTH
        assert writer.reader.periods(territory=ALONE) == []
        with pytest.raises(WrongCall, match="не открыт для территории"):
            writer.reader.period("2024", territory=ALONE)
    store.close()


def test_previous_is_the_latest_earlier_period_of_the_kind_unless_said_otherwise(store):
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2023/2024", kind="school_year", closes=dt.date(2024, 9, 9))
        campaign.open_period(writer, "2022", closes=dt.date(2023, 1, 1))
        campaign.open_period(writer, "2023", closes=dt.date(2024, 1, 1))
        campaign.open_period(writer, "2025", closes=dt.date(2026, 1, 1), previous="2022")
        campaign.open_period(writer, "2026", closes=dt.date(2027, 1, 1), previous="none")
        previous = {p.code: p.previous for p in writer.reader.periods()}
    assert previous == {
        "2026": None,
        "2025": "2022",
        "2024": "2023",
        "2023": "2022",
        "2022": None,
        "2023/2024": None,
    }


@pytest.mark.parametrize("previous", ["2025", "2019", "2026"])
def test_a_period_that_is_not_earlier_cannot_be_the_previous_one(store, previous):
    with pytest.raises(WrongCall, match="более ранний"), store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2025", closes=dt.date(2026, 1, 1), previous=previous)


def test_opening_twice_or_with_an_impossible_date_is_refused(store):
    with pytest.raises(Refused, match="уже был открыт"), store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=CLOSES)
    with pytest.raises(WrongCall, match="раньше начала"), store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2026", closes=CLOSES)
    with pytest.raises(WrongCall, match="вид"), store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", kind="half_year", closes=CLOSES)


def test_an_unknown_period_is_named_with_the_open_ones(store):
    with pytest.raises(WrongCall, match=r"«2031» не открыт\. Открыты: 2024"), store.read() as reader:
        reader.pairs("2031")


def test_closing_accepts_what_nobody_has_looked_at_never_what_was_returned_and_reopening_takes_files_again(store):
    submit(store, pair("n2", 5, 10) | pair("s1", 1, 2))
    with store.write("head", based_on=None) as writer:
        reporting.set_report(writer, "2024", "s1", ReportState.RETURNED, note="проверьте")
        assert [r.on_review for r in totals(writer.reader, "2024", indicator="coverage")] == [1, 1]
        campaign.close_period(writer, "2024")
        assert [r.on_review for r in totals(writer.reader, "2024", indicator="coverage")] == [0, 1]
        states = {code: r.state for code, r in writer.reader.reports("2024").items() if r.at}
        assert writer.reader.period("2024").state == "closed"
    assert states == {"n2": ReportState.ACCEPTED, "s1": ReportState.RETURNED}
    with pytest.raises(Refused, match="закрыт"):
        submit(store, pair("n2", 6, 10))
    with store.write("head", based_on=None) as writer:
        campaign.reopen_period(writer, "2024", closes=dt.date(2025, 3, 1))
    submit(store, pair("n2", 6, 10))
    with pytest.raises(Refused, match="уже закрыт"), store.write("head", based_on=None) as writer:
        campaign.close_period(writer, "2024")
        campaign.close_period(writer, "2024")


def test_closing_one_territory_leaves_the_others_open(store):
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=CLOSES, territory=NORTH)
    submit(store, pair("n2", 5, 10) | pair("s1", 1, 2))
    with store.write("operator", based_on=None) as writer:
        campaign.close_period(writer, "2024", territory=NORTH)
        states = {code: r.state for code, r in writer.reader.reports("2024").items() if r.at}
    assert states == {"n2": ReportState.ACCEPTED, "s1": ReportState.SUBMITTED}
    submit(store, pair("s1", 2, 2))
    with pytest.raises(Refused, match="закрыт"):
        submit(store, pair("n2", 6, 10))


def a_plan(**changes):
    given = {
        "period": "2024",
        "indicator": "coverage",
        "level": "basic",
        "cohort": "all",
        "territory": None,
        "percent": Decimal("80"),
        "number": None,
        "origin": "department",
        "ground": "приказ № 5",
        "author": "head",
        "at": MOMENT,
    }
    return PlanValue(**{**given, **changes})


def test_a_later_plan_is_in_force_and_the_earlier_one_stays_in_the_history(store):
    with store.write("head", based_on=None) as writer:
        planning.set_plan(writer, a_plan())
        planning.set_plan(writer, a_plan(percent=Decimal("82.25")))
        in_force = next(p for p in writer.reader.plans("2024") if p.territory is None)
        history = writer.reader.plan_history("2024", "coverage", "basic", "all", None)
    assert in_force.percent == Decimal("82.25")
    assert [p.percent for p in history] == [Decimal("82.25"), Decimal("80"), Decimal("75")]
    assert (history[1].ground, history[1].author, history[1].at) == ("приказ № 5", "head", MOMENT)


def test_plans_of_a_territory_are_its_own_those_above_and_those_below(store):
    with store.read() as reader:
        assert [p.territory for p in reader.plans("2024", territory=NORTH)] == [None, NORTH]
        assert [p.territory for p in reader.plans("2024", territory=REGION)] == [None, NORTH, SOUTH]
        assert [p.territory for p in reader.plans("2024", territory=ALONE)] == [None]


@pytest.mark.parametrize(
    "changes",
    [
        {"percent": None},
        {"number": Decimal("3")},
        {"percent": None, "number": Decimal("3")},
        {"percent": Decimal("100.01")},
        {"percent": Decimal("-1")},
        {"percent": Decimal("33.333")},
        {"indicator": "nothing"},
        {"level": "whole"},
        {"cohort": "most"},
        {"period": "2031"},
        {"indicator": "clubs", "level": "whole"},
    ],
)
def test_a_plan_that_does_not_fit_is_refused(store, changes):
    with pytest.raises(WrongCall), store.write("head", based_on=None) as writer:
        planning.set_plan(writer, a_plan(**changes))


def a_judgement(**changes):
    given = {
        "id": "",
        "period": "2024",
        "indicator": "coverage",
        "level": "basic",
        "cohort": "all",
        "territory": NORTH,
        "organisation": None,
        "outcome": "shortcoming",
        "text": "низкая доля",
        "source": "письмо № 8",
        "office": "управление",
        "date": dt.date(2024, 5, 1),
        "percent": Decimal("45"),
        "at": MOMENT,
    }
    return Judgement(**{**given, **changes})


def test_judgements_come_newest_first_and_by_territory_or_organisation(store):
    with store.write("expert", based_on=None) as writer:
        first = planning.add_judgement(writer, a_judgement())
        second = planning.add_judgement(writer, a_judgement(territory=None, organisation="n2", percent=None, date=None))
        planning.add_judgement(writer, a_judgement(territory=SOUTH))
        mine = writer.reader.judgements("2024", territory=NORTH)
        own = writer.reader.judgements("2024", organisation="n2")
    assert [j.id for j in mine] == [second, first]
    assert own == [a_judgement(id=second, territory=None, organisation="n2", percent=None, date=None)]
    assert mine[1].percent == Decimal("45")


@pytest.mark.parametrize(
    "changes", [{"territory": None}, {"organisation": "n2"}, {"text": " "}, {"source": ""}, {"level": "whole"}]
)
def test_a_judgement_that_does_not_fit_is_refused(store, changes):
    with pytest.raises(WrongCall), store.write("expert", based_on=None) as writer:
        planning.add_judgement(writer, a_judgement(**changes))


def test_known_counts_are_replaced_by_later_ones_and_enter_no_share(store):
    cell = Cell("pupils", "basic", "all")
    row = Contingent(period="2024", organisation="n2", cell=cell, number=100, source="ОО-1")
    with store.write("operator", based_on=None) as writer:
        assert planning.import_contingent(writer, [row, replace(row, organisation="s1")]) == 2
        assert planning.import_contingent(writer, [replace(row, number=90)]) == 1
        counts = {c.organisation: c.number for c in writer.reader.contingent("2024")}
        assert [c.organisation for c in writer.reader.contingent("2024", territory=NORTH)] == ["n2"]
    assert counts == {"n2": 90, "s1": 100}
    assert shares(store) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation": "nobody"},
        {"cell": Cell("pupils", "whole", "all")},
        {"cell": Cell("no", "basic", "all")},
        {"number": -1},
    ],
)
def test_a_known_count_that_does_not_fit_is_refused(store, changes):
    row = Contingent(period="2024", organisation="n2", cell=Cell("pupils", "basic", "all"), number=1, source="ОО-1")
    with pytest.raises(WrongCall), store.write("operator", based_on=None) as writer:
        planning.import_contingent(writer, [replace(row, **changes)])


def test_periods_of_another_catalogue_are_not_mixed_in(tmp_path, catalogue):
    folder = tmp_path / "data"
    store = Store.open(folder, catalogue)
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=CLOSES)
    store.close()
    other = Store.open(folder, make_catalogue(code="other"))
    with other.write("operator", based_on=None) as writer:
        assert writer.reader.periods() == []
        campaign.open_period(writer, "2024", closes=CLOSES)
        assert [p.catalogue for p in writer.reader.periods()] == ["other"]
    assert verify(other) == []
    other.close()
