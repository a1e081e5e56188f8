"""How reports stand: by contents against a slow oracle, and every step from every state, allowed or refused."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from thinned import kept
from tiny_store import CLOSES, NORTH, SOUTH, a_screening, nothing_more, submit

from proforient.errors import MovedOn, Refused, WrongCall
from proforient.monitoring import Cell, Reason, ReportStanding, ReportState
from proforient.store import NotAcceptable, Store, acceptance, campaign, reopening, reporting
from proforient.store.asking import set_asked
from proforient.store.form_draft import forget_typed, type_cells
from proforient.store.standings import standing
from proforient.store.verify import verify

FAR = dt.date(2199, 1, 1)
SCHOOL, GARDEN = "n2", "s2"
PAIRS = [(level, cohort) for level in ("primary", "basic") for cohort in ("all", "disability")]
WHOLE = [("whole", "all"), ("whole", "disability")]
# Indicator -> what it asks a school that has both stages, and a kindergarten that has none: written out by hand.
ASKED = {
    "coverage": ({(c, *p) for c in ("reached", "pupils") for p in PAIRS}, set()),
    "reach-of-both": ({(c, *p) for c in ("reached", "boys", "girls") for p in PAIRS}, set()),
    "no-page": ({("page", *p) for p in WHOLE}, {("page", *p) for p in WHOLE}),
    "clubs": ({("clubs", *p) for p in WHOLE}, set()),
}
EVERY = sorted(set().union(*(school for school, _ in ASKED.values())))


def oracle(whose, chosen, files, withdrawn, later, *, over):
    """One cell after another, one file after another."""
    asked = set()
    for indicator in chosen:
        asked = asked | ASKED[indicator][whose == GARDEN]
    held = {}
    for place, file in enumerate(files):
        if place not in withdrawn:
            for cell, said in file.items():
                held[cell] = said
    if not held:
        return ReportStanding.OVERDUE if over and asked else ReportStanding.NOT_BEGUN
    if later is not None:
        return {ReportState.ACCEPTED: ReportStanding.ACCEPTED, ReportState.RETURNED: ReportStanding.RETURNED}[later]
    for cell in asked:
        if cell not in held:
            return ReportStanding.INCOMPLETE
    return ReportStanding.REVIEW


SAID = st.sampled_from([0, 0, 3, Reason.NOT_APPLICABLE, Reason.NO_DATA])


@st.composite
def stories(draw):
    """Who, what is asked, files with some of the cells (blanks are left out), what is withdrawn, what follows."""
    whose = draw(st.sampled_from([SCHOOL, SCHOOL, GARDEN]))
    chosen = draw(st.sets(st.sampled_from(sorted(ASKED)), min_size=1))
    cells = EVERY if whose == SCHOOL else sorted(ASKED["no-page"][1])
    whole = {cell for indicator in chosen for cell in ASKED[indicator][whose == GARDEN]}
    files = []
    for _ in range(draw(st.integers(0, 3))):
        some = draw(
            st.one_of(st.just(whole), st.sets(st.sampled_from(cells)), st.just(whole - {min(whole, default=())}))
        )
        files.append({cell: draw(SAID) for cell in sorted(some)})
    files = [file for file in files if file]
    withdrawn = draw(st.sets(st.integers(0, len(files) - 1))) if files else set()
    later = draw(st.sampled_from([None, None, ReportState.ACCEPTED, ReportState.RETURNED]))
    return whose, chosen, files, withdrawn, later, draw(st.booleans())


class TakenBackError(Exception):
    """Ends a transaction that is to leave nothing."""


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories())
def test_a_report_is_whole_when_every_cell_that_is_asked_says_something(store, story):
    whose, chosen, files, withdrawn, later, over = story
    bytes_of = [repr(sorted(file.items())).encode() + str(place).encode() for place, file in enumerate(files)]
    for data in bytes_of:
        store.put_file(data)
    with pytest.raises(TakenBackError), store.write("petrova", based_on=None) as writer:
        campaign.reopen_period(writer, "2024", closes=CLOSES if over else FAR)
        set_asked(writer, "2024", chosen)
        parts = []
        for file, data in zip(files, bytes_of, strict=True):
            found = a_screening({(whose, *cell): said for cell, said in file.items()}, data=data)
            parts += acceptance.accept(writer, found, period="2024", recheck=nothing_more).parts
        for place in withdrawn:
            acceptance.withdraw(writer, parts[place])
        left = len(withdrawn) < len(files)
        if later is not None and left:
            reporting.set_report(writer, "2024", whose, later)
        with pytest.raises(NotAcceptable, match="нет ни одного значения"):
            acceptance.accept(writer, a_screening({}, data=b"empty"), period="2024", recheck=nothing_more)
        expected = oracle(whose, chosen, files, withdrawn, later, over=over)
        assert writer.reader.report_standings("2024", organisation=whose) == {whose: expected}
        raise TakenBackError


WHOLE_FILE = {(SCHOOL, *cell): 1 for cell in EVERY}
PART_FILE = dict(list(WHOLE_FILE.items())[:3])


def hand_in(writer, values, data):
    acceptance.accept(writer, a_screening(values, data=data), period="2024", recheck=nothing_more)


def whole(writer):
    hand_in(writer, WHOLE_FILE, b"whole")


def part(writer):
    hand_in(writer, PART_FILE, b"part")


def types(writer):
    type_cells(writer, "2024", SCHOOL, {Cell("pupils", "basic", "all"): "5"}, {})


def accepts(writer):
    reporting.set_report(writer, "2024", SCHOOL, ReportState.ACCEPTED)


def returns(writer):
    reporting.set_report(writer, "2024", SCHOOL, ReportState.RETURNED, note="строка 8")


def withdraws(writer):
    for found in writer.reader.parts(period="2024", organisation=SCHOOL):
        acceptance.withdraw(writer, found.id)


def last_day_passes(writer):
    campaign.reopen_period(writer, "2024", closes=CLOSES)


def closes(writer):
    campaign.close_period(writer, "2024")


S = ReportStanding
BEFORE = {
    S.NOT_BEGUN: (), S.DRAFT: (types,), S.INCOMPLETE: (part,), S.REVIEW: (whole,), S.RETURNED: (whole, returns),
    S.ACCEPTED: (whole, accepts), S.OVERDUE: (last_day_passes,),
}  # fmt: skip
UNSENT = "ещё не сдала отчёт"
# From each state, what each step makes of it, or why it is refused.
STEPS = {
    types: {S.NOT_BEGUN: S.DRAFT, S.DRAFT: S.DRAFT, S.INCOMPLETE: S.INCOMPLETE, S.REVIEW: S.REVIEW,
            S.RETURNED: S.RETURNED, S.ACCEPTED: S.ACCEPTED, S.OVERDUE: S.OVERDUE},
    part: {S.NOT_BEGUN: S.INCOMPLETE, S.DRAFT: S.INCOMPLETE, S.INCOMPLETE: S.INCOMPLETE, S.REVIEW: S.REVIEW,
           S.RETURNED: S.REVIEW, S.ACCEPTED: S.REVIEW, S.OVERDUE: S.INCOMPLETE},
    whole: dict.fromkeys(S, S.REVIEW),
    accepts: {S.NOT_BEGUN: UNSENT, S.DRAFT: UNSENT, S.INCOMPLETE: S.ACCEPTED, S.REVIEW: S.ACCEPTED,
              S.RETURNED: S.ACCEPTED, S.ACCEPTED: S.ACCEPTED, S.OVERDUE: UNSENT},
    returns: {S.NOT_BEGUN: UNSENT, S.DRAFT: UNSENT, S.INCOMPLETE: S.RETURNED, S.REVIEW: S.RETURNED,
              S.RETURNED: S.RETURNED, S.ACCEPTED: S.RETURNED, S.OVERDUE: UNSENT},
    withdraws: {S.NOT_BEGUN: S.NOT_BEGUN, S.DRAFT: S.DRAFT, S.INCOMPLETE: S.NOT_BEGUN, S.REVIEW: S.NOT_BEGUN,
                S.RETURNED: S.NOT_BEGUN, S.ACCEPTED: S.NOT_BEGUN, S.OVERDUE: S.OVERDUE},
    last_day_passes: {S.NOT_BEGUN: S.OVERDUE, S.DRAFT: S.OVERDUE, S.INCOMPLETE: S.INCOMPLETE, S.REVIEW: S.REVIEW,
                      S.RETURNED: S.RETURNED, S.ACCEPTED: S.ACCEPTED, S.OVERDUE: S.OVERDUE},
    # Closing accepts what was sent and leaves what was returned.
    closes: {S.NOT_BEGUN: S.OVERDUE, S.DRAFT: S.OVERDUE, S.INCOMPLETE: S.ACCEPTED, S.REVIEW: S.ACCEPTED,
             S.RETURNED: S.RETURNED, S.ACCEPTED: S.ACCEPTED, S.OVERDUE: S.OVERDUE},
}  # fmt: skip
SHUT = "закрыт"


@pytest.fixture(scope="module")
def opened(templates, tmp_path_factory, catalogue):
    """A store in which nothing stays: every test takes back what it has written."""
    folder = tmp_path_factory.mktemp("steps") / "data"
    shutil.copytree(templates["with constraints"], folder)
    store = Store.open(folder, catalogue)
    yield store
    store.close()


def taken_back(store):
    """A transaction of which nothing is left; the bytes that it hands in are there."""
    store.put_file(b"whole")
    store.put_file(b"part")
    return store.write("petrova", based_on=None)


@pytest.mark.parametrize("before", kept(S, [S.DRAFT, S.REVIEW, S.RETURNED, S.ACCEPTED]))
def test_every_step_from_every_state(opened, before):
    for step, outcomes in STEPS.items():
        with pytest.raises(TakenBackError), taken_back(opened) as writer:
            campaign.reopen_period(writer, "2024", closes=FAR)
            for act in BEFORE[before]:
                act(writer)
            assert writer.reader.report_standings("2024")[SCHOOL] is before
            expected = outcomes[before]
            if not isinstance(expected, ReportStanding):
                with pytest.raises(Refused, match=expected):
                    step(writer)
                expected = before
            else:
                step(writer)
            assert writer.reader.report_standings("2024")[SCHOOL] is expected, (before, step.__name__)
            raise TakenBackError


@pytest.mark.parametrize("before", [S.DRAFT, S.REVIEW])
def test_after_closing_a_school_changes_nothing(opened, before):
    for step in (types, part, whole, withdraws):
        with pytest.raises(TakenBackError), taken_back(opened) as writer:
            campaign.reopen_period(writer, "2024", closes=FAR)
            for act in (*BEFORE[before], closes):
                act(writer)
            if step is not withdraws or writer.reader.parts(period="2024", organisation=SCHOOL):
                with pytest.raises(Refused, match=SHUT):
                    step(writer)
            raise TakenBackError


def test_each_is_late_by_its_own_last_day(store):
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=FAR, territory=NORTH)
    with store.read() as reader:
        found = reader.report_standings("2024")
        assert (found["n2"], found["s1"]) == (S.NOT_BEGUN, S.OVERDUE)
        assert reader.last_days("2024", {"n2": NORTH, "s1": SOUTH}) == {"n2": FAR, "s1": CLOSES}
        assert set(reader.report_standings("2024", territory=SOUTH)) == {"s1", "s2"}


def test_where_contents_are_not_looked_into_nobody_is_called_incomplete():
    assert standing(ReportState.SUBMITTED, None, over=True) is S.REVIEW
    assert standing(ReportState.NOT_SUBMITTED, None, over=True) is S.OVERDUE


def test_a_draft_that_is_forgotten_was_none(store):
    with store.write("petrova", based_on=None) as writer:
        campaign.reopen_period(writer, "2024", closes=FAR)
        types(writer)
    with store.write("petrova", based_on=None) as writer:
        forget_typed(writer, "2024", SCHOOL)
    submit(store, PART_FILE, data=b"part", at=dt.datetime(2025, 1, 11, 9, 0))
    with store.read() as reader:
        assert reader.report_standings("2024", organisation=SCHOOL) == {SCHOOL: S.INCOMPLETE}


def reopens(writer, whose=SCHOOL, last_day=FAR, reason="карантин"):
    reopening.reopen_for(writer, "2024", whose, last_day=last_day, reason=reason)


def test_one_late_school_hands_in_while_the_others_stay_closed(store):
    store.put_file(b"part")
    with store.write("chief", based_on=None) as writer:
        with pytest.raises(Refused, match="открыт для всех"):
            reopens(writer)
        closes(writer)
        assert {writer.reader.report_standings("2024")[code] for code in ("n2", "007")} == {S.OVERDUE}
        reopens(writer)
        assert writer.reader.report_standings("2024")["007"] is S.OVERDUE
        assert writer.reader.report_standings("2024")[SCHOOL] is S.NOT_BEGUN
        types(writer)
        part(writer)
        assert writer.reader.reports("2024")[SCHOOL].late
        assert writer.reader.report_standings("2024")[SCHOOL] is S.INCOMPLETE
        for more in ({}, PART_FILE):  # the whole file is refused where one of it is closed
            other = a_screening(more | {("007", *EVERY[0]): 1}, data=b"part")
            with pytest.raises(NotAcceptable, match=SHUT):
                acceptance.accept(writer, other, period="2024", recheck=nothing_more)
        with pytest.raises(Refused, match=SHUT):
            type_cells(writer, "2024", "007", {Cell("pupils", "basic", "all"): "5"}, {})
        known = writer.reader.known("2024")
        assert set(known.reopened) == {SCHOOL} and known.period.state == "closed"
    with store.read() as reader:
        (event,) = reader.events(action="report.reopened")
        assert (event.object, event.actor) == (f"organisation/{SCHOOL}", "chief") and "карантин" in event.detail
    with store.write("chief", based_on=None) as writer:
        withdraws(writer)
        reopening.close_again(writer, "2024", SCHOOL)
        with pytest.raises(Refused, match=SHUT):
            part(writer)
        with pytest.raises(Refused, match="уже закрыт"):
            reopening.close_again(writer, "2024", SCHOOL)
    assert verify(store) == []


def test_after_its_last_day_it_is_closed_by_itself(store):
    """By the clocks of its territory: 18:59 UTC is the last minute of the day there."""
    store.put_file(b"part")
    with store.write("chief", based_on=None) as writer:
        closes(writer)
        reopens(writer, last_day=dt.date(2198, 5, 1))
        found = a_screening(PART_FILE, data=b"part")
        with pytest.raises(NotAcceptable, match=SHUT):
            after = dt.datetime(2198, 5, 1, 19, 0)
            acceptance.accept(writer, found, period="2024", recheck=nothing_more, at=after)
        in_time = dt.datetime(2198, 5, 1, 18, 59)
        assert acceptance.accept(writer, found, period="2024", recheck=nothing_more, at=in_time).late
        assert writer.reader.reopening("2024", SCHOOL, NORTH, dt.date(2198, 5, 1))
        assert not writer.reader.reopening("2024", SCHOOL, NORTH, dt.date(2198, 5, 2))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"last_day": dt.date(2020, 1, 1)}, "уже прошёл"),
        ({"reason": "  "}, "поле пустое"),
        ({"reason": "а" * 301}, "Сократите"),
        ({"reason": "Заболела Иванова Мария Петровна"}, "Причина"),
        ({"whose": "nobody"}, "nobody"),
    ],
)
def test_a_reopening_that_will_not_do_is_refused(opened, given, said):
    with pytest.raises(TakenBackError), taken_back(opened) as writer:
        closes(writer)
        with pytest.raises((Refused, WrongCall), match=said):
            reopens(writer, **given)
        raise TakenBackError


def test_of_two_who_reopen_for_one_school_the_second_is_told(store):
    with store.write("chief", based_on=None) as writer:
        closes(writer)
    seen = store.mark
    with store.write("chief", based_on=seen) as writer:
        reopens(writer, "007")
    with store.write("petrova", based_on=seen) as writer:
        reopens(writer)  # another school: nothing of it was changed
    with pytest.raises(MovedOn), store.write("petrova", based_on=seen) as writer:
        reopens(writer, "007")
