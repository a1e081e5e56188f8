"""The period: not understood, another than the file is sent for, or closed."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.periods import read_period

RAISES = ("period-unknown", "period-other", "period-closed")


def check(case: Case) -> Iterator[Finding]:
    period = case.known.period
    # Whom it is for, where nothing could be read that names anybody.
    senders = set(case.touched) or {case.organisation or ""}
    shut = period is not None and period.state == "closed" and senders - case.known.reopened.keys()
    if period is not None and shut and case.reading is not None:
        yield finding("period-closed", value=period.code)
    expected = period.code if period else case.answers.period
    for record in case.records:
        if record.period is None:
            continue
        text, index, cell = record.period
        code = read_period(cell)
        place = case.place(record.row, index)
        if code is None:
            if not expected or case.answers.period != expected:
                opened = f". Файл загружают за {expected}" if expected else ""
                words = {"open": opened, "sample": expected or "2024"}
                yield finding("period-unknown", **place._asdict(), value=text, words=words)
            continue
        expected = expected or code
        if code != expected:
            words = {"expected": expected, "sample": code}
            yield finding("period-other", **place._asdict(), value=text, words=words)


def period_in_file(case: Case) -> str:
    """The one period that the file names itself, empty when it names none or several."""
    codes = {read_period(record.period[2]) for record in case.records if record.period} - {None}
    return str(codes.pop()) if len(codes) == 1 else ""
