"""What counts: whole pairs only, answers, counts of the right kind; totals are sums, never of strangers."""

from __future__ import annotations

from dataclasses import replace

from tiny_store import (
    ALONE,
    CLOSES,
    NORTH,
    REGION,
    REGISTER,
    SOUTH,
    make_catalogue,
    organisation,
    pair,
    shares,
    submit,
    totals,
)

from proforient.monitoring import Cell, Reason, ReportState
from proforient.store import Store, campaign, enrolment, reporting
from proforient.store.verify import verify


def pairs(store, **where):
    with store.read() as reader:
        return {
            (p.organisation, p.indicator, p.level, p.cohort): (p.numerator, p.denominator, p.value)
            for p in reader.pairs("2024", **where)
        }


def test_half_a_pair_counts_for_nothing(any_store):
    submit(any_store, {("n2", "reached", "basic", "all"): 5, ("s1", "pupils", "basic", "all"): 5})
    assert pairs(any_store) == {}
    assert shares(any_store) == {}


def test_a_reason_is_no_number_and_zero_of_zero_is_a_pair(any_store):
    submit(
        any_store,
        pair("n2", 0, 0)
        | {("s1", "reached", "basic", "all"): Reason.NO_DATA, ("s1", "pupils", "basic", "all"): 9}
        | {("a1", "reached", "basic", "all"): Reason.NOT_APPLICABLE, ("a1", "pupils", "basic", "all"): 9},
    )
    assert pairs(any_store) == {("n2", "coverage", "basic", "all"): (0, 0, None)}


def test_a_list_of_components_needs_each_of_them(any_store):
    girls = {("n2", "girls", "basic", "all"): 6}
    submit(any_store, {("n2", "reached", "basic", "all"): 5, ("n2", "boys", "basic", "all"): 4})
    assert pairs(any_store) == {}
    submit(any_store, girls)
    assert pairs(any_store) == {("n2", "reach-of-both", "basic", "all"): (5, 10, None)}


def test_a_yes_no_counts_the_good_answer_of_those_who_answered(any_store):
    submit(any_store, {("n2", "page", "whole", "all"): 1, ("s1", "page", "whole", "all"): 0})
    assert pairs(any_store, indicator="no-page") == {
        ("n2", "no-page", "whole", "all"): (0, 1, 1),
        ("s1", "no-page", "whole", "all"): (1, 1, 0),
    }
    with any_store.read() as reader:
        (total,) = totals(reader, "2024", territory=REGION)
    assert (total.numerator, total.denominator, total.value, total.submitted) == (1, 2, None, 2)


def test_an_indicator_for_schools_leaves_kindergartens_out(any_store):
    submit(any_store, {("n2", "clubs", "whole", "all"): 3, ("s2", "clubs", "whole", "all"): 40})
    assert pairs(any_store) == {("n2", "clubs", "whole", "all"): (None, None, 3)}
    with any_store.read() as reader:
        found = [(t.territory, t.value, t.numerator) for t in totals(reader)]
    assert found == [(NORTH, 3, None)]


def test_cohorts_and_levels_are_kept_apart(any_store):
    submit(any_store, pair("n2", 5, 10) | pair("n2", 1, 2, cohort="disability") | pair("n2", 7, 9, level="primary"))
    assert shares(any_store) == {
        (NORTH, "basic", "all"): (5, 10, 1),
        (NORTH, "basic", "disability"): (1, 2, 1),
        (NORTH, "primary", "all"): (7, 9, 1),
    }
    assert len(pairs(any_store, level="primary")) == 1
    assert len(pairs(any_store, cohort="disability")) == 1
    assert len(pairs(any_store, organisation="n2")) == 3


def test_a_region_is_one_sum_and_strangers_are_never_added_up(any_store):
    submit(any_store, pair("n2", 5, 10) | pair("s1", 1, 30) | pair("a1", 100, 100))
    with any_store.read() as reader:
        region = totals(reader, "2024", territory=REGION, indicator="coverage")
        children = totals(reader, "2024", territory=REGION, children=True, indicator="coverage")
        everybody = totals(reader, "2024", indicator="coverage")
        alone = totals(reader, "2024", territory=NORTH, level="basic", cohort="all", indicator="coverage")
    assert [(t.territory, t.numerator, t.denominator, t.submitted) for t in region] == [(REGION, 6, 40, 2)]
    assert [t.territory for t in children] == [NORTH, SOUTH]
    assert [t.territory for t in everybody] == [NORTH, SOUTH, ALONE]
    assert [(t.numerator, t.denominator) for t in alone] == [(5, 10)]


def test_a_territory_is_not_a_beginning_of_letters(any_store):
    with any_store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("k1", "Край-2 / Север")])
    submit(any_store, pair("n2", 5, 10) | pair("k1", 1, 30))
    with any_store.read() as reader:
        (total,) = totals(reader, "2024", territory=REGION, indicator="coverage")
        assert {v.organisation for v in reader.values("2024", territory=REGION)} == {"n2"}
    assert total.denominator == 10


def test_totals_say_how_many_reports_nobody_has_accepted(any_store):
    submit(any_store, pair("007", 5, 10) | pair("n2", 1, 30))
    with any_store.write("head", based_on=None) as writer:
        reporting.set_report(writer, "2024", "007", ReportState.ACCEPTED)
        (total,) = totals(writer.reader, "2024", indicator="coverage")
        states = {p.organisation: p.state for p in writer.reader.pairs("2024")}
    assert (total.submitted, total.on_review) == (2, 1)
    assert states == {"007": ReportState.ACCEPTED, "n2": ReportState.SUBMITTED}


def test_a_value_leads_back_to_its_file_row_and_column(any_store):
    receipt = submit(any_store, pair("n2", 5, 10), name="Отчёт № 1.csv")
    with any_store.read() as reader:
        (value,) = reader.values("2024", organisation="n2", counts=["pupils"])
        assert reader.values("2024", counts=[]) == []
    assert (value.submission, value.part, value.file) == (receipt.submission, receipt.parts[0], "Отчёт № 1.csv")
    assert (value.sheet, value.row, value.column, value.number) == ("", 3, "Значение", 10)


def test_the_history_of_a_cell_has_every_value_newest_first(any_store):
    for number in (5, 6, Reason.NO_DATA):
        submit(any_store, {("n2", "reached", "basic", "all"): number})
    with any_store.read() as reader:
        history = reader.history("2024", "n2", Cell("reached", "basic", "all"))
    assert [v.reason or v.number for v in history] == [Reason.NO_DATA, 6, 5]


def test_another_arithmetic_of_the_catalogue_makes_the_totals_anew(tmp_path, catalogue):
    store = Store.open(tmp_path, catalogue)
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, REGISTER)
        campaign.open_period(writer, "2024", closes=CLOSES)
    submit(store, pair("n2", 5, 10) | {("n2", "boys", "basic", "all"): 4})
    store.close()
    boys_only = make_catalogue()
    changed = dict(boys_only.indicators)
    changed["coverage"] = replace(changed["coverage"], denominator=("boys",))
    store = Store.open(tmp_path, make_catalogue(indicators=changed, version="2"))
    assert shares(store) == {(NORTH, "basic", "all"): (5, 4, 1)}
    assert verify(store) == []
    store.close()
