"""A numerator above its denominator, in every share of the catalogue that the file touches."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.checks.shares import Share, shares_touched
from proforient.intake.findings import finding
from proforient.intake.model import Finding

RAISES = ("numerator-above-denominator", "nonzero-over-zero")


def check(case: Case) -> Iterator[Finding]:
    for share in shares_touched(case):
        pair = share.numbers(case, share.cohort)
        if pair is not None and pair[0] > pair[1]:
            yield _found(case, share, *pair)


def _found(case: Case, share: Share, numerator: int, denominator: int) -> Finding:
    code = "numerator-above-denominator" if denominator else "nonzero-over-zero"
    words = {"what": share.title(case, share.cohort), **share.shown(case)}
    return finding(code, **share.place(case)._asdict(), value=str(numerator), words=words)
