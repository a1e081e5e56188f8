"""Accepting one organisation's file in a full store beside the same in an empty one."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from benchmarks import results
from benchmarks.questions import LEVEL, PERIOD
from proforient.demo.files import long_csv
from proforient.intake.checks.missing_counts import asked_of
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Cell, Organisation
from proforient.store import acceptance, campaign, enrolment
from proforient.store.store import Store

FILES, TIMES = 7, 2.0


def beside_an_empty_store(full: Store) -> str:
    """The table, with whether it takes at most ``TIMES`` as long; the numbers of the organisation are replaced."""
    with full.read() as reader:
        given = reader.pairs_over([PERIOD], indicators=["coverage"], level=LEVEL)["organisation"][0].as_py()
        (own,) = reader.organisations(on=reader.period(PERIOD).ends, code=given)
        asked = set(asked_of(full.catalogue, own, None))
        values = reader.values(PERIOD, organisation=given)
    answers = {value.cell: value.number or 0 for value in values if value.cell in asked}
    took = {"the country": accepting(full, own, answers)}
    with tempfile.TemporaryDirectory() as folder:
        empty = Store.open(Path(folder) / "data", full.catalogue)
        try:
            with empty.write("bench", based_on=None) as writer:
                enrolment.import_organisations(writer, [own])
                campaign.open_period(writer, PERIOD, closes=dt.date(2025, 3, 31), at=dt.datetime(2025, 1, 10))
            took["an empty store"] = accepting(empty, own, answers)
        finally:
            empty.close()
    whole, alone = (statistics.median(cpu for cpu, _ in times) for times in took.values())
    rows = [
        [name, *(f"{statistics.median(column):.1f}" for column in zip(*times, strict=True))]
        for name, times in took.items()
    ]
    good = "kept" if whole <= TIMES * alone else "**missed**"
    head = ("accepting one file", "CPU ms", "ms by the clock")
    return f"{results.table(head, rows)}\n\nTimes an empty store: {whole / alone:.1f}; {TIMES:.0f}x: {good}."


def accepting(store: Store, own: Organisation, answers: Mapping[Cell, int]) -> list[tuple[float, float]]:
    """Milliseconds of CPU and by the clock of each of several files, one after the other; the first only warms."""
    took = []
    reached = Cell("covered", LEVEL, "all")
    for number in range(FILES + 1):
        data = long_csv(store.catalogue, own, PERIOD, {**answers, reached: answers[reached] - number})
        with store.read() as reader:
            known = reader.known(PERIOD, organisations=[own.code])
        found = screen(read_bytes(f"{number}.csv", data), store.catalogue, known)
        screening = replace(found, findings=(), unanswered=())  # the invented numbers contradict each other
        store.put_file(data)
        cpu, clock = time.process_time(), time.perf_counter()
        with store.write("bench", based_on=None) as writer:
            acceptance.accept(
                writer, screening, period=PERIOD, at=dt.datetime(2025, 2, 1, 9, number), recheck=lambda *_: ()
            )
        took.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000))
    return took[1:]
