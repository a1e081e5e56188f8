"""In whatever order one wide file and corrections come, each cell holds the last value that was given for it."""

from __future__ import annotations

import datetime as dt
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_acts import take
from tiny_store import MOMENT, REGISTER, pair, submit

from proforient.errors import ProforientError
from proforient.monitoring import Cell, Reason, ReportState
from proforient.store import acceptance, campaign, enrolment
from proforient.store.verify import WRONG_ROLLUP, WRONG_STANDING

ORGANISATIONS, COUNTS = ("007", "n2", "s1"), ("reached", "pupils", "boys")
CELLS = [(organisation, name, "basic", "all") for organisation in ORGANISATIONS for name in COUNTS]
NUMBERS = st.one_of(st.integers(0, 99), st.sampled_from([Reason.NO_DATA, Reason.NOT_APPLICABLE]))
WIDE = st.dictionaries(st.sampled_from(CELLS), NUMBERS, min_size=5, max_size=9)
SINGLE = st.sampled_from(ORGANISATIONS).flatmap(
    lambda code: st.dictionaries(
        st.sampled_from([cell for cell in CELLS if cell[0] == code]), NUMBERS, min_size=1, max_size=3
    )
)
FILES = st.tuples(WIDE, st.lists(SINGLE, min_size=1, max_size=4)).flatmap(
    lambda files: st.permutations([files[0], *files[1]])
)
years = count(1991)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, withdrawn=st.sets(st.integers(0, 4), max_size=2))
def test_any_order_of_files_leaves_the_last_value_of_each_cell(store, files, withdrawn):
    period = str(next(years))
    with store.write("operator", based_on=None) as writer:
        campaign.open_period(writer, period, closes=dt.date(2190, 1, 1))
    parts: list[tuple[str, dict]] = []
    for minute, values in enumerate(files):
        receipt = submit(store, values, period=period, at=MOMENT + dt.timedelta(minutes=minute))
        senders = sorted({cell[0] for cell in values})
        parts += [
            (part, {cell: number for cell, number in values.items() if cell[0] == sender})
            for part, sender in zip(receipt.parts, senders, strict=True)
        ]
    gone = {place % len(parts) for place in withdrawn}
    with store.write("head", based_on=None) as writer:
        for place in gone:
            acceptance.withdraw(writer, parts[place][0])
    expected: dict[tuple[str, str, str, str], object] = {}
    for place, (_, values) in enumerate(parts):
        expected |= values if place not in gone else {}
    with store.read() as reader:
        stored = {
            (v.organisation, v.cell.count, v.cell.level, v.cell.cohort): v.reason or v.number
            for v in reader.values(period)
        }
        assert reader.ask(WRONG_STANDING) == reader.ask(WRONG_ROLLUP) == []
    assert stored == expected


BOTH = st.tuples(st.sampled_from(ORGANISATIONS), st.integers(0, 50), st.integers(50, 99)).map(lambda it: pair(*it))
STEPS = st.one_of(
    st.tuples(st.just("file"), BOTH),
    st.tuples(st.just("file"), SINGLE),
    st.tuples(st.just("withdraw"), st.integers(0, 9)),
    st.tuples(st.sampled_from([ReportState.ACCEPTED, ReportState.RETURNED]), st.sampled_from(ORGANISATIONS)),
    st.tuples(st.just("known"), st.tuples(st.sampled_from(ORGANISATIONS), st.integers(0, 99))),
    st.tuples(st.just("closed"), st.sampled_from(ORGANISATIONS)),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=9))
def test_sums_kept_ready_are_those_of_what_is_there(store, steps):
    """Files in time and late, taken back; reports accepted and returned; known counts; organisations that close."""
    period, parts = str(next(years)), []
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, REGISTER)
        campaign.open_period(writer, period, closes=(MOMENT + dt.timedelta(minutes=3)).date())
    for number, (what, about) in enumerate(steps):
        at = MOMENT + dt.timedelta(days=number // 3)
        try:
            if what == "file":
                parts += submit(store, about, period=period, at=at, data=f"{period} {number}".encode()).parts
                continue
            with store.write("head", based_on=None) as writer:
                take(writer, period, what, about, parts, at)
        except ProforientError:
            continue  # what was refused has changed nothing
    with store.read() as reader:
        assert reader.ask(WRONG_ROLLUP) == []
        rows = reader.totals_table(period, indicator="coverage", level="basic", cohort="all").to_pylist()
        expected = counted_anew(reader, period)
    kept = {row["territory"]: {name: row[name] or 0 for name in SUMS} for row in rows}
    assert {place: sums for place, sums in kept.items() if any(sums.values())} == expected


SUMS = ("numerator", "denominator", "submitted", "on_review", "late", "missing", "possible", "unknown")


def counted_anew(reader, period):
    """By municipality, organisation by organisation; whoever gave both numbers of the share gave it."""
    numbers = {(v.organisation, v.cell): v.number for v in reader.values(period)}
    known = {c.organisation: c.number for c in reader.contingent(period) if c.cell == Cell("pupils", "basic", "all")}
    reports, ends = reader.reports(period), reader.period(period).ends
    found: dict[str, dict[str, int]] = {}
    for one in reader.organisations(on=ends):
        sums = found.setdefault(one.territory, dict.fromkeys(SUMS, 0))
        reached, pupils = (numbers.get((one.code, Cell(name, "basic", "all"))) for name in ("reached", "pupils"))
        if reached is not None and pupils is not None:
            report = reports[one.code]
            waits = report.state in (ReportState.SUBMITTED, ReportState.RETURNED)
            gave = {
                "numerator": reached,
                "denominator": pupils,
                "submitted": 1,
                "on_review": waits,
                "late": report.late,
            }
            for name, number in gave.items():
                sums[name] += int(number)
        elif "basic" in one.levels and (one.closed is None or one.closed > ends):
            sums["missing"] += 1
            sums["possible"] += known.get(one.code, 0)
            sums["unknown"] += one.code not in known
    return {place: sums for place, sums in found.items() if any(sums.values())}
