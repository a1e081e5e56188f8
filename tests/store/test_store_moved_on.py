"""What an action was decided on has moved on: every action against everything that may come between."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pytest
from thinned import thinned
from tiny_store import CLOSES, MOMENT, NORTH, SOUTH, a_screening, nothing_more, organisation, pair, submit

from proforient.errors import MovedOn, WrongCall
from proforient.monitoring import Cell, Contingent, Judgement, PlanValue, ReportState
from proforient.store import Store, acceptance, accounts, campaign, enrolment, links, planning, reporting
from proforient.store.rows import AccountRow, Publication
from proforient.store.snapshots import digest

LATER = dt.date(2025, 2, 20)


def plan(territory=NORTH, level="basic", percent="70"):
    return PlanValue(
        period="2024", indicator="coverage", level=level, cohort="all", territory=territory, percent=Decimal(percent),
        number=None, origin="department", ground="приказ", author="x", at=MOMENT,
    )  # fmt: skip


def judged(territory=NORTH, organisation=None, level="basic"):
    return Judgement(
        id="", period="2024", indicator="coverage", level=level, cohort="all", territory=territory,
        organisation=organisation, outcome="noted", text="слово", source="справка", office="", date=None,
        percent=None, at=MOMENT,
    )  # fmt: skip


def account(login):
    return AccountRow(
        login=login, role="head", territory=NORTH, organisation=None, email="", password="", version=1, active=True,
        made_at=MOMENT,
    )  # fmt: skip


def publication(territory=NORTH, corrects=None):
    return Publication(
        number=0, token=f"t{territory}{corrects}", snapshot_id=1, period="2024", territory=territory, cohort="all",
        title="", note="", catalogue="0" * 64, sha256=digest("{}"), body="{}", corrects=corrects, made_at=MOMENT,
        made_by="x", ends_at=None, withdrawn_at=None, reason="",
    )  # fmt: skip


def known(organisation):
    cell = Cell("pupils", "basic", "all")
    return [Contingent(period="2024", organisation=organisation, cell=cell, number=41, source="ОО-1")]


def first_part(writer, organisation):
    return writer.reader.parts(period="2024", organisation=organisation)[-1].id


def hand_in(writer, organisation, reached=5):
    screening = a_screening(pair(organisation, reached, 40), data=repr((organisation, reached)).encode())
    writer.files.has = lambda sha256: True  # the bytes are of no interest here
    return acceptance.accept(writer, screening, period="2024", recheck=nothing_more, at=MOMENT + dt.timedelta(hours=1))


ACTIONS = {
    "accept": lambda w: reporting.set_report(w, "2024", "007", ReportState.ACCEPTED),
    "return": lambda w: reporting.set_report(w, "2024", "007", ReportState.RETURNED, note="строка 2"),
    "hand in": lambda w: hand_in(w, "007"),
    "withdraw": lambda w: acceptance.withdraw(w, first_part(w, "007"), at=MOMENT),
    "close all": lambda w: campaign.close_period(w, "2024", at=MOMENT),
    "reopen": lambda w: campaign.reopen_period(w, "2024", closes=LATER, at=MOMENT),
    "open for north": lambda w: campaign.open_period(w, "2024", closes=CLOSES, territory=NORTH, at=MOMENT),
    "plan of north": lambda w: planning.set_plan(w, plan()),
    "plan of south": lambda w: planning.set_plan(w, plan(SOUTH)),
    "plan of all": lambda w: planning.set_plan(w, plan(None)),
    "judge north": lambda w: planning.add_judgement(w, judged()),
    "judge 007": lambda w: planning.add_judgement(w, judged(None, "007")),
    "close account": lambda w: accounts.set_active(w, "ivanova", active=False, at=MOMENT),
    "invite": lambda w: accounts.invite(w, "ivanova", "d", ends_at=MOMENT, at=MOMENT),
    "password": lambda w: accounts.set_password(w, "ivanova", "h", MOMENT),
    "sign out": lambda w: accounts.end_sessions(w, "ivanova"),
    "change account": lambda w: accounts.change(w, replace(account("ivanova"), email="i@edu.ru"), MOMENT),
    "make account": lambda w: accounts.add(w, account("petrov")),
    "publish north": lambda w: links.publish(w, publication()),
    "publish south": lambda w: links.publish(w, publication(SOUTH)),
    "correct link": lambda w: links.publish(w, publication("Область", 1)),
    "revoke link": lambda w: links.withdraw(w, 1, reason="", at=MOMENT),
    "code": lambda w: links.put_code(w, "АААА2345", w.reader.publications()[-1], ends_at=MOMENT, at=MOMENT),
    "register 007": lambda w: enrolment.import_organisations(w, [organisation("007", name="Лицей")]),
    "known of 007": lambda w: planning.import_contingent(w, known("007")),
}  # fmt: skip
REPORT = {"accept", "return", "hand in", "withdraw"}
CAMPAIGN = {"close all", "reopen", "open for north"}
NORTHERN = {"publish north"}
ACCOUNT = {"close account", "invite", "password", "sign out", "change account"}
FIGURES = {"publish north", "publish south", "correct link"}

# what comes between -> which of the actions it moves the ground under; every other one goes on
BETWEEN = {
    "accept": REPORT | NORTHERN | {"close all"},
    "return": REPORT | NORTHERN | {"close all"},
    "hand in": REPORT | NORTHERN | {"close all"},
    "withdraw": REPORT | NORTHERN | {"close all"},
    "close all": REPORT | CAMPAIGN | FIGURES,
    "reopen": {"hand in"} | CAMPAIGN | FIGURES,
    "open for north": {"hand in"} | CAMPAIGN | NORTHERN,
    "plan of north": NORTHERN | {"plan of north"},
    "plan of south": {"publish south", "plan of south"},
    "plan of all": FIGURES | {"plan of north", "plan of south", "plan of all"},
    "judge north": NORTHERN | {"judge north"},
    "judge 007": NORTHERN | {"judge 007"},
    "close account": ACCOUNT,
    "invite": ACCOUNT,
    "password": ACCOUNT,
    "sign out": ACCOUNT,
    "change account": ACCOUNT,
    "make account": {"make account"},
    "publish north": set(),
    "publish south": set(),
    "correct link": {"revoke link", "code", "correct link"},
    "revoke link": {"revoke link", "code", "correct link"},
    "code": {"code"},
    "register 007": FIGURES | {"register 007"},
    "known of 007": FIGURES | {"known of 007"},
}


@pytest.fixture(scope="module")
def prepared(templates, catalogue, tmp_path_factory):
    """Two reports, an account and a link, all of which the actions are about."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    shutil.copytree(templates["with constraints"], folder)
    with closing(Store.open(folder, catalogue)) as store:
        submit(store, pair("007", 27, 40), actor="school")
        submit(store, pair("s1", 3, 9), actor="another")
        with store.write("operator", based_on=None) as writer:
            accounts.add(writer, account("ivanova"))
            links.publish(writer, publication(SOUTH))
    return folder


