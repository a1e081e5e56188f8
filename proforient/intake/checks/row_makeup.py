"""Rows whose make-up is wrong: an empty key, half a pair, a value where a pair belongs and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from proforient.intake.case import Case, Trouble
from proforient.intake.findings import Found, Sketch, finding, first_made
from proforient.intake.model import Finding

RAISES = (
    *("key-empty", "half-pair", "pair-expected", "value-expected", "value-and-pair", "yes-no-pair"),
    *("indicator-computed", "names-disagree", "form-codes-lost"),
)


def check(case: Case) -> Iterator[Found]:
    return first_made(_sketches(case))


def _sketches(case: Case) -> Iterator[Sketch]:
    for record in case.records:
        for trouble in record.troubles:
            if trouble.code == "missing-column":
                continue  # said once, of the header
            yield trouble.code, None, partial(_made, case, record.row, trouble)


def _made(case: Case, row: int, trouble: Trouble) -> Finding:
    place = case.place(row, trouble.column)
    return finding(trouble.code, **place._asdict(), value=trouble.value, words=trouble.words)
