"""Accepting a file: what it replaces, what refuses it, what is left behind, and how one is taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from tiny_store import MOMENT, NORTH, SOUTH, a_screening, nothing_more, organisation, pair, shares, submit, totals

from proforient.errors import Refused, WrongCall
from proforient.intake.model import DEPARTMENT, AliasKey, Answers, Finding, Giver, Unanswered
from proforient.monitoring import Reason, ReportState
from proforient.store import NotAcceptable, acceptance, campaign, enrolment, facts, filing, reporting
from proforient.store.verify import verify

WARNING = Finding(code="jump", severity="warning", message="вырос втрое", to_do="поясните", row=2, column="B")
ERROR = Finding(code="share-above-whole", severity="error", message="больше целого", to_do="исправьте", row=2)
SECOND = dt.timedelta(seconds=1)


def current(store, organisation="n2"):
    with store.read() as reader:
        return {
            (v.cell.count, v.cell.level): v.reason or v.number for v in reader.values("2024", organisation=organisation)
        }


def count_rows(store, table):
    with store.read() as reader:
        return reader.run(f"SELECT count(*) FROM {table}")[0][0]


def test_one_schools_correction_leaves_the_others_of_a_wide_file_alone(any_store):
    submit(any_store, pair("007", 5, 10) | pair("n2", 6, 10) | pair("s1", 7, 10))
    receipt = submit(any_store, {("n2", "reached", "basic", "all"): 9})
    assert shares(any_store) == {(NORTH, "basic", "all"): (14, 20, 2), (SOUTH, "basic", "all"): (7, 10, 1)}
    assert [(r.organisation, r.cells) for r in receipt.replaces] == [("n2", 1)]
    assert current(any_store) == {("reached", "basic"): 9, ("pupils", "basic"): 10}
    assert verify(any_store) == []


def test_a_part_replaced_whole_and_a_cell_replaced_alone_are_marked_apart(any_store):
    submit(any_store, pair("n2", 6, 10))
    submit(any_store, {("n2", "reached", "basic", "all"): 7})
    assert (count_rows(any_store, "superseded_part"), count_rows(any_store, "superseded_value")) == (0, 1)
    submit(any_store, {("n2", "pupils", "basic", "all"): 11})
    assert (count_rows(any_store, "superseded_part"), count_rows(any_store, "superseded_value")) == (1, 0)
    assert current(any_store) == {("reached", "basic"): 7, ("pupils", "basic"): 11}


def test_a_reason_replaces_a_number_and_what_is_not_in_the_file_stays(any_store):
    submit(any_store, pair("n2", 6, 10))
    submit(any_store, {("n2", "reached", "basic", "all"): Reason.NO_DATA})
    assert current(any_store) == {("reached", "basic"): Reason.NO_DATA, ("pupils", "basic"): 10}
    assert shares(any_store) == {}


def test_another_period_is_not_touched(any_store):
    with any_store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2023", closes=dt.date(2025, 1, 20))
    submit(any_store, pair("n2", 6, 10), period="2023")
    submit(any_store, pair("n2", 9, 10))
    assert shares(any_store, "2023") == {(NORTH, "basic", "all"): (6, 10, 1)}


def test_a_receipt_and_the_lists_say_what_came_from_whom(any_store):
    first = submit(any_store, pair("n2", 6, 10) | pair("s1", 1, 2), name="общий.xlsx")
    submit(any_store, pair("n2", 7, 10), actor="ivanova", at=MOMENT + SECOND)
    with any_store.read() as reader:
        newest, oldest = reader.submissions(period="2024")
        assert [s.by for s in reader.submissions(organisation="s1")] == ["petrova"]
        assert [s.by for s in reader.submissions(limit=1)] == ["ivanova"]
        assert reader.submission(first.submission) == oldest
        parts = {p.organisation: p for p in reader.parts(submission=first.submission)}
        events = reader.events(action="submission.accepted")
        assert reader.events(object=f"submission/{first.submission}") == [events[1]]
        with pytest.raises(WrongCall, match="нет"):
            reader.submission("17")
        with pytest.raises(WrongCall, match="не номер"):
            reader.submission("1 or 1=1")
    assert (oldest.file, oldest.organisations, oldest.values, oldest.at) == ("общий.xlsx", ("n2", "s1"), 4, MOMENT)
    assert (newest.organisations, newest.late, newest.withdrawn) == (("n2",), False, False)
    assert {code: (p.cells, p.current) for code, p in parts.items()} == {"n2": (2, 0), "s1": (2, 2)}


@pytest.mark.parametrize("findings", [(ERROR,), (WARNING, ERROR)])
def test_an_error_refuses_even_when_confirmed_and_nothing_is_left(any_store, findings):
    screening = a_screening(pair("n2", 6, 10), data=b"faulty", findings=findings)
    any_store.put_file(b"faulty")
    with pytest.raises(NotAcceptable) as refusal, any_store.write("petrova", based_on=None) as writer:
        acceptance.accept(writer, screening, period="2024", confirm=True, recheck=nothing_more)
    assert refusal.value.findings == findings
    assert current(any_store) == {}
    with pytest.raises(WrongCall, match="нет среди сохранённых"):
        any_store.get_file(screening.sha256)
    assert verify(any_store) == []


def test_an_open_question_refuses(store):
    question = Unanswered(kind="organisation", text="СОШ 55")
    with pytest.raises(NotAcceptable) as refusal:
        submit(store, pair("n2", 6, 10), unanswered=(question,))
    assert refusal.value.unanswered == (question,)


def test_a_warning_wants_an_explanation_or_a_confirmation(any_store):
    with pytest.raises(NotAcceptable, match="предупреждение без пояснения"):
        submit(any_store, pair("n2", 6, 10), findings=(WARNING,))
    blank = Answers(explanations={WARNING.key: "  "})
    with pytest.raises(NotAcceptable):
        submit(any_store, pair("n2", 6, 10), findings=(WARNING,), answers=blank)
    submit(any_store, pair("n2", 6, 10), findings=(WARNING,), confirm=True)
    told = Answers(explanations={WARNING.key: " открылся класс "})
    receipt = submit(any_store, pair("n2", 7, 10), findings=(WARNING,), answers=told)
    with any_store.read() as reader:
        assert reader.explanations([receipt.submission]) == {receipt.submission: {"jump@!2:B": "открылся класс"}}


def test_the_second_check_sees_the_store_as_it_is_now_and_can_refuse(any_store):
    with any_store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation("n2f", part_of="n2"), organisation("n2g", part_of="n2")])
    submit(any_store, pair("n2", 6, 10) | pair("s1", 1, 2))
    seen = []

    def recheck(screening, catalogue, known):
        seen.append(known)
        return (ERROR,)

    with pytest.raises(NotAcceptable) as refusal:
        submit(any_store, pair("n2f", 7, 10), recheck=recheck)
    assert refusal.value.findings == (ERROR,)
    (known,) = seen
    assert set(known.organisations) == {"n2", "n2f", "n2g"}  # the head and its other branches too, nobody else
    assert {code for code, _ in known.current} == {"n2"}
    assert known.period.code == "2024"


def test_what_the_store_must_find_itself_is_refused(store):
    with pytest.raises(NotAcceptable, match="ни одного значения"):
        submit(store, {})
    with pytest.raises(NotAcceptable, match="nobody"):
        submit(store, pair("nobody", 1, 2))
    with pytest.raises(WrongCall, match="2031"):
        submit(store, pair("n2", 1, 2), period="2031")
    with pytest.raises(WrongCall, match="не сохранён"), store.write("petrova", based_on=None) as writer:
        acceptance.accept(writer, a_screening(pair("n2", 1, 2)), period="2024", recheck=nothing_more)


def test_a_cell_given_twice_keeps_its_first_place_and_two_numbers_are_refused(store):
    twice = a_screening(pair("n2", 6, 10), data=b"twice")
    again = tuple(v for v in a_screening(pair("n2", 6, 10)).values)
    store.put_file(b"twice")
    both = a_screening(pair("n2", 6, 10), data=b"twice")
    object.__setattr__(both, "values", twice.values + again)
    with store.write("petrova", based_on=None) as writer:
        acceptance.accept(writer, both, period="2024", recheck=nothing_more)
        assert len(writer.reader.values("2024")) == 2
    other = a_screening(pair("n2", 7, 10)).values
    object.__setattr__(both, "values", twice.values + other)
    with pytest.raises(NotAcceptable, match="строки 2 и 2"), store.write("petrova", based_on=None) as writer:
        acceptance.accept(writer, both, period="2024", recheck=nothing_more)


def test_a_file_is_late_when_the_closing_day_is_over_where_the_monitoring_takes_place(any_store):
    # The closing day, 20 January, ends in Yekaterinburg at 19:00 UTC.
    in_time = submit(any_store, pair("n2", 6, 10), at=dt.datetime(2025, 1, 20, 18, 59))
    late = submit(any_store, pair("s1", 6, 10), at=dt.datetime(2025, 1, 20, 19, 0))
    with any_store.read() as reader:
        reports = reader.reports("2024")
        assert reader.submission(late.submission).late
    assert (in_time.late, late.late) == (False, True)
    assert (reports["n2"].late, reports["s1"].late) == (False, True)


def test_one_instant_is_late_in_one_territory_and_not_in_another(any_store):
    with any_store.write("operator", based_on=None) as writer:
        facts.set_zone(writer, SOUTH, "Asia/Chita")
        with pytest.raises(WrongCall, match="Часового пояса"):
            facts.set_zone(writer, SOUTH, "Chita")
        with pytest.raises(WrongCall, match="нет в реестре"):
            facts.set_zone(writer, "Нигде", "Asia/Chita")
    # The closing day, 20 January, ends in Chita at 15:00 UTC, in Yekaterinburg at 19:00.
    for code, is_late in (("n2", False), ("s1", True)):
        assert submit(any_store, pair(code, 6, 10), at=dt.datetime(2025, 1, 20, 15, 0)).late == is_late


def test_a_period_closed_for_one_sender_refuses_the_whole_file(any_store):
    with any_store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=dt.date(2025, 1, 20), territory=SOUTH)
        campaign.close_period(writer, "2024", territory=SOUTH)
    with pytest.raises(NotAcceptable, match="«2024» закрыт") as refusal:
        submit(any_store, pair("n2", 6, 10) | pair("s1", 1, 2))
    assert [f.code for f in refusal.value.findings] == ["period-closed"]
    assert current(any_store) == {}


def test_the_same_bytes_again_change_no_figure(any_store):
    submit(any_store, pair("n2", 6, 10))
    receipt = submit(any_store, pair("n2", 6, 10), at=MOMENT + dt.timedelta(days=1))
    assert not receipt.repeated
    assert shares(any_store) == {(NORTH, "basic", "all"): (6, 10, 1)}
    with any_store.read() as reader:
        assert reader.known("2024").newer_cells == {}


def test_a_double_click_makes_one_submission_and_one_event(any_store):
    given = pair("n2", 6, 10) | pair("s1", 1, 2)
    first = submit(any_store, given, data=b"wide")
    second = submit(any_store, given, data=b"wide", at=MOMENT + 2 * SECOND)
    assert (second.submission, second.parts, second.repeated) == (first.submission, first.parts, True)
    with any_store.read() as reader:
        assert len(reader.submissions()) == 1
        assert len(reader.events(action="submission.accepted")) == 1
    # The same bytes, understood otherwise: by an answer they have one more number, or another one.
    for more in (pair("s1", 1, 2, level="primary"), pair("s1", 2, 2)):
        assert not submit(any_store, given | more, data=b"wide", at=MOMENT + 2 * SECOND).repeated


@pytest.mark.parametrize(
    ("seconds", "repeated"), [(-31, False), (-30, True), (0, True), (30, True), (31, False), (300, False)], ids=str
)
def test_the_same_bytes_are_a_double_click_for_half_a_minute(store, seconds, repeated):
    """Before or after: the second click may be taken by another server, whose clock is behind."""
    submit(store, pair("n2", 6, 10))
    assert submit(store, pair("n2", 6, 10), at=MOMENT + seconds * SECOND).repeated is repeated


@pytest.mark.parametrize(
    "between",
    [
        lambda store: submit(store, {("n2", "reached", "basic", "all"): 7}, at=MOMENT + SECOND),
        lambda store: returned(store),
        lambda store: None,
    ],
    ids=["a newer file", "returned", "another person"],
)
def test_the_same_bytes_are_no_double_click_when_something_came_between(any_store, between):
    first = submit(any_store, pair("n2", 6, 10))
    between(any_store)
    actor = "petrova" if between(any_store) is not None else "ivanova"
    second = submit(any_store, pair("n2", 6, 10), at=MOMENT + 3 * SECOND, actor=actor)
    assert second.submission != first.submission
    assert current(any_store) == {("reached", "basic"): 6, ("pupils", "basic"): 10}


def returned(store):
    with store.write("head", based_on=None) as writer:
        reporting.set_report(writer, "2024", "n2", ReportState.RETURNED)
    return True


def test_what_a_newer_file_replaced_is_counted_for_the_older_one(any_store):
    submit(any_store, pair("n2", 6, 10) | pair("s1", 1, 2), data=b"wide")
    submit(any_store, pair("n2", 7, 10), data=b"single")
    both = a_screening(pair("n2", 8, 10) | pair("s1", 2, 2), data=b"both")
    any_store.put_file(b"both")
    with any_store.rehearse() as writer:
        receipt = acceptance.accept(writer, both, period="2024", recheck=nothing_more, at=MOMENT)
    assert [r.organisation for r in receipt.replaces] == ["n2", "s1"]  # the newest file first
    with any_store.read() as reader:
        wide, single, new = (
            reader.known("2024", sha256=a_screening({}, data=data).sha256) for data in (b"wide", b"single", b"new")
        )
    assert list(wide.newer_cells.values()) == [2] and list(wide.earlier) == list(wide.newer_cells)
    assert list(single.earlier) == [a_screening({}, data=b"single").sha256] and single.newer_cells == {}
    assert (new.earlier, new.newer_cells) == ({}, {})


def test_what_is_known_of_a_territory_is_its_own(any_store):
    submit(any_store, pair("n2", 6, 10) | pair("s1", 1, 2))
    with any_store.read() as reader:
        known = reader.known("2024", territory=NORTH)
        nothing = reader.known(None)
    assert set(known.organisations) == {"007", "n2"}
    assert {code for code, _ in known.current} == {"n2"}
    assert nothing.period is None
    assert len(nothing.organisations) == 5
    assert nothing.current == {}


def test_answers_are_remembered_where_they_were_given_until_they_are_revoked(any_store):
    key = AliasKey("column", "всего")
    own = AliasKey("level", "начальное")
    school = Giver("organisation", "n2")
    submit(any_store, pair("n2", 6, 10), aliases={key: "Знаменатель"})
    submit(any_store, pair("n2", 7, 10), aliases={own: "primary"}, giver=school)
    submit(any_store, pair("n2", 8, 10), aliases={key: "Знаменатель"})

    def bound(writer, territory, giver=DEPARTMENT):
        return {k: a.meaning for k, a in writer.reader.known("2024", territory=territory, giver=giver).aliases.items()}

    with any_store.write("head", based_on=None) as writer:
        aliases = writer.reader.aliases()
        assert bound(writer, NORTH, school) == {key: "Знаменатель", own: "primary"}
        assert bound(writer, NORTH) == {key: "Знаменатель"}
        assert bound(writer, NORTH, Giver("organisation", "007")) == {key: "Знаменатель"}
        assert bound(writer, SOUTH) == {}
        (proposed,) = writer.reader.known("2024", territory=NORTH).proposed[own]
        assert proposed.meaning == "primary" and "petrova" in proposed.by
        (proposed,) = writer.reader.known("2024", territory=NORTH, giver=Giver("organisation", "007")).proposed[own]
        assert proposed.by == "другая организация"
        filing.revoke_alias(writer, aliases[0].id)
        assert bound(writer, NORTH, school) == {own: "primary"}
        with pytest.raises(WrongCall, match="отозван"):
            filing.revoke_alias(writer, aliases[0].id)
    assert [(a.text, a.territory, a.by) for a in aliases] == [
        ("всего", NORTH, "petrova"),
        ("начальное", NORTH, "petrova"),
    ]


@pytest.mark.parametrize(
    ("homes", "remembered"),
    [
        (("Край / Север / Центр", "Край / Юг / Центр"), "Край"),  # what stands below is alike by chance
        (("Край / Юг / Центр", "Край / Юг / Восток"), "Край / Юг"),
        (("Край / Центр", "Область / Центр"), ""),
        (("Край / Юг", "Край / Юг / Центр"), "Край / Юг"),
    ],
)
def test_an_answer_for_several_organisations_is_remembered_for_the_territory_of_all(store, homes, remembered):
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, [organisation(f"x{n}", home) for n, home in enumerate(homes)])
    submit(store, pair("x0", 6, 10) | pair("x1", 6, 10), aliases={AliasKey("column", "всего"): "Знаменатель"})
    with store.read() as reader:
        assert [a.territory or "" for a in reader.aliases()] == [remembered]


def test_a_later_answer_to_the_same_question_wins(any_store):
    key = AliasKey("column", "всего")
    submit(any_store, pair("n2", 6, 10), aliases={key: "Знаменатель"})
    submit(any_store, pair("n2", 7, 10), aliases={key: "Числитель"})
    with any_store.write("head", based_on=None) as writer:
        assert [a.meaning for a in writer.reader.known("2024").aliases.values()] == ["Числитель"]
        # The answer that it replaced does not come back when it is revoked.
        filing.revoke_alias(writer, writer.reader.aliases()[-1].id)
        assert writer.reader.known("2024").aliases == {}


def test_a_rehearsal_shows_what_would_change_and_changes_nothing(any_store):
    submit(any_store, pair("n2", 6, 10))
    with any_store.read() as reader:
        before = reader.events()
    with any_store.rehearse() as writer:
        receipt = acceptance.accept(
            writer, a_screening(pair("n2", 9, 10)), period="2024", at=MOMENT, recheck=nothing_more
        )
        (total,) = totals(writer.reader, "2024", indicator="coverage")
    assert (total.numerator, [r.cells for r in receipt.replaces]) == (9, [2])
    assert shares(any_store) == {(NORTH, "basic", "all"): (6, 10, 1)}
    with any_store.read() as reader:
        assert reader.events() == before
    submit(any_store, pair("n2", 8, 10))
    assert verify(any_store) == []


def test_an_exception_takes_everything_back(any_store):
    with pytest.raises(RuntimeError), any_store.write("petrova", based_on=None) as writer:
        campaign.open_period(writer, "2023", closes=dt.date(2024, 1, 1))
        raise RuntimeError
    with any_store.read() as reader:
        assert [p.code for p in reader.periods()] == ["2024"]
    assert verify(any_store) == []


def test_a_refusal_is_an_event_without_names_and_values(any_store):
    personal = Finding(code="personal-data", severity="error", message="СНИЛС", to_do="удалите", row=4, value=None)
    screening = a_screening(pair("n2", 6, 10), name="Петров Пётр.csv", findings=(personal, WARNING))
    with any_store.write("petrova", based_on=None) as writer:
        acceptance.note_refusal(writer, screening, period="2024")
        (event,) = writer.reader.events(action="submission.refused")
    assert event.object == f"file/{screening.sha256}"
    assert '"findings":{"jump":1,"personal-data":1}' in event.detail
    assert "Петров" not in event.detail


def test_withdrawing_falls_back_to_the_latest_part_not_withdrawn(any_store):
    first = submit(any_store, pair("n2", 6, 10) | pair("s1", 1, 2))
    second = submit(any_store, {("n2", "reached", "basic", "all"): 7})
    third = submit(any_store, pair("n2", 8, 10))
    expected = [(third, {"reached": 7, "pupils": 10}), (second, {"reached": 6, "pupils": 10}), (first, {})]
    for receipt, values in expected:
        with any_store.write("head", based_on=None) as writer:
            acceptance.withdraw(writer, receipt.parts[0])
        assert current(any_store) == {(count, "basic"): number for count, number in values.items()}
        assert verify(any_store) == []
    assert shares(any_store) == {(SOUTH, "basic", "all"): (1, 2, 1)}
    with any_store.read() as reader:
        report = reader.reports("2024")["n2"]
        assert (report.state, report.late) == (ReportState.NOT_SUBMITTED, False)
        assert [s.withdrawn for s in reader.submissions()] == [True, True, False]


def test_an_older_part_withdrawn_changes_nothing_that_is_in_force(any_store):
    first = submit(any_store, pair("n2", 6, 10))
    second = submit(any_store, pair("n2", 8, 10))
    with any_store.write("head", based_on=None) as writer:
        acceptance.withdraw(writer, first.parts[0])
    with any_store.read() as reader:
        assert not reader.reports("2024")["n2"].late
    assert current(any_store)["reached", "basic"] == 8
    with any_store.write("head", based_on=None) as writer:
        acceptance.withdraw(writer, second.parts[0])
    assert current(any_store) == {}
    submit(any_store, pair("n2", 8, 10), at=MOMENT + SECOND)
    assert current(any_store)["reached", "basic"] == 8
    assert verify(any_store) == []


def test_withdrawing_twice_an_unknown_part_or_in_a_closed_period_is_refused(any_store):
    receipt = submit(any_store, pair("n2", 6, 10))
    with pytest.raises(WrongCall, match="нет"), any_store.write("head", based_on=None) as writer:
        acceptance.withdraw(writer, "17")
    with any_store.write("head", based_on=None) as writer:
        campaign.close_period(writer, "2024")
    with pytest.raises(Refused, match="закрыт"), any_store.write("head", based_on=None) as writer:
        acceptance.withdraw(writer, receipt.parts[0])
    with any_store.write("head", based_on=None) as writer:
        campaign.reopen_period(writer, "2024", closes=dt.date(2025, 5, 1))
        acceptance.withdraw(writer, receipt.parts[0])
    with pytest.raises(Refused, match="уже отозвана"), any_store.write("head", based_on=None) as writer:
        acceptance.withdraw(writer, receipt.parts[0])


def test_reports_move_only_where_a_report_can_move(any_store):
    with any_store.write("head", based_on=None) as writer:
        reporting.set_report(writer, "2024", "n2", ReportState.DRAFT)
        assert writer.reader.reports("2024", territory=NORTH)["n2"].state is ReportState.DRAFT
        assert writer.reader.reports("2024", territory=NORTH)["007"].state is ReportState.NOT_SUBMITTED
        with pytest.raises(Refused, match="ещё не сдала"):
            reporting.set_report(writer, "2024", "n2", ReportState.ACCEPTED)
        with pytest.raises(WrongCall, match="nobody"):
            reporting.set_report(writer, "2024", "nobody", ReportState.DRAFT)
    submit(any_store, pair("n2", 6, 10))
    with any_store.write("head", based_on=None) as writer:
        reporting.set_report(writer, "2024", "n2", ReportState.RETURNED, note="не сходится")
        reporting.set_report(writer, "2024", "n2", ReportState.DRAFT)
        report = writer.reader.reports("2024")["n2"]
        with pytest.raises(Refused, match="Откатить"):
            reporting.set_report(writer, "2024", "n2", ReportState.NOT_SUBMITTED)
    assert (report.state, report.note, report.by) == (ReportState.RETURNED, "не сходится", "head")
    submit(any_store, pair("n2", 7, 10))
    with any_store.read() as reader:
        assert reader.reports("2024")["n2"].state is ReportState.SUBMITTED
