"""In whatever order one wide file and corrections come, each cell holds the last value that was given for it."""

from __future__ import annotations

import datetime as dt
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_store import MOMENT, submit

from proforient.monitoring import Reason
from proforient.store import acceptance, campaign
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


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