@pytest.fixture
def begun(prepared, tmp_path, catalogue):
    shutil.copytree(prepared, tmp_path / "data")
    with closing(Store.open(tmp_path / "data", catalogue)) as store:
        yield store


class WouldGoOnError(Exception):
    pass


def moved_on(store, do, mark):
    """The events that stand in the way; None where none does. Nothing is done."""
    try:
        with store.write("petrov", based_on=mark) as writer:
            look = writer.unless_moved

            def looked(concern):
                look(concern)
                raise WouldGoOnError

            writer.unless_moved = looked
            do(writer)
    except MovedOn as moved:
        return moved.events
    except WouldGoOnError:
        return None
    raise AssertionError("it did not look")


@pytest.mark.parametrize("between", thinned(ACTIONS, 5))
def test_what_comes_between_stops_exactly_what_was_decided_on_it(begun, between):
    mark = begun.mark
    with begun.write("sidorova", based_on=mark) as writer:
        ACTIONS[between](writer)
    stopped = {action: moved_on(begun, do, mark) for action, do in ACTIONS.items()}
    assert {action for action, events in stopped.items() if events} == BETWEEN[between]
    assert {e.actor for events in stopped.values() for e in events or ()} <= {"sidorova"}
    assert not [action for action in BETWEEN[between] if moved_on(begun, ACTIONS[action], begun.mark)]


@pytest.mark.parametrize("action", ["accept", "hand in", "withdraw", "close all", "plan of north", "revoke link"])
def test_a_refused_action_leaves_no_trace(begun, action):
    mark = begun.mark
    with begun.write("sidorova", based_on=None) as writer:
        ACTIONS[action](writer)

    def everything():
        with begun.read() as reader:
            return [reader.run(f"SELECT * FROM {t} ORDER BY ALL") for t in ("report", "value", "plan_value", "event")]

    before = everything()
    with pytest.raises(MovedOn) as moved, begun.write("petrov", based_on=mark) as writer:
        ACTIONS[action](writer)
    assert [event.actor for event in moved.value.events] == ["sidorova"]
    assert everything() == before


def test_the_same_click_again_is_not_told_that_something_moved_on(begun):
    mark = begun.mark
    with begun.write("school", based_on=mark) as writer:
        first = hand_in(writer, "007")
    with begun.write("school", based_on=mark) as writer:
        again = hand_in(writer, "007")
    assert again.repeated and again.submission == first.submission
    with pytest.raises(MovedOn), begun.write("school", based_on=mark) as writer:
        hand_in(writer, "007", reached=6)


def test_of_two_at_once_exactly_one_wins(begun):
    mark, together, done = begun.mark, threading.Barrier(8), []

    def press(name):
        together.wait()
        try:
            with begun.write(name, based_on=mark) as writer:
                reporting.set_report(writer, "2024", "007", ReportState.ACCEPTED)
            done.append(name)
        except MovedOn as moved:
            refused.append((moved.events[0].actor, name))

    refused = []
    people = [threading.Thread(target=press, args=(f"p{n}",)) for n in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(done) == 1 and len(refused) == 7 and {actor for actor, _ in refused} == set(done)
    with begun.read() as reader:
        assert reader.reports("2024")["007"].by == done[0]


def test_a_mark_that_the_log_has_not_reached_is_no_ground(begun):
    with pytest.raises(WrongCall, match="в журнале нет"), begun.write("x", based_on=begun.mark + 1) as writer:
        ACTIONS["accept"](writer)


def test_a_file_of_many_plans_is_not_in_its_own_way(begun):
    with begun.write("x", based_on=begun.mark) as writer:
        for percent in ("60", "61"):
            planning.set_plan(writer, plan(percent=percent))


def test_an_action_that_does_not_say_what_it_concerns_cannot_be_written_down(begun):
    with pytest.raises(RuntimeError, match="unless_moved"), begun.write("x", based_on=None) as writer:
        writer.log("report.praised", "organisation/007", {})
