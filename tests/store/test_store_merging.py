"""Organisations joined to another: who reports from which day, what refuses it, and taking it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tiny_store import CLOSES, MOMENT, NORTH, SOUTH, organisation, pair, shares, submit

from proforient.errors import Refused, WrongCall
from proforient.monitoring import Cell, now
from proforient.store import NotAcceptable, accounts, campaign, enrolment, form_draft, merging
from proforient.store.rows import AccountRow
from proforient.store.verify import verify

DAY = dt.date(2025, 9, 1)
SCHOOL = AccountRow(
    login="school", role="organisation", territory=NORTH, organisation="n2", email="", password="", version=1,
    active=True, made_at=MOMENT,
)  # fmt: skip


@pytest.fixture
def later(store):
    """The periods of 2024, for which both have sent, and of 2025, which ends after the joining."""
    submit(store, pair("n2", 5, 10) | pair("007", 3, 10))
    with store.write("head", based_on=None) as writer:
        campaign.open_period(writer, "2025", closes=dt.date(2026, 1, 20))
        accounts.add(writer, SCHOOL)
        form_draft.type_cells(writer, "2025", "n2", {Cell("pupils", "basic", "all"): "11"}, {})
    return store


def joined(store, **changes):
    with store.write("head", based_on=None) as writer:
        return merging.merge(writer, **{"code": "n2", "into": "007", "day": DAY, **changes})


def asked(store, period):
    with store.read() as reader:
        day = reader.period(period).ends
        return {o.code for o in reader.organisations(on=day, territory=NORTH) if o.open_on(day)}


def test_what_was_joined_stands_in_past_periods_and_its_children_are_counted_once_later(later):
    merger = joined(later)
    assert merger.logins == ("school",)
    assert shares(later) == {(NORTH, "basic", "all"): (8, 20, 2)}
    assert (asked(later, "2024"), asked(later, "2025")) == ({"007", "n2"}, {"007"})
    with later.read() as reader:
        assert reader.organisation("n2").closed == DAY
        assert {a.login: a.active for a in reader.accounts()} == {"school": False}
        assert reader.typed_of("n2", DAY) == {"2025": 1}
        awaited = {period: set(reader.reports(period, territory=NORTH)) for period in ("2024", "2025")}
        assert awaited == {"2024": {"007", "n2"}, "2025": {"007"}}
        assert tuple(reader.reports_sent("2025", territory=NORTH)) == (0, 1)
        assert set(reader.report_standings("2025", territory=NORTH)) == {"007"}
        known = reader.known("2025")
        assert known.successors["n2"].successor == "007" and reader.known("2024").successors == {}
    with pytest.raises(NotAcceptable) as refused:
        submit(later, pair("n2", 5, 10), period="2025", recheck=None)
    assert [f.code for f in refused.value.findings if f.severity == "error"] == ["organisation-merged"]
    submit(later, pair("007", 9, 22), period="2025", at=now())
    assert shares(later, "2025") == {(NORTH, "basic", "all"): (9, 22, 1)}
    with (
        pytest.raises(Refused, match=r"с тех пор сдала числа за 2025\sгод, с детьми обеих"),
        later.write("head", based_on=None) as writer,
    ):
        merging.unmerge(writer, "n2")
    assert verify(later) == []


def test_it_is_taken_back_whole_while_nothing_hangs_on_it(later):
    joined(later)
    with later.write("head", based_on=None) as writer:
        merging.unmerge(writer, "n2")
        assert writer.reader.mergers() == {} and writer.reader.organisation("n2").closed is None
        assert writer.reader.account("school").active
        with pytest.raises(Refused, match="отменять нечего"):
            merging.unmerge(writer, "n2")
    assert asked(later, "2025") == {"007", "n2"} and verify(later) == []
    submit(later, pair("n2", 5, 10), period="2025")
    with later.read() as reader:
        assert [e.action for e in reader.events() if "merged" in e.action] == [
            "organisation.unmerged",
            "organisation.merged",
        ]


def test_who_is_joined_twice_over_is_reported_for_by_the_last(later):
    joined(later)
    joined(later, code="007", into="s1", day=dt.date(2025, 10, 1))
    with later.read() as reader:
        assert {c: m.successor for c, m in reader.successors(dt.date(2025, 12, 31)).items()} == {
            "n2": "s1", "007": "s1",
        }  # fmt: skip
        assert reader.successors(dt.date(2025, 9, 30))["n2"].successor == "007"


def test_a_joining_that_will_not_do_is_refused_with_the_way_out(later):
    shut = organisation("shut", SOUTH, closed=dt.date(2025, 1, 1))
    with later.write("head", based_on=None) as writer:
        enrolment.import_organisations(writer, [shut, organisation("s1f", SOUTH, part_of="s1")])
    for changes, said in (
        ({"into": "n2"}, "к ней самой"),
        ({"into": "nobody"}, "нет в реестре"),
        ({"into": "shut"}, "в этот день не работает"),
        ({"code": "shut"}, "раньше дня присоединения"),
        ({"code": "s1", "into": "n2"}, "есть филиалы: Школа s1f"),
        ({"day": dt.date(2024, 9, 1)}, r"уже сдала числа за 2024\sгод"),
        ({"code": "a1"}, r"ещё не сдала отчёт за 2024\sгод, а приём открыт"),
    ):
        with pytest.raises((Refused, WrongCall), match=said):
            joined(later, **changes)
    joined(later, code="a1", day=dt.date(2024, 9, 1))  # the other one reports for 2024, too
    joined(later, day=CLOSES)


def test_the_register_cannot_open_what_was_joined_or_close_what_took_it_over(later):
    joined(later)
    with later.read() as reader:
        gone, there = reader.organisation("n2"), reader.organisation("007")
        assert "присоединение" in reader.hanging("n2") and "присоединение" in reader.hanging("007")
    for row, said in ((replace(gone, closed=None), "присоединена к другой"), (replace(there, closed=DAY), "позже")):
        with pytest.raises(Refused, match=said), later.write("head", based_on=None) as writer:
            enrolment.import_organisations(writer, [row])
    with later.write("head", based_on=None) as writer:
        enrolment.import_organisations(writer, [gone, there])
        with pytest.raises(Refused, match="уже присоединена"):
            merging.merge(writer, "n2", "s1", day=DAY)
