"""``make bench``: the forms of 2,000 organisations as one ZIP, each with last period's and known numbers beside.

The organisations are those of the large district, as many times over as it takes; everything is asked. What is measured
is this process's own CPU.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from large_district import LARGE
from serving import fill_with_large_district

from benchmarks import results
from proforient.catalogue.read import read_catalogue
from proforient.documents.bundle import forms
from proforient.intake.checks.missing_counts import asked_of
from proforient.intake.model import Known
from proforient.monitoring import Organisation, Period
from proforient.settings import ROOT
from proforient.store.store import Store

MANY, MOST = 2_000, 0.1  # forms; seconds of each
PERIOD = "2023"
CATALOGUE = read_catalogue(ROOT / "indicators.toml")


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        organisations, period, known = _district(fill_with_large_district(Path(place) / "data"))
    told: list[float] = [time.process_time()]
    made = forms(
        CATALOGUE, organisations, period, lambda _: told.append(time.process_time()), known, {}, "https://prof.edu.ru"
    )
    each = [after - before for before, after in pairwise(told)]
    mean = statistics.mean(each)
    rows = [
        ["numbers asked of all of them", f"{sum(_asked(one, period) for one in organisations):,}", ""],
        ["a form, mean", f"{mean * 1000:.0f} ms", results.judged(f"{MOST * 1000:.0f} ms", mean <= MOST)],
        ["a form, median", f"{statistics.median(each) * 1000:.0f} ms", ""],
        ["99 of 100 take at most", f"{statistics.quantiles(each, n=100)[98] * 1000:.0f} ms", ""],
        ["all of them", f"{sum(each):.0f} s", ""],
        ["the ZIP", f"{len(made) / 1e6:.1f} MB", ""],
    ]
    results.write(f"Forms of {MANY:,} organisations as one ZIP", results.table(["what", "CPU", ""], rows))


def _asked(one: Organisation, period: Period) -> int:
    return sum(1 for _ in asked_of(CATALOGUE, one, period))


def _district(folder: Path) -> tuple[list[Organisation], Period, Known]:
    """The district many times over, with codes and names of their own."""
    store = Store.open(folder, CATALOGUE)
    with store.read() as reader:
        period = replace(reader.period(PERIOD, territory=LARGE), asked=None)
        known = reader.known(PERIOD, territory=LARGE)
        there = [o for o in reader.organisations(on=period.ends, territory=LARGE) if o.open_on(period.ends)]
    store.close()
    times = -(-MANY // len(there))
    again = [replace(o, code=f"{o.code}-{n}", name=f"{o.name} {n}") for n in range(times) for o in there][:MANY]
    past = {(f"{code}-{n}", cell): number for (code, cell), number in known.past.items() for n in range(times)}
    counts = [replace(one, organisation=f"{one.organisation}-{n}") for one in known.contingent for n in range(times)]
    return again, period, replace(known, past=past, contingent=tuple(counts))


if __name__ == "__main__":
    main()
