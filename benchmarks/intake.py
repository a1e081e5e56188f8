"""``make bench``, part two: a file read and checked beside pandas and DuckDB, which only read it.

Files of 5,000 and 100,000 rows as CSV and XLSX; seconds, and megabytes above the idle process, its child included.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import xlsxwriter

from benchmarks import machine
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.read import read_catalogue
from proforient.intake.model import Known, Screening
from proforient.intake.own_process import read_isolated
from proforient.intake.screen import screen
from proforient.monitoring import Organisation, Period
from proforient.settings import ROOT
from proforient.web.seams.garbage import THRESHOLDS

HEAD = ("Организация", "Период", "Показатель", "Уровень", "Категория", "Значение")
SIZES = ((5_000, 3, 1.0), (100_000, 1, 10.0))  # rows, repeats, seconds that were promised
MEMORY = 300  # megabytes that were promised


def main() -> int:
    if sys.argv[1:]:
        return alone(sys.argv[1], int(sys.argv[2]))
    print(machine.description(), "\n")
    print(f"  {'file':<22}{'read+check':>12}{'pandas':>10}{'DuckDB':>10}{'memory':>12}   promised")
    late = False
    with tempfile.TemporaryDirectory() as place:
        for rows, repeats, promised in SIZES:
            for kind in ("csv", "xlsx"):
                path = Path(place) / f"{rows}.{kind}"
                path.write_bytes(written(rows, kind))
                took, memory = ours(path, rows, repeats)
                beside = [_median(partial, repeats) for partial in (_pandas(path), _duckdb(path))]
                columns = [f"{took:.2f} s", *(f"{took / other:.1f}x" for other in beside), f"{memory:.0f} MiB"]
                print(
                    f"  {path.name:<22}{columns[0]:>12}{columns[1]:>10}{columns[2]:>10}{columns[3]:>12}   {promised} s"
                )
                late = late or took > promised or memory > MEMORY
    return 1 if late else 0


def lines(rows: int) -> Iterator[tuple[str, ...]]:
    """Organisations in turn, all that the catalogue asks of each."""
    catalogue, cells = _asked()
    for number in range(rows):
        cell = cells[number % len(cells)]
        yield (
            f"school-{number // len(cells)}",
            "2026",
            cell.count,
            catalogue.levels[cell.level].short,
            catalogue.cohorts[cell.cohort].name,
            "нет" if catalogue.counts[cell.count].value == "yes_no" else "0",
        )


def _asked():  # type: ignore[no-untyped-def]  # a pair that only this file uses
    from proforient.intake.checks.missing_counts import asked_of

    catalogue = read_catalogue(ROOT / "indicators.toml")
    return catalogue, list(asked_of(catalogue, _school(catalogue, 0), None))


def _school(catalogue: Catalogue, number: int) -> Organisation:
    levels = tuple(code for code, level in catalogue.levels.items() if level.kind != "authority")
    return Organisation(
        code=f"school-{number}", name=f"Школа № {number}", kind="school", levels=levels, territory="Край / Район"
    )


def written(rows: int, kind: str) -> bytes:
    if kind == "csv":
        return "\n".join(";".join(line) for line in (HEAD, *lines(rows))).encode("cp1251")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, line in enumerate((HEAD, *lines(rows))):
        sheet.write_row(at, 0, [int(cell) if cell == "0" else cell for cell in line])
    book.close()
    return out.getvalue()


def ours(path: Path, rows: int, repeats: int) -> tuple[float, float]:
    """Seconds and mebibytes above idle, each time in a process of its own."""
    found = []
    for _ in range(repeats):
        command = [sys.executable, "-m", "benchmarks.intake", str(path), str(rows)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        found.append((float(said[0]), float(said[1])))
    return statistics.median(took for took, _ in found), max(memory for _, memory in found)


def alone(path: str, rows: int) -> int:
    """One reading in this process: prints seconds and the growth of its memory with that of the reading child."""
    catalogue, cells = _asked()
    schools = {o.code: o for o in (_school(catalogue, n) for n in range(rows // len(cells) + 1))}
    period = Period(
        code="2026", kind="year", starts=dt.date(2026, 1, 1), ends=dt.date(2026, 12, 31),
        closes=dt.date(2027, 2, 1), state="open", territory=None, catalogue=catalogue.code, version=catalogue.version,
    )  # fmt: skip
    known, data = Known(period=period, organisations=schools), Path(path).read_bytes()
    gc.freeze()  # as the server does once it has started
    gc.set_threshold(*THRESHOLDS)
    idle = _resident()
    began = time.perf_counter()
    screening: Screening = screen(read_isolated(path, data), catalogue, known)
    took = time.perf_counter() - began
    if not screening.acceptable or len(screening.values) != rows:
        raise SystemExit(f"{len(screening.values)} values, {screening.findings[:3]}")
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle
    print(took, max(own, child) / 1024)
    return 0


def _resident() -> int:
    """KiB of this process now."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def _median(run: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _pandas(path: Path) -> Callable[[], object]:
    if path.suffix == ".csv":
        return lambda: pd.read_csv(path, sep=";", encoding="cp1251", dtype=str)
    return lambda: pd.read_excel(path, dtype=str, engine="calamine")


def _duckdb(path: Path) -> Callable[[], object]:
    """DuckDB reads UTF-8 and no workbook without an extension: it gets a CSV in UTF-8 in both cases."""
    utf8 = path.with_suffix(".utf8.csv")
    if not utf8.exists():
        frame = _pandas(path)()
        assert isinstance(frame, pd.DataFrame)
        frame.to_csv(utf8, sep=";", index=False)
    return lambda: duckdb.connect().read_csv(str(utf8), sep=";", all_varchar=True).fetchall()


if __name__ == "__main__":
    sys.exit(main())
