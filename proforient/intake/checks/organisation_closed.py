"""Numbers of an organisation that did not work in the period, or is joined to another that counts the same children."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.entries import Severity
from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding, Place
from proforient.monitoring import Merger
from proforient.wording import date_ru

RAISES = ("organisation-merged", "organisation-closed", "organisation-not-open")


def check(case: Case) -> Iterator[Finding]:
    """Asked of the department, which may know better; refused where the organisation itself sends.

    Of one that is joined to another the numbers are always refused: its successor reports for its children.
    """
    period = case.known.period
    if period is None:
        return
    severity: Severity = "error" if case.known.own_account else "warning"
    for code, values in case.touched.items():
        who = case.known.organisations.get(code)
        if who is None:
            continue
        place = Place(values[0].place.sheet, values[0].place.row, "")
        words = {"name": who.name, "period": period.code}
        if merger := case.known.successors.get(code):
            yield finding("organisation-merged", **place._asdict(), value=who.name, words=merged_words(case, merger))
        elif who.closed is not None and who.closed <= period.starts:
            words["day"] = date_ru(who.closed, "digits")
            yield finding("organisation-closed", **place._asdict(), severity=severity, value=who.name, words=words)
        elif who.opened is not None and who.opened > period.ends:
            words["day"] = date_ru(who.opened, "digits")
            yield finding("organisation-not-open", **place._asdict(), severity=severity, value=who.name, words=words)


def merged_words(case: Case, merger: Merger) -> dict[str, str]:
    """What is said of an organisation that is joined to another."""
    named = {code: who.name for code, who in case.known.organisations.items()}
    return {
        "name": named.get(merger.organisation, merger.organisation),
        "successor": named.get(merger.successor, merger.successor),
        "day": date_ru(merger.day, "digits"),
        "period": case.known.period.code if case.known.period else "",
    }
