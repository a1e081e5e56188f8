"""Names that wait for an answer beyond those that are asked about at once: counted, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.questions import ASKED, unknown_names
from proforient.wording import number

RAISES = ("more-questions",)


def check(case: Case) -> Iterator[Finding]:
    count = len(unknown_names(case))
    if case.sheet is not None and count > ASKED:
        words = {"shown": ASKED, "count": number(count)}
        yield finding("more-questions", sheet=case.sheet.name, words=words)
